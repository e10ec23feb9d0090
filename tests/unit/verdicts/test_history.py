"""The history: every verdict kept once, none written over, and the page that is made of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State
from logparse.report.index import MOST_SOAKS, index
from logparse.report.page import top
from logparse.text.escape import html
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts import history
from logparse.verdicts.history import Kept, keep, kept, newest
from logparse.verdicts.verdict import Verdict
from tests.builders.examples import examples
from tests.builders.hostile_texts import HOSTILE
from tests.builders.hostile_verdicts import telling
from tests.builders.verdicts import START, verdict

MINUTE = timedelta(minutes=1)


def _judged(hour: int = 24, days: int = 0, minutes: int = 0, **changes: Outcome) -> Verdict:
    """A verdict of a soak that began so many days later, judged so many minutes after its hour."""
    calm = verdict(hour, (), (), "", **changes)
    start = START + timedelta(days=days)
    return replace(calm, start=start, judged_at=start + timedelta(hours=hour) + minutes * MINUTE)


def test_a_name_tells_soak_hour_and_time(tmp_path: Path) -> None:
    """People find a verdict in the folder by its name, and it is the verdict that was kept."""
    judged = _judged(minutes=3)
    keep(tmp_path, judged)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-20T1025Z-hour-24-2026-11-21T102800Z.json"]
    (one,) = kept(tmp_path)
    assert one.read() == judged
    assert (one.start, one.hour, one.judged) == (judged.start, 24, judged.judged_at)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Another verdict of the same second gets a name of its own."""
    judged = [_judged(), _judged(error_rate=Outcome.FAIL), _judged(silence=Outcome.FAIL)]
    for one in judged:
        keep(tmp_path, one)
    assert [one.read() for one in kept(tmp_path)] == judged


def test_the_same_verdict_is_not_kept_twice_in_a_row(tmp_path: Path) -> None:
    """A run again that finds the same adds no file; one that finds another does, also when it was there before."""
    for one in (_judged(), _judged(minutes=1), _judged(minutes=2, silence=Outcome.FAIL), _judged(minutes=3)):
        keep(tmp_path, one)
    assert [one.judged - _judged().start - timedelta(hours=24) for one in kept(tmp_path)] == [
        0 * MINUTE,
        2 * MINUTE,
        3 * MINUTE,
    ]


def test_the_same_of_another_hour_or_soak_is_kept(tmp_path: Path) -> None:
    """Each checkpoint has its own."""
    for one in (_judged(24), _judged(20), _judged(24, days=2), _judged(24, minutes=5)):
        keep(tmp_path, one)
    assert [(one.start, one.hour) for one in kept(tmp_path)] == [
        (START, 20),
        (START, 24),
        (START + timedelta(days=2), 24),
    ]


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many those that were judged first are removed; files of other names stay."""
    monkeypatch.setattr(history, "MOST", 3)
    (tmp_path / "a note.json").write_text("mine")
    for days in (5, 1, 4, 2, 3):
        keep(tmp_path, _judged(days=days))
    assert [(one.start - START).days for one in kept(tmp_path)] == [3, 4, 5]
    assert (tmp_path / "a note.json").read_text() == "mine"


def test_a_damaged_verdict_is_told_and_hinders_nothing(tmp_path: Path) -> None:
    """A run keeps its own beside it, and whoever reads it is told the file."""
    keep(tmp_path, _judged())
    (one,) = kept(tmp_path)
    one.path.write_text("{")
    keep(tmp_path, _judged(minutes=1))
    assert len(kept(tmp_path)) == 2
    with pytest.raises(UsageProblem, match=one.path.name):
        one.read()


def test_other_names_are_left_alone(tmp_path: Path) -> None:
    """What only looks like a kept verdict is none."""
    for name in (
        "verdict.json",
        "2026-13-45T0000Z-hour-24-2026-11-21T102800Z.json",
        "2026-11-20T1025Z-hour-24.json",
        "x2026-11-20T1025Z-hour-24-2026-11-21T102800Z.json",
    ):
        (tmp_path / name).write_text("{}")
    assert kept(tmp_path) == ()
    assert kept(tmp_path / "nowhere") == ()


@examples(100)
@given(
    runs=st.lists(
        st.tuples(st.sampled_from(CHECKPOINTS[1:]), st.integers(0, 2), st.integers(0, 3), st.sampled_from(Outcome)),
        max_size=8,
    )
)
def test_the_newest_of_each_checkpoint_is_found(
    tmp_path_factory: pytest.TempPathFactory, runs: Sequence[tuple[int, int, int, Outcome]]
) -> None:
    """Whatever was run in which order, the newest of an hour is the one that was judged last, there once."""
    folder: Path = tmp_path_factory.mktemp("history")
    judged = [_judged(hour, days, minutes, silence=outcome) for hour, days, minutes, outcome in runs]
    for one in judged:
        keep(folder, one)
    found = newest(kept(folder))
    assert {(one.start, one.hour) for one in found} == {(one.start, one.hour) for one in judged}
    assert len({(one.start, one.hour) for one in found}) == len(found)
    for entry in kept(folder):
        alike = [other for other in kept(folder) if (other.start, other.hour) == (entry.start, entry.hour)]
        assert max(alike) in found


# --- the page ---


ELEMENTS = frozenset("html head meta title style body main h1 h2 p div table thead tbody tr th td a".split())  # noqa: SIM905


class _Page(HTMLParser):
    """The links, elements and words of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.elements: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += [data.strip()] if data.strip() else []


def _keep(reports: Path, *verdicts: Verdict, with_reports: bool = True) -> None:
    for one in verdicts:
        keep(reports / history.FOLDER, one)
        if with_reports:
            title = f"<html><head><title>{html(top.title(one))}</title></head>"
            (reports / f"hour-{one.hour:02d}.html").write_text(title, "utf-8")


def test_the_page_shows_the_checkpoints_and_the_soaks_before(tmp_path: Path) -> None:
    """Each hour of this soak has a row, run or not; a soak before it has one, with its last hour."""
    _keep(tmp_path, _judged(20), _judged(24, silence=Outcome.FAIL), _judged(4, days=2), _judged(8, days=2))
    shown = _Page(index(tmp_path, START + timedelta(days=2)))
    words = " ".join(shown.words)
    assert "Soak from 2026-11-22 10:25 UTC ✓ READY so far, hour 8 of 24" in words
    assert (shown.words.count("not run"), shown.words.count("not run yet")) == (1, len(CHECKPOINTS) - 3)
    assert "2026-11-20 10:25 UTC, hour 24 ✗ NOT READY 2026-11-21 10:25 UTC 1,200" in words
    assert words.index("Checkpoints") < words.index("Other soaks") < words.index("2026-11-20 10:25 UTC, hour 24")


def test_the_page_links_to_what_is_there(tmp_path: Path) -> None:
    """To reports of this very verdict alone, relative; a report that an older soak left is no link of this one's."""
    _keep(tmp_path, _judged(4), _judged(8), _judged(24))
    _keep(tmp_path, _judged(8, days=2))
    _keep(tmp_path, _judged(4, days=2), with_reports=False)
    links = _Page(index(tmp_path, START + timedelta(days=2))).links
    assert [link for link in links if not link.startswith("history/")] == [
        "hour-08.html",
        "hour-04.html",
        "hour-24.html",
    ]
    for link in links:
        assert (tmp_path / link).is_file(), link


def test_the_page_tells_what_cannot_be_read(tmp_path: Path) -> None:
    """A damaged verdict has its row; nothing is hidden, and nothing ends the run."""
    _keep(tmp_path, _judged(4), _judged(8))
    kept(tmp_path / history.FOLDER)[0].path.write_text("{}")
    assert "the kept verdict cannot be read" in index(tmp_path, START)


def test_the_page_is_bounded(tmp_path: Path) -> None:
    """Of many soaks the newest ones are shown."""
    for days in range(MOST_SOAKS + 3):
        keep(tmp_path / history.FOLDER, _judged(days=days))
    shown = index(tmp_path, START + timedelta(days=MOST_SOAKS + 2))
    assert shown.count(", hour 24</th>") == MOST_SOAKS
    assert "2026-11-21 10:25 UTC, hour 24</th>" not in shown


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_is_more_than_text_on_the_page(tmp_path: Path, text: str) -> None:
    """Whatever a log held, the page has the same elements and links, and no script."""
    _keep(tmp_path, telling(text), with_reports=False)
    shown = _Page(index(tmp_path, START))
    assert shown.elements.count("tr") == 1 + len(CHECKPOINTS)
    assert set(shown.elements) <= ELEMENTS
    assert [link for link in shown.links if not link.startswith("history/")] == []


def test_a_verdict_that_was_kept_says_which_it_is(tmp_path: Path) -> None:
    """The name of a file and what stands in it are of the same soak and hour."""
    keep(tmp_path, _judged(12, days=1))
    (one,) = kept(tmp_path)
    assert isinstance(one, Kept)
    assert (one.read().start, one.read().hour, one.read().state) == (one.start, one.hour, State.READY)


# --- whole runs ---
