"""Where the logs are: files, folders and globs, and the manifests and transcripts beside them."""

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.storage.manifest import SUFFIX, log_of, path_of
from logparse.values.schedule import IDENTITY

MOST_FILES = 10_000
"""Files that one run looks at."""

Other = Callable[[str], bool]
"""Whether a folder of a name holds another soak."""


def find(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """The log files under the given files, folders and globs, each once, in order of their paths.

    Hidden files, manifests and transcripts are no logs, and folders named after another soak are left out (with
    ``identity`` None, of which only the start is known). A file that is named outright is taken as it is, even where
    it is missing: that is for the evidence to say.
    UsageProblem for more files than MOST_FILES.
    """
    return _found(places, base, _other(start, identity), lambda path: not is_transcript(path))


def find_transcripts(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """The transcripts in the same places, see ``find``."""
    return _found(places, base, _other(start, identity), is_transcript)


def is_transcript(path: Path) -> bool:
    """Whether a file is a transcript, which its name alone says: ``transcript*.jsonl``, compressed or not."""
    return bool(_TRANSCRIPT.fullmatch(path.name))


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
    """The files of a place, those left out that links lead to from inside of it and that lie outside."""
    found = _below(place, base, other)
    return (path for path, root in found if not root or (_is_there(path) and not _leads_out(path, root)))


def links_out(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """The links in folders and under globs that are not followed: they lead outside of these, or to nothing.

    Whoever may put something into the folder of the logs is not to choose what is read of the rest of the machine. What
    is named outright may be a link.
    """
    found: dict[Path, None] = {}
    for place in places:
        links = (path for path, root in _below(place, base, _other(start, identity)) if root and _leads_out(path, root))
        found.update(dict.fromkeys(sorted(islice(links, MOST_FILES))))
    return tuple(found)


def _leads_out(path: Path, root: str) -> bool:
    """Whether a path leads, over links, to something that is not below a folder without links, or to nothing."""
    real = os.path.realpath(path)
    return not real.startswith(f"{root.rstrip('/')}/") or _is_gone(real)


def _listed(folder: Path) -> list[Path]:
    """What a folder holds, in order; nothing of one that may not be looked into, which the reading of it tells."""
    try:
        return sorted(folder.iterdir())
    except PermissionError:
        return []


def _is_gone(path: str) -> bool:
    """Whether there is nothing at a path; what may not be looked at may be there, and is told by whoever reads it."""
    try:
        Path(path).stat()
    except PermissionError:
        return False
    except OSError:
        return True
    return False


def _below(place: str, base: Path, other: Other) -> Iterator[tuple[Path, str]]:
    """What lies at a place, and the folder, without links, that it is to lie in; none where it was named outright."""
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
    """The files in a folder, and its links to other folders, which are not gone into."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and not other(name)]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in (*names, *links):
            if not name.startswith(".") and name.lower() not in ("readme.md", "readme.txt"):
                yield Path(parent, name)


def _literal_front(path: Path) -> tuple[Path, str]:
    """The folders at the front of a glob that are there as they are written, whatever signs they hold, and the rest."""
    front, rest = Path(path.parts[0]), list(path.parts[1:])
    while len(rest) > 1 and (front / rest[0]).is_dir():
        front /= rest.pop(0)
    return front, "/".join(rest)


def _other(start: datetime | None, identity: str | None) -> Other:
    return lambda name: start is not None and of_another(name, start, identity)


def of_same_start(places: Sequence[str], base: Path, start: datetime | None, identity: str | None) -> tuple[str, ...]:
    """The folders in the given ones that are left out although their soak began in the same minute.

    So it is where the document with the identity was lost. They are shown as people name them.
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
    """Whether a folder is named after another soak: another start, or another identity where it is known."""
    found = _SOAK_FOLDER.fullmatch(name)
    if not found:
        return False
    return found[1] != soak_folder(start) or identity not in (None, found[2] or "")


def soak_folder(start: datetime, identity: str = "") -> str:
    """The name of the folder that holds the logs of a soak: its start and its identity, so that none are mixed.

    A soak without a document has no identity.
    """
    return f"{start.astimezone(UTC):%Y-%m-%dT%H%MZ}" + (f"-{identity}" if identity else "")


_SOAK_FOLDER = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d{{4}}Z)(?:-({IDENTITY}))?")


def find_manifests(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """The manifests beside the log files that ``find`` finds, and those in the same folders whose log is missing."""
    return _manifests(
        find(places, base, start, identity), places, base, _other(start, identity), lambda path: not is_transcript(path)
    )


def find_transcript_manifests(
    places: Sequence[str], base: Path, start: datetime | None = None, identity: str | None = None
) -> tuple[Path, ...]:
    """The manifests of transcripts in the same places."""
    return _manifests(
        find_transcripts(places, base, start, identity), places, base, _other(start, identity), is_transcript
    )


def _manifests(
    files: Sequence[Path],
    places: Sequence[str],
    base: Path,
    other: Other,
    wanted: Callable[[Path], bool],
) -> tuple[Path, ...]:
    beside = [
        path for path in map(path_of, files) if _is_there(path) and not _leads_out(path, os.path.realpath(path.parent))
    ]
    matches = (path for place in places for path in _matches(place, base, other))
    named = (path for path in islice(matches, 2 * MOST_FILES) if path.name.endswith(SUFFIX))
    alone = (path for path in named if wanted(log_of(path)))
    return tuple(dict.fromkeys([*beside, *sorted(alone)]))


def _is_there(path: Path) -> bool:
    """Whether a file is there; one whose name is too long for any file, as a long one with a suffix is, is not."""
    try:
        return path.is_file()
    except OSError:
        return False
