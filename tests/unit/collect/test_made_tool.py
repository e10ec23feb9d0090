"""The ``vercel`` tool played by a script: how it is called, what of its printing is refused, and that it ends."""

import os
import stat
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from logparse.collect import tool
from logparse.collect.source import FetchedLines, SourceFailed
from logparse.collect.tool import run
from logparse.collect.vercel.cli import make_vercel_tool
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.settings.collecting import Collecting
from tests.builders.sources.fetching import START, WINDOW
from tests.builders.sources.log_server import TOKEN
from tests.builders.sources.processes import processes_with

pytestmark = pytest.mark.counts

ROW = '{"id":"r1","timestamp":1768197600000,"logs":[]}'
"""A row at the very start of the window."""


def _settings() -> Collecting:
    return parse({"vercel_project": "bot"}).collecting


def _tool(folder: Path, prints: str, version: str = "60.0.0", name: str = "vercel") -> Mapping[str, str]:
    """An environment whose ``vercel`` is of a version, prints some lines, and notes how it was called."""
    folder.mkdir(exist_ok=True)
    (folder / "rows").write_text(prints, "utf-8")
    script = folder / name
    script.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$*" >>{folder}/called\n'
        f"/usr/bin/env >>{folder}/environment\n"
        f'case "$*" in *--version*) echo {version};; *) /bin/cat {folder}/rows;; esac\n',
        "utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {
        "PATH": str(folder),
        "VERCEL_TOKEN": TOKEN,
        "VERCEL_ORG_ID": "team_1",
        "VERCEL_PROJECT_ID": "prj_1",
    }


def _fetched(environment: Mapping[str, str]) -> list[FetchedLines]:
    kept: list[FetchedLines] = []
    make_vercel_tool(_settings(), environment).fetch(WINDOW, kept.append)
    return kept


def test_token_is_in_the_environment_alone(tmp_path: Path) -> None:
    """Whoever lists the processes of the machine does not see it; variables that the tool misreads are taken out."""
    (piece,) = _fetched(_tool(tmp_path, f"{ROW}\n"))
    assert piece == FetchedLines(WINDOW, (ROW,), 1, START, START)
    called, environment = ((tmp_path / name).read_text("utf-8") for name in ("called", "environment"))
    assert TOKEN not in called
    assert f"VERCEL_TOKEN={TOKEN}" in environment
    assert "VERCEL_ORG_ID" not in environment
    assert "VERCEL_TELEMETRY_DISABLED=1" in environment


def test_tool_of_the_project_is_run_by_npx(tmp_path: Path) -> None:
    """Where it is not on the PATH; nothing is installed for it."""
    assert len(_fetched(_tool(tmp_path, f"{ROW}\n", name="npx"))) == 1
    assert (
        (tmp_path / "called").read_text("utf-8").startswith("--no-install vercel --version\n--no-install vercel logs")
    )


def test_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before anything is asked."""
    with pytest.raises(UsageProblem, match="there is no tool named vercel"):
        make_vercel_tool(_settings(), {"PATH": str(tmp_path)})


def test_npx_without_the_tool_is_no_version(tmp_path: Path) -> None:
    """It names the version that it would install; that is not one that is there."""
    environment = _tool(tmp_path, "", name="npx")
    (tmp_path / "npx").write_text("#!/bin/sh\necho 'canceled: [\"vercel@64.0.2\"]' >&2\nexit 1\n", "utf-8")
    with pytest.raises(SourceFailed, match="exit code 1; install the tool") as failed:
        _fetched(environment)
    assert failed.value.told
    assert "vercel@64.0.2" in failed.value.told.stderr


def test_version_that_cannot_do_it_is_not_asked_for_logs(tmp_path: Path) -> None:
    """It would give a part, and nobody could tell."""
    environment = _tool(tmp_path, f"{ROW}\n", version="50.41.0")
    with pytest.raises(SourceFailed, match=r"50\.41\.0 gives only the first message of each request; use --source=ver"):
        _fetched(environment)
    assert (tmp_path / "called").read_text("utf-8") == "--version\n"


def test_branch_is_set_aside_where_a_version_minds_it(tmp_path: Path) -> None:
    """Some versions gave the rows of the current git branch alone."""
    _fetched(_tool(tmp_path, f"{ROW}\n", version="50.42.0"))
    assert "--no-branch" in (tmp_path / "called").read_text("utf-8")


PRINTED = {
    "text for people": "No logs found for acme/bot\n",
    "a row without its messages": '{"id":"r1","timestamp":1768197600000,"message":"x"}\n',
    "half a row": f"{ROW}\n{ROW[:20]}",
    "an error among rows": f'{ROW}\n{{"type":"deployment_error","message":"x"}}\n',
}


@pytest.mark.parametrize("printed", PRINTED.values(), ids=PRINTED)
def test_line_that_is_no_row_proves_nothing(printed: str, tmp_path: Path) -> None:
    """What is not known is not guessed at."""
    with pytest.raises(SourceFailed, match="a line that is no row"):
        _fetched(_tool(tmp_path, printed))


def test_row_at_the_very_end_is_left_to_the_next_window(tmp_path: Path) -> None:
    """The tool gives the last millisecond too."""
    end = int(WINDOW.end.timestamp() * 1_000)
    (piece,) = _fetched(_tool(tmp_path, f'{{"id":"r2","timestamp":{end},"logs":[]}}\n{ROW}\n'))
    assert (piece.lines, piece.span) == ((ROW,), WINDOW)
    assert WINDOW.length == timedelta(hours=4)


NEVER_ENDING = {
    "that waits for a child": "sleep 3600 & wait",
    "that ends, and leaves a child that holds its output": "sleep 3600 &",
    "that minds no signal but the last": "trap '' TERM INT HUP; while :; do sleep 3600; done",
    "that prints for ever": "while :; do echo a; done",
}


@pytest.mark.parametrize("script", NEVER_ENDING.values(), ids=NEVER_ENDING)
def test_tool_that_does_not_end_is_ended_with_all_it_started(script: str) -> None:
    """However far it came by then; a child that holds on to the output is no reason to wait."""
    mark = f"logparse-test-{uuid4()}"
    with pytest.raises(SourceFailed, match=r"did not end within 0 s \(setting collect_timeout\)"):
        run(["/bin/sh", "-c", script], {**os.environ, "MARK": mark}, 0.3)
    # Ended processes may stand in the list for a moment.
    while processes_with(mark):
        time.sleep(0.01)


def test_tool_that_prints_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it fills the memory, however long it might take."""
    monkeypatch.setattr(tool, "LARGEST", 1 << 20)
    with pytest.raises(SourceFailed, match="printed over 1 MB"):
        run(
            ["/bin/sh", "-c", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"],
            os.environ,
            3_600,
        )


def test_what_a_tool_prints_comes_whole() -> None:
    """Both outputs, a last line without an end, and an exit code; stderr is cut to its end."""
    script = "for i in 1 2 3 4 5 6 7 8 9; do echo $i; echo e$i >&2; done; printf end; exit 3"
    ended = run(["/bin/sh", "-c", script], os.environ, 3_600)
    assert (ended.exit_code, ended.stdout) == (3, b"1\n2\n3\n4\n5\n6\n7\n8\n9\nend")
    assert ended.stderr.split() == [f"e{at}" for at in range(1, 10)]


def test_tool_that_cannot_be_started_is_named() -> None:
    """No traceback for a file that is none."""
    with pytest.raises(SourceFailed, match=r"/dev/null cannot be started \(Permission denied\)"):
        run(["/dev/null"], os.environ, 1)
