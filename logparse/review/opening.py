"""The opening of a sitting: from the hour asked for, the soak, its transcripts and the document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from logparse import monitoring_log
from logparse.clock import asks_for_due, chosen, given, written_in
from logparse.errors import UsageProblem
from logparse.judge import conversations
from logparse.quality.examine import examine
from logparse.reading.gather import checked_masker
from logparse.reading.sought import Sought
from logparse.review.card import card_of
from logparse.review.sample import Drawn, draw, seed_of
from logparse.review.sitting import Sitting
from logparse.settings.checked import Settings
from logparse.storage.atomic import check_writable, read_text
from logparse.text.visible import visible
from logparse.text.wording import moment
from logparse.values.conversation import Conversation, Transcript
from logparse.values.ratings import Check, Sampled, looks_back_to
from logparse.values.schedule import Soak, Span

MOST_SUSPICIONS = 100_000
"""The findings of a kind known to the sample: with only the earliest, a late check would lack its own."""


@dataclass(frozen=True)
class ReviewOptions:
    """The options of the command line; empty if not given."""

    hour: str
    logs: Sequence[str]
    monitoring_log: str
    start: str
    seed: str


def open_sitting(
    asked: ReviewOptions, settings: Settings, folder: Path, now: datetime, scratch: tuple[Path, Path]
) -> Sitting:
    """Opens the sitting of a check. ``folder`` is the working folder, ``scratch`` a cache and a temporary folder.

    Raises UsageProblem if there is no such check, it is not due yet, the document is missing or damaged, or there is
    nothing to review.
    """
    document = folder / (asked.monitoring_log or settings.monitoring_log)
    if not document.exists():
        raise UsageProblem(f"{document}: is not there; run pytest --hour=0 to begin a soak, or name it")
    check_writable(document)
    text = read_text(document)
    began = chosen(given(asked.start or None), written_in(text, document), document, "leave the option out")
    if began is None or began.start is None:
        raise UsageProblem(f"{document}: does not say when the soak started; run pytest --hour=0, or give --start=TIME")
    soak = Soak(began.start)
    hour = _hour(asked.hour, soak, settings, now)
    check = next(one for one in monitoring_log.read_checks(text, document) if one.hour == hour)
    places = tuple(asked.logs) or settings.logs
    sought = Sought(places, folder, soak.start, now, scratch[0], scratch[1], identity=began.identity)
    transcript = conversations(sought, settings, soak.judged(hour))
    mask = checked_masker(settings)
    talks = [replace(one, name=_named(one)) for one in transcript.conversations]
    examined = examine(talks, settings.quality, soak.checkpoint(hour), mask, transcript.problems, MOST_SUSPICIONS)
    span = Span(soak.checkpoint(looks_back_to(hour, settings.quality_checks)), soak.checkpoint(hour))
    rated = {rating.conversation for rating in check.ratings}
    drawn = draw(talks, examined.suspicions, span, _seed(asked.seed, check, soak, document), rated)
    if not drawn.conversations:
        raise UsageProblem(_nothing(transcript, places, span))
    cards = tuple(
        card_of(one, drawn.suspicions.get(one.name, ()), span, mask, settings.inbox_url) for one in drawn.conversations
    )
    return Sitting(document, check, cards, _sample(drawn, transcript), tuple(examined.problems))


def _hour(text: str, soak: Soak, settings: Settings, now: datetime) -> int:
    """Returns the hour of the check; raises UsageProblem if there is no check at it, or it is not due yet."""
    hours = {str(hour): hour for hour in settings.quality_checks}
    if asks_for_due(text):
        come = [hour for hour in settings.quality_checks if soak.checkpoint(hour) <= now]
        if not come:
            first = settings.quality_checks[0]
            raise UsageProblem(
                f"no check is due yet: the first, at hour {first}, is at {moment(soak.checkpoint(first))}"
            )
        return come[-1]
    if text.strip() not in hours:
        known = ", ".join(hours)
        raise UsageProblem(
            f"--hour={text}: there is no quality check at this hour; the setting quality_checks has {known}"
        )
    hour = hours[text.strip()]
    if soak.checkpoint(hour) > now:
        raise UsageProblem(f"--hour={hour}: it has not come yet; it is at {moment(soak.checkpoint(hour))}")
    return hour


def _seed(asked: str, check: Check, soak: Soak, document: Path) -> str:
    """Returns the seed: the one in the document if it has one, because all raters must see the same sample."""
    if asked and (len(asked.split()) != 1 or "," in asked):
        raise UsageProblem(f"--seed={asked}: write it as one word, without commas")
    if check.sampled is None:
        return asked or seed_of(soak.start, check.hour)
    if asked and asked != check.sampled.seed:
        raise UsageProblem(
            f"--seed={asked} differs from the one in {document} ({check.sampled.seed}); leave the option out"
        )
    return check.sampled.seed


def _named(conversation: Conversation) -> str:
    """Returns the name of a conversation as it can be read back from the document."""
    return " ".join(visible(conversation.name).replace("\u00a0", " ").split())


def _sample(drawn: Drawn, transcript: Transcript) -> str:
    """Describes the sample for the document."""
    size = len(drawn.conversations)
    more = f", {drawn.suspicious} suspicious first" if drawn.suspicious else ""
    more += ", all that there were" if size == drawn.of else ""
    more += ", pieces of texts from the logs" if transcript.partial else ""
    return monitoring_log.sampled_text(Sampled(drawn.seed, size, drawn.of), more)


def _nothing(transcript: Transcript, places: Sequence[str], span: Span) -> str:
    where = f"under {', '.join(places)} from {moment(span.start)} to {moment(span.end)}"
    why = f": {transcript.problems[0]}" if transcript.problems else ""
    if not transcript.files:
        return f"there is nothing to review {where}{why}; put a transcript*.jsonl there, see docs/transcripts.md"
    if why:
        return f"there is no conversation {where}{why}"
    return f"there is no conversation {where}, and so nothing to review"
