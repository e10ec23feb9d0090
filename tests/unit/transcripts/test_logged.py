"""Where there is no transcript: what the logs hold of it, tied to contacts by requests, and said to be a part."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from logparse.evidence.case import Request
from logparse.judge import conversations, judge
from logparse.settings.checked import parse
from logparse.transcripts import logged
from logparse.values.conversation import Direction, Transcript
from logparse.values.schedule import Soak
from tests.builders.transcripts import OWN, written
from tests.unit.transcripts.test_beside_logs import START, prepared

ANSWERS = {"event_answer_text": r"\[ARI\] Answer: (.+)"}


def _row(at: int, contact: str, *messages: str) -> Mapping[str, object]:
    """A request as the Vercel CLI writes it."""
    logs = [f"[ARI] Processing message for contact {contact} in workspace w", *messages]
    return {
        "id": f"iad1::{at}",
        "timestamp": 1768197600000 + 1000 * at,
        "requestMethod": "POST",
        "requestPath": "/api/webhook/kapso",
        "responseStatusCode": 200,
        "environment": "production",
        "level": "info",
        "message": logs[0],
        "logs": [{"level": "info", "message": message, "messageTruncated": False} for message in logs],
    }


def _asked(text: str) -> str:
    return '[Webhook] Received payload (masked): {"messages":[{"from":"***","text":{"body":' + json.dumps(text) + "}}]}"


def _request(base: Path) -> Request:
    request = prepared(base)
    rows = [
        _row(1, "k1", _asked('halo "kak"\nada?'), "[ARI] Answer: Halo Kak!"),
        _row(2, "k2", _asked("jam buka?")),
        _row(3, "k1", _asked("ok")),
        _row(90_000, "k1", _asked("after the span")),
    ]
    written(base / "logs" / "rows.jsonl", rows)
    return _under(request, "logs/rows.jsonl")


def _under(request: Request, *places: str) -> Request:
    """The same of other files."""
    return replace(request, sought=replace(request.sought, places=places))


def _said(request: Request, settings: Mapping[str, str] | None = None) -> Transcript:
    return conversations(request.sought, parse(settings), Soak(START).judged(4))


def test_texts_in_the_logs_are_tied_to_contacts(tmp_path: Path) -> None:
    """The user's words come first where both have the time of their request, and escapes of JSON are undone."""
    said = _said(_request(tmp_path), ANSWERS)
    assert [talk.key for talk in said.conversations] == ["k1", "k2"]
    assert [(each.direction, each.text) for each in said.conversations[0].messages] == [
        (Direction.USER, 'halo "kak"\nada?'),
        (Direction.BOT, "Halo Kak!"),
        (Direction.USER, "ok"),
    ]
    assert all(talk.partial for talk in said.conversations)
    assert (said.partial, said.files, said.problems) == (True, 0, ())


@pytest.mark.slow
def test_what_the_logs_lack_is_said(tmp_path: Path) -> None:
    """That there is no answer, no text, or nothing that ties one to a contact."""
    request = _request(tmp_path)
    assert _said(request).problems == (logged.NO_ANSWERS,)
    assert _said(request, {"event_user_text": "nothing (like this)"}).problems == (logged.NO_TEXTS,)
    text = "2026-01-12T06:00:01.000Z [ARI] Processing message for contact k1 in workspace w"
    written(tmp_path / "logs" / "text.log", [text, text])
    assert _said(_under(request, "logs/text.log")).problems == (logged.NO_REQUESTS,)


def test_a_judgement_looks_into_the_logs_only_where_they_hold_answers(tmp_path: Path) -> None:
    """It costs a second reading, and without answers there is nothing to find; the findings that need all are left."""
    request = _request(tmp_path)
    assert judge(request, parse()).quality.conversations == 0
    seen = judge(request, parse(ANSWERS)).quality
    assert (seen.conversations, seen.messages, seen.partial) == (2, 4, True)
    assert set(seen.not_looked_for) == {"unanswered", "empty_reply", "cut_off"}


def test_a_transcript_comes_before_the_logs(tmp_path: Path) -> None:
    """Whoever brings one wants it to be read, and nothing of the logs is mixed into it."""
    request = _request(tmp_path)
    written(tmp_path / "logs" / "transcript-1.jsonl", [{**OWN, "time": "2026-01-12T06:30:00Z"}])
    said = _said(_under(request, "logs/"), ANSWERS)
    assert ([talk.key for talk in said.conversations], said.partial) == (["k57"], False)


@pytest.mark.slow
def test_how_much_is_looked_at_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole conversations up to a number of messages, and the newest files up to a size; the rest is said."""
    request = _request(tmp_path)
    monkeypatch.setattr(logged, "MOST_MESSAGES", 2)
    assert [talk.key for talk in _said(request, ANSWERS).conversations] == ["k2"]
    monkeypatch.setattr(logged, "MOST_BYTES", 1)
    written(tmp_path / "logs" / "rows-2.jsonl", [_row(5, "k9", _asked("baru"))])
    said = _said(_under(request, "logs/rows.jsonl", "logs/rows-2.jsonl"), ANSWERS)
    assert [talk.key for talk in said.conversations] == ["k9"]
    assert "1 older file was not" in said.problems[0]
