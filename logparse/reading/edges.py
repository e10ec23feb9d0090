"""The lines before the first and after the last record of a log file, where a tool reports on itself."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import takewhile

from logparse.counting.engine import LogSource
from logparse.formats.format import Format
from logparse.formats.sql.tool_lines import plain_text, shape_of
from logparse.storage.files import BLOCK, head, head_lines, opened


def tools_lines(banners: Mapping[str, int], source: LogSource) -> dict[str, int]:
    """Returns the counts of the ``banners`` that a tool printed, without those that a bot printed among its records.

    Reads the file again only if a line may be either. Between the entries of a platform's JSON no line is the bot's:
    its output is inside the entries.
    """
    if source.format.is_json and not source.format.mixed:
        return dict(banners)
    doubtful = {line for line in banners if (shape := shape_of(line)) and shape.at_edge and shape.problem}
    outer = _edges(source) if doubtful else doubtful
    return {line: count for line, count in banners.items() if line not in doubtful or line.strip() in outer}


def _edges(source: LogSource) -> set[str]:
    """Returns the lines before the first record of a file, and after the last one.

    Raises OSError or EOFError if the file can no longer be read.
    """
    first, last = head_lines(head(source.path)), _last_lines(source)
    return {*_outer(first, source.format), *_outer(reversed(last), source.format)}


def _outer(lines: Iterable[str], log_format: Format) -> Iterable[str]:
    return (plain_text(line).strip() for line in takewhile(lambda line: not log_format.recognises(line), lines))


def _last_lines(source: LogSource) -> list[str]:
    """Returns the decompressed lines at the end of a file; the first may be incomplete."""
    before = last = b""
    with opened(source.path) as stream:
        for block in iter(partial(stream.read, BLOCK), b""):
            before, last = last, block
    return head_lines((before + last)[-BLOCK:])
