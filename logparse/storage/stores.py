"""Log files in an object store (``s3://``, ``gs://``, ...) through fsspec: listed, opened and copied.

fsspec is imported on the first use of such a place, because most runs have none.
"""

import glob
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from logparse.errors import UsageProblem

READ_AHEAD = 1 << 23
"""Bytes fetched at a time: with fewer, waiting for answers takes longer than the transfer."""

_VERSIONS = ("ETag", "etag", "md5Hash", "generation", "LastModified", "mtime")
_TIMES = ("LastModified", "mtime", "updated", "last_modified", "created")


@dataclass(frozen=True)
class Stored:
    """A file in a store: its URL, its bytes (None: no such file), what changes with its content, when it last did."""

    url: str
    size: int | None
    version: str = ""
    modified: float | None = None


def is_url(place: str) -> bool:
    """Tells whether a place of logs is a URL."""
    return "://" in place


def list_files(place: str) -> tuple[Stored, ...]:
    """Lists the files under a URL (a file, a folder or a glob) in order, without hidden ones.

    A missing file given by its URL has no size. Raises UsageProblem if the store cannot be asked.
    """
    try:
        system, path = _system(place)
        return tuple(_listed(system, path, place))
    except (ImportError, ValueError) as error:
        raise UsageProblem(
            f"{place}: {reason_of(error)}; install what it needs: pip install --editable '.[cluster]'"
        ) from None
    except Exception as error:  # each store has exceptions of its own
        raise UsageProblem(f"{place}: cannot be looked into for logs: {reason_of(error)}") from None


def stored(url: str) -> Stored:
    """Asks the store for the current state of a file, past any cache; raises OSError if it cannot be asked."""
    with _as_os_error(url):
        system, path = _system(url)
        system.invalidate_cache()
        return _stored(system, system.info(path)) if system.exists(path) else Stored(url, None)


@contextmanager
def opened(url: str) -> Iterator[IO[bytes]]:
    """Opens a file as a seekable stream; raises OSError for any failure."""
    with _as_os_error(url):
        system, path = _system(url)
        with system.open(path, "rb", block_size=READ_AHEAD, cache_type="readahead") as stream:
            yield stream


def bring(file: Stored, path: Path) -> None:
    """Copies a file to a path with its modification time; raises OSError for any failure."""
    with opened(file.url) as stream, path.open("wb") as out:
        shutil.copyfileobj(stream, out, READ_AHEAD)
    if path.stat().st_size != file.size or stored(file.url).version != file.version:
        raise OSError(f"{file.url} was changed while it was read")
    if file.modified is not None:
        os.utime(path, (file.modified, file.modified))


def _listed(system: Any, path: str, place: str) -> Iterator[Stored]:
    if glob.has_magic(path):
        found = system.glob(path, detail=True)
    elif system.isfile(path):
        found = {path: system.info(path)}
    else:
        found = system.find(path, detail=True)
        if not found:
            yield Stored(place, None)
    for name in sorted(found):
        below = name.removeprefix(path).strip("/").split("/") if not glob.has_magic(path) and name != path else []
        is_log = found[name]["type"] == "file" and not any(part.startswith(".") for part in below)
        if is_log and name.rsplit("/", 1)[-1].lower() not in ("readme.md", "readme.txt"):
            yield _stored(system, found[name])


def _stored(system: Any, info: Mapping[str, Any]) -> Stored:
    versions = [f"{info[name]}" for name in _VERSIONS if info.get(name)]
    moments = (info[name] for name in _TIMES if info.get(name))
    size = int(info["size"])
    return Stored(
        system.unstrip_protocol(info["name"]), size, f"{size}|{'|'.join(versions)}", _seconds(next(moments, None))
    )


def _seconds(moment: object) -> float | None:
    """Converts a time of a store, which may have several types, to seconds since 1970; None if it is not understood."""
    if isinstance(moment, int | float):
        return float(moment)
    try:
        return datetime.fromisoformat(str(moment)).timestamp()
    except ValueError:
        return None


def _system(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415

    system, path = url_to_fs(url)
    return system, path


@contextmanager
def _as_os_error(url: str) -> Iterator[None]:
    """Turns the exceptions of any store into OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each store has exceptions of its own
        raise OSError(f"{url}: {reason_of(error)}") from None


def reason_of(error: BaseException) -> str:
    """Returns the first line of what an error says; its kind if it says nothing."""
    return (str(error) or type(error).__name__).splitlines()[0]
