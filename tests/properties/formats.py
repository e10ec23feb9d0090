"""The log formats that a property is stated for: drawn from the registry of writers, by what each format carries."""

from collections.abc import Callable

from hypothesis import strategies as st

from logparse.formats import FORMATS
from logparse.formats.format import Format
from tests.scenarios.writers import WRITERS, Writer

_BY_NAME = {each.name: each for each in FORMATS}


def format_of(writer: Writer) -> Format:
    """The format that reads what a writer writes."""
    return _BY_NAME[writer.name]


def is_timed(writer: Writer) -> bool:
    """Whether each record has a time at all."""
    return writer.times != "none"


def stands_alone(writer: Writer) -> bool:
    """Whether each line has its own absolute time, and takes nothing from the lines above it."""
    return is_timed(writer) and writer.dated and not writer.is_document and not format_of(writer).ordered


def writers(fit: Callable[[Writer], bool] = lambda writer: True) -> st.SearchStrategy[Writer]:
    """Any writer of those that fit; there is no property without one."""
    return st.sampled_from([writer for writer in WRITERS.values() if fit(writer)])
