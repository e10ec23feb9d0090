"""The first lines of a file, searched for the tool that wrote it and for times without a zone."""

from logparse.formats.collecting_commands import looks_like
from logparse.formats.format import Format
from logparse.formats.named_zones import names_no_zone
from logparse.storage.files import head_lines
from logparse.storage.unfold import entries


def tool_of(log_format: Format, start: bytes, document: bool) -> str:
    """Returns the tool that probably wrote a file, by its format and first lines; empty if none is recognised."""
    return looks_like(log_format.name, _front(start, document))


def local_of(log_format: Format, start: bytes, document: bool) -> bool:
    """Tells whether the times of a file name no zone, by its format and first lines."""
    return names_no_zone(log_format.name, _front(start, document))


def _front(start: bytes, document: bool) -> list[str]:
    lines = head_lines(start)
    return list(entries("\n".join(lines))) if document else list(lines)
