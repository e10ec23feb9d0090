"""Whatever stands in a file of any text format, each physical line comes out in exactly one class."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.formats.bare_text import BARE_TEXT
from logparse.formats.convex_text import CONVEX_TEXT
from logparse.formats.format import Format
from logparse.formats.home_made import home_made
from logparse.formats.led_text import LED_TEXT
from logparse.formats.syslog_text import SYSLOG_TEXT
from logparse.formats.vercel_tail import VERCEL_TAIL
from logparse.reading.log_file import read
from logparse.reading.merge import accounts, merge
from logparse.values.schedule import Soak
from tests.builders.counted import START, Counter, physical_lines
from tests.builders.days import broken_files
from tests.builders.examples import examples

pytestmark = pytest.mark.counts

LINES: dict[str, tuple[Format | None, str]] = {
    "vercel-tail": (VERCEL_TAIL, f"10:15:32.12  ℹ️  POST  200  a.b  ƒ  /a\n{'-' * 40}\n[ARI] Response sent in 5ms\n\n"),
    "convex-text": (CONVEX_TEXT, "1/12/2026, 10:15:32 AM [CONVEX A(a:b)] [LOG] '[ARI] Response sent in 5ms'\n"),
    "led-text": (LED_TEXT, "web-1  | 2026-01-12T10:15:32Z [ARI] Response sent in 5ms\n"),
    "syslog-text": (SYSLOG_TEXT, "Jan 12 10:15:32 host bot[7]: [ARI] Response sent in 5ms\n"),
    "bare-text": (BARE_TEXT, "[ARI] Response sent in 5ms\n"),
    "home-made": (None, "<2026-01-12T10:15:32Z> [ARI] Response sent in 5ms\n"),
}
"""A record of each format."""


@pytest.mark.parametrize("name", LINES)
@examples(8)
@given(
    rest=broken_files() | st.binary(max_size=200),
    again=st.integers(0, 3),
    end=st.sampled_from([b"\n", b"\r\n"]),
)
def test_every_line_is_in_one_class(counter: Counter, name: str, rest: bytes, again: int, end: bytes) -> None:
    """Broken lines, odd ends of lines and other formats in the middle of a file lose nothing and raise nothing."""
    log_format, text = LINES[name]
    log_format = log_format or home_made(counter.connection, "<(?P<time>[^>]*)> (?P<message>.*)", "")
    assert log_format is not None
    record = text.encode().replace(b"\n", end)
    content = record + rest + end + record * again
    with TemporaryDirectory(dir=counter.folder) as folder:
        path = Path(folder) / "log"
        path.write_bytes(content)
        work = replace(counter.workplace(Path(folder)), formats=(log_format,))
        readings = [read(path, "log", work)]
        merge(readings, work)
        (account,) = accounts(readings, Soak(START), 24, work)
    assert [problem.kind for problem in readings[0].problems if problem.kind != "cut off"] == []
    assert readings[0].format is log_format
    assert sum(account.lines.values()) == physical_lines(content) == readings[0].facts.lines
    assert account.records >= 1 + again
