"""Fetching logs: one module a source, and the collection of a window, with the proof of it beside the rows.

source.py       what a source is, and what it tells of one fetch
collection.py   one window of one soak: what is missing is fetched, kept, proven
journal.py      what an interrupted fetch brought so far
https.py        requests that try again, wait as they are told, and go to HTTPS hosts only
"""
