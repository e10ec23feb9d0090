"""``logparse tally``: what is counted without judging, how it is printed, and how the command ends."""

import gzip
import io
import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.__main__ import main
from logparse.judge import judge
from logparse.report.counts import counts_table
from logparse.settings.checked import parse
from logparse.tallying import BUCKETS, Bucket, Tallying
from logparse.text.claims import NBSP
from logparse.values.file_account import FileAccount
from logparse.values.flags import ErrorKind
from logparse.values.metrics import Metrics
from logparse.values.schedule import Span, StartSource
from logparse.verdicts.verdict import to_json
from tests.builders.asked import asked
from tests.builders.counted import NOW, START
from tests.builders.hostile_texts import HOSTILE
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import WRITERS

pytestmark = pytest.mark.counts

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "tallying.md").read_text("utf-8")
DAY = steady_day(START, deliveries=40, seed=3)
ROWS = WRITERS["vercel-rows"].write(DAY)
TEXT = WRITERS["iso-text"].write(DAY)

SUMS = ("deliveries", "processed", "replies", "errors", "records", "response_ms_sum", "receipts", "fallback_replies")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a log of one day, in which commands are given."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "day.jsonl").write_bytes(ROWS)
    return tmp_path


def counted(capsys: pytest.CaptureFixture[str], *arguments: str) -> Mapping[str, Any]:
    """What the command says of logs that it reads wholly."""
    assert main(["tally", "--json", *arguments]) == 0
    found: Mapping[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_it_counts_what_a_judging_run_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers of a day, its kinds of error and the account of its lines are those of the verdict at hour 24."""
    found = counted(capsys, "day.jsonl")
    request = asked(24, ("day.jsonl",), folder, START, StartSource.OPTION, NOW, folder, folder)
    verdict = json.loads(to_json(judge(request, parse())))
    assert found["metrics"] == verdict["metrics"]
    assert found["lines"] == verdict["lines"]
    assert found["files"] == verdict["files"]
    without_places = [{**kind, "place": None} for kind in verdict["error_kinds"]]
    assert found["error_kinds"] == without_places


@pytest.mark.parametrize("by", BUCKETS)
def test_stretches_of_time_add_up_to_the_whole(folder: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    """However finely it is counted, nothing is lost between two stretches, and none is told that holds nothing."""
    found = counted(capsys, "day.jsonl", f"--by={by}")
    assert found["by"] == by
    for name in SUMS:
        assert sum(bucket["metrics"][name] for bucket in found["buckets"]) == found["metrics"][name], name
    assert all(bucket["metrics"]["records"] for bucket in found["buckets"])
    assert len({bucket["from"] for bucket in found["buckets"]}) == len(found["buckets"])


@pytest.fixture
def _logs(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\nlogs = day.jsonl\n")


@pytest.mark.usefixtures("_logs")
def test_without_a_path_the_setting_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The logs are those of the setting, and the tally is kept where pytest keeps its own."""
    assert [file["path"] for file in counted(capsys)["files"]] == ["day.jsonl"]
    assert list((folder / ".pytest_cache" / "d" / "logparse").glob("*.parquet"))


def test_windows_begin_at_the_start_of_the_soak(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a start they count from it, without one from midnight UTC."""
    begins = [bucket["from"] for bucket in counted(capsys, "day.jsonl", "--by=window")["buckets"]]
    assert begins[0] == "2026-01-12T00:00:00Z"
    shifted = counted(capsys, "day.jsonl", "--by=window", "--start=2026-01-12T01:30Z")
    assert [bucket["from"] for bucket in shifted["buckets"]][:2] == ["2026-01-11T21:30:00Z", "2026-01-12T01:30:00Z"]


@pytest.mark.slow
def test_what_was_fetched_twice_counts_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second file with the same rows changes no number but that of the duplicates."""
    once = counted(capsys, "day.jsonl")["metrics"]
    (folder / "again.jsonl").write_bytes(ROWS)
    both = counted(capsys, "*.jsonl")
    assert both["metrics"] == once
    assert both["lines"]["duplicate"] == len(ROWS.splitlines())


def test_standard_input_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is sent into the command is a log like any other."""
    expected = counted(capsys, "day.jsonl")["metrics"]
    with (folder / "day.jsonl").open("rb") as log:
        before = os.dup(0)
        try:
            os.dup2(log.fileno(), 0)
            found = counted(capsys, "-")
        finally:
            os.dup2(before, 0)
            os.close(before)
    assert found["metrics"] == expected
    assert [file["path"] for file in found["files"]] == ["(standard input)"]


BROKEN: Mapping[str, tuple[dict[str, bytes], str]] = {
    "a file that is not there": ({}, "is not there"),
    "an empty file": ({"broken": b""}, "is empty"),
    "a torn file": ({"broken": ROWS[:-40]}, "the last row is torn"),
    "a gzip file that was cut": ({"broken": gzip.compress(ROWS)[:-30]}, "cannot be read to its end"),
    "a file of something else": ({"broken": b"# Shopping\n"}, "is in no known format"),
    "half of the lines unreadable": ({"broken": TEXT + b"[ARI] no time\n" * 400}, "could not be read"),
    "the same day in two formats": ({"broken": TEXT}, "were counted more than once|was counted more than once"),
}


@pytest.mark.parametrize(("files", "said"), BROKEN.values(), ids=BROKEN)
def test_what_was_not_counted_is_said_and_fails(
    folder: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes], said: str
) -> None:
    """What could be read is printed all the same, with each problem beside it; the exit code is that of NOT JUDGED."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert main(["tally", "--json", "day.jsonl", "broken"]) == 10
    found = json.loads(capsys.readouterr().out)
    assert found["complete"] is False
    assert found["metrics"]["deliveries"]
    assert any(re.search(said, problem["text"]) for problem in found["problems"]), found["problems"]
    assert main(["tally", "day.jsonl", "broken"]) == 10
    assert re.search(said, capsys.readouterr().out)


def test_no_file_at_all_is_not_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A glob that matches nothing is told, not counted as zero."""
    assert main(["tally", "*.txt"]) == 10
    assert "no log file was found under *.txt" in capsys.readouterr().out


MISTAKES = {
    "both forms": (["--json", "--table"], "choose one of them"),
    "an empty path": ([""], "a path is empty"),
    "a stretch that nobody knows": (["--by=year"], "invalid choice"),
    "a setting that nobody knows": (["-o", "colour=red"], "there is no such setting"),
    "a pattern that does not compile": (["-o", "event_reply=(["], "not usable as a regular expression"),
    "a start without a zone": (["--start=2026-01-12"], "has no time zone"),
    "an option of nothing": (["--hour=4"], "unrecognized arguments"),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_end_with_the_code_of_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """One line says what is wrong, and nothing is counted."""
    assert main(["tally", "day.jsonl", *arguments]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_terminal_as_standard_input_is_a_mistake(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nobody types logs, so the command would wait for ever."""
    monkeypatch.setattr("os.isatty", lambda descriptor: True)
    errors = io.StringIO()
    monkeypatch.setattr("sys.stderr", errors)
    assert main(["tally", "-"]) == 4
    assert "no log comes from standard input" in errors.getvalue()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_table_obeys_no_log(text: str) -> None:
    """Whatever a kind of error, a file or a problem is called, each line of the table is one harmless line."""
    span = Span(START, START + timedelta(hours=1))
    told = Tallying(
        metrics=Metrics(records=1),
        recorded=span,
        by="hour",
        buckets=(Bucket(span, Metrics(records=1)),),
        untimed=0,
        error_kinds=(ErrorKind(text, 1, START, START),),
        deployments=(text,),
        files=(FileAccount(text, "", text, {"records": 1}, 1),),
        problems=(),
    )
    lines = list(counts_table(told))
    assert len(lines) == len(list(counts_table(replace(told, error_kinds=(ErrorKind("x", 1, START, START),)))))
    for line in lines:
        # The no-break space is seen: it breaks a claim of readiness.
        assert all(sign.isprintable() or sign == NBSP for sign in line), line
        assert "Production Ready: YES" not in line
        assert not re.match(r"\s*::", line)
        assert "##[" not in line


def test_stretches_without_any_record_are_told_in_the_table() -> None:
    """What lies between two stretches and holds nothing has a line of its own."""
    hours = [Span(START + timedelta(hours=at), START + timedelta(hours=at + 1)) for at in (0, 3)]
    told = Tallying(
        metrics=Metrics(records=2),
        recorded=Span(hours[0].start, hours[1].end),
        by="hour",
        buckets=tuple(Bucket(hour, Metrics(records=1)) for hour in hours),
        untimed=0,
        error_kinds=(),
        deployments=(),
        files=(),
        problems=(),
    )
    assert any("2026-01-12 01:00" in line and "none, 2 hours" in line for line in counts_table(told))


OTHER_BOT = [f"-oevent_{name}=Another bot (\\d)" for name in ("delivery", "processing", "reply")]
NO_SIGNATURES = [f"-oevent_signature_{name}=Another bot" for name in ("verified", "failure")]


def test_words_that_are_not_known_are_a_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are printed, with what the bot says and the settings to set; the command ends with 10."""
    assert main(["tally", "day.jsonl", *OTHER_BOT, *NO_SIGNATURES]) == 10
    told = capsys.readouterr().out
    assert "none is a delivery, a receipt, a signature, processing or a reply: the bot's words are not known" in told
    assert '40 × "[ARI] Processing message for contact' in told
    assert "  to mend: set event_delivery, event_processing, event_reply in pytest.ini" in told
    assert main(["tally", "--json", "day.jsonl", *OTHER_BOT, *NO_SIGNATURES]) == 10
    found = json.loads(capsys.readouterr().out)
    assert (found["complete"], [problem["kind"] for problem in found["problems"]]) == (False, ["words"])


@pytest.mark.parametrize("unknown", OTHER_BOT[:2])
def test_counts_that_contradict_each_other_are_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str], unknown: str
) -> None:
    """Processed and not delivered, answered and not processed."""
    assert main(["tally", "day.jsonl", unknown]) == 10
    assert "NOT COUNTED WHOLLY: the counts contradict each other: 40 " in capsys.readouterr().out


@pytest.mark.slow
def test_two_patterns_of_the_same_line_are_told_and_are_no_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All is counted, once."""
    both = r"-oevent_send_failure=\[ARI\] Response sent"
    assert main(["tally", "day.jsonl", both]) == 0
    assert "LOOK: event_reply and event_send_failure match the same 40 lines" in capsys.readouterr().out
    (overlap,) = counted(capsys, "day.jsonl", both)["overlaps"]
    assert (overlap["first"], overlap["second"], overlap["records"]) == ("reply", "send_failure", 40)
    assert overlap["message"].startswith("[ARI] Response sent in Nms")


def test_the_page_names_the_options_and_the_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tables of docs/tallying.md are those of the command and of what it prints."""
    options = set(re.findall(r"--[a-z]+", _help(capsys))) - {"--help"}
    assert options == set(re.findall(r"^\| `(--[a-z]+)", PAGE, flags=re.MULTILINE))
    listed = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", PAGE.split("## The JSON form")[1], flags=re.MULTILINE)
    keys = [key for cell in listed for key in re.findall(r"`([a-z_]+)`", cell)]
    assert keys == list(counted(capsys, "day.jsonl"))


def _help(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(["tally", "--help"])
    return capsys.readouterr().out
