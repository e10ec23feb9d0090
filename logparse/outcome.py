"""The outcomes of a criterion, ordered, and the verdict that they make."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of one criterion.

    ``NOT MEASURED`` is outside of the order: this log format cannot carry the fact, so nothing follows from it.
    """

    PASS = "PASS"
    WARN = "WARN"
    NOT_JUDGED = "NOT JUDGED"
    FAIL = "FAIL"
    NOT_MEASURED = "NOT MEASURED"

    @property
    def rank(self) -> int:
        """The place in PASS < WARN < NOT JUDGED < FAIL; NOT MEASURED ranks with PASS."""
        return {"PASS": 0, "NOT MEASURED": 0, "WARN": 1, "NOT JUDGED": 2, "FAIL": 3}[self.value]


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Returns the worst of several outcomes; PASS if there is none."""
    return max(outcomes, key=lambda outcome: outcome.rank, default=Outcome.PASS)


class State(StrEnum):
    """The verdict over the whole soak so far."""

    READY = "READY"
    NOT_READY = "NOT READY"
    NOT_JUDGED = "NOT JUDGED"
    STARTED = "STARTED"

    @property
    def exit_code(self) -> int:
        """The exit code of the run: 0, 1 or 10 (pytest itself owns 0 to 5)."""
        return {"READY": 0, "STARTED": 0, "NOT READY": 1, "NOT JUDGED": 10}[self.value]


def state_of(required: Iterable[Outcome]) -> State:
    """Returns the verdict that follows from the outcomes of the required criteria."""
    return {Outcome.FAIL: State.NOT_READY, Outcome.NOT_JUDGED: State.NOT_JUDGED}.get(worst(required), State.READY)
