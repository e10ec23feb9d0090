"""The deduplication of records that were fetched twice: within a file that repeats itself, and where files overlap.

By id if there is one: the line with more messages wins, with the worst status of any line of that id: an earlier fetch
may be incomplete, and a failure is not undone. Else a message at a time counts as often as in the one file that holds
it most often.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from logparse.counting.engine import MOST_TOGETHER, LogSource, Together, records_of, records_of_all, together
from logparse.formats.sql.readers import table_reader, table_writer
from logparse.values.records import LINES

PAGE = 50
"""The rows of a page of the Vercel request log."""

BADNESS = """
CASE WHEN status = -1 OR status >= 500 THEN 5 WHEN status = 401 THEN 4 WHEN status >= 400 THEN 3
     WHEN status >= 300 THEN 2 WHEN status > 0 THEN 1 ELSE 0 END
"""
"""SQL that ranks the status of a request: crashed, not verified, refused, redirected, answered, unknown."""

ONCE = f"""
WITH lines AS (
    SELECT *, count(*) OVER (PARTITION BY file, number, id) AS messages,
        bool_or(opens_line) OVER (PARTITION BY file, number % {LINES}) AS opened,
        CASE WHEN id IS NULL THEN row_number() OVER (
            PARTITION BY file, id, request, time, level, message ORDER BY badness DESC, number) END AS occurrence
    FROM (SELECT *, {BADNESS} AS badness FROM read_records)
), fullest AS (
    SELECT id, arg_max({{'file': file, 'number': number}}, (messages, badness, -file, -number)) AS line,
        arg_max({{'status': status, 'method': method, 'path': path}}, (badness, -file, -number)) AS worst
    FROM lines WHERE id IS NOT NULL GROUP BY id
), kept AS (
    SELECT lines.* REPLACE (coalesce(worst.status, status) AS status, coalesce(worst.method, method) AS method,
        coalesce(worst.path, path) AS path)
    FROM lines JOIN fullest USING (id)
    WHERE line.file = file AND line.number = number
    UNION ALL
    SELECT * FROM lines
    WHERE id IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY request, time, level, message, occurrence ORDER BY badness DESC, file) = 1
)
-- A physical line of which the first record is a repeat is opened by the next.
SELECT * EXCLUDE (messages, badness, occurrence, opened, nth)
    REPLACE (opened AND nth = 1 AS opens_line)
FROM (SELECT *, row_number() OVER (PARTITION BY file, number % {LINES} ORDER BY opens_line DESC) AS nth FROM kept)
"""

RECORDS_ONCE = "SELECT * FROM records_once"
"""The SELECT of the records that were kept."""

REPEATED_PAGES = f"""
SELECT count(*) FILTER (repeated), count(*) FROM (
    SELECT id = lag(id, {PAGE}) OVER (ORDER BY number % {LINES}, number) AS repeated
    FROM read_records WHERE opens_id)
"""


def keep_once(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], minutes: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Makes the table ``records_once`` of the sources' records, each once, in the given minutes (all without any).

    Returns the number of lines kept: (place of the source, minute, lines).
    """
    want(connection, minutes)
    into = "CREATE OR REPLACE TEMP TABLE read_records AS"
    for read in _in_statements(together(sources)):
        records = records_of_all(connection, read, numbered=True)
        connection.execute(f"{into} WITH read_now AS ({records}) {READ}", {"all": not minutes})
        into = "INSERT INTO read_records"
    return _kept(connection)


def keep_once_of(
    connection: duckdb.DuckDBPyConnection, extracts: Sequence[Path], minutes: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Makes the same table of records that were extracted elsewhere (see ``extract``)."""
    want(connection, minutes)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE read_records AS SELECT * FROM {table_reader(extracts)}")
    return _kept(connection)


def _kept(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int, int]]:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records_once AS {ONCE}")
    return connection.execute(
        "SELECT file, epoch_us(time) // 60000000, count(*) FILTER (opens_line) FROM records_once GROUP BY ALL"
    ).fetchall()


READ_TOGETHER = 20
"""The most kinds of source in one statement; above, planning time grows faster than their number."""

READ = """
SELECT * FROM read_now
WHERE line_class = 'records' AND ($all OR epoch_us(time) // 60000000 IN (SELECT minute FROM wanted))
"""


def _in_statements(read: Sequence[Together]) -> Iterator[list[Together]]:
    """Yields sources by what reads them, in as many lists as statements are needed."""
    some: list[Together] = []
    for several in read:
        sources = sum(len(each.sources) for each in (*some, several))
        if some and (len(some) == READ_TOGETHER or sources > MOST_TOGETHER):
            yield some
            some = []
        some.append(several)
    yield some


def want(connection: duckdb.DuckDBPyConnection, minutes: Sequence[int]) -> None:
    """Makes the table ``wanted`` of these minutes."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest(?::BIGINT[]) AS minute", [list(minutes)])


def extract(
    connection: duckdb.DuckDBPyConnection, source: LogSource, minutes: Sequence[int], file: int, before: int
) -> None:
    """Makes the table ``extracted`` of a source's records in the given minutes, to be deduplicated with others.

    ``file`` is the place of the source among all; ``before`` counts the lines of the file in front of the source.
    """
    want(connection, minutes)
    records = records_of(connection, [source], numbered=True)
    moved = f"SELECT * REPLACE ($file::INTEGER AS file, number + $before::BIGINT AS number) FROM ({READ})"
    asked = {"all": False, "file": file, "before": before}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE extracted AS WITH read_now AS ({records}) {moved}", asked)


def save_share(connection: duckdb.DuckDBPyConnection, at: int, shares: int, into: Path) -> None:
    """Writes one share of ``extracted`` as Parquet; duplicates of a record are all in the same share.

    For formats that are read line by line: all records of a line have the same id then, or none.
    """
    share = f"hash(coalesce(id, (epoch_us(time) // 60000000)::VARCHAR)) % {int(shares)} = {int(at)}"
    connection.execute(table_writer(f"(FROM extracted WHERE {share})", into))


def repeats_pages(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tells whether the source last read holds a page of rows again and again, as a bug of the tool leaves them.

    The last page may be incomplete, and be the only one that repeats.
    """
    row = connection.execute(REPEATED_PAGES).fetchone()
    repeated, rows = row or (0, 0)
    return bool(repeated >= PAGE or 0 < repeated == rows - PAGE)
