"""Transcripts: what is read of each form, what is no message, and what counts once."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from logparse.transcripts.shape import LONGEST_TEXT
from logparse.values.conversation import Direction, Message
from logparse.values.schedule import Span
from tests.builders.transcripts import CONVEX, KAPSO, OWN, read, read_files, written

SIX = datetime(2026, 1, 12, 6, 0, 3, tzinfo=UTC)

FORMS: dict[str, tuple[dict[str, Any], Message]] = {
    "our own": (OWN, Message(SIX, Direction.USER, "halo", "wamid.1")),
    "the provider's list": (
        KAPSO,
        Message(SIX, Direction.USER, "Hello! I need help", "wamid.HBgN", "wamid.before"),
    ),
    "an export of Convex": (
        CONVEX,
        Message(SIX.replace(microsecond=123500), Direction.BOT, "Kami buka jam 9 pagi", "jd7cq1"),
    ),
    "a picture of the provider's": (
        {**KAPSO, "text": None, "type": "image", "kapso": {**KAPSO["kapso"], "content": None, "direction": "outbound"}},
        Message(SIX, Direction.BOT, "[image]", "wamid.HBgN", "wamid.before"),
    ),
    "a picture with words": (
        {
            "type": "image",
            "image": {"caption": "mau yang ini"},
            "chat_id": "7",
            "timestamp": 1768197603,
            "from_me": False,
        },
        Message(SIX, Direction.USER, "mau yang ini"),
    ),
    "a webhook's message beside its conversation": (
        {
            "conversation": {"id": "c9"},
            "created_at": "2026-01-12T13:00:03+07:00",
            "sender": "bot",
            "message": {"text": "ok"},
        },
        Message(SIX, Direction.BOT, "ok"),
    ),
    "a text that looks like JSON": (
        {**OWN, "text": '{"body": "x"}'},
        Message(SIX, Direction.USER, '{"body": "x"}', "wamid.1"),
    ),
    "a text that is empty": ({**OWN, "direction": "bot", "text": ""}, Message(SIX, Direction.BOT, "", "wamid.1")),
    "numbers where texts are usual": (
        {"conversation": 57, "time": 1768197603000, "direction": "user", "text": 12, "id": 4},
        Message(SIX, Direction.USER, "12", "4"),
    ),
}


@pytest.mark.parametrize(("entry", "message"), FORMS.values(), ids=FORMS)
def test_a_message_is_read_in_each_form(tmp_path: Path, entry: dict[str, Any], message: Message) -> None:
    """Each form gives the same message, and what else stands in an entry is left alone."""
    transcript = read(tmp_path, [{**entry, "unknown": {"deep": [1, {"x": None}]}}])
    assert [talk.messages for talk in transcript.conversations] == [(message,)]
    assert transcript.problems == ()


@pytest.mark.parametrize(
    "wrap", [lambda entries: entries, lambda entries: {"data": entries, "paging": {}}], ids=["array", "answer"]
)
def test_a_line_may_hold_many_messages(tmp_path: Path, wrap: Any) -> None:
    """An array, and an answer of the provider as it came, give all their messages."""
    transcript = read(tmp_path, [wrap([{**KAPSO, "id": f"wamid.{at}"} for at in range(3)])])
    assert [len(talk.messages) for talk in transcript.conversations] == [3]
    assert transcript.problems == ()


NO_MESSAGES: dict[str, tuple[Any, str]] = {
    "no JSON": ("halo kak", "is no JSON object"),
    "torn JSON": ('{"conversation": "k57", "time": ', "is no JSON object"),
    "JSON, but no object": (12, "is no JSON object"),
    "no conversation": ({**OWN, "conversation": None}, "names no conversation"),
    "a blank conversation": ({**OWN, "conversation": " "}, "names no conversation"),
    "no time": ({**OWN, "time": "yesterday"}, "tells no time"),
    "a time that is none": ({**OWN, "time": 12}, "tells no time"),
    "no direction": ({**OWN, "direction": "sideways"}, "does not say who wrote it"),
    "no text": ({**OWN, "text": None}, "holds no text"),
    "an object for a text": ({**OWN, "text": {"html": "x"}}, "holds no text"),
}


@pytest.mark.parametrize(("line", "said"), NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_what_is_no_message_is_told(tmp_path: Path, line: Any, said: str) -> None:
    """A line that is no message is left out and named with its file and number, the reason and what shows the form."""
    transcript = read(tmp_path, [OWN, "", line, {**OWN, "id": "wamid.2"}])
    assert [len(talk.messages) for talk in transcript.conversations] == [2]
    (problem,) = transcript.problems
    assert problem.startswith(f"transcript-1.jsonl:3 {said}")
    assert problem.endswith("docs/transcripts.md shows the form of a line")


def test_many_lines_that_are_no_messages_are_told_in_one_sentence(tmp_path: Path) -> None:
    """The first few are named, the others counted."""
    (problem,) = read(tmp_path, [OWN, *["x"] * 2_000]).problems
    assert problem.startswith("transcript-1.jsonl:2 is no JSON object (lines 3, 4 and 1,997 more too), and is left out")


def test_a_message_that_came_twice_counts_once(tmp_path: Path) -> None:
    """One id within a conversation is one message; in another conversation it is another one."""
    transcript = read(tmp_path, [OWN, OWN], [{**OWN, "text": "halo again"}, {**OWN, "conversation": "k58"}])
    assert [[message.text for message in talk.messages] for talk in transcript.conversations] == [["halo"], ["halo"]]


def test_without_ids_what_two_files_hold_alike_counts_once(tmp_path: Path) -> None:
    """Files overlap; but a bot that says one thing twice in one file said it twice."""
    line = {key: value for key, value in OWN.items() if key != "id"}
    assert len(read(tmp_path, [line], [line]).conversations[0].messages) == 1
    assert len(read(tmp_path, [line, line], [line, line]).conversations[0].messages) == 2


def test_messages_are_in_order_of_time_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    """A list that begins with the newest is turned around, also where two messages have the same second."""
    times = [3, 2, 2, 1]
    lines = [{**OWN, "time": f"2026-01-12T06:00:0{at}Z", "id": str(n), "text": str(n)} for n, at in enumerate(times)]
    (talk,) = read(tmp_path, lines).conversations
    assert [message.text for message in talk.messages] == ["3", "2", "1", "0"]


def test_only_the_messages_of_the_span_are_taken(tmp_path: Path) -> None:
    """Its beginning belongs to it, its end does not; a conversation without any message in it is none."""
    lines = [{**OWN, "conversation": f"k{hour}", "time": f"2026-01-12T{hour:02}:00:00Z"} for hour in range(5, 9)]
    span = Span(datetime(2026, 1, 12, 6, tzinfo=UTC), datetime(2026, 1, 12, 8, tzinfo=UTC))
    assert [talk.key for talk in read(tmp_path, lines, span=span).conversations] == ["k6", "k7"]


def test_a_time_without_a_zone_is_of_the_setting(tmp_path: Path) -> None:
    """As in the logs."""
    (talk,) = read(tmp_path, [{**OWN, "time": "2026-01-12 13:00:03"}], timezone="Asia/Jakarta").conversations
    assert talk.messages[0].time == SIX


def test_phone_numbers_are_no_names(tmp_path: Path) -> None:
    """What has to be masked gets a sign, the same every time, and no two conversations have the same name."""
    keys = ["6281254495462", "+62 812-5449-5463", "user@example.com", "k5700167", "123"]
    names = {
        talk.key: talk.name for talk in read(tmp_path, [{**OWN, "conversation": key} for key in keys]).conversations
    }
    assert names["k5700167"] == "k5700167"
    assert len(set(names.values())) == len(keys)
    assert all(names[key].startswith("contact-") and key not in names[key] for key in keys if key != "k5700167")
    assert read(tmp_path, [{**OWN, "conversation": keys[0]}]).conversations[0].name == names[keys[0]]


def test_a_line_that_the_engine_cannot_read_is_read_from_a_copy(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 lose no line, and one that is too long is told of."""
    broken = b'{"conversation": "k1", "time": 1768197603, "direction": "bot", "text": "caf\xe9"}'
    transcript = read(tmp_path, [broken, {**OWN, "text": "x" * 3_000_000}, {**OWN, "conversation": "k2"}])
    texts = {talk.key: talk.messages[0].text for talk in transcript.conversations}
    assert texts == {"k1": "caf\ufffd", "k2": "halo"}
    (problem,) = transcript.problems
    assert problem.startswith("transcript-1.jsonl:2 is no JSON object")


def test_a_text_that_was_cut_in_the_middle_of_a_sign_is_read(tmp_path: Path) -> None:
    """What a program cut may end in half an emoji; the rest of it is there."""
    line = '{"conversation": "k57", "time": 1768197603, "direction": "bot", "text": "ok \\ud83d", "id": "\\u00e9"}'
    transcript = read(tmp_path, [line])
    assert transcript.conversations[0].messages[0].text == "ok \ufffd"
    assert transcript.problems == ()


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    """Nobody writes so much; what is cut is as good for the findings."""
    (talk,) = read(tmp_path, [{**OWN, "text": "x" * 20_000}]).conversations
    assert len(talk.messages[0].text) == LONGEST_TEXT


def test_a_compressed_transcript_is_read(tmp_path: Path) -> None:
    """As compressed logs are."""
    path = tmp_path / "transcript.jsonl.gz"
    path.write_bytes(gzip.compress(written(tmp_path / "plain", [OWN]).read_bytes()))
    assert len(read_files([(path, path.name)], tmp_path).conversations) == 1


def test_a_transcript_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file that is gone, empty or torn is a problem with its name, and the others count."""
    torn = tmp_path / "torn.jsonl.gz"
    torn.write_bytes(gzip.compress(b"x" * 100_000)[:-20])
    (tmp_path / "empty.jsonl").write_bytes(b"")
    good = written(tmp_path / "good.jsonl", [OWN])
    files = [tmp_path / "gone.jsonl", torn, tmp_path / "empty.jsonl", good]
    transcript = read_files([(path, path.name) for path in files], tmp_path)
    assert [problem.split()[0] for problem in transcript.problems] == ["gone.jsonl", "torn.jsonl.gz", "empty.jsonl"]
    assert len(transcript.conversations) == 1
