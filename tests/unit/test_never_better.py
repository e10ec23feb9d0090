"""A failure never helps: when a delivery that succeeded becomes a failure, no outcome gets better."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.judge import Request as Asked
from logparse.judge import judge
from logparse.schedule import StartSource
from logparse.settings import parse
from logparse.verdict import Verdict
from tests.scenarios import bot, edits
from tests.scenarios.edits import Edit
from tests.scenarios.traffic import Request
from tests.scenarios.writers import SUFFIX, Format, write_text, write_vercel
from tests.unit.counted import START
from tests.unit.days import FAILURES, STATUS_FAILURES, examples, small_days

SETTINGS = parse()


def _verdict(day: list[Request], format: Format) -> Verdict:
    """What is concluded at hour 4 of a log that holds this day."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = write_text(day) if format == "text" else write_vercel(day)
        (folder / f"log{SUFFIX[format]}").write_bytes(content)
        now = START + timedelta(hours=5)
        places = (f"log{SUFFIX[format]}",)
        return judge(Asked(4, places, folder, START, StartSource.OPTION, now, folder, folder), SETTINGS)


def _succeeded(request: Request) -> bool:
    """Whether a message was delivered, processed, and answered in time by the AI, without an error."""
    texts = [message.text for message in request.messages]
    replies = [message for message in request.messages if message.text.startswith(bot.REPLY)]
    return (
        request.status == 200
        and edits.is_delivery(request)
        and any(text.startswith(bot.PROCESSING) for text in texts)
        and any(reply.offset_ms <= 10_000 and "(fallback)" not in reply.text for reply in replies)
        and not any(message.level in ("error", "fatal") for message in request.messages)
    )


def _better(before: Verdict, after: Verdict) -> list[str]:
    ranks = {judgement.name: judgement.outcome.rank for judgement in before.criteria}
    return [
        f"{judgement.name}: {before.criterion(judgement.name).outcome} became {judgement.outcome}"
        for judgement in after.criteria
        if judgement.outcome.rank < ranks[judgement.name]
    ]


@pytest.mark.parametrize(
    ("format", "failures"), [("text", FAILURES), ("vercel", FAILURES | STATUS_FAILURES)], ids=["text", "vercel"]
)
@examples(10)
@given(data=st.data(), day=small_days(FAILURES))
def test_a_failure_makes_no_outcome_better(
    format: Format, failures: dict[str, Edit], data: st.DataObject, day: list[Request]
) -> None:
    """Whatever else went wrong on the day, one more failure leaves each criterion as it was, or worse."""
    places = [at for at, request in enumerate(day) if _succeeded(request)]
    chosen = data.draw(st.lists(st.sampled_from(places), max_size=3, unique=True)) if places else []
    failure = data.draw(st.sampled_from(sorted(failures)))
    failed = [failures[failure](request) if at in chosen else request for at, request in enumerate(day)]
    before, after = _verdict(day, format), _verdict(failed, format)
    assert _better(before, after) == []
    assert before.state.exit_code == 0 or after.state.exit_code != 0
