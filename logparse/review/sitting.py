"""A sample beside the document: what is rated of it, and each rating written down at once.

The document is the only memory of a review. So one that was left, or killed, goes on where it stopped, two people may
share one, and what somebody changes in the document by hand is what the review shows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from logparse import monitoring_log
from logparse.errors import UsageProblem
from logparse.monitoring_log import LONGEST_NOTES, RatedConversation
from logparse.review.card import Card
from logparse.storage.atomic import locked, read_text, write_text
from logparse.text.wording import plural
from logparse.values.ratings import Check, Quality, Rating, Tag

OPEN = Rating(lacking=("Quality",))
"""What the document says of a conversation that it does not name."""


@dataclass(frozen=True)
class Said:
    """What somebody says of one conversation; ``..._before`` is what they saw of it when they said so."""

    quality: Quality | None = None
    tags: tuple[Tag, ...] = ()
    notes: str = ""
    notes_before: str = ""
    quality_before: Quality | None = None
    tags_before: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """A review of one check: the document, the cards in order, and what the document says of the sample.

    ``problems`` is what of the transcripts could not be read, which whoever rates has to know.
    """

    document: Path
    check: Check
    cards: tuple[Card, ...]
    sample: str
    problems: tuple[str, ...] = ()

    def ratings(self) -> Mapping[str, Rating]:
        """What the document says of the conversations of the sample now, by name; UsageProblem for a damaged one."""
        names = {card.name for card in self.cards}
        return {one.conversation: one for one in self._now().ratings if one.conversation in names}

    def rated(self) -> int:
        """How many conversations of the sample are rated wholly."""
        return sum(rating.whole for rating in self.ratings().values())

    def next_after(self, number: int = 0, skipped: Collection[int] = ()) -> int:
        """The first conversation from 1 that is neither rated nor skipped, behind this one or else from the start; 0
        where there is none."""
        ratings = self.ratings()
        order = [*range(number + 1, len(self.cards) + 1), *range(1, number + 1)]
        left = (at for at in order if not ratings.get(self.cards[at - 1].name, OPEN).whole and at not in skipped)
        return next(left, 0)

    def rate(self, number: int, said: Said) -> Rating:
        """Writes down what is said of a conversation, numbered from 1; what the document says of it then.

        What somebody wrote there meanwhile is kept: notes beside the new ones, a rating unless another was chosen
        here, and then needs-improvement. UsageProblem for notes that are too long, for a rating there that cannot be
        read and that nobody replaced, and where the document is damaged or another run keeps it.
        """
        card = self.cards[number - 1]
        with locked(self.document):
            text = read_text(self.document)
            known = next((one for one in self._check(text).ratings if one.conversation == card.name), Rating())
            unread = next((slip for slip in known.slips if slip.doubtful), None)
            if unread and known.quality is None and said.quality in (None, said.quality_before):
                raise UsageProblem(f"{self.document.name}:{unread.line}: {unread.text}; or choose a rating here")
            notes = _merged(said, known.notes)
            if len(notes) > LONGEST_NOTES:
                raise UsageProblem(f"notes of {len(notes):,} characters are too long; at most {LONGEST_NOTES:,} fit")
            entry = RatedConversation(
                card.name,
                card.user_message,
                card.bot_response,
                _chosen(said, known.quality),
                _tagged(said, known.tags),
                notes,
                "" if card.link_tells else card.link,
            )
            after = monitoring_log.put_rating(text, self.check.hour, entry, self.sample, self.document)
            if after != text:
                write_text(self.document, after)
        return next(one for one in self._check(after).ratings if one.conversation == card.name)

    def told(self) -> str:
        """How far the review has come, in a sentence."""
        poor = sum(one.quality is Quality.NEEDS_IMPROVEMENT for one in self.ratings().values())
        said = f"{self.check.title}: {self.rated()} of {plural(len(self.cards), 'conversation')} rated"
        return f"{said}, {poor} {'needs' if poor == 1 else 'need'} improvement"

    @property
    def left(self) -> int:
        """How many conversations of the sample are still to be rated."""
        return len(self.cards) - self.rated()

    def _now(self) -> Check:
        return self._check(read_text(self.document))

    def _check(self, text: str) -> Check:
        checks = monitoring_log.read_checks(text, self.document)
        return next(check for check in checks if check.hour == self.check.hour)


def _chosen(said: Said, there: Quality | None) -> Quality | None:
    """The rating to write: the new one, unless only somebody else changed it since it was shown.

    Where both did and they differ, the answers need improvement: such a rating is never lost on the way.
    """
    if there is said.quality_before or there is said.quality:
        return said.quality
    if said.quality is said.quality_before:
        return there
    return Quality.NEEDS_IMPROVEMENT if Quality.NEEDS_IMPROVEMENT in (said.quality, there) else said.quality


def _tagged(said: Said, there: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """The tags to write, by the same rule; where both changed them, those of both."""
    if there == said.tags_before:
        return said.tags
    if said.tags == said.tags_before:
        return there
    return tuple(tag for tag in Tag if tag in {*said.tags, *there})


def _merged(said: Said, there: str) -> str:
    """The notes to write: the new ones, and what somebody else wrote since the old ones were shown."""
    new = " ".join(said.notes.split())
    if there in ("", new, said.notes_before):
        return new
    return there if new in ("", said.notes_before) else f"{there} / {new}"
