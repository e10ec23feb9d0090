"""The properties in a JUnit file: the figures of each criterion, and the verdict of the run."""

import json
from typing import Any

from logparse.outcome import State
from logparse.text.escape import printable
from logparse.values.json_form import iso, plain
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import UNFINISHED, Verdict

OF_CRITERION = ("name", "outcome", "required", "value", "unit", "limit", "count", "of", "interval", "reason")
"""The keys of a criterion in verdict.json that become properties of its test, in order."""


def of_criterion(judgement: Judgement) -> list[tuple[str, str]]:
    """Returns the properties of a criterion's test, with the values of verdict.json, empty for null."""
    values = plain(judgement)
    told = [(name, _text(values[name])) for name in OF_CRITERION]
    if judgement.waived:
        told.append(("waiver", _text(f"{judgement.shown}: {judgement.waived.waiver.words}")))
    return told


def of_run(verdict: Verdict) -> list[tuple[str, str]]:
    """Returns the properties of the test suite, which gates read."""
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
    """Returns the properties of the test suite if the run did not finish."""
    return [("verdict", str(State.NOT_JUDGED)), ("hour", str(hour)), ("final", "false"), ("reason", UNFINISHED)]


def _text(value: Any) -> str:
    """Formats a value as JSON, but a text as it is, on one line and without invisible characters."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) else json.dumps(value)
