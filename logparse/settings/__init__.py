"""What was set for a soak: every setting in one table, and the checked values made of it.

table.py       every setting in one table: name, default, meaning
directions.py  what a change of each setting does to a verdict: a limit, a fact about the bot, or nothing
origins.py     where the value of each setting came from
checked.py     the checked values made of what was written in settings
file.py        the settings as they stand in pytest.ini, for what runs without pytest
in_force.py    the settings of a run as they are shown
"""
