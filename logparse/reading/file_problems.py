"""The problems of one log file: no logs in it, or fewer than expected. They are returned, never raised."""

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from logparse.counting.cache import UNFOLDED, CountedFile
from logparse.counting.events import CHAINED, CRASHED, TRACED
from logparse.formats.collecting_commands import AGAIN, COMMAND, WITH_DATES
from logparse.formats.format import Format
from logparse.formats.sql.tool_lines import first_problem
from logparse.storage.files import compression, head_lines
from logparse.text.wording import plural

SHOWN_LINES = 3
"""The most lines that are shown of a file in no known format."""


@dataclass(frozen=True)
class Problem:
    """A reason why a file has no or too few records, and its remedy.

    ``kind``: 'missing', 'empty', 'tool', 'unknown', 'unreadable', 'changed', 'undated', 'link' (nothing of the file is
    counted), 'row limit' and 'cut off' (its records are counted, but more were expected), 'uncertain' (their date is a
    guess), 'levels' (their severity is not known), or 'crash' (its time is not known). ``mend`` may hold the
    placeholder COMMAND, see formats/collecting_commands.py, which is filled in when the run is judged.
    """

    kind: str
    text: str
    mend: str = AGAIN


def of_counted(
    shown: str,
    log_format: Format,
    facts: CountedFile,
    counts: Mapping[str, int],
    banners: Mapping[str, int],
    mask: Callable[[str], str],
) -> tuple[Problem, ...]:
    """Returns the signs that a counted file is incomplete: in its rows, its tally or the lines of the tool.

    ``banners``: the count of each line of the tool in the file.
    """
    problems = []
    rows = counts.get("lines", 0) + counts.get("duplicate", 0)
    if rows in log_format.row_limits:
        text = f"{shown} holds exactly {rows:,} rows, a number at which the tool stops: older ones may be missing"
        problems.append(Problem("row limit", text))
    if facts.torn:
        what = "the JSON document is not closed, or broken" if facts.copy == UNFOLDED else "the last row is torn"
        problems.append(Problem("cut off", f"{shown}:{facts.lines}: {what}"))
    if unread := counts.get("unread"):
        entries = plural(unread, "entry", "entries")
        text = f"{shown}: {entries} that share a line with others could not be read; each needs {log_format.needs}"
        problems.append(Problem("cut off", text, "write one entry a line: jq -c '.[]' FILE"))
    if facts.repeats_pages:
        text = f"{shown} holds the same page of rows again and again ({facts.repeated_lines:,} repeated rows)"
        problems.append(Problem("cut off", text))
    if crashed := _crashed(counts):
        text = f"{shown}: {plural(crashed, 'line')} without a time of its own is what a process prints that dies"
        problems.append(Problem("crash", text, "look at it; collect with a time in front of each line to count it"))
    if counts.get("partial"):
        text = f"{shown} holds only the first message of each request ({counts['partial']:,} rows have no 'logs')"
        problems.append(Problem("cut off", text, f"update the tool to vercel@50.42 or later, then {COMMAND}"))
    if counts.get("truncated"):
        messages = plural(counts["truncated"], "message")
        text = f"{shown}: the platform cut off the end of {messages} that a delivery or a reply is told by"
        problems.append(Problem("cut off", text, "log less in one message: the platform keeps 256 KB of a line"))
    if said := first_problem(banners):
        problems.append(Problem("cut off", f"{shown}: {said[1]} ({mask(said[0])!r})"))
    if lack := log_format.lacks(banners, rows):
        problems.append(Problem("cut off", f"{shown}: {lack}"))
    return tuple(problems)


def _crashed(counts: Mapping[str, int]) -> int:
    """Counts the untimed lines of crashes; a traceback counts as one if no error was logged that it could belong to."""
    caught = counts.get(CHAINED, 0) + counts.get("error", 0)
    return counts.get(CRASHED, 0) + max(0, counts.get(TRACED, 0) - caught)


def has_few_levels(counts: Mapping[str, int]) -> bool:
    """Tells whether so many records have an unknown level that the severity of the records cannot be judged."""
    unknown = counts.get("unknown_level", 0)
    return unknown > 0 and MOST_UNKNOWN_LEVELS * unknown >= counts.get("records", 0) - counts.get("left_out", 0)


MOST_UNKNOWN_LEVELS = 10
"""A file is NOT JUDGED if the level of at least one in so many records is unknown."""


def of_levels(shown: str, counts: Mapping[str, int], words: Sequence[str]) -> Problem:
    """Describes a file of which many records have an unknown level; ``words``: the most frequent ones."""
    records = plural(counts["records"] - counts.get("left_out", 0), "record")
    told = ", ".join(map(repr, words))
    text = f"{shown}: {counts['unknown_level']:,} of {records} have a level that is not known ({told})"
    return Problem("levels", text, "log levels in words or numbers that are known, see the README on levels")


def of_empty(shown: str) -> Problem:
    """Describes a file of no bytes."""
    return Problem("empty", f"{shown} is empty (0 bytes): the tool wrote nothing to its standard output")


def of_unknown(shown: str, start: bytes, formats: Sequence[Format], mask: Callable[[str], str]) -> Problem:
    """Describes a file in no known format, by what it holds instead of logs, or by its first lines."""
    if compression(start) != "none":
        return Problem("unknown", f"{shown} is compressed twice", f"unpack it once, or {AGAIN}")
    lines = head_lines(start)
    if said := first_problem(lines):
        hint = "; the option --production does not exist" if "--production" in said[0] else ""
        return Problem("tool", f"{shown} holds no logs: {said[1]} ({mask(said[0])!r}){hint}")
    if not lines:
        return Problem("empty", f"{shown} holds blank lines alone")
    titles = ", ".join(known.title for known in formats)
    seen = "; ".join(repr(mask(line)[:80]) for line in lines[:SHOWN_LINES])
    return Problem("unknown", f"{shown} is in no known format: it begins with {seen}; known formats: {titles}")


def of_undated(shown: str, start_is_known: bool) -> Problem:
    """Describes a file whose lines have no date, and whose dates cannot be derived from the soak."""
    if start_is_known:
        text = f"{shown}: its lines tell the time of day without a date, and no date puts them before the clock"
        return Problem("undated", text, f"compare the setting timezone with the times in the file, or {AGAIN}")
    text = f"{shown}: its lines tell the time of day without a date, so it must be known when the soak started"
    return Problem("undated", text, "start a soak with pytest --hour=0, or give --start=TIME")


def of_uncertain_date(shown: str, first_date: date) -> Problem:
    """Describes a file whose lines have no date and fit more than one."""
    text = f"{shown}: its lines tell no date, and they fit another day as well as {first_date}"
    return Problem("uncertain", text, WITH_DATES)


def of_no_file(path: Path, shown: str) -> Problem:
    """Describes a path that is no regular file; a pipe is not opened, because reading it may block forever."""
    if path.is_fifo():
        return Problem("missing", f"{shown} is a pipe, no file", "send what comes out of it to --logs=-")
    return Problem("missing", f"{shown} is no file")


def of_link(shown: str, target: str, there: bool) -> Problem:
    """Describes a link in a folder of logs, which is not followed: files outside of it are read only if named."""
    if not there:
        return Problem("missing", f"{shown} is a link that leads to no file", f"remove it, or {AGAIN}")
    text = f"{shown} is a link that leads out of the folder of the logs, to {target}: it is not followed"
    return Problem("link", text, "name what it leads to with --logs, or put the file itself there")


def of_error(path: Path, shown: str, error: Exception, mask: Callable[[str], str]) -> Problem:
    """Describes a file that could not be read to its end, or that no longer exists."""
    if path.is_symlink() and not path.exists():
        return Problem("missing", f"{shown} is a link that leads to no file")
    if not path.exists():
        return Problem("missing", f"{shown} is not there")
    if os.strerror(errno.ENOSPC) in str(error):
        text = f"{shown} could not be counted: the disk of the cache folder is full"
        return Problem("unreadable", text, "make room there, and run again")
    cause = mask(str(error).splitlines()[0].replace(str(path), shown))
    return Problem("unreadable", f"{shown} cannot be read to its end: {cause}")


def of_changed(shown: str) -> Problem:
    """Describes a file that was replaced or changed while it was read."""
    return Problem("changed", f"{shown} was changed while it was read", "run again when it is written to the end")
