"""Property 6: turning any delivery that succeeded into a failure never makes any outcome better."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from logparse.verdict import Verdict
from tests.scenarios import bot, edits
from tests.scenarios.traffic import Request
from tests.scenarios.writers import Writer
from tests.unit.counted import Counter
from tests.unit.days import FAILURES, STATUS_FAILURES, examples, small_days
from tests.unit.properties.formats import writers

_HOUR = 4


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


@st.composite
def worse_days(draw: st.DrawFn) -> tuple[Writer, list[Request], list[Request]]:
    """A format, a day on which anything may have gone wrong, and the same day with one to three failures more."""
    writer, day = draw(writers()), draw(small_days(FAILURES))
    places = [at for at, request in enumerate(day) if _succeeded(request)]
    assume(places)
    failures = FAILURES | (STATUS_FAILURES if writer.status else {})
    failure = failures[draw(st.sampled_from(sorted(failures)))]
    chosen = draw(st.sets(st.sampled_from(places), min_size=1, max_size=3))
    return writer, day, [failure(request) if at in chosen else request for at, request in enumerate(day)]


def _better(before: Verdict, after: Verdict) -> list[str]:
    ranks = {judgement.name: judgement.outcome.rank for judgement in before.criteria}
    return [
        f"{judgement.name}: {before.criterion(judgement.name).outcome} became {judgement.outcome}"
        for judgement in after.criteria
        if judgement.outcome.rank < ranks[judgement.name]
    ]


@examples(200)
@given(days=worse_days())
def test_a_failure_never_makes_any_outcome_better(
    counter: Counter, days: tuple[Writer, list[Request], list[Request]]
) -> None:
    """Whatever else went wrong on the day, one more failure leaves each criterion as it was, or worse."""
    writer, day, failed = days
    before, after = (counter.verdict(writer.write(requests), _HOUR) for requests in (day, failed))
    assert _better(before, after) == []
    assert before.state.exit_code == 0 or after.state.exit_code != 0
