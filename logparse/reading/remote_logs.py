"""Log files in object stores as paths: what only this machine reads is brought here, the rest has a path that stands
for it.
"""

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
"""Where such paths lie in the folder for temporary files."""


def staged(sought: Sought, bring_logs: bool) -> tuple[Sought, Mapping[Path, stores.Stored]]:
    """The same with a path for each file under a URL, and the logs by these paths.

    Manifests, transcripts and files of a witness are brought here, logs only with ``bring_logs``: else the path of a
    log names nothing. UsageProblem where a store cannot be asked, or what is needed here cannot be brought.
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
        # A manifest tells what the file beside it is, so it has to be here first.
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
    """A path for a URL: those of one folder stay in one folder, and no sign of a name means anything in a glob."""
    folder, _, name = url.rpartition("/")
    plain = re.sub(r"[^\w.-]", lambda sign: f"%{ord(sign[0]):x}%", name) or "%"
    return scratch / FOLDER / sha256(folder.encode(errors="replace")).hexdigest()[:16] / plain


def _bring(file: stores.Stored, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stores.bring(file, path)
    except OSError as error:
        raise UsageProblem(f"{file.url}: cannot be brought here ({error.strerror or error})") from None
