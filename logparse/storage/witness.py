"""The witness: the provider's own list of the webhooks that it delivered, kept beside the logs; not a log itself.

Of an entry, the event, status, error and time of the last attempt are used, and other fields where they say the same in
other words. These files are recognised by their content, never by their names.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from logparse.storage.files import head, head_lines, opened
from logparse.storage.manifest import NotAManifest, from_json, manifest_path
from logparse.values.schedule import Span

SOURCE = "kapso"
"""The source whose files are not logs."""

TIMES = ("last_attempt_at", "failed_at", "delivered_at", "created_at")

STATES = ("status", "error", "response_status", "attempt_count", "delivered_at", "failed_at")
"""Fields of a delivery beside its event and last attempt; it has at least one of them."""

FAILED = ("failed", "failure", "error", "errored", "dead", "exhausted")
ARRIVED = ("delivered", "success", "succeeded", "successful", "ok", "completed")

MESSAGE = re.compile(r"message\.received$|^messages?$")
"""The events that bring a message to the bot."""

SHOWN = 80
"""The number of characters shown of a provider's text."""


@dataclass(frozen=True)
class Delivery:
    """A webhook as the provider saw it: when it last tried, whether it arrived, and why it failed (empty if not)."""

    time: datetime | None
    event: str
    arrived: bool
    failure: str

    def within(self, span: Span) -> bool:
        """Tells whether it belongs to a span; without a time it belongs to any."""
        return self.time is None or span.start <= self.time < span.end


@dataclass(frozen=True)
class Witness:
    """The deliveries that the provider lists, and the lines of its files that are none."""

    deliveries: tuple[Delivery, ...] = ()
    unreadable: tuple[str, ...] = ()

    def failures(self, span: Span) -> Counter[str]:
        """Counts the failed deliveries of a span by reason."""
        return Counter(one.failure for one in self.deliveries if one.failure and one.within(span))

    def arrived(self, span: Span) -> tuple[int, int]:
        """Counts the deliveries of a span that arrived: those that bring a message, and all."""
        events = [one.event for one in self.deliveries if one.arrived and one.within(span)]
        return sum(1 for event in events if MESSAGE.search(event)), len(events)


def is_witness(path: Path) -> bool:
    """Tells whether a file is the witness's: by the manifest beside it, or else by its first line."""
    with suppress(OSError, NotAManifest, UnicodeDecodeError):
        fetches = from_json(manifest_path(path).read_text("utf-8")).fetches
        if fetches:
            return all(fetch.source == SOURCE for fetch in fetches)
    try:
        if not path.is_file():
            return False
        first = next(iter(head_lines(head(path))), "")
        return first.startswith(("{", "[")) and any(map(is_delivery, _entries(first)))
    except (OSError, EOFError):
        return False


def read_witness(paths: Sequence[tuple[Path, str]], mask: Callable[[str], str]) -> Witness:
    """Reads the files of the witness, given with their shown names; keeps the latest state of each delivery."""
    found: dict[str, Mapping[str, Any]] = {}
    unreadable: list[str] = []
    for path, shown in paths:
        try:
            with opened(path) as stream:
                for number, line in enumerate(stream, start=1):
                    entries = _entries(line.decode("utf-8", "replace"))
                    if not all(map(is_delivery, entries)) or (line.strip() and not entries):
                        unreadable.append(f"{shown}:{number} is no delivery of the provider's list")
                    for entry in filter(is_delivery, entries):
                        key = str(entry.get("id") or json.dumps(entry, sort_keys=True))
                        found[key] = _later(found.get(key), entry)
        except (OSError, EOFError) as error:
            unreadable.append(f"{shown} cannot be read to its end: {mask(str(error))}")
    return Witness(tuple(_delivery(entry, mask) for entry in found.values()), tuple(unreadable))


def is_delivery(entry: object) -> bool:
    """Tells whether a JSON value is a delivery of the provider's list."""
    return (
        isinstance(entry, dict)
        and "event" in entry
        and "last_attempt_at" in entry
        and any(name in entry for name in STATES)
    )


def last_attempt(entry: Mapping[str, Any]) -> datetime | None:
    """Returns when a delivery was last tried, or made, from ISO 8601 (UTC without a zone); None if it has no time."""
    for name in TIMES:
        with suppress(ValueError, TypeError):
            moment = datetime.fromisoformat(entry[name]) if entry.get(name) else None
            if moment:
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _entries(line: str) -> list[Any]:
    """Parses the entries of a line: one, or those of an answer that was kept as it came."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return []
    if isinstance(document, dict) and isinstance(document.get("data"), list):
        document = document["data"]
    return document if isinstance(document, list) else [document]


def _later(known: Mapping[str, Any] | None, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the later of two states of a delivery."""
    if known is None:
        return entry
    oldest = datetime.min.replace(tzinfo=UTC)
    return entry if (last_attempt(entry) or oldest) >= (last_attempt(known) or oldest) else known


def _delivery(entry: Mapping[str, Any], mask: Callable[[str], str]) -> Delivery:
    status = str(entry.get("status") or "").lower()
    arrived = status in ARRIVED or (not status and bool(entry.get("delivered_at")))
    why = next(_failures(entry, status), "")
    shown = mask(why).strip()[:SHOWN] or ("failed" if why else "")
    return Delivery(last_attempt(entry), str(entry["event"]), arrived, shown)


def _failures(entry: Mapping[str, Any], status: str) -> Iterator[str]:
    """Yields why an entry counts as failed, the most specific reason first; nothing if it does not."""
    answered = entry.get("response_status")
    if error := entry.get("error"):
        yield error if isinstance(error, str) else json.dumps(error, ensure_ascii=False)
    if isinstance(answered, int) and answered >= 400:
        yield f"HTTP {answered}"
    if status in FAILED:
        yield f"status {status}"
    if not status and entry.get("failed_at") and not entry.get("delivered_at"):
        yield "failed"
