"""A verdict that carries a foreign text in every field that text of logs, files or settings reaches."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.course import SLOT, Bar, Budget, Checkpoint, SettingInForce, Slot
from logparse.values.file_account import FileAccount
from logparse.values.flags import Place, Severity
from logparse.values.schedule import Span
from logparse.values.waiver import Waiver
from logparse.verdicts.baseline import with_trend
from logparse.verdicts.verdict import Verdict
from tests.builders.verdicts import START, flag, kind, numbers, uncollected, verdict, window

CALM = "x"
"""A text that means nothing anywhere: what stands where it stood must look the same."""

_OUTCOMES = {
    "evidence": Outcome.NOT_JUDGED,
    "success_rate": Outcome.FAIL,
    "error_rate": Outcome.WARN,
    "silence": Outcome.FAIL,
    "answering": Outcome.FAIL,
}


def telling(text: str, hour: int = 24) -> Verdict:
    """The verdict of a bad soak that tells a text wherever one can be told."""
    flags = [
        flag(message=text, cause=text, place=Place(text, 1)),
        flag(text or "flag", minute=300, severity=Severity.WARNING, message=text),
    ]
    windows = [window(4, reason=text), replace(uncollected(8), reason=text)]
    bad = verdict(hour, windows, flags, reason=text, **_OUTCOMES)
    kinds = (replace(kind(text, 3), place=Place(text, 1)),)
    earlier = replace(verdict(24), start=START - timedelta(days=2), deployments=(text,))
    trend = with_trend(bad, replace(earlier, metrics=numbers(90_000)), parse().trend).trend
    waiver = Waiver("answering", text, text, START + timedelta(days=9), text)
    return replace(
        bad,
        criteria=tuple(replace(judgement, reason=text, mend=text).after(waiver) for judgement in bad.criteria),
        windows=tuple(replace(window, error_kinds=kinds) for window in bad.windows),
        deployments=(text,),
        files=(FileAccount(text, "5d41402abc4b2a76", "iso-text", {"records": 7}, 7, problem=text),),
        lines={"records": 7},
        error_kinds=kinds,
        mend=text,
        **_course(bad, text),
        trend=trend and replace(trend, title=text, changes=tuple(replace(one, reason=text) for one in trend.changes)),
    )


def _course(bad: Verdict, text: str) -> dict[str, Any]:
    """The course of the soak, and what would change its verdict: sentences and settings may hold any text."""
    outcomes = {judgement.name: judgement.outcome for judgement in bad.criteria}
    return {
        "would_change": (text, text),
        "budgets": (Budget("success_rate", 15, 20), Budget("error_rate", 14, 3)),
        "earlier": tuple(Checkpoint(window.hour, State.NOT_READY, outcomes) for window in bad.windows[:-1]),
        "slots": tuple(
            Slot(START + at * SLOT, START + (at + 1) * SLOT, 4, 3, at % 2, 3, 900.0, 1_900.0, 12_000)
            for at in range(4 * bad.hour)
        ),
        "response_times": (Bar(0, 500, 3), Bar(500, 10_000, 90), Bar(10_000, None, 2)),
        "holes": (Span(START + 5 * SLOT, START + 12 * SLOT),),
        "settings": (SettingInForce("title", text, True), SettingInForce("environment", text, False)),
    }
