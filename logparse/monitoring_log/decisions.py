"""Questions the document asks of a verdict: how a criterion was judged, and whether the bot passed."""

from logparse.outcome import State
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict


def judgement_of(verdict: Verdict, name: str) -> Judgement | None:
    """Returns the judgement of one criterion; None if this run did not judge it."""
    return next((judgement for judgement in verdict.criteria if judgement.name == name), None)


def is_production_ready(verdict: Verdict) -> bool:
    """Tells whether the bot passed the whole soak."""
    return verdict.final and verdict.state is State.READY
