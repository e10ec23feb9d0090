"""Many small files read together: each has the reading, the account and the tally that it has when it is read alone."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.reading import batches, file_tally, log_file
from logparse.reading.log_file import read, read_files
from logparse.reading.merge import accounts, merge
from logparse.reading.reading import Reading
from logparse.reading.rejected import rejected_of
from logparse.reading.workplace import Workplace
from logparse.storage import files as files_module
from logparse.values.schedule import Soak
from tests.builders.counted import NOW, START, Counter
from tests.builders.days import broken_files, damaged_files
from tests.builders.examples import examples
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import WRITERS, write_text, write_vercel

pytestmark = pytest.mark.counts

DAY = steady_day(START, hours=1, deliveries=6)
ROWS, TEXT = write_vercel(DAY), write_text(DAY)
KINDS = {
    "nothing": b"",
    "blank lines": b"\n\n",
    "a tool's error": b"Error: the token has expired\n",
    "unknown": b"what is this\n",
    "empty lines between": TEXT.replace(b"\n", b"\n\n"),
    "text": TEXT,
    "text without an end": TEXT.rstrip(b"\n"),
    "CRLF and LF": TEXT.replace(b"\n", b"\r\n", 3),
    "no UTF-8": TEXT + b"2026-01-12T00:30:00Z \xff\xfe\n",
    "UTF-16": TEXT.decode().encode("utf-16"),
    "rows": ROWS,
    "rows with a tool's line": b"Vercel CLI 50.42.0\n" + ROWS,
    "rows that stand twice": ROWS + ROWS[: len(ROWS) // 2],
    "a torn row": ROWS[:-20],
    "a coloured row": b"\x1b[32m" + ROWS,
    "rejected rows": ROWS + b'{"id": "x"}\n' * 3,
    "gzip": gzip.compress(ROWS, mtime=0),
    "torn gzip": gzip.compress(ROWS, mtime=0)[:-9],
    "a document": b"[" + b",\n".join(ROWS.splitlines()) + b"]",
    "a torn document": b"[" + b",\n".join(ROWS.splitlines()),
}


def _made(contents: Sequence[bytes], folder: Path) -> list[tuple[Path, str]]:
    files = []
    for at, content in enumerate(contents):
        path = folder / f"log-{at}"
        path.write_bytes(content)
        os.utime(path, times=(NOW.timestamp(), NOW.timestamp()))
        files.append((path, path.name))
    return files


def _told(readings: Sequence[Reading], counter: Counter, work: Workplace) -> dict[str, object]:
    """All that follows from readings, but the names of their tallies' files."""
    merge(readings, work)
    return {
        "readings": [replace(reading, tally=None) for reading in readings],
        "tallies": [counter.rows_of(reading.tally) for reading in readings],
        "accounts": accounts(readings, Soak(START), 24, work),
        "together": counter.tallied(),
        "rejected": rejected_of([reading for reading in readings if reading.tally], work),
    }


def _same_together(contents: Sequence[bytes], counter: Counter) -> None:
    """Fails unless files tell the same read together, read one by one, and read together from the cache."""
    with TemporaryDirectory(dir=counter.folder) as name, TemporaryDirectory(dir=counter.folder) as other:
        files = _made(contents, Path(name))
        alone = counter.workplace(Path(other))
        expected = _told([read(path, shown, alone) for path, shown in files], counter, alone)
        work = counter.workplace(Path(name))
        together = read_files(files, work)
        assert _told(together, counter, work) == expected
        known = replace(work, digests={each.digest_key: each.sha256 for each in together if each.tally})
        assert read_files(files, known) == together


TEXTS = ("text", "empty lines between", "text without an end", "CRLF and LF", "no UTF-8", "UTF-16")


@pytest.mark.slow
@pytest.mark.parametrize("texts", [True, False], ids=["text", "rows"])
def test_files_of_every_kind_tell_the_same_together(counter: Counter, texts: bool) -> None:
    """In a mixed order, with what is wrong with each."""
    contents = [content for name, content in KINDS.items() if (name in TEXTS) is texts]
    _same_together([*contents, *contents[:3]], counter)


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_files_of_every_format_tell_the_same_together(counter: Counter, name: str) -> None:
    """Two of each, the second an hour later, beside one of another format."""
    later = steady_day(START + timedelta(hours=1), hours=1, deliveries=3)
    _same_together([WRITERS[name].write(DAY), TEXT, WRITERS[name].write(later)], counter)


@pytest.mark.slow
@examples(15)
@given(st.lists(st.one_of(broken_files(), damaged_files(), st.sampled_from(list(KINDS.values()))), max_size=6))
def test_any_files_tell_the_same_together(counter: Counter, contents: list[bytes]) -> None:
    """Whatever stands in them, broken and damaged ones too."""
    _same_together(contents, counter)


def test_one_statement_counts_many_files(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that ten thousand need no ten thousand statements; a large one is counted by itself."""
    counted: list[int] = []
    count = file_tally.count

    def noted(tasks: Sequence[file_tally.CountingTask], work: Workplace) -> list[file_tally.FileTally]:
        counted.append(len(tasks))
        return count(tasks, work)

    monkeypatch.setattr(log_file, "count", noted)
    monkeypatch.setattr(batches, "MOST_FILES", 30)
    monkeypatch.setattr(batches, "SMALL", len(ROWS))
    rows = [ROWS.replace(b'"id": "', b'"id": "%d-' % at)[: len(ROWS)] for at in range(70)]
    files = _made([*rows[:40], ROWS + rows[0], *rows[40:], TEXT], tmp_path)
    readings = read_files(files, counter.workplace(tmp_path))
    assert sorted(counted) == [1, 1, 10, 30, 30]
    assert [reading.path for reading in readings] == [path for path, _ in files]


@pytest.mark.slow
def test_a_file_that_cannot_be_read_keeps_no_other_from_being_counted(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the one is told of, however many are counted with it."""
    inspect = files_module.inspect

    def failing(path: Path) -> object:
        if path.name == "log-3":
            raise OSError("Input/output error")
        return inspect(path)

    monkeypatch.setattr(file_tally, "inspect", failing)
    readings = read_files(_made([ROWS] * 7, tmp_path), counter.workplace(tmp_path))
    assert [reading.tally is None for reading in readings] == [at == 3 for at in range(7)]
    assert [problem.kind for reading in readings for problem in reading.problems] == ["unreadable"]


@pytest.mark.slow
def test_a_damaged_tally_among_many_is_counted_again(counter: Counter, tmp_path: Path) -> None:
    """And the others are not thrown away for it."""
    work, files = counter.workplace(tmp_path), _made([ROWS, TEXT, ROWS + ROWS[:9]], tmp_path)
    readings = read_files(files, work)
    known = replace(work, digests={each.digest_key: each.sha256 for each in readings})
    damaged = readings[0].tally
    assert damaged is not None
    before = counter.rows_of(damaged)
    damaged.write_bytes(b"no Parquet")
    facts = damaged.with_suffix(".json")
    facts.write_text(json.dumps({**json.loads(facts.read_text("utf-8")), "tally_sha256": _sha256(damaged)}), "utf-8")
    with pytest.raises(duckdb.Error):
        counter.rows_of(damaged)
    assert read_files(files, known) == readings
    assert counter.rows_of(damaged) == before


def _sha256(path: Path) -> str:
    return files_module.inspect(path).sha256
