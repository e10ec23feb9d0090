"""``logparse gate``: tells in one line and by its exit code whether the verdict on a soak allows a deploy."""

import argparse
import os
import sys
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from logparse.clock import clock_of, is_set, told_clock
from logparse.errors import UsageProblem
from logparse.options import parse_deployment
from logparse.outcome import State
from logparse.report.github.actions import StepOutput, write_output
from logparse.report.github.annotations import ERROR, annotation
from logparse.settings.file import read_settings
from logparse.text.escape import printable
from logparse.text.markdown import escaped_markdown
from logparse.values.schedule import CHECKPOINTS, parse_hour
from logparse.verdicts.gate import Decision, GateOptions, decide
from logparse.verdicts.told import JUDGE

LARGEST = 64 << 20
"""The most bytes of a verdict that are read; the largest that a run writes has the accounts of 10,000 files."""

LONGEST_AGE = 87_600
"""The most hours that a verdict may be allowed to be old: ten years."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("verdict", nargs="?", help="the verdict.json; default: the one in the folder of the reports")
    parser.add_argument("--deployment", metavar="ID", help="what is to be deployed, or any; default: named at hour 0")
    parser.add_argument("--max-age-hours", default="48", metavar="N", help="how old the soak may be; default: 48")
    parser.add_argument("--hour", default="24", metavar="N", help="the least checkpoint; default: 24, the whole soak")
    parser.add_argument("--no-waivers", action="store_true", help="take no verdict in which a failure was waived")
    parser.add_argument("--allow-changed-limits", action="store_true", help="take one whose limits were loosened too")


def run(options: argparse.Namespace) -> int:
    """Decides, prints the decision in one line, and returns its exit code; raises UsageProblem for a mistake."""
    clock = clock_of(os.environ)
    asked = GateOptions(
        deployment=parse_deployment(options.deployment) if options.deployment is not None else None,
        hour=_hour(options.hour),
        longest=_age(options.max_age_hours),
        now=clock(),
        waivers=not options.no_waivers,
        allow_changed_limits=options.allow_changed_limits,
        rehearsal=is_set(os.environ),
    )
    path = Path(options.verdict or Path(read_settings(Path.cwd(), ()).reports, "verdict.json"))
    decision = decide_on(path, asked)
    if notice := told_clock(os.environ, clock()):
        print(f"WARNING: {printable(notice)}", file=sys.stderr)
    for line in write_output(_for_github(decision), os.environ):
        print(line)
    print(printable(decision.sentence))
    return decision.state.exit_code


def _for_github(decision: Decision) -> StepOutput:
    title = f"{decision.state}: {'deploy' if decision.state is State.READY else 'do not deploy'}"
    mend = f"\n\nTo mend: {escaped_markdown(decision.mend)}" if decision.mend else ""
    summary = f"## {title}\n\n{escaped_markdown(decision.reason)}.{mend}\n"
    told = () if decision.state is State.READY else (annotation(ERROR, title, decision.explained),)
    outputs = {"verdict": str(decision.state), "final": str(decision.final).lower(), "title": title}
    return StepOutput(told, summary, {**outputs, "reason": decision.sentence})


def decide_on(path: Path, asked: GateOptions) -> Decision:
    """Returns the decision on a file; a missing or unreadable one allows nothing."""
    try:
        if path.exists() and not path.is_file():
            return Decision(State.NOT_JUDGED, f"{path} is no file", JUDGE)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return Decision(State.NOT_JUDGED, f"{path} is too large for a verdict", JUDGE)
        return decide(content.decode("utf-8"), asked, str(path))
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else str(error)) or "unknown reason"
        return Decision(State.NOT_JUDGED, f"{path} cannot be read ({why})", JUDGE)


def _hour(text: str) -> int:
    hour = parse_hour(text)
    if hour == CHECKPOINTS[0]:
        raise UsageProblem("--hour=0: nothing is judged then; a gate asks for 4 or later, as a rule for 24")
    return hour


def _age(text: str) -> timedelta:
    try:
        hours = Fraction(text.strip()) if len(text) <= len(str(LONGEST_AGE)) + 2 else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        hours = Fraction(-1)
    if not 0 < hours <= LONGEST_AGE:
        raise UsageProblem(f"--max-age-hours={text}: it is no number of hours over 0; the default is 48")
    return timedelta(hours=float(hours))
