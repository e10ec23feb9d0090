"""The page by itself: its size, its tables and pictures, and what it does not load or change."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from logparse.outcome import Outcome
from logparse.report.figures import margin_of
from logparse.report.page import top
from logparse.values.file_account import FileAccount, RejectedLine
from logparse.values.flags import Flag, Place
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict
from tests.builders.hostile_verdicts import telling
from tests.builders.verdicts import START, flag, kind, verdict

LARGEST = 800_000
"""Bytes of the page; what pytest-html adds is small, and all of it stays under a megabyte."""

FULL = "<&\"'>\N{FACE WITH TEARS OF JOY}" * 2_000
"""A text of which every sign takes more room in HTML."""


def _crowded(text: str, number: int) -> Verdict:
    """A verdict with so many of all that there may be many of, each telling a long text."""
    one = telling(text)
    rejected = (RejectedLine(1, text, text),) * 3
    minutes = [timedelta(minutes=at % 1_400) for at in range(number)]
    return replace(
        one,
        deployments=(text[:80],) * 100,
        files=tuple(FileAccount(text[:300], "0" * 64, "x", {"records": 1}, 1, text, rejected) for _ in range(number)),
        flags=tuple(flag(text, message=text, cause=text, place=Place(text[:300], 1)) for _ in range(number)),
        error_kinds=tuple(
            replace(kind(text, 1), place=Place(text[:300], 1), first=START + at, last=START + at) for at in minutes
        ),
        would_change=(text,) * 12,
        settings=tuple(replace(one.settings[0], value=text, changed=at % 2 == 0) for at in range(100)),
    )


@pytest.mark.slow
def test_the_page_is_small_whatever_there_is() -> None:
    """10,000 files, flags and kinds of error, all of them as large as they come: what is left out is counted."""
    shown = top.page(_crowded(FULL, 10_000))
    assert len(shown.encode()) < LARGEST
    assert len(re.findall(r"and [\d,]+ more, all in verdict\.json", shown)) == 5


def test_what_is_left_out_is_counted() -> None:
    """The rows that are shown and those that are told of are all; a short list is whole."""
    shown = top.page(_crowded("x", 250))
    (flags,) = re.findall(r'<section class="listed" id="red-flags">.*?</section>', shown)
    assert flags.count("<tr") == 1 + 200
    assert "and 50 more, all in verdict.json" in flags
    few = top.page(_crowded("x", 7))
    assert "more, all in verdict.json" not in few


def test_files_with_a_problem_are_shown_first_and_the_sum_always() -> None:
    """Of 300 files the one that is wrong is not left out."""
    files = tuple(FileAccount(f"file-{at}", "", "x", {"records": 1}, 1, "torn" * (at == 299)) for at in range(300))
    shown = top.page(replace(verdict(24), files=files, lines={"records": 300}))
    assert "file-299" in shown
    assert "file-250" not in shown
    assert "records 300 (of 300)" in shown


def _pictures(shown: str) -> Sequence[str]:
    return re.findall(r"<svg.*?</svg>", shown, flags=re.DOTALL)


def test_every_picture_says_what_it_is() -> None:
    """It names and describes itself, holds no script, no style and no address, and has a table beside it."""
    shown = top.page(telling("x"))
    pictures = [ElementTree.fromstring(picture) for picture in _pictures(shown)]  # noqa: S314 - our own
    assert len(pictures) == 5
    assert shown.count("<figure") == shown.count("as a table</summary>") == 5
    for picture in pictures:
        names = {element.get("id"): element.text for element in picture if element.get("id")}
        assert names[picture.get("aria-labelledby")]
        assert len(str(names[picture.get("aria-describedby")])) > 30
        tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
        assert tags <= {"svg", "g", "rect", "path", "text", "title", "desc"}
        attributes = {name for element in picture.iter() for name in element.attrib}
        assert not attributes & {"style", "href", "onclick", "fill", "stroke"}


def test_the_same_verdict_gives_the_same_page() -> None:
    """No clock and no chance is in it."""
    assert top.page(telling("x")) == top.page(telling("x"))


def test_a_picture_shows_the_numbers_of_its_table() -> None:
    """What is said on hover stands in the table too."""
    shown = unescape(top.page(telling("x")))
    assert "10:25 to 10:40: 4 deliveries, 3 processed, 0 errors" in shown
    assert '<tr><th scope="row">2026-11-20 10:25</th><td>4</td><td>3</td><td>0</td><td>3</td></tr>' in shown
    assert "0.5–10 s: 90 replies (94.7 %)" in shown
    assert '<tr><th scope="row">0.5–10 s</th><td>90</td><td>94.7 %</td></tr>' in shown


def test_a_soak_that_has_only_begun_has_no_pictures() -> None:
    """At hour 0 nothing is judged, and nothing is drawn."""
    shown = top.page(verdict(0))
    assert '<p class="state started">STARTED</p>' in shown
    assert not _pictures(shown)


def test_a_verdict_without_its_course_is_shown_all_the_same() -> None:
    """One that an older version wrote has no slots, budgets or settings."""
    shown = top.page(verdict(24))
    assert '<p class="state ready">READY</p>' in shown
    assert 'id="checkpoints"' in shown


def test_links_lead_to_what_is_there() -> None:
    """No criterion links to a list that is empty and therefore not shown."""
    for one in (verdict(24), telling("x"), verdict(8)):
        shown = top.page(one)
        names = re.findall(r' id="([^"]+)"', shown)
        assert len(names) == len(set(names))
        assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(names)


def test_new_kinds_of_error_are_told_from_known_ones() -> None:
    """New is what was first seen in the newest window."""
    newest = verdict(8).windows[-1].span.start
    kinds = (
        replace(kind("just now", 1), first=newest),
        replace(kind("long ago", 1), first=newest - timedelta(microseconds=1)),
    )
    shown = top.page(replace(verdict(8), error_kinds=kinds))
    assert re.search(r"just now(?:(?!<tr>).)*new in this window", shown)
    assert re.search(r"long ago(?:(?!<tr>).)*known before", shown)


@pytest.mark.slow
def test_charts_are_loaded_only_for_a_report() -> None:
    """A run that asks for the options, and a worker, need not wait for them."""
    script = "import sys, logparse.plugin; sys.exit('pygal' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_page_is_completed_once_and_only_in_its_head() -> None:
    """What a log says of a head or a box stays as it is."""
    box = '<input checked="true" class="filter" name="f" type="checkbox" data-test-result="passed" >'
    written = f"<!DOCTYPE html>\n<html>\n  <head>\n  </head><body>&lt;html&gt;{box}</body></html>"
    completed = top.completed(written)
    assert '<html lang="en">' in completed
    assert 'name="viewport"' in completed
    assert 'data-test-result="passed" aria-label="show passed"' in completed
    assert top.completed("no report") == "no report"


def _judgement(name: str, value: float | None, limit: float | None, unit: str) -> Judgement:
    return Judgement(name, name, Outcome.PASS, "", value=value, limit=limit, unit=unit)


MARGINS = {
    "a rate over its least": (_judgement("success_rate", 97.25, 95.0, "%"), "2.2 points to spare"),
    "a rate under its least": (_judgement("success_rate", 94.0, 95.0, "%"), "1.0 points short"),
    "a rate at its least": (_judgement("success_rate", 95.0, 95.0, "%"), "none to spare"),
    "a rate at the limit that it must be under": (_judgement("error_rate", 5.0, 5.0, "%"), "at the limit"),
    "a mean under its limit": (_judgement("response_time", 3.42, 10.0, "s"), "6.58 s to spare"),
    "a mean over its limit": (_judgement("response_time", 12.5, 10.0, "s"), "2.50 s over"),
    "a count": (_judgement("critical_errors", 3, 0, "errors"), "3 over"),
    "a count of which none is allowed": (_judgement("critical_errors", 0, 0, "errors"), "none to spare"),
    "a silence": (_judgement("silence", 35.0, 60.0, "min"), "25 min to spare"),
    "hours that are missing": (_judgement("evidence", 22.5, 24.0, "h"), "1.5 h missing"),
    "hours that are all there": (_judgement("evidence", 24.0, 24.0, "h"), "nothing missing"),
    "no value": (_judgement("success_rate", None, 95.0, "%"), "–"),
    "no limit": (_judgement("silence", 3.0, None, "min"), "–"),
}


@pytest.mark.parametrize(("judgement", "said"), MARGINS.values(), ids=MARGINS)
def test_the_margin_is_how_far_the_limit_is(judgement: Judgement, said: str) -> None:
    """To which side too, in the unit of the value."""
    assert margin_of(judgement) == said


def test_flags_are_marked_where_they_begin() -> None:
    """Critical ones by another sign than warnings; many of them do not fill the page."""
    flags: tuple[Flag, ...] = tuple(flag(minute=at) for at in range(500))
    shown = top.page(replace(telling("x"), flags=flags))
    assert shown.count('class="pin critical"') == 60
