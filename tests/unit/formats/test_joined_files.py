"""Files that were joined: PowerShell and editors begin each with a byte order mark, which then stands in the middle."""

from __future__ import annotations

import pytest

from tests.builders.counted import START, Counter
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import WRITERS, Writer

pytestmark = pytest.mark.counts

DAY = steady_day(START, hours=4, deliveries=6)
BYTE_ORDER_MARK = "\ufeff".encode()


@pytest.mark.parametrize("writer", WRITERS.values(), ids=lambda writer: writer.name)
def test_a_byte_order_mark_changes_nothing_anywhere(counter: Counter, writer: Writer) -> None:
    """The line behind it is read as it is without."""
    half = len(DAY) // 2
    first, second = writer.write(DAY[:half]), writer.write(DAY[half:])
    marked = counter.count(BYTE_ORDER_MARK + first + BYTE_ORDER_MARK + second)
    plain = counter.count(first + second)
    assert (marked.lines, marked.metrics) == (plain.lines, plain.metrics)
    assert plain.lines["records"] >= 6
