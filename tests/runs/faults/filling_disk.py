"""A plugin of pytest that fills a disk, really, while a run is under way: ``-p tests.runs.faults.filling_disk``.

The environment names the disk (``FILLED_DISK``) and the moment (``FILLED_WHEN``): 'counting', before the first log is
read, or 'concluding', when the verdict stands and nothing of it is written.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from logparse import run
from logparse.judge import judge

NAME = "filling"


def fill(disk: Path, left: int = 0) -> None:
    """Takes all the room on a disk but so many bytes."""
    with (disk / NAME).open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - left))


def _fill_at(moment: str) -> None:
    if os.environ["FILLED_WHEN"] == moment:
        fill(Path(os.environ["FILLED_DISK"]))


@pytest.hookimpl(wrapper=True)
def pytest_sessionstart() -> Generator[None, Any, Any]:
    """Stands before and behind the judging."""

    def filled_then_judged(*arguments: Any) -> Any:
        _fill_at("counting")
        return judge(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "judge", filled_then_judged)
        return (yield)


def pytest_collection() -> None:
    """The verdict stands."""
    _fill_at("concluding")
