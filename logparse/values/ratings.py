"""People's ratings of conversations, check by check."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

CHECKED_HOURS = (4, 12, 24)
"""The hours at which people can be asked to rate conversations: those for which the document has a section."""

LEAST_RATED = 3
"""The fewest conversations that a check rates, unless there were fewer."""


def looks_back_to(hour: int, asked: Collection[int]) -> int:
    """Returns the hour from which a check covers conversations: that of the previous check, else the start."""
    return max((before for before in asked if before < hour), default=0)


class Quality(StrEnum):
    """The rating of the answers in one conversation."""

    APPROPRIATE = "appropriate"
    NEEDS_IMPROVEMENT = "needs-improvement"


class Tag(StrEnum):
    """A defect of an answer."""

    WRONG_LANGUAGE = "wrong language"
    OFF_TOPIC = "off-topic"
    REPETITIVE = "repetitive"
    NO_ANSWER = "did not answer"
    HARMFUL = "harmful"


@dataclass(frozen=True)
class Slip:
    """A mistake in a check: the line in the document, and what is wrong.

    ``doubtful``: it may have been meant as a rating, so the check is incomplete until it is corrected.
    """

    line: int = field(compare=False)
    text: str
    doubtful: bool = True


@dataclass(frozen=True)
class Rating:
    """One conversation of a check, as written in the document by people or by the review.

    ``lacking`` names the labels without a value that a complete rating needs. ``line`` is where it begins; it does not
    count when two ratings are compared.
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
        """Whether the rating is complete."""
        return not self.lacking and not any(slip.doubtful for slip in self.slips)

    def masked(self, mask: Callable[[str], str]) -> "Rating":
        """Masks the texts of the rating."""
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
    """The sample of a check: the seed it was drawn with, its size, and the number of conversations to draw from."""

    seed: str
    size: int
    of: int


@dataclass(frozen=True)
class Check:
    """One quality check: its number, its hour, its ratings, its sample if one was drawn, and other slips."""

    number: int
    hour: int
    ratings: tuple[Rating, ...] = ()
    sampled: Sampled | None = None
    slips: tuple[Slip, ...] = ()

    @property
    def title(self) -> str:
        """The name of the check in reports."""
        return f"check {self.number} (hour {self.hour})"

    @property
    def rated(self) -> int:
        """The number of complete ratings."""
        return sum(rating.whole for rating in self.ratings)

    @property
    def needed(self) -> int:
        """The number of conversations to rate: the sample, else the fewest that a check rates."""
        if self.sampled is None:
            return LEAST_RATED
        return self.sampled.size if self.sampled.of <= LEAST_RATED else max(LEAST_RATED, self.sampled.size)

    def count(self, quality: Quality) -> int:
        """Counts the conversations with this rating, complete or not."""
        return sum(rating.quality is quality for rating in self.ratings)

    @property
    def tags(self) -> Counter[Tag]:
        """The number of uses of each tag."""
        return Counter(tag for rating in self.ratings for tag in rating.tags)

    @property
    def result(self) -> "CheckResult":
        """The summary of the check for a verdict."""
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
        """Masks the texts that people wrote into the check: they may have copied a number from a chat."""
        return replace(
            self,
            ratings=tuple(rating.masked(mask) for rating in self.ratings),
            slips=tuple(replace(slip, text=mask(slip.text)) for slip in self.slips),
        )

    def all_slips(self) -> Iterator[Slip]:
        """Yields all slips of the check and its ratings, in order of their lines."""
        yield from sorted([*self.slips, *(slip for one in self.ratings for slip in one.slips)], key=lambda s: s.line)

    @property
    def missing(self) -> str:
        """A sentence on what the check lacks; empty if it is complete."""
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
    """The progress and result of a check, without the content of conversations.

    ``rated`` counts complete ratings, ``appropriate`` and ``needs_improvement`` others too; ``missing`` is a sentence
    on what the check lacks, empty if it is complete.
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
        """The number of the check, from 1."""
        return CHECKED_HOURS.index(self.hour) + 1
