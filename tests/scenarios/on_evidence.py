"""Logs that do not show the whole day: nothing collected must not look like nothing wrong.

Each way in which evidence is missing stands here twice: alone, where the soak is not judged, and together with a wrong
signature and a crash in what was collected, which have failed all the same.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from tests.scenarios import bot, edits, spoilers, timeline
from tests.scenarios.failures import with_both
from tests.scenarios.formats import ROWS, TEXT
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_READY,
    PASS,
    READY,
    USUAL,
    WARN,
    Build,
    Circumstances,
    Day,
    Fetch,
    Scenario,
    damaged,
    in_both,
    in_formats,
    in_rows,
    in_text,
)
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request

BOTH = (TEXT, ROWS)

NOTHING: Mapping[str, str] = dict.fromkeys(
    (
        "evidence",
        "success_rate",
        "signature_failures",
        "response_time",
        "error_rate",
        "critical_errors",
        "silence",
        "answering",
        "delivery_failures",
        "send_failures",
        "fallback_replies",
    ),
    NOT_JUDGED,
)
"""What is judged of a soak of which nothing was read."""


def _steady(day: Day) -> list[Request]:
    return day.steady()


def _hole(length_ms: int) -> Build:
    return lambda day: timeline.with_hole(day.steady(), day.within(9), length_ms, day.format)


def _without_receiving(count: int) -> Build:
    """Deliveries whose first messages are not in the log, so that more was processed than came."""
    return lambda day: edits.at_some_deliveries(
        day.steady(), count, lambda request: edits.without_messages(request, bot.RECEIVED)
    )


def _alone_and_with_failures(
    formats: tuple[str, ...],
    name: str,
    build: Build,
    under: Circumstances = USUAL,
    *,
    says: str,
    evidence: str = NOT_JUDGED,
    **outcomes: str,
) -> tuple[Scenario, ...]:
    """A way in which evidence is missing, alone and with failures in the 22nd hour, which it does not touch."""
    alone = READY if evidence == WARN else NOT_JUDGED
    failed = {**outcomes, "evidence": evidence, "signature_failures": FAIL, "critical_errors": FAIL}
    return (
        *in_formats(formats, name, build, alone, under, says=says, also=outcomes, evidence=evidence),
        *in_formats(
            formats,
            f"{name}, with a wrong signature and a crash",
            lambda day: with_both(build(day), day.within(21)),
            NOT_READY,
            under,
            says=says,
            also=failed,
        ),
    )


HOLES: tuple[Scenario, ...] = (
    *in_rows("exactly 60 minutes without a record are no hole", _hole(HOUR_MS), READY, silence=PASS),
    *in_rows(
        "60 minutes and a millisecond without a record are a hole",
        _hole(HOUR_MS + 1),
        NOT_JUDGED,
        says="a hole: no file holds any record",
        evidence=NOT_JUDGED,
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "61 minutes without a record are a hole, not a silence",
        _hole(61 * MINUTE_MS),
        says="a hole: no file holds any record",
        silence=NOT_JUDGED,
    ),
    *in_both(
        "31 minutes without a record are a hole where the setting allows 30",
        _hole(31 * MINUTE_MS),
        NOT_JUDGED,
        Circumstances(settings={"hole_limit": "30"}),
        says="a hole: no file holds any record",
        evidence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "a window that nobody fetched",
        _steady,
        Circumstances(fetches=damaged(12, spoilers.missing)),
        says="window 12 (2026-01-12 08:00 UTC to 2026-01-12 12:00 UTC) holds no record",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "the first window never fetched",
        _steady,
        Circumstances(fetches=damaged(4, spoilers.missing)),
        says="window 4 (2026-01-12 00:00 UTC to 2026-01-12 04:00 UTC) holds no record",
        silence=NOT_JUDGED,
    ),
    *in_both(
        "the last window not fetched yet",
        _steady,
        NOT_JUDGED,
        Circumstances(fetches=damaged(24, spoilers.missing)),
        says="window 24 (2026-01-12 20:00 UTC to 2026-01-13 00:00 UTC) holds no record",
        evidence=NOT_JUDGED,
        silence=NOT_JUDGED,
    ),
)

FILES: tuple[Scenario, ...] = (
    *_alone_and_with_failures(
        BOTH,
        "an empty file",
        _steady,
        Circumstances(fetches=damaged(8, spoilers.empty)),
        says="is empty (0 bytes)",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "a file of blank lines",
        _steady,
        Circumstances(fetches=damaged(8, spoilers.blank)),
        says="holds blank lines alone",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "a tool's refusal in place of logs",
        _steady,
        Circumstances(fetches=damaged(8, spoilers.refused)),
        says="the option --production does not exist",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "a web page in place of logs",
        _steady,
        Circumstances(fetches=damaged(8, spoilers.page_of_the_web)),
        says="is in no known format",
        silence=NOT_JUDGED,
    ),
    *in_both(
        "an empty file beside one that covers its time is worth a look, no more",
        _steady,
        READY,
        Circumstances(fetches=(Fetch(0, 24), Fetch(4, 8, spoilers.empty))),
        says="the other files cover the whole time",
        numbers={"deliveries": 300},
    ),
    *in_both(
        "empty files alone",
        _steady,
        NOT_JUDGED,
        Circumstances(fetches=(Fetch(0, 12, spoilers.empty), Fetch(12, 24, spoilers.empty))),
        says="is empty (0 bytes)",
        also=NOTHING,
    ),
    *in_both(
        "no file at all",
        _steady,
        NOT_JUDGED,
        Circumstances(fetches=(Fetch(0, 24, spoilers.missing),)),
        says="no log file was found under logs/",
        also=NOTHING,
    ),
)

CUT_OFF: tuple[Scenario, ...] = (
    *_alone_and_with_failures(
        (ROWS,),
        "exactly as many rows as the tool brings unasked are not the whole window",
        lambda day: day.steady(deliveries=600),
        Circumstances(fetches=damaged(16, spoilers.limited)),
        says="holds exactly 100 rows, a number at which the tool stops",
    ),
    *in_rows(
        "one row less than the tool brings unasked",
        lambda day: day.steady(deliveries=600),
        READY,
        Circumstances(fetches=damaged(16, spoilers.below_limit)),
    ),
    *_alone_and_with_failures(
        (ROWS,),
        "the same page of rows again and again",
        lambda day: day.steady(deliveries=600),
        Circumstances(fetches=damaged(16, spoilers.repeating)),
        says="holds the same page of rows again and again (74 repeated rows)",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        (ROWS,),
        "a last page of rows that is a part of the first again",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.repeating)),
        says="holds the same page of rows again and again (24 repeated rows)",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        (ROWS,),
        "a torn last row",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.torn)),
        says="the last row is torn",
    ),
    *_alone_and_with_failures(
        (ROWS,),
        "one message of each request is too little to count",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.single_messages)),
        says="holds only the first message of each request",
        silence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        (ROWS,),
        "messages cut off by the platform before they told a delivery from a receipt",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.truncated)),
        says="the platform cut off the end of 50 messages that a delivery or a reply is told by",
    ),
    *_alone_and_with_failures(
        BOTH,
        "a tool's error in the middle of the logs",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.failed_midway)),
        says="the tool failed ('✗ Failed to fetch logs: 502 Bad Gateway')",
    ),
    *_alone_and_with_failures(
        BOTH,
        "the platform's limit of logs was exceeded",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.exceeded)),
        says="the platform cut the logs off: its runtime log limit",
    ),
    *_alone_and_with_failures(
        BOTH,
        "over 1 % of lines that cannot be read",
        _steady,
        Circumstances(fetches=damaged(16, spoilers.garbled)),
        says="lines could not be read",
    ),
    *in_rows(
        "4 of 400 lines that cannot be read are exactly 1 % and allowed",
        lambda day: day.steady(deliveries=252),  # and 144 health checks
        READY,
        Circumstances(fetches=(Fetch(0, 24, spoilers.four_unreadable),)),
    ),
    *in_rows(
        "5 of 401 lines that cannot be read are over 1 %",
        lambda day: day.steady(deliveries=252),
        NOT_JUDGED,
        Circumstances(fetches=(Fetch(0, 24, spoilers.five_unreadable),)),
        says="5 of 401 lines could not be read",
        evidence=NOT_JUDGED,
    ),
    *_alone_and_with_failures(
        BOTH,
        "4 more processed than delivered show that the logs are partial",
        _without_receiving(4),
        says="300 messages were processed but only 296 deliveries seen: the logs are partial",
    ),
    *in_both(
        "3 more processed than delivered do not",
        _without_receiving(3),
        READY,
        numbers={"processed": 300, "deliveries": 297},
        success_rate=PASS,
    ),
    *in_text(
        "half a last line of text, and what came after it",
        _steady,
        NOT_JUDGED,
        Circumstances(fetches=(Fetch(0, 24, spoilers.newest_lost),)),
        evidence=NOT_JUDGED,
        known_miss="half a line of text looks like a short one, and up to an hour without records is no hole; only a "
        "manifest could tell that more was asked for",
    ),
    *in_rows(
        "59 minutes lost, and a wrong signature in them",
        lambda day: edits.without(
            with_both(day.steady(), day.at(9, 40)), lambda r: day.at(9, 11) < r.time_ms < day.at(10)
        ),
        NOT_READY,
        evidence=WARN,
        signature_failures=FAIL,
        critical_errors=FAIL,
        known_miss="up to an hour without any record is no hole, and what is not in the logs cannot fail; evidence "
        "stays at WARN (not proven whole) until a manifest shows that all was asked for",
    ),
)

CLOCK: tuple[Scenario, ...] = (
    *in_both(
        "all times lie outside the soak, a wrong signature and a crash among them",
        lambda day: with_both(day.steady(), day.within(21)),
        NOT_JUDGED,
        Circumstances(told_start=timedelta(days=-3)),
        says="lie outside the soak",
        numbers={"deliveries": 0, "signature_failures": 0},
        also=NOTHING,
    ),
    *_alone_and_with_failures(
        BOTH,
        "the last window has not ended yet",
        _steady,
        Circumstances(clock=timedelta(hours=23, minutes=30)),
        says="which the clock has not reached",
    ),
    *_alone_and_with_failures(
        BOTH,
        "a start that was derived from the first record is a warning",
        _steady,
        Circumstances(told_start=None, clock=timedelta(hours=26)),
        says="was derived from the first record",
        evidence=WARN,
    ),
)


EMPTY_DAYS: tuple[Scenario, ...] = (
    *in_rows(
        "a day of preview traffic alone is nothing at all",
        lambda day: [replace(request, environment="preview") for request in day.steady()],
        NOT_JUDGED,
        numbers={"deliveries": 0},
        also=NOTHING,
        evidence=WARN,
    ),
)
