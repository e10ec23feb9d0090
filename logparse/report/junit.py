"""What a JUnit file tells beside which tests failed: the figures of each criterion, and the verdict of the run."""

import json
from typing import Any

from logparse.outcome import State
from logparse.text.escape import printable
from logparse.values.json_form import iso, plain
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import UNFINISHED, Verdict

OF_CRITERION = ("name", "outcome", "required", "value", "unit", "limit", "count", "of", "interval", "reason")
"""The keys of a criterion in verdict.json that are properties of its test, in order."""


def of_criterion(judgement: Judgement) -> list[tuple[str, str]]:
    """The properties of the test that shows a criterion, each as it stands in verdict.json, empty for null."""
    values = plain(judgement)
    told = [(name, _text(values[name])) for name in OF_CRITERION]
    if judgement.waived:
        told.append(("waiver", _text(f"{judgement.shown}: {judgement.waived.waiver.words}")))
    return told


def of_run(verdict: Verdict) -> list[tuple[str, str]]:
    """The properties of the suite: what a gate asks for."""
    values = {
        "verdict": str(verdict.state),
        "hour": verdict.hour,
        "final": verdict.final,
        "rehearsal": verdict.rehearsal,
        "start": iso(verdict.start),
        "deployment": verdict.deployment,
        "deployments": ", ".join(verdict.deployments),
        "reason": verdict.reason,
    }
    return [(name, _text(value)) for name, value in values.items()]


def of_unfinished_run(hour: int) -> list[tuple[str, str]]:
    """The same where the run did not come to its end."""
    return [("verdict", str(State.NOT_JUDGED)), ("hour", str(hour)), ("final", "false"), ("reason", UNFINISHED)]


def _text(value: Any) -> str:
    """A value as JSON has it, but a text as it is: on one line, with no sign in it that is not seen."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) else json.dumps(value)
