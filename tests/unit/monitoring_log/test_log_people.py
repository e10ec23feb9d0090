"""What people write in certain places stays there; that it survives anywhere is one of the properties."""

from hypothesis import given, settings
from hypothesis import strategies as st

from logparse.monitoring_log import update
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict
from tests.unit.monitoring_log.builders import TIMES, after, flag, fresh, section, value, verdict, window
from tests.unit.monitoring_log.drawn import verdicts


@settings(deadline=None, max_examples=40)
@given(st.lists(verdicts(), min_size=1, max_size=5))
def test_notes_and_quality_checks_are_never_touched(runs: list[Verdict]) -> None:
    """What people wrote behind Notes, in brackets even, and in the quality checks stands as it stood before."""
    text = fresh().replace("- **Notes:** [anything worth knowing]", "- **Notes:** [see ticket 12]")
    text = text.replace("[what the user asked, masked]", "where is my parcel").replace("[why]", "on topic")
    before = section(text, "### Check 1 (Hour 4)")
    for run in runs:
        text = update(text, run)
    assert text.count("- **Notes:** [see ticket 12]\n") == len(CHECKPOINTS)
    assert section(text, "### Check 1 (Hour 4)") == before


def test_all_hours_in_turn_with_notes_between() -> None:
    """A whole soak with people writing at every checkpoint ends complete, ready, and with every word of theirs."""
    text = fresh()
    for hour in CHECKPOINTS:
        text = update(text, verdict(hour, flags=[flag(cause="a secret")] if hour else []))
        heading = {0: "### Hour 0 (Start)", 24: "### Hour 24 (Final)"}.get(hour, f"### Hour {hour}")
        before, found, rest = text.partition(f"{heading}\n")
        note = f"- **Notes:** looked at hour {hour}\n  - and at its chats"
        lines = rest.split("\n")
        at = next(i for i, line in enumerate(lines) if line.startswith("- **Notes:**"))
        lines[at] = note
        text = before + found + "\n".join(lines)
    text = update(text, verdict(24, flags=[flag(cause="a secret")]))
    assert value(text, "# 24-Hour Monitoring Log", "Status") == "COMPLETE"
    assert "- **Production Ready: YES**" in text
    for hour in CHECKPOINTS:
        assert f"- **Notes:** looked at hour {hour}\n  - and at its chats\n" in text


def test_text_beneath_a_field_stays_beneath_it() -> None:
    """A remark, a nested item and pasted code under Errors stay there, in order, around the suite's own list."""
    text = after(4)
    lines = text.split("\n")
    at = lines.index("- **Errors:** 1")
    lines[at + 1 : at + 1] = ["  These are harmless."]
    lines[at + 3 : at + 3] = [
        "  - 3 of them are mine",
        "  ```",
        "- **Errors:** pasted",
        "",
        "  ```",
        "",
        "  Bob says so.",
    ]
    other = window(4, lost=3)
    filled = update("\n".join(lines), verdict(4, [other]))
    block = filled.split("- **Errors:** 3\n")[1].split("\n- **Response time")[0]
    assert block.split("\n") == [
        "  These are harmless.",
        f"  - 3 {TIMES} `[ARI] Kapso API error: N` at `logs/logs-hour-04.jsonl:7`",
        "  - 3 of them are mine",
        "  ```",
        "- **Errors:** pasted",
        "",
        "  ```",
        "",
        "  Bob says so.",
    ]
