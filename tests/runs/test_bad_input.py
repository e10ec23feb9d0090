"""Bad input: each a clear line and the right exit code, and nothing half-written; odd bytes that cost nothing."""

from pathlib import Path

import pytest

from logparse.outcome import State
from tests.builders.counted import Counter
from tests.runs.bad_inputs import CASES, SECTIONS
from tests.runs.bad_inputs.case import USAGE, Case, answer
from tests.runs.bad_inputs.table import DOCUMENT, row, table
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak, write_text, write_vercel

pytestmark = pytest.mark.counts

START_OPTION = "--start=2026-01-12T00:00Z"

TRIED = [pytest.param(case, id=case.name) for cases in SECTIONS.values() for case in cases]


@pytest.mark.parametrize("case", TRIED)
def test_bad_input(tmp_path: Path, case: Case) -> None:
    """A run ends with the code and the line of the table, without a traceback; a mistake of use changes nothing."""
    found = answer(case, tmp_path)
    output = found.run.output
    assert found.run.exit_code == case.code, output
    assert case.message in found.line, output
    assert "Traceback" not in output, output
    assert "INTERNALERROR" not in output, output
    assert row(case, found) in DOCUMENT.read_text("utf-8").splitlines(), "python -m tests.runs.bad_inputs writes it"
    if case.code == USAGE:
        assert sum(line.startswith("ERROR: ") for line in output.splitlines()) == 1, output
        # Where the command itself could be understood, no old verdict is left; what is no verdict stays as it was.
        assert found.changed in ((), ("reports/verdict.json",))
        if found.changed:
            assert found.run.verdict["reason"].startswith("nothing was judged: ")
    else:
        assert found.run.verdict["verdict"] == "NOT JUDGED"
        assert "to mend: " in output, output


def test_the_table_holds_every_bad_input() -> None:
    """tests/runs/bad_inputs/README.md has a row for each case, under its heading and in order, and nothing else."""
    text = DOCUMENT.read_text("utf-8")
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in text.splitlines() if line.startswith("| ")}
    assert len({case.name for case in CASES}) == len(CASES)
    assert text == table({case.name: rows[case.name] for case in CASES})


ROWS = write_vercel(steady_day(START, hours=4, deliveries=50))
TEXT = write_text(steady_day(START, hours=4, deliveries=50))

JUDGED = [
    ("a last text line without a newline", TEXT.rstrip(b"\n")),
    ("invalid UTF-8", TEXT.replace(b"Signature verified", b"Signature verified \xff\xfe", 1)),
    ("NUL bytes", TEXT.replace(b"Signature verified", b"Signature verified \x00", 1)),
    ("a path with a slash at its end", ROWS.replace(b'webhook/kapso"', b'webhook/kapso/"')),
    ("prose that begins like a level", TEXT + b"2026-01-12T03:00:00.000Z alert sent to the operator\n"),
    ("CRLF", TEXT.replace(b"\n", b"\r\n")),
    ("a byte order mark", b"\xef\xbb\xbf" + TEXT),
    ("UTF-16, as PowerShell writes it", TEXT.decode().encode("utf-16")),
    ("a row of another format", TEXT + b'{"id":"a","timestamp":1768176000000,"logs":[]}\n'),
    ("rows with a byte order mark", b"\xef\xbb\xbf" + ROWS),
    ("rows with a line of text", ROWS.replace(b"\n", b"\n\n", 1)),
    ("rows with half a surrogate pair", ROWS.replace(b"Signature verified", b"Signature verified \\ud83d", 1)),
]


@pytest.mark.parametrize("content", [row[1] for row in JUDGED], ids=[row[0] for row in JUDGED])
def test_judged_all_the_same(counter: Counter, content: bytes) -> None:
    """Odd bytes in a log cost no delivery and no judgement."""
    verdict = counter.verdict(content, 4)
    assert (verdict.state, verdict.metrics.deliveries) == (State.READY, 50), verdict.reason
    assert verdict.metrics.signatures_verified == 50


def test_a_line_of_50_mb_is_judged_all_the_same(tmp_path: Path) -> None:
    """More than the engine reads of a line costs no delivery either, in a whole run."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    (desk.logs / "log").write_bytes(TEXT + b"2026-01-12T03:59:59.000Z " + b"x" * 50_000_000 + b"\n")
    run = desk.run("--hour=4", START_OPTION)
    assert (run.exit_code, run.verdict["metrics"]["deliveries"]) == (0, 50), run.output


def test_mixed_formats_and_compressions_make_one_soak(tmp_path: Path) -> None:
    """Files of both formats, plain and compressed, are judged together; the soak is READY."""
    desk = Desk(tmp_path)
    day = steady_day(START)
    rows = write_soak(tmp_path / "rows", day, START, "vercel", "gz")
    text = write_soak(tmp_path / "text", day, START, "text", "zst")
    desk.logs.mkdir()
    for at, pair in enumerate(zip(rows, text, strict=True)):
        chosen = pair[at % 2]
        chosen.rename(desk.logs / chosen.name)
    run = desk.run("--hour=24", START_OPTION)
    assert (run.exit_code, run.verdict["metrics"]["deliveries"]) == (0, 300), run.output
    assert {file["format"] for file in run.verdict["files"]} == {"vercel-rows", "iso-text"}


@pytest.mark.parametrize("told_in", ["a.jsonl", "b.jsonl"])
def test_failure_is_never_lost_to_an_earlier_fetch(tmp_path: Path, told_in: str) -> None:
    """Of the same request fetched twice the row that tells a failure counts, however the files are named."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        status = b"500" if name == told_in else b"0"
        (desk.logs / name).write_bytes(ROWS.replace(b'"responseStatusCode":200', b'"responseStatusCode":' + status))
    run = desk.run("--hour=4", START_OPTION)
    assert (run.exit_code, run.outcomes["critical_errors"]) == (1, "FAIL"), run.output


@pytest.mark.parametrize(
    "arguments", [["-o", "webhook_path=/api/webhook/other"], ["-o", "webhook_method=GET"]], ids=["path", "method"]
)
def test_webhook_that_was_never_seen_is_not_judged(tmp_path: Path, arguments: list[str]) -> None:
    """Deliveries without any request on the webhook path measure no delivery failure: NOT JUDGED, not 0."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    (desk.logs / "rows.jsonl").write_bytes(ROWS)
    run = desk.run("--hour=4", START_OPTION, *arguments)
    assert (run.exit_code, run.outcomes["delivery_failures"]) == (10, "NOT JUDGED"), run.output
