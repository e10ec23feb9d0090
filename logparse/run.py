"""The steps of a run at a checkpoint: the checks before anything is read, the judging, and the outputs at the end."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from logparse import monitoring_log
from logparse.clock import (
    NOT_BEGUN,
    NothingDue,
    begun_by,
    chosen,
    due_hour,
    ended,
    is_set,
    missed,
    told_clock,
    written_in,
)
from logparse.cluster import readers_at
from logparse.errors import UsageProblem
from logparse.evidence.case import Request
from logparse.formats.collecting_commands import GENERAL_WAY
from logparse.judge import check, judge
from logparse.options import Options
from logparse.reading.gather import checked_masker, make_cache, with_standard_input
from logparse.reading.remote_logs import staged
from logparse.reading.sought import Sought
from logparse.report.header import limits_in_force
from logparse.report.index import index
from logparse.report.summary import summary
from logparse.settings.checked import DEFAULTS
from logparse.settings.waivers import read_waivers
from logparse.storage import standard_input
from logparse.storage.atomic import check_folder_writable, check_room, check_writable, locked, read_text, write_text
from logparse.storage.places import find_logs
from logparse.storage.temporary import scratch_folder
from logparse.values.ratings import Check
from logparse.values.schedule import CHECKPOINTS, Soak, StartSource, draw_identity
from logparse.values.waiver import Waiver
from logparse.verdicts import history
from logparse.verdicts.baseline import check_earlier, read_baseline, with_trend
from logparse.verdicts.verdict import UNFINISHED, Verdict, to_json, unfinished

INDEX = "index.html"
"""The page of all checkpoints, in the folder of the reports."""


@dataclass(frozen=True)
class Prepared:
    """A run that may begin: its options, with the start of the soak if it is known before reading, the clock, the
    environment (for secrets of sources), the warnings for the end, the waivers in force, and the baseline.

    ``named`` is the deployment that hour 0 named, empty if it named none.
    """

    options: Options
    clock: Callable[[], datetime]
    environment: Mapping[str, str]
    notices: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: Verdict | None = None
    named: str = ""


def prepare(
    options: Options,
    clock: Callable[[], datetime],
    environment: Mapping[str, str],
    choose: Callable[[str], str] = secrets.choice,
) -> Prepared | NothingDue:
    """Checks all that can be wrong before a log is read; raises UsageProblem if something is, with nothing changed.

    Returns NothingDue if the hour that is due is not to be judged: no soak has begun, or its verdict is final.
    ``choose`` picks a random character of a text, for the identity of a soak that begins here.

    At the end verdict.json says that the run did not finish, so that a crash never leaves an old READY. Only then is
    the room on the disks checked: a run that ends there has judged nothing, and the old verdict is gone.
    """
    check(options.settings)
    waivers = _waivers(options, clock())
    baseline = read_baseline(options.baseline) if options.baseline else None
    path = options.monitoring_log
    _check_outputs(options)
    check_folder_writable(options.reports)
    check_folder_writable(options.reports / history.FOLDER)
    text = read_text(path) if path.exists() else None
    known = written_in(text, path) if text is not None else None
    known = None if options.restart else known
    began = begun_by(chosen(options.began, known, path, OR_RESTART), clock(), options.hour == 0 and not options.is_due)
    start = began.start
    if baseline and options.baseline and start:
        check_earlier(baseline, options.baseline, start)
    standing = None
    if start and not options.restart:
        standing = history.final_verdict(options.verdict_json, start, rehearsal=is_set(environment))
    if options.collect:
        _check_collecting(options, start, environment)
    if options.is_due and start is None:
        replace_verdict(options, NOT_BEGUN.told)
        return NOT_BEGUN
    if options.is_due and start:
        options = replace(options, hour=due_hour(Soak(start), clock()))
    if options.hour == 0 and known is None:
        began = replace(began, identity=draw_identity(choose))
    options = replace(options, began=began)
    named = _named(options, text)
    if standing and options.is_due and options.hour == standing.hour:
        return ended(standing)
    options = replace(options, keeps_verdict=standing is not None and options.hour < standing.hour)
    replace_verdict(options)
    outputs = (*_outputs(options), options.reports / history.FOLDER / "verdict.json")
    # Once in each folder, for the first output there.
    for output in {output.parent: output for output in reversed(outputs)}.values():
        check_room(output)
    filled = monitoring_log.read_filled_hours(text, path) if text is not None and not options.restart else frozenset()
    notices = (
        told_clock(environment, clock()),
        missed(options.hour, filled) if options.is_due else "",
        f"{options.verdict_json} stays that of hour 24" if options.keeps_verdict else "",
    )
    said = tuple(notice for notice in notices if notice)
    return Prepared(options, clock, environment, said, waivers, baseline, named)


OR_RESTART = "leave the option out, or start again with --hour=0 --restart"


def _named(options: Options, text: str | None) -> str:
    """Returns the deployment of hour 0, else of the document; raises UsageProblem if they differ or are invalid."""
    before = monitoring_log.read_deployment(text, options.monitoring_log) if text and not options.restart else ""
    now = options.deployment or ""
    if options.hour or not now:
        return before
    monitoring_log.check_id(now, "--deployment")
    if checked_masker(options.settings)(now) != now:
        raise UsageProblem("--deployment: it reads like a secret or personal data, which no output holds; name another")
    if before and before != now:
        text = f"--deployment={now} differs from the Deployment in {options.monitoring_log} ({before})"
        raise UsageProblem(f"{text}; {OR_RESTART}")
    return now


def _waivers(options: Options, now: datetime) -> tuple[Waiver, ...]:
    """Returns the waivers in force; raises UsageProblem for a mistake in them. The default file is optional."""
    path = options.waivers
    if path is None or (not os.path.lexists(path) and options.settings.waivers == DEFAULTS["waivers"]):
        return ()
    return read_waivers(path, options.settings.timezone, now)


def _check_collecting(options: Options, start: datetime | None, environment: Mapping[str, str]) -> None:
    """Raises UsageProblem if logs are to be collected without a known start, or from an unusable source."""
    # Imported here, because most runs collect nothing, and the network's libraries take time to load.
    from logparse.collect.windows import checked_source  # noqa: PLC0415

    if start is None and not options.is_due:
        raise UsageProblem("--collect: it is not known when the soak started; run --hour=0 first, or give --start=TIME")
    checked_source(options, environment)


def _outputs(options: Options) -> list[Path]:
    reports = [options.reports / name for name in ("SUMMARY.md", INDEX)]
    return [options.monitoring_log, options.verdict_json, *reports, *options.others]


def replace_verdict(options: Options, reason: str = UNFINISHED) -> None:
    """Makes verdict.json say that nothing was judged, and why; removes the old one if it cannot be written."""
    path = options.verdict_json
    if options.keeps_verdict:
        return
    try:
        write_text(path, unfinished(options.hour, reason))
    except OSError as error:
        with suppress(OSError):
            path.resolve().unlink(missing_ok=True)
        raise UsageProblem(f"{path}: cannot be written ({error.strerror}); make room or choose another place") from None


def _check_outputs(options: Options) -> None:
    """Raises UsageProblem if an output cannot be written, has the path of another one, or is among the logs."""
    outputs = _outputs(options)
    for at, output in enumerate(outputs):
        check_writable(output)
        if output.resolve() in [other.resolve() for other in outputs[:at]]:
            raise UsageProblem(f"{output}: two outputs of the run have this place; give one of them another")
    places = [place for place in options.places if place != standard_input.PLACE]
    folders = [options.base / place for place in places]
    try:
        among = {Path(os.path.realpath(path)) for path in find_logs(places, options.base)}
    except OSError as error:
        raise UsageProblem(f"{error.filename}: cannot be looked into for logs ({error.strerror})") from None
    for output in outputs:
        inside = any(folder.is_dir() and output.resolve().is_relative_to(folder.resolve()) for folder in folders)
        if inside or output.resolve() in among:
            raise UsageProblem(f"{output}: an output of the run lies among the logs; give it another place")


def carry_out(prepared: Prepared, cache: Path, standard_log: int | None = None) -> Verdict:
    """Reads the logs and people's ratings, and judges them. Tallies are kept in the folder ``cache``.

    ``standard_log`` is a descriptor of standard input, if that is one of the places. Raises UsageProblem if the folder
    cannot be used, or standard input cannot be copied.
    """
    options = prepared.options
    make_cache(cache)
    with scratch_folder(cache) as scratch:
        sought = Sought(
            places=options.places,
            base=options.base,
            start=options.began.start,
            now=prepared.clock(),
            cache=cache,
            scratch=scratch,
            rehash=options.rehash,
            rehearsal=is_set(prepared.environment),
            identity=options.began.identity,
        )
        if standard_log is not None:
            sought = with_standard_input(sought, standard_log)
        sought, logs = staged(sought, bring_logs=not options.cluster)
        request = Request(
            sought=sought,
            hour=options.hour,
            start_source=options.began.source,
            checks=_checks(options),
            deployment=prepared.named if options.deployment is None else options.deployment,
            named=prepared.named,
            waivers=prepared.waivers,
            history=options.reports / history.FOLDER,
        )
        with readers_at(options.cluster, sought, options.settings, logs) as readers:
            return _beside_baseline(judge(request, options.settings, readers), prepared)


def _beside_baseline(verdict: Verdict, prepared: Prepared) -> Verdict:
    """Adds the trend since the baseline, if one was given; raises UsageProblem if that is no earlier soak."""
    baseline, path = prepared.baseline, prepared.options.baseline
    if baseline is None or path is None:
        return verdict
    if verdict.start_source is not StartSource.UNKNOWN:
        check_earlier(baseline, path, verdict.start)
    return with_trend(verdict, baseline, prepared.options.settings.trend)


def _checks(options: Options) -> tuple[Check, ...]:
    """Returns people's ratings up to this hour; without a document, all are open."""
    path = options.monitoring_log
    text = read_text(path) if path.exists() else monitoring_log.create(None)
    return tuple(check for check in monitoring_log.read_checks(text, path) if check.hour <= options.hour)


def settling(prepared: Prepared) -> timedelta:
    """Returns how long to wait until the logs of the hour that is due have settled; a rehearsal does not wait."""
    options, start = prepared.options, prepared.options.began.start
    if start is None or not options.is_due or options.hour == CHECKPOINTS[0] or is_set(prepared.environment):
        return timedelta(0)
    settled = Soak(start).checkpoint(options.hour) + options.settings.collecting.settle
    return max(settled - prepared.clock(), timedelta(0))


def collect_before(prepared: Prepared) -> Iterator[str]:
    """Collects the missing logs up to the hour, if asked to; yields a line for each window with news."""
    start = prepared.options.began.start
    if not prepared.options.collect or start is None:
        return
    from logparse.collect.windows import collect_first  # noqa: PLC0415  # as above

    environment = prepared.environment
    yield from collect_first(prepared.options, start, prepared.clock, environment, is_set(environment))


def write(options: Options, verdict: Verdict) -> tuple[str, ...]:
    """Writes the document, the summary, and last of all verdict.json; returns warnings about the document.

    Raises UsageProblem if the document was damaged meanwhile, OSError if it cannot be written: verdict.json then still
    says that the run did not finish.
    """
    with locked(options.monitoring_log):
        text = _updated_document(options, verdict)
    if verdict.final:
        write_text(options.reports / "SUMMARY.md", summary(verdict))
    if not options.keeps_verdict:
        write_text(options.verdict_json, to_json(verdict))
    hours = [check.hour for check in verdict.quality_checks]
    return (*monitoring_log.slips(text, options.monitoring_log, hours), *monitoring_log.claims(text, verdict))


def keep(options: Options, verdict: Verdict) -> None:
    """Keeps the verdict in the history, and writes the page of all, after the report of this hour was written.

    A run that found neither a start nor a record belongs to no soak, and is not kept. Raises UsageProblem or OSError if
    they cannot be written.
    """
    if verdict.start_source is not StartSource.UNKNOWN:
        history.keep(options.reports / history.FOLDER, verdict)
        write_text(options.reports / INDEX, index(options.reports, verdict.start))


def _updated_document(options: Options, verdict: Verdict) -> str:
    """Updates the document, creates it if missing, and keeps the old one beside it on a restart."""
    path = options.monitoring_log
    known = verdict.start_source is not StartSource.UNKNOWN
    before = read_text(path) if path.exists() else None
    if before is not None and options.restart:
        write_text(_free_name(path), before)
        before = None
    text = before or monitoring_log.create(
        verdict.start if known else None,
        verdict.start_source,
        title=options.settings.title,
        command=verdict.collecting or GENERAL_WAY,
        limits=[limit[:1].upper() + limit[1:] for limit in limits_in_force(options.settings.limits)],
    )
    if known:
        text = monitoring_log.update(text, verdict, path)
    if known and options.began.identity:
        text = monitoring_log.put_identity(text, options.began.identity, path)
    if text != before:
        write_text(path, text)
    return text


def _free_name(path: Path) -> Path:
    """Returns an unused name beside the document: MONITORING-LOG.1.md, MONITORING-LOG.2.md, ..."""
    number = 1
    while (candidate := path.with_name(f"{path.stem}.{number}{path.suffix}")).exists():
        number += 1
    return candidate
