"""The quality checks: people fill them in, the suite only reads them."""

import re
from dataclasses import dataclass
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.monitoring_log.document import Document, parse
from logparse.monitoring_log.fields import is_placeholder
from logparse.monitoring_log.layout import DEFAULT_PATH, QUALITY_CHECKS

APPROPRIATE, NEEDS_IMPROVEMENT = "appropriate", "needs-improvement"

# Also nested: where several conversations were rated, no rating may be missed.
_RATING = re.compile(r"\s*[-*+][ \t]+(?:\*\*|__)Quality(?::(?:\*\*|__)|(?:\*\*|__):)[ \t]*(.*?)\s*")
_RATED = re.compile(rf"[*_`]*({APPROPRIATE}|needs[ -]improvement)\b", re.IGNORECASE)


@dataclass(frozen=True)
class QualityCheck:
    """One quality check: its hour, and how each conversation was rated, with the line of each rating."""

    hour: int
    ratings: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> bool:
        """Whether nobody rated anything yet."""
        return not self.ratings

    @property
    def needs_improvement(self) -> bool:
        """Whether any conversation was rated as not good enough."""
        return any(rating == NEEDS_IMPROVEMENT for rating, _ in self.ratings)


def quality_checks(text: str, path: str | Path = DEFAULT_PATH) -> tuple[QualityCheck, ...]:
    """The three quality checks; UsageProblem, with the line, where a rating is neither of the two words."""
    document = parse(text, path)
    return tuple(QualityCheck(hour, _ratings(document, name)) for hour, name in QUALITY_CHECKS.items())


def _ratings(document: Document, name: str) -> tuple[tuple[str, int], ...]:
    ratings = []
    for line in document.body(name):
        match = None if line.literal else _RATING.fullmatch(line.text)
        if match is None or not match[1] or is_placeholder(match[1]):
            continue
        rated = _RATED.match(match[1])
        if rated is None:
            raise UsageProblem(
                f"{document.path}:{line.number}: the quality {match[1][:40]!r} is not known; "
                f"write {APPROPRIATE} or {NEEDS_IMPROVEMENT}"
            )
        ratings.append((APPROPRIATE if rated[1].lower() == APPROPRIATE else NEEDS_IMPROVEMENT, line.number))
    return tuple(ratings)
