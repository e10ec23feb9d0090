"""A tool that does not end by itself is listened to, and ended with all that it started."""

import os
import time
from uuid import uuid4

import pytest

from logparse.collect.source import SourceFailed
from logparse.collect.tail import Heard, Listening, listen
from tests.builders.sources.processes import processes_with


def _heard(script: str, listening: Listening, news: bytes = b"news") -> Heard:
    return listen(["/bin/sh", "-c", script], os.environ, listening, lambda line: line == news)


def test_lines_come_as_they_are_and_words_beside_them() -> None:
    """Whole lines alone; a tool that ends by itself tells its exit code."""
    heard = _heard("echo a; echo; echo said >&2; printf 'b\\r\\n'; exit 3", Listening())
    assert heard == Heard((b"a", b"", b"b\r"), "said\n", 3)


def test_quiet_tool_is_ended() -> None:
    """Words beside the lines are no lines, and what the tool started ends with it."""
    mark = f"logparse-test-{uuid4()}"
    script = f"export MARK={mark}; sleep 600 & echo a; while :; do echo busy >&2; sleep 0.05; done"
    heard = _heard(script, Listening(first=60, quiet=0.3))
    assert (heard.lines, heard.exit_code) == ((b"a",), 0)
    while processes_with(mark):
        time.sleep(0.01)


@pytest.mark.slow
def test_tool_that_prints_nothing_is_given_up() -> None:
    """Its first line is waited for longer than the next ones, but not for ever."""
    assert _heard("sleep 60", Listening(first=0.2)).lines == ()
    assert _heard("sleep 0.5; echo a; sleep 60", Listening(first=60, quiet=0.2)).lines == (b"a",)


def test_news_ends_the_tool_at_once() -> None:
    """What it prints after that is left to the next time."""
    assert _heard("echo a; echo news; sleep 60", Listening(first=60, quiet=60)).lines == (b"a", b"news")


@pytest.mark.parametrize(
    ("script", "listening", "problem"),
    [
        pytest.param(
            "while :; do echo a; sleep 0.01; done",
            Listening(first=60, quiet=60, together=0.4),
            "did not come to an end within 0 s",
            id="never quiet",
        ),
        pytest.param(
            "printf a; sleep 60", Listening(first=60, quiet=0.2), "stopped in the middle of a line", id="torn"
        ),
    ],
)
def test_what_does_not_end_well_fails(script: str, listening: Listening, problem: str) -> None:
    """Nothing that may lack its end is handed over."""
    with pytest.raises(SourceFailed, match=problem):
        _heard(script, listening)
