"""Log files: decompressed, read once for their sha256 and number of lines, and copied in a mended form if needed.

DuckDB silently drops lines that are longer than its buffer or not valid UTF-8. So the lines are counted here too, and a
file of which the engine saw fewer is read again from a mended copy.
"""

import codecs
import gzip
import hashlib
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

BLOCK = 1 << 20
"""Bytes read at a time."""

HEAD = 1 << 18
"""Bytes at the start of a file from which its format is recognised."""

LONGEST_LINE = 1_900_000
"""Bytes kept of a line in a mended copy: within what DuckDB reads, and more than any platform writes."""

LONGEST_ROW = 2 * BLOCK
"""Bytes kept of an unterminated last line; platforms cut the rows of a request at 1 MB themselves."""

MOST_EXPANSION = 200
"""The largest expansion factor of a compressed file; logs stay far below."""

ALWAYS_EXPANDED = 1 << 28
"""Bytes that a compressed file may always expand to, because a few repeated lines compress very well."""
COLUMN_END = "\uffff"
"""The column separator for DuckDB: a noncharacter, which Unicode reserves for no text at all."""

_COMPRESSION = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Fingerprint:
    """The cheap identity of a file's content: inode, size in bytes, and times of the last changes in nanoseconds."""

    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "Fingerprint":
        """Takes the fingerprint of a file now; raises OSError if it is gone."""
        status = path.stat()
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(frozen=True)
class Inspection:
    """The result of one pass over a file: its sha256, its number of physical lines, and its unterminated last line.

    ``coloured``: it holds an escape character, as in terminal colours. ``open_line``: at most its last LONGEST_ROW
    bytes. ``ends``: the kinds of line ends (LF, CRLF, CR). ``overlong``: a line exceeds LONGEST_LINE.
    """

    sha256: str
    lines: int
    coloured: bool
    open_line: bytes
    ends: frozenset[str] = frozenset()
    overlong: bool = False

    @property
    def ended(self) -> bool:
        """Whether the last line is terminated."""
        return not self.open_line


def compression(start: bytes) -> str:
    """Returns the compression of a file by its first bytes: 'gzip', 'zstd' or 'none'."""
    return next((name for magic, name in _COMPRESSION if start.startswith(magic)), "none")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Opens a file as a stream of decompressed bytes; raises OSError or EOFError if it cannot be read to its end."""
    with path.open("rb") as raw:
        kind = compression(raw.read(4))
        raw.seek(0)
        if kind == "none":
            yield raw
            return
        stream, damage = _decompressed(kind, raw)
        try:
            with stream:
                yield stream
        except damage as error:
            raise OSError(str(error)) from None


def _decompressed(kind: str, raw: BinaryIO) -> tuple[IO[bytes], type[Exception]]:
    """Returns a stream of decompressed bytes, and the exception it raises for damaged data."""
    if kind == "gzip":
        return gzip.GzipFile(fileobj=raw), zlib.error  # type: ignore[return-value]  # a binary stream in all that is used
    # Imported here, because few soaks hold such files.
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415
    else:
        from backports import zstd  # noqa: PLC0415
    return zstd.ZstdFile(raw), zstd.ZstdError  # type: ignore[return-value]  # as above


def head(path: Path) -> bytes:
    """Reads the first bytes of a file, decompressed, and cut at a line end if there is one."""
    with opened(path) as stream:
        start = stream.read(HEAD)
        if b"\n" not in start:
            return start + stream.readline(LONGEST_ROW)
    return start[: start.rindex(b"\n") + 1] if len(start) == HEAD else start


def head_lines(start: bytes) -> list[str]:
    """Decodes the lines at the start of a file, replacing invalid bytes; leaves out blank ones."""
    text = start.decode(_encoding(start) or "utf-8", errors="replace").lstrip("\ufeff").replace("\x00", "\ufffd")
    return [line for line in _LINE_END.split(text) if line.strip()]


def is_utf16(start: bytes) -> bool:
    """Tells whether a file begins with a byte order mark of UTF-16, as PowerShell's ``>`` writes it."""
    return _encoding(start) is not None


def _encoding(start: bytes) -> str | None:
    return next((name for mark, name in _UTF16 if start.startswith(mark)), None)


def inspect(path: Path) -> Inspection:
    """Reads a file once: the sha256 of its raw bytes, and its lines after decompression.

    A line ends with LF, CRLF or CR, in UTF-16 too; an unterminated last line counts. Raises as ``opened`` does, and
    OSError as soon as a file has expanded to far more than logs do.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as raw:
        packed = compression(raw.read(4)) != "none"
        raw.seek(0)
        counter = _LineCounter()
        while block := raw.read(BLOCK):
            digest.update(block)
            if not packed:
                counter.add(block)
    if packed:
        most = max(ALWAYS_EXPANDED, MOST_EXPANSION * path.stat().st_size)
        with opened(path) as stream:
            while block := stream.read(BLOCK):
                counter.add(block)
                if stream.tell() > most:
                    raise OSError(f"it expands to over {MOST_EXPANSION} times its size, as no logs do")
    counter.finish()
    return Inspection(
        sha256=digest.hexdigest(),
        lines=counter.lines,
        coloured=counter.coloured,
        open_line=counter.open_line,
        ends=counter.ends,
        overlong=counter.overlong,
    )


def empty_lines(path: Path) -> int:
    """Counts the lines without any character; a pass of its own, because searching for them is slow."""
    empty, last = 0, "\n"
    for block in readable_text(path):
        empty += sum(len(ends.group()) - 1 for ends in _EMPTY_LINES.finditer(last + block))
        last = block[-1]
    return empty


class _LineCounter:
    """A counter of lines over blocks; stateful, because the end of a block may cut a CRLF."""

    def __init__(self) -> None:
        self._recode: Callable[[bytes, bool], bytes] | None = None
        self._ends = self._returns = self._pairs = 0
        self._carried = b""
        self.coloured = self.overlong = False
        self.open_line = b""

    def add(self, block: bytes) -> None:
        if self._recode is None:
            self._recode = _to_utf8(block)
        self._add(self._recode(block, False))

    def _add(self, block: bytes) -> None:
        if self._carried or b"\r" in block:
            block = self._carried + block
            # The CR at the end of a block may belong to a LF that comes with the next.
            self._carried = b"\r" if block.endswith(b"\r") else b""
            block = block.removesuffix(b"\r")
            self._returns += block.count(b"\r")
            self._pairs += block.count(b"\r\n")
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._count(block)

    def _count(self, block: bytes) -> None:
        if not block:
            return
        self._ends += block.count(b"\n")
        self.coloured = self.coloured or b"\x1b" in block
        end = block.rfind(b"\n")
        # A block is far shorter than such a line, so none begins and ends within one.
        first = block.find(b"\n") if end >= 0 else len(block)
        self.overlong = self.overlong or len(self.open_line) + first > LONGEST_LINE
        self.open_line = block[end + 1 :] if end >= 0 else (self.open_line + block)[-LONGEST_ROW:]

    def finish(self) -> None:
        """Counts what was held back; call it once, after the last block."""
        if self._recode is not None:
            self._add(self._recode(b"", True))
        if self._carried:
            self._carried = b""
            self._returns += 1
            self._count(b"\n")

    @property
    def lines(self) -> int:
        return self._ends + bool(self.open_line)

    @property
    def ends(self) -> frozenset[str]:
        counts = {"LF": self._ends - self._returns, "CRLF": self._pairs, "CR": self._returns - self._pairs}
        return frozenset(name for name, count in counts.items() if count)


_EMPTY_LINES = re.compile(r"\n{2,}")
_LINE_END = re.compile(r"\r\n|\r|\n")


def _to_utf8(start: bytes) -> Callable[[bytes, bool], bytes]:
    """Returns a function that recodes blocks of a file to UTF-8; its second argument is True for the last call."""
    encoding = _encoding(start)
    if encoding is None:
        return lambda block, _: block
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return lambda block, final: decoder.decode(block, final).encode()


def mend(path: Path, copy: Path) -> None:
    """Writes a copy that DuckDB reads completely: UTF-8, no NUL, LF only, no line over LONGEST_LINE."""
    with copy.open("w", encoding="utf-8", newline="") as out:
        at_line = 0
        for block in readable_text(path):
            at_line = _write_mended(block, at_line, out)


def readable_text(path: Path) -> Iterator[str]:
    """Yields the text of a file by blocks, with LF only and no NUL, as in a mended copy. Raises as ``opened`` does."""
    with opened(path) as stream:
        encoding = _encoding(stream.read(2)) or "utf-8"
    with opened(path) as stream:
        # newline=None makes CRLF and CR into LF, also where a block ends between the two.
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=None)
        while block := text.read(BLOCK):
            # Translating costs more than all else here, and hardly any block needs it.
            yield block.translate(_MENDED) if any(chr(sign) in block for sign in _MENDED) else block


_MENDED = {0: "\ufffd", 0xFEFF: "", ord(COLUMN_END): "\ufffd"}
"""Replacements in a mended copy for NUL, byte order marks and COLUMN_END."""


def _write_mended(text: str, at_line: int, out: IO[str]) -> int:
    """Writes a part of a text line by line; returns how many bytes of the unterminated last line are written."""
    for number, piece in enumerate(text.split("\n")):
        if number:
            out.write("\n")
            at_line = 0
        kept = piece.encode()[: max(0, LONGEST_LINE - at_line)]
        out.write(kept.decode(errors="ignore"))
        at_line += len(kept)
    return at_line
