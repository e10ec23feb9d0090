"""Local paths for log files in object stores: a downloaded copy if this machine reads the file, else a stand-in."""

import glob
import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.reading.sought import Sought
from logparse.storage import stores
from logparse.storage.manifest import SUFFIX
from logparse.storage.places import is_transcript, of_another
from logparse.storage.witness import is_witness

FOLDER = "stores"
"""The name of the folder of these paths in the folder for temporary files."""


def staged(sought: Sought, bring_logs: bool) -> tuple[Sought, Mapping[Path, stores.Stored]]:
    """Replaces each URL by a path; returns the logs in the stores by these paths too.

    Downloads manifests, transcripts and files of a witness, and logs only with ``bring_logs``: else a log's path names
    no file. Raises UsageProblem if a store does not answer, or a file that is needed here cannot be downloaded.
    """
    if not any(map(stores.is_url, sought.places)):
        return sought, {}
    if glob.has_magic(str(sought.scratch)):
        raise UsageProblem(f"{sought.scratch}: logs in a store need a cache whose path holds none of *, ? and [")
    places: list[str] = []
    logs: dict[Path, stores.Stored] = {}
    shown = dict(sought.shown_as)
    for place in sought.places:
        if not stores.is_url(place):
            places.append(place)
            continue
        files = [file for file in stores.list_files(place) if not _of_another(file, place, sought)]
        paths = {file.url: _stand_in(file.url, sought.scratch) for file in files}
        # A manifest describes the file beside it, so it is downloaded first.
        for file in sorted(files, key=lambda each: not each.url.endswith(SUFFIX)):
            path = paths[file.url]
            shown[path] = file.url
            is_log = not path.name.endswith(SUFFIX) and not is_transcript(path) and not is_witness(path)
            if file.size is not None and (bring_logs or not is_log):
                _bring(file, path)
            if file.size is not None and is_log:
                logs[path] = file
        places += map(str, paths.values())
    return replace(sought, places=tuple(places), shown_as=shown), logs


def _of_another(file: stores.Stored, place: str, sought: Sought) -> bool:
    folders = file.url.removeprefix(place).split("/")[:-1]
    start = sought.start
    return start is not None and any(of_another(name, start, sought.identity) for name in folders)


def _stand_in(url: str, scratch: Path) -> Path:
    """Returns a path for a URL, without wildcards of a glob; URLs in one folder have paths in one folder."""
    folder, _, name = url.rpartition("/")
    plain = re.sub(r"[^\w.-]", lambda sign: f"%{ord(sign[0]):x}%", name) or "%"
    return scratch / FOLDER / sha256(folder.encode(errors="replace")).hexdigest()[:16] / plain


def _bring(file: stores.Stored, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stores.bring(file, path)
    except OSError as error:
        raise UsageProblem(f"{file.url}: cannot be brought here ({error.strerror or error})") from None
