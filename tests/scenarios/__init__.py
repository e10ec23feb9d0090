"""Simulated days of the bot's traffic: the same seed gives the same bytes, in each log format.

The way of the data:

    traffic (a steady day) -> edits, traps (one thing changed) -> writers (log files)

- ``bot``: the bot's own words, one function or constant a message.
- ``traffic``: `Message`, `Request` and the steady day they make up.
- ``edits``: one request, or some requests of a day, changed.
- ``traps``: what real logs hold to mislead a reader who greps.
- ``timeline``: deliveries moved so that gaps and stretches have an exact length.
- ``writers``: requests as log files, one module a family of formats, one file a window.
- ``formats``: the formats that scenarios are written in.
- ``spoilers``: log files damaged the way collecting goes wrong.
- ``failures``: failures of which one is too many, at a moment that is asked for.
- ``scenario``: what a scenario is; the modules ``on_...`` hold them, ``scenarios`` lists them all.
- ``judged``, ``matrix``: what scenarios give, and the table of it in tests/scenarios/matrix.md.
- ``bulk``: one steady day of any size, streamed.

``python -m tests.scenarios --help`` writes days from the command line, ``python -m tests.scenarios matrix`` the table.
"""
