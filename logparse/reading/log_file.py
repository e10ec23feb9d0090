"""The reading of one log file: its format, its problems, and its tally, from the cache or counted now."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from logparse.counting.cache import MENDED, CountedFile, digest_key, key_of
from logparse.counting.engine import LogSource, date_source
from logparse.formats import recognise
from logparse.formats.format import Format
from logparse.formats.sql.readers import table_reader
from logparse.formats.sql.tool_lines import ANSI, PROBLEM_LINE
from logparse.reading import file_problems
from logparse.reading.batches import batches
from logparse.reading.edges import tools_lines
from logparse.reading.file_problems import Problem
from logparse.reading.file_tally import CountingTask, copied, count, task_of
from logparse.reading.front import local_of, tool_of
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.storage.files import Fingerprint, compression, head, head_lines, inspect, is_utf16
from logparse.storage.unfold import entries


@dataclass(frozen=True)
class Begun:
    """A log file in a known format, before it is counted; ``problems`` are those known so far.

    ``before`` is its fingerprint at the first look; ``tool`` and ``local`` as in Reading.
    """

    path: Path
    shown: str
    before: Fingerprint
    task: CountingTask
    problems: tuple[Problem, ...] = ()
    tool: str = ""
    local: bool = False

    @property
    def kind(self) -> Hashable:
        """The key of files that can be counted together; a file whose lines have no date is read alone."""
        source = self.task.source
        return source.format.name, source.compression, self.task.way, self.path if source.format.clocked else None


def read(path: Path, shown: str, work: Workplace) -> Reading:
    """Reads one file. All problems of the file become part of the reading; none is raised."""
    begun = begin(path, shown, work)
    return begun if isinstance(begun, Reading) else counted([begun], work)[0]


def read_files(files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
    """Reads many files, as ``read`` does each; counts small ones of one kind together, for speed alone."""
    readings: dict[int, Reading] = {}

    def waiting() -> Iterator[tuple[int, Begun]]:
        for at, (path, shown) in enumerate(files):
            begun = begin(path, shown, work)
            if isinstance(begun, Begun):
                yield at, begun
            else:
                readings[at] = begun

    for batch in batches(waiting(), lambda each: each[1].kind, lambda each: each[1].before.size):
        found = counted([begun for _, begun in batch], work)
        readings.update(zip((at for at, _ in batch), found, strict=True))
    return [readings[at] for at in range(len(files))]


def begin(path: Path, shown: str, work: Workplace) -> Reading | Begun:
    """Takes a first look at a file; returns what is to be counted, or a reading of which nothing counts."""
    try:
        before = Fingerprint.of(path)
        if not path.is_file():
            return Reading(path, shown, problems=(file_problems.of_no_file(path, shown),))
        if not before.size:
            return Reading(path, shown, sha256=inspect(path).sha256, problems=(file_problems.of_empty(shown),))
        return _begun(path, shown, before, work)
    except (OSError, EOFError, duckdb.Error) as error:
        return _failed(path, shown, error, work)


def _failed(path: Path, shown: str, error: Exception, work: Workplace) -> Reading:
    return Reading(path, shown, problems=(file_problems.of_error(path, shown, error, work.mask),))


def kept(path: Path, shown: str, work: Workplace) -> Reading | None:
    """Returns the reading of an unchanged file from the cache; None if the file has to be read.

    Raises OSError if the file is gone or cannot be read.
    """
    fingerprint = Fingerprint.of(path)
    if not work.digests.get(digest_key(path, fingerprint)):
        return None
    begun = _begun(path, shown, fingerprint, work)
    if isinstance(begun, Reading) or begun.task.source.format.clocked:
        return None
    known = _known(begun, work)
    return _finished(readings_of([known], work)[0], begun) if known else None


def _begun(path: Path, shown: str, fingerprint: Fingerprint, work: Workplace) -> Reading | Begun:
    start = head(path)
    log_format, document = recognised(start, work.formats)
    if log_format is None:
        return _uncounted(path, shown, file_problems.of_unknown(shown, start, work.formats, work.mask))
    with path.open("rb") as raw:
        source = LogSource(path, compression(raw.read(4)), log_format)
    problems: tuple[Problem, ...] = ()
    if log_format.clocked:
        dated, sure = _dated(source, start, fingerprint, work)
        if dated.first_date is None:
            undated = _uncounted(path, shown, file_problems.of_undated(shown, work.sought.soak is not None), log_format)
            return replace(undated, tool=tool_of(log_format, start, document), local=True)
        problems = () if sure else (file_problems.of_uncertain_date(shown, dated.first_date),)
        source = dated
    return Begun(
        path,
        shown,
        fingerprint,
        task_of(source, start, document),
        problems,
        tool_of(log_format, start, document),
        local_of(log_format, start, document),
    )


def recognised(start: bytes, formats: Sequence[Format]) -> tuple[Format | None, bool]:
    """Returns the format of a file that begins with ``start``, and whether it holds JSON documents to unfold."""
    lines = head_lines(start)
    of_entries = recognise(entries("\n".join(lines)), [each for each in formats if each.is_json])
    return of_entries or recognise(lines, formats), of_entries is not None


def _uncounted(path: Path, shown: str, problem: Problem, log_format: Format | None = None) -> Reading:
    inspection = inspect(path)
    facts = CountedFile(lines=inspection.lines)
    return Reading(path, shown, inspection.sha256, log_format, facts, problems=(problem,))


def _dated(source: LogSource, start: bytes, fingerprint: Fingerprint, work: Workplace) -> tuple[LogSource, bool]:
    """Dates a source whose lines have no date; returns it with the date of its first time, and whether that is certain.

    Assumes that no line was written after the clock, nor after the file's modification time.
    """
    if work.sought.soak is None:
        return source, False
    written = datetime.fromtimestamp(fingerprint.modified_ns / 1e9, UTC)
    readable = copied(source, MENDED, work) if is_utf16(start) else source
    dated, sure = date_source(work.connection, readable, work.sought.soak, min(work.sought.latest, written))
    return replace(source, first_date=dated.first_date), sure


@dataclass(frozen=True)
class Known:
    """A file with its tally, from the cache or counted now; ``problems`` are those beside what the tally shows."""

    source: LogSource
    shown: str
    sha256: str
    facts: CountedFile
    tally: Path
    problems: tuple[Problem, ...] = ()


def counted(several: Sequence[Begun], work: Workplace) -> list[Reading]:
    """Returns the readings of files of one kind, from the cache or counted now, in order; raises nothing for a file."""
    try:
        return [_finished(reading, begun) for reading, begun in zip(_counted(several, work), several, strict=True)]
    except (OSError, EOFError, duckdb.Error) as error:
        if len(several) == 1:
            return [_failed(several[0].path, several[0].shown, error, work)]
        # One unreadable file must not prevent the others from being counted.
        middle = len(several) // 2
        return counted(several[:middle], work) + counted(several[middle:], work)


def _finished(reading: Reading, begun: Begun) -> Reading:
    """Completes a reading with the results of the first look; nothing of it counts if the file has changed since."""
    if Fingerprint.of(begun.path) != begun.before:
        return Reading(begun.path, begun.shown, problems=(file_problems.of_changed(begun.shown),))
    return replace(reading, digest_key=digest_key(begun.path, begun.before), tool=begun.tool, local=begun.local)


def _counted(several: Sequence[Begun], work: Workplace) -> list[Reading]:
    known = [_known(begun, work) for begun in several]
    new = [begun for begun, found in zip(several, known, strict=True) if found is None]
    fresh = iter(_count(new, work))
    try:
        return readings_of([found or next(fresh) for found in known], work)
    except duckdb.Error:
        # A tally in the cache that turns out to be unreadable is counted again.
        if len(several) > 1 or new:
            raise
        return readings_of(_count(several, work), work)


def _known(begun: Begun, work: Workplace) -> Known | None:
    """Returns a file whose sha256 is remembered and whose tally is in the cache, else None."""
    sha256 = work.digests.get(digest_key(begun.path, begun.before))
    if not sha256:
        return None
    key = key_of(sha256, begun.task.source, work.rules, str(work.settings.timezone))
    facts = work.cache.load(key)
    if facts is None:
        return None
    return Known(begun.task.source, begun.shown, sha256, facts, work.cache.tally(key), begun.problems)


def _count(several: Sequence[Begun], work: Workplace) -> list[Known]:
    """Counts files of one kind, and keeps their tallies in the cache."""
    found = []
    for begun, one in zip(several, count([begun.task for begun in several], work) if several else (), strict=True):
        source, sha256, tally = begun.task.source, one.inspection.sha256, one.tally
        # If the file changed meanwhile, its sha256 may not be that of the bytes that were counted.
        if Fingerprint.of(begun.path) == begun.before:
            key = key_of(sha256, source, work.rules, str(work.settings.timezone))
            work.cache.save(key, one.facts, tally)
            tally = work.cache.tally(key)
        found.append(Known(source, begun.shown, sha256, one.facts, tally, begun.problems))
    return found


def readings_of(several: Sequence[Known], work: Workplace) -> list[Reading]:
    """Returns the readings of counted files, each with the signs that it is incomplete."""
    tallies = table_reader(known.tally for known in several)
    counts = by_file(work.connection.execute(COUNTS.format(tallies=tallies)).fetchall())
    parameters = {"ansi": ANSI, "problem": PROBLEM_LINE}
    banners = by_file(work.connection.execute(BANNERS.format(tallies=tallies), parameters).fetchall())
    return [_reading(known, counts.get(at, {}), banners.get(at, {}), work) for at, known in enumerate(several)]


def _reading(known: Known, counts: Mapping[str, int], banners: Mapping[str, int], work: Workplace) -> Reading:
    source, facts = known.source, known.facts
    said = tools_lines(banners, source)
    found = file_problems.of_counted(known.shown, source.format, facts, counts, said, work.mask)
    if file_problems.has_few_levels(counts):
        words = work.connection.execute(LEVELS.format(tallies=table_reader([known.tally]))).fetchall()
        found += (file_problems.of_levels(known.shown, counts, [work.mask(word) for (word,) in words]),)
    return Reading(
        path=source.path,
        shown=known.shown,
        sha256=known.sha256,
        format=source.format,
        facts=facts,
        tally=known.tally,
        source=source,
        problems=known.problems + found,
    )


def by_file(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, int]]:
    """Groups counts by the place of their file, and by name."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for file, name, number in rows:
        found[file][name] = number
    return found


COUNTS = """
SELECT file_index, CASE WHEN minute IS NULL AND name IN ('continuation', 'rejected') THEN detail ELSE name END,
  sum(count)::BIGINT
FROM {tallies}
WHERE name IN ('lines', 'duplicate', 'partial', 'truncated', 'unread', 'records', 'left_out', 'unknown_level', 'error')
  OR name IN ('continuation', 'rejected') AND detail IS NOT NULL
GROUP BY ALL
"""

LEVELS = """
SELECT detail FROM {tallies} WHERE name = 'unknown_level'
GROUP BY detail ORDER BY sum(count) DESC, detail LIMIT 5
"""

MOST_BANNERS = 1_000
"""The most distinct banner lines examined per file, those that report a problem first; a file may have a million."""

BANNERS = f"""
SELECT file, line, count FROM (
    SELECT file_index AS file, regexp_replace(detail, $ansi, '', 'g') AS line, sum(count)::BIGINT AS count
    FROM {{tallies}} WHERE name = 'banner' GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY file ORDER BY regexp_matches(line, $problem) DESC, line) <= {MOST_BANNERS}
ORDER BY file, regexp_matches(line, $problem) DESC, line
"""
"""The count of each banner line of a tool, by file."""
