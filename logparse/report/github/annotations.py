"""A verdict as annotations of GitHub Actions: one line each, which the service shows beside the run."""

from collections.abc import Iterator

from logparse.outcome import Outcome
from logparse.text.escape import printable
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import REHEARSAL, REHEARSED, Verdict

MOST = 10
"""The most annotations of one kind that the service keeps of a step; it silently drops others."""

LONGEST = 2_000
"""The most characters of a message; the service cuts what is much longer."""

ERROR, WARNING = "error", "warning"


def annotations(verdict: Verdict) -> Iterator[str]:
    """Yields the commands that annotate a run: the criteria, the worst first, then the warnings of the trend."""
    ordered = sorted(verdict.criteria, key=lambda judgement: -judgement.outcome.rank)
    worse = verdict.trend.worse if verdict.trend else ()
    for kind in (ERROR, WARNING):
        told = [(REHEARSAL, "opens no gate", REHEARSED)] if verdict.rehearsal and kind == WARNING else []
        told += [(one.title, str(one.shown), _message(one)) for one in ordered if _kind(one) == kind]
        told += [(f"trend: {one.title}", str(one.outcome), one.reason) for one in worse if kind == WARNING]
        shown = told if len(told) <= MOST else told[: MOST - 1]
        for title, outcome, message in shown:
            yield annotation(kind, f"{title}: {outcome}", message)
        if len(told) > len(shown):
            names = ", ".join(title for title, _, _ in told[len(shown) :])
            yield annotation(kind, f"{len(told) - len(shown)} more", f"{names}; see the summary of this step")


def annotation(kind: str, title: str, message: str) -> str:
    """Returns one command; title and message are escaped so that they cannot end the command or begin another."""
    return f"::{kind} title={_property(title)}::{_data(message[:LONGEST])}"


def _kind(judgement: Judgement) -> str:
    """Returns the kind of a criterion's annotation; empty if it gets none."""
    if judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED):
        return ERROR if judgement.required else WARNING
    return WARNING if judgement.outcome is Outcome.WARN or judgement.waived else ""


def _message(judgement: Judgement) -> str:
    mend = f"; to mend: {judgement.mend}" if judgement.mend and judgement.outcome is Outcome.NOT_JUDGED else ""
    return f"{judgement.reason}{mend}"


def _data(text: str) -> str:
    """Escapes a text as the message of a command."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escapes a text as the value of a property, which a colon or a comma would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
