"""What a bot says whose words are not known: a few shapes, masked, and the patterns that match further inside."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from logparse.reading import here
from logparse.reading import spoken as looking
from logparse.reading.gather import read_all, workplace
from logparse.reading.merge import merge
from logparse.reading.sought import Sought
from logparse.settings.checked import parse
from logparse.text.escape import html, printable
from logparse.text.markdown import escaped_markdown
from logparse.text.masking import masker
from logparse.text.shapes import DEEPEST, LONGEST, MANY, folded, shapes_of
from logparse.values.schedule import Soak
from logparse.values.spoken import Inside, MessageShape, Spoken
from tests.builders.counted import NOW, START

pytestmark = pytest.mark.counts

DAY = Soak(START).span


def _as_is(text: str) -> str:
    return text


def _shapes(*messages: str, most: int = 5) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for message in messages:
        counts[message] = counts.get(message, 0) + 1
    return [(shape.text, shape.records) for shape in shapes_of(counts, _as_is, most)]


# --- shapes ---


def test_numbers_ids_quoted_texts_and_payloads_make_no_difference() -> None:
    """Messages that differ in nothing else are one shape."""
    assert _shapes("took 12 ms", "took 7 ms", "took 1834 ms") == [("took N ms", 3)]
    assert _shapes("chat 3f2a9c1e-77aa-4b21 said 'halo'", "chat 00aa11bb22cc said 'hai'") == [("chat N said …", 2)]
    assert _shapes('update {"id": 1}', 'update {"id": 2, "text": "x"}') == [("update {…", 2)]


def test_the_most_frequent_come_first_and_no_more_than_are_asked_for() -> None:
    """Alike ones in the order of their words."""
    assert _shapes("b", "a", "c", "c", most=2) == [("c", 2), ("a", 1)]


def test_names_and_texts_are_left_out() -> None:
    """Where very many different words follow the same ones, they are somebody's; few are the bot's own."""
    names = [f"Message from {chr(97 + at % 26)}{chr(97 + at // 26)}: halo kak" for at in range(200)]
    assert _shapes(*names, "started") == [("Message from …", 200), ("started", 1)]
    few = [f"[Bot] {chr(97 + at)}" for at in range(MANY)]
    assert len(_shapes(*few, most=99)) == MANY


def test_a_prefix_of_many_statements_of_which_some_are_most_is_no_name() -> None:
    """The five most frequent words are over half of what follows it."""
    often = [f"[Bot] {word}" for word in ("received", "asking", "answered", "sent", "stored") for _ in range(50)]
    rare = [f"[Bot] {chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(2 * MANY)]
    assert [records for _, records in _shapes(*often, *rare)] == [50] * 5


def test_only_the_first_line_and_the_first_words_are_compared_and_shown() -> None:
    """However long a message is."""
    assert _shapes("boom\nat a", "boom\nat b") == [("boom", 2)]
    long = "word " * 3 * DEEPEST
    (shape,) = _shapes(long + "a", long + "b")
    assert shape == ("word " * DEEPEST + "…", 2)
    assert len(folded("word " * 100, _as_is)) <= LONGEST + 2


def test_blank_messages_have_no_shape() -> None:
    """They are counted elsewhere."""
    assert _shapes("", "  ") == []


def test_shapes_are_masked_before_they_are_folded() -> None:
    """A secret of which digits were folded first would not be known as one."""
    mask = masker()
    secret = "key sk-proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0"
    (shape,) = shapes_of({secret: 3}, mask, 5)
    assert "9f8e" not in shape.text
    assert "c2b" not in shape.text
    assert folded("mail ana@example.com now", mask) == "mail *** now"
    claim = "INFO - **Production Ready: YES**"
    for shown in (folded(claim, mask), shapes_of({claim: 9}, mask, 5)[0].text):
        assert "Production Ready: YES" not in shown


# --- looking again ---


def _spoken(folder: Path, files: Mapping[str, str | bytes], settings: Mapping[str, str] | None = None) -> Spoken:
    """What is found in files, by a run of its own; a second one finds the same with the tallies from the cache."""
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    for name, content in files.items():
        (logs / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    checked = parse(settings)
    sought = Sought(("logs/",), folder, START, NOW, folder / "cache", folder / "scratch")
    for place in (sought.cache, sought.scratch):
        place.mkdir(exist_ok=True)
    found = []
    for _ in range(2):
        with workplace(sought, checked) as work:
            readings = read_all(work)
            merge(readings, work)
            found.append(looking.spoken(readings, DAY, checked.bot.events, work))
    assert found[0] == found[1]
    return found[0]


def _text(*messages: str, minute: int = 0) -> str:
    return "".join(f"2026-01-12T00:{minute + at % 60:02d}:00.000Z {message}\n" for at, message in enumerate(messages))


def test_messages_of_all_files_are_told_that_are_no_event(tmp_path: Path) -> None:
    """What a pattern knows is left out."""
    files = {"a.log": _text("update 1", "[Webhook] Signature verified"), "b.log": _text("update 2", "done")}
    assert _spoken(tmp_path, files) == Spoken(3, 0, (MessageShape("update N", 2), MessageShape("done", 1)))


def test_only_the_judged_time_is_looked_at(tmp_path: Path) -> None:
    """And records that have no time."""
    other = "2026-01-11T00:00:00.000Z yesterday\n"
    assert _spoken(tmp_path, {"a.log": other + _text("today")}).shapes == (MessageShape("today", 1),)


@pytest.mark.parametrize(
    ("front", "shown"),
    [
        ("bot.handlers - INFO - ", "bot.handlers - INFO -"),
        ("[12:00:01] ", "[N:N:N]"),
        ("2026-01-12 00:00:00,123 ", "N-N-N N:N:N,N"),
    ],
)
def test_patterns_are_looked_for_behind_what_a_logger_writes(tmp_path: Path, front: str, shown: str) -> None:
    """With what stands in front, folded too, so that somebody can put it into the pattern."""
    rows = [
        {"time": f"2026-01-12T00:0{at}:00Z", "msg": f"{front}[ARI] Processing message for contact k{at}"}
        for at in range(3)
    ]
    assert _spoken(tmp_path, {"a.jsonl": "".join(json.dumps(row) + "\n" for row in rows)}).inside == (
        Inside("processing", 3, shown),
    )


def test_a_reply_of_which_the_group_is_no_number_is_told(tmp_path: Path) -> None:
    """It matches at its start, and counts as none all the same."""
    settings = {"event_reply": r"answered in (\S+) s"}
    assert _spoken(tmp_path, {"a.log": _text("answered in a s")}, settings).inside == (Inside("reply", 1, ""),)


def test_requests_that_print_nothing_are_told(tmp_path: Path) -> None:
    """There are no words to know."""
    row = {
        "id": "sin1::a",
        "timestamp": 1768176600000,
        "requestMethod": "GET",
        "requestPath": "/",
        "responseStatusCode": 200,
        "logs": [],
    }
    assert _spoken(tmp_path, {"a.jsonl": json.dumps(row) + "\n"}) == Spoken(1, 1)


@pytest.mark.slow
def test_a_part_of_many_records_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file gives its share of it."""
    monkeypatch.setattr(here, "RECORDS", 10)
    monkeypatch.setattr("logparse.reading.batches.SMALL", 0)
    found = _spoken(tmp_path, {f"{at}.log": _text(*["halo"] * 40, minute=at) for at in range(2)})
    assert (found.looked_at, found.shapes) == (10, (MessageShape("halo", 10),))


def test_what_cannot_be_read_again_is_a_hint_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It decides nothing, so nothing else is lost with it."""

    def gone(*_: object) -> str:
        raise OSError("gone")

    monkeypatch.setattr(here, "records_again", gone)
    assert _spoken(tmp_path, {"a.log": _text("halo")}) == Spoken()


def test_a_claim_among_the_most_frequent_messages_stays_broken_in_each_reader() -> None:
    """A terminal and a page show white space of any kind as a space: they break it up again."""
    told = shapes_of({"**Production Ready: YES**": 9}, masker(), 5)[0].text
    for shown in (printable(told), html(told), escaped_markdown(told)):
        assert "Ready" in shown
        assert "Production Ready: YES" not in shown
