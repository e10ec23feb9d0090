"""From lines to numbers, in SQL: lines -> records -> events -> tally -> numbers.

harmless.py  words of errors that tell of none
overlaps.py  records that the patterns of two events match alike
events.py    one SELECT from records to events: codes, marks, kinds of error
tally.py     one SELECT from events to a tally: counts by minute, which add up
engine.py    the DuckDB connection, and the views from lines to events
once.py      records that were fetched twice count once
instances.py lines of two files that count once, though two instances may have written them
backwards.py a clock that goes back within a file
cache.py     tallies kept by what they were counted from
numbers.py   SQL on the tally: metrics, timeline, kinds of error, deployments
series.py    SQL on the tally: what came in each slot, how long replies took
"""
