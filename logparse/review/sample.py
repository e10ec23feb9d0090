"""The sample of conversations for a check: drawn by a recorded seed, the suspicious ones first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from logparse.values.conversation import Conversation
from logparse.values.ratings import LEAST_RATED
from logparse.values.schedule import Span
from logparse.values.suspicions import Suspicion

SIZES = ((10_000, 12), (1_000, 8), (100, 5), (0, LEAST_RATED))
"""Sample sizes by the number of conversations: (at least, size)."""

MOST_SUSPICIOUS = 2, 3
"""The largest share of suspicious conversations in a sample, so that ordinary ones are seen too."""


@dataclass(frozen=True)
class Drawn:
    """A sample: its conversations in the order shown, their total number, and the findings in them.

    ``suspicions`` are those of the drawn conversations, by name.
    """

    seed: str
    conversations: tuple[Conversation, ...]
    of: int
    suspicions: Mapping[str, tuple[Suspicion, ...]]

    @property
    def suspicious(self) -> int:
        """The number of drawn conversations that are suspicious."""
        return sum(one.name in self.suspicions for one in self.conversations)


def seed_of(start: datetime, hour: int) -> str:
    """Returns the default seed of a check: known to everybody who knows the soak, and never chosen."""
    return f"{start:%Y%m%dT%H%MZ}-{hour:02d}"


def size_for(conversations: int) -> int:
    """Returns the sample size for a number of conversations: all of them if there are few."""
    return min(conversations, next(size for least, size in SIZES if conversations >= least))


def draw(
    conversations: Sequence[Conversation],
    suspicions: Sequence[Suspicion],
    span: Span,
    seed: str,
    rated: Collection[str] = (),
) -> Drawn:
    """Draws a sample of the conversations that have a message in a span.

    Those already rated stay in it. Then come suspicious ones, first those with kinds of findings not yet included, then
    others; the seed decides between equals. The order of the arguments does not matter.
    """
    here = [one for one in conversations if any(span.start <= each.time < span.end for each in one.messages)]
    found = _by_name(suspicions, span)
    ranked = sorted(here, key=lambda one: sha256(f"{seed}\n{one.key or one.name}".encode()).digest())
    kept = [one for one in ranked if one.name in rated]
    size = max(size_for(len(ranked)), len(kept))
    left = [one for one in ranked if one.name not in rated]
    odd = _most_kinds_first([one for one in left if one.name in found], found)
    others = [one for one in left if one.name not in found]
    share = max(0, -(-size * MOST_SUSPICIOUS[0] // MOST_SUSPICIOUS[1]) - sum(one.name in found for one in kept))
    share = max(share, size - len(kept) - len(others))
    drawn = [*kept, *odd[:share], *others][:size]
    drawn.sort(key=lambda one: one.name not in found)
    return Drawn(seed, tuple(drawn), len(ranked), {one.name: found[one.name] for one in drawn if one.name in found})


def _by_name(suspicions: Sequence[Suspicion], span: Span) -> dict[str, tuple[Suspicion, ...]]:
    """Groups the findings that touch a span by the name of their conversation."""
    found: dict[str, tuple[Suspicion, ...]] = {}
    for one in suspicions:
        if one.first < span.end and one.last >= span.start:
            found[one.conversation] = (*found.get(one.conversation, ()), one)
    return found


def _most_kinds_first(
    conversations: Sequence[Conversation], found: Mapping[str, Sequence[Suspicion]]
) -> list[Conversation]:
    """Sorts conversations so that each kind of finding comes once before any comes again."""
    kinds = {one.name: {each.kind for each in found[one.name]} for one in conversations}
    left, ordered, seen = list(conversations), list[Conversation](), set[str]()
    while left:
        best = max(left, key=lambda one: len(kinds[one.name] - seen))
        if not kinds[best.name] - seen and seen:
            # Every kind was seen once: the next round begins.
            seen = set()
            best = max(left, key=lambda one: len(kinds[one.name]))
        seen |= kinds[best.name]
        ordered.append(best)
        left.remove(best)
    return ordered
