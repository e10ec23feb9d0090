"""The source ``command``, run with real commands: what it is given, what is kept, and what is not believed."""

import os
import shlex
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection, WindowTask, collect
from logparse.collect.command import make_command
from logparse.collect.source import FetchedLines, FetchReport, SourceFailed
from logparse.collect.sources import source_of
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.settings.collecting import Collecting
from logparse.storage.manifest import NO_END
from logparse.values.schedule import Span
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW

LINE = "2026-01-12T06:00:00Z "
"""The front of a line that is a record."""

RECORD = "2026-01-12T06:00:01.000Z [ARI] Response sent in 1834ms (grok-3)"
ALL = "{since} {until} {since_unix} {until_unix} {since_ms} {until_ms}"


def _settings(written: str) -> Collecting:
    return parse({"collect_command": written}).collecting


def _python(code: str, *arguments: str) -> str:
    return shlex.join([sys.executable, "-c", code, *arguments])


def _prints(text: str, error: str = "", code: int = 0) -> str:
    """A command that prints a text and an error, and ends with an exit code; it is told the beginning."""
    return _python(
        f"import sys; sys.stdout.write({text!r}); sys.stderr.write({error!r}); sys.exit({code})", "--since={since}"
    )


def _fetched(written: str, span: Span = WINDOW) -> tuple[FetchedLines, FetchReport]:
    kept: list[FetchedLines] = []
    told = make_command(_settings(written), os.environ).fetch(span, kept.append)
    (piece,) = kept
    return piece, told


def test_times_stand_in_place_of_the_placeholders() -> None:
    """In ISO 8601, seconds and milliseconds; each is one word to the command, whatever stands around it."""
    code = f"import sys; print({LINE!r}, sys.argv[1:], sep='')"
    piece, _ = _fetched(_python(code, ALL, "--since={since}", "{{json}}", "{ print }"), Span(START, WINDOW.end))
    expected = "2026-01-12T06:00:00Z 2026-01-12T10:00:00Z 1768197600 1768212000 1768197600000 1768212000000"
    assert piece.lines == (LINE + str([expected, "--since=2026-01-12T06:00:00Z", "{{json}}", "{ print }"]),)


def test_no_shell_reads_the_command() -> None:
    """Signs that a shell would act on come as they are."""
    piece, _ = _fetched(_python(f"import sys; print({LINE!r}, sys.argv[1:])", "{since}", "$HOME; echo `x` > y | z"))
    assert piece.lines == (LINE + " ['2026-01-12T06:00:00Z', '$HOME; echo `x` > y | z']",)


def test_window_is_collected_and_never_proven(tmp_path: Path) -> None:
    """What the command printed is in the file as it came, lines of other times too; the manifest tells the command.

    No exit code tells that a tool printed all that there was.
    """
    collection = _collected(tmp_path, _prints(f"2025-12-31T00:00:00Z of another time\r\n{RECORD}\n\nno end"))
    log = tmp_path / "logs-hour-04.log"
    assert log.read_bytes() == f"2025-12-31T00:00:00Z of another time\r\n{RECORD}\n\nno end\n".encode()
    assert (collection.problem, collection.doubt, collection.manifest.covered) == ("", NO_END, ())
    (fetch,) = collection.manifest.fetches
    assert (fetch.source, fetch.tool, fetch.exit_code, fetch.rows) == ("command", sys.executable, 0, 4)
    assert (fetch.complete, fetch.unproven) == (False, NO_END)
    assert "--since={since}" in fetch.request["command"]
    assert fetch.subject == fetch.request["command"]
    assert (fetch.request["since"], fetch.request["until"]) == ("2026-01-12T06:00:00Z", "2026-01-12T10:00:00Z")


@pytest.mark.parametrize("printed", ["", "\n\n"], ids=["nothing", "blank lines"])
def test_nothing_printed_proves_nothing(printed: str, tmp_path: Path) -> None:
    """A tool that was asked for the wrong thing prints nothing too."""
    collection = _collected(tmp_path, _prints(printed))
    assert (collection.manifest.covered, collection.new_rows) == ((), 0)
    assert "printed nothing, which does not show that there was nothing" in collection.doubt


def _collected(folder: Path, written: str) -> Collection:
    source = source_of("command", _settings(written), os.environ)
    return collect(WindowTask(folder / "logs-hour-04.log", WINDOW, SETTLE, lambda: LATER), source)


FAILURES = {
    "a bad exit code": (
        _prints(RECORD, "warning: x\nerror: no such container: bot\n", 3),
        "the command ended with exit code 3: error: no such container: bot",
    ),
    "a bad exit code without a word": (_prints("", "", 1), "ended with exit code 1: it does not say why"),
    "all logs on stderr": (
        _prints("", f"{RECORD}\n"),
        "writes the logs to stderr, which is not collected; let a shell",
    ),
    "some logs on stderr": (_prints(f"{RECORD}\n", f"{RECORD}\n"), "writes a part of the logs to stderr"),
}


@pytest.mark.parametrize(("written", "problem"), FAILURES.values(), ids=FAILURES)
def test_failure_leaves_no_file(written: str, problem: str, tmp_path: Path) -> None:
    """The cause is told, and stands in the manifest with the exit code and what the command said."""
    collection = _collected(tmp_path, written)
    assert problem in collection.problem
    assert not (tmp_path / "logs-hour-04.log").exists()
    (fetch,) = collection.manifest.fetches
    assert (fetch.problem, fetch.complete) == (collection.problem, False)
    assert bool(fetch.exit_code) == ("exit code" in problem)


def test_stderr_joined_by_a_shell_is_collected() -> None:
    """The mend that is told works."""
    script = f'(echo "$0"; echo "{RECORD}" >&2) 2>&1'
    piece, _ = _fetched(shlex.join(["sh", "-c", script, "{since}"]))
    assert piece.lines == ("2026-01-12T06:00:00Z", RECORD)


DOUBTS = {
    "no time is asked for": (_python(f"print({RECORD!r})"), "collect_command holds no {since}"),
    "nothing printed, but something said": (
        _prints("", "Hint: you see no messages of other users\n"),
        "the command printed nothing, and said: Hint: you see no messages of other users",
    ),
}


@pytest.mark.parametrize(("written", "doubt"), DOUBTS.values(), ids=DOUBTS)
def test_what_cannot_be_known_to_be_whole_is_kept_unproven(written: str, doubt: str) -> None:
    """An exit code of 0 does not tell that nothing is missing."""
    piece, _ = _fetched(written)
    assert piece.unproven.startswith(doubt)


def test_words_of_a_tool_are_no_logs() -> None:
    """What a tool says beside the logs does no harm, and is kept without secrets."""
    piece, told = _fetched(_prints(f"{RECORD}\n", "Fetching logs...\nAuthorization: Bearer abcdefgh12345678\n"))
    assert (piece.lines, piece.unproven) == ((RECORD,), NO_END)
    assert "Fetching logs" in told.stderr
    assert "abcdefgh12345678" not in told.stderr


def test_secret_in_the_command_is_not_written_down() -> None:
    """It belongs into the environment; whoever puts it into the command does not find it in the manifest."""
    _, told = _fetched(_python(f"print({RECORD!r})", "{since}", "--header=Authorization: Bearer abcdefgh12345678"))
    assert "abcdefgh12345678" not in str(told)


def test_command_that_does_not_end_is_ended() -> None:
    """A live tail never ends by itself; the setting that says how long it may take is named."""
    settings = parse({"collect_command": "tail -f /dev/null {since}", "collect_timeout": "0.3"}).collecting
    with pytest.raises(SourceFailed, match=r"tail did not end within 0 s \(setting collect_timeout\)"):
        make_command(settings, os.environ).fetch(WINDOW, lambda piece: None)


def test_no_time_at_all_is_a_mistake() -> None:
    """Nothing could ever be fetched."""
    with pytest.raises(UsageProblem, match="setting collect_timeout: 0 leaves no time at all"):
        parse({"collect_timeout": "0"})


MISTAKES = {
    "nothing": ("", "it is empty"),
    "an unknown placeholder": ("echo {since} {from}", "{from} is no placeholder; there are {since}, {since_unix}"),
    "a quote that is not closed": ("echo 'a", "no closing quotation"),
    "an unknown tool": ("no-such-tool-here {since}", "there is no tool named no-such-tool-here"),
}


@pytest.mark.parametrize(("written", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_before_anything_runs(written: str, problem: str) -> None:
    """In one line that names the setting."""
    with pytest.raises(UsageProblem) as raised:
        make_command(_settings(written), os.environ)
    assert str(raised.value).startswith("setting collect_command: ")
    assert problem in str(raised.value)


def test_window_in_parts_asks_for_neighbouring_times() -> None:
    """The end of one part is the beginning of the next, to the second that tools know."""
    middle = START + timedelta(hours=1, microseconds=250_000)
    code = f"import sys; print({LINE!r}, sys.argv[1], sep='')"
    (first, _), (second, _) = (
        _fetched(_python(code, "{since}/{until}"), span) for span in (Span(START, middle), Span(middle, WINDOW.end))
    )
    assert [*first.lines, *second.lines] == [
        f"{LINE}2026-01-12T06:00:00Z/2026-01-12T07:00:00Z",
        f"{LINE}2026-01-12T07:00:00Z/2026-01-12T10:00:00Z",
    ]
