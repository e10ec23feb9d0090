"""Property 6: turning any delivery that succeeded into a failure never makes any outcome better."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from logparse.outcome import State, state_of
from logparse.values.waiver import Waiver
from logparse.verdicts.verdict import Verdict
from tests.builders.counted import Counter
from tests.builders.days import FAILURES, STATUS_FAILURES, small_days
from tests.builders.examples import examples
from tests.properties.formats import writers
from tests.scenarios import bot, edits
from tests.scenarios.traffic import Request
from tests.scenarios.writers import Writer

_HOUR = 4

_MAY_BE_BETTER = {"wrong signature": {"answering", "error_rate"}}
"""The one exception, by failure: a delivery that is refused at the door is none any more.

NOTE: A stretch without any reply breaks the limit of answering by at least three deliveries. Where the third of them is
refused, two are left, and the stretch no longer counts. Where the last delivery of all is refused, no base is left for
an error rate, however many errors there are, and it is NOT JUDGED.
The refusal itself is a signature failure, which fails.
"""


@dataclass(frozen=True)
class Worsened:
    """A day in a format, and the same day after some of its deliveries became failures of one kind."""

    writer: Writer
    failure: str
    day: list[Request]
    failed: list[Request]


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
def worse_days(draw: st.DrawFn) -> Worsened:
    """A day on which anything may have gone wrong, and the same day with one to three failures more."""
    writer, day = draw(writers()), draw(small_days(FAILURES))
    places = [at for at, request in enumerate(day) if _succeeded(request)]
    assume(places)
    failures = FAILURES | (STATUS_FAILURES if writer.status else {})
    name = draw(st.sampled_from(sorted(failures)))
    chosen = draw(st.sets(st.sampled_from(places), min_size=1, max_size=3))
    return Worsened(writer, name, day, [failures[name](r) if at in chosen else r for at, r in enumerate(day)])


def _better(before: Verdict, after: Verdict) -> set[str]:
    """The criteria that came out better on the second day."""
    ranks = {judgement.name: judgement.outcome.rank for judgement in before.criteria}
    return {judgement.name for judgement in after.criteria if judgement.outcome.rank < ranks[judgement.name]}


def _rank(verdict: Verdict) -> int:
    """How bad the worst outcome of a required criterion is."""
    return max(judgement.outcome.rank for judgement in verdict.criteria if judgement.required)


@examples(200)
@given(days=worse_days())
def test_a_failure_never_makes_any_outcome_better(counter: Counter, days: Worsened) -> None:
    """Whatever else went wrong, one more failure leaves each criterion and the verdict as they were or worse.

    The verdict also where everything is waived that can be.
    """
    before, after = (counter.verdict(days.writer.write(requests), _HOUR) for requests in (days.day, days.failed))
    assert _better(before, after) - _MAY_BE_BETTER.get(days.failure, set()) == set()
    assert _rank(before) <= _rank(after)
    assert _exit_rank(before) <= _exit_rank(after)


def _exit_rank(verdict: Verdict) -> int:
    """How bad the verdict is where everything that can be waived is: what is met and what is waived weigh the same."""
    waived = [one.after(Waiver(one.name, "known", "Rina", verdict.start)) for one in verdict.criteria]
    assert all(one.reason in other.reason for one, other in zip(verdict.criteria, waived, strict=True))
    state = state_of(judgement.outcome for judgement in waived if judgement.required)
    return [State.READY, State.NOT_JUDGED, State.NOT_READY].index(state)
