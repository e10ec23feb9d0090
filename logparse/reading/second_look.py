"""Counted files read a second time on this machine: by themselves, or from a new copy where they need one."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from logparse.counting.engine import LogSource, fast_records_of, records_of
from logparse.reading.batches import batches
from logparse.reading.file_tally import copied
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace


def in_batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Counted files that are looked at a second time, in batches that one statement reads."""
    return batches(readings, _read_as, lambda each: each.path.stat().st_size)


def _read_as(reading: Reading) -> Hashable:
    """What counted files that one call of a reader reads again have in common."""
    source, facts = reading.source, reading.facts
    return source and (source.format.name, source.compression, facts.copy, facts.quick, source.first_date)


def readable_source(reading: Reading, work: Workplace) -> LogSource:
    """The source of a counted file for reading it again: itself, or a new copy where it needs one."""
    if reading.source is None:
        raise ValueError(f"{reading.shown} was not counted")
    return copied(reading.source, reading.facts.copy, work) if reading.facts.copy else reading.source


def records_again(readings: Sequence[Reading], work: Workplace) -> str:
    """The SELECT of the records of a batch of counted files (see ``in_batches``), for a second look at them."""
    sources = [readable_source(reading, work) for reading in readings]
    fast = sources[0].format.fast
    if fast and all(reading.facts.quick for reading in readings):
        return fast_records_of(work.connection, sources, fast)
    return records_of(work.connection, sources, numbered=False)
