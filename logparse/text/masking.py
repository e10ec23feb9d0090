"""Personal data and secrets, masked in everything that is written.

Whatever a log holds, masking takes a bounded time: a text is cut before it is masked. A secret that the cut tore would
be known no more, so the end of a cut text is left out as well.
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
"""Characters of a text that are masked; no more of it is ever shown."""

TORN = 100
"""Characters at the end of a cut text that are left out: they may be the beginning of a secret."""


def masker(extra: Sequence[Pattern] = ()) -> Callable[[str], str]:
    """A function that masks a text and gives it back as one short line; ``extra`` are the user's own patterns.

    They are found anywhere in a text, as it stands in the log, in time that grows with the text alone (RE2 syntax).
    ValueError where one of them is no expression.
    """
    own = _own_masker(extra) if extra else str

    def mask(text: str) -> str:
        line = disarmed(_masked(own(" ".join(visible(text[:READ]).split()))))
        return line if len(text) < READ else line[:-TORN].rstrip() + "…"

    return mask


def _masked(line: str) -> str:
    """The line with a mask in the place of each secret and each number of a person, however they are wrapped."""
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
    """A function that masks what the patterns match, by the engine's own expressions; ValueError as for ``masker``."""
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
