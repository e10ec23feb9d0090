"""Records that were fetched twice count once: within a file, and where files overlap."""

from __future__ import annotations

import json

import pytest

from tests.builders.counted import START, Counter
from tests.scenarios import spoilers
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_vercel

pytestmark = pytest.mark.counts

LINE = "2026-01-12T00:10:00.000Z [ARI] Response sent in 5ms\n"
LATER = "2026-01-12T00:10:00.001Z [ARI] Response sent in 5ms\n"
NEXT = "2026-01-12T00:11:00.000Z [ARI] Response sent in 5ms\n"
FULL = ("[Webhook] Signature verified", "[ARI] Processing message for contact k57", "[ARI] Response sent in 5ms")


def _row(request: str, *messages: str, second: int = 0, status: int = 200) -> str:
    """A Vercel row of one request."""
    row = {
        "id": request,
        "timestamp": 1768176600000 + 1000 * second,
        "requestMethod": "POST",
        "requestPath": "/api/webhook/kapso",
        "responseStatusCode": status,
        "logs": [{"level": "info", "message": message} for message in messages],
    }
    return json.dumps(row) + "\n"


@pytest.mark.parametrize(
    ("name", "files", "replies"),
    [
        ("a line in two files is one record", [LINE, LINE], 1),
        ("a line twice in one file is two", [LINE * 2], 2),
        ("it counts as often as in the fullest file", [LINE, LINE * 3, LINE * 2], 3),
        ("a millisecond later is another record", [LINE, LATER], 2),
        ("files that only meet lose nothing", [LINE, NEXT], 2),
        ("a minute that both cover, and one that only one does", [LINE + NEXT, LINE], 2),
        ("another level is another record", [LINE, LINE.replace("[ARI]", "WARN [ARI]")], 2),
        ("the same file three times", [LINE + LATER + NEXT] * 3, 3),
        ("an offset is the same moment", [LINE, LINE.replace("00:10:00.000Z", "07:10:00+07:00")], 1),
    ],
)
def test_a_line_of_text_counts_as_often_as_in_the_fullest_file(
    counter: Counter, name: str, files: list[str], replies: int
) -> None:
    """Without an id, a moment's line in several files is the same record; twice in one file it is two."""
    assert counter.count(*(file.encode() for file in files)).metrics.replies == replies, name


@pytest.mark.parametrize(
    ("name", "files", "replies", "verified"),
    [
        ("a request in two files is one", [_row("a", *FULL), _row("a", *FULL)], 1, 1),
        ("a request twice in one file is one", [_row("a", *FULL) * 2], 1, 1),
        ("the row with more messages wins", [_row("a", *FULL[:1]), _row("a", *FULL)], 1, 1),
        ("in whatever order the files come", [_row("a", *FULL), _row("a", *FULL[:1])], 1, 1),
        ("and within one file", [_row("a", *FULL[:1]) + _row("a", *FULL)], 1, 1),
        ("two requests of one moment are two", [_row("a", *FULL), _row("b", *FULL)], 2, 2),
        ("the same message twice in a request is two", [_row("a", *FULL, FULL[2]), _row("a", *FULL)], 2, 1),
    ],
)
def test_a_request_counts_once_by_its_id(
    counter: Counter, name: str, files: list[str], replies: int, verified: int
) -> None:
    """A request that was fetched twice counts once, with all the messages that were seen of it."""
    metrics = counter.count(*(file.encode() for file in files)).metrics
    assert (metrics.replies, metrics.signatures_verified) == (replies, verified), name


WORSE = {"critical_errors": (-1, 500, 502), "signature_failures": (401,), "delivery_failures": (400, 404, 429)}


@pytest.mark.parametrize(
    ("worse", "better"), [(-1, 200), (500, 404), (502, 0), (401, 404), (400, 302), (404, 200), (429, 0)]
)
@pytest.mark.parametrize("apart", [True, False], ids=["in two files", "in one"])
def test_a_fuller_row_hides_no_failure(counter: Counter, worse: int, better: int, apart: bool) -> None:
    """Of rows that share their id the one with more messages wins, and the worse status, in whatever order."""
    failed, full = _row("a", *FULL[:1], status=worse).encode(), _row("a", *FULL, status=better).encode()
    for rows in ([failed, full], [full, failed]):
        metrics = counter.count(*rows if apart else [b"".join(rows)]).metrics
        found = {name: getattr(metrics, name) for name in WORSE}
        assert found == {name: int(worse in statuses) for name, statuses in WORSE.items()}
        assert (metrics.replies, metrics.signatures_verified) == (1, 1)


@pytest.mark.slow
def test_of_one_moment_without_an_id_the_worse_status_counts(counter: Counter) -> None:
    """A tail that was begun while a request was under way does not know yet what the other one saw."""
    message = "----------------------------\n[ARI] Response sent in 5ms\n\n"
    tails = [
        f"00:10:00.00  ℹ️  POST  {told}  bot.example.com  ƒ  /api/webhook/kapso\n{message}" for told in ("---", "500")
    ]
    for files in (tails, tails[::-1]):
        metrics = counter.count(*(file.encode() for file in files)).metrics
        assert (metrics.replies, metrics.critical_errors) == (1, 1)


def test_a_failed_request_counts_once_over_files(counter: Counter) -> None:
    """Its status and its message show one signature failure, in however many files it stands."""
    row = _row("a", "[Webhook] Invalid signature - rejecting request", status=401)
    assert counter.count(row.encode(), row.encode(), (row * 2).encode()).metrics.signature_failures == 1


@pytest.mark.slow
def test_lines_that_repeat_are_duplicates_in_the_account(counter: Counter) -> None:
    """What was counted in another line, of this file or of another, is told apart from what was counted here."""
    counted = counter.count((_row("a", *FULL) * 2).encode(), (_row("a", *FULL) + _row("b")).encode())
    assert [sum(account.lines.values()) for account in counted.accounts] == [2, 2]
    assert [sum(account.lines.get(name, 0) for account in counted.accounts) for name in ("records", "duplicate")] == [
        2,
        2,
    ]


def test_a_repeated_row_that_holds_no_record_is_rejected_each_time(counter: Counter) -> None:
    """Rows with the same id but without a time bring nothing, and are no duplicates of anything."""
    broken = json.dumps({"id": "a", "timestamp": "soon", "logs": []}) + "\n"
    assert counter.count((broken * 3).encode()).lines == {"rejected": 3}
    assert counter.count((_row("b", *FULL) + broken * 3).encode()).lines == {"records": 1, "rejected": 3}


@pytest.mark.parametrize(("rows", "found"), [(130, True), (100, True), (99, True), (51, True), (50, False)])
def test_pages_that_repeat_are_noticed(counter: Counter, rows: int, found: bool) -> None:
    """The first fifty rows again, to the end of the file, are a bug of the tool, which left other rows out."""
    lines = write_vercel(steady_day(START, hours=4, deliveries=130)).splitlines(keepends=True)[:rows]
    (reading,) = counter.count(spoilers.repeating(b"".join(lines))).readings
    assert reading.facts.repeats_pages is found
    assert any("the same page of rows" in problem.text for problem in reading.problems) is found


@pytest.mark.slow
def test_rows_that_repeat_elsewhere_are_an_overlap(counter: Counter) -> None:
    """Fewer rows than a page that come again anywhere but in the place of the next page are no bug of the tool."""
    lines = write_vercel(steady_day(START, hours=4, deliveries=130)).splitlines(keepends=True)
    for again in ([*lines[:74], *lines[:24]], [*lines[:74], *lines[30:50]], [*lines[:75], *lines[25:74]]):
        assert counter.count(b"".join(again)).problems == []


@pytest.mark.parametrize(("rows", "suspicious"), [(99, False), (100, True), (101, False)])
def test_as_many_rows_as_the_tool_brings_unasked_are_suspicious(counter: Counter, rows: int, suspicious: bool) -> None:
    """Exactly a hundred rows mean that the older ones are not there; duplicates are rows too."""
    lines = write_vercel(steady_day(START, hours=4, deliveries=130)).splitlines(keepends=True)[:rows]
    assert counter.count(b"".join(lines)).problems == (["row limit"] if suspicious else [])
    assert counter.count(b"".join([*lines[:-1], lines[0]])).problems == (["row limit"] if suspicious else [])


@pytest.mark.parametrize(
    ("name", "end", "torn"),
    [
        ("a whole row without an end", _row("b")[:-1], False),
        ("half a row", _row("b")[:40], True),
        ("white space", "  ", False),
    ],
)
def test_a_torn_last_row_is_noticed(counter: Counter, name: str, end: str, torn: bool) -> None:
    """A fetch that ended in the middle of a row is told from one that only lacks the last end of line."""
    assert counter.count((_row("a", *FULL) + end).encode()).problems == (["cut off"] if torn else []), name
