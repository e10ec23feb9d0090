"""The baseline of a run: the verdict of an earlier soak that was READY, and the trend since then."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.settings.limits import TrendLimits
from logparse.text.wording import moment
from logparse.values.schedule import Soak
from logparse.verdicts.history import read_verdict
from logparse.verdicts.trend import Trend, changes
from logparse.verdicts.verdict import Verdict


def read_baseline(path: Path) -> Verdict:
    """Reads the baseline; raises UsageProblem if it cannot be read, is not final, or was not READY.

    One that was READY with waivers is accepted: every output names them beside its numbers.
    """
    verdict = read_verdict(path)
    if not verdict.final:
        raise UsageProblem(f"{path}: is no baseline: it is of hour {verdict.hour}, and only hour 24 is final")
    if verdict.state is not State.READY:
        raise UsageProblem(f"{path}: is no baseline: its verdict was {verdict.title}; name one of a READY soak")
    return verdict


def check_earlier(baseline: Verdict, path: Path, start: datetime) -> None:
    """Raises UsageProblem if a baseline is of this very soak, or was not over before it started."""
    if baseline.start == start:
        raise UsageProblem(f"{path}: is no baseline: it is of this very soak; name one of an earlier soak")
    if Soak(baseline.start).span.end > start:
        raise UsageProblem(
            f"{path}: is no baseline: its soak from {moment(baseline.start)} was not over when this one started, "
            f"{moment(start)}; name one of an earlier soak"
        )


def with_trend(verdict: Verdict, baseline: Verdict, limits: TrendLimits) -> Verdict:
    """Adds the trend since the baseline to the verdict; its state and its criteria stay as they are."""
    if verdict.state is State.STARTED:
        return verdict
    trend = Trend(
        start=baseline.start,
        title=baseline.title,
        judged_at=baseline.judged_at,
        deployments=baseline.deployments,
        changes=tuple(changes(verdict.metrics, baseline.metrics, limits)),
    )
    worse = "; ".join(f"{change.title} is {change.reason}" for change in trend.worse)
    reason = f"{verdict.reason}; beside the soak from {moment(baseline.start)}: {worse}" if worse else verdict.reason
    return replace(verdict, trend=trend, reason=reason)
