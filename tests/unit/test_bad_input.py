"""Bad input: each a clear line and the right exit code, and nothing half-written."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from logparse import file_tally, files, settings
from logparse.judge import Request, judge
from logparse.outcome import Outcome
from logparse.schedule import StartSource
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak, write_text, write_vercel
from tests.unit.command_line import Desk

START_OPTION = "--start=2026-01-12T00:00Z"

USAGE = [
    ("an hour that is no checkpoint", ["--hour=13"], "no such checkpoint"),
    ("an hour that is no number", ["--hour=abc"], "no such checkpoint"),
    ("an unknown setting", ["--hour=4", "-o", "no_such_limit=1"], "setting no_such_limit: there is no such setting"),
    ("an unknown event name", ["--hour=4", "-o", "event_nosuch=x"], "the events are event_delivery"),
    ("a pattern that does not compile", ["--hour=4", "-o", "event_reply=(\\d+"], "setting event_reply, pattern 1"),
    ("a reply pattern without a group", ["--hour=4", "-o", "event_reply=sent"], "setting event_reply, pattern 1"),
    ("a mask that does not compile", ["--hour=4", "-o", "mask=(?P<"], "setting mask, pattern 1"),
    ("a format that does not compile", ["--hour=4", "-o", "own_format=(?P<message>"], "setting own_format: "),
    ("a format without a message", ["--hour=4", "-o", "own_format=(?P<time>.*)"], "has no group (?P<message>...)"),
    ("a limit that is no number", ["--hour=4", "-o", "error_rate_limit=few"], "setting error_rate_limit: 'few'"),
    ("a limit that is negative", ["--hour=4", "-o", "silence_limit=-1"], "setting silence_limit: '-1' is negative"),
    ("a choice that is none", ["--hour=4", "-o", "deployment_change=no"], "not one of warn, fail"),
    ("an unknown time zone", ["--hour=4", "-o", "timezone=Mars/Base"], "no IANA time zone"),
    ("quiet hours that are none", ["--hour=4", "-o", "quiet_hours=22"], "write it like 22:00-06:00"),
    ("a limit beyond all sense", ["--hour=4", "-o", "silence_limit=1e1000000"], "is too large"),
    ("an event without a pattern", ["--hour=4", "-o", "event_reply="], "setting event_reply: it needs at least one"),
    ("a webhook path that is none", ["--hour=4", "-o", "webhook_path=api/webhook"], "setting webhook_path"),
    ("an empty environment", ["--hour=4", "-o", "environment="], "setting environment: it is empty"),
    ("too little memory", ["--hour=4", "-o", "memory_limit=1KB"], "setting memory_limit: '1KB'"),
    ("a time zone that only the system knows", ["--hour=4", "-o", "timezone=localtime"], "setting timezone"),
    ("a path of tests that is not there", ["--hour=4", "samples/nowhere"], "there is no such file or folder"),
    ("a report that cannot be written", ["--hour=4", "--junitxml=pytest.ini/x.xml"], "is a file, not a folder"),
    ("a memory limit that is no size", ["--hour=4", "-o", "memory_limit=lots"], "setting memory_limit: 'lots'"),
    ("a start in the future", ["--hour=4", "--start=2126-01-12T00:00Z"], "lies in the future"),
    ("a start without a zone", ["--hour=4", "--start=2026-01-12T00:00"], "has no time zone"),
    ("a start with seconds", ["--hour=4", "--start=2026-01-12T00:00:01Z"], "has seconds"),
    ("a start that is no time", ["--hour=4", "--start=yesterday"], "is no ISO 8601 time"),
    ("a restart at another hour", ["--hour=4", "--restart"], "--restart goes with --hour=0"),
    ("reports below a file", ["--hour=4", "--reports=pytest.ini/reports"], "is a file, not a folder"),
    ("a document that is a folder", ["--hour=4", "--monitoring-log=tests"], "is a folder"),
    ("a verdict that is a folder", ["--hour=4", "--verdict-json=tests"], "is a folder"),
]


@pytest.mark.parametrize(("arguments", "words"), [row[1:] for row in USAGE], ids=[row[0] for row in USAGE])
def test_usage_error(tmp_path: Path, arguments: list[str], words: str) -> None:
    """A user's mistake ends with exit 4 and one line that names it; nothing is written and no traceback shown."""
    desk = Desk(tmp_path)
    run = desk.run(*arguments)
    assert run.exit_code == 4, run.output
    errors = [line for line in run.output.splitlines() if line.startswith("ERROR: ")]
    assert len(errors) == 1, run.output
    assert words in errors[0]
    assert "Traceback" not in run.output
    assert not desk.document.exists()
    assert not list(tmp_path.rglob("verdict.json"))


DAMAGE: list[tuple[str, Callable[[str], str]]] = [
    ("a heading is missing", lambda text: text.replace("### Hour 8\n", "")),
    ("a heading stands twice", lambda text: text.replace("### Hour 8\n", "### Hour 8\n\n### Hour 8\n")),
    ("two headings changed places", lambda text: text.replace("### Hour 8\n", "### X\n").replace("12\n", "8\n")),
    ("the start is no time", lambda text: text.replace("2026-01-12 00:00 UTC", "soon", 1)),
]


@pytest.mark.parametrize("damage", [row[1] for row in DAMAGE], ids=[row[0] for row in DAMAGE])
def test_damaged_document(tmp_path: Path, damage: Callable[[str], str]) -> None:
    """A damaged document is refused with its line before anything is read, and stays as it was."""
    desk = Desk(tmp_path)
    desk.run("--hour=0", START_OPTION)
    damaged = damage(desk.document.read_text("utf-8"))
    desk.document.write_text(damaged, "utf-8")
    run = desk.run("--hour=4")
    assert run.exit_code == 4, run.output
    assert f"{desk.document}:" in run.output
    assert desk.document.read_text("utf-8") == damaged


def test_outputs_never_overwrite_each_other_nor_the_logs(tmp_path: Path) -> None:
    """Two outputs in one place, or an output among the logs, are refused before anything is written."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(START), START, "vercel")
    desk.document.write_text("mine", "utf-8")
    log = desk.logs / "logs-hour-04.jsonl"
    before = log.read_bytes()
    for options in (
        [f"--verdict-json={desk.document}"],
        [f"--html={desk.document}"],
        [f"--verdict-json={log}"],
        [f"--monitoring-log={desk.logs / 'MONITORING-LOG.md'}"],
        [f"--reports={desk.logs}"],
        [f"--monitoring-log={desk.reports / 'SUMMARY.md'}"],
    ):
        run = desk.run("--hour=4", START_OPTION, *options)
        assert run.exit_code == 4, (options, run.output)
    assert (desk.document.read_text("utf-8"), log.read_bytes()) == ("mine", before)
    assert not desk.reports.exists()


def test_start_that_differs_from_the_document(tmp_path: Path) -> None:
    """A --start that contradicts the document is a usage error, and the document stays as it was."""
    desk = Desk(tmp_path)
    desk.run("--hour=0", START_OPTION)
    before = desk.document.read_text("utf-8")
    run = desk.run("--hour=4", "--start=2026-01-12T04:00Z")
    assert run.exit_code == 4
    assert "differs from the Start in" in run.output
    assert desk.document.read_text("utf-8") == before


ROWS = write_vercel(steady_day(START, hours=4, deliveries=50))
TEXT = write_text(steady_day(START, hours=4, deliveries=50))

UNJUDGED = [
    ("no logs folder", None, "no record was read"),
    ("an empty file", b"", "the option --production does not exist"),
    ("blank lines alone", b"\n\n\n", "holds blank lines alone"),
    ("a tool's error", b"Vercel CLI 60.0.0\nError: unknown or unexpected option: --production\n", "--production"),
    ("a shell's error", b"bash: vercel: command not found\n", "the shell did not find the tool"),
    ("help text", b"Usage: vercel logs [options]\n\n  --since\n", "help text of a tool"),
    ("another format", b"15:42:18 [ARI] Response sent in 5ms\n" * 9, "is in no known format"),
    ("a log from another day", ROWS.replace(b'"timestamp":17', b'"timestamp":16'), "lie outside the soak"),
    ("over 1 % unreadable", ROWS + b"{not json}\n" * 3, "lines could not be read (read as Vercel rows"),
    ("a torn last row", ROWS[: ROWS.rindex(b"logs")], "the last row is torn"),
    ("a torn gzip stream", gzip.compress(ROWS)[:-900], "cannot be read to its end"),
    ("nothing but another environment", ROWS.replace(b'"production"', b'"preview"'), "of other environments"),
    ("the platform's limit in the middle", ROWS + b"Exceeded runtime logs limit\n", "runtime log limit"),
]


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in UNJUDGED], ids=[row[0] for row in UNJUDGED])
def test_not_judged(tmp_path: Path, content: bytes | None, words: str) -> None:
    """Logs that were not really collected end with exit 10, the reason, and what mends it."""
    desk = Desk(tmp_path)
    if content is not None:
        desk.logs.mkdir()
        (desk.logs / "logs-hour-04.jsonl").write_bytes(content)
    run = desk.run("--hour=4", START_OPTION if content else "-q")
    assert (run.exit_code, run.verdict["verdict"]) == (10, "NOT JUDGED"), run.output
    assert words in run.output
    assert "to mend: " in run.output
    assert "Traceback" not in run.output


JUDGED = [
    ("a last text line without a newline", TEXT.rstrip(b"\n")),
    ("invalid UTF-8", TEXT.replace(b"Signature verified", b"Signature verified \xff\xfe", 1)),
    ("NUL bytes", TEXT.replace(b"Signature verified", b"Signature verified \x00", 1)),
    ("a path with a slash at its end", ROWS.replace(b'webhook/kapso"', b'webhook/kapso/"')),
    ("prose that begins like a level", TEXT + b"2026-01-12T03:00:00.000Z alert sent to the operator\n"),
    ("CRLF", TEXT.replace(b"\n", b"\r\n")),
    ("a byte order mark", b"\xef\xbb\xbf" + TEXT),
    ("UTF-16, as PowerShell writes it", TEXT.decode().encode("utf-16")),
    ("a line of 50 MB", TEXT + b"2026-01-12T03:59:59.000Z " + b"x" * 50_000_000 + b"\n"),
    ("a row of another format", TEXT + b'{"id":"a","timestamp":1768176000000,"logs":[]}\n'),
    ("rows with a byte order mark", b"\xef\xbb\xbf" + ROWS),
    ("rows with a line of text", ROWS.replace(b"\n", b"\n\n", 1)),
    ("rows with half a surrogate pair", ROWS.replace(b"Signature verified", b"Signature verified \\ud83d", 1)),
]


@pytest.mark.parametrize("content", [row[1] for row in JUDGED], ids=[row[0] for row in JUDGED])
def test_judged_all_the_same(tmp_path: Path, content: bytes) -> None:
    """Odd bytes in a log cost no delivery and no judgement."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    (desk.logs / "logs-hour-04.txt").write_bytes(content)
    run = desk.run("--hour=4", START_OPTION)
    assert (run.exit_code, run.verdict["metrics"]["deliveries"]) == (0, 50), run.output
    assert run.verdict["metrics"]["signatures_verified"] == 50


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


@pytest.mark.parametrize("change", ["vanishes", "grows"])
def test_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """A file that vanishes or grows while it is read is not counted, and the reading says so."""
    path = tmp_path / "logs-hour-04.txt"
    path.write_bytes(TEXT)

    def change_then_inspect(inspected: Path) -> files.Inspection:
        inspection = files.inspect(inspected)
        if change == "vanishes":
            inspected.unlink()
        else:
            inspected.write_bytes(TEXT + TEXT)
        return inspection

    monkeypatch.setattr(file_tally, "inspect", change_then_inspect)
    request = Request(
        hour=4,
        places=(path.name,),
        base=tmp_path,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=25),
        cache=tmp_path,
        scratch=tmp_path,
    )
    evidence = judge(request, settings.parse()).criterion("evidence")
    expected = "is not there" if change == "vanishes" else "was changed while it was read"
    assert evidence.outcome is Outcome.NOT_JUDGED
    assert expected in evidence.reason


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
