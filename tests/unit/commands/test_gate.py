"""``logparse gate``: exit code 0 for the verdict that was asked for alone, and a line that says what is in the way."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.__main__ import main
from logparse.commands import gate as command
from logparse.judge import judge
from logparse.outcome import State
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import to_json, unfinished
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios.scenario import steady
from tests.scenarios.writers import write_vercel

ENDED = START + timedelta(hours=24)
JUDGED = ENDED + timedelta(hours=1)
NOW = ENDED + timedelta(hours=2)
LONG_AGO = "2025-12-01T00:00:00Z"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The verdict.json of a steady soak of one deployment."""
    folder: Path = tmp_path_factory.mktemp("gate")
    (folder / "log").write_bytes(write_vercel(steady()))
    return to_json(judge(asked(24, ("log",), folder, START, StartSource.OPTION, JUDGED, folder, folder), parse()))


@pytest.fixture
def deployment(ready: str) -> str:
    """The deployment that was soaked."""
    (found,) = json.loads(ready)["deployments"]
    return str(found)


Say = Callable[..., tuple[int, str]]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """What the command says of the text of a verdict, an hour after it: the exit code, and the line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "clock_of", lambda _: lambda: NOW)

    def say(text: str | bytes | None, *arguments: str) -> tuple[int, str]:
        if text is not None:
            (tmp_path / "verdict.json").write_bytes(text.encode() if isinstance(text, str) else text)
        code = main(["gate", "verdict.json", *arguments])
        (line,) = capsys.readouterr().out.splitlines() or [""]
        return code, line

    return say


def test_the_verdict_that_was_asked_for_lets_pass(ready: str, deployment: str, gate: Say) -> None:
    """READY over the whole soak, of this deployment, fresh."""
    said = "READY: deployment DEP may be deployed; judged at 2026-01-13 01:00 UTC"
    assert gate(ready, f"--deployment={deployment}") == (0, said.replace("DEP", deployment))
    assert gate(ready, "--deployment=any", "--hour=12")[0] == 0
    waived = json.dumps({**json.loads(ready), "waivers": [_waiver(NOW + timedelta(seconds=1))]})
    assert "may be deployed with 1 waiver (silence); judged" in gate(waived, "--deployment=any")[1]
    code, line = gate(waived, "--deployment=any", "--no-waivers")
    assert (code, "the failure of silence was waived, and none may be" in line) == (10, True)
    assert gate(ready, "--deployment=any", "--no-waivers")[0] == 0


def test_the_usual_place_is_that_of_the_reports(ready: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path the verdict is looked for where a run writes it by its settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "clock_of", lambda _: lambda: NOW)
    assert main(["gate", "--deployment=any"]) == State.NOT_JUDGED.exit_code
    (tmp_path / "pytest.ini").write_text("[pytest]\nreports = elsewhere\n", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "verdict.json").write_text(ready, "utf-8")
    assert main(["gate", "--deployment=any"]) == 0


Change = Callable[[dict[str, Any]], dict[str, Any]]


def _with(**keys: Any) -> Change:
    return lambda document: {**document, **keys}


def _without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda document: {key: value for key, value in document.items() if key != name}


def _with_failure(document: dict[str, Any]) -> dict[str, Any]:
    first, *others = document["criteria"]
    return {**document, "criteria": [{**first, "outcome": "FAIL"}, *others]}


def _of(name: str, **keys: Any) -> Change:
    """One criterion changed."""
    return lambda document: {
        **document,
        "criteria": [{**one, **keys} if one["name"] == name else one for one in document["criteria"]],
    }


def _without_evidence(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "criteria": [one for one in document["criteria"] if one["name"] != "evidence"]}


def _none_required(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "criteria": [{**one, "required": False} for one in document["criteria"]]}


def _waiver(until: datetime) -> dict[str, str]:
    return {"criterion": "silence", "until": until.isoformat()}


BLOCKED: Mapping[str, tuple[Change, int, str]] = {
    "the bot failed": (_with(verdict="NOT READY", reason="2 failures"), 1, "NOT READY: do not deploy: 2 failures"),
    "the logs were missing": (_with(verdict="NOT JUDGED", reason="a hole", mend="collect"), 10, "a hole; to mend: c"),
    "it only began": (_with(verdict="STARTED", hour=0, final=False), 10, "the soak is at hour 0, and hour 24"),
    "it is READY so far": (_with(hour=20, final=False), 10, "the soak is at hour 20, and hour 24 is asked for"),
    "it is final at hour 20": (_with(hour=20), 10, "contradict each other"),
    "it is not final at hour 24": (_with(final=False), 10, "contradict each other"),
    "it is of an hour that is none": (_with(hour=23), 10, "contradict each other"),
    "an hour that is no number": (_with(hour="24"), 10, "lacks its key hour"),
    "another deployment was soaked": (_with(deployments=["dpl_other"]), 10, "not soaked alone: dpl_other was soaked"),
    "two deployments were soaked": (_with(deployments=["DEP", "b"]), 10, "DEP, b were soaked"),
    "the logs named no deployment": (_with(deployments=[]), 10, "the logs named none"),
    "some records named no deployment": (_with(unnamed_records=3), 10, "but 3 records name no deployment; to mend"),
    "nobody counted the records that name none": (_without("unnamed_records"), 10, "lacks its key unnamed_records"),
    "deployments that are no list": (_with(deployments="DEP"), 10, "lacks its key deployments"),
    "it was judged long ago": (_with(judged_at=LONG_AGO, start=LONG_AGO), 10, "ago, over 48 h"),
    "a soak of long ago was judged again": (_with(start=LONG_AGO), 10, "the soak ended at 2025-12-02 00:00 UTC"),
    "it was judged tomorrow": (_with(judged_at="2026-01-14T03:00:00Z"), 10, "which is still to come"),
    "nobody knows when it was judged": (_with(judged_at=None), 10, "lacks its key judged_at"),
    "it was judged at no time": (_with(judged_at="yesterday"), 10, "judged_at is no time"),
    "it was judged in no time zone": (_with(judged_at="2026-01-13T01:00:00"), 10, "no time with a zone"),
    "its start is the end of the calendar": (_with(start="9999-12-31T23:59:00Z"), 10, "no time with a zone"),
    "a failure was waived, and no more": (
        _with(waivers=[_waiver(NOW)]),
        10,
        "silence was waived until 2026-01-13 02:00",
    ),
    "a waiver without an end": (_with(waivers=[{"criterion": "silence"}]), 10, "lacks its key until"),
    "a waiver that is none": (_with(waivers=["silence"]), 10, "lacks its key until"),
    "nobody knows what was waived": (_without("waivers"), 10, "lacks its key waivers"),
    "it is of another version": (_with(schema=2), 10, "the schema 2, and this version knows 1 alone"),
    "it is of no version": (_without("schema"), 10, "the schema null"),
    "its version is true": (_with(schema=True), 10, "the schema true"),
    "a verdict that is none": (_with(verdict="ready"), 10, "none that is known"),
    "no verdict": (_without("verdict"), 10, "lacks its key verdict"),
    "no criteria": (_with(criteria=[]), 10, "it says READY, and tells nothing of evidence, success_rate"),
    "a required criterion that is FAIL": (_with_failure, 10, "it says READY, but its criteria do not"),
    "no word about the evidence": (_without_evidence, 10, "it says READY, and tells nothing of evidence"),
    "evidence that was not measured": (_of("evidence", outcome="NOT MEASURED"), 10, "but its criteria do not"),
    "a criterion that is FAIL without being required": (
        _of("response_quality", outcome="FAIL", required=False),
        10,
        "it says READY, but its criteria do not",
    ),
    "a waived failure whose waiver is gone": (
        _of("silence", waived={"outcome": "FAIL"}),
        10,
        "its waiver does not stand there",
    ),
    "it was judged before the soak had ended": (_with(start="2026-01-12T10:00:00Z"), 10, "before the soak ended at"),
    "no criterion that is required": (_none_required, 10, "evidence is said not to be required, which it is"),
}


@pytest.mark.parametrize(("change", "code", "said"), BLOCKED.values(), ids=BLOCKED)
def test_anything_else_blocks(ready: str, deployment: str, gate: Say, change: Change, code: int, said: str) -> None:
    """One change takes the permission away, and the line says which it was."""
    changed = json.dumps(change(json.loads(ready))).replace("DEP", deployment)
    given, line = gate(changed, f"--deployment={deployment}")
    assert (given, said.replace("DEP", deployment) in line) == (code, True), line
    assert line.startswith("NOT READY: do not deploy: " if code == 1 else "NOT JUDGED: do not deploy: ")
    assert "to mend: " in line


UNREADABLE: Mapping[str, tuple[str | bytes | None, str]] = {
    "no file": (None, "verdict.json cannot be read (No such file or directory)"),
    "an empty file": ("", "no JSON"),
    "half a file": ('{"schema": 1, "verd', "no JSON"),
    "bytes that are no text": (b"\xff\xfe{}", "cannot be read ("),
    "a list": ("[]", "no JSON object"),
    "brackets without end": ("[" * 100_000, "no JSON"),
    "a run that did not finish": (unfinished(24), "the run did not finish"),
    "a verdict that is not a number": ('{"schema": NaN}', "NaN is no number of JSON"),
    "a key that stands there twice": ('{"schema": 1, "schema": 1}', "a key stands there twice"),
}


@pytest.mark.parametrize(("text", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_blocks(gate: Say, text: str | bytes | None, said: str) -> None:
    """It is NOT JUDGED, never a traceback, and never READY."""
    code, line = gate(text, "--deployment=any")
    assert (code, said in line) == (10, True), line


def test_a_folder_blocks(tmp_path: Path, gate: Say) -> None:
    """So does anything that is no ordinary file, which may never end."""
    (tmp_path / "verdict.json").mkdir()
    assert gate(None, "--deployment=any")[0] == State.NOT_JUDGED.exit_code


def test_age_is_counted_to_the_hour_that_was_asked_for(ready: str, gate: Say) -> None:
    """The end of the soak lies two hours back: that is not over two hours, and it is over one."""
    assert gate(ready, "--deployment=any", "--max-age-hours=2")[0] == 0
    assert gate(ready, "--deployment=any", "--max-age-hours=1.9")[0] == State.NOT_JUDGED.exit_code


MISTAKES: Mapping[str, tuple[list[str], str]] = {
    "no deployment": ([], "name what is to be deployed with --deployment=ID"),
    "a deployment from a variable that is not set": (["--deployment="], "--deployment=: it is empty"),
    "an hour that is none": (["--deployment=any", "--hour=5"], "no such checkpoint"),
    "the hour at which nothing is judged": (["--deployment=any", "--hour=0"], "nothing is judged then"),
    "the hour that is due": (["--deployment=any", "--hour=due"], "no such checkpoint"),
    "an age that is no number": (["--deployment=any", "--max-age-hours=old"], "no number of hours"),
    "an age of nothing": (["--deployment=any", "--max-age-hours=0"], "no number of hours over 0"),
    "an age from a variable that is not set": (["--deployment=any", "--max-age-hours="], "no number of hours"),
    "an age without end": (["--deployment=any", "--max-age-hours=inf"], "no number of hours"),
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_usage(
    ready: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """A gate that was not asked properly does not pass either."""
    (tmp_path / "verdict.json").write_text(ready, "utf-8")
    assert main(["gate", str(tmp_path / "verdict.json"), *arguments]) == 4
    err = capsys.readouterr().err
    assert err.startswith("ERROR: ")
    assert said in err
    assert err.count("\n") == 1


def test_a_gate_whose_clock_was_set_opens_for_nothing(
    ready: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever makes an old verdict young again can be seen to do so, and gets nothing for it."""
    (tmp_path / "verdict.json").write_text(ready, "utf-8")
    monkeypatch.setenv("LOGPARSE_NOW", NOW.isoformat())
    assert main(["gate", str(tmp_path / "verdict.json"), "--deployment=any"]) == 10
    told = capsys.readouterr()
    assert "the clock was set to 2026-01-13 02:00 UTC by LOGPARSE_NOW" in told.err
    assert "a gate whose clock was set by LOGPARSE_NOW is a rehearsal" in told.out
