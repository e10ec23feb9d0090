"""Which conversations a check shows: drawn by a seed that is written down, the suspicious ones first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from logparse.values.conversation import Conversation
from logparse.values.ratings import LEAST_RATED
from logparse.values.schedule import Span
from logparse.values.suspicions import Suspicion

SIZES = ((10_000, 12), (1_000, 8), (100, 5), (0, LEAST_RATED))
"""How many conversations are drawn, from how many on: busy soaks show more."""

MOST_SUSPICIOUS = 2, 3
"""The share of a sample that suspicious conversations take at most, so that ordinary ones are seen as well."""


@dataclass(frozen=True)
class Drawn:
    """A sample: its conversations in the order in which they are shown, out of how many, with what is suspicious.

    ``suspicions`` are those of the drawn conversations, by name.
    """

    seed: str
    conversations: tuple[Conversation, ...]
    of: int
    suspicions: Mapping[str, tuple[Suspicion, ...]]

    @property
    def suspicious(self) -> int:
        """How many of the drawn conversations are suspicious."""
        return sum(one.name in self.suspicions for one in self.conversations)


def seed_of(start: datetime, hour: int) -> str:
    """The seed of a check: known to everybody who knows the soak, and never chosen."""
    return f"{start:%Y%m%dT%H%MZ}-{hour:02d}"


def size_for(conversations: int) -> int:
    """How many conversations are drawn out of so many; all of them where there are fewer."""
    return min(conversations, next(size for least, size in SIZES if conversations >= least))


def draw(
    conversations: Sequence[Conversation],
    suspicions: Sequence[Suspicion],
    span: Span,
    seed: str,
    rated: Collection[str] = (),
) -> Drawn:
    """The sample of the conversations that have a message in a stretch of time.

    What was rated already stays in it. Then come suspicious ones, those first that show kinds of suspicion which were
    not seen yet, then others; where two are alike, the seed decides. The order of what is given changes nothing.
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
    """The suspicions that touch a stretch of time, by the name of their conversation."""
    found: dict[str, tuple[Suspicion, ...]] = {}
    for one in suspicions:
        if one.first < span.end and one.last >= span.start:
            found[one.conversation] = (*found.get(one.conversation, ()), one)
    return found


def _most_kinds_first(
    conversations: Sequence[Conversation], found: Mapping[str, Sequence[Suspicion]]
) -> list[Conversation]:
    """The conversations so that each kind of suspicion is seen before any is seen again."""
    kinds = {one.name: {each.kind for each in found[one.name]} for one in conversations}
    left, ordered, seen = list(conversations), list[Conversation](), set[str]()
    while left:
        best = max(left, key=lambda one: len(kinds[one.name] - seen))
        if not kinds[best.name] - seen and seen:
            # Every kind was seen: it begins anew.
            seen = set()
            best = max(left, key=lambda one: len(kinds[one.name]))
        seen |= kinds[best.name]
        ordered.append(best)
        left.remove(best)
    return ordered
