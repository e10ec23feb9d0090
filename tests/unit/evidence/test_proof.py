"""Manifests as evidence: what they prove is no hole, and what contradicts them is not judged."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import WindowTask, collect
from logparse.judge import judge
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.storage.manifest import from_json, manifest_path, to_json
from logparse.values.schedule import Soak, StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.sources.made_source import MadeSource
from tests.scenarios.traffic import Request as Traffic
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import vercel_row

pytestmark = pytest.mark.counts

NOW = START + timedelta(hours=25)
FOLDER = f"{START:%Y-%m-%dT%H%MZ}"


def _rows(day: Sequence[Traffic]) -> list[tuple[datetime, str]]:
    return [(_time(request), vercel_row(request).strip()) for request in day]


def _time(request: Traffic) -> datetime:
    return START + timedelta(milliseconds=request.time_ms - START.timestamp() * 1000)


def _collect(
    folder: Path, day: Sequence[Traffic], hours: Sequence[int] = (4, 8, 12, 16, 20, 24), unproven: str = ""
) -> MadeSource:
    """Collects windows of a day into the folder of its soak."""
    source = MadeSource(_rows(day), unproven=unproven)
    for hour in hours:
        log = folder / "logs" / f"{START:%Y-%m-%dT%H%MZ}" / f"logs-hour-{hour:02d}.jsonl"
        assert collect(WindowTask(log, Soak(START).window(hour), timedelta(0), lambda: NOW), source).problem == ""
    return source


def _log(folder: Path, hour: int) -> Path:
    return folder / "logs" / f"{START:%Y-%m-%dT%H%MZ}" / f"logs-hour-{hour:02d}.jsonl"


def _judged(
    folder: Path,
    hour: int = 24,
    now: datetime = NOW,
    written: Mapping[str, str] | None = None,
    rehearsal: bool = False,
) -> Verdict:
    (folder / "work").mkdir(exist_ok=True)
    work = folder / "work"
    request = asked(hour, ("logs/",), folder, START, StartSource.OPTION, now, work, work, rehearsal=rehearsal)
    return judge(request, parse(written))


def _without(day: Sequence[Traffic], begin: float, end: float) -> list[Traffic]:
    times = [int((START + timedelta(hours=hour)).timestamp() * 1000) for hour in (begin, end)]
    return [request for request in day if not times[0] <= request.time_ms < times[1]]


DAY = steady_day(START, deliveries=240)


def test_collected_soak_is_proven_whole(tmp_path: Path) -> None:
    """With a manifest for each window the evidence passes, without a warning."""
    _collect(tmp_path, DAY)
    verdict = _judged(tmp_path)
    assert (verdict.state, verdict.criterion("evidence").outcome) == (State.READY, Outcome.PASS)


@pytest.mark.slow
def test_proven_emptiness_is_no_hole_but_silence(tmp_path: Path) -> None:
    """Where the logs were asked for wholly and came back empty, nothing happened: the bot got no messages."""
    _collect(tmp_path, _without(DAY, 9, 11))
    verdict = _judged(tmp_path)
    assert verdict.criterion("evidence").outcome is Outcome.PASS
    assert verdict.criterion("silence").outcome is Outcome.FAIL


def test_window_that_came_back_empty_is_evidence_of_no_traffic(tmp_path: Path) -> None:
    """An empty file with its proof is not an empty file."""
    _collect(tmp_path, _without(DAY, 8, 12))
    assert _log(tmp_path, 12).read_bytes() == b""
    verdict = _judged(tmp_path)
    assert verdict.criterion("evidence").outcome is Outcome.PASS
    assert verdict.criterion("silence").outcome is Outcome.FAIL


@pytest.mark.slow
def test_rows_as_many_as_a_limit_are_no_matter_when_proven(tmp_path: Path) -> None:
    """Exactly 100 rows are a coincidence where the source had no limit."""
    busy = steady_day(START, deliveries=720)
    _collect(tmp_path, [*_without(busy, 4, 24)[:100], *_without(busy, 0, 4)])
    assert len(_log(tmp_path, 4).read_bytes().splitlines()) == 100
    assert not [finding for finding in _judged(tmp_path).files if finding.problem]


NO_COINCIDENCE: Mapping[str, Mapping[str, object]] = {
    "a source that says no limit": {"limit": None},
    "a source that stopped at its limit": {"limit": 100, "each_at_once": True},
    "a source that does not know its end": {"unproven": "the tool tells no end"},
    "a source that does not know its end, with a limit": {"unproven": "the tool tells no end", "limit": 10_000},
}


@pytest.mark.parametrize("source", NO_COINCIDENCE.values(), ids=NO_COINCIDENCE)
def test_rows_as_many_as_a_limit_stand_where_no_manifest_disproves_it(
    tmp_path: Path, source: Mapping[str, object]
) -> None:
    """Exactly 100 rows are where a tool stops, unless the source says where it stops, and came to the end before."""
    busy = steady_day(START, deliveries=720)
    _collect(tmp_path, [*_without(busy, 4, 24)[:100], *_without(busy, 0, 4)], (8, 12, 16, 20, 24))
    made = MadeSource(_rows(_without(busy, 4, 24)[:100]))
    for name, value in source.items():
        setattr(made, name, value)
    collect(WindowTask(_log(tmp_path, 4), Soak(START).window(4), timedelta(0), lambda: NOW), made)
    verdict = _judged(tmp_path)
    assert [file.path for file in verdict.files if "exactly 100 rows" in file.problem] == [
        f"logs/{FOLDER}/logs-hour-04.jsonl"
    ]
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED


QUIET: Mapping[str, tuple[float, float, str]] = {
    "over two windows": (7, 13, "60"),
    "at the end": (20, 24, "60"),
    "a whole window, where holes are longer": (8, 12, "300"),
}


@pytest.mark.parametrize(("begin", "end", "limit"), QUIET.values(), ids=QUIET)
def test_empty_answer_of_a_source_without_an_end_makes_no_silence(
    tmp_path: Path, begin: float, end: float, limit: str
) -> None:
    """Windows that a command left empty tell nothing: not judged, and never the bot's fault."""
    _collect(tmp_path, _without(DAY, begin, end), unproven="the tool tells no end")
    verdict = _judged(tmp_path, written={"hole_limit": limit})
    assert verdict.criterion("silence").outcome is Outcome.NOT_JUDGED, verdict.criterion("silence").reason
    assert verdict.criterion("answering").outcome is not Outcome.FAIL
    assert (verdict.state, verdict.criterion("evidence").outcome) == (State.NOT_JUDGED, Outcome.NOT_JUDGED)
    assert "the tool tells no end" in verdict.criterion("evidence").reason


def test_silence_that_records_show_is_a_silence_all_the_same(tmp_path: Path) -> None:
    """Other records go on where no delivery came: that is seen, whoever printed them."""
    quiet = [request for request in DAY if not _is_between(request, 9, 11)]
    beats = [replace(request, path="/api/health", messages=()) for request in DAY if _is_between(request, 9, 11)]
    day = sorted([*quiet, *beats], key=lambda request: request.time_ms)
    _collect(tmp_path, day, unproven="the tool tells no end")
    assert _judged(tmp_path).criterion("silence").outcome is Outcome.FAIL


def _is_between(request: Traffic, begin: float, end: float) -> bool:
    return START + timedelta(hours=begin) <= _time(request) < START + timedelta(hours=end)


@pytest.mark.parametrize("held", ["<html>502 Bad Gateway</html>\n", "Error: no such container\n"], ids=["page", "tool"])
def test_proof_of_what_cannot_be_read_is_none(tmp_path: Path, held: str) -> None:
    """A file of no known format was asked for wholly, and what came tells nothing: not judged, and no silence."""
    _collect(tmp_path, DAY)
    log = _log(tmp_path, 12)
    log.write_text(held, "utf-8")
    manifest = from_json(manifest_path(log).read_text("utf-8"))
    manifest_path(log).write_text(to_json(replace(manifest, sha256=hashlib.sha256(held.encode()).hexdigest())), "utf-8")
    verdict = _judged(tmp_path)
    assert verdict.criterion("silence").outcome is Outcome.NOT_JUDGED
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED


def test_proof_that_an_earlier_version_took_of_a_command_is_none(tmp_path: Path) -> None:
    """Such manifests lie in folders of soaks that are going on."""
    _collect(tmp_path, _without(DAY, 8, 12))
    for hour in (4, 8, 12, 16, 20, 24):
        path = manifest_path(_log(tmp_path, hour))
        path.write_text(path.read_text("utf-8").replace('"source": "made"', '"source": "command"'), "utf-8")
    verdict = _judged(tmp_path)
    assert verdict.criterion("silence").outcome is Outcome.NOT_JUDGED
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED


STRANGERS: Mapping[str, tuple[Mapping[str, str], str]] = {
    "another project": ({"subject": "project b"}, "made: project b"),
    "another source": ({"name": "other", "subject": "project a"}, "other: project a"),
}


@pytest.mark.parametrize(("stranger", "named"), STRANGERS.values(), ids=STRANGERS)
def test_proof_of_another_request_is_none_and_is_told(tmp_path: Path, stranger: Mapping[str, str], named: str) -> None:
    """What was fetched last is what the soak is of; a manifest of another source or project does not make it whole."""
    for hour in (4, 8, 12, 16, 20, 24):
        source = MadeSource(_rows(DAY), **{"subject": "project a", **(stranger if hour == 8 else {})})  # type: ignore[arg-type]
        now = NOW - timedelta(minutes=30) if hour == 8 else NOW
        collect(WindowTask(_log(tmp_path, hour), Soak(START).window(hour), timedelta(0), lambda now=now: now), source)  # type: ignore[misc]
    verdict = _judged(tmp_path)
    evidence = verdict.criterion("evidence")
    assert (verdict.state, evidence.outcome) == (State.READY, Outcome.WARN)
    assert f"of another request ({named}), proves nothing for the logs of made: project a" in evidence.reason
    assert "window 8: not proven whole" in evidence.reason


@pytest.mark.slow
def test_proof_of_a_rehearsal_counts_in_a_rehearsal_alone(tmp_path: Path) -> None:
    """A clock that is set ahead ends windows that have not begun, and proves them to be empty."""
    for hour in (4, 8, 12, 16, 20, 24):
        task = WindowTask(_log(tmp_path, hour), Soak(START).window(hour), timedelta(0), lambda: NOW, rehearsal=True)
        collect(task, MadeSource(_rows(_without(DAY, 8, 12))))
    rehearsed, real = _judged(tmp_path, rehearsal=True), _judged(tmp_path)
    assert [one.criterion("silence").outcome for one in (rehearsed, real)] == [Outcome.FAIL, Outcome.NOT_JUDGED]
    assert [one.criterion("evidence").outcome for one in (rehearsed, real)] == [Outcome.PASS, Outcome.NOT_JUDGED]
    assert "while LOGPARSE_NOW set the clock" in real.criterion("evidence").reason


def _changed(folder: Path) -> None:
    log = _log(folder, 8)
    log.write_bytes(log.read_bytes() + log.read_bytes().splitlines(keepends=True)[0])


def _removed(folder: Path) -> None:
    _log(folder, 8).unlink()


def _broken(folder: Path) -> None:
    manifest_path(_log(folder, 8)).write_text("{", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_changed, "its sha256 differs"),
        (_removed, "the log file beside it is not there"),
        (_broken, "logs-hour-08.jsonl.manifest.json cannot be read"),
    ],
    ids=["changed", "removed", "broken manifest"],
)
def test_file_that_does_not_fit_its_manifest_is_not_judged(tmp_path: Path, spoil: object, said: str) -> None:
    """A proof that speaks of another file proves nothing, and says so."""
    _collect(tmp_path, DAY)
    assert callable(spoil)
    spoil(tmp_path)
    evidence = _judged(tmp_path).criterion("evidence")
    assert (evidence.outcome, said in evidence.reason) == (Outcome.NOT_JUDGED, True), evidence.reason


@pytest.mark.slow
def test_failed_collection_is_told_with_its_cause(tmp_path: Path) -> None:
    """A window that could not be fetched is not judged, and the reason is that of the source."""
    source = _collect(tmp_path, DAY, (4, 8, 12, 16, 20))
    source.fails_from = START + timedelta(hours=22)
    task = WindowTask(_log(tmp_path, 24), Soak(START).window(24), timedelta(0), lambda: NOW)
    collect(task, source)
    verdict = _judged(tmp_path)
    assert verdict.state is State.NOT_JUDGED
    assert "the server answers with HTTP 500" in verdict.criterion("evidence").reason
    source.fails_from = None
    collect(task, source)
    assert _judged(tmp_path).state is State.READY


def test_window_collected_before_its_end_is_not_whole(tmp_path: Path) -> None:
    """What had not settled when it was fetched is missing, however the file looks."""
    source = _collect(tmp_path, DAY, (4, 8, 12, 16, 20))
    early = START + timedelta(hours=23, minutes=50)
    collect(WindowTask(_log(tmp_path, 24), Soak(START).window(24), timedelta(minutes=2), lambda: early), source)
    evidence = _judged(tmp_path).criterion("evidence")
    assert evidence.outcome is Outcome.NOT_JUDGED
    assert "the collection lacks 2026-01-12 23:48 UTC to 2026-01-13 00:00 UTC" in evidence.reason


@pytest.mark.slow
def test_files_of_another_soak_are_left_out(tmp_path: Path) -> None:
    """A folder named after another start holds another soak."""
    _collect(tmp_path, DAY)
    older = tmp_path / "logs" / "2026-01-09T0600Z" / "logs-hour-04.jsonl"
    older.parent.mkdir()
    older.write_text("no logs at all", "utf-8")
    verdict = _judged(tmp_path)
    assert verdict.state is State.READY
    assert not any("2026-01-09" in file.path for file in verdict.files)


@pytest.mark.slow
def test_window_that_may_not_be_whole_is_a_warning_that_says_why(tmp_path: Path) -> None:
    """Its rows count, and its silence is no proof of silence."""
    for hour in (4, 8, 12, 16, 20, 24):
        source = MadeSource(_rows(DAY), unproven="" if hour < 24 else "the tool tells no end")
        collect(WindowTask(_log(tmp_path, hour), Soak(START).window(hour), timedelta(0), lambda: NOW), source)
    verdict = _judged(tmp_path)
    evidence = verdict.criterion("evidence")
    assert (verdict.state, evidence.outcome) == (State.READY, Outcome.WARN)
    assert evidence.reason == "window 24: not proven whole: the tool tells no end"


def test_window_that_may_not_be_whole_and_is_empty_is_not_judged(tmp_path: Path) -> None:
    """Only a proof shows that there was nothing."""
    _collect(tmp_path, DAY, hours=(4, 8, 12, 16, 20))
    source = MadeSource([], unproven="the tool tells no end")
    collect(WindowTask(_log(tmp_path, 24), Soak(START).window(24), timedelta(0), lambda: NOW), source)
    verdict = _judged(tmp_path)
    assert verdict.state is State.NOT_JUDGED
    assert "window 24" in verdict.criterion("evidence").reason
