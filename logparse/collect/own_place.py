"""Which file a window is collected into: its own, or one beside it where that holds what was fetched for others."""

from pathlib import Path

from logparse.collect.source import Source
from logparse.storage.manifest import Fetch, Manifest, NotAManifest, from_json, path_of


def own_place(log: Path, source: Source) -> tuple[Path, str]:
    """The file for a window, and what is to be told of it; to be asked while the folder is locked.

    A file whose manifest is of another source or another request proves nothing for this one, and its rows may be
    another bot's: it stays as it is, and the window goes into the next name that is free or this one's own.
    """
    place, number, others = log, 1, list[str]()
    while other := _of_another(place, source):
        others.append(f"{place.name} is of another request ({other.named})")
        number += 1
        place = log.with_name(f"{log.stem}-{number}{log.suffix}")
    if not others:
        return log, ""
    return place, f"{'; '.join(others)}, which proves nothing for this one: it is collected into {place.name}"


def _of_another(log: Path, source: Source) -> Fetch | None:
    """A fetch of another source or request that brought what is in a file, if there is one."""
    try:
        manifest: Manifest = from_json(path_of(log).read_text("utf-8"))
    except (OSError, NotAManifest, UnicodeDecodeError):
        return None
    return next((fetch for fetch in manifest.brought if not fetch.is_of(source.name, source.subject)), None)
