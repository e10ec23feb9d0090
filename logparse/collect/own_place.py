"""The choice of the file for a window: its own, or a numbered one if that holds rows of another source or subject."""

from pathlib import Path

from logparse.collect.source import Source
from logparse.storage.manifest import Fetch, Manifest, NotAManifest, from_json, manifest_path


def own_place(log: Path, source: Source) -> tuple[Path, str]:
    """Returns the file for a window, and a note for the user; the folder must be locked.

    A file whose manifest names another source or subject proves nothing here, and its rows may be another bot's: it
    stays as it is, and the window goes into the next name that is free or already its own.
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
    """Returns a fetch of another source or subject that brought rows of a file; None if there is none."""
    try:
        manifest: Manifest = from_json(manifest_path(log).read_text("utf-8"))
    except (OSError, NotAManifest, UnicodeDecodeError):
        return None
    return next((fetch for fetch in manifest.brought if not fetch.is_of(source.name, source.subject)), None)
