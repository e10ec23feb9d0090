"""Evidence: every way in which a collection may be incomplete is found, with its reason and what mends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios import spoilers
from tests.scenarios.scenario import steady
from tests.scenarios.spoilers import Spoiler
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import Format, write_soak, write_vercel

pytestmark = pytest.mark.counts


@dataclass(frozen=True)
class Collection:
    """How a steady soak was collected and is judged; all of it well, unless told otherwise."""

    format: Format = "vercel"
    hour: int = 24
    spoiled: Mapping[int, Spoiler] = field(default_factory=dict)
    start: datetime | None = START
    source: StartSource = StartSource.OPTION
    now: datetime = START + timedelta(hours=25)
    settings: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ("logs",)
    more: Callable[[Path], object] = lambda folder: None  # what else is done to the folder of the logs

    def judged(self, folder: Path) -> Verdict:
        """The verdict over the logs, written into a folder."""
        paths = write_soak(folder / "logs", steady(), START, self.format)
        for hour, spoil in self.spoiled.items():
            content = spoil(paths[hour // 4 - 1].read_bytes())
            paths[hour // 4 - 1].unlink() if content is None else paths[hour // 4 - 1].write_bytes(content)
        self.more(folder / "logs")
        request = asked(self.hour, self.places, folder, self.start, self.source, self.now, folder, folder)
        return judge(request, parse(dict(self.settings)))


def _evidence(collection: Collection, folder: Path) -> Judgement:
    return collection.judged(folder).criterion("evidence")


def _redeployed(folder: Path) -> None:
    content = (folder / "logs-hour-24.jsonl").read_text(encoding="utf-8")
    (folder / "logs-hour-24.jsonl").write_text(content.replace("dpl_7fKx2mQpVw", "dpl_new"), encoding="utf-8")


def _everything_again(folder: Path) -> None:
    (folder / "whole.jsonl").write_bytes(write_vercel(steady()))


def _unreadable_half(content: bytes) -> bytes:
    return content + b"what is this?\n" * content.count(b"\n")


LATE = START + timedelta(hours=23, minutes=30)
FINDINGS: dict[str, tuple[Collection, Outcome, str, str]] = {
    "a soak without manifests is not proven whole": (
        Collection(),
        Outcome.WARN,
        "windows 4, 8, 12, 16, 20, 24: not proven whole",
        "",
    ),
    "no file at all": (
        Collection(places=("nowhere/*.txt",)),
        Outcome.NOT_JUDGED,
        "no log file was found under nowhere/*.txt",
        "docs/collecting.md",
    ),
    "a file that is named and missing": (
        Collection(places=("logs", "more.txt")),
        Outcome.NOT_JUDGED,
        "more.txt is not there",
        "vercel logs",
    ),
    "a window that nobody fetched": (
        Collection(spoiled={12: spoilers.missing}),
        Outcome.NOT_JUDGED,
        "window 12 (2026-01-12 08:00 UTC to 2026-01-12 12:00 UTC) holds no record",
        "vercel logs",
    ),
    "an empty file": (
        Collection(spoiled={8: spoilers.empty}),
        Outcome.NOT_JUDGED,
        "logs/logs-hour-08.jsonl is empty (0 bytes)",
        "vercel logs",
    ),
    "an empty file whose logs stand elsewhere": (
        Collection(spoiled={8: spoilers.empty}, more=_everything_again),
        Outcome.WARN,
        "(the other files cover the whole time)",
        "",
    ),
    "a tool's refusal": (
        Collection(spoiled={8: spoilers.refused}),
        Outcome.NOT_JUDGED,
        "the option --production does not exist",
        "vercel logs",
    ),
    "a torn row": (
        Collection(spoiled={8: spoilers.torn}),
        Outcome.NOT_JUDGED,
        "logs/logs-hour-08.jsonl:74: the last row is torn",
        "vercel logs",
    ),
    "rows without their messages": (
        Collection(spoiled={8: spoilers.single_messages}),
        Outcome.NOT_JUDGED,
        "holds only the first message of each request (74 rows have no 'logs')",
        "vercel@50.42",
    ),
    "more lines that cannot be read than allowed": (
        Collection(spoiled={8: _unreadable_half}),
        Outcome.NOT_JUDGED,
        "74 of 148 lines could not be read",
        "in one format",
    ),
    "logs of another day": (
        Collection(start=START - timedelta(days=3)),
        Outcome.NOT_JUDGED,
        "lie outside the soak",
        "--start=TIME",
    ),
    "a checkpoint that the clock has not reached": (
        Collection(now=LATE),
        Outcome.NOT_JUDGED,
        "hour 24 is at 2026-01-13 00:00 UTC, which the clock has not reached",
        "wait for 30 min",
    ),
    "a start that was derived": (
        Collection(start=None, source=StartSource.UNKNOWN),
        Outcome.WARN,
        "was derived from the first record",
        "--start=TIME",
    ),
    "two deployments": (
        Collection(more=_redeployed),
        Outcome.WARN,
        "2 deployments were seen in the soak: dpl_7fKx2mQpVw, dpl_new",
        "--restart",
    ),
    "two deployments, where that is forbidden": (
        Collection(more=_redeployed, settings={"deployment_change": "fail"}),
        Outcome.NOT_JUDGED,
        "2 deployments were seen",
        "--restart",
    ),
    "a hole": (
        Collection(settings={"hole_limit": "4"}),
        Outcome.NOT_JUDGED,
        "a hole: no file holds any record from ",
        "collect that time again",
    ),
}
"""A collection, the outcome of its evidence, words of the reason, and words of what mends it."""


@pytest.mark.parametrize("name", FINDINGS)
def test_what_a_collection_lacks_is_told(name: str, tmp_path: Path) -> None:
    """Each thing that is missing has its outcome, its reason, and the command or action that mends it."""
    collection, outcome, reason, mend = FINDINGS[name]
    evidence = _evidence(collection, tmp_path)
    assert (evidence.outcome, evidence.required) == (outcome, True)
    assert reason in evidence.reason
    assert mend in evidence.mend


@pytest.mark.parametrize(("unreadable", "outcome"), [(10, Outcome.WARN), (11, Outcome.NOT_JUDGED)])
def test_one_percent_of_unreadable_lines_is_allowed(unreadable: int, outcome: Outcome, tmp_path: Path) -> None:
    """Ten lines of a thousand may be unreadable, eleven may not."""
    day = write_vercel(steady_day(START, deliveries=1_200)).splitlines(keepends=True)
    content = b"".join(day[: 1_000 - unreadable]) + b"?\n" * unreadable
    collection = Collection(more=lambda folder: (folder / "more.jsonl").write_bytes(content))
    assert _evidence(collection, tmp_path).outcome is outcome


@pytest.mark.parametrize("format", ["text", "vercel"])
def test_hours_that_were_read_are_told(format: Format, tmp_path: Path) -> None:
    """A number that comes from less than the judged time says so."""
    verdict = Collection(format, spoiled={12: spoilers.missing}).judged(tmp_path)
    assert verdict.criterion("evidence").value == pytest.approx(20, abs=0.4)
    assert "of 24 h)" in verdict.criterion("success_rate").reason
    assert 12 in [window.hour for window in verdict.windows if not window.judged]


def test_the_mend_of_the_verdict_is_that_of_the_evidence(tmp_path: Path) -> None:
    """NOT JUDGED comes with the command that would turn it into a judgement."""
    verdict = Collection(spoiled={12: spoilers.missing}).judged(tmp_path)
    assert verdict.mend == verdict.criterion("evidence").mend != ""


def test_a_checkpoint_in_the_middle_looks_at_its_own_windows_alone(tmp_path: Path) -> None:
    """What is missing after hour 8 is not missed at hour 8."""
    verdict = Collection(hour=8, spoiled={12: spoilers.missing}).judged(tmp_path)
    assert verdict.criterion("evidence").outcome is Outcome.WARN
    assert verdict.lines["later"] > 0
