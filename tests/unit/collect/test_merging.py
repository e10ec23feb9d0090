"""What a tool prints a second time stands in the file once, wherever it stands in the second answer."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.collect.collection import WindowTask, collect
from logparse.collect.command import make_command
from logparse.collect.printed import merged_answers, merged_records
from logparse.formats import FORMATS
from logparse.settings.checked import parse
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW

CASES: Mapping[str, tuple[str, str, str]] = {
    "nothing before": ("", "AB", "AB"),
    "nothing new": ("AB", "", "AB"),
    "nothing in common": ("AB", "CD", "CDAB"),
    "the same again": ("ABC", "ABC", "ABC"),
    "more behind it": ("ABC", "ABCD", "ABCD"),
    "without what is gone": ("ABC", "BCD", "ABCD"),
    "what came late in between": ("ABD", "ABCD", "ABCD"),
    "in another order": ("ABCD", "BADC", "ABCD"),
    "two alike, and then three": ("AAB", "AAAB", "AAAB"),
    "records with what continues them": ("AxyBx", "AxyCxBx", "AxyCxBx"),
    "the same record, continued otherwise": ("AxB", "AyB", "AyAxB"),
    "what begins in the middle of a record": ("xA", "xAB", "xAB"),
}
"""Records begin with a capital letter; one in small letters continues the record above."""


@pytest.mark.parametrize(("before", "new", "expected"), CASES.values(), ids=CASES)
def test_what_came_both_times_stands_once(before: str, new: str, expected: str) -> None:
    """Where it stood, and what is new where it stands among the rest."""
    assert "".join(merged_records(before, new, str.isupper)) == expected


def _records(text: str) -> list[str]:
    return re.findall("[A-Z][a-z]*", text)


@given(st.text("ABab", max_size=12), st.text("ABab", max_size=12))
def test_record_stands_as_often_as_where_it_stands_most_often(before: str, new: str) -> None:
    """Nothing is lost, and nothing doubled, whatever the order."""
    counts = [Counter(_records(text)) for text in (before, new, "".join(merged_records(before, new, str.isupper)))]
    assert counts[2] == counts[0] | counts[1]
    assert "".join(merged_records(before, new, str.isupper)).startswith(_above(before))


def _above(text: str) -> str:
    return str(re.findall("^[a-z]*", text)[0])


@given(st.text("ABab", max_size=12))
def test_same_answer_again_changes_nothing(text: str) -> None:
    """However often it comes."""
    assert "".join(merged_records(text, text, str.isupper)) == text


def test_documents_are_not_torn_apart() -> None:
    """A document that lacks nothing of another takes its place; two of which each has its own stay both."""
    one, two = ([*_document(numbers).splitlines()] for numbers in ((1, 2), (1, 2, 3)))
    other = _document((2, 9)).splitlines()
    assert merged_answers(one, two, FORMATS) == two
    assert merged_answers(two, one, FORMATS) == two
    assert merged_answers(two, other, FORMATS) == [*two, *other]


def _document(numbers: Sequence[int]) -> str:
    events = [{"timestamp": 1768197600000 + at, "message": f"[ARI] {at}", "eventId": str(at)} for at in numbers]
    return json.dumps({"events": events}, indent=1)


def test_what_was_no_log_makes_room_for_one() -> None:
    """What an earlier version kept of a page of errors does not stay above the records."""
    page, rows = ["<html>", "<h1>502 Bad Gateway</h1>", "</html>"], ["2026-01-12T06:00:01Z [ARI] Response sent in 8ms"]
    assert merged_answers(page, rows, FORMATS) == rows
    assert merged_answers(rows, [], FORMATS) == rows


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
        collect(WindowTask(log, WINDOW, SETTLE, lambda now=now: now), command)  # type: ignore[misc]
    assert log.read_text("utf-8").splitlines() == lines
