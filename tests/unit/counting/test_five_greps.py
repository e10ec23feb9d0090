"""The five greps that are done by hand today give wrong numbers on a real day (on a plain one: property 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from logparse.values.metrics import Metrics
from tests.builders.counted import Counter
from tests.properties.test_7_grep import GREPS, grepped
from tests.scenarios import traps
from tests.scenarios.scenario import steady
from tests.scenarios.traffic import Request
from tests.scenarios.writers import write_text

pytestmark = pytest.mark.counts


@dataclass(frozen=True)
class Trap:
    """Lines that one grep counts wrongly: what tells them apart, and how many stand in the day."""

    why: str
    grep: str
    pattern: str
    lines: int


COUNTED_WRONGLY = (
    Trap("another webhook's leads are no deliveries", "deliveries", r"\[n8n Webhook\] Received lead data", 6),
    Trap("delivery receipts are no messages to the bot", "deliveries", r'Received payload .*"statuses":\[', 30),
    Trap("a processing error is a failure", "processed", r"\[ARI\] Processing error: ", 4),
    Trap("a user typed the words of a reply", "replies", r"Received payload .*\[ARI\] Response sent in 1ms", 4),
    Trap("a user's second line looks like a reply", "replies", r"^\[ARI\] Response sent in 1ms", 4),
    Trap("a user wrote about an error", "errors", r"Received payload .*error code 500", 4),
    Trap("a summary says that there were 0 errors", "errors", r"3 messages, 0 errors", 4),
    Trap("Node's own warning is not the bot's error", "errors", r"\(node:4\) \[DEP0169\]", 20),
)

MISSED = (
    Trap("a rejected signature does not say error", "errors", r"\[Webhook\] Invalid signature - rejecting request$", 1),
    Trap("a failed send does not say error", "errors", r"\[ARI\] Kapso send failed: ", 3),
)


def _day_with_traps() -> list[Request]:
    return traps.rejected_signature(traps.failed_sends(traps.all_harmless(steady()), 3))


def _counted(path: Path, counter: Counter) -> Metrics:
    return counter.count(path.read_bytes()).metrics


def _written(day: list[Request], folder: Path) -> Path:
    path = folder / "log.txt"
    path.write_bytes(write_text(day))
    return path


@pytest.mark.parametrize("name", GREPS)
def test_a_grep_is_wrong_by_just_the_traps_on_a_real_day(name: str, tmp_path: Path, counter: Counter) -> None:
    """What a grep counts too much or too little are the lines of its traps, no more and no fewer."""
    log = _written(_day_with_traps(), tmp_path)
    wrongly = sum(trap.lines for trap in COUNTED_WRONGLY if trap.grep == name)
    missed = sum(trap.lines for trap in MISSED if trap.grep == name)
    assert grepped(log, name) == getattr(_counted(log, counter), name) + wrongly - missed


@pytest.mark.parametrize("trap", [*COUNTED_WRONGLY, *MISSED], ids=lambda trap: trap.why)
def test_a_trap_stands_in_the_day_and_its_grep_falls_into_it(trap: Trap, tmp_path: Path) -> None:
    """Each trap has as many lines as it says, and its grep finds all of them, or none where it misses them."""
    lines = _written(_day_with_traps(), tmp_path).read_text(encoding="utf-8").splitlines()
    bait = tmp_path / "bait.txt"
    bait.write_text("".join(f"{line}\n" for line in lines if re.search(trap.pattern, line)), encoding="utf-8")
    assert len(bait.read_text(encoding="utf-8").splitlines()) == trap.lines
    assert grepped(bait, trap.grep) == (0 if trap in MISSED else trap.lines)
