"""Every simulated day is judged as its scenario says: each criterion is seen to fail, and to pass just beside it."""

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.judge import Request, judge
from logparse.schedule import StartSource
from logparse.settings import parse
from logparse.verdict import Verdict
from tests.scenarios.scenario import FAIL, START, Scenario
from tests.scenarios.scenarios import SCENARIOS

SETTINGS = parse()


def _verdict(scenario: Scenario, folder: Path) -> Verdict:
    """What is concluded of a scenario's logs at its checkpoint, an hour after the soak ended."""
    for name in ("logs", "cache", "scratch"):
        (folder / name).mkdir()
    scenario.write(folder / "logs")
    request = Request(
        hour=scenario.hour,
        places=("logs/",),
        base=folder,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=25),
        cache=folder / "cache",
        scratch=folder / "scratch",
    )
    return judge(request, SETTINGS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.label for scenario in SCENARIOS])
def test_a_day_is_judged_as_it_was(scenario: Scenario, tmp_path: Path) -> None:
    """The verdict, its exit code and the outcomes that matter are as expected, and no other criterion fails."""
    verdict = _verdict(scenario, tmp_path)
    found = {judgement.name: str(judgement.outcome) for judgement in verdict.criteria}
    reasons = {judgement.name: judgement.reason for judgement in verdict.criteria}
    assert {name: found[name] for name in scenario.outcomes} == dict(scenario.outcomes), reasons
    assert [name for name, outcome in found.items() if outcome == FAIL and scenario.outcomes.get(name) != FAIL] == []
    assert (str(verdict.state), verdict.state.exit_code) == (scenario.verdict, scenario.exit_code)


def test_every_criterion_is_seen_to_fail_and_to_pass() -> None:
    """A gate that was never seen to block is decoration, and so is one that was never seen open."""
    seen = {(name, outcome) for scenario in SCENARIOS for name, outcome in scenario.outcomes.items()}
    failing = {name for name, outcome in seen if outcome == FAIL}
    passing = {name for name, outcome in seen if outcome == "PASS"}
    judged = {
        "success_rate",
        "signature_failures",
        "response_time",
        "error_rate",
        "critical_errors",
        "silence",
        "answering",
        "delivery_failures",
    }
    assert (judged - failing, judged - passing) == (set(), set())
