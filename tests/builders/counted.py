"""Logs given as bytes, counted the way a run counts them: what the tests of the engine look at."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from logparse import formats
from logparse.conclude import conclude
from logparse.counting.cache import Cache
from logparse.counting.engine import LogSource, engine, records_of, set_variables
from logparse.counting.events import event_rules
from logparse.counting.numbers import error_kinds_of, metrics_of, timeline_of
from logparse.evidence.case import Case, Request
from logparse.formats.format import Format
from logparse.formats.sql.readers import table_reader
from logparse.reading.here import HERE
from logparse.reading.log_file import read
from logparse.reading.merge import Account, Merged, accounts, merge
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.reading.workplace import Workplace
from logparse.settings.bot import Bot
from logparse.settings.checked import parse
from logparse.values.metrics import Metrics
from logparse.values.schedule import Soak, Span, StartSource
from logparse.values.timeline import Timeline
from logparse.verdicts.verdict import Verdict

SETTINGS = parse()
BOT = SETTINGS.bot
START = datetime(2026, 1, 12, tzinfo=UTC)
EVER = Span(datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""All time in which a test lets anything happen."""

NOW = START + timedelta(hours=25)
"""The clock of the tests: the soak is over."""

NO_TIME_READ = "1000-01-01 (BC) 00:00:00"
"""The time of records without one, as the engine gives it to Python, which knows no such year."""

_SLOW_MS = 10_000
_COMPARED = "minute, name, detail, bin, count, first, last, ms, ms_max"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Tallied:
    """A tally as plain values: its rows without the examples, of which two tallies may have chosen different ones."""

    rows: frozenset[Row]

    @property
    def timed(self) -> frozenset[Row]:
        """The rows of records; the others count lines without a time, once in every file that they stand in."""
        return frozenset(row for row in self.rows if row[0] is not None)

    def count(self, name: str) -> int:
        """How often a name was counted, over all minutes."""
        return sum(int(str(row[4])) for row in self.rows if row[1] == name)

    def __add__(self, other: "Tallied") -> "Tallied":
        """The sum of two tallies, in plain Python."""
        sums: dict[Row, Row] = {}
        for row in [*self.rows, *other.rows]:
            key, new = row[:4], row[4:]
            sums[key] = _added(sums[key], new) if key in sums else new
        return Tallied(frozenset(key + values for key, values in sums.items()))


def _added(one: Row, other: Row) -> Row:
    ways = (sum, min, max, sum, max)  # of count, first, last, ms, ms_max
    pairs = zip(ways, one, other, strict=True)
    return tuple(_of_known(way, [value for value in (a, b) if value is not None]) for way, a, b in pairs)


def _of_known(way: object, values: Sequence[object]) -> object:
    return way(values) if values and callable(way) else None


@dataclass(frozen=True)
class Counted:
    """Log files after they were read and merged."""

    readings: Sequence[Reading]
    accounts: Sequence[Account]
    tallies: Sequence[Tallied]  # of each file by itself
    tally: Tallied  # of all together
    metrics: Metrics
    timeline: Timeline
    error_kinds: Mapping[str, int]
    merged: Merged

    @property
    def lines(self) -> dict[str, int]:
        """The classes of lines of the first file, those that occur."""
        return self.accounts[0].lines

    @property
    def problems(self) -> list[str]:
        """What was found wrong with the files, by kind."""
        return [problem.kind for reading in self.readings for problem in reading.problems]


@dataclass
class Counter:
    """Counts log files; each call has folders of its own, so that no call finds another's cache."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def count(
        self,
        *files: bytes,
        bot: Bot = BOT,
        timezone: str = "UTC",
        start: datetime | None = START,
        written: datetime | None = None,
    ) -> Counted:
        """Reads and merges files that hold these bytes, an hour after the soak; they were ``written`` at its end."""
        end = (start or START) + timedelta(hours=24)
        with TemporaryDirectory(dir=self.folder) as name:
            work = self.workplace(Path(name), bot, timezone)
            work = replace(work, sought=replace(work.sought, start=start, now=end + timedelta(hours=1)))
            return self._counted(_read(files, work, written or end), work)

    def tally(self, *files: bytes) -> Tallied:
        """The tally of files together and nothing else: for tests that count so often that all else would be felt."""
        with TemporaryDirectory(dir=self.folder) as name:
            work = self.workplace(Path(name))
            merge(_read(files, work, written=NOW), work)
            return self._rows("tally")

    def verdict(self, content: bytes, hour: int) -> Verdict:
        """What is concluded of one file at an hour of the soak, as ``judge`` does, without an engine of its own."""
        soak, now = Soak(START), START + timedelta(hours=hour + 1)
        with TemporaryDirectory(dir=self.folder) as name:
            work = self.workplace(Path(name))
            readings = _read([content], work, written=now)
            merged = merge(readings, work)
            sought = Sought(("log-0",), Path(name), START, now, Path(name), Path(name))
            case = Case(Request(sought, hour, StartSource.OPTION), SETTINGS, soak, readings, merged)
            return conclude(case, work)

    def read(self, path: Path, folder: Path) -> Reading:
        """Reads one file as it lies there; the cache and temporary files go into the folder."""
        return read(path, path.name, self.workplace(folder))

    def records(
        self, content: bytes, log_format: Format, timezone: str = "UTC", first_date: date | None = None
    ) -> list[dict[str, Any]]:
        """What a format makes of each line of a file, in order: the columns of a record by name."""
        with TemporaryDirectory(dir=self.folder) as name:
            path = Path(name) / "log"
            path.write_bytes(content)
            set_variables(self.connection, {"timezone": timezone})
            records = records_of(self.connection, [LogSource(path, "none", log_format, first_date)], numbered=True)
            rows = self.connection.execute(f"SELECT * FROM ({records}) ORDER BY number").fetchall()
            names = [column[0] for column in self.connection.description or ()]
            return [dict(zip(names, row, strict=True)) for row in rows]

    def workplace(self, folder: Path, bot: Bot = BOT, timezone: str = "UTC") -> Workplace:
        """What reading needs, with the cache and the temporary files in a folder."""
        (folder / "cache").mkdir(exist_ok=True)
        set_variables(self.connection, {"timezone": timezone})
        rules = event_rules(bot, _SLOW_MS)
        return Workplace(
            sought=Sought((), folder, START, NOW, folder / "cache", folder, rehearsal=True),
            settings=replace(SETTINGS, bot=bot, timezone=ZoneInfo(timezone)),
            connection=self.connection,
            rules=rules,
            formats=formats.FORMATS,
            cache=Cache(folder / "cache"),
            digests={},
            mask=lambda text: text,
            readers=HERE,
        )

    def _counted(self, readings: Sequence[Reading], work: Workplace) -> Counted:
        merged = merge(readings, work)
        return Counted(
            merged=merged,
            readings=readings,
            accounts=accounts(readings, Soak(START), 24, work),
            tallies=[self.rows_of(reading.tally) for reading in readings],
            tally=self._rows("tally"),
            metrics=metrics_of(self.connection, EVER),
            timeline=timeline_of(self.connection, EVER),
            error_kinds={kind.kind: kind.count for kind in error_kinds_of(self.connection, EVER, str)},
        )

    def rows_of(self, path: Path | None) -> Tallied:
        """The tally of a file as it was kept; an empty one of none."""
        return self._rows(table_reader([path])) if path else Tallied(frozenset())

    def tallied(self) -> Tallied:
        """The tally of the files that were merged last."""
        return self._rows("tally")

    def _rows(self, table: str) -> Tallied:
        rows = self.connection.execute(f"SELECT {_COMPARED} FROM {table}").fetchall()
        return Tallied(frozenset(rows))


def _read(files: Sequence[bytes], work: Workplace, written: datetime) -> list[Reading]:
    """Reads files that hold these bytes, each named by its place, and last changed at a time."""
    readings = []
    for at, content in enumerate(files):
        path = work.scratch / f"log-{at}"
        path.write_bytes(content)
        os.utime(path, times=(written.timestamp(), written.timestamp()))
        readings.append(read(path, path.name, work))
    return readings


@contextmanager
def open_counter(folder: Path) -> Iterator[Counter]:
    """An engine to count with, and a folder for its files."""
    with engine("1GB", folder, "UTC") as connection:
        # A day of a test is too small for threads, and other tests run beside it.
        connection.execute("SET threads = 1")
        counter = Counter(connection, folder)
        yield counter
        # Test frameworks hold on to what they were given; the engine is to go before the interpreter does.
        del counter.connection


@contextmanager
def usual_way() -> Iterator[None]:
    """Text is read in the usual way, also where a quicker one would fit."""
    with pytest.MonkeyPatch.context() as patch:
        slower = tuple(replace(each, fast=None) for each in formats.FORMATS)
        patch.setattr(formats, "FORMATS", slower)
        yield


def physical_lines(content: bytes) -> int:
    """The lines of a text, counted in another way than the engine's: LF, CRLF and CR end one, and so does the end."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):  # in UTF-16 other bytes end a line; the mark stays, as that of UTF-8 does
            content = content.decode(encoding, errors="replace").encode(errors="replace")
            break
    text = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.count(b"\n") + (bool(text) and not text.endswith(b"\n"))
