"""The simulated days are what they claim to be; otherwise no test that rests on them shows anything."""

import gzip
import json
import re
import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.scenarios import bot, edits, timeline, traps
from tests.scenarios.__main__ import main, size_in_bytes
from tests.scenarios.formats import FORMATS, ROWS, TEXT
from tests.scenarios.scenario import START, at, steady
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request, steady_day
from tests.scenarios.writers import STYLES, Format, stamp_of, write_soak, write_text

SAMPLES = Path(__file__).parents[2] / "samples"


def _deliveries(day: Sequence[Request]) -> list[Request]:
    return [request for request in day if edits.is_delivery(request)]


def _texts(day: Sequence[Request]) -> list[str]:
    return [message.text for request in day for message in request.messages]


def test_a_steady_day_has_as_many_deliveries_as_asked_for_in_each_window() -> None:
    """300 deliveries a day are 50 in each window, never a quarter of an hour apart."""
    times = [request.time_ms for request in _deliveries(steady())]
    assert [sum(at(hour - 4) <= time < at(hour) for time in times) for hour in range(4, 25, 4)] == [50] * 6
    assert max(later - earlier for earlier, later in pairwise([at(0), *times, at(24)])) < 15 * MINUTE_MS


def test_everything_on_a_steady_day_is_printed_inside_it() -> None:
    """The last reply comes before the day's end, so that no count depends on where it is cut."""
    printed = [request.time_ms + m.offset_ms for request in steady() for m in request.messages]
    assert at(0) <= min(printed)
    assert max(printed) < at(24)


def test_a_steady_day_holds_no_error_unless_asked() -> None:
    """Every delivery is answered, and the share of errors asked for is met exactly."""
    assert sum(text.startswith(bot.REPLY) for text in _texts(steady())) == 300
    assert sum(text.startswith(bot.PROCESSING_ERROR) for text in _texts(steady_day(START, handled_errors=0.05))) == 15


def test_the_same_seed_gives_the_same_day() -> None:
    """A failing test can be run again on the same bytes; another seed gives another day."""
    assert steady_day(START, seed=7) == steady_day(START, seed=7)
    assert steady_day(START, seed=7) != steady_day(START, seed=8)


@pytest.mark.parametrize(
    ("beginning", "holding", "count"),
    [
        (bot.PROCESSING_ERROR, "429", 4),
        ("[n8n Webhook] Received", "lead", 6),
        (bot.RECEIVED, "error code 500", 4),
        (bot.RECEIVED, "[ARI] Response sent in 1ms", 4),
        (bot.RECEIVED, f"\\n{bot.INVALID_SIGNATURE}", 4),
        (bot.RECEIVED, "Production Ready: YES", 4),
        (bot.RECEIVED, '"statuses":[', 30),
        (bot.RULES_ENGINE, "\n[ARI] Response sent in 1ms", 4),
        ("[Webhook] Processed", "0 errors", 4),
        ("(node:4)", "DeprecationWarning", 20),
        (bot.REPLY, "(fallback)", 4),
        ("[Kapso Webhook] Received", "{", 4),
    ],
)
def test_every_trap_is_still_there_when_all_are(beginning: str, holding: str, count: int) -> None:
    """No trap undoes another's work."""
    texts = _texts(traps.all_harmless(steady()))
    assert sum(text.startswith(beginning) and holding in text for text in texts) == count


@pytest.mark.parametrize("format", [TEXT, ROWS])
def test_a_gap_is_as_long_as_asked_for_to_the_millisecond(format: str) -> None:
    """What is written, not what was planned, has the exact length."""
    day = timeline.with_delivery_gap(steady(), at(9, 10), HOUR_MS + 1, format)
    times = _times_of(bot.RECEIVED, FORMATS[format].writer.write(day), format)
    assert max(later - earlier for earlier, later in pairwise(times)) == HOUR_MS + 1


def _times_of(beginning: str, log: bytes, format: str) -> list[int]:
    lines = log.decode().splitlines()
    if format == ROWS:
        rows = [json.loads(line) for line in lines]
        return sorted(r["timestamp"] for r in rows if any(e["message"].startswith(beginning) for e in r["logs"]))
    stamps = [stamp_of(line) for line in lines if line[len("2026-01-12T00:00:00.000Z ") :].startswith(beginning)]
    return [round(datetime.fromisoformat(stamp + "Z").timestamp() * 1000) for stamp in stamps]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_text_says_the_same(style: str) -> None:
    """Styles differ in what stands before a message, never in the messages or their order."""
    day = traps.all_harmless(steady())
    plain, styled = write_text(day).decode(), write_text(day, STYLES[style]).decode()
    assert [line[line.find("[Webhook]") :] for line in styled.splitlines() if "[Webhook]" in line] == [
        line[line.find("[Webhook]") :] for line in plain.splitlines() if "[Webhook]" in line
    ]


def test_windows_together_hold_the_whole_day(tmp_path: Path) -> None:
    """Cut into windows, and compressed, a day loses nothing and says nothing twice."""
    paths = write_soak(tmp_path, steady(), START, "text", compression="gz")
    assert b"".join(gzip.decompress(path.read_bytes()) for path in paths) == write_text(steady())


@pytest.mark.parametrize("format", ["text", "vercel"])
def test_a_big_day_is_as_big_as_asked_for_and_in_order(format: Format, tmp_path: Path) -> None:
    """Streaming in batches keeps the size to about one percent, and the order of time."""
    out = tmp_path / "day"
    main(["--format", format, "--size", "6MB", "--out", str(out)])
    assert out.stat().st_size == pytest.approx(6_000_000, rel=0.02)
    if format == "text":
        stamps = [stamp_of(line) for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("2026")]
        assert stamps == sorted(stamps)
    else:
        times = [json.loads(line)["timestamp"] for line in out.read_text(encoding="utf-8").splitlines()]
        assert times == sorted(times, reverse=True)


def test_the_shipped_sample_is_what_its_command_writes(tmp_path: Path) -> None:
    """The command in the samples' README gives the same bytes."""
    command = re.search(r"python -m tests\.scenarios (.*) --out samples/steady", (SAMPLES / "README.md").read_text())
    assert command
    main([*shlex.split(command[1]), "--out", str(tmp_path)])
    shipped = {path.name: path.read_bytes() for path in (SAMPLES / "steady").iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == shipped


@pytest.mark.parametrize(("text", "size"), [("1GB", 10**9), ("1.5 kB", 1_500), ("42", 42)])
def test_sizes_are_decimal(text: str, size: int) -> None:
    """`1GB` is what a disk's maker calls so."""
    assert size_in_bytes(text) == size


def test_times_are_counted_from_1970_in_utc() -> None:
    """The soak's start is the moment that its files begin with."""
    assert at(0) == round(datetime(2026, 1, 12, tzinfo=UTC).timestamp() * 1000)
