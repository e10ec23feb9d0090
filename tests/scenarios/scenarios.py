"""All scenarios, in one list: a day for each side of each limit."""

from tests.scenarios import on_evidence, on_faults, on_rates, on_time
from tests.scenarios.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    *on_evidence.SCENARIOS,
    *on_rates.SCENARIOS,
    *on_faults.SCENARIOS,
    *on_time.SCENARIOS,
)
