"""What a tool prints a second time in front of what is new stands in the file once."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.collect.collection import Task, collect
from logparse.collect.command import make_command
from logparse.collect.source import continued
from logparse.settings.checked import parse
from tests.unit.collect.fetching import LATER, SETTLE, START, WINDOW

CASES: Mapping[str, tuple[str, str, str]] = {
    "nothing before": ("", "ab", "ab"),
    "nothing new": ("ab", "", "ab"),
    "nothing in common": ("ab", "cd", "abcd"),
    "the same again": ("abc", "abc", "abc"),
    "the end again, and more": ("abcd", "cdef", "abcdef"),
    "more again than there is before": ("cd", "abcd", "cdabcd"),
    "as much as possible": ("aab", "abaab", "aabaab"),
    "one line over and over": ("aaa", "aaaa", "aaaa"),
    "what is inside, not at the end": ("abc", "bd", "abcbd"),
}


@pytest.mark.parametrize(("before", "new", "expected"), CASES.values(), ids=CASES)
def test_overlap_is_taken_out(before: str, new: str, expected: str) -> None:
    """As long as possible, at the end of the one and the beginning of the other."""
    assert "".join(continued(before, new, lambda line: "")) == expected


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_overlap_is_the_longest(before: str, new: str) -> None:
    """As the plain definition has it."""
    longest = max(length for length in range(len(new) + 1) if before.endswith(new[:length]))
    assert "".join(continued(before, new, lambda line: "")) == before + new[longest:]


def test_lines_with_an_identity_are_told_by_it() -> None:
    """Two alike are then one and the same, wherever they stand."""
    assert continued(["a"], ["a", "b"], lambda line: line) == ["a", "a", "b"]


@pytest.mark.parametrize("words", ["{since}", "whatever"], ids=["that ignores the end", "that ignores all times"])
def test_window_in_two_parts_by_a_tool(words: str, tmp_path: Path) -> None:
    """Each line is in the file once, although the second part begins with what came after the first one's end."""
    lines = [f"{START + timedelta(minutes=at):%Y-%m-%dT%H:%M:%SZ} line {at}" for at in range(240)]
    source = tmp_path / "source"
    script = f'while read -r time rest; do [ "$time" \\< "$0" ] || echo "$time $rest"; done <{source}'
    settings = parse({"collect_command": f"sh -c '{script}' {words if words == '{since}' else '0'}"}).collecting
    log = tmp_path / "logs" / "logs-hour-04.log"
    for now, there in ((START + timedelta(hours=2), 121), (LATER, 240)):
        source.write_text("".join(f"{line}\n" for line in lines[:there]), "utf-8")
        command = make_command(settings, {"PATH": "/usr/bin:/bin"})
        collect(Task(log, WINDOW, SETTLE, lambda now=now: now), command)  # type: ignore[misc]
    assert log.read_text("utf-8").splitlines() == lines
