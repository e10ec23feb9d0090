"""People at work between the runs, by chance: nothing is lost, nothing is written twice, the searches hold."""

import pytest

from tests.unit.monitoring_log.fuzz import fuzz

pytestmark = pytest.mark.counts

PLAIN = [(seed, 100) for seed in range(4)]
SLOW = [pytest.param(seed, 500, marks=pytest.mark.slow) for seed in range(100, 102)]
LONG = [pytest.param(seed, 500, marks=[pytest.mark.long, pytest.mark.timeout(1800)]) for seed in range(102, 120)]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("seed", "edits"), [*PLAIN, *SLOW, *LONG])
def test_whatever_people_write_stays_and_the_searches_hold(seed: int, edits: int) -> None:
    """After each run every word of people's stands in its order, a second run changes no byte, the gate's search finds
    the one line of a stable soak and nothing else, a Markdown reader sees it, and what is refused is refused rightly.
    """
    told = fuzz(seed, edits)
    print(
        f"seed {seed}: {told.edits} edits, {told.runs} runs, {len(told.refused)} refused, {len(told.problems)} losses"
    )
    assert told.problems == []
    assert told.runs > told.edits / 5
