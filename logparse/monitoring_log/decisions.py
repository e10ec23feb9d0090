"""What follows from a verdict for the document: whether the soak is over, and how it ended."""

from logparse.outcome import State
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict


def judgement_of(verdict: Verdict, name: str) -> Judgement | None:
    """The judgement of one criterion; None where this run did not judge it."""
    return next((judgement for judgement in verdict.criteria if judgement.name == name), None)


def is_complete(verdict: Verdict) -> bool:
    """Whether all 24 hours were judged; without a judgement the soak is still to be judged."""
    return verdict.final and verdict.state in {State.READY, State.NOT_READY}


def is_production_ready(verdict: Verdict) -> bool:
    """Whether the whole soak was passed."""
    return verdict.final and verdict.state is State.READY


def anything_judged(verdict: Verdict) -> bool:
    """Whether any window could be judged at all."""
    return any(window.judged for window in verdict.windows)
