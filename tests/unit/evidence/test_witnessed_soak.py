"""A soak with the provider's list beside its logs, collected from a real server and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.collect.kapso.webhooks import make_kapso
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.judge import judge
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.schedule import Soak, StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.sources.delivery_server import KEY, deliveries_served, delivery
from tests.builders.sources.made_source import MadeSource
from tests.builders.sources.patience import patient_clock
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import vercel_row

NOW = START + timedelta(hours=25)
DAY = steady_day(START, deliveries=240)
ROWS = [
    (START + timedelta(milliseconds=request.time_ms - START.timestamp() * 1000), vercel_row(request).strip())
    for request in DAY
]
DELIVERED = [(moment, row) for moment, row in ROWS if "Received payload" in row and "statuses" not in row]
TIMES = [moment for moment, _ in DELIVERED]
SOUND = [delivery(moment, number) for number, moment in enumerate(TIMES)]


def _logs_collected(folder: Path, lost: int = 0) -> None:
    """The logs of the day, but for some of the requests that brought a message."""
    gone = set(DELIVERED[100 : 100 + lost])
    source = MadeSource([row for row in ROWS if row not in gone])
    one = Round(Soak(START), up_to(24), source, folder / "logs", timedelta(0), lambda: NOW)
    assert all(not collection.problem for _, collection in collect_windows(one))


def _list_collected(folder: Path, entries: Sequence[Mapping[str, Any]], key: str = KEY) -> None:
    with deliveries_served(entries[::-1]) as server:
        clock = replace(patient_clock([]), now=lambda: NOW)
        source = make_kapso(parse({"kapso_api": server.origin}).collecting, {"KAPSO_API_KEY": key}, clock)
        list(collect_windows(Round(Soak(START), up_to(24), source, folder / "logs", timedelta(0), lambda: NOW)))


def _judged(folder: Path) -> Verdict:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    return judge(asked(24, ("logs/",), folder, START, StartSource.OPTION, NOW, work, work), parse())


def test_list_that_agrees_changes_nothing(tmp_path: Path) -> None:
    """Its files are no logs: nothing of them is read as one, and nothing is warned of."""
    _logs_collected(tmp_path)
    before = _judged(tmp_path)
    _list_collected(tmp_path, SOUND)
    verdict = _judged(tmp_path)
    assert (verdict.state, verdict.criterion("evidence").outcome) == (State.READY, Outcome.PASS)
    assert verdict.metrics == before.metrics
    assert [file.path for file in verdict.files] == [file.path for file in before.files]


def test_delivery_that_failed_there_fails_the_soak(tmp_path: Path) -> None:
    """The bot's log shows nothing of it."""
    _logs_collected(tmp_path)
    _list_collected(tmp_path, [*SOUND, delivery(TIMES[100], 999, status="failed", error="connection refused")])
    verdict = _judged(tmp_path)
    judgement = verdict.criterion("delivery_failures")
    assert (verdict.state, judgement.outcome, judgement.count) == (State.NOT_READY, Outcome.FAIL, 1)
    assert "by the provider's list 1 delivery failed (most often: connection refused)" in judgement.reason


def test_numbers_that_disagree_are_said(tmp_path: Path) -> None:
    """Deliveries that arrived, and of which the logs know nothing: lines were lost."""
    _logs_collected(tmp_path, lost=6)
    _list_collected(tmp_path, SOUND)
    evidence = _judged(tmp_path).criterion("evidence")
    assert evidence.outcome is Outcome.WARN
    assert evidence.reason == (
        "the logs hold 234 deliveries in windows 4, 8, 12, 16, 20, 24, and by the provider's list 240 arrived "
        "(240 with a message)"
    )


@pytest.mark.slow
def test_few_more_or_less_are_no_disagreement(tmp_path: Path) -> None:
    """At the edges of a window a delivery may be in another one."""
    _logs_collected(tmp_path, lost=3)
    _list_collected(tmp_path, SOUND)
    assert _judged(tmp_path).criterion("evidence").outcome is Outcome.PASS


def test_list_proves_nothing_of_the_logs(tmp_path: Path) -> None:
    """Its manifests are no manifests of logs: a window whose logs are missing is not judged."""
    _list_collected(tmp_path, SOUND)
    verdict = _judged(tmp_path)
    assert verdict.state is State.NOT_JUDGED
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED
    assert verdict.files == ()


@pytest.mark.slow
def test_list_that_could_not_be_fetched_is_said(tmp_path: Path) -> None:
    """The logs are judged without it."""
    _logs_collected(tmp_path)
    _list_collected(tmp_path, SOUND, key="wrong")
    verdict = _judged(tmp_path)
    evidence = verdict.criterion("evidence")
    assert (verdict.state, evidence.outcome) == (State.READY, Outcome.WARN)
    assert "the provider's list of deliveries: the collection lacks" in evidence.reason
    assert "does not accept KAPSO_API_KEY" in evidence.reason


@pytest.mark.slow
def test_list_that_was_changed_is_not_judged(tmp_path: Path) -> None:
    """A failed delivery may have been taken out of it."""
    _logs_collected(tmp_path)
    _list_collected(tmp_path, SOUND)
    (path, *_) = sorted((tmp_path / "logs").rglob("kapso-hour-12.jsonl"))
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[1:]) + "\nand more\n", "utf-8")
    reason = _judged(tmp_path).criterion("evidence").reason
    assert "kapso-hour-12.jsonl.manifest.json: the log file beside it is not the file that was collected" in reason
    assert "is no delivery of the provider's list" in reason


@pytest.mark.slow
def test_window_without_deliveries_is_an_empty_file(tmp_path: Path) -> None:
    """It is no empty log."""
    _logs_collected(tmp_path)
    _list_collected(
        tmp_path, [one for one, moment in zip(SOUND, TIMES, strict=True) if moment < START + timedelta(hours=20)]
    )
    assert [path.stat().st_size for path in (tmp_path / "logs").rglob("kapso-hour-24.jsonl")] == [0]
    reason = _judged(tmp_path).criterion("evidence").reason
    assert "0 bytes" not in reason
    assert "by the provider's list" in reason
