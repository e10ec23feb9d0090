"""What evidence lacks, from facts made by hand: each finding in full, and just beside where it would be none."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from logparse.evidence.collected import Collected, Demanded, Finding
from logparse.evidence.deployment_findings import COLLECT_NAMES, SOAK_IT
from logparse.evidence.examine import Evidence, coverage, examine
from logparse.evidence.word_findings import APART, TRY
from logparse.formats.bare_text import BARE_TEXT
from logparse.formats.collecting_commands import GENERAL_WAY
from logparse.formats.vercel_tail import VERCEL_TAIL
from logparse.outcome import Outcome
from logparse.reading.file_problems import Problem
from logparse.settings.checked import parse
from logparse.values.metrics import Metrics
from logparse.values.schedule import StartSource
from logparse.values.spoken import Inside, MessageShape, Overlap, Spoken
from logparse.values.timeline import Timeline
from tests.builders.judged import CASE, EVERY_MINUTE, GOOD, MINUTE, at, between, varied

SECOND = timedelta(seconds=1)
WELL = Collected(
    case=CASE,
    lines=[{"records": 100}],
    recorded=between(0, 24),
    timeline=Timeline(EVERY_MINUTE),
    windows={hour: Metrics(records=9) for hour in (4, 8, 12, 16, 20, 24)},
    whole=Metrics(records=54, signatures_verified=9),
    deployments=("one",),
)
"""A soak that was collected well."""


AGAIN = f"collect again: {GENERAL_WAY}"


def _weak(reason: str, mend: str = "") -> Finding:
    return Finding(Outcome.WARN, reason, mend)


def _strong(reason: str, mend: str = AGAIN) -> Finding:
    return Finding(Outcome.NOT_JUDGED, reason, mend)


def _unproven(*hours: int) -> Finding:
    windows = "window" if len(hours) == 1 else "windows"
    return _weak(f"{windows} {', '.join(map(str, hours))}: not proven whole, no manifest of a collection was found")


UNPROVEN = _unproven(4, 8, 12, 16, 20, 24)


def _recorded_outside(*hours: float) -> tuple[Any, ...]:
    """Records every minute, but for a stretch between two hours."""
    first, last = (at(hour).first for hour in hours)
    return tuple(moment for moment in EVERY_MINUTE if not first < moment.first < last)


def _windows(**without: int) -> dict[int, Metrics]:
    """The windows, one of them without a record."""
    return {**WELL.windows, without["without"]: Metrics()}


@dataclass(frozen=True)
class Case:
    """What is different from a soak that was collected well, and what is found."""

    changes: Mapping[str, Any]
    findings: list[Finding]
    settings: Mapping[str, str] = field(default_factory=dict)


TIMES_OUTSIDE = "lie outside the soak (2026-01-12 00:00 UTC to 2026-01-13 00:00 UTC)"
GIVE = "give --logs=PATH the logs of this soak, or --start=TIME its start"
CLOCKS = "compare the setting timezone, and the clocks of this machine and of the bot, with the times in the logs"
WITH_TIMES = f"collect with times: {GENERAL_WAY}"
WITH_DATES = f"collect with dates: {GENERAL_WAY}"
ONE_FORMAT = f"collect that file again, in one format: {GENERAL_WAY}"
HOLE = "a hole: no file holds any record from"
THERE_AGAIN = f"collect that time again: {GENERAL_WAY}"
EMPTY_12 = "window 12 (2026-01-12 08:00 UTC to 2026-01-12 12:00 UTC) holds no record"
OWN_PROJECT = "collect the logs of the bot's own project alone, and move the other files away"
REDEPLOY = "soak one deployment: pytest --hour=0 --restart"
TWO_HOLES = tuple(
    moment for moment in _recorded_outside(9, 10.5) if not at(13).first < moment.first < at(14.0001).first
)
NONE = "none is a delivery, a receipt, a signature, processing or a reply"
SET_ALL = (
    f"set event_delivery, event_processing, event_reply in pytest.ini to the bot's own words, and {TRY}; "
    "where nobody wrote to it yet, judge a time in which users do"
)
FIRST = "which counted as the first of them alone"
ISO = "read as text with ISO times, which needs a time in ISO 8601 in front of the message"

CASES = {
    "all is well, but nothing proves it": Case({}, [UNPROVEN]),
    "no file": Case(
        {"readings": [], "lines": [], "places": ("logs/", "more.txt")},
        [_strong("no log file was found under logs/, more.txt"), UNPROVEN],
    ),
    "two problems of one file and one of another": Case(
        {
            "readings": [
                replace(GOOD, problems=(Problem("cut off", "a is cut off", "m1"), Problem("changed", "a was changed"))),
                replace(GOOD, problems=(Problem("unknown", "b is no log", "m3"),)),
            ],
            "lines": [{}, {}],
        },
        [_strong("a is cut off", "m1"), _strong("a was changed"), _strong("b is no log", "m3"), UNPROVEN],
    ),
    "files that brought nothing, where the others cover the whole time": Case(
        {
            "readings": [
                replace(GOOD, problems=(Problem("empty", "a is empty", "m1"),)),
                replace(GOOD, problems=(Problem("tool", "b is a tool's error", "m2"),)),
                replace(GOOD, problems=(Problem("missing", "c is not there", "m3"),)),
            ],
            "lines": [{}, {}, {}],
        },
        [
            _strong("c is not there", "m3"),
            _weak("a is empty (the other files cover the whole time)", "m1"),
            _weak("b is a tool's error (the other files cover the whole time)", "m2"),
            UNPROVEN,
        ],
    ),
    "a file that brought nothing, beside a hole": Case(
        {
            "readings": [replace(GOOD, problems=(Problem("empty", "a is empty", "m1"),))],
            "timeline": Timeline(_recorded_outside(9, 10.5)),
        },
        [
            _strong("a is empty", "m1"),
            _strong(f"{HOLE} 2026-01-12 09:00 UTC to 2026-01-12 10:30 UTC (1 h 30 min)", THERE_AGAIN),
            UNPROVEN,
        ],
    ),
    "a file that brought nothing, beside an empty window": Case(
        {
            "readings": [replace(GOOD, problems=(Problem("tool", "a is a tool's error", "m1"),))],
            "windows": _windows(without=12),
        },
        [_strong("a is a tool's error", "m1"), _strong(EMPTY_12), _unproven(4, 8, 16, 20, 24)],
    ),
    "two holes": Case(
        {"timeline": Timeline(TWO_HOLES)},
        [
            _strong(f"{HOLE} 2026-01-12 09:00 UTC to 2026-01-12 10:30 UTC (1 h 30 min)", THERE_AGAIN),
            _strong(f"{HOLE} 2026-01-12 13:00 UTC to 2026-01-12 14:01 UTC (1 h 01 min)", THERE_AGAIN),
            UNPROVEN,
        ],
    ),
    "a stretch of just the limit is no hole": Case({"timeline": Timeline(_recorded_outside(9, 10))}, [UNPROVEN]),
    "it is one where the limit is lower": Case(
        {"timeline": Timeline(_recorded_outside(9, 10))},
        [
            _strong(f"{HOLE} 2026-01-12 09:00 UTC to 2026-01-12 10:00 UTC (1 h 00 min)", THERE_AGAIN),
            UNPROVEN,
        ],
        {"hole_limit": "59"},
    ),
    "a window without a record tells of its hole, and not of another": Case(
        {"windows": _windows(without=12), "timeline": Timeline(TWO_HOLES)},
        [
            _strong(EMPTY_12),
            _strong(f"{HOLE} 2026-01-12 13:00 UTC to 2026-01-12 14:01 UTC (1 h 01 min)", THERE_AGAIN),
            _unproven(4, 8, 16, 20, 24),
        ],
    ),
    "nothing in any window": Case(
        {"windows": dict.fromkeys(WELL.windows, Metrics()), "hour": 4, "timeline": Timeline()},
        [_strong("window 4 (2026-01-12 00:00 UTC to 2026-01-12 04:00 UTC) holds no record")],
    ),
    "a start that nobody knows is told once": Case(
        {"start_source": StartSource.UNKNOWN, "recorded": None},
        [_strong("no record was read, so it is not known when the soak started")],
    ),
    "a start that was derived": Case(
        {"start_source": StartSource.FIRST_RECORD},
        [
            _weak(
                "the start (2026-01-12 00:00 UTC) was derived from the first record",
                "start a soak with pytest --hour=0, or give --start=TIME",
            ),
            UNPROVEN,
        ],
    ),
    "the clock has just reached the checkpoint": Case({"now": at(24).first}, [UNPROVEN]),
    "the clock has almost reached it": Case(
        {"now": at(24).first - SECOND},
        [
            _strong(
                "hour 24 is at 2026-01-13 00:00 UTC, which the clock has not reached",
                "wait for 1 s, collect, and run again",
            ),
            _unproven(4, 8, 12, 16, 20),
        ],
    ),
    "an empty window that has not ended is not missed": Case(
        {"now": at(23).first, "windows": _windows(without=24), "recorded": between(0, 23)},
        [
            _strong(
                "hour 24 is at 2026-01-13 00:00 UTC, which the clock has not reached",
                "wait for 1 h 00 min, collect, and run again",
            ),
            _unproven(4, 8, 12, 16, 20),
        ],
    ),
    "a window that has just ended is missed": Case(
        {"now": at(24).first, "windows": _windows(without=24)},
        [
            _strong("window 24 (2026-01-12 20:00 UTC to 2026-01-13 00:00 UTC) holds no record"),
            _unproven(4, 8, 12, 16, 20),
        ],
    ),
    "records of a time that has not come": Case(
        {"recorded": between(0, 25.1)},
        [
            _strong(
                "the last record is of 2026-01-13 01:06 UTC, which the clock (2026-01-13 01:00 UTC) has not reached",
                CLOCKS,
            ),
            UNPROVEN,
        ],
    ),
    "clocks may differ by five minutes": Case(
        {"recorded": replace(between(0, 24), end=at(25).first + 5 * MINUTE)}, [UNPROVEN]
    ),
    "a soak that ended longer ago than is allowed": Case(
        {"now": at(72.01).first},
        [
            _strong(
                "hour 24 was at 2026-01-13 00:00 UTC, 48 h 00 min 36 s ago, over max_age_hours (48 h)",
                "soak again: pytest --hour=0 --restart",
            ),
            UNPROVEN,
        ],
        {"max_age_hours": "48"},
    ),
    "just as long ago as is allowed": Case({"now": at(72).first}, [UNPROVEN], {"max_age_hours": "48"}),
    "the deployment that was asked for": Case({"demanded": Demanded("one", True, 0)}, [UNPROVEN]),
    "another deployment than was asked for": Case(
        {"demanded": Demanded("two", False, 0)},
        [_strong("deployment two was to be soaked, but the logs are of one", SOAK_IT), UNPROVEN],
    ),
    "that deployment and another": Case(
        {"demanded": Demanded("two", False, 0), "deployments": ("one", "two", "")},
        [
            _strong("deployment two was to be soaked, but the logs are of 3: one, two, (one without a name)", SOAK_IT),
            UNPROVEN,
        ],
    ),
    "a deployment was asked for that no record names": Case(
        {"demanded": Demanded("one", False, 54), "deployments": ()},
        [_strong("deployment one was to be soaked, but no record names its deployment", COLLECT_NAMES), UNPROVEN],
    ),
    "a deployment was asked for that not every record names": Case(
        {"demanded": Demanded("one", True, 1)},
        [_strong("deployment one was to be soaked, but 1 record names no deployment", COLLECT_NAMES), UNPROVEN],
    ),
    "logs of the day before": Case(
        {"recorded": between(-24, -1)},
        [
            _strong(f"all the log's times (2026-01-11 00:00 UTC to 2026-01-11 23:00 UTC) {TIMES_OUTSIDE}", GIVE),
            UNPROVEN,
        ],
    ),
    "logs of the day before, with a record at the very start": Case({"recorded": between(-24, 0)}, [UNPROVEN]),
    "logs of the day after": Case(
        {"recorded": between(24, 25)},
        [
            _strong(f"all the log's times (2026-01-13 00:00 UTC to 2026-01-13 01:00 UTC) {TIMES_OUTSIDE}", GIVE),
            UNPROVEN,
        ],
    ),
    "logs of the day after, with a record just before the end": Case(
        {"recorded": replace(between(24, 25), start=at(24).first - SECOND)}, [UNPROVEN]
    ),
    "no record at all has no place": Case({"recorded": None}, [UNPROVEN]),
    "one percent of unreadable lines": Case({"lines": [{"records": 99, "rejected": 1}]}, [UNPROVEN]),
    "just over one percent": Case(
        {"lines": [{"records": 98, "rejected": 1}]},
        [_strong(f"log: 1 of 99 lines could not be read ({ISO})", ONE_FORMAT), UNPROVEN],
    ),
    "more than one percent in one of two files": Case(
        {"readings": [GOOD, replace(GOOD, shown="b")], "lines": [{"records": 99, "rejected": 1}, {"rejected": 1_234}]},
        [
            _strong(f"b: 1,234 of 1,234 lines could not be read ({ISO})", ONE_FORMAT),
            UNPROVEN,
        ],
    ),
    "a limit of one's own for unreadable lines": Case(
        {"lines": [{"records": 199, "rejected": 1}]},
        [_strong(f"log: 1 of 200 lines could not be read ({ISO})", ONE_FORMAT), UNPROVEN],
        {"rejected_limit": "0.4"},
    ),
    "the lines of files that were not counted": Case(
        {
            "readings": [replace(GOOD, tally=None), replace(GOOD, format=None), GOOD],
            "lines": [{"rejected": 9}, {"rejected": 9}, {"records": 1}],
        },
        [UNPROVEN],
    ),
    "an uncounted file does not hide the next": Case(
        {"readings": [replace(GOOD, tally=None), GOOD], "lines": [{"rejected": 9}, {"rejected": 1}]},
        [_strong(f"log: 1 of 1 line could not be read ({ISO})", ONE_FORMAT), UNPROVEN],
    ),
    "text that carries no time": Case(
        {"readings": [replace(GOOD, format=BARE_TEXT), GOOD], "lines": [{}, {}]},
        [
            _strong(
                "log carries no time: its records are counted, but whether they belong to this soak, and "
                "its windows, silence and answering, cannot be judged",
                WITH_TIMES,
            ),
            UNPROVEN,
        ],
    ),
    "text that carries no time, and was not counted": Case(
        {"readings": [replace(GOOD, format=BARE_TEXT, tally=None)]}, [UNPROVEN]
    ),
    "text that carries no date": Case(
        {
            "readings": [
                replace(GOOD, format=VERCEL_TAIL),
                replace(GOOD, format=VERCEL_TAIL, shown="b"),
                replace(GOOD, format=VERCEL_TAIL, shown="c", tally=None),
                replace(GOOD, format=None, shown="d", tally=None),
            ],
            "lines": [{}, {}, {}, {}],
        },
        [_weak("log, b: the lines tell no date; they are taken to be of this soak's days", WITH_DATES), UNPROVEN],
    ),
    "an hour that the local clock repeats": Case(
        {"whole": Metrics(ambiguous_times=2)},
        [
            _weak(
                "2 records of an hour that the local clock repeats or skips may be an hour off",
                "log in UTC, or with the zone behind the time",
            ),
            UNPROVEN,
        ],
    ),
    "the same traffic in two formats": Case(
        {"doubled": 1},
        [
            _strong(
                "1 delivery stands in files of several formats: the same traffic was counted more than once",
                "keep one of the formats for that time, and move the other files away",
            ),
            UNPROVEN,
        ],
    ),
    "much of the same traffic in two formats": Case(
        {"doubled": 1_000},
        [
            _strong(
                "1,000 deliveries stand in files of several formats: the same traffic was counted more than once",
                "keep one of the formats for that time, and move the other files away",
            ),
            UNPROVEN,
        ],
    ),
    "three more processed than delivered are none lost": Case(
        {"whole": Metrics(deliveries=1, processed=4)}, [UNPROVEN]
    ),
    "four more are": Case(
        {"whole": Metrics(deliveries=1, processed=5)},
        [_strong("5 messages were processed but only 1 delivery seen: the logs are partial"), UNPROVEN],
    ),
    "one of which none was delivered": Case(
        {"whole": Metrics(processed=1)},
        [
            _strong(
                "the counts contradict each other: 1 message was processed, but no delivery was seen; "
                "event_delivery does not know the bot's words",
                f"set event_delivery in pytest.ini to the bot's own words, and {TRY}; if lines are missing, {AGAIN}",
            ),
            UNPROVEN,
        ],
    ),
    "replies to what was never processed": Case(
        {"whole": Metrics(deliveries=5, replies=2)},
        [
            _strong(
                "the counts contradict each other: 2 replies were seen, but no message was processed; "
                "event_processing does not know the bot's words",
                f"set event_processing in pytest.ini to the bot's own words, and {TRY}; if lines are missing, {AGAIN}",
            ),
            UNPROVEN,
        ],
    ),
    "more replies than messages are no contradiction": Case(
        {"whole": Metrics(deliveries=1, processed=1, replies=9)}, [UNPROVEN]
    ),
    "records of no event": Case(
        {"whole": Metrics(records=7, left_out=2, errors=5, critical_errors=5, unauthorized=5, signature_failures=5)},
        [_strong(f"5 records were read, and {NONE}: the bot's words are not known", SET_ALL), UNPROVEN],
    ),
    "records of no event, where earlier soaks saw some": Case(
        {"whole": Metrics(records=1), "known_before": frozenset({"reply"})},
        [
            _strong(
                f"1 record was read, and {NONE}: the bot's words are not known any more (earlier soaks saw them by the "
                "same settings: perhaps nobody wrote)",
                SET_ALL,
            ),
            UNPROVEN,
        ],
    ),
    "what a bot says is told, with what matches further inside": Case(
        {
            "whole": Metrics(records=9_000),
            "spoken": Spoken(
                8_000,
                silent=5,
                shapes=(MessageShape("update N from …", 7_000), MessageShape("answered", 995)),
                inside=(Inside("processing", 10, "bot - INFO -"), Inside("reply", 4, "")),
            ),
        },
        [
            _strong(
                f"9,000 records were read, and {NONE}: the bot's words are not known; 5 of the 8,000 records looked at "
                'hold no message; the most frequent of the 8,000 records looked at: 7,000 × "update N from …", '
                '995 × "answered"; event_processing would match further inside of 10, behind "bot - INFO -"; '
                "event_reply matches 4, but its group holds no whole number",
                SET_ALL,
            ),
            UNPROVEN,
        ],
    ),
    "and that nothing matches anywhere": Case(
        {"whole": Metrics(records=1), "spoken": Spoken(1, shapes=(MessageShape("halo", 1),))},
        [
            _strong(
                f"1 record was read, and {NONE}: the bot's words are not known; the most frequent of the 1 record "
                'looked at: 1 × "halo"; no pattern would match further inside of them',
                SET_ALL,
            ),
            UNPROVEN,
        ],
    ),
    "a delivery, a receipt, a signature, processing or a reply is a word that is known": Case(
        {"whole": Metrics(records=5, signature_messages=1)}, [UNPROVEN]
    ),
    "a receipt alone is one": Case({"whole": Metrics(records=5, receipts=1)}, [UNPROVEN]),
    "a signature that held is one": Case({"whole": Metrics(records=5, signatures_verified=1)}, [UNPROVEN]),
    "records of other environments alone are none of the bot's": Case(
        {"whole": Metrics(records=5, left_out=5)}, [UNPROVEN]
    ),
    "two events that claim the same lines": Case(
        {"overlaps": (Overlap("reply", "processing", 3, "answered in N"), Overlap("delivery", "send_failure", 1, "x"))},
        [
            _weak(f'event_reply and event_processing match the same 3 lines, {FIRST}: "answered in N"', APART),
            _weak(f'event_delivery and event_send_failure match the same 1 line, {FIRST}: "x"', APART),
            UNPROVEN,
        ],
    ),
    "a contradiction that an overlap explains is mended there": Case(
        {"whole": Metrics(processed=1), "overlaps": (Overlap("processing", "delivery", 1, "x"),)},
        [
            _strong(
                "the counts contradict each other: 1 message was processed, but no delivery was seen; "
                "event_delivery does not know the bot's words",
                APART,
            ),
            _weak(f'event_processing and event_delivery match the same 1 line, {FIRST}: "x"', APART),
            UNPROVEN,
        ],
    ),
    "one percent more of many is not": Case({"whole": Metrics(deliveries=100_000, processed=101_000)}, [UNPROVEN]),
    "over one percent more of many is": Case(
        {"whole": Metrics(deliveries=100_000, processed=101_001)},
        [_strong("101,001 messages were processed but only 100,000 deliveries seen: the logs are partial"), UNPROVEN],
    ),
    "one window": Case({"hour": 4}, [_unproven(4)]),
    "two windows": Case({"hour": 8}, [_unproven(4, 8)]),
    "two deployments": Case(
        {"deployments": ("one", "two")}, [_weak("2 deployments were seen in the soak: one, two", REDEPLOY), UNPROVEN]
    ),
    "two projects": Case(
        {"projects": ("prj_1", "prj_2")},
        [_weak("records of 2 projects were seen in the soak: prj_1, prj_2", OWN_PROJECT), UNPROVEN],
    ),
    "two deployments where that is forbidden": Case(
        {"deployments": ("one", "two")},
        [_strong("2 deployments were seen in the soak: one, two", REDEPLOY), UNPROVEN],
        {"deployment_change": "fail"},
    ),
    "ten deployments are named": Case(
        {"deployments": tuple("abcdefghij")},
        [_weak("10 deployments were seen in the soak: a, b, c, d, e, f, g, h, i, j", REDEPLOY), UNPROVEN],
    ),
    "of more only ten are": Case(
        {"deployments": tuple("abcdefghijk")},
        [_weak("11 deployments were seen in the soak: a, b, c, d, e, f, g, h, i, j, ...", REDEPLOY), UNPROVEN],
    ),
    "as many as are ever told may be more": Case(
        {"deployments": tuple("abcdefghij") * 10},
        [_weak("100 or more deployments were seen in the soak: a, b, c, d, e, f, g, h, i, j, ...", REDEPLOY), UNPROVEN],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_findings_in_full(name: str) -> None:
    """All that is lacking, the weightiest first, each with its reason and what mends it."""
    case = CASES[name]
    assert list(_examined(case).findings) == case.findings


def _examined(case: Case) -> Evidence:
    return examine(varied(WELL, settings=parse(dict(case.settings)), **case.changes))


def test_every_file_has_its_account_of_lines() -> None:
    """A file whose lines nobody accounted for is a mistake of the suite, and never passed over."""
    with pytest.raises(ValueError, match="shorter"):
        _examined(Case({"lines": []}, []))


def test_all_of_it_at_once_is_told_from_the_weightiest_on() -> None:
    """Nothing hides anything else; what weighs alike stands in the order in which it was looked for."""
    everything = Case(
        {
            "readings": [replace(GOOD, problems=(Problem("cut off", "a is cut off", "m1"),))],
            "lines": [{"rejected": 1}],
            "now": at(23).first,
            "recorded": between(30, 31),
            "timeline": Timeline(_recorded_outside(9, 10.5)),
            "windows": _windows(without=4),
            "whole": Metrics(processed=9, ambiguous_times=1),
            "deployments": ("one", "two"),
            "start_source": StartSource.FIRST_RECORD,
            "doubled": 1,
        },
        [],
    )
    found = _examined(everything).findings
    words = ["hour 24", "the last record", "cut off", "could not be read", "deliver", "lie outside", "window 4"]
    words += ["a hole", "processed", "may be an hour off", "derived", "2 deployments", "not proven whole"]
    assert [word for word, finding in zip(words, found, strict=True) if word not in finding.reason] == []
    assert [finding.outcome for finding in found] == [Outcome.NOT_JUDGED] * 9 + [Outcome.WARN] * 4


def test_the_judged_time_is_seen_up_to_the_clock() -> None:
    """What lies after the clock is judged, and was not seen; before the start of the soak nothing was."""
    middle = _examined(Case({"now": at(10).first}, []))
    assert (middle.judged, middle.seen) == (between(0, 24), between(0, 10))
    assert middle.unjudged == {
        12: "ends at 2026-01-12 12:00 UTC, after the clock",
        16: "ends at 2026-01-12 16:00 UTC, after the clock",
        20: "ends at 2026-01-12 20:00 UTC, after the clock",
        24: "ends at 2026-01-13 00:00 UTC, after the clock",
    }
    assert _examined(Case({"now": at(-3).first}, [])).seen == between(0, 0)
    assert _examined(Case({"now": at(99).first}, [])).seen == between(0, 24)


def test_windows_that_are_not_judged_are_named() -> None:
    """By their hours, with why."""
    assert _examined(Case({"windows": _windows(without=12)}, [])).unjudged == {12: EMPTY_12}
    unknown = "no record was read, so it is not known when the soak started"
    assert _examined(Case({"start_source": StartSource.UNKNOWN, "hour": 8}, [])).unjudged == {4: unknown, 8: unknown}
    assert _examined(Case({}, [])).unjudged == {}


def test_hours_read_are_those_without_holes_up_to_the_clock() -> None:
    """A hole in what was seen takes hours away, and so does the clock."""
    evidence = _examined(Case({"now": at(22).first, "timeline": Timeline(TWO_HOLES)}, []))
    assert evidence.hours_read == pytest.approx(22 - 1.5 - 61 / 60)
    assert coverage(evidence) == " (over 19.5 h of 24 h)"
    assert coverage(_examined(Case({}, []))) == ""
    assert coverage(_examined(Case({"hour": 12, "now": at(11).first}, []))) == " (over 11 h of 12 h)"
