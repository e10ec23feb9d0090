"""Crashes: what real programs print as they die is one, in every format; what only sounds like it is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from logparse.settings.checked import parse
from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

STAMP = "2026-01-12T00:10:00.123Z"

NODE: Mapping[str, str] = {
    "throw": 'throw new Error("boom")',
    "throw undefined": "throw undefined",
    "throw a text": 'throw "a text"',
    "an error of its own": 'class MyFault extends Error {}; throw new MyFault("own")',
    "async": '(async () => { await 1; throw new TypeError("later") })()',
    "a rejection": 'Promise.reject(new Error("rejected"))',
    "a rejection without a reason": "Promise.reject(undefined)",
    "a rejection with a text": 'Promise.reject("a reason")',
    "an event that nobody hears": 'new (require("events"))().emit("error", new Error("unheard"))',
    "a cause": 'throw new Error("outer", {cause: new Error("inner")})',
    "a module that is not there": 'require("./nowhere")',
    "later": "setTimeout(() => { null.x }, 1)",
}
ALIVE: Mapping[str, str] = {
    "caught": "try { null.x } catch (e) { console.error(e) }",
    "caught by a handler": 'process.on("uncaughtException", e => console.error("[Bot]", e)); throw new Error("x")',
    "warnings": 'process.emitWarning("odd", "OddWarning"); new Buffer(1)',
}
"""Programs that go on; their handled errors are errors, no crashes."""


def _nodes() -> list[str]:
    """The programs called node that are here: one on the path, and those that LOGPARSE_NODES names."""
    named = os.environ.get("LOGPARSE_NODES", "").split(os.pathsep)
    return [found for name in ("node", *named) if name and (found := shutil.which(name))]


NODES: Sequence[object] = _nodes() or [pytest.param("node", marks=pytest.mark.skip(reason="node is not installed"))]


def _printed(*command: str) -> str:
    """What a program prints on stderr."""
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stderr


def _lines(write: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda text: "".join(f"{write(line)}\n" for line in text.splitlines()).encode()


def _entry(**entry: object) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _vercel(text: str) -> bytes:
    log = {"level": "error", "message": text}
    row = {"id": "a", "timestamp": 1768176600000, "requestPath": "/cron", "responseStatusCode": 500, "logs": [log]}
    return _entry(**row).encode() + b"\n"


WAYS: Mapping[str, Callable[[str], bytes]] = {
    "bare": lambda text: f"[ARI] begins\n{text}".encode(),
    "iso": _lines(lambda line: f"{STAMP} {line}"),
    "docker": _lines(lambda line: _entry(log=f"{line}\n", stream="stderr", time=STAMP)),
    "journald": _lines(
        lambda line: _entry(__REALTIME_TIMESTAMP="1768176600123000", MESSAGE=line, PRIORITY="6", _TRANSPORT="stdout")
    ),
    "vercel": _vercel,
    "cloudwatch": lambda text: _entry(timestamp=1768176600123, message=text, eventId="1").encode() + b"\n",
}
"""Ways in which what a process prints comes to a log: by lines, or as one message."""


def _criticals(counter: Counter, log: bytes) -> int:
    return counter.count(log).tally.count("critical_error")


@pytest.mark.slow
@pytest.mark.parametrize("node", NODES)
def test_what_node_prints_as_it_dies_is_a_crash(counter: Counter, tmp_path: Path, node: str) -> None:
    """Once where its lines are records too, by the last; a rejection without an error twice."""
    program = tmp_path / "bot.js"
    for name, code in NODE.items():
        program.write_text(code, "utf-8")
        text = _printed(node, str(program))
        assert text.rstrip().splitlines()[-1].startswith("Node.js v"), name
        most = 2 if "rejection with" in name else 1
        for way, write in WAYS.items():
            assert 1 <= _criticals(counter, write(text)) <= most, (name, way, text)


def test_a_block_behind_other_words_of_the_same_message_is_one(counter: Counter) -> None:
    """A platform may hand on what a process printed at one time as one message."""
    block = "/app/bot.js:2\nthrow 1\n^\n\nTypeError: x\n    at f (/app/bot.js:2:1)\n\nNode.js v20.20.2\n"
    assert _criticals(counter, _vercel(f"[Webhook] Signature verified\n{block}")) == 1
    assert _criticals(counter, _vercel("[Webhook] Signature verified\nruns on\nNode.js v20.20.2\n")) == 0


@pytest.mark.slow
@pytest.mark.parametrize("node", NODES)
def test_what_node_prints_and_goes_on_is_none(counter: Counter, tmp_path: Path, node: str) -> None:
    """A caught error that is logged, and Node's own warnings."""
    program = tmp_path / "bot.js"
    for name, code in ALIVE.items():
        program.write_text(code, "utf-8")
        text = _printed(node, str(program))
        assert text, name
        assert {way: _criticals(counter, write(text)) for way, write in WAYS.items()} == dict.fromkeys(WAYS, 0), text


@pytest.mark.slow
@pytest.mark.parametrize("node", NODES)
def test_a_rejection_that_node_only_warns_of_is_one(counter: Counter, tmp_path: Path, node: str) -> None:
    """The pattern of the warnings that are ignored does not hide it."""
    program = tmp_path / "bot.js"
    program.write_text(NODE["a rejection"], "utf-8")
    text = _printed(node, "--unhandled-rejections=warn", str(program))
    assert {way: _criticals(counter, write(text)) for way, write in WAYS.items()} == {
        **dict.fromkeys(WAYS, 2),
        "vercel": 1,
        "cloudwatch": 1,
    }


@pytest.mark.slow
@pytest.mark.parametrize("node", NODES)
def test_a_heap_that_is_full_is_one(counter: Counter, tmp_path: Path, node: str) -> None:
    """By the line in which V8 says so."""
    program = tmp_path / "bot.js"
    program.write_text("const a = []; for (;;) a.push(new Array(1e5).fill(1.5))", "utf-8")
    text = _printed(node, "--max-old-space-size=16", str(program))
    for way in ("bare", "iso", "docker", "journald"):
        assert _criticals(counter, WAYS[way](text)) == 1, (way, text)


CHAINED = "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('b') from error"


@pytest.mark.parametrize(
    "code", ["raise ValueError('boom')", "1/0", CHAINED, "class Odd(Exception): pass\nraise Odd('x')"]
)
def test_what_python_prints_as_it_dies_is_a_crash(counter: Counter, code: str) -> None:
    """Once, also where an exception has a cause; a platform that gives stderr a level hides it (an error then)."""
    text = _printed(sys.executable, "-c", code)
    for way in ("bare", "iso", "docker", "journald", "cloudwatch"):
        # Bare text has no line for what stands between two tracebacks.
        expected = 2 if code == CHAINED and way == "bare" else 1
        assert _criticals(counter, WAYS[way](text)) == expected, (way, text)


QUOTED = {
    "except": "def call():\n    try: {}['a']\n    except KeyError as e: raise RuntimeError('b') from e\ncall()\n",
    "thread": "import threading\ndef work(): raise ValueError('b')\nthreading.Thread(target=work).start()\n",
    "group": "import asyncio\nasync def work(): raise ValueError('b')\nasync def main():\n"
    "    async with asyncio.TaskGroup() as g: g.create_task(work())\nasyncio.run(main())\n",
}
"""Programs of a file: a traceback quotes lines of them that name an exception."""


@pytest.mark.parametrize("name", QUOTED)
def test_lines_that_a_traceback_quotes_do_not_tell_that_it_was_caught(
    counter: Counter, tmp_path: Path, name: str
) -> None:
    """Not even where all lines are of one moment."""
    program = tmp_path / "bot.py"
    program.write_text(QUOTED[name], "utf-8")
    text = _printed(sys.executable, str(program))
    assert {way: _criticals(counter, WAYS[way](text)) for way in ("iso", "docker", "journald")} == {
        "iso": 1,
        "docker": 1,
        "journald": 1,
    }, text


LOGGED = """
import logging
logging.basicConfig(format="%(levelname)s:%(name)s:%(message)s")
for at in range(2):
    try:
        try:
            {}["a"]
        except KeyError as error:
            raise ValueError("b") from error
    except ValueError:
        logging.exception("a listener failed")
"""


@pytest.mark.slow
def test_an_exception_that_python_logs_is_none(counter: Counter) -> None:
    """The error above a traceback tells that it was caught; lines of the stack are no errors of their own."""
    text = _printed(sys.executable, "-c", LOGGED)
    for way in ("iso", "docker", "journald"):
        tally = counter.count(WAYS[way](text)).tally
        assert tally.count("critical_error") == 0, (way, text)
        assert tally.count("error") == 6, "each by the logger's line, and by the last one of both tracebacks"


CRASHES = [
    "⨯ unhandledRejection: Error: no", " ⨯ uncaughtException: Error: no", "error - unhandledRejection: Error: aborted",
    "Node.js process exited with exit status: 128. The logs above can help with debugging the issue.",
    "Out of memory: Killed process 4242 (node) total-vm:1, anon-rss:1", "Memory cgroup out of memory: Killed process 7",
    "Killed", "/app/start.sh: line 3:     7 Killed                  node index.js", "Segmentation fault (core dumped)",
    "Process exited with status 137", "Process exited with status 1", "error Command failed with exit code 137.",
    "exited with code 137", "bot-1 exited with code 137", "App [bot:0] exited with code [1] via signal [SIGINT]",
    "bot.service: Main process exited, code=exited, status=1/FAILURE",
    "bot.service: Main process exited, code=killed, status=9/KILL",
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    "npm ERR! signal SIGKILL", "npm error signal SIGKILL",
    'Exception in thread "main" java.lang.IllegalStateException: x', "panic: runtime error: index out of range [3]",
    "fatal error: all goroutines are asleep - deadlock!", "thread 'main' panicked at src/main.rs:2:5:",
    "thread 'worker-1' (24831) panicked at m.rs:1:64:", "Fatal Python error: Segmentation fault",
    "error: Uncaught (in promise) Error: no such product",
    "[7] [CRITICAL] WORKER TIMEOUT (pid:9)", "[7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?",
    "Task timed out after 3.00 seconds",
    "RequestId: 0b8fe5a2 Error: Runtime exited with error: signal: killed", "Runtime.ExitError",
    'at=error code=H12 desc="Request timeout" method=POST path="/api/webhook/kapso" status=503',
    'at=error code=H10 desc="App crashed" method=POST path="/" status=503', "Error R15 (Memory quota vastly exceeded)",
    "State changed from up to crashed", "Vercel Runtime Timeout Error: Task timed out after 60 seconds",
]  # fmt: skip
"""Lines of which each tells of a crash, as they come without a level."""

NO_CRASHES = [
    "Process exited with status 0", "Process exited with status 143", "State changed from up to starting",
    "Stopping all processes with SIGTERM", "bot-1 exited with code 0", "npm ERR! signal SIGTERM",
    "App [bot:0] exited with code [0] via signal [SIGINT]", "Node.js version v20.20.2", "Using Node.js v20.20.2 now",
    'at=info method=POST path="/api/webhook/kapso" status=200', 'at=error code=H18 desc="Server Request Interrupted"',
    "Error R14 (Memory quota exceeded)", "[Bot] Killed the old session", "Killed 3 stale sessions",
    "bot.service: Main process exited, code=killed, status=15/TERM", "[Bot] traceback (most recent call last) is long",
    "Node.js process exited with exit status: 0.", "[Webhook] Rules engine: no rule for \"halo\\npanic: x\"",
    "[ARI] Processing error: TypeError: x", "http: panic serving 10.0.0.7:4242: boom",
    '[Webhook] Received payload (masked): {"text":{"body":"Out of memory: Killed process 1"}}',
]  # fmt: skip
"""Lines that sound like one and are none."""


@pytest.mark.parametrize("line", CRASHES)
def test_lines_of_a_crash_are_one(counter: Counter, line: str) -> None:
    """Whatever the format that the line comes in."""
    for way in ("bare", "iso", "docker", "journald", "cloudwatch"):
        assert _criticals(counter, WAYS[way](f"{line}\n")) == 1, way


@pytest.mark.parametrize("line", NO_CRASHES)
def test_lines_that_sound_like_a_crash_are_none(counter: Counter, line: str) -> None:
    """A restart on purpose, a client that went away, words of the bot and of users."""
    for way in ("bare", "iso", "docker", "journald", "cloudwatch", "vercel"):
        assert _criticals(counter, WAYS[way](f"{line}\n")) == 0, way


@pytest.mark.parametrize("line", ["Node.js v20.20.2", "Killed", "panic: x"])
def test_a_line_that_a_bot_may_print_itself_counts_only_without_a_level(counter: Counter, line: str) -> None:
    """A bot that tells at level info which Node it runs on is alive."""
    assert _criticals(counter, WAYS["iso"](f"INFO {line}\n")) == 0
    assert _criticals(counter, WAYS["iso"](f"{line}\n")) == _criticals(counter, WAYS["iso"](f"ERROR {line}\n")) == 1


def test_a_crash_between_records_with_times_is_told(counter: Counter) -> None:
    """When it was is not known, and a user's line break may look like it: it is NOT JUDGED, never passed over."""
    log = f"{STAMP} [ARI] Response sent in 5ms\n/app/bot.js:1\nthrow 1\n^\n1\n\nNode.js v20.20.2\n".encode()
    assert counter.count(log).problems == ["crash"]
    assert counter.count(log.replace(b"Node.js v20.20.2", b"more words")).problems == []


def test_a_traceback_between_records_with_times_is_told(counter: Counter) -> None:
    """Unless errors were logged that it may be of: a logger puts it below its line, without a time of its own."""
    text = _printed(sys.executable, "-c", CHAINED).encode()
    log = f"{STAMP} INFO [ARI] Response sent in 5ms\n".encode()
    assert counter.count(log + text).problems == ["crash"]
    assert counter.count(log + log.replace(b"INFO", b"ERROR") + text).problems == []


def test_more_words_of_a_crash_can_be_set(counter: Counter) -> None:
    """They stand beside what is known, and take nothing from it."""
    bot = parse({"event_critical_error": "\\[Bot\\] giving up"}).bot
    log = WAYS["iso"]("INFO [Bot] giving up\nINFO FATAL ERROR: x\n")
    assert counter.count(log, bot=bot).tally.count("critical_error") == 2
