"""Findings about the files: missing logs, unreadable lines, missing dates or times, several formats for one time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction

from logparse.evidence.case import Case
from logparse.evidence.collected import Collected, Finding
from logparse.formats.collecting_commands import AGAIN, COMMAND, WITH_DATES, WITH_TIMES, WORKING_COMMAND, told
from logparse.outcome import Outcome
from logparse.reading.reading import Reading
from logparse.text.wording import duration, plural

NAMED = 3
"""The most files, or pairs of files, that a reason names."""


def of_files(
    collected: Collected, incomplete: bool, rejected_limit: Fraction, command: Callable[[Reading], str]
) -> list[Finding]:
    """Returns all findings about the files; ``incomplete``: the records do not cover the judged time.

    ``rejected_limit`` is the percentage of a file's lines that may be unreadable; ``command`` collects a file.
    """
    case = collected.case
    if not case.readings and not case.proof.windows:
        places = ", ".join(case.request.sought.places)
        reason = f"no log file was found under {places}"
        if case.left_out:
            reason += f"; left out: {', '.join(case.left_out)}, of a soak with another identity than the document's"
            return [Finding(Outcome.NOT_JUDGED, reason, f"if it is this soak: --logs={case.left_out[0]}")]
        return [Finding(Outcome.NOT_JUDGED, reason, AGAIN)]
    return [
        *_of_problems(case, incomplete, command),
        *_of_rejected(collected, rejected_limit, command),
        *_of_times(collected, command),
        *_of_clocks(case),
        *_of_formats(case),
        *_of_instances(case),
    ]


def _of_problems(case: Case, incomplete: bool, command: Callable[[Reading], str]) -> Iterator[Finding]:
    """Yields the problems of files.

    An empty file only matters if its content is nowhere else: if the records cover the judged time, it is just a
    warning.
    """
    for reading in case.readings:
        for problem in reading.problems:
            replaceable = problem.kind in ("empty", "tool") and not incomplete
            outcome = Outcome.WARN if replaceable else Outcome.NOT_JUDGED
            tail = " (the other files cover the whole time)" if replaceable else ""
            how = command(reading)
            why = USUAL_CAUSE if problem.kind == "empty" and how == WORKING_COMMAND else ""
            yield Finding(outcome, problem.text + why + tail, told(problem.mend, how))


USUAL_CAUSE = (
    "; `vercel logs --production` leaves such a file, because the option --production does not exist, and without "
    "--json the rows go to stderr"
)
"""The reason why a file of ``vercel logs`` is empty."""


def _of_rejected(collected: Collected, limit: Fraction, command: Callable[[Reading], str]) -> Iterator[Finding]:
    """Yields files with more unreadable lines than allowed; files that were not read at all are reported already."""
    for reading, lines in zip(collected.case.readings, collected.lines, strict=True):
        if reading.tally is None or reading.format is None:
            continue
        rejected, total = lines.get("rejected", 0), sum(lines.values())
        if Fraction(100 * rejected) > limit * total:
            reason = (
                f"{reading.shown}: {rejected:,} of {plural(total, 'line')} could not be read (read as "
                f"{reading.format.title}, which needs {reading.format.needs})"
            )
            again = told(f"collect that file again, in one format: {COMMAND}", command(reading))
            yield Finding(Outcome.NOT_JUDGED, reason, again)


def _of_times(collected: Collected, command: Callable[[Reading], str]) -> Iterator[Finding]:
    """Yields files with lines that lack a time, or a part of it."""
    for reading in collected.case.readings:
        if reading.format and reading.format.timeless and reading.tally:
            reason = (
                f"{reading.shown} carries no time: its records are counted, but whether they belong to this soak, and "
                "its windows, silence and answering, cannot be judged"
            )
            own = reading.format.asked_for
            yield Finding(Outcome.NOT_JUDGED, reason, OWN_TIMES if own else told(WITH_TIMES, command(reading)))
    readings = collected.case.readings
    if undated := [each for each in readings if each.format and each.format.clocked and each.tally]:
        names = ", ".join(reading.shown for reading in undated)
        reason = f"{names}: the lines tell no date; they are taken to be of this soak's days"
        yield Finding(Outcome.WARN, reason, told(WITH_DATES, command(undated[0])))
    if ambiguous := collected.whole.ambiguous_times:
        reason = f"{plural(ambiguous, 'record')} of an hour that the local clock repeats or skips may be an hour off"
        yield Finding(Outcome.WARN, reason, "log in UTC, or with the zone behind the time")


OWN_TIMES = "log the time of each line, and give the setting own_format a group (?P<time>...)"
"""The remedy for a format of the user's own that has no time."""


def _of_clocks(case: Case) -> Iterator[Finding]:
    """Yields files whose times go back: later records are counted in an hour that was over."""
    if back := [reading for reading in case.readings if reading.facts.backwards]:
        times = sum(reading.facts.backwards for reading in back)
        first = [(reading, timedelta(seconds=reading.facts.back_seconds)) for reading in back[:NAMED]]
        places = ", ".join(f"at {each.shown}:{each.facts.back_line} by at least {duration(by)}" for each, by in first)
        more = f", and in {plural(len(back) - NAMED, 'more file')}" if len(back) > NAMED else ""
        often = f"{plural(times, 'time')}, first " if times > 1 else ""
        reason = f"the clock goes back {often}{places}{more}: windows, silence and answering may be off by that"
        yield Finding(Outcome.WARN, reason, "let the host keep its clock in step (NTP); do not join logs of two hosts")


def _of_formats(case: Case) -> Iterator[Finding]:
    if case.merged.doubled:
        deliveries = plural(case.merged.doubled, "delivery stands", "deliveries stand")
        reason = f"{deliveries} in files of several formats: the same traffic was counted more than once"
        yield Finding(
            Outcome.NOT_JUDGED, reason, "keep one of the formats for that time, and move the other files away"
        )


def _of_instances(case: Case) -> Iterator[Finding]:
    """Yields lines that count once because two files hold them, though the files are not two fetches of one log."""
    if pairs := case.merged.pairs:
        shown = [[case.readings[at].shown for at in (pair.one, pair.other)] for pair in pairs[:NAMED]]
        files = ", ".join(
            f"{one} and {other} ({pair.lines:,})" for (one, other), pair in zip(shown, pairs, strict=False)
        )
        more = f", and {plural(len(pairs) - NAMED, 'more pair')}" if len(pairs) > NAMED else ""
        lines = plural(sum(pair.lines for pair in pairs), "line counts", "lines count")
        reason = f"{lines} once, of the same second and words in two files that otherwise differ: {files}{more}"
        yield Finding(Outcome.WARN, reason, "if two instances wrote them, log times finer than a second")
