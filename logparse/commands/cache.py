"""Where a command keeps what it counted: with the tallies of the project that it stands in, else nowhere."""

from contextlib import AbstractContextManager
from pathlib import Path

from logparse.reading.gather import make_cache
from logparse.settings.file import cache_folder
from logparse.storage.atomic import check_folder_writable
from logparse.storage.temporary import folder_or_own


def cache_here() -> AbstractContextManager[Path]:
    """Returns the folder in which judging keeps its tallies, where there is a project here; else one for this run."""
    folder = cache_folder(Path.cwd())

    def usable() -> Path | None:
        if folder:
            check_folder_writable(folder)
            make_cache(folder)
        return folder

    return folder_or_own(usable)
