"""A plugin that adds a criterion and a red flag, each in its one place, before anything that knows them is loaded.

A row in the tuple of criteria and the function of its name; a row in the tuple of flags. Beside them a criterion has a
limit and a test, as every other one.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from logparse.values import criteria, flag_kinds
from logparse.values.criterion import ALWAYS, Area, Basis, Count, Criterion, Remedy, Side

MADE_UP = Criterion(
    name="replies",
    rule="The bot keeps still.",
    unit="replies",
    side=Side.AT_MOST,
    in_force="replies at most {critical_errors}",
    measure=Count("answer"),
    basis=Basis.WORDS,
    required=ALWAYS,
    stops=True,
    waivable=False,
    change=Remedy(Area.PERFORMANCE, "teach the bot to listen"),
    look_at=(("files", "what it said"),),
)
"""A criterion that a bot fails with its first reply."""

FLAG = flag_kinds.FlagKind(
    "Talkative bot",
    flag_kinds.CRITICAL,
    flag_kinds.ByRecords("reply", "", flag_kinds.CauseBy.MESSAGE),
    Remedy(Area.CONFIGURATION, "let the bot rest"),
)
"""A flag that every reply raises."""

criteria.CRITERIA = (*criteria.CRITERIA, MADE_UP)  # type: ignore[assignment]
flag_kinds.KINDS = (*flag_kinds.KINDS, FLAG)  # type: ignore[assignment]

# Only now, for these look at the rows above as they are loaded.
from logparse.judging import criteria as judging  # noqa: E402
from logparse.judging.facts import Facts  # noqa: E402
from logparse.outcome import Outcome  # noqa: E402
from logparse.settings.limits import Limits  # noqa: E402
from logparse.values.judgement import Judgement, unjudged  # noqa: E402


def replies(facts: Facts) -> Judgement:
    """The bot keeps still."""
    found = facts.metrics.replies
    outcome = Outcome.FAIL if found else Outcome.PASS
    return replace(unjudged(MADE_UP), outcome=outcome, reason="it spoke", value=found, limit=0, count=found)


judging.JUDGES = {**judging.JUDGES, replies.__name__: replies}
Limits.replies = 0  # type: ignore[attr-defined]


def test_replies(judged: Callable[[str], None]) -> None:
    """The bot keeps still."""
    judged("replies")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Adds the test of the criterion behind those of the others."""
    others = next(item.parent for item in items if item.name == "test_evidence")
    items.append(pytest.Function.from_parent(others, name=test_replies.__name__, callobj=test_replies))
