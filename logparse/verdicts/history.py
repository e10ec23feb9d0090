"""The history: each run keeps its verdict in a file of its own, so that soaks can be compared later."""

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.storage.atomic import LONGEST_WAIT, locked, read_text, write_text
from logparse.values.json_form import iso
from logparse.verdicts.verdict import Verdict, from_json, to_json

FOLDER = "history"
"""The folder of the kept verdicts, below that of the reports."""

MOST = 1_000
"""The most verdicts that are kept; the oldest are removed. A soak of seven checkpoints keeps seven or a few more."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{4}Z)-hour-(\d\d)-(\d{4}-\d\d-\d\dT\d{6}Z)(?:-(\d{1,4}))?\.json")


@dataclass(frozen=True, order=True)
class Kept:
    """A kept verdict by its file name: start of the soak, hour, and when it was judged (to the second, UTC).

    ``number`` distinguishes verdicts of the same second.
    """

    start: datetime
    hour: int
    judged: datetime
    number: int
    path: Path

    def read(self) -> Verdict:
        """Reads the verdict; raises UsageProblem if the file is damaged, gone, or unreadable."""
        return read_verdict(self.path)


def read_verdict(path: Path) -> Verdict:
    """Reads the verdict in a file; raises UsageProblem if it holds none, is damaged, or unreadable."""
    try:
        return from_json(read_text(path), str(path))
    except OSError as error:
        raise UsageProblem(f"{path}: the verdict cannot be read ({error.strerror})") from None


def final_verdict(path: Path, start: datetime, *, rehearsal: bool = False) -> Verdict | None:
    """Reads the verdict of hour 24 of the soak with this start; None if the file holds another one, or none.

    None for NOT JUDGED too: what was missing may be there by now. A verdict of a rehearsal only counts for a rehearsal.
    """
    if not path.is_file():
        return None
    try:
        verdict = read_verdict(path)
    except UsageProblem:
        return None
    stands = verdict.final and verdict.start == start and verdict.state is not State.NOT_JUDGED
    return verdict if stands and (rehearsal or not verdict.rehearsal) else None


def keep(folder: Path, verdict: Verdict, longest_wait: float = LONGEST_WAIT) -> None:
    """Keeps a verdict in the folder, and removes the oldest beyond MOST. Never overwrites a kept one.

    Writes nothing if the newest verdict of the same soak and hour has the same content. Raises OSError or UsageProblem
    if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = to_json(verdict)
    with locked(folder / "any", longest_wait):
        before = [one for one in kept(folder) if (one.start, one.hour) == (verdict.start, verdict.hour)]
        if not (before and _says_the_same(before[-1], text)):
            write_text(_free_name(folder, verdict), text)
            _prune(kept(folder))


def kept(folder: Path) -> tuple[Kept, ...]:
    """Returns the kept verdicts, ordered by soak, hour, and time of judging; other files are ignored."""
    found = (_of_name(folder / name) for name in _names(folder))
    return tuple(sorted(one for one in found if one))


def newest(all_kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """Returns the last verdict of each soak and hour, in order."""
    return tuple({(one.start, one.hour): one for one in sorted(all_kept)}.values())


def _names(folder: Path) -> Sequence[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # names are all that is needed
    except FileNotFoundError:
        return ()


def _of_name(path: Path) -> Kept | None:
    found = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        return found and Kept(
            datetime.strptime(found[1], "%Y-%m-%dT%H%MZ").replace(tzinfo=UTC),
            int(found[2]),
            datetime.strptime(found[3], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC),
            int(found[4] or 1),
            path,
        )
    return None


def _free_name(folder: Path, verdict: Verdict) -> Path:
    judged = verdict.judged_at or verdict.start
    name = f"{_stamp(verdict.start, 'minutes')}-hour-{verdict.hour:02d}-{_stamp(judged, 'seconds')}"
    path, number = folder / f"{name}.json", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}.json"
    return path


def _stamp(moment: datetime, precision: str) -> str:
    """Formats a time for a file name."""
    return iso(moment, precision).replace(":", "")


def _says_the_same(one: Kept, text: str) -> bool:
    """Tells whether a kept verdict equals this one, apart from the time of judging."""
    try:
        return _timeless(read_text(one.path)) == _timeless(text)
    except (OSError, UsageProblem, ValueError, RecursionError):
        return False


def _timeless(text: str) -> dict[str, Any]:
    document = json.loads(text)
    return {**document, "judged_at": None} if isinstance(document, dict) else {}


def _prune(all_kept: Sequence[Kept]) -> None:
    by_age = sorted(all_kept, key=lambda one: (one.judged, one.number))
    for one in by_age[: max(0, len(by_age) - MOST)]:
        with suppress(OSError):
            one.path.unlink()
