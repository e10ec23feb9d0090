"""Crashes: the one table of what runtimes, systems and platforms print when a process dies or times out.

The shapes are in crashes.toml: each is the start of a message, and most bots never print one of these about themselves.
They apply to all formats and all bots, beside their own patterns. A bot may print those of ``BARE`` at a level of its
own: they count only without one. A crash counts as follows: a block of Node whose lines are separate records once, by
its last line; a rejection that is only warned of twice, by both of its lines; anything else once a matching line.
"""

from logparse.tables import expressions

_TABLE = expressions("formats/crashes")

SHAPES: tuple[str, ...] = tuple(_TABLE["any_level"])
"""Crashes at any level."""

BARE: tuple[str, ...] = tuple(_TABLE["bare"])
"""Crashes only in messages without a level, or with that of an error, which a platform gives to stderr."""

NODE_BLOCK: str = _TABLE["node_block"]
"""An error block of Node after other text in the same message."""

NODE_WARNING: str = _TABLE["parts"]["node_warning"]
"""The one warning of Node that counts as a crash; its other warnings are ignored."""

TRACEBACK = r"(?:\+ Exception Group )?Traceback \(most recent call last\):\s*(?:$|\n)"
"""A traceback of Python as a message of its own: uncaught, or after the line that a logger wrote."""

STACK = (
    r"(?:at (?:async |new )?\S.*:\d+(?::\d+)?\)?|at (?:async |new )?[\w.<>$\[\] ]+ \((?:native|<anonymous>|index \d+)\)"
    r"|File \".*\", line \d+.*|> File .*|\^+|\.\.\. \d+ (?:more|lines matching .*)"
    r"|(?:code|errno|syscall): (?:'[^']*'|-?\d+),?|Traceback \(most recent call last\):)\s*$"
)
"""A line of a stack trace, which is no error of its own."""

CHAIN = r"(?:During handling of the above exception, another |The above exception was the direct cause of the )"
"""The text between two tracebacks of one exception."""

EXCEPTION = r"^(?:\| *)?[\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failure|Timeout|Fault)(?:: |$)"
"""The last line of a traceback: the error itself."""

SOURCE = r"\braise [\w.]+\(|^except [\w.(]"
"""A line of source code in a traceback, which mentions an exception but logs none."""

LINE_OF_CRASH = "(?:" + "|".join((*SHAPES, *BARE)) + ")"
"""Matches any line of a crash, if only the line is known."""
