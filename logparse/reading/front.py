"""What the front of a file tells beside its format: the tool that wrote it, and whether its times name their zone."""

from logparse.formats.collecting_commands import looks_like
from logparse.formats.format import Format
from logparse.formats.named_zones import names_no_zone
from logparse.storage.files import head_lines
from logparse.storage.unfold import entries


def tool_of(log_format: Format, start: bytes, document: bool) -> str:
    """The tool that a file looks like, by its format and its front; empty where none is known."""
    return looks_like(log_format.name, _front(start, document))


def local_of(log_format: Format, start: bytes, document: bool) -> bool:
    """Whether the times of a file name no zone, by its format and its front."""
    return names_no_zone(log_format.name, _front(start, document))


def _front(start: bytes, document: bool) -> list[str]:
    lines = head_lines(start)
    return list(entries("\n".join(lines))) if document else list(lines)
