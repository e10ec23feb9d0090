"""Transcripts made of lines, and what is read of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from logparse.counting.engine import engine
from logparse.text.masking import masker
from logparse.transcripts.reading import TranscriptWorkplace, read_transcripts
from logparse.values.conversation import Transcript
from logparse.values.schedule import Span

OWN: dict[str, Any] = {
    "conversation": "k57",
    "time": "2026-01-12T06:00:03Z",
    "direction": "user",
    "text": "halo",
    "id": "wamid.1",
}
"""A message in our own form."""

KAPSO: dict[str, Any] = {
    "id": "wamid.HBgN",
    "timestamp": "1768197603",
    "type": "text",
    "from": "15551234567",
    "text": {"body": "Hello! I need help"},
    "context": {"id": "wamid.before"},
    "kapso": {
        "direction": "inbound",
        "status": "delivered",
        "phone_number": "+15551234567",
        "whatsapp_conversation_id": "123e4567-e89b-12d3-a456-426614174000",
        "content": "Hello! I need help",
    },
}
"""A message as the provider lists it."""

CONVEX: dict[str, Any] = {
    "_id": "jd7cq1",
    "_creationTime": 1768197603123.5,
    "contactId": "k5700167",
    "role": "assistant",
    "content": "Kami buka jam 9 pagi",
    "workspaceId": "js7b",
}
"""A document of a messages table in an export."""


def written(path: Path, lines: Sequence[Any]) -> Path:
    """A file with a line for each value: text and bytes as they are, the rest as JSON."""
    encoded = (
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    )
    path.write_bytes(b"".join(line + b"\n" for line in encoded))
    return path


def read(folder: Path, *files: Sequence[Any], span: Span | None = None, timezone: str = "UTC") -> Transcript:
    """What is read of transcripts with the given lines, which are named transcript-1.jsonl and so on."""
    paths = [written(folder / f"transcript-{at}.jsonl", lines) for at, lines in enumerate(files, start=1)]
    return read_files([(path, path.name) for path in paths], folder, span, timezone)


def read_files(
    files: Sequence[tuple[Path, str]], folder: Path, span: Span | None = None, timezone: str = "UTC"
) -> Transcript:
    """What is read of files."""
    with engine("500MB", folder, timezone) as connection:
        return read_transcripts(files, span, TranscriptWorkplace(connection, folder, masker()))
