"""What a command prints with exit code 0 that is no log: a failed fetch, which leaves no log and no proof."""

import base64
import json
import os
import random
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from logparse.collect.collection import Collection, WindowTask, collect
from logparse.collect.command import make_command
from logparse.settings.checked import parse
from logparse.storage.manifest import from_json, manifest_path
from tests.builders.sources.fetching import LATER, SETTLE, WINDOW

RECORD = "2026-01-12T06:00:01.000Z [ARI] Response sent in 1834ms (grok-3)\n"

PAGE = """<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx/1.24.0</center>\r
</body>\r
</html>\r
"""

NO_LOGS: Mapping[str, tuple[bytes, str]] = {
    "a page of a proxy": (PAGE.encode(), "502 Bad Gateway"),
    "an error of an API": (b'{"error":{"code":"forbidden","message":"Not authorized"}}\n', "Not authorized"),
    "base64": (base64.encodebytes(random.Random(1).randbytes(3_000)), "in no known format"),
    "binary": (random.Random(2).randbytes(3_000), "in no known format"),
    "rows that were packed": (b"\x1f\x8b\x08\x00" + random.Random(3).randbytes(500), "in no known format"),
    "a help text": (
        b"Usage: docker logs [OPTIONS] CONTAINER\n\nFetch the logs of a container\n",
        "the help text of a tool",
    ),
    "a help text without the word": (b"journalctl [OPTIONS...] [MATCHES...]\n\nQuery the journal.\n", "journalctl"),
    "an error": (b"Error: cannot reach the daemon\n", "the tool failed"),
    "an error of the shell": (b"sh: 1: flyctl: command not found\n", "the shell did not find the tool"),
    "that there are none": (b"-- No entries --\n", "the tool found no logs"),
    "prose": (b"ok\n" * 300, "in no known format"),
}


def _collected(folder: Path, *settings: tuple[str, str]) -> Collection:
    """A window, collected by a command that prints what is in a file."""
    prints = f"import sys; sys.stdout.buffer.write(open({str(folder / 'printed')!r}, 'rb').read())"
    written = {"collect_command": shlex.join([sys.executable, "-c", prints, "{since}"]), **dict(settings)}
    source = make_command(parse(written).collecting, os.environ)
    return collect(WindowTask(folder / "logs" / "logs-hour-04.log", WINDOW, SETTLE, lambda: LATER), source)


@pytest.mark.parametrize(("printed", "said"), NO_LOGS.values(), ids=NO_LOGS)
def test_what_is_no_log_is_a_failed_fetch(printed: bytes, said: str, tmp_path: Path) -> None:
    """No log, no proof, the cause in the manifest; and the next run tries again, and takes what is one then."""
    (tmp_path / "printed").write_bytes(printed)
    failed = _collected(tmp_path)
    log = tmp_path / "logs" / "logs-hour-04.log"
    assert said in failed.problem
    assert not log.exists()
    assert failed.manifest.covered == ()
    (fetch,) = from_json(manifest_path(log).read_text("utf-8")).fetches
    assert (fetch.problem, fetch.complete, fetch.unproven) == (failed.problem, False, "")
    (tmp_path / "printed").write_text(RECORD, "utf-8")
    assert _collected(tmp_path).problem == ""
    assert log.read_text("utf-8") == RECORD


def test_bad_answer_takes_nothing_from_a_good_one(tmp_path: Path) -> None:
    """The rows that were fetched stay, and the failure is told."""
    (tmp_path / "printed").write_text(RECORD, "utf-8")
    _collected(tmp_path)
    (tmp_path / "printed").write_text(PAGE, "utf-8")
    failed = _collected(tmp_path)
    assert "502 Bad Gateway" in failed.problem
    assert (tmp_path / "logs" / "logs-hour-04.log").read_text("utf-8") == RECORD


EVENT = {"timestamp": 1768197600000, "message": "x", "eventId": "1"}

MIXED: Mapping[str, str] = {
    "a banner above": f"Connecting to the log service...\nVercel CLI 60.0.0\n\n{RECORD}",
    "an error below": f"{RECORD}Error: the connection was lost\n",
    "a record after many words": "a word\n" * 150 + RECORD,
    "colours": f"\x1b[32m{RECORD.strip()}\x1b[0m\n",
    "a document of many lines": json.dumps({"events": [EVENT]}, indent=1) + "\n",
}


@pytest.mark.parametrize("printed", MIXED.values(), ids=MIXED)
def test_mixed_output_is_kept(printed: str, tmp_path: Path) -> None:
    """What is a log in part is one; what else stands there the evidence looks at."""
    (tmp_path / "printed").write_text(printed, "utf-8")
    assert _collected(tmp_path).problem == ""
    assert (tmp_path / "logs" / "logs-hour-04.log").read_text("utf-8") == printed


def test_format_of_the_settings_is_a_known_one(tmp_path: Path) -> None:
    """Rows that only own_format describes are logs; without the setting they are none."""
    (tmp_path / "printed").write_text("#12/01/2026 06:00:01# INFO [ARI] Response sent in 8ms\n", "utf-8")
    assert "in no known format" in _collected(tmp_path).problem
    expression = r"#(?P<time>[^#]+)# (?P<level>\w+) (?P<message>.*)"
    own = (("own_format", expression), ("own_format_time", "%d/%m/%Y %H:%M:%S"))
    assert _collected(tmp_path, *own).problem == ""
