"""How the files of a run were collected, each and all together: the command that mends what they lack."""

from collections.abc import Iterable, Sequence

from logparse.formats.collecting_commands import command_for
from logparse.reading.reading import Reading
from logparse.settings.collecting import Collecting


def command_of_all(readings: Sequence[Reading], sources: Iterable[str], collecting: Collecting) -> str:
    """How the logs of a run are collected; ``sources`` are those of its manifests."""
    return command_for(sources, [reading.tool for reading in readings], collecting)


def command_of(reading: Reading, others: str, collecting: Collecting) -> str:
    """How one file is collected; as the ``others`` are, where neither its manifest nor its lines tell."""
    if reading.fetched_from or reading.tool:
        return command_for([reading.fetched_from], [reading.tool], collecting)
    return others
