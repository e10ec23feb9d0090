"""The five greps that are done by hand today: the same numbers on a plain day, and wrong ones on a real day."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from logparse.metrics import Metrics
from tests.scenarios import edits, traps
from tests.scenarios.scenario import steady
from tests.scenarios.traffic import PROCESSING_AT, Message, Request
from tests.scenarios.writers import write_text
from tests.unit.counted import Counter

GREPS = {
    "deliveries": ("Webhook.*Received",),
    "signatures_verified": ("Signature verified",),
    "processed": ("ARI.*Processing",),
    "replies": ("Response sent in",),
    "errors": ("-i", "error"),
}
"""What people grep for, by the number that they take it for."""


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


def _plain_day() -> list[Request]:
    """A steady day in which every error says so, in words that no other grep looks for."""
    error = Message("error", "[Store] Error: write conflict, tried again", PROCESSING_AT + 1)
    return edits.at_some_deliveries(steady(), 7, lambda request: edits.with_message(request, error))


def _day_with_traps() -> list[Request]:
    return traps.rejected_signature(traps.failed_sends(traps.all_harmless(steady()), 3))


def _grepped(path: Path, name: str) -> int:
    """What `grep -c` says, run for real."""
    command = ["grep", "-c", *GREPS[name], str(path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def _counted(path: Path, counter: Counter) -> Metrics:
    return counter.count(path.read_bytes()).metrics


def _written(day: list[Request], folder: Path) -> Path:
    path = folder / "log.txt"
    path.write_bytes(write_text(day))
    return path


@pytest.mark.parametrize("name", GREPS)
def test_a_grep_is_right_on_a_plain_day(name: str, tmp_path: Path, counter: Counter) -> None:
    """Where nothing misleads, the suite counts what `grep -c` counts, and that is more than nothing."""
    log = _written(_plain_day(), tmp_path)
    assert getattr(_counted(log, counter), name) == _grepped(log, name) > 0


@pytest.mark.parametrize("name", GREPS)
def test_a_grep_is_wrong_by_just_the_traps_on_a_real_day(name: str, tmp_path: Path, counter: Counter) -> None:
    """What a grep counts too much or too little are the lines of its traps, no more and no fewer."""
    log = _written(_day_with_traps(), tmp_path)
    wrongly = sum(trap.lines for trap in COUNTED_WRONGLY if trap.grep == name)
    missed = sum(trap.lines for trap in MISSED if trap.grep == name)
    assert _grepped(log, name) == getattr(_counted(log, counter), name) + wrongly - missed


@pytest.mark.parametrize("trap", [*COUNTED_WRONGLY, *MISSED], ids=lambda trap: trap.why)
def test_a_trap_stands_in_the_day_and_its_grep_falls_into_it(trap: Trap, tmp_path: Path) -> None:
    """Each trap has as many lines as it says, and its grep finds all of them, or none where it misses them."""
    lines = _written(_day_with_traps(), tmp_path).read_text(encoding="utf-8").splitlines()
    bait = tmp_path / "bait.txt"
    bait.write_text("".join(f"{line}\n" for line in lines if re.search(trap.pattern, line)), encoding="utf-8")
    assert len(bait.read_text(encoding="utf-8").splitlines()) == trap.lines
    assert _grepped(bait, trap.grep) == (0 if trap in MISSED else trap.lines)
