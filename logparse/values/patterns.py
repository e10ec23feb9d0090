"""Patterns: regular expressions that match at the start of a message, and the SQL conditions made of them.

Regular expressions on every line cost most in counting, and most patterns begin with fixed text. So that text is split
off and tested first (``starts_with`` is nearly free); a pattern that is only fixed text needs no regular expression.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_ESCAPES = re.compile(r"\\.", re.DOTALL)
_CLASSES = re.compile(r"\[\^?\]?[^\]]*\]")
_CAPTURING = re.compile(r"\((?!\?)|\(\?P?<(?![=!])(\w*)")
_ANYTHING = re.compile(r"\.\*\??")
_META = frozenset(r".^$*+?{}[]|()")


@dataclass(frozen=True)
class Pattern:
    """One regular expression (RE2 syntax), matched at the start of a message, and the setting that it is from."""

    text: str
    where: str

    @property
    def shown(self) -> str:
        """The setting and the expression, cut for a message."""
        return f"{self.where}: {self.text[:100]!r}"

    @property
    def literal(self) -> str:
        """The fixed text with which every match begins; empty if there is none."""
        return _literal_start(self.text)[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the capturing groups, in order; empty for a group without a name."""
        return tuple(_CAPTURING.findall(_CLASSES.sub("", _ESCAPES.sub("x", self.text))))

    @property
    def groups(self) -> int:
        """The number of capturing groups."""
        return len(self.names)

    @property
    def is_literal(self) -> bool:
        """Whether the whole pattern is fixed text."""
        return _literal_start(self.text)[1] == len(self.text)


# Cached: the same few patterns are parsed again and again, and parsing one costs as much as a small query.
@lru_cache(maxsize=1024)
def _literal_start(text: str) -> tuple[str, int]:
    """Returns the fixed text at the front of a regular expression, and how many characters of the latter it takes."""
    if _has_alternatives(text):
        return "", 0
    taken, at = [], 0
    while at < len(text):
        width = 2 if text[at] == "\\" else 1
        character = text[at + width - 1 : at + width]
        escaped = width == 2
        if not character or (escaped and character.isalnum()) or (not escaped and character in _META):
            break
        if text[at + width : at + width + 1] in ("*", "?", "{"):
            break  # the next sign makes this character optional
        taken.append(character)
        at += width
    return "".join(taken), at


def _has_alternatives(text: str) -> bool:
    """Tells whether a ``|`` is outside of all groups, so that the front of the text is not the front of every match."""
    depth, at = 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
        elif text[at] == "|" and depth <= 0:
            return True
        at += 1
    return False


def sql_literal(text: str) -> str:
    """Escapes a text of ours as an SQL literal; users' text reaches SQL as variables."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Condition:
    """An SQL condition on ``message``, and the SQL variables that it uses: no user's text is in the SQL itself.

    ``guard`` is a cheap necessary condition for ``sql``: the fixed text with which the patterns begin.
    """

    sql: str
    guard: str
    variables: Mapping[str, str]


def matches(name: str, patterns: Sequence[Pattern]) -> Condition:
    """Builds the condition that ``message`` matches any of the patterns at its start; FALSE without patterns.

    ``name`` is ours and names the variables. All patterns beyond fixed text become one expression, so that a message is
    scanned once.
    """
    variables = {f"{name}_start_{at}": pattern.literal for at, pattern in enumerate(patterns) if pattern.literal}
    starts = {variable: f"starts_with(message, getvariable({sql_literal(variable)}))" for variable in variables}
    begins = [starts.get(f"{name}_start_{at}") for at in range(len(patterns))]
    tests = [begin for begin, pattern in zip(begins, patterns, strict=True) if begin and pattern.is_literal]
    others = [pattern for pattern in patterns if not pattern.is_literal]
    if others:
        expression = f"regexp_matches(message, getvariable({sql_literal(name + '_expression')}), 's')"
        guard = _any_of([begin for begin, pattern in zip(begins, patterns, strict=True) if not pattern.is_literal])
        tests.append(f"({guard} AND {expression})")
        variables[f"{name}_expression"] = _expression(others)
    return Condition(_any_of(tests), _any_of(begins), variables)


def _any_of(conditions: Sequence[str | None]) -> str:
    """Joins conditions with OR; an unknown condition counts as TRUE."""
    known = [condition for condition in conditions if condition]
    if len(known) < len(conditions):
        return "TRUE"
    return f"({' OR '.join(known)})" if known else "FALSE"


def _expression(patterns: Sequence[Pattern]) -> str:
    """Joins the patterns to one expression that is found in a text if any of them matches at its start.

    Patterns that begin with anything at all are searched anywhere, which takes RE2 a fifth of the time.
    """
    starts = [_ANYTHING.match(pattern.text) for pattern in patterns if not _has_alternatives(pattern.text)]
    if len(starts) < len(patterns) or not all(starts):
        return anchored(patterns)
    return "|".join(f"(?:{start.string[start.end() :]})" for start in starts if start)


def anchored(patterns: Sequence[Pattern]) -> str:
    """Joins the patterns to one expression that matches any of them, only at the start of a text."""
    return "^(?:" + "|".join(f"(?:{pattern.text})" for pattern in patterns) + ")"
