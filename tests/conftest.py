"""What the tests share: which run tries what, and one engine for many small counts.

The acceptance tests lie below too, and run where only the core is installed: nothing of it is imported here that they
do not need.
"""

# NOTE: Annotations stay text where the engine's counter is named: hypothesis keeps the types that it sees for good, and
# with them the engine, which then complains when the interpreter goes.
from __future__ import annotations

from collections import Counter as Counting
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builders.counted import Counter

PLAIN, SLOW = 12, 4
"""Of the cases of a test that counts, the plain run tries one in twelve, the slow run one in four, the long run all."""

RUNS = Path(__file__).with_name("runs")
"""What lies here starts whole processes, and is slow unless a test is marked ``plain``."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves what lies in ``RUNS`` unread where the plain run tries nothing of it: its imports take seconds."""
    plain_run = config.option.markexpr in config.getini("addopts")
    return True if plain_run and RUNS in collection_path.parents and not _names_plain(collection_path) else None


@cache
def _names_plain(path: Path) -> bool:
    """Whether a module, or one in a folder, has a test that is marked ``plain``."""
    modules = path.rglob("test_*.py") if path.is_dir() else [path]
    return any("pytest.mark.plain" in module.read_text("utf-8") for module in modules)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Marks as slow or long what the plain run leaves out, before pytest chooses by marks."""
    seen: Counting[str] = Counting()
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        if "plain" in marks and not _names_plain(item.path):
            raise pytest.UsageError(f"{item.nodeid}: its module has to name pytest.mark.plain, else it is left unread")
        if RUNS in item.path.parents and not marks & {"plain", "slow", "long"}:
            item.add_marker(pytest.mark.slow)
            marks.add("slow")
        if "counts" in marks and "long" not in marks:
            test = item.nodeid.split("[")[0]
            at, seen[test] = seen[test], seen[test] + 1
            if at % SLOW:
                item.add_marker(pytest.mark.long)
            elif at % PLAIN and "slow" not in marks:
                item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Counts logs given as bytes; one engine for the whole run, because opening one takes longer than a small count."""
    from tests.builders.counted import open_counter  # noqa: PLC0415  # see above

    with open_counter(tmp_path_factory.mktemp("counter")) as opened:
        yield opened
