"""Whether all outputs of a run say the same: runs of the suite, and what each of their outputs tells a reader.

``python -m tests.runs.agreement`` makes all of the runs and prints a table of what each output said.
"""
