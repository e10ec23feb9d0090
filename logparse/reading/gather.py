"""All the log files of a run: where they are, what they are read with, and whether they are still what they were."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import duckdb

from logparse.counting.cache import Cache, digest_key
from logparse.counting.check_patterns import check_patterns
from logparse.counting.engine import engine
from logparse.counting.events import event_rules
from logparse.errors import UsageProblem
from logparse.formats import FORMATS
from logparse.formats.home_made import home_made
from logparse.reading.file_problems import Problem, of_changed, of_link
from logparse.reading.here import HERE
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.reading.workplace import Readers, Workplace
from logparse.settings.checked import Settings
from logparse.storage import standard_input
from logparse.storage.atomic import check_room
from logparse.storage.files import Fingerprint
from logparse.storage.places import find_logs, links_out
from logparse.storage.witness import is_witness
from logparse.text.masking import masker

Conclusion = TypeVar("Conclusion")


@contextmanager
def workplace(sought: Sought, settings: Settings, readers: Readers = HERE) -> Iterator[Workplace]:
    """What reading needs, with an engine of its own; UsageProblem for a pattern that does not compile."""
    mask = checked_masker(settings)
    with engine(settings.memory_limit, sought.scratch, str(settings.timezone)) as connection:
        check_patterns(connection, {**settings.bot.events, **settings.causes})
        cache = Cache(sought.cache)
        own = home_made(connection, settings.own_format, settings.own_format_time)
        yield Workplace(
            sought=sought,
            settings=settings,
            connection=connection,
            rules=event_rules(settings.bot, slow_ms=int(1000 * settings.limits.response_seconds)),
            formats=(own, *FORMATS) if own else FORMATS,
            cache=cache,
            digests={} if sought.rehash else cache.known_digests(),
            mask=mask,
            readers=readers,
        )


def checked_masker(settings: Settings) -> Callable[[str], str]:
    """What masks foreign text; UsageProblem for a pattern of the setting ``mask`` that cannot be used."""
    try:
        return masker(settings.mask)
    except ValueError as error:
        raise UsageProblem(str(error)) from None


def read_all(work: Workplace) -> list[Reading]:
    """Reads every log file that is sought, and remembers the sha256 of each under its fingerprint.

    A link that is not followed (see places.links_out) is a reading of its own, of which nothing counts.
    """
    sought = work.sought
    files = [(path, sought.shown(path)) for path in find_logs(*sought.where) if not is_witness(path)]
    readings = work.readers.read_all(files, work)
    digests = {reading.digest_key: reading.sha256 for reading in readings if reading.tally}
    work.cache.remember_digests(digests)
    return [*readings, *(_unfollowed(link, sought) for link in links_out(*sought.where))]


def _unfollowed(link: Path, sought: Sought) -> Reading:
    target = Path(os.path.realpath(link))
    problem = of_link(sought.shown(link), sought.shown(target), there=target.exists())
    return Reading(link, sought.shown(link), problems=(problem,))


def concluded_from(
    readings: Sequence[Reading], conclude: Callable[[Sequence[Reading]], Conclusion], work: Workplace
) -> Conclusion:
    """What is concluded of files that, at its end, are still the ones that were read; of others nothing counts.

    Minutes that several files cover are counted from the files again: they must still be what they were.
    """
    while True:
        try:
            conclusion = conclude(readings)
        except (OSError, duckdb.Error) as error:
            # A file that was read well may be gone, or too large for the memory, when it is looked at again.
            return conclude([_lost(reading, error, work.mask) for reading in readings])
        unchanged = [_unless_changed(reading, work) for reading in readings]
        if unchanged == list(readings):
            return conclusion
        readings = unchanged


def _unless_changed(reading: Reading, work: Workplace) -> Reading:
    """The reading, or one of which nothing counts, because its file is no longer the one that was read."""
    with suppress(OSError):
        if not reading.tally or work.readers.digest_key(reading.path) == reading.digest_key:
            return reading
    problem = of_changed(reading.shown)
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def _lost(reading: Reading, error: Exception, mask: Callable[[str], str]) -> Reading:
    """A reading of which nothing counts, because its file could not be looked at a second time."""
    cause = mask(str(error).splitlines()[0].replace(str(reading.path), reading.shown))
    problem = Problem("changed", f"{reading.shown} could not be read a second time: {cause}", "run again")
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def make_cache(cache: Path) -> None:
    """Makes the folder of the cache where it is missing; UsageProblem where it cannot be written."""
    try:
        # Tallies hold examples of messages as they came, so the folder is for nobody else.
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageProblem(f"{cache}: cannot be made ({error.strerror}); name another with -o cache_dir=DIR") from None
    with suppress(OSError):
        cache.chmod(0o700)
    check_room(cache / "tallies")


def with_standard_input(sought: Sought, descriptor: int) -> Sought:
    """The same with standard input copied to a file, which is known by its content if it was counted before."""
    path, sha256 = standard_input.copy(descriptor, sought.scratch)
    Cache(sought.cache).remember_digests({digest_key(path, Fingerprint.of(path)): sha256})
    places = tuple(str(path) if place == standard_input.PLACE else place for place in sought.places)
    return replace(sought, places=places, shown_as={path: standard_input.SHOWN})
