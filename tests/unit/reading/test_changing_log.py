"""A log that changes while it is read is not counted: what was seen of it is neither the old file nor the new one."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.counting.cache import Cache
from logparse.counting.engine import LogSource
from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.reading import file_tally, here, second_look
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.settings.checked import parse
from logparse.storage import files
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_text

pytestmark = pytest.mark.counts

TEXT = write_text(steady_day(START, hours=4, deliveries=50))


def vanish(path: Path) -> None:
    """Somebody tidied up."""
    path.unlink()


def grow(path: Path) -> None:
    """The tool is still fetching."""
    with path.open("ab") as file:
        file.write(TEXT)


def shrink(path: Path) -> None:
    """Somebody began to fetch anew."""
    os.truncate(path, len(TEXT) // 2)


def replace(path: Path) -> None:
    """Another file of the same size took its name."""
    path.with_suffix(".new").write_bytes(TEXT.replace(b"Response sent", b"Nothing sents"))
    os.replace(path.with_suffix(".new"), path)


def become_a_folder(path: Path) -> None:
    """Something that is no file took its name."""
    path.unlink()
    path.mkdir()


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "vanishes": (vanish, "is not there"),
    "grows": (grow, "was changed while it was read"),
    "is cut": (shrink, "was changed while it was read"),
    "is replaced": (replace, "was changed while it was read"),
    "becomes a folder": (become_a_folder, "log"),
}


def judged(folder: Path, *names: str) -> Verdict:
    """The verdict at hour 4 on the logs of a folder."""
    request = asked(
        hour=4,
        places=names,
        base=folder,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=25),
        cache=folder,
        scratch=folder,
    )
    return judge(request, parse())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("before", [True, False], ids=["before its lines are counted", "after"])
def test_a_log_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, before: bool
) -> None:
    """The reading says so; nothing of the file counts, and nothing of it is remembered."""
    alter, words = CHANGES[change]
    (tmp_path / "log.txt").write_bytes(TEXT)

    def altering(path: Path) -> files.Inspection:
        if before:
            alter(path)
            return files.inspect(path)
        inspection = files.inspect(path)
        alter(path)
        return inspection

    monkeypatch.setattr(file_tally, "inspect", altering)
    verdict = judged(tmp_path, "log.txt")
    evidence = verdict.criterion("evidence")
    assert evidence.outcome is Outcome.NOT_JUDGED
    assert words in evidence.reason
    assert verdict.metrics.deliveries == 0
    assert not [key for key in Cache(tmp_path).known_digests() if str(tmp_path / "log.txt") in key]


@pytest.mark.parametrize("change", ["vanishes", "is cut", "becomes a folder"])
def test_a_log_that_changes_before_it_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Where two files overlap, both are read a second time; one that changed meanwhile makes nothing pass."""
    alter, _ = CHANGES[change]
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(TEXT)

    def altering(chosen: Reading, work: Workplace) -> LogSource:
        if chosen.path.is_file() and chosen.path.name == "b.txt":
            alter(chosen.path)
        return second_look.readable_source(chosen, work)

    monkeypatch.setattr(here, "readable_source", altering)
    evidence = judged(tmp_path, "a.txt", "b.txt").criterion("evidence")
    assert evidence.outcome is Outcome.NOT_JUDGED, evidence.reason
