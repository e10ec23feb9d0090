"""Checkpoints without anybody at hand: the hour that is due is collected and judged, by the command of a cron line."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.clock import due_hour
from logparse.values.schedule import CHECKPOINTS, Soak
from tests.builders.counted import START
from tests.builders.sources.log_server import TOKEN, Plan, Served, served
from tests.runs.command_line import Desk, Outcome
from tests.scenarios.traffic import Request, steady_day

DAY = steady_day(START, deliveries=240)


def row_of(request: Request) -> Mapping[str, Any]:
    """A request as the API answers with it."""
    moment = START + timedelta(milliseconds=request.time_ms - START.timestamp() * 1000)
    return {
        "requestId": request.id,
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "deploymentId": request.deployment,
        "requestMethod": request.method,
        "requestPath": request.path,
        "statusCode": request.status,
        "environment": request.environment,
        "logs": [{"level": m.level, "message": m.text, "messageTruncated": False} for m in request.messages],
    }


PLAN = Plan(rows=[row_of(request) for request in DAY])


def _due(desk: Desk, server: Served, now: datetime, *more: str) -> Outcome:
    """What a cron line runs, at a time of its clock; what begins the soak is run by hand."""
    desk.logs.mkdir(exist_ok=True)
    return desk.run(
        "--hour=0" if now == START else "--hour=due",
        "--collect=vercel",
        *("-o", f"vercel_api={server.origin}", "-o", "vercel_project=bot", "-o", "vercel_team=acme"),
        *more,
        environment={"LOGPARSE_NOW": now.isoformat(), "VERCEL_TOKEN": TOKEN},
    )


def _at(hour: int) -> datetime:
    return START + timedelta(hours=hour, minutes=3)


def test_whole_soak_of_seven_runs_is_ready(tmp_path: Path) -> None:
    """From an empty folder, begun by hand, and the same command at each checkpoint: ready so far, and in the end."""
    desk = Desk(tmp_path)
    with served(PLAN) as server:
        runs = [_due(desk, server, START)] + [_due(desk, server, _at(hour)) for hour in CHECKPOINTS[1:]]
    assert [run.exit_code for run in runs] == [0] * 7, runs[-1].output
    assert [run.verdict["verdict"] for run in runs] == ["STARTED", *["READY"] * 6]
    assert [run.verdict["hour"] for run in runs] == list(CHECKPOINTS)
    assert runs[-1].outcomes["evidence"] == "PASS"
    assert "Production Ready: YES" in desk.document.read_text("utf-8")
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]
    assert not any(TOKEN in run.output for run in runs)


def test_window_that_could_not_be_collected_is_made_good_later(tmp_path: Path) -> None:
    """With the server down for one checkpoint it is not judged, with the cause; collected later, the soak is ready."""
    desk = Desk(tmp_path)
    with served(PLAN) as server:
        for hour in (0, 4, 8):
            assert _due(desk, server, START if hour == 0 else _at(hour)).exit_code == 0
        gone = server.origin
    down = _due(desk, Served(gone), _at(12))
    assert (down.exit_code, down.verdict["verdict"]) == (10, "NOT JUDGED"), down.output
    assert "window 12 is not whole" in down.output
    assert "cannot be reached" in down.output or "refused" in down.output, down.output
    with served(PLAN) as server:
        later = [_due(desk, server, _at(hour)) for hour in (16, 20, 24)]
    assert [run.verdict["verdict"] for run in later] == ["READY"] * 3, later[0].output
    assert later[-1].outcomes["evidence"] == "PASS"


def test_missing_token_changes_nothing(tmp_path: Path) -> None:
    """Without its secret a source cannot be asked, which is known before anything is done."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    run = desk.run("--hour=due", "--collect=vercel", "-o", "vercel_project=bot", environment={"VERCEL_TOKEN": ""})
    assert run.exit_code == 4
    assert "VERCEL_TOKEN" in run.output
    assert not desk.document.exists()


def test_missed_hours_are_named(tmp_path: Path) -> None:
    """A checkpoint that was never run is told by the next one that is."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    desk.run("--hour=0", environment={"LOGPARSE_NOW": START.isoformat()})
    run = desk.run("--hour=due", environment={"LOGPARSE_NOW": _at(12).isoformat()})
    assert run.verdict["hour"] == 12
    assert "missed: hours 4, 8" in run.output
    assert "the clock was set to" in run.output


DUE = {
    "at its start": (0, 0),
    "a minute before the first checkpoint": (239, 0),
    "at the first checkpoint, before its logs have settled": (240, 4),
    "long after the end": (5_000, 24),
}


@pytest.mark.parametrize(("minutes", "hour"), DUE.values(), ids=DUE)
def test_hour_that_is_due(minutes: int, hour: int) -> None:
    """The last checkpoint that the clock has passed, whether or not its logs have settled."""
    assert due_hour(Soak(START), START + timedelta(minutes=minutes)) == hour
