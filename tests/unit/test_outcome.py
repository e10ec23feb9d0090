"""The outcomes and their order, and the verdict that follows from them."""

from itertools import pairwise, product

import pytest

from logparse.outcome import Outcome, State, state_of, worst

ORDER = (Outcome.PASS, Outcome.WARN, Outcome.NOT_JUDGED, Outcome.FAIL)


@pytest.mark.parametrize(("lighter", "heavier"), [(a, b) for a, b in product(ORDER, ORDER) if a.rank < b.rank])
def test_the_heavier_outcome_counts(lighter: Outcome, heavier: Outcome) -> None:
    """Whichever comes first."""
    assert worst([lighter, heavier]) is worst([heavier, lighter]) is heavier


def test_outcomes_are_in_order() -> None:
    """PASS < WARN < NOT JUDGED < FAIL, and nothing weighs the same but PASS and NOT MEASURED."""
    assert all(lighter.rank < heavier.rank for lighter, heavier in pairwise(ORDER))
    assert Outcome.NOT_MEASURED.rank == Outcome.PASS.rank


def test_nothing_at_all_is_a_pass() -> None:
    """Where no outcome weighs, none stands against a PASS; that something was judged is for others to see."""
    assert worst([]) is Outcome.PASS
    assert state_of([]) is State.READY


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([Outcome.PASS, Outcome.WARN, Outcome.NOT_MEASURED], State.READY),
        ([Outcome.WARN, Outcome.NOT_JUDGED], State.NOT_JUDGED),
        ([Outcome.NOT_JUDGED, Outcome.FAIL], State.NOT_READY),
    ],
)
def test_the_verdict_follows_from_the_worst(outcomes: list[Outcome], state: State) -> None:
    """FAIL is NOT READY, NOT JUDGED stays that, and only what is left is READY."""
    assert state_of(outcomes) is state


@pytest.mark.parametrize(
    ("state", "code"), [(State.READY, 0), (State.STARTED, 0), (State.NOT_READY, 1), (State.NOT_JUDGED, 10)]
)
def test_exit_codes_are_the_contract_with_gates(state: State, code: int) -> None:
    """0 is READY or STARTED, and nothing else."""
    assert state.exit_code == code


def test_outcomes_and_verdicts_are_written_as_they_are_named() -> None:
    """In every output the words are the same."""
    assert [str(outcome) for outcome in Outcome] == ["PASS", "WARN", "NOT JUDGED", "FAIL", "NOT MEASURED"]
    assert [str(state) for state in State] == ["READY", "NOT READY", "NOT JUDGED", "STARTED"]
