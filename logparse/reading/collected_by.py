"""The commands that collected the files of a run, to be recommended for collecting them again."""

from collections.abc import Iterable, Sequence

from logparse.formats.collecting_commands import command_for
from logparse.reading.reading import Reading
from logparse.settings.collecting import Collecting


def command_of_all(readings: Sequence[Reading], sources: Iterable[str], collecting: Collecting) -> str:
    """Returns the command that collects the logs of a run; ``sources`` are those named in its manifests."""
    return command_for(sources, [reading.tool for reading in readings], collecting)


def command_of(reading: Reading, others: str, collecting: Collecting) -> str:
    """Returns the command that collects one file; ``others`` if neither its manifest nor its lines name a tool."""
    if reading.fetched_from or reading.tool:
        return command_for([reading.fetched_from], [reading.tool], collecting)
    return others
