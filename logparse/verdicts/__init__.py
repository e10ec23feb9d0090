"""What was concluded: one frozen object, kept, compared with earlier ones, and asked by gates.

differences.py  whether two rates or two means differ by more than chance
trend.py        the numbers of a soak beside those of an earlier one
verdict.py      what was concluded: one frozen object, to JSON and back
history.py      each run keeps its verdict; reading one back
standing.py     the verdict that stands at a place, of hour 24 of the same soak
known_words.py  which events earlier soaks of the same bot saw
baseline.py     the verdict of an earlier soak: whether it may be compared with, and the trend since
withdrawn.py    what stands in for a verdict after a run that judged nothing
rejected.py     the first lines of a file that could not be read
files.py        the account of the files of a run, as a verdict tells it
told.py         what a verdict.json tells, read key by key, nothing taken for granted
gate_criteria.py  READY concluded once more from the criteria of a verdict
gate_settings.py  the settings behind a verdict: named where they differ, refused where they open a gate
gate.py         whether a verdict that was written allows a deploy
"""
