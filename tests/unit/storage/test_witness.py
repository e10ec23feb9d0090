"""The provider's own list of deliveries: which files hold it, what it tells, and what follows from it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.evidence.proof import Proof
from logparse.outcome import Outcome
from logparse.storage.witness import Delivery, Witness, is_witness, read_witness
from logparse.text.masking import masker
from logparse.values.schedule import Span
from tests.builders.judged import SOAK, facts, judged, sound, varied
from tests.builders.sources.delivery_server import delivery

START = SOAK.start
WHOLE = SOAK.judged(24)
NOON = START + timedelta(hours=12)


def _told(path: Path, *lines: object) -> Witness:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return read_witness([(path, path.name)], masker())


STATES: Mapping[str, tuple[Mapping[str, object], tuple[bool, str]]] = {
    "it arrived": ({}, (True, "")),
    "it failed": ({"status": "failed", "response_status": None}, (False, "status failed")),
    "it failed with an error": ({"status": "failed", "error": "timeout\nafter 10 s"}, (False, "timeout after 10 s")),
    "an error that is an object": ({"status": "error", "error": {"code": 5}}, (False, '{"code": 5}')),
    "it was answered with an error": ({"status": "failed", "response_status": 500}, (False, "HTTP 500")),
    "it is still tried after an error": ({"status": "pending", "error": "HTTP 503"}, (False, "HTTP 503")),
    "it is still tried": ({"status": "pending", "response_status": None}, (False, "")),
    "a state that nobody knows": ({"status": "postponed"}, (False, "")),
    "no status, but when it arrived": ({"status": None, "delivered_at": "2026-01-12T12:00:00Z"}, (True, "")),
    "no status, but when it failed": (
        {"status": None, "response_status": None, "failed_at": "2026-01-12T12:00:00Z"},
        (False, "failed"),
    ),
    "personal data in the error": (
        {"status": "failed", "error": "no answer for ana@example.com"},
        (False, "no answer for ***"),
    ),
}


@pytest.mark.parametrize(("changes", "expected"), STATES.values(), ids=STATES)
def test_state_of_a_delivery(changes: Mapping[str, object], expected: tuple[bool, str], tmp_path: Path) -> None:
    """Whether it arrived, and why it counts as failed; the provider's words are masked and on one line."""
    (told,) = _told(tmp_path / "list", {**delivery(NOON), **changes}).deliveries
    assert (told.arrived, told.failure, told.time) == (*expected, NOON)


def test_delivery_counts_once_as_it_was_last_seen(tmp_path: Path) -> None:
    """Two windows may list it, before and after it was tried again."""
    later = delivery(NOON + timedelta(minutes=1), 1)
    witness = _told(tmp_path / "list", later, delivery(NOON, 1, status="failed"), delivery(NOON, 2))
    assert witness.failures(WHOLE).total() == 0
    assert witness.arrived(WHOLE) == (2, 2)


def test_time_of_a_delivery_tells_where_it_belongs(tmp_path: Path) -> None:
    """That of its last attempt; without any time it belongs everywhere, so that a failure is never lost."""
    witness = _told(
        tmp_path / "list",
        delivery(WHOLE.end, 1, status="failed", error="x"),
        delivery(START, 2, status="failed", error="x"),
        delivery(None, 3, status="failed", error="x"),
        delivery(None, 4, created_at="2026-01-13T12:00:00", status="failed", error="x"),
    )
    assert witness.failures(WHOLE).total() == 2
    assert witness.failures(Span(NOON, WHOLE.end)).total() == 1


def test_events_that_bring_a_message_are_told_from_others(tmp_path: Path) -> None:
    """All that arrived are an upper bound for what a bot counts, those with a message a lower one."""
    events = ["whatsapp.message.received", "whatsapp.message.sent", "whatsapp.conversation.created", "messages"]
    witness = _told(tmp_path / "list", *(delivery(NOON, at, event=event) for at, event in enumerate(events)))
    assert witness.arrived(WHOLE) == (2, 4)


FILES: Mapping[str, tuple[str, bool]] = {
    "a delivery": (json.dumps(delivery(NOON)), True),
    "an answer as it came": (json.dumps({"data": [delivery(NOON)], "paging": {}}), True),
    "a delivery of which little is known": ('{"event":"x","status":"failed","last_attempt_at":null}', True),
    "a log with events and states": ('{"event":"x","status":200,"time":"2026-01-12T12:00:00Z"}', False),
    "text": ("2026-01-12T12:00:00Z event status last_attempt_at", False),
    "nothing": ("", False),
    "an answer without deliveries": ('{"data":[],"paging":{}}', False),
}


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES)
def test_files_are_known_by_what_they_hold(text: str, expected: bool, tmp_path: Path) -> None:
    """The name says nothing."""
    path = tmp_path / "logs-hour-04.jsonl"
    path.write_text(f"\n{text}\n" if text else "", "utf-8")
    assert is_witness(path) is expected
    assert not is_witness(tmp_path)
    assert not is_witness(tmp_path / "missing")


def test_line_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """It may have been a delivery that failed."""
    path = tmp_path / "list"
    path.write_text(f"{json.dumps(delivery(NOON))}\n\n{{torn\n[]\n", "utf-8")
    witness = read_witness([(path, "logs/list"), (tmp_path / "missing", "logs/missing")], masker())
    assert witness.unreadable[:2] == tuple(f"logs/list:{at} is no delivery of the provider's list" for at in (3, 4))
    assert witness.unreadable[2].startswith("logs/missing cannot be read to its end")
    assert len(witness.deliveries) == 1


def _witness(failed: int, arrived: int = 0) -> Witness:
    lost = Delivery(NOON, "whatsapp.message.received", False, "HTTP 500")
    return Witness((lost,) * failed + (Delivery(NOON, "whatsapp.message.received", True, ""),) * arrived)


CASES: Mapping[str, tuple[int, Witness, bool, int, tuple[Outcome, bool, int | None]]] = {
    "the witness tells of a failure": (0, _witness(2), True, 1, (Outcome.FAIL, True, 2)),
    "both tell of the same failures": (3, _witness(2), True, 1, (Outcome.FAIL, True, 3)),
    "none failed": (0, _witness(0, 9), True, 1, (Outcome.PASS, True, 0)),
    "a failure, and logs without status": (0, _witness(1), False, 0, (Outcome.FAIL, True, 1)),
    "no failure, and logs without status": (0, _witness(0, 9), True, 0, (Outcome.PASS, True, 0)),
    "no delivery at all, and logs without status": (0, _witness(0), True, 0, (Outcome.PASS, True, 0)),
    "a list that may lack some, and logs without status": (0, _witness(0, 9), False, 0, (Outcome.WARN, True, 0)),
    "no list, and logs without status": (0, _witness(0), False, 0, (Outcome.NOT_MEASURED, False, None)),
}


@pytest.mark.parametrize(("logged", "witness", "whole", "carries", "expected"), CASES.values(), ids=CASES)
def test_failed_deliveries_fail(
    logged: int, witness: Witness, whole: bool, carries: int, expected: tuple[Outcome, bool, int | None]
) -> None:
    """Whoever tells of them; and where the logs cannot, the list makes the criterion a required one."""
    known = facts(sound(delivery_failures=logged, webhook_statuses=100_000), carries_status=carries)
    judgement = judged(
        "delivery_failures", varied(known, witness=witness, witness_proof=Proof((WHOLE,) if whole else ()))
    )
    assert (judgement.outcome, judgement.required, judgement.count) == expected
    assert ("most often: HTTP 500" in judgement.reason) == bool(witness.failures(WHOLE)), judgement.reason


def test_failures_of_another_time_do_not_count() -> None:
    """Those before the soak are not this soak's."""
    before = Delivery(datetime(2026, 1, 1, tzinfo=UTC), "x", False, "HTTP 500")
    known = varied(facts(sound(webhook_statuses=1)), witness=Witness((before,)))
    assert judged("delivery_failures", known).outcome is Outcome.PASS


def test_failures_count_where_the_logs_hold_nothing() -> None:
    """A bot that nobody could reach logs nothing."""
    known = facts(sound(deliveries=0, processed=0, replies=0, signatures_verified=0, records=0), carries_status=0)
    assert judged("delivery_failures", known).outcome is Outcome.NOT_JUDGED
    assert judged("delivery_failures", varied(known, witness=_witness(1))).outcome is Outcome.FAIL
