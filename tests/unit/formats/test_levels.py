"""Levels: only known words and numbers are levels; any other is none, so that words decide, and is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.formats.json_lines import JSON_LINES
from logparse.formats.sql.levels import (
    NO_LEVEL,
    OPEN_TELEMETRY,
    PINO,
    PYTHON,
    SYSLOG,
    UNKNOWN,
    WORDS,
    Scale,
    level,
    number,
)
from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.builders.counted import START, Counter
from tests.scenarios import edits
from tests.scenarios.scenario import steady
from tests.scenarios.traffic import Message
from tests.scenarios.writers import WRITERS
from tests.scenarios.writers.json_text import one_a_line, printed

pytestmark = pytest.mark.counts


def _asked(counter: Counter, expression: str, word: str) -> str | None:
    rows = counter.connection.execute(f"SELECT {expression} FROM (SELECT ?::VARCHAR AS word)", [word]).fetchall()
    return rows[0][0]  # type: ignore[no-any-return]  # a row of the engine has no types


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in WORDS.items() for word in words])
def test_a_known_word_is_a_level_however_it_is_written(counter: Counter, name: str, word: str) -> None:
    """Letters of either case and blanks around make no difference."""
    assert {_asked(counter, level("word"), written) for written in (word, word.upper(), f" {word.title()} ")} == {name}


@pytest.mark.parametrize("word", [*NO_LEVEL, "DEFAULT", "", "  "])
def test_a_word_that_says_that_there_is_no_level_is_none(counter: Counter, word: str) -> None:
    """Nothing is told of it."""
    assert _asked(counter, level("word"), word) is None


@pytest.mark.parametrize("word", ["400", "40", "3", "weird", "a user's text " * 20])
def test_any_other_word_is_carried_on_as_unknown(counter: Counter, word: str) -> None:
    """So is a number whose scale is not known; what stands there may be long."""
    assert _asked(counter, level("word"), word) == UNKNOWN + word.lower().strip()[:40]


@pytest.mark.parametrize(
    ("scale", "numbers"),
    [
        (PINO, {"10": "trace", "30": "info", "35": "info", "40": "warn", "50": "error", "60": "fatal"}),
        (PYTHON, {"0": "trace", "10": "debug", "20": "info", "25": "info", "30": "warn", "40": "error", "50": "fatal"}),
        (SYSLOG, {"0": "fatal", "2": "fatal", "3": "error", "4": "warn", "5": "notice", "6": "info", "7": "debug"}),
        (OPEN_TELEMETRY, {"1": "trace", "8": "debug", "9": "info", "13": "warn", "17": "error", "24": "fatal"}),
        (PINO, {"9": "?9", "61": "?61", "400": "?400", "-1": "?-1"}),
        (SYSLOG, {"8": "?8"}),
        (OPEN_TELEMETRY, {"25": "?25", "0": None}),
    ],
)
def test_a_number_is_a_level_in_its_scale(counter: Counter, scale: Scale, numbers: dict[str, str | None]) -> None:
    """Outside of the scale it is none."""
    assert {word: _asked(counter, number("word", scale), word) for word in numbers} == numbers


FAILS = "the menu could not be read: an error"

ENTRIES: list[tuple[dict[str, Any], str | None]] = [
    ({"severity": "DEFAULT"}, None),
    ({"severity": "SEVERE"}, "error"),
    ({"level": "unknown"}, None),
    ({"level": 50}, "error"),
    ({"level": 40}, "warn"),
    ({"levelno": 40}, "error"),
    ({"levelno": 40, "levelname": "ERROR"}, "error"),
    ({"level": 400, "level_name": "ERROR"}, "error"),
    ({"level": 400}, "?400"),
    ({"level": 3}, "?3"),
    ({"severityNumber": 17}, "error"),
    ({"severityNumber": 9}, "info"),
    ({"severity_number": 21, "severity_text": "FATAL"}, "fatal"),
    ({"severityNumber": 17, "severityText": "ERROR2"}, "error"),
    ({"severityNumber": 0}, None),
    ({"log.level": "err"}, "error"),
    ({"@l": "Verbose"}, "trace"),
    ({"level": "\u001b[31merror\u001b[39m"}, "error"),
]


@pytest.mark.parametrize(("keys", "expected"), ENTRIES)
def test_the_key_of_an_entry_tells_the_scale(counter: Counter, keys: dict[str, Any], expected: str | None) -> None:
    """The words of errors decide where there is no level, and only there."""
    log = json.dumps({"time": "2026-01-12T00:10:00Z", "msg": FAILS, **keys}).encode()
    (record,) = counter.records(log, JSON_LINES)
    assert record["level"] == expected
    tally = counter.count(log).tally
    assert tally.count("error") == (expected not in ("warn", "info", "trace"))
    assert tally.count("unknown_level") == bool(expected and expected.startswith(UNKNOWN))


def _day(every: int, word: object) -> bytes:
    """A steady day as lines of JSON, of which each so-manieth record has a level by another word."""
    return one_a_line(
        {"level": word if at % every == 0 else "info", "time": time_ms, "reqId": request.id, "msg": message.text}
        for at, (time_ms, request, message) in enumerate(printed(steady()))
    )


def _evidence(folder: Path, content: bytes) -> Judgement:
    (folder / "logs").mkdir()
    (folder / "logs" / "day.jsonl").write_bytes(content)
    now = START + timedelta(hours=25)
    request = asked(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder)
    return judge(request, parse()).criterion("evidence")


@pytest.mark.parametrize(
    ("every", "word", "outcome", "told"),
    [
        (5, "?!", Outcome.NOT_JUDGED, "have a level that is not known ('?!')"),
        (10, 400, Outcome.NOT_JUDGED, "have a level that is not known ('400')"),
        (50, 400, Outcome.WARN, "have a level that is not known ('400' "),
        (5, "DEFAULT", Outcome.WARN, ""),
        (5, "Verbose", Outcome.WARN, ""),
    ],
)
def test_what_is_not_known_is_told(tmp_path: Path, every: int, word: object, outcome: Outcome, told: str) -> None:
    """WARN with the words and their counts; NOT JUDGED from a tenth of a file's records on."""
    evidence = _evidence(tmp_path, _day(every, word))
    assert evidence.outcome is outcome
    assert (told or "window") in evidence.reason
    assert ("level that is not known" in evidence.reason) is bool(told)


@pytest.mark.parametrize(
    ("shown", "outcome"), [("prod", Outcome.NOT_JUDGED), ("live", Outcome.NOT_JUDGED), ("Production ", Outcome.WARN)]
)
def test_an_environment_by_another_name_is_told(tmp_path: Path, shown: str, outcome: Outcome) -> None:
    """Nothing is judged where all records are left out for a word that may mean the bot's own."""
    content = WRITERS["vercel-rows"].write(steady()).replace(b'"production"', json.dumps(shown).encode())
    evidence = _evidence(tmp_path, content)
    assert evidence.outcome is outcome
    assert (f"left out for their environment ('{shown}'" in evidence.reason) is (outcome is Outcome.NOT_JUDGED)


def test_a_few_records_of_such_an_environment_are_a_warning(tmp_path: Path) -> None:
    """They are told with their count; those of usual ones are not."""
    content = WRITERS["vercel-rows"].write(steady())
    evidence = _evidence(tmp_path, content.replace(b'"production"', b'"live"', 3).replace(b'"production"', b'"dev"', 2))
    assert evidence.outcome is Outcome.WARN
    assert "were left out for their environment ('live' " in evidence.reason
    assert "'dev'" not in evidence.reason


@pytest.mark.parametrize(("every", "outcome"), [(10, Outcome.NOT_JUDGED), (50, Outcome.WARN)])
def test_redirected_requests_were_not_handled(tmp_path: Path, every: int, outcome: Outcome) -> None:
    """Over 5 % of them NOT JUDGED, with what mends it."""
    day = [replace(each, status=308) if at % every == 0 else each for at, each in enumerate(steady())]
    evidence = _evidence(tmp_path, WRITERS["vercel-rows"].write(day))
    assert evidence.outcome is outcome
    assert "redirected (3xx)" in evidence.reason
    assert "give the provider the address itself" in evidence.mend


@pytest.mark.parametrize(("shown", "share"), [(True, 0.7), (False, 0.3)])
def test_requests_that_print_no_known_event_are_told(tmp_path: Path, shown: bool, share: float) -> None:
    """From half of those that were accepted on, with their count."""
    dropped = (Message("info", "[Webhook] dropped: no handler", 5),)
    day = [
        replace(each, messages=dropped) if edits.is_delivery(each) and at % 10 < 10 * share else each
        for at, each in enumerate(steady())
    ]
    evidence = _evidence(tmp_path, WRITERS["vercel-rows"].write(day))
    assert ("print no known event" in evidence.reason) is shown
