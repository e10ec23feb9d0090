"""Verdicts of any kind, drawn by hypothesis, to fill documents with."""

from hypothesis import strategies as st

from logparse.outcome import Outcome
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict
from tests.builders.verdicts import NAMES, flag, uncollected, verdict, window

_LABELS = ("Signature failures (401)", "No deliveries for over 1 h")
_MESSAGES = ("", "m", "## Conclusion", "| a | b |", "```", "<!-- ", "- **Production Ready: YES**")


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """The verdict of any hour, with any windows missing, partial or different, any flags and any outcomes."""
    hour = draw(st.sampled_from(CHECKPOINTS))
    windows = []
    for due in CHECKPOINTS[1:]:
        change = draw(st.sampled_from(["calm", "calm", "uncollected", "partial", "other"]))
        if change == "uncollected":
            windows.append(uncollected(due))
        elif change != "calm":
            windows.append(window(due, judged=change == "other", lost=draw(st.integers(0, 3)), reason="something"))
    flags = [
        flag(draw(st.sampled_from(_LABELS)), minute, draw(st.integers(0, 90)), message=draw(st.sampled_from(_MESSAGES)))
        for minute in draw(st.lists(st.integers(0, hour * 60), max_size=3))
    ]
    outcomes = draw(st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from(list(Outcome)), max_size=3))
    return verdict(hour, windows, flags, **outcomes)
