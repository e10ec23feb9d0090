"""The identity of a soak: drawn at hour 0, kept in the document, and part of the name of the folder of its logs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from logparse import monitoring_log, run
from logparse.__main__ import main
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.errors import UsageProblem
from logparse.judge import judge
from logparse.options import Written, read_options
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.storage.places import find_logs, of_another, soak_folder
from logparse.values.schedule import SIGNS, Soak, StartSource, draw_identity
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.sources.log_server import TOKEN, Plan, served
from tests.builders.sources.made_requests import made_requests
from tests.builders.sources.made_source import MadeSource
from tests.scenarios.traffic import Request as Traffic
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import vercel_row

HOUR = timedelta(hours=1)


def _chance(signs: str) -> Callable[[str], str]:
    """Draws the given signs, over and over."""
    drawn: Iterator[str] = cycle(signs)
    return lambda text: next(drawn)


def _prepared(folder: Path, hour: str, signs: str = "k3w9pd", start: str | None = None, restart: bool = False) -> str:
    """The identity of a run that is made ready in a folder."""
    (folder / "logs").mkdir(exist_ok=True)
    written = Written(hour, [], None, start, restart, None, None, False)
    options = read_options(written, {}, folder, folder)
    prepared = run.prepare(options, lambda: START + timedelta(hours=int(hour)), {}, _chance(signs))
    assert isinstance(prepared, run.Prepared)
    if hour == "0":
        # What the run writes at its end.
        (folder / "cache").mkdir(exist_ok=True)
        run.write(prepared.options, run.carry_out(prepared, folder / "cache"))
    return prepared.options.began.identity


def test_six_signs_are_drawn() -> None:
    """Of those that people do not take for others."""
    assert draw_identity(_chance("k3w9pdz")) == "k3w9pd"
    assert not set("01oil") & set(SIGNS)


def test_soak_has_the_identity_that_hour_0_drew(tmp_path: Path) -> None:
    """It stands below the start; later hours, and hour 0 again, read it; a restart draws another one."""
    assert _prepared(tmp_path, "0") == "k3w9pd"
    document = tmp_path / "MONITORING-LOG.md"
    lines = document.read_text("utf-8").splitlines()
    assert lines[lines.index("- **Start:** 2026-01-12 00:00 UTC") + 1] == "- **Identity:** k3w9pd"
    before = document.read_text("utf-8")
    assert [_prepared(tmp_path, hour, "zzzzzz") for hour in ("4", "0", "24")] == ["k3w9pd"] * 3
    assert document.read_text("utf-8") == before
    assert _prepared(tmp_path, "0", "xyzxyz", restart=True) == "xyzxyz"
    assert monitoring_log.read_identity(document.read_text("utf-8")) == "xyzxyz"


def test_soak_without_a_document_has_none(tmp_path: Path) -> None:
    """With --start alone, nobody would know it the next time."""
    assert _prepared(tmp_path, "4", start="2026-01-12T00:00Z") == ""


def test_soak_of_an_earlier_version_has_none(tmp_path: Path) -> None:
    """Its document gets none, and its logs lie where they lay."""
    document = tmp_path / "MONITORING-LOG.md"
    document.write_text(monitoring_log.create(START), "utf-8")
    assert [_prepared(tmp_path, hour) for hour in ("4", "0", "24")] == [""] * 3
    assert "Identity" not in document.read_text("utf-8")


def test_soak_whose_document_was_there_before_it_gets_one(tmp_path: Path) -> None:
    """Where no start stood there yet."""
    document = tmp_path / "MONITORING-LOG.md"
    document.write_text(monitoring_log.create(None), "utf-8")
    assert _prepared(tmp_path, "0") == "k3w9pd"
    assert monitoring_log.read_identity(document.read_text("utf-8")) == "k3w9pd"


PEOPLES = ("of the new prompt", "the bot of Ana (k3w9pd)", "K3W9PD", "k3w9pdd")


@pytest.mark.parametrize("words", PEOPLES)
def test_words_of_people_under_that_label_stay(words: str) -> None:
    """They are no identity, and none takes their place."""
    text = monitoring_log.create(START).replace("- **End:**", f"- **Identity:** {words}\n- **End:**")
    assert monitoring_log.read_identity(text) == ""
    assert monitoring_log.put_identity(text, "k3w9pd") == text


def test_identity_of_a_damaged_document_is_not_guessed() -> None:
    """It is refused like all that stands there."""
    with pytest.raises(UsageProblem):
        monitoring_log.read_identity("# no document at all\n")


FOLDERS = {
    "of the same soak": ("2026-01-12T0000Z-k3w9pd", "k3w9pd", False),
    "of another one that began in the same minute": ("2026-01-12T0000Z-zzzzzz", "k3w9pd", True),
    "of one without an identity": ("2026-01-12T0000Z", "k3w9pd", True),
    "of another start": ("2026-01-12T0100Z-k3w9pd", "k3w9pd", True),
    "of a soak with an identity, for one without": ("2026-01-12T0000Z-k3w9pd", "", True),
    "of a soak without, for one without": ("2026-01-12T0000Z", "", False),
    "of one that is not known": ("2026-01-12T0000Z-k3w9pd", None, False),
    "of another start than one that is not known": ("2026-01-12T0100Z-k3w9pd", None, True),
    "of no soak": ("2026-01-12T0000Z-old", "k3w9pd", False),
    "of a name that begins like one": ("2026-01-12T0000Z-k3w9pd-2", "k3w9pd", False),
}


@pytest.mark.parametrize(("name", "identity", "another"), FOLDERS.values(), ids=FOLDERS)
def test_folder_of_another_soak(name: str, identity: str | None, another: bool, tmp_path: Path) -> None:
    """By its start and its identity; any other name is people's own."""
    assert of_another(name, START, identity) == another
    (tmp_path / "logs" / name).mkdir(parents=True)
    (tmp_path / "logs" / name / "a.log").write_text("x", "utf-8")
    assert bool(find_logs(["logs"], tmp_path, START, identity)) != another


GOOD = steady_day(START, deliveries=240)
BAD = steady_day(START, deliveries=480)[::2]
BAD = [request for request in BAD if not 9 <= (request.time_ms / 1000 - START.timestamp()) / 3600 < 12]


def _rows(day: list[Traffic]) -> list[tuple[datetime, str]]:
    return [
        (START + timedelta(milliseconds=request.time_ms - START.timestamp() * 1000), vercel_row(request).strip())
        for request in day
    ]


@pytest.mark.slow
def test_two_soaks_of_one_minute_are_judged_each_by_its_own_rows(tmp_path: Path) -> None:
    """Two bots whose soaks began together, and whose logs share a folder."""
    for identity, day in (("aaaaaa", GOOD), ("bbbbbb", BAD)):
        source = MadeSource(_rows(day), subject=f"project {identity}")
        one = Round(
            Soak(START), up_to(24), source, tmp_path / "logs", 0 * HOUR, lambda: START + 25 * HOUR, identity=identity
        )
        assert not any(collection.problem or collection.told for _, collection in collect_windows(one))
    states = [_judged(tmp_path, identity) for identity in ("aaaaaa", "bbbbbb")]
    assert states == [State.READY, State.NOT_READY]


def _judged(folder: Path, identity: str) -> State:
    (folder / "work").mkdir(exist_ok=True)
    now, work = START + 25 * HOUR, folder / "work"
    request = asked(24, ("logs/",), folder, START, StartSource.DOCUMENT, now, work, work, identity=identity)
    verdict = judge(request, parse())
    assert {file.path.split("/")[1] for file in verdict.files} == {soak_folder(START, identity)}
    return verdict.state


def test_logs_of_a_lost_identity_are_named(tmp_path: Path) -> None:
    """They are left out, and nobody has to guess why there are none."""
    source = MadeSource(_rows(GOOD))
    one = Round(Soak(START), (4,), source, tmp_path / "logs", 0 * HOUR, lambda: START + 5 * HOUR, identity="aaaaaa")
    list(collect_windows(one))
    work = tmp_path / "work"
    work.mkdir()
    request = asked(4, ("logs/",), tmp_path, START, StartSource.OPTION, START + 5 * HOUR, work, work, identity="")
    evidence = judge(request, parse()).criterion("evidence")
    assert "left out: logs/2026-01-12T0000Z-aaaaaa, of a soak with another identity" in evidence.reason
    assert "--logs=logs/2026-01-12T0000Z-aaaaaa" in evidence.mend
    place = ("logs/2026-01-12T0000Z-aaaaaa",)
    assert (
        judge(replace(request, sought=replace(request.sought, places=place)), parse()).criterion("evidence").outcome
        is not Outcome.NOT_JUDGED
    )


def test_command_collects_into_the_folder_of_the_soak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the document names it; with another start it is another soak, of which nobody knows an identity."""
    document = monitoring_log.put_identity(monitoring_log.create(START), "k3w9pd")
    (tmp_path / "MONITORING-LOG.md").write_text(document, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERCEL_TOKEN", TOKEN)
    monkeypatch.setenv("LOGPARSE_NOW", (START + 5 * HOUR).isoformat())
    rows = made_requests(Soak(START).window(4), 20)
    for more, folder in (
        ([], "2026-01-12T0000Z-k3w9pd"),
        (["--start=2026-01-12T00:00Z"], "2026-01-12T0000Z-k3w9pd"),
        (["--start=2026-01-11T23:00Z"], "2026-01-11T2300Z"),
    ):
        with served(Plan(rows=rows)) as server:
            settings = ("-o", f"vercel_api={server.origin}", "-o", "vercel_project=bot", "-o", "vercel_team=acme")
            assert main(["collect", "--hour=4", *settings, *more]) == 0, capsys.readouterr().out
        assert (tmp_path / "logs" / folder / "logs-hour-04.jsonl").exists()
    assert len(list((tmp_path / "logs").iterdir())) == 2
