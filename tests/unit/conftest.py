"""What the tests of the engine share: how hard hypothesis looks, and one engine for many small counts."""

# NOTE: Annotations stay text where the engine's counter is named: hypothesis keeps the types that it sees for good, and
# with them the engine, which then complains when the interpreter goes.
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.unit.counted import Counter, open_counter
from tests.unit.days import MORE, SLOW_RUN

# NOTE: The plain and the slow run try the same examples every time: green or red by what the code does alone.
settings.register_profile(
    "suite", deadline=None, derandomize=MORE <= SLOW_RUN, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Counts logs given as bytes; one engine for the whole run, because opening one takes longer than a small count."""
    folder: Path = tmp_path_factory.mktemp("counter")
    with open_counter(folder) as opened:
        yield opened
