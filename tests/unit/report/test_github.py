"""What GitHub Actions is told: within its caps, and unbroken by any text of a log."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from logparse.outcome import Outcome, State
from logparse.report.github.actions import StepOutput, of_unfinished, of_verdict, write_output
from logparse.report.github.annotations import LONGEST, MOST, annotation, annotations
from logparse.report.github.step_summary import LARGEST, fitted, step_summary
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict
from tests.builders.hostile_texts import HOSTILE
from tests.builders.hostile_verdicts import telling

COMMAND = re.compile(r"::(error|warning) title=([^:,]*)::(.*)")


def _read_back(line: str) -> tuple[str, str, str]:
    """A command as the service reads it: its kind, its title, its message."""
    found = COMMAND.fullmatch(line)
    assert found, line
    title, message = found[2], found[3]
    for written, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        title, message = title.replace(written, sign), message.replace(written, sign)
    return found[1], title, message


SAYING = {name: text for name, text in HOSTILE.items() if text}
"""Texts of which there is something to see; a field that is empty has no line of its own."""

WORDS: Mapping[str, tuple[str, str]] = {
    "plain words": ("6 of 100", "6 of 100"),
    "a percent sign": ("6.0 % of 100", "6.0 % of 100"),
    "what looks like an escape": ("%0A%3A", "%0A%3A"),
    "a line break": ("one\n::error::two", "one ::error::two"),
    "both of them": ("one\r\ntwo", "one  two"),
    "the end of a command": ("a::b,c", "a::b,c"),
    "a command in front": ("::stop-commands::x", ": :stop-commands::x"),
    "one of another service": ("##[error]x", "# #[error]x"),
    "colours": ("\x1b[31mred", "?red"),
    "a turn of the direction": ("a\u202eb", "a?b"),
}


@pytest.mark.parametrize(("text", "shown"), WORDS.values(), ids=WORDS)
def test_a_text_is_shown_as_it_is(text: str, shown: str) -> None:
    """Neither in the title nor in the message does it end the command or begin another."""
    assert _read_back(annotation("error", text, text)) == ("error", shown, shown)


def test_a_long_text_is_cut() -> None:
    """The service would cut it anyway."""
    assert len(_read_back(annotation("error", "x", "y" * 100_000))[2]) == LONGEST


def _verdict(*outcomes: Outcome, required: bool = True) -> Verdict:
    judgements = tuple(
        Judgement(f"c{at}", f"C{at}", outcome, f"reason {at}", required, mend=f"mend {at}")
        for at, outcome in enumerate(outcomes)
    )
    return replace(telling("x"), state=State.NOT_READY, criteria=judgements)


def test_the_worst_comes_first() -> None:
    """What failed stands before what was not judged, and that before what is worth a look; passed ones are not told."""
    told = _verdict(Outcome.WARN, Outcome.NOT_JUDGED, Outcome.PASS, Outcome.FAIL, Outcome.NOT_MEASURED)
    assert list(annotations(told)) == [
        "::error title=C3%3A FAIL::reason 3",
        "::error title=C1%3A NOT JUDGED::reason 1; to mend: mend 1",
        "::warning title=C0%3A WARN::reason 0",
    ]
    assert list(annotations(_verdict(Outcome.FAIL, required=False))) == ["::warning title=C0%3A FAIL::reason 0"]


@pytest.mark.parametrize(("number", "told", "more"), [(10, 10, ""), (11, 10, "2 more"), (25, 10, "16 more")])
def test_no_more_than_the_service_keeps(number: int, told: int, more: str) -> None:
    """Ten of each kind; where there are more, the last one names the rest."""
    both = replace(
        _verdict(),
        criteria=(
            *_verdict(*[Outcome.FAIL] * number).criteria,
            *_verdict(*[Outcome.WARN] * number).criteria,
        ),
    )
    found = [_read_back(line) for line in annotations(both)]
    for kind in ("error", "warning"):
        of_kind = [(title, message) for known, title, message in found if known == kind]
        assert len(of_kind) == told <= MOST
        if more:
            assert of_kind[-1][0] == more
            assert f"C{number - 1}" in of_kind[-1][1]


@pytest.mark.parametrize("text", SAYING.values(), ids=SAYING)
def test_no_text_breaks_what_is_told(text: str) -> None:
    """The summary has the headings and rows that it has for a calm text, and each annotation is one line."""
    hostile, calm = telling(text), telling("x")
    kinds = [
        [token.type for token in MarkdownIt("commonmark").enable("table").parse(step_summary(one))]
        for one in (hostile, calm)
    ]
    assert kinds[0] == kinds[1]
    lines = list(annotations(hostile))
    assert len(lines) == len(list(annotations(calm)))
    assert all(COMMAND.fullmatch(line) for line in lines)
    outputs = [f"{name}={value}" for name, value in of_verdict(hostile).outputs.items()]
    assert len(outputs) == 4


def test_a_summary_never_outgrows_what_is_shown(tmp_path: Path) -> None:
    """Whole lines are left out, with a word, and what stands there already counts."""
    text = "## Title\n\n" + "| a row of it | é |\n" * 100_000
    kept = fitted(text, 1_000)
    assert len(kept.encode()) <= 1_000
    assert kept.endswith("| a row of it | é |\n\nThe rest has no room here; see the report.\n")
    assert (fitted("short\n", 6), fitted("short\n", 5)) == ("short\n", "")
    file = tmp_path / "summary"
    file.write_bytes(b"x" * (LARGEST - 1_000))
    assert list(write_output(StepOutput((), text, {}), {"GITHUB_STEP_SUMMARY": str(file)})) == []
    assert LARGEST - 100 < file.stat().st_size <= LARGEST
    file.write_bytes(b"x" * LARGEST)
    assert "it has no room; the verdict stands" in "".join(
        write_output(StepOutput((), text, {}), {"GITHUB_STEP_SUMMARY": str(file)})
    )
    assert file.stat().st_size == LARGEST


def test_nothing_is_told_where_nobody_asks() -> None:
    """Without the variables of the service no line is printed, and no file written."""
    told = of_verdict(telling("x"))
    assert list(write_output(told, {})) == []
    assert list(write_output(told, {"GITHUB_ACTIONS": "false"})) == []
    assert list(write_output(told, {"GITHUB_ACTIONS": "true"})) == list(told.annotations)


def test_a_run_that_did_not_finish_is_told_as_one() -> None:
    """Its outputs let nothing pass."""
    told = of_unfinished(("nothing was concluded: the disk is full",))
    assert told.outputs["verdict"] == "NOT JUDGED"
    assert told.annotations == (
        "::error title=NOT JUDGED%3A the run did not finish::nothing was concluded: the disk is full",
    )
    assert told.summary.startswith("## – NOT JUDGED: the run did not finish\n\nnothing was concluded")
