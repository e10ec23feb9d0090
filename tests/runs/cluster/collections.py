"""Collections of log files that are hard to count in parts: they overlap, are packed, broken, or hang together."""

import gzip
import json
from collections.abc import Mapping
from types import MappingProxyType

from tests.builders.counted import START
from tests.builders.days import FAILURES, HARMLESS, changed
from tests.scenarios.traffic import MINUTE_MS, Request, epoch_ms, steady_day
from tests.scenarios.writers import WRITERS

BEGIN = epoch_ms(START)

DAY: list[Request] = changed(
    steady_day(START, hours=4, deliveries=90, seed=11),
    {3 * at: edit for at, edit in enumerate([*FAILURES.values(), *HARMLESS.values()])},
)
"""Four hours in which most of what may go wrong does."""


def _fetches(name: str, suffix: str, *spans: tuple[int, int]) -> dict[str, bytes]:
    """The day as fetches of these stretches of minutes."""
    writer = WRITERS[name]
    return {
        f"{name}-{at}{suffix}": writer.window(DAY, BEGIN + begin * MINUTE_MS, BEGIN + end * MINUTE_MS)
        for at, (begin, end) in enumerate(spans)
    }


_OVERLAPS = ((0, 100), (60, 180), (170, 240))
_ROWS = WRITERS["vercel-rows"].write(DAY)
_TEXT = WRITERS["iso-text"].write(DAY)
_LINES = _TEXT.splitlines(keepends=True)
_HALF = len(_LINES) // 2
_DRAIN = WRITERS["log-drain"].write(DAY)

COLLECTIONS: Mapping[str, Mapping[str, bytes]] = MappingProxyType(
    {
        "rows that overlap": _fetches("vercel-rows", ".jsonl", *_OVERLAPS),
        "text that overlaps": _fetches("iso-text", ".log", *_OVERLAPS),
        "entries that overlap, of requests over several lines": _fetches("log-drain", ".jsonl", *_OVERLAPS),
        "the same rows twice": {"a.jsonl": _ROWS, "b.jsonl": _ROWS},
        "packed files": {"a.log.gz": gzip.compress(_TEXT), "b.log": _TEXT[: len(_TEXT) // 2]},
        "a document": {"a.json": json.dumps([json.loads(row) for row in _ROWS.splitlines()], indent=1).encode()},
        "text without dates": {"a.txt": WRITERS["vercel-tail"].write(DAY)},
        "text without a year": {"a.txt": WRITERS["syslog-text"].write(DAY)},
        "text without times": {"a.txt": WRITERS["bare-text"].write(DAY)},
        "lines that hang together": {"a.jsonl": WRITERS["docker-json"].write(DAY)},
        "a dashboard copy": {"a.txt": WRITERS["vercel-dashboard"].write(DAY)},
        "rows that stand twice in their file": {"a.jsonl": _ROWS + _ROWS[: len(_ROWS) // 3]},
        "two formats": {"a.jsonl": _ROWS, "b.log": _TEXT},
        "lines that cannot be read": {
            "a.log": b"".join([*_LINES[:_HALF], b"[ARI] no time\n", *_LINES[_HALF:], b"[ARI] none again\n"])
        },
        "a line that is no UTF-8": {"a.log": b"".join([*_LINES[:_HALF], b"\xff\xfe\n", *_LINES[_HALF:]])},
        "ends of lines in two ways": {
            "a.log": b"".join(_LINES[:_HALF]) + b"".join(_LINES[_HALF:]).replace(b"\n", b"\r\n")
        },
        "UTF-16": {"a.log": _TEXT.decode().encode("utf-16")},
        "a torn row": {"a.jsonl": _ROWS[:-50], "b.jsonl": _DRAIN},
        "words behind a head, so that none is known": {
            "a.log": b"".join(_LINES[:_HALF]).replace(b"Z [", b"Z bot - ["),
            "b.log.gz": gzip.compress(b"".join(_LINES[_HALF:]).replace(b"Z [", b"Z bot - [")),
            "c.txt": b"bot - [ARI] Processing message for contact k57\n" * 3,
        },
        "files that hold nothing": {"a.log": b"", "b.log": b"# Shopping\n- milk\n", "c.log": _TEXT},
    }
)
