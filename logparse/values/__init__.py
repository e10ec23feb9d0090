"""What the stages hand on: frozen values, and pure functions on them.

revival.py    frozen values back from JSON, by the types of their fields
records.py    what a record is: the columns that every format must give, and the classes of lines
schedule.py   the soak: start, checkpoints, windows, quiet hours; spans of time
patterns.py   a regular expression at the start of a message, and the cheap SQL condition that it becomes
metrics.py    the numbers of a stretch of time; the Wilson interval
timeline.py   when something came, and the gaps in between: holes, silences, unanswered stretches
repeated.py   the hour that a local clock shows twice: what was read as its other showing
waiver.py     somebody's word that a failure need not stop a soak, and what it changed
judgement.py  how one criterion came out
flags.py      what a red flag and a kind of error are
spoken.py     what a bot says that the settings do not know, and lines that two events claim
course.py     the course of a soak: slots, bars, checkpoints, budgets, settings in force
"""
