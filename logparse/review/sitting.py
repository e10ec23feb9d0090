"""A sitting: the sample and its ratings, each of which is written to the document at once.

The document is the only memory of a review. So a review that was left, or killed, resumes where it stopped, two people
may share one, and changes made in the document by hand appear in it.
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
"""The rating of a conversation that the document does not name."""


@dataclass(frozen=True)
class Said:
    """A rater's answer for one conversation; ``..._before`` is what was shown to them at the time."""

    quality: Quality | None = None
    tags: tuple[Tag, ...] = ()
    notes: str = ""
    notes_before: str = ""
    quality_before: Quality | None = None
    tags_before: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """The review of one check: the document, the cards in order, and the description of the sample.

    ``problems`` are unreadable parts of the transcripts, which the rater has to know.
    """

    document: Path
    check: Check
    cards: tuple[Card, ...]
    sample: str
    problems: tuple[str, ...] = ()

    def ratings(self) -> Mapping[str, Rating]:
        """Reads the current ratings of the sample by name; raises UsageProblem if the document is damaged."""
        names = {card.name for card in self.cards}
        return {one.conversation: one for one in self._now().ratings if one.conversation in names}

    def rated(self) -> int:
        """Counts the conversations of the sample that are rated completely."""
        return sum(rating.whole for rating in self.ratings().values())

    def next_after(self, number: int = 0, skipped: Collection[int] = ()) -> int:
        """Returns the next conversation (from 1) not rated or skipped, wrapping around; 0 if there is none."""
        ratings = self.ratings()
        order = [*range(number + 1, len(self.cards) + 1), *range(1, number + 1)]
        left = (at for at in order if not ratings.get(self.cards[at - 1].name, OPEN).whole and at not in skipped)
        return next(left, 0)

    def rate(self, number: int, said: Said) -> Rating:
        """Writes the rating of a conversation, numbered from 1; returns it as the document has it then.

        Changes that somebody else made meanwhile are kept: notes are joined; a rating stays unless another was chosen
        here, and then the result is needs-improvement. Raises UsageProblem if the notes are too long, if the document
        has an unreadable rating that is not replaced, if it is damaged, or if another run keeps it locked.
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
        """Describes the progress of the review in a sentence."""
        poor = sum(one.quality is Quality.NEEDS_IMPROVEMENT for one in self.ratings().values())
        said = f"{self.check.title}: {self.rated()} of {plural(len(self.cards), 'conversation')} rated"
        return f"{said}, {poor} {'needs' if poor == 1 else 'need'} improvement"

    @property
    def left(self) -> int:
        """The number of conversations still to be rated."""
        return len(self.cards) - self.rated()

    def _now(self) -> Check:
        return self._check(read_text(self.document))

    def _check(self, text: str) -> Check:
        checks = monitoring_log.read_checks(text, self.document)
        return next(check for check in checks if check.hour == self.check.hour)


def _chosen(said: Said, there: Quality | None) -> Quality | None:
    """Returns the rating to write: the new one, unless only somebody else changed it since it was shown.

    If both changed it and differ, it needs improvement: such a rating is never lost.
    """
    if there is said.quality_before or there is said.quality:
        return said.quality
    if said.quality is said.quality_before:
        return there
    return Quality.NEEDS_IMPROVEMENT if Quality.NEEDS_IMPROVEMENT in (said.quality, there) else said.quality


def _tagged(said: Said, there: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Returns the tags to write, by the same rule; if both changed them, those of both."""
    if there == said.tags_before:
        return said.tags
    if said.tags == said.tags_before:
        return there
    return tuple(tag for tag in Tag if tag in {*said.tags, *there})


def _merged(said: Said, there: str) -> str:
    """Returns the notes to write: the new ones, and what somebody else wrote since the old ones were shown."""
    new = " ".join(said.notes.split())
    if there in ("", new, said.notes_before):
        return new
    return there if new in ("", said.notes_before) else f"{there} / {new}"
