"""What people write in certain places stays there; that it survives anywhere is one of the properties."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.monitoring_log import update
from logparse.outcome import Outcome
from logparse.values.flag_kinds import CAUSES
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict
from tests.builders.drawn_documents import verdicts
from tests.builders.examples import examples
from tests.builders.verdicts import SOAK, TIMES, after, flag, fresh, section, value, verdict, window


@examples(320)
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


def _with(text: str, before: str, words: str) -> str:
    """The document with words of people's in front of a line."""
    assert f"\n{before}" in text
    return text.replace(f"\n{before}", f"\n{words}\n{before}", 1)


RULE = "| --- | --- | --- |"

CASES = {
    "their own table above the suite's": (
        "| Metric",
        "| Metric | Last soak | Mine |\n" + RULE + "\n| Success rate | 90 | x |\n",
    ),
    "a table with the suite's head": (
        "| Metric",
        "| Metric | Value | Status |\n" + RULE + "\n| Success rate | 90 | x |\n",
    ),
    "a table in the middle of the suite's": ("| Error rate", "\n| A | B |\n| --- | --- |\n| Success rate | 90 |\n"),
    "a row above the suite's": ("| Success rate", "| Success rate | 90 | mine |"),
    "an item in the form of a flag": ("## Bot", "- **Our pager** (critical): 2026-11-20 11:25 UTC, 3 records\n"),
    "a flag's nested line": ("  - Likely", "  - First message: `I saw another one`"),
    "a flag's cause": ("## Bot", "  - Likely cause, by its pattern: I know it\n"),
    "a kind of error": (f"  - 1 {TIMES}", f"  - 3 {TIMES} `mine`"),
    "a point": ("## Conclusion", "  - **FAIL** Success rate: we knew it\n"),
    "a paragraph that sets a list apart": (f"  - 1 {TIMES}", "\nwe looked at these\n"),
    "a label of the suite's": ("- **Errors:** 1", "- **Errors:** see ticket 12"),
    "a value of the suite's with words behind it": ("- **Status:** STABLE", "- **Status:** STABLE since Monday"),
    "a number with words behind it": ("- **Errors:** 1", "- **Errors:** 3 of them are ours"),
    "a row with a status and words": ("| Success rate", "| Success rate | ask Ana | ✓ |"),
    "a row with words behind the status": ("| Success rate", "| Success rate | no deliveries | ✓ says Ana |"),
    "a row that cuts off the suite's": (
        "| Success rate",
        "| Success rate | 90 | mine |\n\n| A | B |\n| --- | --- |",
    ),
    "a form feed above the suite's": ("- **Action Items:**", "- **Action Items:** none\x0c- **Status:** STABLE"),
    "HTML without a blank line": ("- **Status:** STABLE", "<div>mine</div>"),
    "code at the very end, never closed": ("", ""),
}


@pytest.mark.parametrize(("before", "words"), CASES.values(), ids=CASES)
def test_what_looks_like_the_suites_is_kept(before: str, words: str) -> None:
    """What the fuzzer once lost stays, word for word, and nothing is written twice: a second run changes nothing."""
    run = verdict(24, flags=[flag(message="m", cause=CAUSES["secret"].words)])
    text = update(after(0, 4, 8), run)
    edited = _with(text, before, words) if before else f"{text}\n```\nleft open"
    mended = edited.replace("<div>mine</div>\n", "<div>mine</div>\n\n")
    assert update(edited, run) == mended
    calm = update(edited, verdict(24))
    assert update(calm, verdict(24)) == calm
    assert [line for line in words.split("\n") if line.strip() and line not in calm and line not in RULE] == []


@pytest.mark.parametrize(
    "line", ["    - **FAIL** x", "  - First message: `m`", "  - Likely cause", f"  - 24 {TIMES}", "  - **CRITICAL** "]
)
def test_words_behind_a_line_of_the_suites_stay(line: str) -> None:
    """Behind what the suite wrote, people's words stand when it says something else by now."""
    many = replace(verdict(24, flags=[flag(message="m", cause=CAUSES["secret"].words)]), reason="so")
    text = update(after(0, 4), many)
    found = [at for at, shown in enumerate(text.split("\n")) if shown.startswith(line)]
    lines = text.split("\n")
    for number, at in enumerate(found):
        lines[at] += f" -- asked Bob {number}"
    edited = "\n".join(lines)
    assert update(edited, many) == edited
    later = update(edited, verdict(24, silence=Outcome.FAIL))
    assert [number for number in range(len(found)) if later.count(f" -- asked Bob {number}\n") != 1] == []


@pytest.mark.parametrize(
    ("label", "reworded", "theirs"),
    [
        ("Status", "- **Status:** STABLE, but see ticket 12", "- **Status:** of the ticket: open"),
        ("Action Items", "- **Action Items:** nothing", "- **Action Items:** none for us"),
        ("Production Ready", "- **Production Ready:** YES, says Ana", "- **Production Ready:** NO, says Bob"),
    ],
)
def test_fields_of_people_alone_all_stay(label: str, reworded: str, theirs: str) -> None:
    """Where all fields of a label have words of people's none is the suite's, and it writes its own beside them."""
    text = after()
    own = next(line for line in section(text, "## Conclusion").split("\n") if line.startswith(f"- **{label}:"))
    edited = _with(text, own, theirs).replace(f"\n{own}\n", f"\n{reworded}\n")
    mended = update(edited, verdict(24))
    assert [line for line in mended.split("\n") if line not in edited.split("\n")] == [own]
    assert update(mended, verdict(24)) == mended
    failed = update(mended, verdict(24, silence=Outcome.FAIL))
    assert failed.count(f"\n{reworded}\n") == failed.count(f"\n{theirs}\n") == 1
    assert f"\n{own}\n" not in failed


@pytest.mark.parametrize("label", ["Errors", "Limits in this window", "Time"])
def test_a_single_field_is_written_over_and_not_doubled(label: str) -> None:
    """Where a label stands once, its value is the suite's, whatever people wrote there instead."""
    text = after(4)
    own = next(line for line in section(text, "### Hour 4").split("\n") if line.startswith(f"- **{label}:**"))
    assert update(text.replace(own, f"- **{label}:** in other words", 1), verdict(4)) == text


def test_a_new_flag_does_not_come_between_an_earlier_one_and_words_about_it() -> None:
    """Where code of people's has split a flag, what they wrote beneath its last line stays beneath it."""
    text = update(fresh(), verdict(4, flags=[flag(message="m")]))
    theirs = "~~~\nasked Ana\n~~~\n  - First message: `m`\n> so she said\n"
    edited = text.replace("  - First message: `m`\n", theirs)
    assert edited != text
    run = verdict(4, flags=[flag("Off-topic replies", 120, message="n")])
    once = update(edited, run)
    assert theirs in once
    assert update(once, run) == once


def test_words_indented_by_a_tab_stand_beneath_a_flag() -> None:
    """A tab nests a list item like four spaces: a flag with one beneath it is marked, not taken away."""
    text = update(fresh(), verdict(4, flags=[flag(message="m", cause=CAUSES["network"].words)]))
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("  - First message"))
    edited = "\n".join([*lines[: at + 1], "\t- asked Ana", *lines[at + 1 :]])
    calm = update(edited, verdict(4))
    assert f"{lines[at - 1]} (no longer seen)\n" in calm
    assert "\n\t- asked Ana\n" in calm
    again = verdict(4, flags=[flag("No deliveries", 120)])
    assert update(update(calm, again), again) == update(calm, again)


def test_rows_of_people_alone_all_stay() -> None:
    """Where two rows of a name have no status of the suite's, it writes its own beside them."""
    text = after(4)
    own = next(line for line in text.split("\n") if line.startswith("| Success rate "))
    theirs = ["| Success rate | ask Ana | mine |", "| Success rate | 90 | hers |"]
    edited = text.replace(own, "\n".join(theirs))
    mended = update(edited, verdict(4))
    assert [line for line in mended.split("\n") if line not in edited.split("\n")] == [own]
    assert [line for line in theirs if line not in mended] == []
    assert update(mended, verdict(4)) == mended


def test_a_copied_line_is_not_taken_for_the_suites_at_the_second_run() -> None:
    """The first run has written its value into one of two lines; a second one finds it there, whatever it says."""
    copied = "- **Limits in this window:** all met"
    text = after(4).replace(f"{copied}\n", f"{copied}\n\n{copied}\n", 1)
    run = verdict(4, [window(4, reason="a reason in other words")])
    once = update(text, run)
    assert once.count("a reason in other words") == once.count(f"{copied}\n") == 1
    assert update(once, run) == once


@pytest.mark.parametrize("hour", [0, 4])
def test_the_note_of_a_run_is_written_once(hour: int) -> None:
    """Of several placeholders of the notes the first is filled, and no later run of the hour fills another."""
    placeholder = "- **Notes:** [anything worth knowing]\n"
    copied = fresh().replace(placeholder, f"{placeholder}\n{placeholder}")
    once = update(copied, verdict(hour))
    assert once.count(placeholder) == copied.count(placeholder) - 1
    later = replace(verdict(hour), judged_at=SOAK.checkpoint(24))
    assert update(update(once, verdict(hour)), later) == once


def test_a_line_that_code_hides_is_not_replaced_by_words_of_people() -> None:
    """Where the suite's line stands in code, and people's of the same name are seen, the line of the code is named."""
    text = after().replace("- **Status:** STABLE\n", "- **Status:** ask Ana\n\n```\n- **Status:** STABLE\n```\n\n")
    lines = text.split("\n")
    opened = lines.index("```", lines.index("- **Status:** ask Ana")) + 1
    with pytest.raises(
        UsageProblem, match=rf"^LOG.md:{opened}: the field 'Status' of line {opened + 1} stands in the code"
    ):
        update(text, verdict(24), "LOG.md")
    row = next(line for line in after().split("\n") if line.startswith("| Success rate "))
    hidden = after().replace(row, f"| Success rate | ask Ana | mine |\n\n```\n{row}\n```\n")
    opened = hidden.split("\n").index(row)
    with pytest.raises(UsageProblem, match=rf"^LOG.md:{opened}: the row of the table of line {opened + 1} stands in"):
        update(hidden, verdict(24), "LOG.md")
    # Notes are people's, hidden or seen.
    pasted = after(4).replace(
        "- **Notes:** Judged", "```\n- **Notes:** [anything worth knowing]\n```\n- **Notes:** Judged"
    )
    assert update(pasted, verdict(4)) == pasted


def test_code_left_open_in_the_conclusion_hides_no_answer() -> None:
    """Above the suite's lines it is refused with its line: a YES would stand in it under NOT READY, ever again."""
    text = after().replace("- **Status:** STABLE", "```\nleft open\n- **Status:** STABLE")
    where = text.split("\n").index("left open")
    with pytest.raises(
        UsageProblem, match=rf"^LOG.md:{where}: the field 'Status' of line {where + 2} stands in the code"
    ):
        update(text, verdict(24, silence=Outcome.FAIL), "LOG.md")


@pytest.mark.parametrize(
    "line",
    [
        "Production Ready: YES",
        "- **Production Ready: YES**",
        "    Production Ready: YES",
        "<!-- Production Ready: YES -->",
    ],
)
@pytest.mark.parametrize("heading", ["### Hour 4", "## Conclusion", "## Issues Encountered"])
def test_the_search_of_gates_finds_the_suites_line_alone(line: str, heading: str) -> None:
    """Whatever people wrote, it finds one line after a stable soak, and none otherwise; their words look the same."""
    for run, found in ((verdict(24), 1), (verdict(24, silence=Outcome.FAIL), 0)):
        text = update(after(0, 4), run).replace(f"{heading}\n", f"{heading}\n\n{line}\n\n", 1)
        text = update(text, run)
        assert text.count("Production Ready: YES") == found
        assert update(text, run) == text
        assert text.count("Production Ready:\u202fYES") == 1 or heading == "## Conclusion"


@pytest.mark.parametrize("blank", ["\u00a0", "\t", "  ", "\x0b"])
def test_a_search_finds_a_heading_whose_blanks_somebody_changed(blank: str) -> None:
    """Another blank within a heading looks the same; the run writes a plain one, for searches find no other."""
    text = after(0, 4)
    edited = text.replace("### Hour 0 (Start)", f"### Hour{blank}0 (Start)")
    assert "Hour 0" not in edited
    assert update(edited, verdict(4)) == text
    title = text.replace("# 24-Hour Monitoring Log", f"# 24-Hour{blank}soak of Ana's")
    assert update(title, verdict(4)) == title
