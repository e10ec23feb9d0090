"""The reading of all log files of a run: finds them, prepares the engine, and checks that none changed meanwhile."""

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
    """Opens a workplace with its own engine; raises UsageProblem if a pattern does not compile."""
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
    """Returns the function that masks foreign text; raises UsageProblem if a pattern of ``mask`` is invalid."""
    try:
        return masker(settings.mask)
    except ValueError as error:
        raise UsageProblem(str(error)) from None


def read_all(work: Workplace) -> list[Reading]:
    """Reads every log file of the run, and remembers the sha256 of each under its fingerprint.

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
    """Applies ``conclude`` to the readings; repeats it without the files that changed meanwhile.

    Minutes that several files cover are counted from the files again, so the files must not have changed.
    """
    while True:
        try:
            conclusion = conclude(readings)
        except (OSError, duckdb.Error) as error:
            # A file that was readable may be gone, or exceed the memory, at the second reading.
            return conclude([_lost(reading, error, work.mask) for reading in readings])
        unchanged = [_unless_changed(reading, work) for reading in readings]
        if unchanged == list(readings):
            return conclusion
        readings = unchanged


def _unless_changed(reading: Reading, work: Workplace) -> Reading:
    """Returns the reading, or one of which nothing counts if its file has changed since."""
    with suppress(OSError):
        if not reading.tally or work.readers.digest_key(reading.path) == reading.digest_key:
            return reading
    problem = of_changed(reading.shown)
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def _lost(reading: Reading, error: Exception, mask: Callable[[str], str]) -> Reading:
    """Returns a reading of which nothing counts, because its file could not be read a second time."""
    cause = mask(str(error).splitlines()[0].replace(str(reading.path), reading.shown))
    problem = Problem("changed", f"{reading.shown} could not be read a second time: {cause}", "run again")
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def make_cache(cache: Path) -> None:
    """Creates the folder of the cache if it is missing; raises UsageProblem if it cannot be written."""
    try:
        # Tallies hold unmasked examples of messages, so only the owner may read the folder.
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageProblem(f"{cache}: cannot be made ({error.strerror}); name another with -o cache_dir=DIR") from None
    with suppress(OSError):
        cache.chmod(0o700)
    check_room(cache / "tallies")


def with_standard_input(sought: Sought, descriptor: int) -> Sought:
    """Copies standard input to a file and adds it to the logs; equal content is found in the cache."""
    path, sha256 = standard_input.copy(descriptor, sought.scratch)
    Cache(sought.cache).remember_digests({digest_key(path, Fingerprint.of(path)): sha256})
    places = tuple(str(path) if place == standard_input.PLACE else place for place in sought.places)
    return replace(sought, places=places, shown_as={path: standard_input.SHOWN})
