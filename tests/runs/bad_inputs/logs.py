"""Files that hold no logs at all, and places where no file is."""

import gzip
import io
import os
import random
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.runs.bad_inputs.case import NOT_JUDGED, Case, Maker, log
from tests.runs.bad_inputs.rows import CONTENT
from tests.runs.command_line import Desk

BY_NAME = ("--logs={desk}/logs/it",)


def _in_place_of_a_log(make: Callable[[Path], object]) -> Maker:
    """Makes something that is no file where a log is to be."""

    def made(desk: Desk) -> None:
        desk.logs.mkdir()
        make(desk.logs / "it")

    return made


def _socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _png() -> bytes:
    chunks = [(b"IHDR", bytes(13)), (b"IDAT", zlib.compress(random.Random(1).randbytes(4000))), (b"IEND", b"")]
    body = b"".join(len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # Of one date always, so that the archive, which the table quotes, stays the same.
        member = zipfile.ZipInfo("logs-hour-04.jsonl", (2026, 1, 12, 0, 0, 0))
        archive.writestr(member, CONTENT, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        about = tarfile.TarInfo("notes.txt")
        about.size = 5
        archive.addfile(about, io.BytesIO(b"notes"))
    return packed.getvalue()


_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + random.Random(2).randbytes(3000)
_PROXY = b"<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>\n"
_HELP = b"Usage: vercel logs [options]\n\n  --since\n"

LOGS = (
    Case("no logs folder", NOT_JUDGED, "logs is not there"),
    Case("an empty file", NOT_JUDGED, "is empty (0 bytes)", (), log(b"")),
    Case("blank lines alone", NOT_JUDGED, "holds blank lines alone", (), log(b"\n\n\n")),
    Case("NUL bytes alone", NOT_JUDGED, "is in no known format", (), log(bytes(5000))),
    Case("carriage returns alone", NOT_JUDGED, "holds blank lines alone", (), log(b"\r" * 500)),
    Case("a byte order mark alone", NOT_JUDGED, "holds blank lines alone", (), log(b"\xef\xbb\xbf")),
    Case("random bytes", NOT_JUDGED, "is in no known format", (), log(random.Random(3).randbytes(5000))),
    Case("an image", NOT_JUDGED, "is in no known format", (), log(_png())),
    Case("a zip archive", NOT_JUDGED, "is in no known format", (), log(_zip())),
    Case("a tar archive", NOT_JUDGED, "is in no known format", (), log(_tar())),
    Case("a PDF", NOT_JUDGED, "is in no known format", (), log(_PDF)),
    Case("the error page of a proxy", NOT_JUDGED, "502 Bad Gateway", (), log(_PROXY)),
    Case("a CSV file", NOT_JUDGED, "is in no known format", (), log(b"time,level,message\n1,info,hello\n")),
    Case("an outline in JSON", NOT_JUDGED, "is in no known format", (), log(b'{\n  "rows": [\n    1\n  ]\n}\n')),
    Case("a list nested 100,000 deep", NOT_JUDGED, "is in no known format", (), log(b"[" * 100_000 + b"\n")),
    Case("an object nested 20,000 deep", NOT_JUDGED, "is in no known format", (), log(b'{"a":' * 20_000 + b"\n")),
    Case("one line of 5 MB", NOT_JUDGED, "is in no known format", (), log(b"x" * 5_000_000)),
    Case(
        "logs that were compressed twice",
        NOT_JUDGED,
        "is compressed twice",
        (),
        log(gzip.compress(gzip.compress(CONTENT))),
    ),
    Case("the first bytes of a gzip file", NOT_JUDGED, "cannot be read to its end", (), log(b"\x1f\x8b")),
    Case("a tool's error", NOT_JUDGED, "--production", (), log(b"Error: unknown or unexpected option: --production\n")),
    Case(
        "a shell's error", NOT_JUDGED, "the shell did not find the tool", (), log(b"bash: vercel: command not found\n")
    ),
    Case("the help text of a tool", NOT_JUDGED, "help text of a tool", (), log(_HELP)),
    Case("a file that is missing", NOT_JUDGED, "is not there", ("--logs={desk}/logs/none.jsonl",)),
    Case("a glob without a match", NOT_JUDGED, "no log file was found", ("--logs={desk}/logs/*.jsonl",)),
    Case("a folder in place of a file", NOT_JUDGED, "no log file was found", BY_NAME, _in_place_of_a_log(os.mkdir)),
    Case("a pipe in place of a file", NOT_JUDGED, "is a pipe, no file", BY_NAME, _in_place_of_a_log(os.mkfifo)),
    Case("a pipe in the folder of logs", NOT_JUDGED, "no log file was found", (), _in_place_of_a_log(os.mkfifo)),
    Case("a socket in place of a file", NOT_JUDGED, "is no file", BY_NAME, _in_place_of_a_log(_socket)),
    Case("a device in place of a file", NOT_JUDGED, "is no file", ("--logs=/dev/zero",)),
    Case(
        "a link to itself",
        NOT_JUDGED,
        "is a link that leads to no file",
        BY_NAME,
        _in_place_of_a_log(lambda path: path.symlink_to(path)),
    ),
    Case(
        "a link to nothing",
        NOT_JUDGED,
        "is a link that leads to no file",
        BY_NAME,
        _in_place_of_a_log(lambda path: path.symlink_to("none")),
    ),
)
