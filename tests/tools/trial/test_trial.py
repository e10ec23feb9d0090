"""The days of the trial, each a real run of the suite in a process of its own, come out right."""

from collections import Counter

import pytest

from tests.tools.trial import page
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, TrialDay
from tests.tools.trial.days import GROUPS
from tests.tools.trial.run import differences, judged

DAYS = [day for days in GROUPS.values() for day in days]


@pytest.mark.parametrize(
    "day",
    [
        # Each is a whole run: the slow run tries a sixth of each group, the long run the others.
        pytest.param(day, id=day.name, marks=pytest.mark.long if at % 6 else pytest.mark.slow)
        for days in GROUPS.values()
        for at, day in enumerate(days)
    ],
)
def test_a_day_comes_out_right(day: TrialDay) -> None:
    """Verdict, exit code, criteria and words are those that would be right; what logs cannot show is not seen."""
    ended = judged(day)
    wrong = differences(day, ended)
    assert bool(wrong) == bool(day.unseen), (wrong, ended.told)


def test_the_trial_is_large_enough() -> None:
    """It has the days that it promises: bad or uncollected ones, and healthy ones; each has a name of its own."""
    kinds = Counter(day.right for day in DAYS if not day.unseen)
    assert kinds[NOT_READY] + kinds[NOT_JUDGED] >= 60
    assert kinds[READY] >= 40
    assert len({day.name for day in DAYS}) == len(DAYS)


def test_a_bad_day_names_what_must_tell_it() -> None:
    """A day that must not be let through names the criterion that says so, or words: it must not fail by chance."""
    nameless = [day.name for day in DAYS if day.right != READY and not (day.tells or day.says or day.unseen)]
    assert nameless == []
    assert [day.name for day in DAYS if day.right != NOT_READY and FAIL in day.tells.values()] == []


def test_the_page_is_of_these_days() -> None:
    """The page is what is written of these days and of how they came out when they were tried last."""
    text = page.DOCUMENT.read_text("utf-8")
    stood = page.kept(text)
    rows = [page.Row(group, day, stood[page.row_start(day)]) for group, days in GROUPS.items() for day in days]
    assert page.document(rows) == text, "run: python -m tests.tools.trial --write"
    assert [row.day.name for row in rows if not row.is_expected] == []
