"""Where a command keeps what it counted: with the tallies of the project that it stands in, else nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

from logparse.errors import UsageProblem
from logparse.reading.gather import make_cache
from logparse.settings.file import cache_folder
from logparse.storage.atomic import check_folder_writable
from logparse.storage.temporary import scratch_folder, sweep


@contextmanager
def cache_here() -> Iterator[Path]:
    """The folder in which judging keeps its tallies, where there is a project here; else one for this run alone."""
    folder = cache_folder(Path.cwd())
    if folder and _usable(folder):
        yield folder
        return
    shared = Path(gettempdir())
    sweep(shared)
    with scratch_folder(shared) as own:
        yield own


def _usable(folder: Path) -> bool:
    with suppress(OSError, UsageProblem):
        check_folder_writable(folder)
        make_cache(folder)
        return True
    return False
