"""Where logs lie, what lies beside them, and files that are written whole or not at all.

temporary.py       temporary files and folders, locked while their run lives, swept away afterwards
atomic.py          files that are replaced whole or not at all; the lock; trying places before work begins
manifest.py        the proof of a collection beside its file: what was asked for, what came, to JSON and back
files.py           finds files; one pass for sha256 and lines; recognises compression; writes mended copies
unfold.py          documents of JSON, one entry a line
cuts.py            where a large file is cut into stretches: behind a line
places.py          where the logs are: files, folders, globs, and the manifests beside them
stores.py          log files in object stores, through fsspec: found, opened, brought to a file
standard_input.py  standard input as a log: copied to a private file, and read like any other
witness.py         the provider's own list of deliveries: which files hold it, and what it tells
"""
