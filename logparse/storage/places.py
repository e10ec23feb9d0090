"""Where the logs are: files, folders and globs, and the manifests and transcripts beside them."""

import glob
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.storage.manifest import SUFFIX, log_of, path_of

MOST_FILES = 10_000
"""Files that one run looks at."""


def find(places: Sequence[str], base: Path, start: datetime | None = None) -> tuple[Path, ...]:
    """The log files under the given files, folders and globs, each once, in order of their paths.

    Hidden files, manifests and transcripts are no logs, and folders named after another soak's start are left out. A
    file that is named outright is taken as it is, even where it is missing: that is for the evidence to say.
    UsageProblem for more files than MOST_FILES.
    """
    return _found(places, base, start, lambda path: not is_transcript(path))


def find_transcripts(places: Sequence[str], base: Path, start: datetime | None = None) -> tuple[Path, ...]:
    """The transcripts in the same places, see ``find``."""
    return _found(places, base, start, is_transcript)


def is_transcript(path: Path) -> bool:
    """Whether a file is a transcript, which its name alone says: ``transcript*.jsonl``, compressed or not."""
    return bool(_TRANSCRIPT.fullmatch(path.name))


_TRANSCRIPT = re.compile(r"transcript.*\.jsonl(?:\.gz|\.zst)?", flags=re.IGNORECASE)


def _found(
    places: Sequence[str], base: Path, start: datetime | None, wanted: Callable[[Path], bool]
) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    for place in places:
        matches = _matches(place, base, start)
        logs = (path for path in matches if not path.name.endswith(SUFFIX) and wanted(path))
        found.update(dict.fromkeys(sorted(islice(logs, MOST_FILES + 1))))
        if len(found) > MOST_FILES:
            raise UsageProblem(
                f"{place}: over {MOST_FILES:,} files; so many are no logs of one soak: name a narrower place"
            )
    return tuple(found)


def _matches(place: str, base: Path, start: datetime | None) -> Iterator[Path]:
    path = base / Path(place).expanduser()
    if path.is_dir():
        return (inner for inner in path.rglob("*") if inner.is_file() and not _left_out(inner, path, start))
    if glob.has_magic(str(place)) and not path.exists():
        return (Path(name) for name in glob.iglob(str(path), recursive=True) if Path(name).is_file())
    return iter([path])


def _left_out(path: Path, folder: Path, start: datetime | None) -> bool:
    names = path.relative_to(folder).parts
    hidden = any(name.startswith(".") for name in names) or path.name.lower() in ("readme.md", "readme.txt")
    return hidden or (start is not None and any(of_another(name, start) for name in names[:-1]))


def of_another(name: str, start: datetime) -> bool:
    """Whether a folder is named after the start of another soak."""
    return bool(_SOAK_FOLDER.fullmatch(name)) and name != soak_folder(start)


def soak_folder(start: datetime) -> str:
    """The name of the folder that holds the logs of a soak: its start, so that soaks are never mixed."""
    return f"{start.astimezone(UTC):%Y-%m-%dT%H%MZ}"


_SOAK_FOLDER = re.compile(r"\d{4}-\d\d-\d\dT\d{4}Z")


def find_manifests(places: Sequence[str], base: Path, start: datetime | None = None) -> tuple[Path, ...]:
    """The manifests beside the log files that ``find`` finds, and those in the same folders whose log is missing."""
    return _manifests(find(places, base, start), places, base, start, lambda path: not is_transcript(path))


def find_transcript_manifests(places: Sequence[str], base: Path, start: datetime | None = None) -> tuple[Path, ...]:
    """The manifests of transcripts in the same places."""
    return _manifests(find_transcripts(places, base, start), places, base, start, is_transcript)


def _manifests(
    files: Sequence[Path],
    places: Sequence[str],
    base: Path,
    start: datetime | None,
    wanted: Callable[[Path], bool],
) -> tuple[Path, ...]:
    beside = [path_of(file) for file in files]
    matches = (path for place in places for path in _matches(place, base, start))
    named = (path for path in islice(matches, 2 * MOST_FILES) if path.name.endswith(SUFFIX))
    alone = (path for path in named if wanted(log_of(path)))
    return tuple(dict.fromkeys([*(path for path in beside if _is_there(path)), *sorted(alone)]))


def _is_there(path: Path) -> bool:
    """Whether a file is there; one whose name is too long for any file, as a long one with a suffix is, is not."""
    try:
        return path.is_file()
    except OSError:
        return False
