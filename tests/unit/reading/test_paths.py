"""No part of a path becomes data: below folders of any name the same lines give the same records, tallies and texts."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import duckdb
import pytest

import logparse
from logparse.counting.engine import LogSource
from logparse.counting.tally import COLUMNS as TALLY_COLUMNS
from logparse.formats import vercel_rows
from logparse.formats.sql import readers
from logparse.formats.vercel_rows import VERCEL_ROWS
from logparse.reading import file_tally
from logparse.reading.contacts import contacts_of
from logparse.reading.log_file import read_files
from logparse.reading.merge import accounts, merge
from logparse.reading.reading import Reading
from logparse.reading.rejected import rejected_of
from logparse.reading.workplace import Workplace
from logparse.storage.places import find_logs
from logparse.storage.witness import read_witness
from logparse.transcripts.logged import read_logged
from logparse.transcripts.reading import TranscriptWorkplace, read_transcripts
from logparse.values.records import COLUMNS as RECORD_COLUMNS
from logparse.values.schedule import Soak
from tests.builders.counted import BOT, EVER, START, Counter, open_counter
from tests.builders.sources.delivery_server import delivery
from tests.builders.transcripts import OWN
from tests.scenarios import edits
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import WRITERS, write_text, write_vercel
from tests.unit.reading.test_stretched import in_stretches

pytestmark = pytest.mark.counts

PACKAGE = Path(logparse.__file__).parent
PLACE = PACKAGE / "formats" / "sql" / "readers.py"
"""The one module that may call the engine's readers."""

SWITCHES = {"hive_partitioning", "hive_types_autocast", "filename", "union_by_name"}
"""What makes data of paths, or of one file for another; each reader has some of them."""


@cache
def _readers() -> Mapping[str, set[str]]:
    """The engine's functions that read files, by their own word, each with its parameters."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT function_name, list_distinct(flatten(list(parameters))) FROM duckdb_functions() "
            "WHERE function_type = 'table' GROUP BY function_name"
        ).fetchall()
    begins = ("read_", "parquet_", "sniff_", "glob", "scan_")
    return {name: {*some} for name, some in rows if {"path", "paths"} & {*some} or name.startswith(begins)}


def _calls(module: Path) -> list[str]:
    """What a module says that reads or writes files by the engine, in its SQL or by a method of a connection."""
    names = "|".join(_readers())
    in_sql = re.compile(rf"\b(?:{names})\s*\(|\bCOPY \b|\bFROM\s+'|\b(?:IMPORT|EXPORT)\s+DATABASE|\bATTACH\s+'")
    methods = re.compile(r"(?:read|from)_(?:csv|csv_auto|json|parquet)|write_(?:csv|parquet)|to_(?:csv|parquet)")
    found = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and in_sql.search(node.value):
            found.append(node.value)
        if isinstance(node, ast.Attribute) and methods.fullmatch(node.attr):
            found.append(node.attr)
    return found


def test_one_module_calls_the_readers() -> None:
    """So that whoever adds a reader finds what it has to be told; the engine itself says what its readers are."""
    assert {"read_csv", "read_json", "read_parquet", "read_text"} <= _readers().keys()
    assert len(_calls(PLACE)) >= 3
    assert {str(path) for path in PACKAGE.rglob("*.py") if path != PLACE and _calls(path)} == set()


@pytest.mark.parametrize(
    "call",
    [
        readers.text_reader(["line"]).format(paths="'x'", compression="none"),
        readers.json_reader({"id": "VARCHAR"}).format(paths="'x'", compression="none"),
        readers.table_reader([Path("x")]),
    ],
    ids=["text", "objects", "tables"],
)
def test_each_call_switches_off_what_a_path_may_say(call: str) -> None:
    """All that the engine has for it, by the parameters that it names itself."""
    name = call.strip().split("(")[0]
    assert {switch for switch in SWITCHES & _readers()[name] if f"{switch} = false" not in call} == set()


_KEYS = (*RECORD_COLUMNS, *TALLY_COLUMNS, *vercel_rows._SHAPE, *("line", "stamp", "piece_1", "place", "file_index"))
_MORE_KEYS = ("first_date", "code", "marks", "ids", "contact", "conversation", "own", "text", "problem")
FOLDERS = {
    "numbers": "/".join(f"{key}=7" for key in dict.fromkeys((*_KEYS, *_MORE_KEYS))),
    "signs": 'a*b/[x]/d?d/a[!x]{x,y}]/it\'s/"q"/$HOME/~/%20 a/b%2Fc/#x/y=%7E&z',
    "words": "/".join(f"{key}=bot" for key in dict.fromkeys((*_KEYS, *_MORE_KEYS))),
    "what rows say": "responseStatusCode=200/environment=prod/deploymentId=X/minute=5/file=7/number=1",
    "stars": "**",
    "a backslash": "a\\b",
    "a line break": "a\nb",
}
"""Folders that a path may go through; what a glob would take for them stands beside them."""

DECOYS = ("axb", "a", "x", "dxd", "b")

DAY = steady_day(START, hours=1, deliveries=12)
BAD_DAY = edits.at_some_deliveries(DAY, 3, lambda request: replace(request, status=500))
TEXT, ROWS, BAD_ROWS = write_text(DAY), write_vercel(DAY), write_vercel(BAD_DAY)
LOGS = {
    "text.txt": TEXT,
    "usual.txt": b"a banner\n" + TEXT.replace(b"Z ", b"+00:00 "),
    "rows.jsonl": BAD_ROWS,
    "rows-again.jsonl": BAD_ROWS,
    "rows.jsonl.gz": gzip.compress(ROWS, mtime=0),
    "document.json": b"[" + b",\n".join(BAD_ROWS.splitlines()) + b"]",
    "mended.txt": TEXT + b"2026-01-12T00:30:00Z \xff\xfe broken\r",
    "unread.jsonl": ROWS + b"what is this\n",
    "twice.jsonl": ROWS * 2,
    **{f"{name}.log": writer.write(DAY) for name, writer in WRITERS.items()},
}
TRANSCRIPT = json.dumps(OWN).encode() + b"\nno message\n"
DELIVERIES = json.dumps(delivery(START)).encode() + b"\nno delivery\n"


def _made(top: Path, name: str) -> Path:
    """A project below such folders, with logs of every kind, a transcript, and the provider's list."""
    folder = top / name
    for decoy in DECOYS:
        (top / decoy / "logs").mkdir(parents=True, exist_ok=True)
        (top / decoy / "logs" / "text.txt").write_bytes(TEXT * 3)
    (folder / "logs").mkdir(parents=True)
    for log, content in LOGS.items():
        (folder / "logs" / log).write_bytes(content)
        os.utime(folder / "logs" / log, times=(END.timestamp(), END.timestamp()))
    return folder


END = START + timedelta(hours=24)


def _told(folder: Path, counter: Counter) -> tuple[dict[str, object], Workplace]:
    """All that is read of such a project, by what it is, and a workplace that remembers what was counted."""
    work = counter.workplace(folder)
    files = [(path, path.name) for path in find_logs(PLACES, folder)]
    readings = read_files(files, work)
    alone = replace(work, digests={reading.digest_key: reading.sha256 for reading in readings})
    merge(readings, work)
    found: dict[str, object] = {
        "names": [name for _, name in files],
        "facts": [(each.sha256, each.facts, each.problems) for each in readings],
        "tallies": [counter.rows_of(each.tally) for each in readings],
        "together": counter.tallied(),
        "lines": accounts(readings, Soak(START), 24, work),
        "contacts": contacts_of(telling(readings), EVER, BOT.events, work),
        "rejected": list(rejected_of([each for each in readings if each.tally], work).values()),
        "texts": read_logged(readings, EVER, BOT.events, work),
    }
    return found, alone


def telling(readings: Sequence[Reading]) -> list[Reading]:
    """Those whose records belong to requests."""
    return [reading for reading in readings if reading.format and reading.format.has_requests]


PLACES = ["logs", "logs/*.jsonl"]


@pytest.fixture(scope="module")
def module_counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One engine for all tests of this module."""
    with open_counter(tmp_path_factory.mktemp("counter")) as counter:
        yield counter


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, module_counter: Counter) -> dict[str, object]:
    """What is read of the project in a plain folder."""
    return _told(_made(tmp_path_factory.mktemp("top"), "plain"), module_counter)[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_logs_tell_the_same_below_any_folder(
    plain: dict[str, object], tmp_path: Path, module_counter: Counter, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Each by itself and all together; and what was counted there is known again."""
    folder = _made(tmp_path, FOLDERS[name])
    told, work = _told(folder, module_counter)
    for what, value in plain.items():
        assert told[what] == value, what
    monkeypatch.setattr(file_tally, "tally_events", None)
    again = read_files([(path, path.name) for path in find_logs(PLACES, folder)], work)
    assert [(each.sha256, each.facts, each.problems) for each in again] == told["facts"]


@pytest.mark.parametrize("name", FOLDERS)
def test_stretches_tell_the_same_below_any_folder(tmp_path: Path, module_counter: Counter, name: str) -> None:
    """Those of a large file, which are added up."""
    (tmp_path / "plain").mkdir()
    (tmp_path / FOLDERS[name]).mkdir(parents=True)
    found = []
    for folder in (tmp_path / "plain", tmp_path / FOLDERS[name]):
        (folder / "log").write_bytes(BAD_ROWS)
        source, work = LogSource(folder / "log", "none", VERCEL_ROWS), module_counter.workplace(folder)
        counted = in_stretches(source, [len(BAD_ROWS) // 3, len(BAD_ROWS) // 2], work, tree=True)
        found.append(counted and (counted[0], module_counter.rows_of(counted[1])))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", FOLDERS)
def test_conversations_and_deliveries_tell_the_same_below_any_folder(
    tmp_path: Path, module_counter: Counter, name: str
) -> None:
    """A transcript, and the provider's own list."""
    (tmp_path / "plain").mkdir()
    (tmp_path / FOLDERS[name]).mkdir(parents=True)
    found = []
    for folder in (tmp_path / "plain", tmp_path / FOLDERS[name]):
        (folder / "transcript.jsonl").write_bytes(TRANSCRIPT)
        (folder / "deliveries.jsonl").write_bytes(DELIVERIES)
        desk = TranscriptWorkplace(module_counter.connection, folder, str)
        said = read_transcripts([(folder / "transcript.jsonl", "transcript")], EVER, desk)
        found.append((said, read_witness([(folder / "deliveries.jsonl", "deliveries")], str)))
    assert found[0] == found[1]
    assert found[0][0].conversations


def test_a_path_that_the_engine_cannot_open_is_told(tmp_path: Path, counter: Counter) -> None:
    """It finds no backslash beside a sign of globs: such a file is no evidence, and never another's."""
    path = tmp_path / "a\\b*" / "log"
    path.parent.mkdir()
    path.write_bytes(TEXT)
    (tmp_path / "a\\bc").mkdir()
    (tmp_path / "a\\bc" / "log").write_bytes(ROWS)
    reading = counter.read(path, tmp_path)
    assert reading.tally is None
    assert [problem.kind for problem in reading.problems] == ["unreadable"]
    assert "backslash" in reading.problems[0].text
