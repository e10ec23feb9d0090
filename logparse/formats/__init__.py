"""The log formats, in the order in which they are tried; found by their content, never by a name."""

from collections.abc import Sequence

from logparse.formats.format import Format
from logparse.formats.iso_text import ISO_TEXT
from logparse.formats.vercel_expanded import VERCEL_EXPANDED
from logparse.formats.vercel_rows import VERCEL_ROWS

FORMATS: tuple[Format, ...] = (VERCEL_ROWS, VERCEL_EXPANDED, ISO_TEXT)


def recognise(head: Sequence[str], formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format that most of the first lines are in, of those alike the first; None where no line is in any."""
    scores = [(sum(map(candidate.recognises, head)), candidate) for candidate in formats]
    score, best = max(scores, key=lambda scored: scored[0])
    return best if score else None
