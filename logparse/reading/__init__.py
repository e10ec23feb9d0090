"""The log files of a run: each read once, what is wrong with it, and one tally of all."""
