"""The places of logs: files, folders and globs, and the manifests and transcripts beside them."""

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.storage.manifest import SUFFIX, log_path, manifest_path
from logparse.values.schedule import IDENTITY

MOST_FILES = 10_000
"""The most files that one run looks at."""

Other = Callable[[str], bool]
"""Tells by the name of a folder whether it holds another soak."""


def find_logs(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """Finds the log files under files, folders and globs, each once, sorted by path within a place.

    Leaves out hidden files, manifests, transcripts, and folders named after another soak (with ``identity`` None, only
    its start is compared). A file given by its path is returned even if it is missing: the evidence reports that.
    Raises UsageProblem for more than MOST_FILES files.
    """
    return _found(places, base, _other(start, identity), _is_log)


def find_transcripts(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """Finds the transcripts in the same places, as ``find_logs`` does."""
    return _found(places, base, _other(start, identity), is_transcript)


def is_transcript(path: Path) -> bool:
    """Tells whether a file is a transcript by its name: ``transcript*.jsonl``, compressed or not."""
    return bool(_TRANSCRIPT.fullmatch(path.name))


def _is_log(path: Path) -> bool:
    return not is_transcript(path)


_TRANSCRIPT = re.compile(r"transcript.*\.jsonl(?:\.gz|\.zst)?", flags=re.IGNORECASE)


def _found(places: Sequence[str], base: Path, other: Other, wanted: Callable[[Path], bool]) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    for place in places:
        matches = _matches(place, base, other)
        logs = (path for path in matches if not path.name.endswith(SUFFIX) and wanted(path))
        found.update(dict.fromkeys(sorted(islice(logs, MOST_FILES + 1))))
        if len(found) > MOST_FILES:
            raise UsageProblem(
                f"{place}: over {MOST_FILES:,} files; so many are no logs of one soak: name a narrower place"
            )
    return tuple(found)


def _matches(place: str, base: Path, other: Other) -> Iterator[Path]:
    """Yields the files of a place, without links from inside it to anything outside."""
    found = _below(place, base, other)
    return (path for path, root in found if not root or (_is_there(path) and not _leads_out(path, root)))


def links_out(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """Finds the links in folders and under globs that are not followed: they lead outside, or to nothing.

    Whoever can write to the folder of logs must not choose what else is read on the machine. A path given outright may
    be a link.
    """
    found: dict[Path, None] = {}
    for place in places:
        links = (path for path, root in _below(place, base, _other(start, identity)) if root and _leads_out(path, root))
        found.update(dict.fromkeys(sorted(islice(links, MOST_FILES))))
    return tuple(found)


def _leads_out(path: Path, root: str) -> bool:
    """Tells whether a path leads, through links, out of a folder (a path without links), or to nothing."""
    real = os.path.realpath(path)
    return not real.startswith(f"{root.rstrip('/')}/") or _is_gone(real)


def _listed(folder: Path) -> list[Path]:
    """Lists a folder in order; empty without permission, which is reported when it is read."""
    try:
        return sorted(folder.iterdir())
    except PermissionError:
        return []


def _is_gone(path: str) -> bool:
    """Tells whether nothing exists at a path; without permission, something may: whoever reads it reports that."""
    try:
        Path(path).stat()
    except PermissionError:
        return False
    except OSError:
        return True
    return False


def _below(place: str, base: Path, other: Other) -> Iterator[tuple[Path, str]]:
    """Yields the paths at a place, each with the real folder it must lie in; empty for a path given outright."""
    path = base / Path(place).expanduser()
    if path.is_dir():
        root = os.path.realpath(path)
        yield from ((inner, root) for inner in _inner(path, other))
    elif glob.has_magic(str(place)) and not path.exists():
        front, rest = _literal_front(path)
        root = os.path.realpath(front)
        yield from ((front / name, root) for name in glob.iglob(rest, root_dir=front, recursive=True))
    else:
        yield path, ""


def _inner(folder: Path, other: Other) -> Iterator[Path]:
    """Yields the files in a folder, and its links to folders, which are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and not other(name)]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in (*names, *links):
            if not name.startswith(".") and name.lower() not in ("readme.md", "readme.txt"):
                yield Path(parent, name)


def _literal_front(path: Path) -> tuple[Path, str]:
    """Splits a glob into the leading folders that exist as written, whatever characters they have, and the rest."""
    front, rest = Path(path.parts[0]), list(path.parts[1:])
    while len(rest) > 1 and (front / rest[0]).is_dir():
        front /= rest.pop(0)
    return front, "/".join(rest)


def _other(start: datetime | None, identity: str | None) -> Other:
    return lambda name: start is not None and of_another(name, start, identity)


def of_same_start(places: Sequence[str], base: Path, start: datetime | None, identity: str | None) -> tuple[str, ...]:
    """Finds the folders left out though their soak began in the same minute, as shown to people.

    There are such folders if the document with the identity was lost.
    """
    if start is None:
        return ()
    folders = [(place, base / Path(place).expanduser()) for place in places]
    return tuple(
        f"{place.rstrip('/')}/{inner.name}"
        for place, folder in folders
        if folder.is_dir()
        for inner in _listed(folder)
        if inner.name.startswith(soak_folder(start)) and of_another(inner.name, start, identity)
    )


def of_another(name: str, start: datetime, identity: str | None) -> bool:
    """Tells whether a folder is named after another soak: by its start, and by its identity if known."""
    found = _SOAK_FOLDER.fullmatch(name)
    if not found:
        return False
    return found[1] != soak_folder(start) or identity not in (None, found[2] or "")


def soak_folder(start: datetime, identity: str = "") -> str:
    """Returns the name of the folder of a soak's logs: its start, and its identity if it has one: soaks do not mix."""
    return f"{start.astimezone(UTC):%Y-%m-%dT%H%MZ}" + (f"-{identity}" if identity else "")


_SOAK_FOLDER = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d{{4}}Z)(?:-({IDENTITY}))?")


def find_manifests(
    places: Sequence[str],
    base: Path,
    start: datetime | None = None,
    identity: str | None = None,
    wanted: Callable[[Path], bool] = _is_log,
) -> tuple[Path, ...]:
    """Finds the manifests of log files, or of others that are wanted, also those in the same folders without a file."""
    other = _other(start, identity)
    paths = map(manifest_path, _found(places, base, other, wanted))
    beside = [path for path in paths if _is_there(path) and not _leads_out(path, os.path.realpath(path.parent))]
    matches = (path for place in places for path in _matches(place, base, other))
    named = (path for path in islice(matches, 2 * MOST_FILES) if path.name.endswith(SUFFIX))
    alone = (path for path in named if wanted(log_path(path)))
    return tuple(dict.fromkeys([*beside, *sorted(alone)]))


def _is_there(path: Path) -> bool:
    """Tells whether a file exists; one with a name too long for a file system does not."""
    try:
        return path.is_file()
    except OSError:
        return False
