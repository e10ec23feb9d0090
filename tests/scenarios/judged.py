"""What a scenario gave: its logs written for one seed and judged, and how that differs from what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from logparse.judge import judge
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import to_json
from tests.builders.asked import asked
from tests.scenarios.scenario import FAIL, NOT_JUDGED, Scenario


@dataclass(frozen=True)
class Given:
    """The judgement of a scenario: the verdict with its exit code, the outcomes with their reasons, the counts, and
    what stands in verdict.json.
    """

    verdict: str
    exit_code: int
    outcomes: Mapping[str, str]
    reasons: Mapping[str, str]
    numbers: Mapping[str, int]
    document: str


def judged(scenario: Scenario, seed: int) -> Given:
    """What is concluded of the scenario's logs, as a run at its checkpoint would conclude it."""
    under = scenario.under
    with TemporaryDirectory() as name:
        base = Path(name)
        for folder in ("logs", "cache", "scratch"):
            (base / folder).mkdir()
        scenario.write(base / "logs", seed)
        request = asked(
            hour=under.hour,
            places=("logs/",),
            base=base,
            start=None if under.told_start is None else under.start + under.told_start,
            start_source=StartSource.UNKNOWN if under.told_start is None else StartSource.OPTION,
            now=under.start + under.clock,
            cache=base / "cache",
            scratch=base / "scratch",
        )
        verdict = judge(request, parse(scenario.settings))
    return Given(
        verdict=str(verdict.state),
        exit_code=verdict.state.exit_code,
        outcomes={judgement.name: str(judgement.outcome) for judgement in verdict.criteria},
        reasons={judgement.name: judgement.reason for judgement in verdict.criteria},
        numbers=verdict.metrics.as_dict(),
        document=to_json(verdict),
    )


def differences(scenario: Scenario, given: Given) -> list[str]:
    """In what the judgement is not the expected one, in a few words each; the verdict first."""
    found = [given.verdict] if given.verdict != scenario.verdict else []
    found += [
        f"{name.replace('_', ' ')} {outcome}"
        for name, outcome in given.outcomes.items()
        if outcome != scenario.outcomes.get(name, outcome)
        or (name not in scenario.outcomes and outcome in (FAIL, NOT_JUDGED))
    ]
    found += [
        f"{given.numbers[name]:,} {name.replace('_', ' ')}"
        for name, number in scenario.numbers.items()
        if given.numbers[name] != number
    ]
    if scenario.says not in given.reasons["evidence"]:
        found.append(f"evidence does not say “{scenario.says}”")
    return found
