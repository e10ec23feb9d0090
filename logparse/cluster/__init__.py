"""Counting on the workers of a Dask scheduler: the same functions as on one machine, so the same numbers.

Dask is not imported unless a run names a cluster.
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
    """The workers of the scheduler at an address as the readers of a run; without an address this machine.

    ``logs``: the files that lie in stores, by the paths that stand for them; ``stretch``: bytes of a stretch of a large
    file. UsageProblem where the scheduler cannot be reached, or its workers would count in another way.
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
