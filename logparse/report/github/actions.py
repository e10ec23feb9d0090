"""The messages of a run to GitHub Actions: annotations, the summary and the outputs of its step."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from logparse.report.github.annotations import ERROR, annotation, annotations
from logparse.report.github.step_summary import LARGEST, fitted, step_summary, unfinished_summary
from logparse.text.escape import printable
from logparse.verdicts.verdict import UNFINISHED, Verdict

RUNS, SUMMARY, OUTPUT = "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"
"""The environment variables that show that GitHub Actions runs this, and name the files for summary and outputs."""


@dataclass(frozen=True)
class StepOutput:
    """The output of a step: commands for the service, a summary in Markdown, and outputs by name."""

    annotations: Sequence[str]
    summary: str
    outputs: Mapping[str, str]


def of_verdict(verdict: Verdict) -> StepOutput:
    """Returns the output for a verdict."""
    outputs = {"verdict": str(verdict.state), "final": str(verdict.final).lower(), "title": verdict.title}
    return StepOutput(tuple(annotations(verdict)), step_summary(verdict), {**outputs, "reason": verdict.reason})


def of_unfinished(why: Sequence[str]) -> StepOutput:
    """Returns the output for a run that did not finish."""
    outputs = {"verdict": "NOT JUDGED", "final": "false", "title": "NOT JUDGED", "reason": UNFINISHED}
    told = annotation(ERROR, f"NOT JUDGED: {UNFINISHED}", "; ".join(why) or UNFINISHED)
    return StepOutput((told,), unfinished_summary(why), outputs)


def write_output(told: StepOutput, environment: Mapping[str, str]) -> Iterator[str]:
    """Writes an output as far as the environment asks for it.

    Yields the lines to print: commands, and write errors, which change no verdict.
    """
    if environment.get(RUNS) == "true":
        yield from told.annotations
    if environment.get(SUMMARY):
        yield from _append(Path(environment[SUMMARY]), told.summary, LARGEST)
    if environment.get(OUTPUT):
        outputs = "\n".join(f"{name}={printable(value)}" for name, value in told.outputs.items())
        yield from _append(Path(environment[OUTPUT]), outputs)


def _append(path: Path, text: str, largest: int | None = None) -> Iterator[str]:
    """Appends text to a file that others write too, up to a size; yields a line about what prevents it."""
    try:
        with path.open("ab") as file:
            before = file.seek(0, os.SEEK_END)
            kept = f"{text}\n" if largest is None else fitted(f"{text}\n", largest - before)
            file.write(kept.encode())
        if not kept:
            yield printable(f"{path}: nothing was added, because it has no room; the verdict stands")
    except OSError as error:
        yield printable(f"{path}: cannot be written ({error.strerror}); the verdict stands")
