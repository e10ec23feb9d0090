"""The header of a run before its tests: start, hour, windows, files, and the limits in force."""

import dataclasses
from collections.abc import Iterator, Sequence
from fractions import Fraction

from logparse.settings.limits import Limits
from logparse.text.wording import moment, plural
from logparse.values.criteria import CRITERIA
from logparse.values.schedule import Soak, StartSource
from logparse.values.waiver import Waiver
from logparse.verdicts.verdict import Verdict


def header(verdict: Verdict, places: Sequence[str], limits: Limits, waivers: Sequence[Waiver] = ()) -> Iterator[str]:
    """Yields the lines of the header."""
    soak = Soak(verdict.start)
    known = verdict.start_source is not StartSource.UNKNOWN
    start = f"{moment(verdict.start)} (from: {verdict.start_source})" if known else "unknown: no record was read"
    yield f"soak: start {start}, hour {verdict.hour} of 24"
    windows = [f"{hour}: {moment(soak.window(hour).start)}" for hour in soak.due(verdict.hour)]
    if windows and known:
        yield f"windows: {', '.join(windows)}, up to {moment(soak.checkpoint(verdict.hour))}"
    records = sum(file.records for file in verdict.files)
    yield f"logs: {plural(len(verdict.files), 'file')} with {plural(records, 'record')} under {', '.join(places)}"
    yield f"limits: {', '.join(limits_in_force(limits))}"
    for waiver in waivers:
        yield f"waiver: {waiver.criterion}, {waiver.words} ({waiver.place})"


def limits_in_force(limits: Limits) -> tuple[str, ...]:
    """Returns the limits of the required criteria, a short sentence each."""
    numbers = {
        name: float(limit) if isinstance(limit, Fraction) else limit
        for name, limit in dataclasses.asdict(limits).items()
    }
    return tuple(criterion.in_force.format_map(numbers) for criterion in CRITERIA if criterion.in_force)
