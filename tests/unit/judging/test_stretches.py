"""Silence and answering: what is too long, what was seen whole, and what a hole may hide."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from logparse.formats.collecting_commands import GENERAL_WAY
from logparse.judging.stretches import left_unanswered, silent
from logparse.outcome import Outcome
from logparse.values.judgement import Judgement
from logparse.values.schedule import Span
from logparse.values.timeline import Moment, Timeline
from tests.builders.judged import EVERY_MINUTE, MINUTE, at, between, facts, judged, sound

EVERY_HOUR = tuple(at(hour) for hour in range(25))
EVERY_SIX_MINUTES = tuple(at(tenth / 10) for tenth in range(241))

WEBHOOK = "look at the provider's webhook: paused, or its address changed?"
ERRORS = "look at the errors of that time: is the AI provider reachable, is its key valid?"
MISSING = "cannot be judged: the logs of that time are missing"


@dataclass(frozen=True)
class Case:
    """When deliveries and replies came, what hides them, and what is concluded."""

    outcome: Outcome
    reason: str
    minutes: float
    over: int = 0
    deliveries: Sequence[Moment] = EVERY_HOUR
    replies: Sequence[Moment] = EVERY_SIX_MINUTES
    partial: Sequence[Moment] = ()
    holes: tuple[Span, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    seen: Span | None = None
    limit: float = 0

    def judged(self, name: str) -> Judgement:
        """What the criterion makes of it."""
        timeline = Timeline(EVERY_MINUTE, tuple(self.deliveries), tuple(self.replies), tuple(self.partial))
        known = facts(sound(), settings=self.settings, timeline=timeline, holes=self.holes, seen=self.seen)
        return judged(name, known)

    def expected(self, name: str, title: str, usual_limit: float) -> Judgement:
        """The whole judgement; missing logs are mended, nothing else is."""
        mend = "mend the evidence first" if self.outcome is Outcome.NOT_JUDGED else ""
        limit = self.limit or usual_limit
        return Judgement(
            name, title, self.outcome, self.reason, True, self.minutes, "min", limit, count=self.over, mend=mend
        )


def _without(*hours: float) -> tuple[Moment, ...]:
    """Deliveries every hour, but for some hours."""
    return tuple(moment for moment in EVERY_HOUR if moment not in [at(hour) for hour in hours])


SILENCE = {
    "deliveries every hour": Case(
        Outcome.PASS,
        "longest stretch without a delivery while other records go on: "
        "1 h 00 min from 2026-01-12 00:00 UTC to 2026-01-12 01:00 UTC, limit 1 h 00 min",
        60,
    ),
    "two hours, and three": Case(
        Outcome.FAIL,
        "2 stretches without a delivery while other records go on, the longest "
        f"3 h 00 min from 2026-01-12 08:00 UTC to 2026-01-12 11:00 UTC; limit 1 h 00 min; {WEBHOOK}",
        180,
        over=2,
        deliveries=_without(5, 9, 10),
    ),
    "two hours, each with a hole in it": Case(
        Outcome.NOT_JUDGED,
        f"2 h 00 min from 2026-01-12 04:00 UTC to 2026-01-12 06:00 UTC {MISSING}",
        120,
        over=2,
        deliveries=_without(5, 9),
        holes=(between(4.5, 5.5), between(8.5, 10.5)),
    ),
    "an hour before a hole is not over the limit": Case(
        Outcome.NOT_JUDGED,
        f"2 h 00 min from 2026-01-12 04:00 UTC to 2026-01-12 06:00 UTC {MISSING}",
        120,
        over=1,
        deliveries=_without(5),
        holes=(between(5, 5.5),),
    ),
    "over an hour beside a hole was seen": Case(
        Outcome.FAIL,
        "1 stretch without a delivery while other records go on, the longest "
        f"3 h 00 min from 2026-01-12 08:00 UTC to 2026-01-12 11:00 UTC; limit 1 h 00 min; {WEBHOOK}",
        180,
        over=1,
        deliveries=_without(9, 10),
        holes=(between(9, 9.5),),
    ),
    "a hole elsewhere hides nothing": Case(
        Outcome.FAIL,
        "1 stretch without a delivery while other records go on, the longest "
        f"2 h 00 min from 2026-01-12 04:00 UTC to 2026-01-12 06:00 UTC; limit 1 h 00 min; {WEBHOOK}",
        120,
        over=1,
        deliveries=_without(5),
        holes=(between(6, 7), between(3, 4)),
    ),
    "no delivery at all, with a row that may hide one every hour": Case(
        Outcome.NOT_JUDGED,
        f"24 h 00 min from 2026-01-12 00:00 UTC to 2026-01-13 00:00 UTC {MISSING}",
        1440,
        over=1,
        deliveries=(),
        partial=[Moment(at(hour).first - 2 * MINUTE, at(hour).first) for hour in range(1, 25)],
    ),
    "quiet hours are no silence": Case(
        Outcome.PASS,
        "longest stretch without a delivery while other records go on: "
        "1 h 00 min from 2026-01-12 00:00 UTC to 2026-01-12 01:00 UTC, limit 1 h 00 min",
        60,
        deliveries=_without(5, 6),
        settings={"quiet_hours": "05:00-06:00"},
    ),
    "an own limit, in the time up to the clock": Case(
        Outcome.FAIL,
        "2 stretches without a delivery while other records go on, the longest "
        f"1 h 00 min from 2026-01-12 00:00 UTC to 2026-01-12 01:00 UTC; limit 30 min; {WEBHOOK}",
        60,
        over=2,
        deliveries=EVERY_HOUR[:3],
        seen=between(0, 2.5),
        settings={"silence_limit": "30"},
        limit=30,
    ),
    "always quiet": Case(
        Outcome.PASS,
        "no stretch without a delivery while other records go on, limit 1 h 00 min",
        0,
        deliveries=(),
        seen=between(2, 3),
        settings={"quiet_hours": "01:00-04:00"},
    ),
}


@pytest.mark.parametrize("name", SILENCE)
def test_silence_in_full(name: str) -> None:
    """Over the limit and seen whole is FAIL; what a hole may hide is NOT JUDGED; the rest is told."""
    case = SILENCE[name]
    assert case.judged("silence") == case.expected("silence", "Silence", 60.0)


NEVER = {
    "silence": (
        "delivery",
        "deliveries",
        "no delivery was ever seen, so it is not known whether event_delivery knows the bot's words",
        "set event_delivery in pytest.ini to the bot's own words, or judge a time in which users wrote to it",
    ),
    "answering": (
        "reply",
        "replies",
        "no reply was ever seen, so it is not known whether event_reply knows the bot's words",
        "set event_reply in pytest.ini to the bot's own words, or judge a time in which users wrote to it",
    ),
}
"""What is said where what a criterion counts was never seen, by its name: the event, its number, reason and mend."""


@pytest.mark.parametrize("name", NEVER)
def test_what_was_never_seen_fails_nowhere(name: str) -> None:
    """It may be that none came, or that the pattern knows other words: the setting is named, and nobody is accused."""
    event, number, reason, mend = NEVER[name]
    timeline = Timeline(EVERY_MINUTE, () if name == "silence" else EVERY_SIX_MINUTES, ())
    metrics = sound(**{number: 0, "deliveries": 0 if name == "silence" else 9, "processed": 0, "replies": 0})
    found = judged(name, facts(metrics, timeline=timeline))
    assert (found.outcome, found.reason, found.mend) == (Outcome.NOT_JUDGED, reason, mend)
    seen = facts(metrics, timeline=timeline, known_before=frozenset({event}))
    assert judged(name, seen).outcome is Outcome.FAIL
    other = facts(metrics, timeline=timeline, known_before=frozenset({"processing"}))
    assert judged(name, other).outcome is Outcome.NOT_JUDGED


@pytest.mark.parametrize("name", NEVER)
def test_a_flag_is_raised_only_where_the_words_are_known(name: str) -> None:
    """The stretches that flags are made of are those that surely were."""
    event, number, _, _ = NEVER[name]
    timeline = Timeline(EVERY_MINUTE, () if name == "silence" else EVERY_SIX_MINUTES, ())
    metrics = sound(**{number: 0, "deliveries": 0 if name == "silence" else 9, "processed": 0, "replies": 0})
    stretches = {"silence": silent, "answering": left_unanswered}[name]
    assert stretches(facts(metrics, timeline=timeline)).seen_over == ()
    assert stretches(facts(metrics, timeline=timeline, known_before=frozenset({event}))).seen_over


AT_FIVE = "24 min from 2026-01-12 05:00 UTC to 2026-01-12 05:24 UTC, 3 deliveries"
THREE = (at(5), at(5.05), at(5.1))
LATE = tuple(
    moment for moment in EVERY_SIX_MINUTES if not between(5, 5.35).start <= moment.first < between(5, 5.35).end
)
"""Replies every six minutes, but none from five to half past."""

ANSWERING = {
    "every delivery is answered": Case(Outcome.PASS, "no stretch with deliveries and no reply, limit 10 min", 0),
    "three deliveries without a reply": Case(
        Outcome.FAIL,
        f"1 stretch with deliveries and no reply, the longest {AT_FIVE}; limit 10 min; {ERRORS}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
    ),
    "two are too few to count": Case(
        Outcome.PASS,
        "no stretch with deliveries and no reply, limit 10 min",
        0,
        deliveries=THREE[:2],
        replies=LATE,
    ),
    "two count where two are to": Case(
        Outcome.FAIL,
        "1 stretch with deliveries and no reply, the longest 24 min from 2026-01-12 05:00 UTC to 2026-01-12 05:24 UTC, "
        f"2 deliveries; limit 10 min; {ERRORS}",
        24,
        over=1,
        deliveries=THREE[:2],
        replies=LATE,
        settings={"answering_deliveries": "2"},
    ),
    "a stretch of just the limit": Case(
        Outcome.PASS,
        f"longest stretch with deliveries and no reply: {AT_FIVE}, limit 24 min",
        24,
        deliveries=THREE,
        replies=LATE,
        settings={"answering_limit": "24"},
        limit=24,
    ),
    "a hole may hide the reply": Case(
        Outcome.NOT_JUDGED,
        f"{AT_FIVE} {MISSING}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        holes=(between(5.3, 5.35),),
    ),
    "a row without its messages may be the reply": Case(
        Outcome.NOT_JUDGED,
        f"{AT_FIVE} {MISSING}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        partial=[at(5.05)],
    ),
    "a row without its messages, in the minute before": Case(
        Outcome.FAIL,
        f"1 stretch with deliveries and no reply, the longest {AT_FIVE}; limit 10 min; {ERRORS}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        partial=[Moment(at(5).first - MINUTE, at(5).first - MINUTE)],
    ),
    "a row without its messages, less than a minute before": Case(
        Outcome.NOT_JUDGED,
        f"{AT_FIVE} {MISSING}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        partial=[Moment(at(5).first - MINUTE, at(5).first - MINUTE / 2)],
    ),
    "a row without its messages, after the reply": Case(
        Outcome.FAIL,
        f"1 stretch with deliveries and no reply, the longest {AT_FIVE}; limit 10 min; {ERRORS}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        partial=[Moment(at(5.4).first, at(5.41).first)],
    ),
    "a row without its messages, from before the end of the stretch to after it": Case(
        Outcome.NOT_JUDGED,
        f"{AT_FIVE} {MISSING}",
        24,
        over=1,
        deliveries=THREE,
        replies=LATE,
        partial=[Moment(at(5.38).first, at(5.41).first)],
    ),
    "single deliveries are shown without their number": Case(
        Outcome.PASS,
        "longest stretch with deliveries and no reply: "
        "5 min from 2026-01-12 05:01 UTC to 2026-01-12 05:06 UTC, 1 delivery, limit 10 min",
        5,
        deliveries=[Moment(at(5).first + MINUTE, at(5).first + MINUTE)],
        settings={"answering_deliveries": "1"},
    ),
}


@pytest.mark.parametrize("name", ANSWERING)
def test_answering_in_full(name: str) -> None:
    """Enough deliveries, and no reply for over the limit: FAIL where it was seen whole, NOT JUDGED across a hole."""
    case = ANSWERING[name]
    assert case.judged("answering") == case.expected("answering", "Answering", 10.0)


UNTIMED = "it cannot be told when {} came: the text carries no time"


@pytest.mark.parametrize(("name", "title", "limit"), [("silence", "Silence", 60.0), ("answering", "Answering", 10.0)])
@pytest.mark.parametrize(("untimed", "records"), [(1, "1 record"), (2, "2 records")])
@pytest.mark.parametrize("deliveries", [EVERY_MINUTE, THREE])
def test_records_without_a_time_leave_no_stretch_to_judge(
    name: str, title: str, limit: float, untimed: int, records: str, deliveries: tuple[Moment, ...]
) -> None:
    """They may lie in any stretch, long or short: there is no number, and nothing to count."""
    known = facts(sound(), timeline=Timeline(EVERY_MINUTE, deliveries, LATE), untimed=untimed)
    reason = UNTIMED.format(records)
    mend = f"collect with times: {GENERAL_WAY}"
    expected = Judgement(name, title, Outcome.NOT_JUDGED, reason, True, None, "min", limit, mend=mend)
    assert judged(name, known) == expected


def test_records_without_a_time_leave_no_stretch_that_was_surely_seen() -> None:
    """So no flag is raised over one either."""
    long = facts(sound(), timeline=Timeline(EVERY_MINUTE, THREE, LATE), untimed=1)
    assert (len(silent(long).over), silent(long).seen_over) == (2, ())
    assert (len(left_unanswered(long).over), left_unanswered(long).seen_over) == (1, ())
    assert len(silent(facts(sound(), timeline=long.collected.timeline)).seen_over) == 2
