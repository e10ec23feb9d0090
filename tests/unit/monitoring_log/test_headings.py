"""Damaged documents are refused in one line that names the place; foreign headings are not damage."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.monitoring_log import check, update
from logparse.monitoring_log.layout import HEADINGS
from tests.builders.examples import examples
from tests.builders.verdicts import after, fresh, verdict

pytestmark = pytest.mark.counts

NAMED = [str(heading) for heading in HEADINGS[1:]]


def line_of(text: str, line: str) -> int:
    """The number of a line."""
    return text.split("\n").index(line) + 1


def refusal(text: str) -> str:
    """What a damaged document is refused with; always one line."""
    with pytest.raises(UsageProblem) as caught:
        check(text, "LOG.md")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("heading", NAMED)
def test_a_missing_heading_is_refused(heading: str) -> None:
    """Where a heading is gone, the refusal names it and the line before which it belongs."""
    text = fresh().replace(f"{heading}\n", "", 1)
    following = NAMED.index(heading) + 1
    where = line_of(text, NAMED[following]) if following < len(NAMED) else len(text.split("\n")) - 1
    told = refusal(text)
    assert told.startswith(f"LOG.md:{where}: ")
    assert f"'{heading}' is missing" in told


@pytest.mark.parametrize("heading", NAMED)
def test_a_doubled_heading_is_refused(heading: str) -> None:
    """Where a heading stands twice, the refusal names both lines."""
    text = f"{fresh()}\n{heading}\n"
    told = refusal(text)
    assert told.startswith(f"LOG.md:{len(text.split(chr(10))) - 1}: ")
    assert f"first in line {line_of(text, heading)}" in told


def test_headings_out_of_order_are_refused() -> None:
    """Where two sections changed places, the refusal names the one that has to move up."""
    text = (
        fresh()
        .replace("### Hour 4\n", "### X\n")
        .replace("### Hour 8\n", "### Hour 4\n")
        .replace("### X", "### Hour 8")
    )
    told = refusal(text)
    assert told.startswith(f"LOG.md:{line_of(text, '### Hour 4')}: ")
    assert "'### Hour 4' stands after '### Hour 8'" in told


@pytest.mark.parametrize("text", ["", "\n", "hello", "# Title only\n"])
def test_another_file_is_refused(text: str) -> None:
    """A file that is no monitoring log at all is refused, an empty one too."""
    assert refusal(text).startswith("LOG.md:1: the heading ")


def test_a_missing_title_is_refused() -> None:
    """A document without any title is refused at the line where it belongs."""
    text = fresh().split("\n", 1)[1]
    assert refusal(text).startswith(f"LOG.md:{line_of(text, '## Monitoring Protocol')}: the heading '# (title)'")


def test_a_heading_at_another_level_is_pointed_out() -> None:
    """A heading that only lost its level is found, and the way to write it is told."""
    text = fresh().replace("### Hour 8\n", "#### Hour 8\n")
    assert refusal(text) == (
        f"LOG.md:{line_of(text, '#### Hour 8')}: this heading has another level than it needs; write it '### Hour 8'"
    )


def test_a_fence_that_is_never_closed_is_pointed_out() -> None:
    """Where open code swallows the headings below it, the line that opens it is told."""
    text = fresh().replace("- **Notes:** [anything worth knowing]\n", "- **Notes:** x\n```\nlog\n", 1)
    opened, hidden = line_of(text, "- **Notes:** x") + 1, line_of(text, "### Hour 4")
    assert refusal(text) == (
        f"LOG.md:{opened}: the heading '### Hour 4' of line {hidden} stands in the code block or comment opened here; "
        "close it above that line"
    )


def test_code_that_ends_with_its_list_is_no_damage() -> None:
    """A fence that was left open within a list item ends with it, for a reader too: nothing below it is hidden."""
    text = fresh().replace("- **Notes:** [anything worth knowing]\n", "- **Notes:** x\n  ```\n  log\n", 1)
    assert update(text, verdict(4)).count("- **Notes:** x\n  ```\n  log\n\n### Hour 4\n") == 1


@pytest.mark.parametrize("heading", ["### My notes", "## Appendix", "# Another title", "#### Conclusion", "###### x"])
@examples(240)
@given(data=st.data())
def test_headings_of_people_stand_anywhere(heading: str, data: st.DataObject) -> None:
    """A heading that is not the suite's may be added at any line below the title, and every run still works."""
    lines = after(0, 4).split("\n")
    at = data.draw(st.integers(1, len(lines)))
    text = "\n".join([*lines[:at], heading, *lines[at:]])
    filled = update(text, verdict(8))
    assert filled.split("\n").count(heading) == 1
    assert "- **Webhook deliveries:** 200\n" in filled.split("### Hour 8\n")[1].split("### Hour 12\n")[0]


def test_headings_in_pasted_logs_do_not_count() -> None:
    """A fence that holds the very headings of the document is no damage."""
    pasted = "```\n## Conclusion\n### Hour 4\n- **Errors:** pasted\n```\n"
    text = fresh().replace("### Hour 4\n", f"### Hour 4\n\n{pasted}")
    filled = update(text, verdict(4))
    assert pasted in filled


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.rstrip("\n")],
    ids=["Windows line endings", "byte order mark", "no final newline"],
)
def test_other_ways_to_save_a_text_are_kept(change: Callable[[str], str]) -> None:
    """Windows line endings, a byte order mark and a missing final newline are understood and kept as they are."""
    assert after(text=change(fresh())) == change(after())
