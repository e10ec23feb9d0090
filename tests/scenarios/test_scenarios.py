"""Every simulated soak is judged as its scenario says: each criterion is seen to fail, and to pass just beside it."""

import json

import pytest

from tests.builders.verdict_schema import faults
from tests.scenarios import matrix, on_formats
from tests.scenarios.formats import FORMATS, ROWS
from tests.scenarios.judged import differences, judged
from tests.scenarios.scenario import EXIT_CODES, FAIL, NOT_JUDGED, NOT_READY, PASS, READY, Day, Scenario
from tests.scenarios.scenarios import QUICK, SCENARIOS

pytestmark = pytest.mark.counts

PAGE = matrix.DOCUMENT.read_text("utf-8")


@pytest.mark.parametrize("scenario", QUICK, ids=[scenario.label for scenario in QUICK])
def test_a_soak_is_judged_as_it_was(scenario: Scenario) -> None:
    """Verdict, exit code, outcomes, counts and the reason of missing evidence are the expected ones; a known miss is
    one still. What stands in verdict.json is as its schema says.
    """
    given = judged(scenario, matrix.SEEDS[0])
    assert given.exit_code == EXIT_CODES[given.verdict]
    assert bool(differences(scenario, given)) == bool(scenario.known_miss), (differences(scenario, given), given)
    assert faults(json.loads(given.document)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "scenario",
    [
        # Each row is several soaks: of those that the slow run would try, it tries one in three.
        pytest.param(scenario, id=scenario.label, marks=pytest.mark.long if at % 3 else ())
        for at, scenario in enumerate(SCENARIOS)
    ],
)
def test_the_matrix_says_what_is_given_on_every_seed(scenario: Scenario) -> None:
    """The row of a scenario in matrix.md is what its seeds give now, and nothing in it is unexpected."""
    row = matrix.judged_row(scenario)
    assert not matrix.is_unexpected(scenario, row), row
    assert row in PAGE.splitlines(), f"run: {matrix.COMMAND}"


def test_the_matrix_is_of_these_scenarios() -> None:
    """The page holds the rows of all scenarios, in order, with what is expected of each now, and sums that fit them."""
    rows = matrix.rows_of(PAGE)
    assert [matrix.expected_of(row) for row in rows] == [matrix.row_start(scenario) for scenario in SCENARIOS]
    assert matrix.document(rows) == PAGE, f"run: {matrix.COMMAND}"


def test_seeds_give_different_traffic() -> None:
    """Two seeds share no time, no message of a user, no request; the number of deliveries is the same."""
    one, other = (Day(seed, ROWS).steady() for seed in matrix.SEEDS[:2])
    assert len(one) == len(other)
    for seen in ("time_ms", "id", "messages"):
        values = [{getattr(request, seen) for request in day if request.messages} for day in (one, other)]
        assert not values[0] & values[1], seen
    assert len({Day(seed, ROWS).within(9) for seed in matrix.SEEDS}) == len(matrix.SEEDS)


def test_every_criterion_is_seen_to_fail_and_to_pass() -> None:
    """A gate that was never seen to block is decoration, and so is one that was never seen open."""
    seen = {(name, outcome) for scenario in SCENARIOS for name, outcome in scenario.outcomes.items()}
    failing = {name for name, outcome in seen if outcome == FAIL}
    passing = {name for name, outcome in seen if outcome == PASS}
    judged_alike = {
        "success_rate",
        "signature_failures",
        "response_time",
        "error_rate",
        "critical_errors",
        "silence",
        "answering",
        "delivery_failures",
    }
    assert (judged_alike - failing, judged_alike - passing) == (set(), set())


def test_missing_evidence_is_missed_for_its_own_reason() -> None:
    """A scenario whose evidence is not judged names words of the reason: another lack must not pass for this one."""
    nameless = [s.label for s in SCENARIOS if s.outcomes["evidence"] == NOT_JUDGED and not (s.says or s.known_miss)]
    assert nameless == []


def test_no_two_scenarios_are_one() -> None:
    """A row of the matrix, and a failure, name one scenario; one of two at least is judged by itself too."""
    assert len({scenario.label for scenario in SCENARIOS}) == len(SCENARIOS)
    assert 2 * len({scenario.name for scenario in QUICK}) >= len({scenario.name for scenario in SCENARIOS})


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_seen_to_block(format: str) -> None:
    """In each format a steady day is judged, or is told to lack what judging needs, and days that fail do so."""
    verdicts = [scenario.verdict for scenario in on_formats.BY_FORMAT[format]]
    assert verdicts[0] == (NOT_JUDGED if FORMATS[format].writer.times == "none" else READY)
    assert verdicts.count(NOT_READY) >= 2
