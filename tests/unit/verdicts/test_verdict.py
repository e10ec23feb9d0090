"""The verdict: what a run concluded, as one value and as JSON."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.judge import judge
from logparse.outcome import Outcome, State
from logparse.settings.checked import SETTINGS, parse
from logparse.values.criteria import criterion_of
from logparse.values.judgement import Judgement
from logparse.values.records import LINE_CLASSES
from logparse.values.schedule import CHECKPOINTS, StartSource
from logparse.verdicts.verdict import Verdict, from_json, to_json, unfinished
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios import traps
from tests.scenarios.scenario import steady
from tests.scenarios.writers import write_vercel

JUDGEMENTS = tuple(Judgement(name, name, Outcome.PASS, "fine") for name in ("evidence", "silence", "error_rate"))
CALM = Verdict(24, State.READY, START, StartSource.OPTION, JUDGEMENTS)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What is concluded of a day with a wrong signature and every harmless trap."""
    folder: Path = tmp_path_factory.mktemp("verdict")
    (folder / "log").write_bytes(write_vercel(traps.rejected_signature(traps.all_harmless(steady()))))
    now = START + timedelta(hours=25)
    request = asked(24, ("log",), folder, START, StartSource.OPTION, now, folder, folder)
    return judge(request, parse())


@pytest.fixture(scope="module")
def document(verdict: Verdict) -> dict[str, Any]:
    """The same as a machine reads it."""
    read: dict[str, Any] = json.loads(to_json(verdict))
    return read


def test_the_gate_finds_what_it_asks_for(document: dict[str, Any]) -> None:
    """The verdict, whether it is final, and why, stand at the top."""
    assert (document["verdict"], document["final"], document["hour"]) == ("NOT READY", True, 24)
    assert "1 failure" in document["reason"]
    assert (document["start"], document["start_source"]) == ("2026-01-12T00:00:00Z", "--start")


def test_every_criterion_is_there_with_its_numbers(document: dict[str, Any]) -> None:
    """Passed ones too, each with value, limit, counts and interval at full precision."""
    rates = {criterion["name"]: criterion for criterion in document["criteria"]}
    assert len(rates) == 12
    success = rates["success_rate"]
    assert (success["outcome"], success["value"], success["limit"]) == ("PASS", 100.0, 95.0)
    assert (success["count"], success["of"]) == (300, 300)
    assert success["interval"] == pytest.approx([98.7357, 100], abs=1e-3)


def test_windows_add_up_to_the_whole(document: dict[str, Any]) -> None:
    """The counts of the six windows are the counts since the start."""
    for name in ("deliveries", "processed", "replies", "errors", "records", "left_out", "response_ms_sum"):
        assert sum(window["metrics"][name] for window in document["windows"]) == document["metrics"][name]


def test_every_line_is_accounted_for(document: dict[str, Any]) -> None:
    """Per file and in sum, in every class of lines."""
    (file,) = document["files"]
    assert set(document["lines"]) == set(LINE_CLASSES)
    assert sum(document["lines"].values()) == sum(file["lines"].values())
    assert file["lines"].items() <= document["lines"].items()


def test_json_holds_nothing_that_only_python_knows(verdict: Verdict) -> None:
    """No NaN, no infinity, and the same verdict is the same text."""
    text = to_json(verdict)
    assert json.loads(text, parse_constant=pytest.fail) is not None
    assert text == to_json(verdict)
    assert text.endswith("}\n")


@pytest.mark.parametrize("hour", CHECKPOINTS)
def test_a_run_that_did_not_finish_leaves_no_ready(hour: int) -> None:
    """What stands there while a run is under way is NOT JUDGED."""
    document = json.loads(unfinished(hour))
    assert (document["verdict"], document["reason"]) == ("NOT JUDGED", "the run did not finish")
    assert document["final"] is (hour == 24)


@pytest.mark.parametrize(
    ("hour", "state", "title"),
    [
        (24, State.READY, "READY"),
        (12, State.READY, "READY so far, hour 12 of 24"),
        (12, State.NOT_READY, "NOT READY"),
        (0, State.STARTED, "STARTED"),
    ],
)
def test_ready_before_the_end_is_ready_so_far(hour: int, state: State, title: str) -> None:
    """Only hour 24 is final."""
    verdict = replace(CALM, hour=hour, state=state)
    assert (verdict.title, verdict.final) == (title, hour == 24)


def test_a_test_that_ends_strangely_is_not_judged() -> None:
    """A bug or a timeout in a test takes away a PASS, and never a FAIL."""
    strange = CALM.with_not_judged("silence", "the test timed out")
    assert (strange.state, strange.criterion("silence").reason) == (State.NOT_JUDGED, "the test timed out")
    assert (strange.reason, strange.mend) == ("silence: the test timed out", "run again")
    assert strange.with_not_judged("error_rate", "x").reason == "silence: the test timed out; error_rate: x"
    failed = replace(CALM, criteria=tuple(replace(one, outcome=Outcome.FAIL) for one in JUDGEMENTS))
    assert failed.with_not_judged("silence", "x").criterion("silence").outcome is Outcome.FAIL
    assert failed.with_not_judged("silence", "x").state is State.NOT_READY
    assert failed.with_not_judged("silence", "x").reason == failed.reason


@pytest.mark.parametrize(
    ("name", "required", "stopped"), [("silence", True, True), ("silence", False, False), ("error_rate", True, False)]
)
def test_only_some_failures_stop_the_soak(name: str, required: bool, stopped: bool) -> None:
    """A bot that does not answer must not go on; a rate may still recover."""
    failed = tuple(
        replace(one, outcome=Outcome.FAIL, required=required) if one.name == name else one for one in JUDGEMENTS
    )
    assert replace(CALM, state=State.NOT_READY, criteria=failed).stopped is stopped
    assert criterion_of(name).stops is (name == "silence")


def test_a_criterion_that_was_not_judged_is_a_key_error() -> None:
    """At hour 0 there is none."""
    with pytest.raises(KeyError):
        replace(CALM, criteria=()).criterion("silence")


def test_the_course_of_the_soak_is_told(document: dict[str, Any], verdict: Verdict) -> None:
    """Its slots, response times and checkpoints hold what the sums do, and what is written is read back as it was."""
    for name in ("deliveries", "processed", "errors", "replies"):
        assert sum(slot[name] for slot in document["slots"]) == document["metrics"][name] > 0
    assert len(document["slots"]) == 96
    assert sum(bar["count"] for bar in document["response_times"]) == document["metrics"]["replies"]
    assert max(slot["response_ms_max"] or 0 for slot in document["slots"]) == document["metrics"]["response_ms_max"]
    assert [checkpoint["hour"] for checkpoint in document["checkpoints"]] == [4, 8, 12, 16, 20, 24]
    last = document["checkpoints"][-1]
    assert last["outcomes"] == {criterion["name"]: criterion["outcome"] for criterion in document["criteria"]}
    assert last["verdict"] == document["verdict"]
    assert document["would_change"][0].startswith("Signature failures: it has happened")
    assert from_json(to_json(verdict), "verdict.json") == verdict


def test_the_settings_in_force_are_told_without_what_they_hide(tmp_path: Path) -> None:
    """Those that differ from their default are marked; secrets are masked, and what is to be masked is not told."""
    written = {
        "silence_limit": "90",
        "mask": "Budi\nSantoso",
        "collect_command": "fetch --token=abcdef123456",
        "title": " ",
    }
    (tmp_path / "log").write_bytes(write_vercel(steady()[:5]))
    now = START + timedelta(hours=25)
    told = judge(asked(4, ("log",), tmp_path, START, StartSource.OPTION, now, tmp_path, tmp_path), parse(written))
    changed = {setting.name: setting.value for setting in told.settings if setting.changed}
    assert changed == {
        "silence_limit": "90",
        "mask": "2 (not shown)",
        "collect_command": "fetch --token=***",
        "title": "",
    }
    assert len(told.settings) == len(SETTINGS)
