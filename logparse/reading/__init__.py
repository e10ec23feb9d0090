"""The log files of a run: each read once, what is wrong with it, and one tally of all.

batches.py        many small files in batches that one statement reads
edges.py          the lines at the edges of a log file, where a tool speaks of itself
elsewhere.py      what a run asks of the machines that read its files, for a second look
workplace.py      what reading needs from outside: engine, rules, formats, cache, clock
file_problems.py  what is wrong with one file, each with a reason and what mends it
file_tally.py     the tallies of files of one kind, from themselves or from copies
front.py          what the front of a file tells beside its format: the tool, and whether times name a zone
log_file.py       one log file: what it is, what is wrong with it, and its tally, from the cache or counted now
collected_by.py   how the files of a run were collected: the command that mends what they lack
stretched.py      counting a file in stretches, and the one tally that they make together
gather.py         all files of a run: what they are read with, and whether they are still what they were
staged.py         logs in object stores as paths; what only this machine reads is brought here
merge.py          one tally of all files; overlapping minutes counted again; the account of lines
locate.py         in which file and line a record stands, looked up afterwards
spoken.py         what the bot says where its words are not known: a second look
contacts.py       how many contacts a flag touched
"""
