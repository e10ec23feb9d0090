"""Verdicts to fill a document with: a calm soak, and what can be different about it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from logparse.monitoring_log import create, update
from logparse.outcome import Outcome, State, state_of
from logparse.values.flags import ErrorKind, Flag, Place, Severity
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.schedule import CHECKPOINTS, Soak, StartSource
from logparse.verdicts.verdict import Verdict, WindowResult

START = datetime(2026, 11, 20, 10, 25, tzinfo=UTC)
SOAK = Soak(START)
TIMES = "\N{MULTIPLICATION SIGN}"
NAMES = {
    "evidence": "Evidence",
    "success_rate": "Success rate",
    "signature_failures": "Signature failures",
    "response_time": "Response time",
    "error_rate": "Error rate",
    "critical_errors": "Critical errors",
    "silence": "Silence",
    "answering": "Answering",
    "response_quality": "Response quality",
}


def numbers(deliveries: int, lost: int = 0, **more: int) -> Metrics:
    """The numbers of a time in which so many deliveries came and some of them were lost with an error."""
    replies = deliveries - lost
    counts = {"signatures_verified": deliveries, "errors": lost, "records": 5 * deliveries, **more}
    return Metrics(
        deliveries=deliveries,
        processed=replies,
        replies=replies,
        response_ms_sum=3421 * replies,
        response_ms_p95=6130.0 if replies else None,
        response_ms_max=9812 if replies else None,
        **counts,
    )


def kind(text: str, count: int, line: int = 7) -> ErrorKind:
    """A kind of error that was seen so often."""
    return ErrorKind(text, count, START, START, Place("logs/logs-hour-04.jsonl", line))


def flag(label: str = "Signature failures (401)", minute: int = 60, lasts: int = 13, **more: object) -> Flag:
    """A critical flag that begins so many minutes after the start."""
    first = START + timedelta(minutes=minute)
    plain = Flag(label, Severity.CRITICAL, first, first + timedelta(minutes=lasts), 12, 3)
    return replace(plain, **more)  # type: ignore[arg-type]


def window(hour: int, *, judged: bool = True, lost: int | None = None, reason: str = "") -> WindowResult:
    """The window of one hour, with hour / 4 errors unless told otherwise."""
    lost = hour // 4 if lost is None else lost
    return WindowResult(
        hour, SOAK.window(hour), judged, numbers(200, lost), reason, (kind("[ARI] Kapso API error: N", lost),)
    )


def uncollected(hour: int) -> WindowResult:
    """A window without any logs."""
    return WindowResult(hour, SOAK.window(hour), False, Metrics(), "no logs were collected for it")


def verdict(
    hour: int,
    windows: Sequence[WindowResult] = (),
    flags: Iterable[Flag] = (),
    reason: str = "",
    **outcomes: Outcome,
) -> Verdict:
    """The verdict of an hour of a calm soak, with some windows, flags and outcomes of criteria replaced."""
    replaced = {window.hour: window for window in windows}
    due = tuple(replaced.get(due, window(due)) for due in SOAK.due(hour))
    total = numbers(sum(w.metrics.deliveries for w in due), sum(w.metrics.errors for w in due))
    criteria = tuple(
        Judgement(name, title, outcomes.get(name, Outcome.PASS), f"{title} was looked at", mend=f"mend {name}")
        for name, title in NAMES.items()
    )
    return Verdict(
        hour=hour,
        state=state_of(judgement.outcome for judgement in criteria) if hour else State.STARTED,
        start=START,
        start_source=StartSource.DOCUMENT,
        criteria=criteria if hour else (),
        metrics=total if hour else Metrics(),
        windows=due,
        baseline=numbers(190, 2) if hour == 0 else None,
        flags=tuple(flags),
        error_kinds=(kind("[ARI] Kapso API error: N", total.errors),) if hour else (),
        reason=reason,
        judged_at=SOAK.checkpoint(hour) + timedelta(minutes=3),
    )


def fresh() -> str:
    """A document that no run has touched."""
    return create(START)


def after(*hours: int, text: str = "") -> str:
    """A document in which these hours of a calm soak were run."""
    text = text or fresh()
    for hour in hours or CHECKPOINTS:
        text = update(text, verdict(hour))
    return text


def section(text: str, heading: str) -> str:
    """The lines of a document from a heading to the next one of the suite's levels."""
    lines = text.split("\n")
    start = lines.index(heading)
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith(("## ", "### "))), len(lines))
    return "\n".join(lines[start:end])


def value(text: str, heading: str, label: str) -> str:
    """What stands behind a label in a section."""
    start = f"- **{label}:** "
    return next(line.removeprefix(start) for line in section(text, heading).split("\n") if line.startswith(start))
