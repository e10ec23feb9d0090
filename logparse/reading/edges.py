"""The lines at the edges of a log file, in front of its records and behind them: where a tool speaks of itself."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import takewhile

from logparse.counting.engine import LogSource
from logparse.formats.format import Format
from logparse.formats.sql.tool_lines import plain_text, shape_of
from logparse.storage.files import BLOCK, head, head_lines, opened


def tools_lines(banners: Mapping[str, int], source: LogSource) -> dict[str, int]:
    """The lines of ``banners`` that a tool printed, with their counts: not those that a bot printed amid its records.

    The file is looked at again only where it holds a line that may be either. Between the entries of a platform no line
    is the bot's: what it prints stands inside of them.
    """
    if source.format.is_json and not source.format.mixed:
        return dict(banners)
    doubtful = {line for line in banners if (shape := shape_of(line)) and shape.at_edge and shape.problem}
    outer = _edges(source) if doubtful else doubtful
    return {line: count for line, count in banners.items() if line not in doubtful or line.strip() in outer}


def _edges(source: LogSource) -> set[str]:
    """The lines in front of the first record of a file, and behind the last one.

    OSError or EOFError where it cannot be read any more.
    """
    first, last = head_lines(head(source.path)), _last_lines(source)
    return {*_outer(first, source.format), *_outer(reversed(last), source.format)}


def _outer(lines: Iterable[str], log_format: Format) -> Iterable[str]:
    return (plain_text(line).strip() for line in takewhile(lambda line: not log_format.recognises(line), lines))


def _last_lines(source: LogSource) -> list[str]:
    """The lines at the end of a file, decompressed; the first of them may be torn."""
    before = last = b""
    with opened(source.path) as stream:
        for block in iter(partial(stream.read, BLOCK), b""):
            before, last = last, block
    return head_lines((before + last)[-BLOCK:])
