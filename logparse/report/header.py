"""What a run says of itself before its tests: start, hour, windows, files, and the limits in force."""

from collections.abc import Iterator, Sequence

from logparse.settings.limits import Limits
from logparse.text.wording import moment, plural
from logparse.values.schedule import Soak, StartSource
from logparse.values.waiver import Waiver
from logparse.verdicts.verdict import Verdict


def header(verdict: Verdict, places: Sequence[str], limits: Limits, waivers: Sequence[Waiver] = ()) -> Iterator[str]:
    """The lines of the header."""
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
    """The limits of the required criteria, one short sentence each."""
    return (
        f"success rate at least {float(limits.success_rate):g} %",
        f"signature failures at most {limits.signature_failures}",
        f"response time under {float(limits.response_seconds):g} s on average",
        f"error rate under {float(limits.error_rate):g} %",
        f"critical errors at most {limits.critical_errors}",
        f"silence at most {float(limits.silence_minutes):g} min",
        f"answering within {float(limits.answering_minutes):g} min",
        f"delivery failures at most {limits.delivery_failures}",
    )
