"""The cache of counted files: tallies keyed by all that they depend on, and the sha256 of unchanged files.

The key of an entry is made of the content of its file, the format, the patterns, the SQL, the engine and the code that
counted it, never of a name.
An entry is trusted only if it is complete: its facts are written last, by rename, and hold the sha256 of the tally
beside them.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from logparse.counting.deduplicate import ONCE
from logparse.counting.engine import LogSource
from logparse.counting.events import EventRules
from logparse.counting.scan import SCAN
from logparse.counting.tally import TALLY
from logparse.storage.atomic import write_text
from logparse.storage.files import Fingerprint
from logparse.values.json_form import plain, value_of

REMEMBERED = 10_000
"""The most files whose sha256 is remembered; the oldest are dropped first."""


MENDED, UNFOLDED = "mended", "unfolded"
"""The kinds of copy: one that DuckDB reads whole if it cannot read the file itself, and one with an entry a line."""


@dataclass(frozen=True)
class CountedFile:
    """The facts of a counted file beside its tally.

    ``lines``: its physical lines; ``torn``: its last row is cut off; ``repeated_lines``: lines that repeat the id of
    another line; ``repeats_pages``: those are whole pages; ``copy``: the kind of copy that is read for it; ``quick``:
    the quick way of its format fits all its lines; ``backwards``: how often its clock went back by over a minute, first
    before the line ``back_line``, by ``back_seconds``, see backwards.py.
    """

    lines: int
    torn: bool = False
    repeated_lines: int = 0
    repeats_pages: bool = False
    copy: str = ""
    quick: bool = False
    backwards: int = 0
    back_line: int = 0
    back_seconds: int = 0


def key_of(sha256: str, source: LogSource, rules: EventRules, timezone: str) -> str:
    """Returns the key of a tally in the cache: a digest of all that it depends on."""
    log_format = source.format
    parts = [sha256, log_format.name, log_format.select, rules.select, SCAN, TALLY, ONCE, timezone]
    parts += [str(source.first_date), *(f"{name}={value}" for name, value in sorted(log_format.variables.items()))]
    parts += [log_format.fast.reader, log_format.fast.select] if log_format.fast else []
    parts += [f"{name}={value}" for name, value in sorted(rules.variables.items())]
    parts += [engine_version(), _readers()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def engine_version() -> str:
    """Returns the version of the engine, because another one may read the same lines differently."""
    return version("duckdb")


READERS = (
    "counting/engine.py",
    "formats/sql/readers.py",
    "reading/file_tally.py",
    "storage/files.py",
    "counting/deduplicate.py",
    "counting/backwards.py",
    "storage/unfold.py",
)
"""The modules that feed a file to the engine, whose effect does not show in the SQL."""


@cache
def _readers() -> str:
    folder = Path(__file__).parents[1]
    return hashlib.sha256(b"\0".join((folder / name).read_bytes() for name in READERS)).hexdigest()


@dataclass(frozen=True)
class Cache:
    """A folder of tallies and of file fingerprints."""

    folder: Path

    def tally(self, key: str) -> Path:
        """Returns the path of the tally of a key, whether it exists or not."""
        return self.folder / f"{key}.parquet"

    def load(self, key: str) -> CountedFile | None:
        """Loads the facts of a complete tally; returns None if there is none."""
        try:
            entry = json.loads((self.folder / f"{key}.json").read_text("utf-8"))
            if entry.pop("tally_sha256") != _sha256(self.tally(key)):
                return None
            return value_of(entry, CountedFile, known_only=True)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def save(self, key: str, facts: CountedFile, tally: Path) -> None:
        """Saves a tally (a file, moved from where it was written) and its facts.

        Facts that cannot be written, e.g. to a full disk, are left out: the tally is then counted again.
        """
        entry = {**plain(facts), "tally_sha256": _sha256(tally)}
        os.replace(tally, self.tally(key))
        with suppress(OSError):
            write_text(self.folder / f"{key}.json", json.dumps(entry), wait_for_disk=False)

    def known_lines(self, sha256: str) -> dict[str, int]:
        """Returns the remembered line numbers of a file, by a digest of what was searched; empty if there are none."""
        known = _read_json(self._lines(sha256))
        return {digest: line for digest, line in known.items() if type(line) is int and line >= 0}

    def remember_lines(self, sha256: str, lines: Mapping[str, int]) -> None:
        """Remembers more line numbers of a file; skips this if they cannot be written."""
        with suppress(OSError):
            known = json.dumps({**self.known_lines(sha256), **lines})
            write_text(self._lines(sha256), known, wait_for_disk=False)

    def _lines(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.lines.json"

    def known_digests(self) -> dict[str, str]:
        """Returns the remembered sha256 of files by their path and fingerprint; empty if there are none."""
        known = _read_json(self.folder / "digests.json")
        return {key: digest for key, digest in known.items() if _DIGEST.fullmatch(str(digest))}

    def remember_digests(self, digests: Mapping[str, str]) -> None:
        """Remembers the sha256 of files (see ``digest_key``); skips this if they cannot be written."""
        known = self.known_digests()
        kept = dict(list({**known, **digests}.items())[-REMEMBERED:])
        if kept != known:
            with suppress(OSError):
                write_text(self.folder / "digests.json", json.dumps(kept))


_DIGEST = re.compile(r"[0-9a-f]{64}")


def _read_json(path: Path) -> dict[str, Any]:
    """Reads the JSON object in a file; returns an empty one if there is none."""
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_key(path: Path, fingerprint: Fingerprint) -> str:
    """Returns the key for remembering a file's sha256; it is the same as long as path, inode, size and times are."""
    return "|".join(map(str, [os.path.realpath(path), *astuple(fingerprint)]))
