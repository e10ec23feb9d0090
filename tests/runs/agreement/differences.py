"""In what the outputs of a run say something else than its verdict.json."""

import json
from collections.abc import Iterator

from logparse.outcome import Outcome, State
from logparse.report import junit
from logparse.report.figures import criterion_row
from logparse.text.wording import plural
from logparse.values.judgement import Judgement
from logparse.values.schedule import StartSource
from logparse.verdicts.gate import GateOptions, decide
from logparse.verdicts.verdict import Verdict, from_json
from tests.builders.verdict_schema import faults
from tests.runs.agreement.outputs import READERS, Said, verdict_text
from tests.runs.agreement.runs import Made

STATUS_ROWS = {
    "success_rate": "Success rate",
    "signature_failures": "Signature failures",
    "response_time": "Response time (avg)",
    "error_rate": "Error rate",
}
"""The rows of the Metrics Summary in MONITORING-LOG.md that show a criterion."""


def said_by(made: Made) -> dict[str, Said | None]:
    """What each output says."""
    return {name: read(made) for name, read in READERS.items()}


def differences(made: Made) -> list[str]:
    """Each thing in which an output and verdict.json do not agree, in a few words; nothing where all agree."""
    text = verdict_text(made)
    verdict = from_json(text, "verdict.json")
    found = [f"schema: {fault}" for fault in faults(json.loads(text))]
    if made.ended.exit_code != verdict.state.exit_code:
        found.append(f"exit code: {made.ended.exit_code} for {verdict.state}")
    if str(verdict.state) != made.run.verdict:
        found.append(f"expected was {made.run.verdict}: {verdict.state}")
    if verdict.rehearsal != ("LOGPARSE_NOW" in made.environment):
        found.append(f"rehearsal is {verdict.rehearsal}")
    for name, said in said_by(made).items():
        found += [f"{name}: {difference}" for difference in _of_output(name, said, verdict, made)]
    found += [f"gate: {difference}" for difference in _of_gate(text, verdict)]
    return found


def _of_output(name: str, said: Said | None, verdict: Verdict, made: Made) -> Iterator[str]:
    known = verdict.start_source is not StartSource.UNKNOWN
    if said is None:
        written = {"SUMMARY.md": verdict.final, "MONITORING-LOG.md": known and verdict.hour > 0, "index": known}
        if written.get(name, True):
            yield "it says nothing"
        return
    title = str(verdict.state) if name == "JUnit" else verdict.title
    if name != "annotations" and not _names(said.title, title, name):
        yield f"it says {said.title!r} for {title!r}"
    if said.rehearsal != verdict.rehearsal:
        yield "it says that this is a rehearsal, or does not"
    if said.rows is not None:
        yield from _of_rows(said, verdict, exactly=name != "HTML report")
    if said.failed is not None:
        shown = [one for one in verdict.criteria if not made.run.arguments or "-k" not in made.run.arguments]
        chosen = {one.name for one in shown} or {"silence"}
        failed = {one.name for one in verdict.criteria if _fails(one) and one.name in chosen}
        if said.failed != failed:
            yield f"the tests that failed are {sorted(said.failed)}, not {sorted(failed)}"
    yield from _MORE.get(name, _nothing)(said, verdict)


def _names(told: str, title: str, name: str) -> bool:
    """Whether a text names a verdict; in the document its hour and its reason stand behind it."""
    if name in ("MONITORING-LOG.md", "HTML report", "index"):
        return told.strip().removeprefix("✓ ").removeprefix("✗ ").removeprefix("– ").startswith(title)
    return told == title


def _of_rows(said: Said, verdict: Verdict, *, exactly: bool) -> Iterator[str]:
    rows = said.rows or {}
    if list(rows) != [one.title for one in verdict.criteria]:
        yield f"its criteria are {list(rows)}"
        return
    for judgement in verdict.criteria:
        row = criterion_row(judgement)
        if rows[judgement.title] != row if exactly else not set(row[1:]) <= set(rows[judgement.title]):
            yield f"{judgement.title}: {rows[judgement.title]} for {row}"


def _of_terminal(said: Said, verdict: Verdict) -> Iterator[str]:
    block = "to mend" if verdict.state is State.NOT_JUDGED else ""
    if verdict.state in (State.READY, State.NOT_READY):
        block = "monitoring-stopped" if verdict.stopped else "monitoring-complete" if verdict.final else ""
    if said.more["block"] != block:
        yield f"it ends with {said.more['block']!r}, not with {block!r}"
    if said.more["begun"] != str(verdict.state is State.STARTED):
        yield "it says that the soak has started, or does not"


def _of_report(said: Said, verdict: Verdict) -> Iterator[str]:
    if not said.more["title of the page"].startswith(f"{verdict.title}:"):
        yield f"the title of the page is {said.more['title of the page']!r}"


def _of_document(said: Said, verdict: Verdict) -> Iterator[str]:
    for name, row in STATUS_ROWS.items():
        judgement = verdict.criterion(name)
        mark = {Outcome.PASS: "✓", Outcome.WARN: "✓", Outcome.FAIL: "✗"}.get(judgement.outcome, "–")
        told = said.more[row]
        if told[:1] != mark or (judgement.waived is not None) != (judgement.shown in told):
            yield f"{row} is marked {told!r}, not {mark!r}"
    ready = ("YES" if verdict.state is State.READY else "NO") if verdict.final else ""
    if said.more["ready"] != ready:
        yield f"Production Ready is {said.more['ready']!r}, not {ready!r}"
    over = verdict.final and verdict.state is not State.NOT_JUDGED
    status = "STOPPED" if verdict.stopped else "COMPLETE" if over else "IN PROGRESS"
    status += " (rehearsal)" if verdict.rehearsal else ""
    if said.more["status"] != status:
        yield f"its status is {said.more['status']!r}, not {status!r}"
    conclusion = "STABLE" if ready == "YES" else "NEEDS ATTENTION"
    waived = ", ".join(one.title for one in verdict.waived)
    conclusion += f" (with {plural(len(verdict.waived), 'waiver')}: {waived})" if waived else ""
    conclusion += " (rehearsal)" if verdict.rehearsal else ""
    if verdict.final and said.more["conclusion"] != conclusion:
        yield f"its conclusion is {said.more['conclusion']!r}, not {conclusion!r}"


def _of_soak_summary(said: Said, verdict: Verdict) -> Iterator[str]:
    if said.more["complete"] != str(verdict.state is State.READY):
        yield "it says that the phase is complete, or does not"


def _of_junit(said: Said, verdict: Verdict) -> Iterator[str]:
    for judgement in verdict.criteria:
        told = json.loads(said.more.get(judgement.name, "{}"))
        expected = dict(junit.of_criterion(judgement))
        if told and {name: told.get(name) for name in expected} != expected:
            yield f"{judgement.name} is {told}, not {expected}"
    if said.more["final of the suite"] != str(verdict.final).lower():
        yield f"final is {said.more['final of the suite']}"


def _of_outputs(said: Said, verdict: Verdict) -> Iterator[str]:
    if (said.more["verdict"], said.more["final"]) != (str(verdict.state), str(verdict.final).lower()):
        yield f"it hands on {dict(said.more)}"


def _of_annotations(said: Said, verdict: Verdict) -> Iterator[str]:
    expected = {}
    for judgement in verdict.criteria:
        if _fails(judgement):
            expected[judgement.title] = f"{'error' if judgement.required else 'warning'} {judgement.shown}"
        elif judgement.outcome is Outcome.WARN or judgement.waived:
            expected[judgement.title] = f"warning {judgement.shown}"
    left_out = {title for title in expected if title not in said.more}
    told = {title: kind for title, kind in said.more.items() if title in expected}
    # The tenth of a kind names the rest.
    too_few = left_out and len([kind for kind in expected.values() if kind.startswith("error")]) <= 10
    if too_few or told != {title: kind for title, kind in expected.items() if title not in left_out}:
        yield f"{dict(said.more)} for {expected}"


def _nothing(said: Said, verdict: Verdict) -> Iterator[str]:
    yield from ()


_MORE = {
    "terminal": _of_terminal,
    "HTML report": _of_report,
    "MONITORING-LOG.md": _of_document,
    "SUMMARY.md": _of_soak_summary,
    "JUnit": _of_junit,
    "outputs": _of_outputs,
    "annotations": _of_annotations,
}


def _of_gate(text: str, verdict: Verdict) -> Iterator[str]:
    """What a gate says of the verdict, asked as soon as it was judged."""
    if verdict.judged_at is None:
        yield "the verdict tells no time"
        return
    age = verdict.judged_at - verdict.start
    if verdict.rehearsal:
        if decide(text, GateOptions("", 24, age, verdict.judged_at)).state is not State.NOT_JUDGED:
            yield "a rehearsal opens it"
        text = json.dumps({**json.loads(text), "rehearsal": False})
    # With limits that a scenario has changed, and what it says of the bot with -o, as if both were of the file.
    settings = [{**one, "from": "file"} for one in json.loads(text)["settings"]]
    text = json.dumps({**json.loads(text), "settings": settings})
    decision = decide(text, GateOptions("", 24, age, verdict.judged_at, allow_changed_limits=True))
    expected = verdict.state if verdict.final else State.NOT_JUDGED
    if verdict.state is State.NOT_READY:
        expected = State.NOT_READY
    if decision.state is not expected:
        yield f"{decision.sentence} for {verdict.title}"


def _fails(judgement: Judgement) -> bool:
    return judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED)
