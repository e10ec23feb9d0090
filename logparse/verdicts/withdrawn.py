"""The stand-in for a verdict after a run that judged nothing, so that no old READY outlives a mistake of use."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.storage.atomic import read_text, write_text
from logparse.text.masking import masker
from logparse.text.visible import visible
from logparse.verdicts.verdict import NOTHING_JUDGED, unfinished

LONGEST = 400
"""The most characters of a reason that are kept."""


def withdraw(path: Path, hour: int, reason: str, places: Iterable[Path], others: Iterable[Path]) -> None:
    """Overwrites verdict.json with NOT JUDGED and the reason.

    A file that holds no verdict is somebody else's and stays; none is created among the logs in ``places``, nor at one
    of the ``others``, such as the document. If it cannot be written, the old verdict is removed; if that fails too,
    nothing happens.
    """
    there = path.exists()
    if _holds_verdict(path) if there else not (_lies_among(path, places) or path in others):
        said = masker()(visible(" ".join(reason.split()))[:LONGEST])
        try:
            write_text(path, unfinished(hour, f"{NOTHING_JUDGED}{said}"))
        except OSError:
            with suppress(OSError):
                # NOTE: Path.resolve() raises another error where links run in a circle.
                os.unlink(os.path.realpath(path))  # noqa: PTH108


def _holds_verdict(path: Path) -> bool:
    try:
        document = json.loads(read_text(path))
    except (OSError, UsageProblem, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and {"schema", "hour", "final", "verdict"} <= document.keys()


def _lies_among(path: Path, places: Iterable[Path]) -> bool:
    return any(
        path.is_relative_to(place) if place.is_dir() else path.parent == place.parent or path == place
        for place in places
    )
