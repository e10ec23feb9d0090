"""Lines that tools print beside the logs: banners, help texts and errors. None of them is the bot's."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from logparse.tables import expressions
from logparse.values.patterns import sql_literal


@dataclass(frozen=True)
class Banner:
    """The shape of a tool's line: how it begins (RE2), and, if it means that logs are missing, a message about that.

    ``at_edge``: a bot may print the like, so it counts only before or after all records of a file.
    """

    pattern: str
    problem: str = ""
    at_edge: bool = False


TOOL_SHAPES, ERROR_SHAPES = (
    tuple(Banner(**shape) for shape in expressions("formats/sql/tool_lines")[kind]) for kind in ("tool", "error")
)
"""The lines that only a tool prints, and those in place of rows, which in text may also continue a record."""

ANSI = r"(?:\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))"
"""Escape sequences of a terminal: colours and cursor moves (CSI), links and titles (OSC)."""


def without_colours(line: str) -> str:
    """Returns SQL that removes escape sequences and byte order marks, which joined files have anywhere."""
    stripped = f"regexp_replace(replace({line}, chr(65279), ''), {sql_literal(ANSI)}, '', 'g')"
    return f"CASE WHEN contains({line}, chr(27)) OR contains({line}, chr(65279)) THEN {stripped} ELSE {line} END"


def tidy(message: str) -> str:
    """Returns SQL that removes colours and leading blanks from a message, which is classified by its start.

    It copies only if a byte requires it: a blank is smaller than any visible character, or not ASCII.
    """
    without = f"ltrim(regexp_replace({message}, {sql_literal(ANSI)}, '', 'g'), {_BLANKS})"
    return f"CASE WHEN contains({message}, chr(27)) THEN {without} ELSE {unindented(message)} END"


def unindented(text: str) -> str:
    """Returns SQL that removes leading blanks from a text."""
    return f"CASE WHEN {text} < '!' OR {text} > '~' THEN ltrim({text}, {_BLANKS}) ELSE {text} END"


_BLANKS = "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160) || chr(65279)"


def plain_text(line: str) -> str:
    """Removes escape sequences and byte order marks, as ``without_colours`` does."""
    return re.sub(ANSI, "", line.replace("\ufeff", ""))


def text_recogniser(expression: str) -> Callable[[str], bool]:
    """Makes a format's test for one line: its plain text has to match an expression from the start."""
    line_of_format = re.compile(expression)
    return lambda line: bool(line_of_format.match(plain_text(line)))


def _any_of(shapes: tuple[Banner, ...]) -> str:
    return "^(?:" + "|".join(f"(?:{shape.pattern})" for shape in shapes) + ")"


SURE_LINE = _any_of(tuple(shape for shape in TOOL_SHAPES if not shape.at_edge))
"""Matches a line that only a tool prints, also between the bot's own."""

TOOL_LINE = _any_of(TOOL_SHAPES)
"""Matches a line that only a tool prints."""

PROBLEM_LINE = _any_of(tuple(shape for shape in TOOL_SHAPES + ERROR_SHAPES if shape.problem))
"""Matches a line that says that logs are missing."""

ANY_ERROR = _any_of(TOOL_SHAPES + ERROR_SHAPES)
"""Matches any line that a tool printed about itself, for formats whose rows cannot look like it."""


def shape_of(line: str) -> Banner | None:
    """Returns the shape of a tool's line; None for any other line."""
    clean = plain_text(line)
    return next((shape for shape in TOOL_SHAPES + ERROR_SHAPES if re.match(shape.pattern, clean)), None)


def problem_of(line: str) -> str:
    """Returns what a tool's line says is wrong with the collection; empty for other lines."""
    shape = shape_of(line)
    return shape.problem if shape else ""


def first_problem(lines: Iterable[str]) -> tuple[str, str] | None:
    """Returns the first line that says that logs are missing, with its meaning; None if there is none."""
    for line in lines:
        if problem := problem_of(line):
            return plain_text(line).strip(), problem
    return None
