"""Counting on the workers of a Dask scheduler: the same functions as on one machine, so the same numbers.

Dask is imported only if a run names a cluster.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.reading.here import HERE
from logparse.reading.sought import Sought
from logparse.reading.workplace import Readers
from logparse.settings.checked import Settings
from logparse.storage.cuts import STRETCH
from logparse.storage.stores import Stored


@contextmanager
def readers_at(
    address: str, sought: Sought, settings: Settings, logs: Mapping[Path, Stored], stretch: int = STRETCH
) -> Iterator[Readers]:
    """Yields readers that use the workers of the scheduler at an address; without an address, those of this machine.

    ``logs``: the files in object stores, by their stand-in paths; ``stretch``: bytes of a part of a large file.
    Raises UsageProblem if the scheduler cannot be reached, or its workers would count differently.
    """
    if not address:
        yield HERE
        return
    try:
        from logparse.cluster.client.readers import ClusterReaders  # noqa: PLC0415
        from logparse.cluster.client.scheduler import connected  # noqa: PLC0415
        from logparse.cluster.parts import Setup, code  # noqa: PLC0415
    except ImportError as error:
        text = f"--cluster={address}: {error}; install what it needs: pip install --editable '.[cluster]'"
        raise UsageProblem(text) from None
    with connected(address) as client:
        yield ClusterReaders(client, Setup(settings, sought.latest, sought.start, code(), stretch), logs)
