"""All scenarios, in groups: a day for each side of each limit. The tests and the matrix are made from these."""

from collections.abc import Iterable, Mapping

from tests.scenarios import (
    on_evidence,
    on_faults,
    on_formats,
    on_hours,
    on_quiet,
    on_rates,
    on_time,
    on_traffic,
    on_traps,
    on_words,
)
from tests.scenarios.scenario import Scenario

GROUPS: Mapping[str, tuple[Scenario, ...]] = {
    "Every format": on_formats.SCENARIOS,
    "Rates and response time": on_rates.SCENARIOS,
    "Signatures": on_faults.SIGNATURES,
    "Critical errors": on_faults.CRITICAL_ERRORS,
    "Delivery failures, response quality": on_faults.DELIVERY_FAILURES,
    "Silence": on_time.SILENCE,
    "Answering": on_time.ANSWERING,
    "Quiet hours": on_quiet.SCENARIOS,
    "Hours 4, 12 and 24": on_hours.SCENARIOS,
    "Evidence: holes and missing windows": on_evidence.HOLES,
    "Evidence: files that are no logs": on_evidence.FILES,
    "Evidence: collections that were cut off": on_evidence.CUT_OFF,
    "Evidence: the clock and the start": on_evidence.CLOCK,
    "Evidence: days without deliveries": on_evidence.EMPTY_DAYS,
    "Words that are not known": (*on_words.UNKNOWN, *on_words.FROM_THE_MORNING_ON),
    "Words that are known in part": on_words.HALF_KNOWN,
    "Patterns that match the same line": on_words.OVERLAPS,
    "Retries": on_traffic.RETRIES,
    "Overlapping and mixed files": on_traffic.OVERLAPS,
    "Redeployment": on_traffic.REDEPLOYMENT,
    "Preview": on_traffic.PREVIEW,
    "Traps": on_traps.SCENARIOS,
}

SCENARIOS: tuple[Scenario, ...] = tuple(scenario for group in GROUPS.values() for scenario in group)


def _taking_turns(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """Each scenario in one of its formats, which take turns: a fraction of the work, and no fault is left out."""
    written: dict[tuple[str, int], list[Scenario]] = {}
    for scenario in scenarios:
        written.setdefault((scenario.name, scenario.under.hour), []).append(scenario)
    return [formats[place % len(formats)] for place, formats in enumerate(written.values())]


_STEADY = [scenarios[0] for scenarios in on_formats.BY_FORMAT.values()]

_OTHERS = _taking_turns(scenario for scenario in SCENARIOS if scenario not in _STEADY)

QUICK: tuple[Scenario, ...] = (*_STEADY, *_OTHERS[::2])
"""What is judged one by one: a steady day in every format, and every second other scenario in one of its formats."""
