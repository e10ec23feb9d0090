"""Masking of personal data and secrets in everything that is written.

Masking takes a bounded time, whatever a log holds: a text is cut before it is masked. A secret torn by the cut would no
longer be recognised, so the end of a cut text is left out too.
"""

from collections.abc import Callable, Sequence

import duckdb

from logparse.text.claims import disarmed
from logparse.text.numbers import numbers_in
from logparse.text.secrets import secrets_in
from logparse.text.unwrapped import unwrapped
from logparse.text.visible import visible
from logparse.values.patterns import Pattern

MASK = "***"

READ = 500
"""The number of characters of a text that are masked; no more of it is ever shown."""

TORN = 100
"""Characters left out at the end of a cut text: they may be the start of a secret."""


def masker(extra: Sequence[Pattern] = ()) -> Callable[[str], str]:
    """Makes a function that masks a text and returns it as one short line; ``extra`` are the user's own patterns.

    These are searched for anywhere in a text, in time linear in its length (RE2 syntax). Raises ValueError if one of
    them is no valid expression.
    """
    own = _own_masker(extra) if extra else str

    def mask(text: str) -> str:
        line = disarmed(_masked(own(" ".join(visible(text[:READ]).split()))))
        return line if len(text) < READ else line[:-TORN].rstrip() + "…"

    return mask


def _masked(line: str) -> str:
    """Masks each secret and each personal number in a line, also inside escapes."""
    spans = sorted(
        view.span(start, end)
        for view in unwrapped(line)
        for start, end in (*secrets_in(view.signs), *numbers_in(view.signs))
        if end > start
    )
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start > at or not parts:
            parts += [line[at:start], MASK]
        at = max(at, end)
    return "".join([*parts, line[at:]])


def _own_masker(patterns: Sequence[Pattern]) -> Callable[[str], str]:
    """Makes a function that masks what the user's patterns match, in DuckDB; raises ValueError as ``masker`` does."""
    engine = duckdb.connect(config={"threads": 1})
    for pattern in patterns:
        try:
            engine.execute("SELECT regexp_matches('', ?)", [pattern.text])
        except duckdb.Error as error:
            problem = str(error).splitlines()[0].split("Error: ", 1)[-1]
            raise ValueError(f"{pattern.shown} is no regular expression (RE2 syntax): {problem}") from None
    masked = "$text"
    for at in range(len(patterns)):
        masked = f"regexp_replace({masked}, $pattern_{at}, '{MASK}', 'g')"
    texts = {f"pattern_{at}": pattern.text for at, pattern in enumerate(patterns)}

    def mask(text: str) -> str:
        row = engine.execute(f"SELECT {masked}", {"text": text, **texts}).fetchone()
        return str(row[0]) if row else ""

    return mask
