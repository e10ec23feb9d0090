"""Log files: which are found, how their lines are counted, and how they are mended and decompressed."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.storage import files
from logparse.storage.files import BLOCK, LONGEST_LINE, Inspection, empty_lines, head, head_lines, inspect, mend
from logparse.storage.places import find_logs
from tests.builders.counted import START, Counter, physical_lines
from tests.builders.examples import examples
from tests.scenarios import edits
from tests.scenarios.traffic import Message, steady_day
from tests.scenarios.writers import vercel_row, write_text, write_vercel

pytestmark = pytest.mark.counts

_ZSTD = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
PACKERS = {"plain": bytes, "gz": gzip.compress, "zst": _ZSTD.compress}
DAY = steady_day(START, hours=4, deliveries=20)
TEXT, ROWS = write_text(DAY), write_vercel(DAY)


def _inspected(content: bytes, folder: Path) -> Inspection:
    path = folder / "log"
    path.write_bytes(content)
    return inspect(path)


def test_folders_files_and_globs_are_searched(tmp_path: Path) -> None:
    """Each file is found once, in order, whatever names it; hidden files and the folder's README are no logs."""
    for name in ("b.txt", "a.txt", "sub/c.gz", ".hidden", "sub/.d.txt", "README.md", ".git/x.txt"):
        path = tmp_path / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    names = ["logs/a.txt", "logs/b.txt", "logs/sub/c.gz"]
    assert _found(["logs/"], tmp_path) == names
    assert _found(["logs/*.txt", "logs/a.txt", "logs"], tmp_path) == names
    assert _found(["logs/**/*.gz"], tmp_path) == names[2:]
    assert _found([str(tmp_path / "logs" / "b.txt")], tmp_path) == names[1:2]


def _found(places: list[str], base: Path) -> list[str]:
    return [str(path.relative_to(base)) for path in find_logs(places, base)]


def test_a_file_that_is_named_is_taken_even_where_it_is_missing(tmp_path: Path) -> None:
    """A name that leads nowhere is told by the evidence; a glob that finds nothing finds nothing."""
    assert _found(["none.txt", "none-*.txt"], tmp_path) == ["none.txt"]


@pytest.mark.parametrize(
    "name", ["logs[1].txt", "what?.txt", "all*.txt", "it's.txt", "ä ö.txt", "a$b;c.txt", "new\nline"]
)
def test_a_name_with_special_signs_is_a_name(counter: Counter, tmp_path: Path, name: str) -> None:
    """A file whose own name looks like a glob is that file, for the search and for the engine."""
    (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "logs1.txt").write_bytes(b"another")
    assert find_logs([name], tmp_path) == (tmp_path / name,)
    assert counter.read(tmp_path / name, tmp_path).facts.lines == TEXT.count(b"\n")


@pytest.mark.parametrize(
    ("content", "lines", "empty", "ended"),
    [
        (b"", 0, 0, True),
        (b"a", 1, 0, False),
        (b"a\n", 1, 0, True),
        (b"a\r\n", 1, 0, True),
        (b"a\rb\r", 2, 0, True),
        (b"a\nb\r\nc\rd", 4, 0, False),
        (b"\n", 1, 1, True),
        (b"\n\na\n\n\nb\n", 6, 4, True),
        (b"\r\r\n\n", 3, 3, True),
        (b"a\r", 1, 0, True),
        (b"\x00\n\x00", 2, 0, False),
        ("\ufeffa\r\nb\r\n".encode("utf-16-le"), 2, 0, True),
        ("\ufeffa\n\u0a0a\u0d0d".encode("utf-16-be"), 2, 0, False),
    ],
)
def test_lines_are_counted_by_their_ends(content: bytes, lines: int, empty: int, ended: bool, tmp_path: Path) -> None:
    """LF, CRLF and CR end a line, in UTF-16 too, and a last line without an end counts."""
    inspection = _inspected(content, tmp_path)
    assert (inspection.lines, inspection.ended) == (lines, ended)
    assert empty_lines(tmp_path / "log") == empty
    assert inspection.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("longest", "overlong"), [(LONGEST_LINE, False), (LONGEST_LINE + 1, True)])
@pytest.mark.parametrize("end", [b"", b"\n"], ids=["open", "ended"])
def test_an_overlong_line_is_noticed(longest: int, overlong: bool, end: bytes, tmp_path: Path) -> None:
    """A line that a mended copy cuts is told, wherever it stands, so that no quicker way reads more of it."""
    assert _inspected(TEXT + b"x" * longest + end, tmp_path).overlong is overlong


@examples(60)
@given(pieces=st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"bc"]), max_size=12), block=st.integers(1, 4))
def test_the_size_of_a_block_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], block: int
) -> None:
    """Wherever a block ends, in the middle of a CRLF too, the lines are the same."""
    content, folder = b"".join(pieces), tmp_path_factory.mktemp("blocks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "BLOCK", block)
        small, empty = _inspected(content, folder), empty_lines(folder / "log")
    assert small == _inspected(content, folder)
    assert (small.lines, empty) == (physical_lines(content), _empty_lines(content))


def _empty_lines(content: bytes) -> int:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[:-1].count(b"")


def test_a_line_longer_than_a_block_is_one_line(tmp_path: Path) -> None:
    """Nothing is lost or counted twice where a line runs over several blocks."""
    assert _inspected(b"x" * (2 * BLOCK + 7) + b"\r\ny", tmp_path).lines == 2


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("content", [TEXT, ROWS], ids=["text", "rows"])
def test_compressed_files_are_read_as_they_are(counter: Counter, packer: str, content: bytes) -> None:
    """gz and zst are known by their first bytes, not by a name."""
    assert counter.count(PACKERS[packer](content)).tally == counter.count(content).tally


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda packed: packed[:-20],
    "something in the middle": lambda packed: packed[:60] + b"\xff" * 40 + packed[60:],
    "something behind": lambda packed: packed + b"garbage",
}


@pytest.mark.parametrize("packer", ["gz", "zst"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_is_unreadable_and_no_crash(counter: Counter, packer: str, damage: str) -> None:
    """What cannot be decompressed to its end brings nothing, and is told."""
    counted = counter.count(DAMAGES[damage](PACKERS[packer](TEXT * 3)))
    assert (counted.problems, counted.metrics.records) == (["unreadable"], 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content", [TEXT, ROWS], ids=["text", "rows"])
def test_utf_16_is_read_as_it_is(counter: Counter, encoding: str, content: bytes) -> None:
    """What PowerShell's `>` writes, with its mark and CRLF, says the same and is not torn."""
    written = ("\ufeff" + content.decode().replace("\n", "\r\n")).encode(encoding)
    wide, plain = counter.count(written), counter.count(content)
    assert (wide.tally, wide.lines, wide.problems) == (plain.tally, plain.lines, [])


ENDS = {
    b"a\nb\n": {"LF"},
    b"a\r\nb": {"CRLF"},
    b"a\rb\r": {"CR"},
    b"a\nb\r\nc\r": {"LF", "CRLF", "CR"},
    b"a": set(),
}


@pytest.mark.parametrize(("content", "ends"), ENDS.items(), ids=map(repr, ENDS))
def test_the_ways_in_which_lines_end_are_told(tmp_path: Path, content: bytes, ends: set[str]) -> None:
    """Each way that occurs, and no other."""
    assert _inspected(content, tmp_path).ends == ends


def test_a_line_that_is_not_there_hides_none_that_is(counter: Counter) -> None:
    """Where lines end in two ways the engine sees one too many, and misses the one that is no UTF-8: both are told."""
    record = b"2026-01-12T00:10:00.000Z [ARI] x"
    counted = counter.count(record + b"\n" + record + b"\r\n" + record + b"\xff\xfe\n")
    assert counted.lines == {"records": 3}


def test_a_mended_copy_is_what_the_engine_reads_whole(tmp_path: Path) -> None:
    """No NUL, no mark, no invalid byte, one kind of end, and no line without bound."""
    path, copy = tmp_path / "log", tmp_path / "copy"
    path.write_bytes(b"\xef\xbb\xbfa\x00b\r\n\xffc\rd\xef\xbf\xbfe\n" + b"x" * (LONGEST_LINE + BLOCK) + b"\ny")
    mend(path, copy)
    lines = copy.read_text(encoding="utf-8").split("\n")
    assert [*lines[:3], lines[4]] == ["a\ufffdb", "\ufffdc", "d\ufffde", "y"]
    assert len(lines[3]) == LONGEST_LINE


def test_the_head_of_a_file_ends_with_a_line(tmp_path: Path) -> None:
    """A format is not guessed from half a line."""
    (tmp_path / "log").write_bytes(TEXT * 20)
    start = head(tmp_path / "log")
    assert len(start) <= files.HEAD
    assert (TEXT * 20).startswith(start)
    assert start.endswith(b"\n")


@pytest.mark.parametrize("spoiled", [b"", b"\xff\n", b"\n\x00"])
def test_a_row_of_a_large_request_is_read_whole(counter: Counter, spoiled: bytes) -> None:
    """A platform lets a request print a megabyte: its row is recognised, and survives the mending of its file."""
    large = Message("info", "\N{SNOWMAN}" * 300_000, 5)
    row = vercel_row(edits.with_message(next(request for request in DAY if edits.is_delivery(request)), large))
    counted = counter.count(row.encode() + spoiled)
    assert (counted.lines["records"], counted.metrics.deliveries) == (1, 1)


def test_lines_of_the_head_always_decode() -> None:
    """Blank lines, marks, NUL and invalid bytes do not stand in the way; only ends of lines part lines."""
    assert head_lines(b"\xef\xbb\xbfa\r\n \r\rb\xff\x00\n\n") == ["a", "b\ufffd\ufffd"]
    assert head_lines("a\u2028b\x0bc\x85d\n".encode()) == ["a\u2028b\x0bc\x85d"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\n \n\t\n", "empty"),
        (b"Error: unknown or unexpected option: --production\n", "tool"),
        (b"bash: vercel: command not found\n", "tool"),
        (b"hello\nworld\n", "unknown"),
        (b"\x89PNG\r\n\x1a\n", "unknown"),
    ],
)
def test_a_file_without_logs_is_a_problem(counter: Counter, content: bytes, problem: str) -> None:
    """Nothing collected must not look like nothing wrong."""
    assert counter.count(content).problems == [problem]


@pytest.mark.parametrize("name", ["none.txt", "folder"])
def test_what_is_no_file_is_missing(counter: Counter, tmp_path: Path, name: str) -> None:
    """A path that leads nowhere, or to a folder, is told and raises nothing."""
    (tmp_path / "folder").mkdir()
    assert [problem.kind for problem in counter.read(tmp_path / name, tmp_path).problems] == ["missing"]
