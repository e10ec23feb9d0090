"""The runs whose outputs are held against one another: soaks of every kind of verdict, hour, format and fault."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

from tests.runs.command_line import CORE_PLUGINS, Desk, Outcome
from tests.scenarios.scenario import FAIL, NOT_JUDGED, NOT_READY, READY, Scenario
from tests.scenarios.scenarios import GROUPS, SCENARIOS

STARTED, UNFINISHED = "STARTED", "unfinished"

FROM_GROUPS = 26
"""How many runs the groups of scenarios give, each group and each verdict in turn."""


@dataclass(frozen=True)
class Run:
    """One run: a soak, and how it is judged otherwise than its scenario is.

    ``waived`` names a criterion whose failure is waived; ``verdict`` is what must come out.
    """

    name: str
    scenario: Scenario
    verdict: str
    hour: int
    waived: str = ""
    arguments: tuple[str, ...] = ()
    plugins: tuple[str, ...] = CORE_PLUGINS


@dataclass(frozen=True)
class Made:
    """A run that was made: its desk with all that was written, and how it ended."""

    run: Run
    desk: Desk
    ended: Outcome
    environment: Mapping[str, str]

    @property
    def junit(self) -> Path:
        """The JUnit file."""
        return self.desk.folder / "junit.xml"

    @property
    def summary(self) -> Path:
        """The summary of the step, as for GitHub Actions."""
        return Path(self.environment["GITHUB_STEP_SUMMARY"])

    @property
    def outputs(self) -> Path:
        """The outputs of the step."""
        return Path(self.environment["GITHUB_OUTPUT"])


def make(run: Run, folder: Path) -> Made:
    """Writes the logs of a run, and makes it as a user does, with every output that there is."""
    desk, under = Desk(folder), run.scenario.under
    desk.logs.mkdir()
    run.scenario.write(desk.logs, 1)
    environment = {f"GITHUB_{name}": str(folder / name.lower()) for name in ("STEP_SUMMARY", "OUTPUT")}
    environment |= {"GITHUB_ACTIONS": "true", "LOGPARSE_NOW": (under.start + under.clock).isoformat()}
    arguments = [f"--hour={run.hour}", f"--junitxml={folder / 'junit.xml'}", *run.arguments]
    if under.told_start is not None:
        arguments.append(f"--start={(under.start + under.told_start).isoformat()}")
    for name, value in run.scenario.settings.items():
        arguments += ["-o", f"{name}={value}"]
    if run.waived:
        waivers = folder / "waivers.toml"
        until = (under.start + timedelta(days=30)).isoformat()
        lines = ("[[waiver]]", f'criterion = "{run.waived}"', 'reason = "known | *and* wanted"', 'by = "Ana"')
        waivers.write_text("\n".join([*lines, f"until = {until}", ""]), "utf-8")
        arguments += ["-o", f"waivers={waivers}"]
    return Made(run, desk, desk.run(*arguments, environment=environment, plugins=run.plugins), environment)


def runs() -> list[Run]:
    """All runs: 26 scenarios, and what scenarios do not have: hour 0, waivers, workers."""
    found = [Run(scenario.label, scenario, scenario.verdict, scenario.under.hour) for scenario in _in_turn(FROM_GROUPS)]
    rate = _one(NOT_READY, "error_rate")
    signature = _one(NOT_READY, "signature_failures")
    steady = _one(READY)
    missing = _one(NOT_JUDGED, "evidence")
    workers = (*CORE_PLUGINS, "xdist.plugin")
    found += [
        Run("ready", steady, READY, 24),
        Run("not ready", signature, NOT_READY, 24),
        Run("not judged", missing, NOT_JUDGED, 24),
        Run("ready so far", steady, READY, 12),
        Run("a soak that begins", steady, STARTED, 0),
        Run("a failure that was waived", rate, READY, 24, waived="error_rate"),
        Run("a waiver that was not needed", steady, READY, 24, waived="error_rate"),
        Run("a failure that was waived, so far", rate, READY, 20, waived="error_rate"),
        Run("a waiver of something else", signature, NOT_READY, 24, waived="error_rate"),
        Run("shown by workers", signature, NOT_READY, 24, arguments=("-n", "2"), plugins=workers),
        Run("of which few tests were chosen", signature, NOT_READY, 24, arguments=("-k", "silence")),
    ]
    return found


def _one(verdict: str, criterion: str = "") -> Scenario:
    """The first scenario of a whole soak with a verdict in which just this criterion is not met."""
    bad = FAIL if verdict == NOT_READY else NOT_JUDGED
    return next(
        one
        for one in SCENARIOS
        if one.verdict == verdict
        and one.under.hour == 24
        and one.format == "vercel-rows"
        and not one.known_miss
        and ([name for name, outcome in one.outcomes.items() if outcome == bad] == ([criterion] if criterion else []))
    )


def _in_turn(number: int) -> list[Scenario]:
    """Scenarios of each group and each verdict in turn, each in the format that was taken least before."""
    by_name = {name: [one for one in group if not one.known_miss] for name, group in GROUPS.items()}
    # What differs most from one another comes first: all formats, several times, and all hours.
    groups = [*[by_name["Every format"]] * 3, by_name["Hours 4, 12 and 24"], *by_name.values()]
    taken: Counter[str] = Counter()
    found: list[Scenario] = []
    while True:
        for group, verdict in product(groups, (NOT_JUDGED, READY, NOT_READY)):
            scenarios = [one for one in group if one.verdict == verdict]
            if not scenarios:
                continue
            chosen = min(scenarios, key=lambda one: taken[one.format])
            group.remove(chosen)
            taken[chosen.format] += 1
            found.append(chosen)
            if len(found) == number:
                return found
