"""The verdict of a run: one frozen object, from which every output is made, to and from JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State, state_of, worst
from logparse.text.claims import disarmed_values
from logparse.text.visible import visible
from logparse.text.wording import plural
from logparse.values.course import Bar, Budget, Checkpoint, SettingInForce, Slot
from logparse.values.criteria import RESPONSE_QUALITY
from logparse.values.file_account import FileAccount
from logparse.values.flags import ErrorKind, Flag
from logparse.values.json_form import NotAsWritten, plain, text_of, value_of
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import CheckResult
from logparse.values.schedule import CHECKPOINTS, Span, StartSource
from logparse.values.suspicions import Examined
from logparse.verdicts.trend import Trend

SCHEMA = 1
"""The version of the JSON form; it changes if a key changes its meaning or is removed."""

UNFINISHED = "the run did not finish"
"""The reason in the stand-in for a verdict while a run is under way."""

NOTHING_JUDGED = "nothing was judged: "
"""The start of the reason in the stand-in for a verdict after a mistake of use."""

REHEARSAL = "rehearsal"
"""The word for a verdict in every output if the clock of its run was set: it opens no gate."""

REHEARSED = "the clock was set by LOGPARSE_NOW; it opens no gate"
"""The meaning of a rehearsal, in a sentence."""


@dataclass(frozen=True)
class WindowResult:
    """One checkpoint's own window: its time, its numbers, and its kinds of error.

    ``reason`` is why it could not be judged, or, if it was, which limits it breaks; empty if none.
    """

    hour: int
    span: Span
    judged: bool
    metrics: Metrics
    reason: str = ""
    error_kinds: tuple[ErrorKind, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """The result of a run at one checkpoint.

    ``criteria`` holds every criterion, passed ones too; ``metrics`` are the numbers since the start; ``windows`` the
    numbers of each due window; ``baseline`` those of the four hours before the start (hour 0 only, None without logs of
    them); ``quality`` are the findings in the conversations; ``trend`` compares the numbers with those of an earlier
    soak, if one was named; ``mend`` is the command or action that would turn NOT JUDGED into a judgement;
    ``would_change`` are changes that would change the verdict, a sentence each. ``budgets`` are the allowed failures;
    ``earlier`` the outcomes of the checkpoints before this one; ``slots`` and ``response_times`` counts over time, and
    the distribution of response times; ``holes`` the spans without logs; ``settings`` those in force;
    ``quality_checks`` people's ratings; ``unnamed_records`` the number of records without a deployment; ``deployment``
    the one that hour 0 named, or empty; ``rehearsal`` whether the clock of the run was set; ``collecting`` how the logs
    are collected, if known.
    """

    hour: int
    state: State
    start: datetime
    start_source: StartSource
    criteria: tuple[Judgement, ...] = ()
    metrics: Metrics = field(default_factory=Metrics)
    windows: tuple[WindowResult, ...] = ()
    baseline: Metrics | None = None
    deployments: tuple[str, ...] = ()
    files: tuple[FileAccount, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    error_kinds: tuple[ErrorKind, ...] = ()
    quality: Examined = field(default_factory=Examined)
    trend: Trend | None = None
    reason: str = ""
    mend: str = ""
    would_change: tuple[str, ...] = ()
    budgets: tuple[Budget, ...] = ()
    earlier: tuple[Checkpoint, ...] = ()
    slots: tuple[Slot, ...] = ()
    response_times: tuple[Bar, ...] = ()
    holes: tuple[Span, ...] = ()
    settings: tuple[SettingInForce, ...] = ()
    judged_at: datetime | None = None
    quality_checks: tuple[CheckResult, ...] = ()
    unnamed_records: int = 0
    collecting: str = ""
    deployment: str = ""
    rehearsal: bool = False

    @property
    def answers(self) -> str:
        """The rating of the answers by people, in a word: stable, issues, or not checked; waivers do not change it."""
        checks = self.quality_checks
        judged = self.judgement_of(RESPONSE_QUALITY.name)
        failed = judged is not None and (judged.outcome is Outcome.FAIL or judged.waived is not None)
        if failed or any(check.needs_improvement for check in checks):
            return "issues"
        whole = bool(checks) and not any(check.missing for check in checks)
        return "stable" if whole and judged and judged.outcome is not Outcome.NOT_JUDGED else "not checked"

    @property
    def final(self) -> bool:
        """Whether this is the verdict over the whole soak; gates require it."""
        return self.hour == CHECKPOINTS[-1]

    @property
    def production_ready(self) -> bool:
        """Whether the bot passed the whole soak."""
        return self.final and self.state is State.READY

    @property
    def stopped(self) -> bool:
        """Whether the soak ends here, because the bot must not go on like this."""
        return self.state is State.NOT_READY and any(
            judgement.required and judgement.outcome is Outcome.FAIL and judgement.criterion.stops
            for judgement in self.criteria
        )

    @property
    def title(self) -> str:
        """The verdict as shown to people."""
        return f"{self._title} ({REHEARSAL})" if self.rehearsal else self._title

    @property
    def _title(self) -> str:
        if self.state is not State.READY:
            return str(self.state)
        so_far = "" if self.final else f" so far, hour {self.hour} of {CHECKPOINTS[-1]},"
        if not self.waived:
            return f"{self.state}{so_far}".removesuffix(",")
        names = ", ".join(judgement.title for judgement in self.waived)
        return f"{self.state}{so_far} with {plural(len(self.waived), 'waiver')}: {names}"

    @property
    def waived(self) -> tuple[Judgement, ...]:
        """The criteria that only a waiver let pass."""
        return tuple(judgement for judgement in self.criteria if judgement.waived)

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The outcomes of each checkpoint up to this one; none at hour 0."""
        if not self.criteria:
            return self.earlier
        outcomes = {judgement.name: judgement.outcome for judgement in self.criteria}
        return (*self.earlier, Checkpoint(self.hour, self.state, outcomes))

    def is_new(self, kind: ErrorKind) -> bool:
        """Tells whether a kind of error was first seen in the newest window."""
        return bool(self.windows) and kind.first >= self.windows[-1].span.start

    def judgement_of(self, name: str) -> Judgement | None:
        """Returns the judgement of one criterion; None if this run did not judge it."""
        return next((judgement for judgement in self.criteria if judgement.name == name), None)

    def criterion(self, name: str) -> Judgement:
        """Returns the judgement of one criterion; raises KeyError if it was not judged (hour 0)."""
        if judgement := self.judgement_of(name):
            return judgement
        raise KeyError(name)

    def with_not_judged(self, name: str, reason: str) -> "Verdict":
        """Returns the verdict after the test of a criterion crashed or was skipped: NOT JUDGED or worse."""
        judged = self.criterion(name)
        outcome, title = worst([judged.outcome, Outcome.NOT_JUDGED]), judged.title
        unjudged = replace(judged, outcome=outcome, reason=reason, required=True, waived=None)
        criteria = tuple(unjudged if one is judged else one for one in self.criteria)
        state = state_of(one.outcome for one in criteria if one.required)
        again = (f"{title} can be judged after this: run again; {reason}.", *self.would_change)
        if state is State.NOT_READY:
            return replace(self, criteria=criteria, state=state, would_change=again)
        told = f"{title}: {reason}"
        told = f"{self.reason}; {told}" if state is self.state else told
        mend = self.mend or "run again"
        return replace(self, criteria=criteria, state=state, reason=told, mend=mend, would_change=again)


def to_json(verdict: Verdict) -> str:
    """Serialises the verdict to JSON; values at full precision, times in ISO 8601 UTC."""
    document = {
        "schema": SCHEMA,
        "hour": verdict.hour,
        "final": verdict.final,
        "verdict": verdict.state,
        "title": verdict.title,
        "rehearsal": verdict.rehearsal,
        "reason": verdict.reason,
        "mend": verdict.mend,
        "collecting": verdict.collecting,
        "start": verdict.start,
        "start_source": verdict.start_source,
        "judged_at": verdict.judged_at,
        "deployment": verdict.deployment,
        "deployments": verdict.deployments,
        "unnamed_records": verdict.unnamed_records,
        "waivers": [judgement.waived.waiver for judgement in verdict.criteria if judgement.waived],
        "criteria": verdict.criteria,
        "metrics": verdict.metrics.as_dict(),
        "baseline": verdict.baseline.as_dict() if verdict.baseline else None,
        "windows": [_window(window) for window in verdict.windows],
        "files": verdict.files,
        "lines": verdict.lines,
        "records": sum(file.records for file in verdict.files),
        "flags": verdict.flags,
        "quality_checks": verdict.quality_checks,
        "error_kinds": verdict.error_kinds,
        "quality": verdict.quality,
        "would_change": verdict.would_change,
        "budgets": [{**plain(budget), "left": budget.left} for budget in verdict.budgets],
        "checkpoints": verdict.checkpoints,
        "slots": verdict.slots,
        "response_times": verdict.response_times,
        "holes": verdict.holes,
        "settings": [_setting(setting) for setting in verdict.settings],
        "trend": verdict.trend,
    }
    return json_text(document)


def json_text(document: Mapping[str, Any]) -> str:
    """Serialises a document to JSON, with every character escaped that would not be visible as it is."""
    return _UNSEEN.sub(_escaped, text_of(disarmed_values(plain(document)), indent=2, ensure_ascii=False)) + "\n"


def from_json(text: str, name: str) -> Verdict:
    """Parses the result of ``to_json``; newer keys that it lacks get their defaults.

    Raises UsageProblem, with ``name``, if it is damaged, of another schema, or a stand-in for a verdict.
    """
    try:
        document = json.loads(text)
        if not isinstance(document, dict):
            raise NotAsWritten("it is no object")
        if document.get("schema") != SCHEMA:
            raise UsageProblem(f"{name}: its schema is {document.get('schema')!r:.40}; this version reads {SCHEMA}")
        if "start" not in document:
            raise UsageProblem(f"{name}: holds no verdict: {str(document.get('reason', UNFINISHED))[:200]}")
        return value_of(_fields(document), Verdict)
    except (ValueError, RecursionError) as problem:
        said = visible(str(problem).splitlines()[0])[:200]
        raise UsageProblem(f"{name}: is no verdict as a run writes it: {said}") from None


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    """Maps the keys of verdict.json to the names of the fields; keys with the same name are kept."""
    windows = document.get("windows", [])
    if isinstance(windows, list):
        windows = [_with_span(window) if isinstance(window, dict) else window for window in windows]
    earlier = document.get("checkpoints", [])
    if isinstance(earlier, list) and document.get("criteria"):
        earlier = earlier[:-1]
    settings = document.get("settings", [])
    if isinstance(settings, list):
        settings = [_with_origin(setting) if isinstance(setting, dict) else setting for setting in settings]
    told = {"state": str(document.get("verdict")), "windows": windows, "earlier": earlier, "settings": settings}
    return {**document, **told}


def _with_span(window: Mapping[str, Any]) -> dict[str, Any]:
    return {**window, "span": {"start": window.get("from"), "end": window.get("to")}}


def _with_origin(setting: Mapping[str, Any]) -> dict[str, Any]:
    return {**setting, "origin": setting["from"]} if "from" in setting else dict(setting)


_UNSEEN = re.compile(r"[^ -~\n]")


def _escaped(found: re.Match[str]) -> str:
    """Escapes a character of JSON text if it would not be visible as it is."""
    if found[0].isprintable():
        return found[0]
    return json.dumps(found[0])[1:-1] if ord(found[0]) > 0x7F else f"\\u{ord(found[0]):04x}"


def unfinished(hour: int, reason: str = UNFINISHED) -> str:
    """Returns JSON for a run that is under way or concluded nothing, so that no old READY stays."""
    final = hour == CHECKPOINTS[-1]
    told = {"schema": SCHEMA, "hour": hour, "final": final, "verdict": State.NOT_JUDGED, "reason": reason}
    return json_text({**told, "criteria": []})


def _window(window: WindowResult) -> dict[str, Any]:
    return {
        "hour": window.hour,
        "from": window.span.start,
        "to": window.span.end,
        "judged": window.judged,
        "reason": window.reason,
        "metrics": window.metrics.as_dict(),
        "error_kinds": window.error_kinds,
    }


def _setting(setting: SettingInForce) -> dict[str, Any]:
    return {"name": setting.name, "value": setting.value, "changed": setting.changed, "from": setting.origin}
