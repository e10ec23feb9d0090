"""Lines of one second that stand in two files count once; where the files are no fetches of one log, that is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace

import pytest

from logparse.counting.instances import FilePair
from logparse.evidence.examine import examine
from logparse.outcome import Outcome
from tests.builders.counted import Counter
from tests.builders.judged import GOOD, varied
from tests.unit.evidence.test_findings import WELL

pytestmark = pytest.mark.counts

Lines = list[str]

BEATS = [f"2026-01-12T00:{minute:02}:00Z [Health] ok" for minute in range(50)]
ONE = sorted([*BEATS, *(f"2026-01-12T00:{minute:02}:07Z [ARI] Response sent in 5ms" for minute in range(2, 48, 3))])
OTHER = sorted([*BEATS, *(f"2026-01-12T00:{minute:02}:29Z [ARI] Response sent in 7ms" for minute in range(3, 48, 3))])
"""Two instances that print the same in the first second of each minute, and talk to other people."""


def _finer(lines: Lines) -> Lines:
    return [line.replace("Z ", ".118Z ") for line in lines]


def _content(lines: Lines) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("one file", [ONE]),
        ("identical copies", [ONE, ONE, ONE]),
        ("windows that overlap", [ONE[:40], ONE[30:]]),
        ("windows that overlap in the middle of a second", [[*ONE[:31], BEATS[-1]], [BEATS[0], *ONE[29:]]][::-1]),
        ("a rotated log that was fetched before and after", [ONE[:30], ONE[30:], ONE]),
        ("lines that came late", [[line for line in ONE if "00:20" not in line], ONE]),
        ("lines that came late, the fuller file first", [ONE, [line for line in ONE if "Response" not in line]]),
        ("parts of one log that share no line", [ONE[::2], ONE[1::2]]),
        ("two instances that never print the same", [[*set(ONE) - set(BEATS)], [*set(OTHER) - set(BEATS)]]),
        ("two instances with times finer than a second", [_finer(ONE), _finer(OTHER)]),
    ],
)
def test_fetches_of_one_log_are_not_told(counter: Counter, name: str, files: list[Lines]) -> None:
    """Nothing is said where all that a file lacks of another is late, at its edge, or nothing of it was merged."""
    assert counter.count(*map(_content, files)).merged.pairs == (), name


@pytest.mark.parametrize("packed", [lambda content: content, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    ("name", "files", "pairs"),
    [
        ("two instances", [ONE, OTHER], [(0, 1, 50)]),
        ("in whatever order", [OTHER, ONE], [(0, 1, 50)]),
        ("one of them fetched twice", [ONE, ONE, OTHER], [(0, 2, 50)]),
        ("beside another file", [["2026-01-12T05:00:00Z [Health] ok"], ONE, OTHER], [(1, 2, 50)]),
        ("three of them", [ONE, OTHER, [*BEATS, "2026-01-12T00:20:30Z x"]], [(0, 1, 50), (0, 2, 50)]),
        ("that share three lines", [ONE, [*BEATS[:3], *sorted(set(OTHER) - set(BEATS))]], [(0, 1, 3)]),
        ("the same twice in a second", [[*ONE, *BEATS], [*OTHER, *BEATS]], [(0, 1, 100)]),
    ],
)
def test_two_instances_are_told_with_the_lines_that_count_once(
    counter: Counter,
    name: str,
    files: list[Lines],
    pairs: list[tuple[int, int, int]],
    packed: Callable[[bytes], bytes],
) -> None:
    """Files that share lines of a second, and of which each has others there, are told with the number of those."""
    merged = counter.count(*(packed(_content(lines)) for lines in files)).merged
    assert merged.pairs == tuple(FilePair(*pair) for pair in pairs), name


def test_evidence_tells_the_files_and_the_lines() -> None:
    """It warns, with the number of lines and the names of the files; of many pairs the first three are named."""
    readings = [replace(GOOD, shown=f"{at}.log") for at in range(6)]
    collected = varied(
        WELL, readings=readings, lines=[{"records": 100}] * 6, pairs=(FilePair(0, 2, 1_000), FilePair(1, 2, 1))
    )
    told = [finding for finding in examine(collected).findings if "once" in finding.reason]
    assert [finding.outcome for finding in told] == [Outcome.WARN]
    assert told[0].reason == (
        "1,001 lines count once, of the same second and words in two files that otherwise differ: "
        "0.log and 2.log (1,000), 1.log and 2.log (1)"
    )
    assert told[0].mend == "if two instances wrote them, log times finer than a second"
    many = varied(collected, pairs=tuple(FilePair(0, at, 5) for at in range(1, 6)))
    told = [finding for finding in examine(many).findings if "once" in finding.reason]
    assert told[0].reason.endswith("0.log and 3.log (5), and 2 more pairs")
