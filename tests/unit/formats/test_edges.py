"""A line that a bot may print as well as a tool is the tool's only at an edge of its file."""

from __future__ import annotations

import pytest

from tests.builders.counted import Counter
from tests.scenarios.writers import WRITERS
from tests.unit.formats.test_begun_messages import _day

pytestmark = pytest.mark.counts

LINES = ["✗ payment failed", "✗ Error: no", "Vercel CLI 50.1.0", "Error: boom"]


@pytest.mark.parametrize("name", ["iso-text", "json-lines", "vercel-expanded"])
@pytest.mark.parametrize("line", LINES)
def test_a_line_between_records_is_the_bots(counter: Counter, name: str, line: str) -> None:
    """It says nothing about the collection; in front of the records and behind them it does, where it tells of any."""
    content = WRITERS[name].write(_day())
    said = f"{line}\n".encode()
    middle = content.index(b"\n", len(content) // 2) + 1
    if name == "vercel-expanded":
        content = content[: content.rindex(b"Fetched")] if b"Fetched" in content else content
    plain = counter.count(content).problems
    assert counter.count(content[:middle] + said + content[middle:]).problems == plain
    if line.startswith("✗") and name != "vercel-expanded":
        assert "cut off" in counter.count(said + content).problems
        assert "cut off" in counter.count(content + said).problems


@pytest.mark.parametrize("name", ["vercel-rows", "docker-json", "cloudwatch"])
@pytest.mark.parametrize("line", ["✗ payment failed", "Error: Too many requests (429)"])
def test_a_line_between_entries_of_a_platform_is_a_tools(counter: Counter, name: str, line: str) -> None:
    """What the bot prints stands inside of the entries, so a fetch that failed in the middle is told."""
    content = WRITERS[name].write(_day())
    middle = content.index(b"\n", len(content) // 2) + 1
    counted = counter.count(content[:middle] + f"{line}\n".encode() + content[middle:])
    assert "cut off" in counted.problems
