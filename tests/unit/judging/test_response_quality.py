"""The criterion that people judge, and its red flags: what they rated, what is missing, what the machine found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from logparse.judging.red_flags import quality_flags
from logparse.outcome import Outcome
from logparse.values.flags import Severity
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check, Quality, Rating, Sampled, Slip, Tag
from logparse.values.suspicions import Examined, Suspicion, SuspicionKind, SuspicionRate
from tests.builders.judged import SOAK, facts, judged, sound

PASS, WARN, NOT_JUDGED, FAIL, NOT_MEASURED = (
    Outcome.PASS,
    Outcome.WARN,
    Outcome.NOT_JUDGED,
    Outcome.FAIL,
    Outcome.NOT_MEASURED,
)
FINE = Rating("contact 7", "hi", "hello", Quality.APPROPRIATE)
POOR = replace(FINE, quality=Quality.NEEDS_IMPROVEMENT)
HALF = replace(FINE, quality=None, lacking=("Quality",))
STRANGE = replace(FINE, quality=None, slips=(Slip(7, "'so-so' is no rating"),))
ODD_TAG = replace(FINE, slips=(Slip(7, "'slow' is no tag", doubtful=False),))
NUMBERS = {4: 1, 12: 2, 24: 3}


def check(hour: int, *ratings: Rating, sampled: Sampled | None = None) -> Check:
    """A check with these ratings."""
    return Check(NUMBERS[hour], hour, ratings, sampled)


def whole(hour: int) -> Check:
    """A check in which all is fine."""
    return check(hour, FINE, FINE, FINE)


def quality(hour: int, checks: Sequence[Check], examined: Examined | None = None, **settings: str) -> Judgement:
    """The judgement of the criterion at an hour."""
    return judged("response_quality", facts(sound(), hour=hour, checks=checks, examined=examined, settings=settings))


ALL = [whole(4), whole(12), whole(24)]
CASES: Mapping[str, tuple[int, Sequence[Check], Outcome, Outcome, str]] = {
    "all fine": (24, ALL, PASS, PASS, "9 of 9 rated conversations appropriate"),
    "one rated needs-improvement": (
        24,
        [whole(4), check(12, FINE, POOR, FINE), whole(24)],
        FAIL,
        FAIL,
        "check 2 (hour 12): 1 of 3 rated conversations rated needs-improvement (contact 7)",
    ),
    "rated needs-improvement in a half-filled block": (
        24,
        [*ALL[:2], check(24, replace(POOR, lacking=("Bot response",)))],
        FAIL,
        FAIL,
        "conversation 1 is half-filled, without Bot response",
    ),
    "an early one fails the hours that follow": (
        8,
        [check(4, POOR, FINE, FINE)],
        FAIL,
        FAIL,
        "check 1 (hour 4): 1 of 3",
    ),
    "a later check is not seen by an earlier hour": (8, [whole(4), check(12, POOR)], PASS, PASS, "3 of 3"),
    "no check at its own hour": (4, [], NOT_MEASURED, NOT_MEASURED, "no check is due yet"),
    "half a check at its own hour": (4, [check(4, FINE)], NOT_MEASURED, NOT_MEASURED, "1 of at least 3"),
    "a check missing at the checkpoint after its own": (8, [], WARN, NOT_JUDGED, "check 1 (hour 4) is not filled in"),
    "the second at its own hour": (
        12,
        [whole(4)],
        PASS,
        PASS,
        "check 2 (hour 12) is not filled in, for which there is",
    ),
    "the second at the checkpoint after its own": (
        16,
        [whole(4)],
        WARN,
        NOT_JUDGED,
        "check 2 (hour 12) is not filled in",
    ),
    "the last at hour 24 at once": (24, ALL[:2], WARN, NOT_JUDGED, "check 3 (hour 24) is not filled in"),
    "fewer than three": (
        24,
        [*ALL[:2], check(24, FINE, FINE)],
        WARN,
        NOT_JUDGED,
        "2 of at least 3 conversations rated",
    ),
    "a half-filled one beside three": (
        24,
        [*ALL[:2], check(24, FINE, FINE, FINE, HALF)],
        WARN,
        NOT_JUDGED,
        "half-filled",
    ),
    "an unreadable one beside three": (24, [*ALL[:2], check(24, FINE, FINE, FINE, STRANGE)], WARN, NOT_JUDGED, "so-so"),
    "an unreadable one has no time": (4, [check(4, STRANGE)], WARN, NOT_JUDGED, "so-so"),
    "a tag that is none": (24, [*ALL[:2], check(24, FINE, FINE, ODD_TAG)], WARN, NOT_JUDGED, "'slow' is no tag"),
    "half a sample": (
        24,
        [*ALL[:2], check(24, FINE, FINE, FINE, sampled=Sampled("s", 5, 812))],
        WARN,
        NOT_JUDGED,
        "3 of 5 conversations rated",
    ),
    "the only conversation that there was": (
        24,
        [*ALL[:2], check(24, FINE, sampled=Sampled("s", 1, 1))],
        PASS,
        PASS,
        "7",
    ),
    "no conversation at all": (
        24,
        [*ALL[:2], check(24, sampled=Sampled("s", 0, 0))],
        WARN,
        NOT_JUDGED,
        "no conversation to rate",
    ),
    "a small sample of many": (24, [*ALL[:2], check(24, FINE, sampled=Sampled("s", 1, 9))], WARN, NOT_JUDGED, "1 of 3"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_people_rated_decides(name: str) -> None:
    """By default, and where the setting requires it; a rating that fails counts for the verdict either way."""
    hour, checks, by_default, required, said = CASES[name]
    judgement = quality(hour, checks)
    assert (judgement.outcome, judgement.required) == (by_default, by_default is FAIL)
    assert said in judgement.reason
    strict = quality(hour, checks, quality_required="yes")
    assert (strict.outcome, strict.required) == (required, required is not NOT_MEASURED)
    assert bool(strict.mend) is (required is NOT_JUDGED or "half-filled" in strict.reason)


def test_the_numbers_are_those_of_the_ratings() -> None:
    """The value is how many need improvement, out of all that were rated."""
    judgement = quality(24, [whole(4), check(12, POOR, FINE, FINE), whole(24)])
    assert (judgement.value, judgement.count, judgement.of, judgement.limit) == (1, 1, 9, 0)
    assert quality(4, []).value is None


def test_an_hour_that_is_not_asked_for_is_never_missing_but_counts() -> None:
    """With checks at hour 24 alone, nothing is missing before; what somebody rates unasked counts all the same."""
    assert quality(16, [], quality_checks="24", quality_required="yes").outcome is NOT_MEASURED
    assert quality(24, [whole(24)], quality_checks="24").outcome is PASS
    assert quality(24, [check(4, POOR), whole(24)], quality_checks="24").outcome is FAIL
    assert quality(24, [check(4, STRANGE), whole(24)], quality_checks="24").outcome is WARN


def test_where_no_record_was_read_ratings_count_all_the_same() -> None:
    """People judge by the conversations, not by the logs."""
    known = facts(Metrics(), checks=[check(4, POOR)])
    assert judged("response_quality", known).outcome is FAIL


def suspicion(
    kind: SuspicionKind = SuspicionKind.UNANSWERED, hour: int = 1, conversation: str = "contact 7"
) -> Suspicion:
    """Something that the machine found in an hour of the soak."""
    time = SOAK.start + timedelta(hours=hour)
    return Suspicion(kind, conversation, time, time, ("hello", "hello again"), "it looks wrong")


def found(count: int) -> Examined:
    """So many of 100 questions that were not answered."""
    rates = (
        SuspicionRate(SuspicionKind.UNANSWERED, count, 100, "questions", None),
        SuspicionRate(SuspicionKind.REPEATED_REPLY, 0, 100, "replies", None),
    )
    return Examined(50, 200, suspicions=(suspicion(),) * count, rates=rates)


@pytest.mark.parametrize(
    ("name", "checks", "examined", "limit", "outcome"),
    [
        ("found nothing, and nothing rated", [], found(0), "", WARN),
        ("found nothing, and all rated", ALL, found(0), "", PASS),
        ("found something, and all rated", ALL, found(2), "", WARN),
        ("at the limit that is set", ALL, found(5), "unanswered: 5", WARN),
        ("over the limit that is set", ALL, found(6), "unanswered: 5", FAIL),
        ("over the limit, and nothing rated", [], found(6), "unanswered: 5", FAIL),
        ("over the limit of another kind", ALL, found(6), "repeated_reply: 5", WARN),
        ("could not read all", ALL, Examined(problems=("transcript.jsonl:7: no JSON",)), "", WARN),
        ("nothing to look at for a limit", ALL, Examined(), "unanswered: 5", NOT_JUDGED),
    ],
)
def test_what_the_machine_found_warns_and_fails_only_over_a_limit(
    name: str, checks: Sequence[Check], examined: Examined, limit: str, outcome: Outcome
) -> None:
    """It never makes a PASS by itself."""
    judgement = quality(24, checks, examined, quality_fail=limit)
    assert judgement.outcome is outcome, name
    assert judgement.required is (outcome in (FAIL, NOT_JUDGED))


@pytest.mark.parametrize("required", ["yes", "no"])
def test_a_limit_that_nothing_was_held_against_is_not_judged(required: str) -> None:
    """Who limits a finding wants it looked for: without anything to look at, nothing was measured."""
    judgement = quality(24, ALL, Examined(), quality_fail="unanswered: 5", quality_required=required)
    assert (judgement.outcome, judgement.required) == (NOT_JUDGED, True)
    assert "question without a reply" in judgement.reason
    assert "put a transcript beside the logs" in judgement.mend


def test_what_the_machine_found_is_told_before_any_check_is_due() -> None:
    """It is no reason to wait."""
    judgement = quality(4, [], found(2))
    assert judgement.outcome is WARN
    assert "the machine found question without a reply: 2 of 100 questions" in judgement.reason


def test_tags_are_red_flags() -> None:
    """A harmful answer is critical, one off topic a warning; each over the hours that its check looks back at."""
    harmful = replace(POOR, tags=(Tag.OFF_TOPIC, Tag.HARMFUL), bot_response="drop dead")
    flags = quality_flags(facts(sound(), checks=[check(4, harmful), check(12, FINE, harmful, harmful)]))
    assert [(flag.label, flag.severity, flag.records) for flag in flags] == [
        ("Inappropriate replies", Severity.CRITICAL, 1),
        ("Off-topic replies", Severity.WARNING, 1),
        ("Inappropriate replies", Severity.CRITICAL, 2),
        ("Off-topic replies", Severity.WARNING, 2),
    ]
    assert flags[2].first == SOAK.checkpoint(4)
    assert flags[2].last == SOAK.checkpoint(12) - timedelta(minutes=1)
    assert flags[0].message == "check 1 (hour 4): drop dead"


def test_flags_of_later_checks_are_not_seen_by_an_earlier_hour() -> None:
    """As with the ratings themselves."""
    harmful = replace(POOR, tags=(Tag.HARMFUL,))
    assert quality_flags(facts(sound(), hour=8, checks=[check(12, harmful)])) == []


def test_greetings_that_come_again_are_one_red_flag() -> None:
    """From the first to the last, with how many conversations they touched."""
    suspicions = (
        suspicion(SuspicionKind.GREETING_AGAIN, 3),
        suspicion(SuspicionKind.GREETING_AGAIN, 1, "contact 9"),
        suspicion(),
    )
    (flag,) = quality_flags(facts(sound(), examined=Examined(suspicions=suspicions)))
    assert (flag.label, flag.severity, flag.records, flag.contacts) == ("Repeated greetings", Severity.WARNING, 2, 2)
    assert (flag.first, flag.last) == (SOAK.checkpoint(0) + timedelta(hours=1), SOAK.checkpoint(0) + timedelta(hours=3))
    assert flag.message == "hello / hello again"
