"""Overlaps: a record is one event at most, and where the patterns of two match it, both are told."""

from itertools import combinations

import pytest

from logparse.counting.codes import MARKS
from logparse.counting.overlaps import ALSO, ANY, EXCLUSIVE, also
from logparse.settings.checked import parse
from logparse.values.patterns import Pattern
from tests.builders.counted import BOT, Counter

pytestmark = pytest.mark.counts

PATTERNS = {name: f"Update for {name}" for name in EXCLUSIVE} | {"reply": r"Update for reply (\d+)"}
"""Words of a bot in which no two events can be one line."""

LINE = "2026-01-12T00:10:00.000Z Update 7 of bot: handled\n"
EITHER = r"Update (\d+) .*handled"


def _settings(*same: str) -> dict[str, str]:
    """Settings in which some events have patterns that match the same line, and the others their own words."""
    return {f"event_{name}": EITHER if name in same else pattern for name, pattern in PATTERNS.items()}


def _overlaps(counter: Counter, log: str, settings: dict[str, str]) -> dict[str, int]:
    tally = counter.count(log.encode(), bot=parse(settings).bot).tally
    return {str(row[2]): int(str(row[4])) for row in tally.rows if row[1] == "overlap"}


@pytest.mark.parametrize(("one", "other"), [*combinations(EXCLUSIVE, 2)])
def test_two_events_whose_patterns_match_the_same_line_are_told(counter: Counter, one: str, other: str) -> None:
    """By their names, with how many lines there are; the one that counts stands first."""
    assert _overlaps(counter, LINE * 3, _settings(one, other)) == {f"{one}+{other}": 3}


def test_a_line_of_three_events_tells_the_first_two(counter: Counter) -> None:
    """Once these are mended, the third is told."""
    assert _overlaps(counter, LINE, _settings("delivery", "processing", "send_failure")) == {"processing+delivery": 1}


@pytest.mark.parametrize(("before", "after"), [(".*", ""), ("(?i)", ""), ("(?:", ")"), ("", "|never")])
def test_patterns_of_any_shape_are_seen_to_meet(counter: Counter, before: str, after: str) -> None:
    """Also those of which no fixed text is known that they begin with."""
    settings = _settings() | {"event_processing": "Update 7", "event_delivery": f"{before}Update 7{after}"}
    assert _overlaps(counter, LINE, settings) == {"processing+delivery": 1}


def test_one_of_several_patterns_is_enough(counter: Counter) -> None:
    """Whichever it is."""
    settings = _settings() | {"event_processing": "never\nUpdate 7 of", "event_send_failure": "no\nUpdate 7"}
    assert _overlaps(counter, LINE, settings) == {"processing+send_failure": 1}


def test_other_environments_and_lines_without_an_event_do_not_meet(counter: Counter) -> None:
    """What no pattern matches, or only one, is no overlap."""
    assert _overlaps(counter, LINE, _settings("delivery")) == {}
    assert _overlaps(counter, LINE.replace("handled", "seen"), _settings("delivery", "processing")) == {}


def test_a_receipt_and_the_fallback_text_are_no_overlap(counter: Counter) -> None:
    """A receipt is told from a delivery by a second pattern of the same line, and so is the fallback from a reply."""
    log = (
        '2026-01-12T00:10:00.000Z [Webhook] Received payload (masked): {"statuses":[]}\n'
        "2026-01-12T00:10:00.000Z [ARI] Response sent in 5ms (fallback)\n"
    )
    tally = counter.count(log.encode()).tally
    assert (tally.count("receipt"), tally.count("fallback_reply"), tally.count("overlap")) == (1, 1, 0)


def test_where_no_two_patterns_can_meet_nothing_is_asked() -> None:
    """The default patterns begin with different words, so that counting costs nothing more for this."""
    conditions = dict.fromkeys(EXCLUSIVE, "FALSE")
    assert also(BOT.events, conditions, {}) == "0"


def test_an_overlap_is_no_other_mark() -> None:
    """Its bits lie above all of them."""
    assert ANY & sum(MARKS.values()) == 0
    assert sum(ALSO.values()) == ANY


def test_patterns_that_begin_alike_may_meet() -> None:
    """One fixed text that goes on where another ends."""
    events = {name: (Pattern(name, "here"),) for name in EXCLUSIVE}
    events["processing"], events["delivery"] = (Pattern("Update", "here"),), (Pattern("Update 7", "here"),)
    codes = {"processing": 4}
    assert also(events, dict.fromkeys(EXCLUSIVE, "TRUE"), codes) == (
        f"CASE WHEN code IN (4) THEN CASE WHEN TRUE THEN {ALSO['delivery']} ELSE 0 END ELSE 0 END"
    )
