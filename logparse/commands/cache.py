"""The cache of a command: the one of the project in the current folder, else a temporary one."""

from contextlib import AbstractContextManager
from pathlib import Path

from logparse.reading.gather import make_cache
from logparse.settings.file import cache_folder
from logparse.storage.atomic import check_folder_writable
from logparse.storage.temporary import folder_or_own


def cache_here() -> AbstractContextManager[Path]:
    """Returns the folder of cached tallies of the project here, else a temporary folder for this run alone."""
    folder = cache_folder(Path.cwd())

    def usable() -> Path | None:
        if folder:
            check_folder_writable(folder)
            make_cache(folder)
        return folder

    return folder_or_own(usable)
