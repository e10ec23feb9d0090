"""Fetching logs: one module a source, and the collection of a window, with the proof of it beside the rows.

source.py          what a source is, and what it tells of one fetch
sources.py         the sources by name
windows.py         the windows of a soak, each collected into a file of its own
collection.py      one window of one soak: what is missing is fetched, kept, proven
own_place.py       which file that is, where what lies there was fetched for others
merging.py         what a tool printed twice, made one text
before_judging.py  what is collected before a checkpoint is judged
journal.py         what an interrupted fetch brought so far
progress.py        how far a long fetch has come
https.py           requests that try again, wait as they are told, and go to HTTPS hosts only
secret.py          secrets from the environment, shown nowhere
tool.py            command line tools that fetch, with a time limit
vercel.py          the source vercel: the request logs, in slices (slices.py) and rows (vercel_row.py)
vercel_cli.py      the source vercel-cli: the tool, as far as its version can (vercel_version.py)
vercel_project.py  which project both of them ask for
command.py         the source command: any command of the user's
printed.py         what a command printed: logs, or something else that is no log
convex.py          the source convex: what its tool prints (tail.py), or files of a log stream (convex_stream.py)
kapso.py           the source kapso: the provider's own list of deliveries; no log, but a witness
"""
