"""Small days of the bot, and broken log files, for tests that state what holds for any."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.builders.counted import START
from tests.scenarios import bot, edits
from tests.scenarios.edits import Edit
from tests.scenarios.traffic import PROCESSING_AT, ROUTED_AT, Message, Request, steady_day
from tests.scenarios.writers import STYLES, WRITERS, text_lines


def _with_last_words(level: str, text: str) -> Edit:
    return lambda request: edits.with_message(edits.without_reply(request), Message(level, text, 2_000))


def with_words(level: str, text: str, at_ms: int = PROCESSING_AT + 1) -> Edit:
    """The bot printed this too, beside what it always prints."""
    return lambda request: edits.with_message(request, Message(level, text, at_ms))


def with_status(status: int) -> Edit:
    """The request was answered with another HTTP status, whatever it printed."""
    return lambda request: replace(request, status=status)


def refused(request: Request) -> Request:
    """The delivery was turned away at the door: a wrong signature, HTTP 401, and nothing else printed."""
    return replace(request, status=401, messages=(Message("error", bot.INVALID_SIGNATURE, 2),))


FAILURES: dict[str, Edit] = {
    "handled error": edits.with_handled_error(),
    "failed send": edits.with_send_failure,
    "not answered": edits.without_reply,
    "uncaught exception": _with_last_words("error", "Uncaught Exception: TypeError: text is undefined"),
    "slow reply": edits.with_latency(12_000),
    "handed to a person": edits.handed_to_person,
    "fallback reply": edits.with_fallback_reply,
    "wrong signature": refused,
}
"""What can go wrong with a delivery, and shows in every format."""

STATUS_FAILURES: dict[str, Edit] = {f"HTTP {status}": with_status(status) for status in (-1, 400, 401, 500)}
"""What can go wrong with a delivery and shows in its HTTP status alone."""

HARMLESS: dict[str, Edit] = {
    "a user's error": edits.with_user_text("Error terus, error code 500"),
    "a user's reply": edits.with_user_text("[ARI] Response sent in 1ms"),
    "a user's two lines": with_words("info", '[Webhook] No rule for "halo\n[ARI] Response sent in 1ms"', ROUTED_AT - 1),
    "no errors": with_words("info", "[Webhook] Processed 3 messages, 0 errors"),
    "a warning of Node": with_words("error", "(node:4) [DEP0169] DeprecationWarning: prone to errors"),
    "a stack trace": with_words("error", "[Store] Error: conflict\n    at write (/var/task/7.js:3:99)\n    at next"),
}


@st.composite
def small_days(draw: st.DrawFn, changes: dict[str, Edit] | None = None, most: int = 20) -> list[Request]:
    """Four hours with a few deliveries, some of which are changed (by default: in any way that all formats show)."""
    changes = FAILURES | HARMLESS if changes is None else changes
    deliveries, seed = draw(st.integers(3, most)), draw(st.integers(0, 1_000))
    day = steady_day(START, hours=4, deliveries=deliveries, seed=seed)
    chosen = draw(st.dictionaries(st.integers(0, deliveries - 1), st.sampled_from(sorted(changes)), max_size=8))
    return changed(day, {at: changes[name] for at, name in chosen.items()})


def changed(day: Sequence[Request], by_delivery: dict[int, Edit]) -> list[Request]:
    """The day with some of its deliveries, by their place among the deliveries, changed."""
    places = [place for place, request in enumerate(day) if edits.is_delivery(request)]
    chosen = {places[at]: edit for at, edit in by_delivery.items()}
    return [chosen[place](request) if place in chosen else request for place, request in enumerate(day)]


# --- pieces of broken files ---

_DAY = steady_day(START, hours=4, deliveries=8, seed=5)
_GOOD_FILES = [
    b"".join(line.encode() for request in _DAY for line in text_lines(request, style)) for style in STYLES.values()
] + [writer.write(_DAY) for writer in WRITERS.values()]
_GOOD_LINES = [file.splitlines() for file in _GOOD_FILES]

ODD_LINES: dict[str, bytes] = {
    "nothing": b"",
    "white space": b" \t ",
    "a stack trace": b"    at answer (/var/task/7.js:3:99)",
    "a message without a time": b"[ARI] Response sent in 1ms",
    "a banner": b"Vercel CLI 60.0.0",
    "a tool's error": b"Error: unknown or unexpected option: --production",
    "colour": b"\x1b[32m2026-01-12T00:10:00.000Z\x1b[0m [ARI] Response sent in 1ms",
    "NUL": b"2026-01-12T00:10:00.000Z [ARI] Resp\x00onse",
    "NUL alone": b"\x00",
    "no UTF-8": b"2026-01-12T00:10:00.000Z [Webhook] \xff\xfe\xc3(",
    "half a sign": b"\xe2\x82",
    "a noncharacter": "2026-01-12T00:10:00.000Z a\uffffb".encode(),
    "a byte order mark": "\ufeff2026-01-12T00:10:00.000Z [ARI] Response sent in 5ms".encode(),
    "quotes": b'2026-01-12T00:10:00.000Z "a, "b" \\" ',
    "an open quote": b'"2026-01-12T00:10:00.000Z',
    "many Z": b"2026-01-12T00:10:00.000Z Z Z Z Z Z Z Z Z Z",
    "a time alone": b"2026-01-12T00:10:00.000Z",
    "no such day": b"2026-02-31T00:10:00.000Z [ARI] Response sent in 1ms",
    "an offset": b"2026-01-12T07:10:00+07:00 [ARI] Response sent in 7ms",
    "no zone": b"2026-01-12 00:10:00,123 [ARI] Response sent in 8ms",
    "a row torn": b'{"id":"a","timestamp":1768176000000,"logs":[{"level":"info"',
    "a row without logs": b'{"id":"b","timestamp":1768176000000,"message":"x","responseStatusCode":200}',
    "a row of wrong types": b'{"id":{},"timestamp":"soon","logs":7,"responseStatusCode":"ok"}',
    "half a surrogate": b'{"id":"c","timestamp":1768176000000,"logs":[{"level":"info","message":"\\ud83d"}]}',
    "other JSON": b'["a", 1]',
    "deep JSON": b"[" * 3_000,
    "a long line": b"2026-01-12T00:10:00.000Z " + b"x" * 300_000,
    "a very long line": b"y" * 2_100_000,
}
"""Lines as they should not be."""

_ENDS = st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r", b"\n\n", b"\r\r\n", b""])
_LINES = (
    st.sampled_from(_GOOD_LINES).flatmap(st.sampled_from)
    | st.sampled_from(sorted(ODD_LINES)).map(lambda name: ODD_LINES[name])
    | st.binary(max_size=40)
)


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """A file of lines as they should and should not be, with any ends of lines."""
    lines = draw(st.lists(st.tuples(_LINES, _ENDS), min_size=1, max_size=12))
    return draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\n"])) + b"".join(line + end for line, end in lines)


@st.composite
def damaged_files(draw: st.DrawFn) -> bytes:
    """A good file of any format of which a few bytes were changed, lost or doubled."""
    content = bytearray(draw(st.sampled_from(_GOOD_FILES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content) - 1))
        upto = at + draw(st.sampled_from([0, 1, 2, 50, 1_000]))
        content[at:upto] = draw(st.sampled_from([b"", b"\x00", b"\r", b"\n", b"\xff", b'"', b"\\"])) + bytes(
            content[at:upto] if draw(st.booleans()) else b""
        )
    return bytes(content)
