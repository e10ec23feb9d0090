"""Numbers from a tally made by hand: which rows count as what, and where a stretch of time begins and ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from logparse.counting import numbers
from logparse.values.flags import ErrorKind
from logparse.values.metrics import Metrics
from logparse.values.records import NO_TIME_MINUTE
from logparse.values.schedule import Span
from logparse.values.timeline import Moment, Timeline

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
MINUTE = 29_470_320
"""The minute of noon, since 1970."""

HOUR = Span(NOON, NOON + timedelta(hours=1))


def _at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with an empty tally."""
    with duckdb.connect(config={"threads": 1}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        opened.execute(
            "CREATE TABLE tally (minute BIGINT, name VARCHAR, detail VARCHAR, bin SMALLINT, count BIGINT, "
            "first TIMESTAMP, last TIMESTAMP, ms HUGEINT, ms_max BIGINT, message VARCHAR, request VARCHAR)"
        )
        yield opened


@pytest.fixture(autouse=True)
def empty(connection: duckdb.DuckDBPyConnection) -> None:
    """Each test has a tally of its own."""
    connection.execute("TRUNCATE tally")


def _add(
    connection: duckdb.DuckDBPyConnection, name: str, minute: float | None = 0, count: int = 1, **more: Any
) -> None:
    """A row of a tally, so many minutes after noon."""
    values: dict[str, Any] = {"name": name, "count": count}
    if minute is not None:
        time = _at(minute).replace(tzinfo=None)
        values |= {"minute": MINUTE + int(minute // 1), "first": time, "last": time}
    values |= more
    places = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO tally ({', '.join(values)}) VALUES ({places})", list(values.values()))


COUNTED = {
    "delivery": "deliveries",
    "receipt": "receipts",
    "processing": "processed",
    "signature_verified": "signatures_verified",
    "signature_failure": "signature_failures",
    "signature_message": "signature_messages",
    "unauthorized": "unauthorized",
    "error": "errors",
    "critical_error": "critical_errors",
    "delivery_failure": "delivery_failures",
    "send_failure": "send_failures",
    "slow_reply": "slow_replies",
    "status_told": "webhook_statuses",
    "status_untold": "webhook_statuses_unknown",
    "webhook_fine": "webhook_accepted",
    "redirected": "redirects",
    "records": "records",
    "left_out": "left_out",
    "ambiguous": "ambiguous_times",
}
"""The names of a tally, and the number that each alone is counted in."""


@pytest.mark.parametrize("name", COUNTED)
def test_each_name_is_counted_in_its_number(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """And in no other."""
    _add(connection, name, count=2)
    _add(connection, name, 1, count=3)
    assert numbers.metrics_of(connection, HOUR) == Metrics(**{COUNTED[name]: 5})


def test_fallback_replies_are_replies(connection: duckdb.DuckDBPyConnection) -> None:
    """They are counted among the replies, and by themselves."""
    _add(connection, "reply", count=2)
    _add(connection, "fallback_reply", count=3)
    assert numbers.metrics_of(connection, HOUR) == Metrics(replies=5, fallback_replies=3)


def test_what_has_no_number_is_not_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Lines, deployments and partial records are not metrics."""
    for name in ("lines", "deployment", "partial", "truncated", "banner"):
        _add(connection, name)
    assert numbers.metrics_of(connection, HOUR) == Metrics()


def test_a_stretch_holds_its_first_minute_and_not_its_last(connection: duckdb.DuckDBPyConnection) -> None:
    """So that stretches that meet share nothing."""
    for minute, count in ((-1, 1), (0, 10), (59, 100), (60, 1_000)):
        _add(connection, "delivery", minute, count)
    assert numbers.metrics_of(connection, HOUR).deliveries == 110
    assert numbers.metrics_of(connection, Span(_at(60), _at(120))).deliveries == 1_000
    assert numbers.minutes_of(HOUR) == {"from_minute": MINUTE, "to_minute": MINUTE + 60}


def test_records_without_a_time_are_counted_where_they_are_asked_for(connection: duckdb.DuckDBPyConnection) -> None:
    """They belong to no stretch."""
    _add(connection, "records", minute=None, count=3)
    for count in (5, 6):
        connection.execute("INSERT INTO tally (minute, name, count) VALUES (?, 'records', ?)", [NO_TIME_MINUTE, count])
    connection.execute("INSERT INTO tally (minute, name, count) VALUES (?, 'delivery', 7)", [NO_TIME_MINUTE])
    _add(connection, "records", count=20)
    assert numbers.metrics_of(connection, HOUR) == Metrics(records=20)
    assert numbers.metrics_of(connection, HOUR, untimed=True) == Metrics(records=31, deliveries=7)
    assert numbers.untimed_of(connection) == 11


def test_there_may_be_no_record_without_a_time(connection: duckdb.DuckDBPyConnection) -> None:
    """Then they are none, not unknown."""
    assert numbers.untimed_of(connection) == 0


def test_response_times_are_those_of_all_replies(connection: duckdb.DuckDBPyConnection) -> None:
    """The sum and the longest over all rows; percentiles from the bins."""
    _add(connection, "reply", count=2, ms=100, ms_max=80)
    _add(connection, "reply", 1, count=1, ms=90, ms_max=90)
    _add(connection, "fallback_reply", count=1, ms=50, ms_max=50)
    for place, count in ((300, 49), (350, 1), (400, 44), (450, 1), (500, 3), (525, 1), (550, 1)):
        _add(connection, "response_time", bin=place, count=count)
    found = numbers.metrics_of(connection, HOUR)
    assert (found.response_ms_sum, found.response_ms_max, found.replies) == (240, 90, 4)
    percentiles = (found.response_ms_p50, found.response_ms_p95, found.response_ms_p99)
    assert percentiles == pytest.approx((1.01**351, 1.01**451, 1.01**526))


def test_without_a_reply_there_is_no_longest(connection: duckdb.DuckDBPyConnection) -> None:
    """Nor any percentile."""
    _add(connection, "delivery")
    assert numbers.metrics_of(connection, HOUR).response_ms_max is None
    assert numbers.metrics_of(connection, HOUR).response_ms_p95 is None


def test_the_timeline_tells_each_minute_of_each_kind(connection: duckdb.DuckDBPyConnection) -> None:
    """From the first to the last, replies of both kinds together, in order of time."""
    later = _at(2.9).replace(tzinfo=None)
    _add(connection, "delivery", 2.5, 3, last=later)
    _add(connection, "delivery", 1.5, 1)
    _add(connection, "reply", 2.2, 2)
    _add(connection, "fallback_reply", 2.1, 4, last=later)
    _add(connection, "records", 59.9, 7)
    _add(connection, "records", 60, 9)
    _add(connection, "records", -0.1, 9)
    _add(connection, "partial", 0, 5)
    _add(connection, "error", 3, 5)
    assert numbers.timeline_of(connection, HOUR) == Timeline(
        records=(Moment(_at(59.9), _at(59.9), 7),),
        deliveries=(Moment(_at(1.5), _at(1.5), 1), Moment(_at(2.5), _at(2.9), 3)),
        replies=(Moment(_at(2.1), _at(2.9), 6),),
        partial=(Moment(_at(0), _at(0), 5),),
    )


def test_kinds_of_error_are_told_the_most_frequent_first(connection: duckdb.DuckDBPyConnection) -> None:
    """Each with the first message and its request; kinds that are as frequent in order of their names."""
    _add(connection, "error", 1, 2, detail="b", message="later", request="r2", last=_at(1.9).replace(tzinfo=None))
    _add(connection, "error", 0, 3, detail="b", message="first", request="r1", last=_at(0.9).replace(tzinfo=None))
    _add(connection, "error", 5, 5, detail="a", message="of a")
    _add(connection, "error", 6, 6, detail=None)
    _add(connection, "error", 60, 9, detail="after")
    _add(connection, "error", -1, 9, detail="before")
    _add(connection, "slow_reply", 0, 9, detail="b")
    kinds = [
        ErrorKind("", 6, _at(6), _at(6)),
        ErrorKind("a", 5, _at(5), _at(5)),
        ErrorKind("b", 5, _at(0), _at(1.9)),
    ]
    assert numbers.error_examples_of(connection, HOUR) == [
        (kinds[0], "", None),
        (kinds[1], "of a", None),
        (kinds[2], "first", "r1"),
    ]
    assert numbers.error_kinds_of(connection, HOUR, str) == tuple(kinds)


def test_at_most_a_hundred_kinds_of_error_are_told(connection: duckdb.DuckDBPyConnection) -> None:
    """The rarest are left out."""
    connection.execute(
        "INSERT INTO tally (minute, name, detail, count, first, last) "
        "SELECT ?, 'error', printf('%03d', range), 2, TIMESTAMP '2026-01-12', TIMESTAMP '2026-01-12' FROM range(101)",
        [MINUTE],
    )
    _add(connection, "error", detail="rare", count=1)
    found = numbers.error_kinds_of(connection, HOUR, str)
    assert [kind.kind for kind in found] == [f"{number:03d}" for number in range(100)]


def test_deployments_are_told_as_they_came(connection: duckdb.DuckDBPyConnection) -> None:
    """In the order of their first records, each once, a hundred at most."""
    for name, minute in (("b", 3), ("a", 4), ("b", 5), ("c", 3), ("z", -1), ("y", 60), ("first", 0)):
        _add(connection, "deployment", minute, detail=name)
    _add(connection, "error", 1, detail="no deployment")
    _add(connection, "deployment", 6, detail="d", last=_at(6.9).replace(tzinfo=None))
    _add(connection, "deployment", 6.1, detail="e")
    assert numbers.names_of("deployment", connection, HOUR) == ("first", "b", "c", "a", "d", "e")
    for at in range(numbers.MOST_DEPLOYMENTS):
        _add(connection, "deployment", 10, detail=f"{at:03d}")
    found = numbers.names_of("deployment", connection, HOUR)
    assert (len(found), found[-1]) == (100, "093")


def test_the_recorded_time_is_from_the_first_record_to_the_last(connection: duckdb.DuckDBPyConnection) -> None:
    """Of records alone, without the ends of the calendar."""
    assert numbers.recorded_span(connection) is None
    _add(connection, "records", 3, last=_at(3.9).replace(tzinfo=None))
    _add(connection, "records", 1, last=_at(1.9).replace(tzinfo=None))
    _add(connection, "delivery", -5)
    _add(connection, "delivery", 9)
    for first, last in (("0001-12-31", "0001-12-31"), ("9999-01-01", "9999-01-01")):
        connection.execute(
            "INSERT INTO tally (minute, name, count, first, last) VALUES (0, 'records', 1, ?, ?)", [first, last]
        )
    assert numbers.recorded_span(connection) == Span(_at(1), _at(3.9))


@pytest.mark.parametrize(("first", "last"), [("0002-01-01", "0002-01-01"), ("9998-12-31", "9998-12-31 23:59:59")])
def test_the_ends_of_the_calendar_are_no_further_than_needed(
    connection: duckdb.DuckDBPyConnection, first: str, last: str
) -> None:
    """A year at either end is left out, no more."""
    connection.execute(
        "INSERT INTO tally (minute, name, count, first, last) VALUES (0, 'records', 1, ?, ?)", [first, last]
    )
    found = numbers.recorded_span(connection)
    assert found
    assert (found.start.tzinfo, found.end.tzinfo) == (UTC, UTC)
