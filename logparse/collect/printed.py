"""The output of a command: logs in a known format, merged with those of an earlier run, or what proves nothing.

The formats are those that the judgement reads the file by, including one from the settings.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence

import duckdb

from logparse.formats import FORMATS, LOOKED_AT
from logparse.formats.format import Format
from logparse.formats.home_made import home_made
from logparse.formats.sql.tool_lines import first_problem
from logparse.reading.log_file import recognised
from logparse.settings.collecting import Collecting
from logparse.storage.files import HEAD
from logparse.storage.unfold import entries

SHOWN, SHOWN_LINES = 120, 5
"""The number of characters, and of lines, shown of an output that is no log."""


def formats_of(settings: Collecting) -> tuple[Format, ...]:
    """Returns the formats in the order they are tried; raises UsageProblem if the one in the settings is invalid."""
    if not settings.own_format:
        return FORMATS
    # The format keeps the connection, which tests each line.
    own = home_made(duckdb.connect(), settings.own_format, settings.own_format_time)
    return (own, *FORMATS) if own else FORMATS


def no_logs(lines: Sequence[str], formats: Sequence[Format], mask: Callable[[str], str]) -> str:
    """Returns why an output is no log; empty if it is empty, or a line at its start is in a known format."""
    seen = [line for line in lines if line.strip()]
    if not seen or _recognised(lines, formats)[0]:
        return ""
    if said := first_problem(seen[:LOOKED_AT]):
        return f"the command printed no logs: {said[1]} ({mask(said[0])[:SHOWN]!r})"
    begin = " ".join(mask(line).strip()[:SHOWN] for line in seen[:SHOWN_LINES])
    return f"the command printed no logs, but what is in no known format; it begins with {begin[:SHOWN]!r}"


def merged_answers(before: Sequence[str], new: Sequence[str], formats: Sequence[Format]) -> list[str]:
    """Merges two answers to the same question: each record once; an answer that is no log is dropped."""
    if not _recognised(before, formats)[0]:
        return list(new)
    log_format, is_document = _recognised(new, formats)
    if log_format is None:
        return list(before)
    if not is_document:
        return merged_records(before, new, log_format.recognises)
    # NOTE: Two JSON documents cannot be merged line by line. If one contains all entries of the other it is kept, else
    # both are, and an entry in both counts once by its id.
    known, found = (set(entries("\n".join(lines))) for lines in (before, new))
    return list(new) if known <= found else list(before) if found <= known else [*before, *new]


def _recognised(lines: Sequence[str], formats: Sequence[Format]) -> tuple[Format | None, bool]:
    return recognised("\n".join(lines).encode("utf-8", "replace")[:HEAD], formats)


def merged_records(before: Sequence[str], new: Sequence[str], opens: Callable[[str], bool]) -> list[str]:
    """Inserts the records of ``new`` that ``before`` lacks into it, each at its place.

    A tool that is asked for the same time again prints the same lines, with new ones anywhere among them: lines of
    another container may come between, and two streams may be joined in another order. So records are compared, each
    with its continuation lines, and a record stands as often as in the answer that holds it most often.

    ``opens`` tells whether a line begins a record; any other continues the record above it. Lines above the first
    record belong to none, and stay there.
    """
    (above, kept), (above_new, come) = _records(before, opens), _records(new, opens)
    places: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, record in enumerate(kept):
        places[record].append(place)
    added: list[list[tuple[str, ...]]] = [[] for _ in range(len(kept) + 1)]
    at = 0
    for record in come:
        if places[record]:
            at = places[record].popleft() + 1
        else:
            added[at].append(record)
    records = [above, *([above_new] if above_new != above else []), *added[0]]
    for record, behind in zip(kept, added[1:], strict=True):
        records += [record, *behind]
    return [line for record in records for line in record]


def _records(lines: Sequence[str], opens: Callable[[str], bool]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Splits lines into those above the first record, and the records, each with its continuation lines."""
    records: list[list[str]] = [[]]
    for line in lines:
        if opens(line):
            records.append([])
        records[-1].append(line)
    return tuple(records[0]), [tuple(record) for record in records[1:]]
