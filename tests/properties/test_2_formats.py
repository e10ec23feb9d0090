"""Property 2: the same day written in two formats gives the same tally, where both carry the fact."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import START, Counter, Tallied
from tests.builders.days import FAILURES, HARMLESS, STATUS_FAILURES, small_days
from tests.builders.examples import examples
from tests.scenarios.traffic import Request
from tests.scenarios.writers import WRITERS, Writer

_MINUTE_MS = 60_000

DELIMITING = sorted(name for name, writer in WRITERS.items() if writer.times != "none" and not writer.splits_messages)
"""Formats that tell where a message ends; text without times cannot tell a user's line break from one."""

Facts = dict[tuple[object, ...], tuple[object, ...]]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Writer, Writer, list[Request]]:
    """Two formats, and a day of which both carry what goes wrong in it."""
    one, other = (WRITERS[name] for name in draw(st.permutations(DELIMITING))[:2])
    tells_status = all(writer.status and writer.request_ids for writer in (one, other))
    changes = FAILURES | HARMLESS | (STATUS_FAILURES if tells_status else {})
    return one, other, draw(small_days(changes))


def _untold(one: Writer, other: Writer) -> set[str]:
    """The names of a tally that one of two formats cannot carry, or that tell of the format and not of the day."""
    # A status is told by a row: of a request, or of each message. A copy of a dashboard may be of first messages.
    untold = {"lines", "deployment", "project", "left_out", "status_told", "status_untold", "partial"}
    untold |= {"webhook_fine"}
    if one.empty_requests != other.empty_requests:
        untold.add("records")
    return untold


def _facts(tally: Tallied, untold: set[str], step: timedelta | None) -> Facts:
    """What a tally says by name and bin, and by minute with the first and last times, in steps, where a step is given.

    The details (kinds of error) are left out: a format that keeps a message on one line makes another kind of two.
    """
    sums: dict[tuple[object, ...], list[tuple[int, datetime, datetime, int, int]]] = defaultdict(list)
    for minute, name, _, place, *numbers in tally.timed:
        if name not in untold:
            sums[(minute if step else None, name, place)].append(numbers)  # type: ignore[arg-type]
    return {key: _summed(rows, step) for key, rows in sums.items()}


def _summed(rows: list[tuple[int, datetime, datetime, int, int]], step: timedelta | None) -> tuple[object, ...]:
    counts, firsts, lasts, times, longest = zip(*rows, strict=True)
    moments = (_in_steps(min, firsts, step), _in_steps(max, lasts, step))
    return sum(counts), *moments, sum(filter(None, times)), max(filter(None, longest), default=None)


def _in_steps(choose: object, moments: tuple[datetime | None, ...], step: timedelta | None) -> int | None:
    known = [moment for moment in moments if moment is not None]
    if step is None or not known or not callable(choose):
        return None
    return int((choose(known) - START.replace(tzinfo=None)) // step)


def _common_step(one: Writer, other: Writer) -> timedelta | None:
    """How exactly both tell the same times; None where they do not (one has that of the request, or none)."""
    step_ms = max(one.step_ms, other.step_ms)
    if one.times != other.times or one.times == "none" or step_ms > _MINUTE_MS:
        return None
    return timedelta(milliseconds=step_ms)


@examples(200)
@given(pair=pairs())
def test_the_same_day_in_two_formats_gives_the_same_tally(
    counter: Counter, pair: tuple[Writer, Writer, list[Request]]
) -> None:
    """What both formats carry of a day, both tell alike: counts, response times, and times where they are the same."""
    one, other, day = pair
    untold, step = _untold(one, other), _common_step(one, other)
    seen, also = (_facts(counter.tally(writer.write(day)), untold, step) for writer in (one, other))
    assert seen == also
    assert seen
