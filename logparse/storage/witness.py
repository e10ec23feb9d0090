"""The witness: the provider's own list of the webhooks that it delivered, kept beside the logs; no log itself.

Of an entry, the event, status, error and time of the last attempt are known; whatever else stands there is kept in the
file, and read where it says the same in other words. The files are known by what they hold, never by their names.
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
from logparse.storage.manifest import NotAManifest, from_json, path_of
from logparse.values.schedule import Span

SOURCE = "kapso"
"""The source whose files are no logs."""

TIMES = ("last_attempt_at", "failed_at", "delivered_at", "created_at")

STATES = ("status", "error", "response_status", "attempt_count", "delivered_at", "failed_at")
"""What a delivery has beside its event and its last attempt, at least one of them."""

FAILED = ("failed", "failure", "error", "errored", "dead", "exhausted")
ARRIVED = ("delivered", "success", "succeeded", "successful", "ok", "completed")

MESSAGE = re.compile(r"message\.received$|^messages?$")
"""The events that bring a message to the bot."""

SHOWN = 80
"""Characters of a provider's words that are shown."""


@dataclass(frozen=True)
class Delivery:
    """One webhook as the provider saw it: when it last tried, whether it arrived, and why it failed, if it did."""

    time: datetime | None
    event: str
    arrived: bool
    failure: str

    def within(self, span: Span) -> bool:
        """Whether it belongs to a stretch of time; one that tells no time belongs to any."""
        return self.time is None or span.start <= self.time < span.end


@dataclass(frozen=True)
class Witness:
    """What the provider tells: its deliveries, and the lines of its files that are none."""

    deliveries: tuple[Delivery, ...] = ()
    unreadable: tuple[str, ...] = ()

    def failures(self, span: Span) -> Counter[str]:
        """Why deliveries of a stretch of time failed, and how often."""
        return Counter(one.failure for one in self.deliveries if one.failure and one.within(span))

    def arrived(self, span: Span) -> tuple[int, int]:
        """How many deliveries of a stretch of time arrived: those that bring a message, and all."""
        events = [one.event for one in self.deliveries if one.arrived and one.within(span)]
        return sum(1 for event in events if MESSAGE.search(event)), len(events)


def is_witness(path: Path) -> bool:
    """Whether a file is the witness's: by the manifest beside it, or else by its first line."""
    with suppress(OSError, NotAManifest, UnicodeDecodeError):
        fetches = from_json(path_of(path).read_text("utf-8")).fetches
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
    """What the files of the witness tell, each delivery once, as it was last seen; paths with how they are shown."""
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
    """Whether a value of JSON is a delivery of the provider's list."""
    return (
        isinstance(entry, dict)
        and "event" in entry
        and "last_attempt_at" in entry
        and any(name in entry for name in STATES)
    )


def moment_of(entry: Mapping[str, Any]) -> datetime | None:
    """When a delivery was last tried, or made, where it tells that in ISO 8601; without a zone it is UTC."""
    for name in TIMES:
        with suppress(ValueError, TypeError):
            moment = datetime.fromisoformat(entry[name]) if entry.get(name) else None
            if moment:
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _entries(line: str) -> list[Any]:
    """The entries of a line: one, or those of an answer that was kept as it came."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return []
    if isinstance(document, dict) and isinstance(document.get("data"), list):
        document = document["data"]
    return document if isinstance(document, list) else [document]


def _later(known: Mapping[str, Any] | None, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of two states of one delivery the later one."""
    if known is None:
        return entry
    oldest = datetime.min.replace(tzinfo=UTC)
    return entry if (moment_of(entry) or oldest) >= (moment_of(known) or oldest) else known


def _delivery(entry: Mapping[str, Any], mask: Callable[[str], str]) -> Delivery:
    status = str(entry.get("status") or "").lower()
    arrived = status in ARRIVED or (not status and bool(entry.get("delivered_at")))
    why = next(_failures(entry, status), "")
    shown = mask(why).strip()[:SHOWN] or ("failed" if why else "")
    return Delivery(moment_of(entry), str(entry["event"]), arrived, shown)


def _failures(entry: Mapping[str, Any], status: str) -> Iterator[str]:
    """Why an entry counts as failed, the telling reason first; nothing where it does not."""
    answered = entry.get("response_status")
    if error := entry.get("error"):
        yield error if isinstance(error, str) else json.dumps(error, ensure_ascii=False)
    if isinstance(answered, int) and answered >= 400:
        yield f"HTTP {answered}"
    if status in FAILED:
        yield f"status {status}"
    if not status and entry.get("failed_at") and not entry.get("delivered_at"):
        yield "failed"
