"""The second reading of counted files on this machine: of the file itself, or of a new copy if it needs one."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from logparse.counting.engine import LogSource, fast_records_of, records_of
from logparse.reading.batches import batches
from logparse.reading.file_tally import copied
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace


def in_batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Yields counted files for a second reading, in batches that one statement reads."""
    return batches(readings, _read_as, lambda each: each.path.stat().st_size)


def _read_as(reading: Reading) -> Hashable:
    """Returns the key of counted files that one call of a reader can read again."""
    source, facts = reading.source, reading.facts
    return source and (source.format.name, source.compression, facts.copy, facts.quick, source.first_date)


def readable_source(reading: Reading, work: Workplace) -> LogSource:
    """Returns the source for reading a counted file again: itself, or a new copy if it needs one."""
    if reading.source is None:
        raise ValueError(f"{reading.shown} was not counted")
    return copied(reading.source, reading.facts.copy, work) if reading.facts.copy else reading.source


def records_again(readings: Sequence[Reading], work: Workplace) -> str:
    """Returns the SELECT of the records of a batch of counted files (see ``in_batches``), for a second reading."""
    sources = [readable_source(reading, work) for reading in readings]
    fast = sources[0].format.fast
    if fast and all(reading.facts.quick for reading in readings):
        return fast_records_of(work.connection, sources, fast)
    return records_of(work.connection, sources, numbered=False)
