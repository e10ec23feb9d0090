"""Ways of reading that change nothing: in parts, with other ends of lines, and by the quicker way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import Counter, usual_way
from tests.builders.days import small_days
from tests.builders.examples import examples
from tests.properties.formats import stands_alone, writers
from tests.properties.test_1_cuts import units
from tests.scenarios.traffic import Request
from tests.scenarios.writers import Writer, write_text


@examples(15)
@given(writer=writers(stands_alone), day=small_days(), share=st.floats(0, 1))
def test_tallies_of_parts_add_up_to_the_tally_of_all(
    counter: Counter, writer: Writer, day: list[Request], share: float
) -> None:
    """A log that is cut anywhere between two lines, counted apart and added, is the log counted in one."""
    pieces = units(writer.write(day))
    cut = round(share * len(pieces))
    one, other, whole = (counter.tally(b"".join(part)) for part in (pieces[:cut], pieces[cut:], pieces))
    assert (one + other).timed == whole.timed


@examples(12)
@given(day=small_days(), ends=st.sampled_from(["\n", "\r\n", "\r"]), mark=st.booleans(), last=st.booleans())
def test_the_ends_of_lines_do_not_matter(
    counter: Counter, day: list[Request], ends: str, mark: bool, last: bool
) -> None:
    """LF, CRLF and CR end a line, a byte order mark is no text, and the last line needs no end."""
    content = write_text(day)
    changed = ("\ufeff" if mark else "").encode() + content.replace(b"\n", ends.encode())
    assert counter.tally(changed if last else changed.rstrip(b"\r\n")) == counter.tally(content)


_STAMPS = (
    "2026-01-12T00:10:00.000Z",
    "2026-01-12 00:10:00Z",
    "2026-01-12T00:10:00.123456789Z",
    "2026-02-30T00:10:00Z",
    "2026-01-12T00:10:60Z",
    "2026-01-12T00:10Z",
    "2026-01-12T24:00:00Z",
    "2026-01-12T07:10:00+07:00",
    "2026-01-12T00:10:00",
    "2026-01-12T00:10:00,123Z",
    " 2026-01-12T00:10:00Z",
)
_GAPS = (" ", "\t", "", "  ")
_MESSAGES = (
    "[ARI] Response sent in 5ms",
    "INFO [ARI] Response sent in 7ms",
    "[info][ARI] Response sent in 3ms",
    "app[web.1]: ERROR [Store] boom",
    "stdout F [ARI] Response sent in 9ms",
    "[error] x",
    "Error: y",
    "a Z b Z c",
    "Z Z Z Z Z Z Z Z",
    "\x1b[31mred",
    "",
)
_UNTIMED = ("    at x", "", " ", "\t", "[ARI] Response sent in 1ms", "Vercel CLI 60.0.0", '{"a":1}', "Z ", "Z Z")
_ANY_TEXT = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=8)
_WORDS = st.sampled_from(_MESSAGES) | _ANY_TEXT
_TIMED = st.builds("{}{}{}".format, st.sampled_from(_STAMPS), st.sampled_from(_GAPS), _WORDS)


@examples(25)
@given(lines=st.lists(_TIMED | st.sampled_from(_UNTIMED), max_size=8), ends=st.sampled_from(["\n", "\r\n"]))
def test_the_quicker_way_of_reading_text_sees_the_same(counter: Counter, lines: list[str], ends: str) -> None:
    """Text that is cut at its times while it is read has the same tally as text that is read line by line."""
    first = "2026-01-12T00:05:00.000Z [Webhook] Signature verified"
    content = "".join(line + ends for line in [first, *lines]).encode()
    quick = counter.count(content)
    with usual_way():
        usual = counter.count(content)
    assert (quick.lines, quick.tally) == (usual.lines, usual.tally)


_ROW = (
    '{"id": "r", "timestamp": 1768176600000, "responseStatusCode": 200, "environment": "production", "level": "info",'
    ' "requestMethod": "POST", "requestPath": "/api/webhook/kapso", "message": "top", "logs":'
    ' [{"level": "info", "message": "[ARI] Response sent in 5ms"}, {"level": "error", "message": "boom"}]}'
)
_CHANGES = (
    ("", ""),
    ("200", "500"),
    ("200", "-1"),
    ("200", '"abc"'),
    ("200", "99999999999"),
    ("200", "true"),
    ('"r"', "7"),
    ('"r"', "null"),
    ("1768176600000", '"1768176600000"'),
    ("1768176600000", "-5"),
    ("1768176600000", "1e3"),
    ("boom", "\\ud83d"),
    ("boom", "\\u0000"),
    ('"boom"', '{"a": 1}'),
    ('"logs":', '"no logs":'),
    ('"environment"', '"else"'),
    ("}]}", "}], }"),
    ("}]}", "}]} x"),
    ("}]}", "}]}{}"),
    ("}]}", "}]"),
    ("[{", "[null, {"),
    ("POST", "GET"),
)
_STRANGE = ("", " ", "\t", "{", "{}", "[]", "null", "text", "Vercel CLI 60.0.0", "[" + _ROW + "]", _ROW + _ROW)
_CHANGED = st.sampled_from([_ROW.replace(old, new, 1) for old, new in _CHANGES])


@examples(40)
@given(lines=st.lists(_CHANGED | st.sampled_from(_STRANGE), max_size=6), ends=st.sampled_from(["\n", "\r\n"]))
def test_the_quicker_way_of_reading_rows_sees_the_same(counter: Counter, lines: list[str], ends: str) -> None:
    """Rows that the reader takes apart itself have the same tally as rows that are read line by line."""
    numbered = [line.replace('"r"', f'"r{number}"', 1) for number, line in enumerate([_ROW, *lines])]
    content = "".join(line + ends for line in numbered).encode()
    quick = counter.count(content)
    with usual_way():
        usual = counter.count(content)
    assert (quick.lines, quick.tally, quick.problems) == (usual.lines, usual.tally, usual.problems)
