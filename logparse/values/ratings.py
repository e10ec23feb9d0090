"""What people said of the answers: ratings of conversations, check by check."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

CHECKED_HOURS = (4, 12, 24)
"""The hours at which people can be asked to rate conversations: those for which the document has a section."""

LEAST_RATED = 3
"""Conversations that a check rates at least, where there were so many."""


def looks_back_to(hour: int, asked: Collection[int]) -> int:
    """The hour from which on a check looks at conversations: that of the check before it, else the start."""
    return max((before for before in asked if before < hour), default=0)


class Quality(StrEnum):
    """What a person said of the answers in one conversation."""

    APPROPRIATE = "appropriate"
    NEEDS_IMPROVEMENT = "needs-improvement"


class Tag(StrEnum):
    """What is wrong with an answer."""

    WRONG_LANGUAGE = "wrong language"
    OFF_TOPIC = "off-topic"
    REPETITIVE = "repetitive"
    NO_ANSWER = "did not answer"
    HARMFUL = "harmful"


@dataclass(frozen=True)
class Slip:
    """Something in a check that cannot be taken as it stands: the line in the document, and what is wrong there.

    ``doubtful``: what was meant may be a rating, so the check is not whole as long as it stands there.
    """

    line: int = field(compare=False)
    text: str
    doubtful: bool = True


@dataclass(frozen=True)
class Rating:
    """One conversation of a check as it stands in the document, whoever wrote it there, and with what.

    ``lacking`` names the labels that a whole rating needs and behind which nothing stands. ``line`` is where it
    begins; two ratings that say the same are equal wherever they stand.
    """

    conversation: str = ""
    user_message: str = ""
    bot_response: str = ""
    quality: Quality | None = None
    tags: tuple[Tag, ...] = ()
    notes: str = ""
    lacking: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def whole(self) -> bool:
        """Whether it is a rating, and says of what."""
        return not self.lacking and not any(slip.doubtful for slip in self.slips)

    def masked(self, mask: Callable[[str], str]) -> "Rating":
        """The rating with its texts masked."""
        return replace(
            self,
            conversation=mask(self.conversation),
            user_message=mask(self.user_message),
            bot_response=mask(self.bot_response),
            notes=mask(self.notes),
            slips=tuple(replace(slip, text=mask(slip.text)) for slip in self.slips),
        )


@dataclass(frozen=True)
class Sampled:
    """What a check says of its sample: the seed it was drawn with, how many conversations, and out of how many."""

    seed: str
    size: int
    of: int


@dataclass(frozen=True)
class Check:
    """One quality check: its number, its hour, what was rated, the sample where one was drawn, and other slips."""

    number: int
    hour: int
    ratings: tuple[Rating, ...] = ()
    sampled: Sampled | None = None
    slips: tuple[Slip, ...] = ()

    @property
    def title(self) -> str:
        """The check as reports call it."""
        return f"check {self.number} (hour {self.hour})"

    @property
    def rated(self) -> int:
        """How many conversations are rated wholly."""
        return sum(rating.whole for rating in self.ratings)

    @property
    def needed(self) -> int:
        """How many conversations have to be rated: the sample, else as many as a check rates at least."""
        if self.sampled is None:
            return LEAST_RATED
        return self.sampled.size if self.sampled.of <= LEAST_RATED else max(LEAST_RATED, self.sampled.size)

    def count(self, quality: Quality) -> int:
        """How many conversations were rated so, wholly or not."""
        return sum(rating.quality is quality for rating in self.ratings)

    @property
    def tags(self) -> Counter[Tag]:
        """How often each tag was given."""
        return Counter(tag for rating in self.ratings for tag in rating.tags)

    @property
    def result(self) -> "CheckResult":
        """What a verdict tells of the check."""
        return CheckResult(
            hour=self.hour,
            rated=self.rated,
            needed=self.needed,
            appropriate=self.count(Quality.APPROPRIATE),
            needs_improvement=self.count(Quality.NEEDS_IMPROVEMENT),
            tags={str(tag): count for tag, count in sorted(self.tags.items())},
            missing=self.missing,
            sample=self.sampled,
        )

    def masked(self, mask: Callable[[str], str]) -> "Check":
        """The check with the texts that people wrote in it masked: they may have copied a number from a chat."""
        return replace(
            self,
            ratings=tuple(rating.masked(mask) for rating in self.ratings),
            slips=tuple(replace(slip, text=mask(slip.text)) for slip in self.slips),
        )

    def all_slips(self) -> Iterator[Slip]:
        """All slips of the check and its ratings, in order of their lines."""
        yield from sorted([*self.slips, *(slip for one in self.ratings for slip in one.slips)], key=lambda s: s.line)

    @property
    def missing(self) -> str:
        """What the check lacks, in a sentence; empty where it is whole."""
        if self.sampled and not self.sampled.of and not self.ratings:
            return f"{self.title}: there was no conversation to rate"
        if not self.ratings and not self.slips:
            return f"{self.title} is not filled in"
        said = [f"{self.rated} of {'at least ' if self.sampled is None else ''}{self.needed} conversations rated"]
        for at, rating in enumerate(self.ratings, start=1):
            if rating.lacking:
                said.append(f"conversation {at} is half-filled, without {', '.join(rating.lacking)}")
        said += [slip.text for slip in self.all_slips() if slip.doubtful]
        return "" if len(said) == 1 and self.rated >= max(self.needed, 1) else f"{self.title}: {'; '.join(said)}"


@dataclass(frozen=True)
class CheckResult:
    """How far a check has come and how it came out; what was said in the conversations is not in it.

    ``rated`` counts conversations that are rated wholly, ``appropriate`` and ``needs_improvement`` others too;
    ``missing`` says what the check lacks, and is empty where it is whole.
    """

    hour: int
    rated: int
    needed: int
    appropriate: int
    needs_improvement: int
    tags: Mapping[str, int]
    missing: str
    sample: Sampled | None = None

    @property
    def number(self) -> int:
        """Which of the checks it is, from 1."""
        return CHECKED_HOURS.index(self.hour) + 1
