"""Text that the Vercel command line prints for people: its requests, its messages, and the dates that it leaves out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from logparse.formats import recognise
from logparse.formats.vercel_expanded import VERCEL_EXPANDED
from tests.builders.counted import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_vercel
from tests.scenarios.writers.vercel_expanded import HEADING, write_expanded

if TYPE_CHECKING:
    from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

HEAD = "00:10:00.12  bot.example.com  {level}  λ POST /api/webhook/kapso   \n"
NOT_CARRIED = {
    "webhook_statuses",
    "webhook_accepted",
    "redirects",
    "webhook_statuses_unknown",
    "delivery_failures",
    "left_out",
}


def _request(*messages: str, level: str = "info", head: str = HEAD) -> bytes:
    return (head.format(level=level) + "".join(message + "\n" for message in messages) + "\n").encode()


CLASSES = {
    "a request's line that has messages below it continues to them": (
        _request("[Webhook] Signature verified", "[ARI] Response sent in 5ms"),
        {"records": 2, "continuation": 1, "blank": 1},
    ),
    "a request that printed nothing is a record itself": (_request(), {"records": 1, "blank": 1}),
    "the tool's own lines are banners": (
        HEADING.encode() + _request("[ARI] Response sent in 5ms") + b"Fetched 1 logs for acme/bot\n",
        {"banner": 5, "records": 1, "continuation": 1, "blank": 1},
    ),
    "a line behind the blank one belongs to no request": (
        _request() + b"[ARI] Response sent in 5ms\n",
        {"records": 1, "blank": 1, "rejected": 1},
    ),
    "colours are taken off": (
        b"\x1b[2m00:10:00.12\x1b[22m  bot.example.com  \x1b[31merror\x1b[39m  \xce\xbb GET /x\nboom\n",
        {"records": 1, "continuation": 1},
    ),
}


@pytest.mark.parametrize(("content", "lines"), CLASSES.values(), ids=CLASSES)
def test_lines_have_their_classes(counter: Counter, content: bytes, lines: dict[str, int]) -> None:
    """Each line is a record, belongs to one, or is told what it is."""
    counted = counter.count(content)
    assert counted.lines == lines
    assert counted.readings[0].format is VERCEL_EXPANDED


ERRORS = {
    "a request of level info has no error, whatever its messages say": (
        _request("[Store] error 7", "[Webhook] Failed to save"),
        0,
    ),
    "one message of a request of level error is one, though no pattern knows it": (
        _request("[Store] all fine", "[Store] conflict", level="error"),
        1,
    ),
    "a pattern tells the others": (
        _request("[ARI] Processing error: x", "[Webhook] Failed to save", "[Store] fine", level="error"),
        2,
    ),
    "a warning of Node is none": (
        _request("[Store] fine", "(node:4) [DEP0169] DeprecationWarning: prone to errors", level="error"),
        0,
    ),
    "a user's words are none": (
        _request(
            '[Webhook] Received payload (masked): {"text":"error error"}', "[ARI] Processing error: x", level="error"
        ),
        1,
    ),
}


@pytest.mark.parametrize(("content", "errors"), ERRORS.values(), ids=ERRORS)
def test_errors_are_told_by_the_level_of_the_request_and_the_words(
    counter: Counter, content: bytes, errors: int
) -> None:
    """A request has the level of its worst message, which tells how many of its messages can be errors."""
    assert counter.count(content).metrics.errors == errors


@pytest.mark.parametrize("minutes", [0, 1, 359, 600, 865, 1439])
@pytest.mark.parametrize("newest_first", [True, False], ids=["newest first", "oldest first"])
def test_dates_come_from_the_soak(counter: Counter, minutes: int, newest_first: bool) -> None:
    """Whenever a soak begins, its whole day without dates is the same day as the rows with theirs."""
    start = START + timedelta(minutes=minutes)
    day = steady_day(start, deliveries=60)
    rows = counter.count(write_vercel(day), start=start)
    text = counter.count(write_expanded(day, newest_first=newest_first), start=start)
    ours, theirs = (
        {name: value for name, value in asdict(counted.metrics).items() if name not in NOT_CARRIED}
        for counted in (text, rows)
    )
    assert ours == theirs
    for one, other in zip(text.timeline.deliveries, rows.timeline.deliveries, strict=True):
        assert abs(one.first - other.first) < timedelta(milliseconds=10)


@pytest.mark.slow
def test_windows_of_a_day_are_dated_each_by_itself(counter: Counter) -> None:
    """Six files of four hours, the midnight between them, lie where the whole day does."""
    start = START + timedelta(hours=14, minutes=25)
    day = steady_day(start, deliveries=60)
    begin = int(start.timestamp() * 1000)
    cuts = [begin + hour * 3_600_000 for hour in range(0, 25, 4)]
    files = [
        write_expanded([request for request in day if low <= request.time_ms < high]) for low, high in pairwise(cuts)
    ]
    assert counter.count(*files, start=start).tally.timed == counter.count(write_expanded(day), start=start).tally.timed


def test_months_and_days_need_no_guess(counter: Counter) -> None:
    """Where rows span days the tool prints month and day, and the year is that of the soak."""
    day = steady_day(datetime(2026, 12, 31, 12, tzinfo=UTC), deliveries=40)
    start = datetime(2026, 12, 31, 12, tzinfo=UTC)
    counted = counter.count(write_expanded(day, with_dates=True), start=start)
    firsts = [moment.first for moment in counted.timeline.deliveries]
    assert (firsts[0].year, firsts[-1].year) == (2026, 2027)
    assert counted.metrics.deliveries == 40


@pytest.mark.slow
def test_times_are_of_the_time_zone_that_is_set(counter: Counter) -> None:
    """The clock in the text is that of whoever fetched it."""
    day = steady_day(START, deliveries=40)
    here = counter.count(write_expanded(day, ZoneInfo("Asia/Jakarta")), timezone="Asia/Jakarta")
    assert here.tally.timed == counter.count(write_expanded(day)).tally.timed


def test_repeated_hour_is_said(counter: Counter) -> None:
    """At the end of summer time an hour comes twice, and its records are told to be ambiguous."""
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    day = steady_day(start, deliveries=240)
    counted = counter.count(write_expanded(day, ZoneInfo("Europe/Berlin")), start=start, timezone="Europe/Berlin")
    twice = datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    records = sum(
        len(request.messages) or 1
        for request in day
        if twice[0].timestamp() <= request.time_ms / 1000 < twice[1].timestamp()
    )
    assert (counted.metrics.ambiguous_times, counted.metrics.deliveries) == (records, 240)


PROBLEMS = {
    "the closing line is missing": (
        HEADING.encode() + _request("[ARI] Response sent in 5ms"),
        "the tool's closing line ('Fetched N logs') is missing",
    ),
    "as many requests as the tool brings unasked": (
        HEADING.encode() + _request() + b"Fetched 100 logs for acme/bot\n",
        "exactly 100 requests were fetched",
    ),
    "an error behind the first page": (
        HEADING.encode() + _request() + b"\xe2\x9c\x97 stub failure (500)\nFetched 1 logs for acme/bot\n",
        "the tool failed",
    ),
}


@pytest.mark.parametrize(("content", "said"), PROBLEMS.values(), ids=PROBLEMS)
def test_text_that_was_cut_off_is_told(counter: Counter, content: bytes, said: str) -> None:
    """The tool's own lines tell whether it came to its end."""
    problems = counter.count(content).readings[0].problems
    assert [problem.kind for problem in problems] == ["cut off"]
    assert said in problems[0].text


def test_no_start_no_dates(counter: Counter) -> None:
    """Without a known start of the soak, times of day without a date lie nowhere."""
    counted = counter.count(_request("[ARI] Response sent in 5ms"), start=None)
    assert counted.problems == ["undated"]
    assert counted.lines == {"rejected": 3}


def test_day_that_fits_twice_is_uncertain(counter: Counter) -> None:
    """A file over the edges of the soak that fits its first hour as well as its last is told to be uncertain."""
    start = START + timedelta(hours=14)
    edge = steady_day(start - timedelta(hours=1), hours=2, deliveries=8)
    counted = counter.count(write_expanded(edge), start=start, written=start + timedelta(hours=25))
    assert counted.problems == ["uncertain"]


def test_no_time_lies_after_the_file_was_written(counter: Counter) -> None:
    """A fetch from before the soak is not taken for its last hours, because the file is older than those."""
    day = steady_day(START - timedelta(hours=4), hours=4, deliveries=20)
    counted = counter.count(write_expanded(day), written=START)
    assert counted.timeline.deliveries[-1].last < START


def test_text_of_no_known_shape_is_not_taken_for_it() -> None:
    """A time of day alone does not make a request."""
    assert recognise(["10:15:32.12 something happened", "00:10 bot error"]) is None
