"""What a run says of itself before its tests: start, hour, windows, files, and the limits in force."""

from collections.abc import Iterator

from logparse.options import Options
from logparse.schedule import Soak, StartSource
from logparse.settings import Limits
from logparse.verdict import Verdict
from logparse.wording import count, moment


def header(verdict: Verdict, options: Options) -> Iterator[str]:
    """The lines of the header."""
    soak = Soak(verdict.start)
    known = verdict.start_source is not StartSource.UNKNOWN
    start = f"{moment(verdict.start)} (from: {verdict.start_source})" if known else "unknown: no record was read"
    yield f"soak: start {start}, hour {verdict.hour} of 24"
    windows = [f"{hour}: {moment(soak.window(hour).start)}" for hour in soak.due(verdict.hour)]
    if windows and known:
        yield f"windows: {', '.join(windows)}, up to {moment(soak.checkpoint(verdict.hour))}"
    records = sum(file.records for file in verdict.files)
    yield f"logs: {count(len(verdict.files), 'file')} with {count(records, 'record')} under {', '.join(options.places)}"
    yield f"limits: {limits_in_force(options.settings.limits)}"


def limits_in_force(limits: Limits) -> str:
    """The limits as one sentence."""
    return (
        f"success rate at least {float(limits.success_rate):g} %, signature failures at most "
        f"{limits.signature_failures}, response time under {float(limits.response_seconds):g} s, error rate under "
        f"{float(limits.error_rate):g} %, critical errors at most {limits.critical_errors}, silence at most "
        f"{float(limits.silence_minutes):g} min, answering within {float(limits.answering_minutes):g} min, "
        f"delivery failures at most {limits.delivery_failures}"
    )
