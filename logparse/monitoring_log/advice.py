"""The recommendations: what to change, by area, after what failed, was close, or could not be judged."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from logparse.outcome import Outcome
from logparse.values.criterion import Area, Measure, Remedy
from logparse.values.flag_kinds import area_of, kind_of
from logparse.values.flags import Flag
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict

NOTHING_TO_DO = dict.fromkeys(Area, "nothing to change") | {
    Area.MONITORING: "no blind spots seen; keep collecting the logs after the soak"
}
"""The text of an area without a recommendation."""

_TO_RATE = "rate the conversations that the quality checks lack, and look at what the machine found"
"""The recommendation if no rating is bad so far, but not all are there."""

_ASKING = {Outcome.FAIL, Outcome.WARN, Outcome.NOT_JUDGED}


@dataclass(frozen=True)
class Advice:
    """One recommendation: its area, its urgency, its subject, and what to do."""

    area: Area
    weight: str
    about: str
    text: str


def recommendations(verdict: Verdict) -> Iterator[Advice]:
    """Yields all recommendations of a verdict: for its criteria, the worst first, then for its flags."""
    asking = [judgement for judgement in verdict.criteria if judgement.waived or judgement.outcome in _ASKING]
    yield from map(_from_judgement, sorted(asking, key=lambda judgement: -judgement.outcome.rank))
    told = set()
    changes = {judgement.criterion.change for judgement in asking}
    for flag in verdict.flags:
        for advice in _from_flag(flag, changes):
            if (advice.area, advice.about) not in told:
                told.add((advice.area, advice.about))
                yield advice


def _from_judgement(judgement: Judgement) -> Advice:
    change = judgement.criterion.change
    if judgement.criterion.measure is Measure.RATINGS and judgement.outcome is not Outcome.FAIL:
        return Advice(Area.MONITORING, str(judgement.outcome), judgement.title, _TO_RATE)
    if judgement.outcome is Outcome.NOT_JUDGED:
        # What could not be judged is a blind spot first, whatever the criterion is about.
        change = Remedy(Area.MONITORING, "collect what is missing, and judge again; the Action Items name the way")
    return Advice(change.area, judgement.shown, judgement.title, change.text)


def change_for(flag: Flag) -> Remedy:
    """Returns the change that a flag asks for."""
    kind = kind_of(flag.label)
    return kind.change if kind else Remedy(Area.MONITORING, "look into it")


def _from_flag(flag: Flag, changes: Container[Remedy]) -> Iterator[Advice]:
    weight, change = str(flag.severity).upper(), change_for(flag)
    if change not in changes:
        yield Advice(change.area, weight, flag.label, change.text)
    if flag.cause:
        yield Advice(area_of(flag.cause), weight, flag.label, f"go after the likely cause, {flag.cause}")
