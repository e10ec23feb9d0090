"""JSON documents, one entry a line: every physical line keeps its number and is accounted for once."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.storage.unfold import UnfoldedRow, Unfolder, entries, is_document
from logparse.values.records import SHARES
from tests.builders.counted import Counter, physical_lines
from tests.builders.examples import examples
from tests.scenarios.writers import WRITERS
from tests.unit.formats.test_all_formats import DAY

pytestmark = pytest.mark.counts

DOCUMENTS = {
    "an array on a line": ('[{"a":1},{"a":2}]\n', [1, 2]),
    "an array a line": ('[{"a":1},{"a":2}]\n[{"a":3}]\n', [1, 2, 3]),
    "an array over many lines": ('[\n  {\n    "a": 1\n\n  },\n  {"a":2}\n]\n', [1, 2]),
    "an entry a line": ('[{"a":1},\n{"a":2},\n{"a":3}]', [1, 2, 3]),
    "an answer": ('{"events": [{"a":1},{"a":2}], "nextToken": null}', [1, 2]),
    "an answer over many lines": ('{\n"events": [\n{"a":1},\n{\n"a":2}\n],\n"more": [{"b":{}}]\n}\n', [1, 2]),
    "several answers": ('{"events":[{"a":1}]}\n{"events":[{"a":2}]}\n', [1, 2]),
    "objects over many lines": ('{\n "a": 1\n}\n{\n "a": 2\n}\n', [1, 2]),
    "brackets in texts": ('[{"a":1,"b":"]}[{\\""},{"a":2}]', [1, 2]),
    "arrays in arrays": ('[[{"a":1}],[{"a":2}]]', [1, 2]),
    "an empty array": ("[]\n", []),
    "windows' ends of lines are one end": ('[\n{\n"a":1}\n]\n', [1]),
}
BROKEN = {
    "torn in an entry": ('[{"a":1},{"b"', [1], True),
    "torn over many lines": ('{\n"a": 1\n}\n{\n"a": 2', [1], True),
    "not closed": ('[\n{"a":1},\n', [1], True),
    "a broken entry on its lines": ('[\n{"a":1},\n{"b":"x\n",\n"d":1},\n{"a":3}\n]', [1, 3], False),
    "a broken entry among others on a line": ('[{"a":1},garbage,{"a":2}]\n[{"a":3}]\n', [1, 3], True),
    "other lines between": ('Vercel CLI 60\n{\n"a":1\n}\nfoo\n', [1], False),
    "nothing but brackets": ("[" * 50, [], True),
    "blank lines": ("\n\n", [], False),
}  # fmt: skip
SIZES = (1, 2, 7, 1_000)


def _unfolded(text: str, size: int) -> tuple[list[UnfoldedRow], bool]:
    unfolder = Unfolder(text[at : at + size] for at in range(0, len(text), size))
    rows = list(unfolder.rows())
    return rows, unfolder.torn


@pytest.mark.parametrize(("name", "size"), list(product([*DOCUMENTS, *BROKEN], SIZES)))
def test_entries_come_out_whole_and_lines_keep_their_numbers(name: str, size: int) -> None:
    """However the text is cut into blocks, each entry comes once, and each physical line once besides."""
    text, values, torn = BROKEN[name] if name in BROKEN else (*DOCUMENTS[name], False)
    rows, found_torn = _unfolded(text, size)
    assert [json.loads(row.text)["a"] for row in rows if row.is_entry] == values
    assert found_torn == torn
    own = [row.number for row in rows if row.place != SHARES]
    assert own == list(range(1, physical_lines(text.encode()) + 1))


_PIECES = st.lists(
    st.sampled_from(
        ["[", "]", "{", "}", ",", "\n", " ", '{"a":1}', '{\n"a":\n1}', '{"events":[', '"nextToken":"x"', '"', "x"]
    ),
    max_size=25,
)


@examples(200)
@given(pieces=_PIECES, size=st.integers(1, 9))
def test_every_line_of_anything_is_accounted_for_once(pieces: list[str], size: int) -> None:
    """However broken a document is, each physical line has one row of its own, in order, and whole entries come out."""
    text = "".join(pieces)
    rows, _ = _unfolded(text, size)
    assert [row.number for row in rows if row.place != SHARES] == list(range(1, physical_lines(text.encode()) + 1))
    assert len({(row.number, row.entry) for row in rows}) == len(rows)
    assert all(json.loads(row.text) for row in rows if row.is_entry)
    assert rows == _unfolded(text, 1_000)[0]


def test_an_entry_has_the_number_of_the_line_that_it_begins_on() -> None:
    """So that a rejected one can be found in the file."""
    rows, _ = _unfolded('[\n\n{"a":1},{"a":2},\n{\n"a":3}]\n', 5)
    assert [(row.number, row.entry) for row in rows if row.is_entry] == [(3, 0), (3, 1), (4, 0)]


@pytest.mark.parametrize(
    ("start", "unfolds"),
    [
        ('[{"a":1}]', True),
        ("[\n  {\n", True),
        ('{\n  "a": 1', True),
        ('  {"events":[{"a":1}', True),
        ('{"a":1}\n{"a":2}\n', False),
        ("[ARI] Response sent in 5ms", False),
        ("2026-01-12T10:15:32Z [", False),
        ('{"events":5}', False),
        ("", False),
    ],
)
def test_only_documents_are_unfolded(start: str, unfolds: bool) -> None:
    """NDJSON and text stay as quick as they are."""
    assert is_document(start) is unfolds
    assert bool(entries(start)) <= unfolds


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    ['[{"a":' * 100_000, "[\n" + '{"k":[\n' * 50_000, '[{"a":"' + "x" * 3_000_000, "{\n" + '{"aaaa\n' * 100_000],
    ids=["deep", "deep over many lines", "a text without an end", "no JSON at all"],
)
def test_hostile_documents_come_to_an_end(hostile: str) -> None:
    """What is broken is given up line by line, and after many such places as a whole."""
    rows, _ = _unfolded(hostile, 1 << 20)
    assert len(rows) == physical_lines(hostile.encode())


def test_an_entry_that_no_reader_takes_is_rejected(counter: Counter) -> None:
    """An entry of over 1.9 MB is too long to be read: its line is said to be unreadable, the others are read."""
    entry = {"level": 30, "time": 1768212932123, "msg": "a"}
    content = json.dumps([entry, {**entry, "msg": "x" * 2_000_000}, entry], indent=1).encode()
    counted = counter.count(content)
    assert counted.metrics.records == 2
    assert counted.lines["rejected"] >= 1
    assert sum(counted.lines.values()) == physical_lines(content)


def test_an_entry_that_shares_a_line_is_not_lost_without_a_word(counter: Counter) -> None:
    """Lines are counted by their first entry; of the others on it that cannot be read, the number is told."""
    entry = {"level": 30, "time": 1768212932123, "msg": "a"}
    counted = counter.count(json.dumps([entry, {**entry, "time": "soon"}, {"msg": "b"}, entry]).encode() + b"\n")
    assert counted.metrics.records == 2
    assert counted.lines == {"records": 1}
    (problem,) = counted.readings[0].problems
    assert "2 entries that share a line with others could not be read" in problem.text


# The plain run tries each form and each format once, the slow one all of both.
@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param(name, form, id=f"{name}-{form}", marks=[] if number % 3 == place else pytest.mark.slow)
        for number, name in enumerate(
            ["vercel-rows", "log-drain", "convex-rows", "journald", "json-lines", "docker-json"]
        )
        for place, form in enumerate(["array on a line", "pretty array", "pretty objects"])
    ],
)
def test_a_document_gives_the_numbers_of_its_lines(counter: Counter, name: str, form: str) -> None:
    """What jq makes of NDJSON (`jq -s .`, `jq .`) tells the same, and every line is accounted for."""
    lines = WRITERS[name].write(DAY).decode()
    each = [json.loads(entry) for entry in (entries(lines) or lines.splitlines())]
    shapes = {
        "array on a line": lambda: json.dumps(each),
        "pretty array": lambda: json.dumps(each, indent=2),
        "pretty objects": lambda: "\n".join(json.dumps(entry, indent=2) for entry in each),
    }
    content = (shapes[form]() + "\n").encode()
    counted = counter.count(content)
    assert counted.metrics == counter.count(lines.encode()).metrics
    assert sum(counted.lines.values()) == physical_lines(content)
    assert "rejected" not in counted.lines
    assert counted.problems == []
    again = counter.count(content, content)
    assert again.metrics == counted.metrics
