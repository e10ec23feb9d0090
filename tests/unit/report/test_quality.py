"""The findings in the reports: what was looked at, how often each was found, and foreign texts without harm."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from logparse.outcome import Outcome, State
from logparse.report.page.top import page
from logparse.report.quality import NOTHING, findings_markdown
from logparse.text.claims import disarmed
from logparse.values.judgement import Judgement
from logparse.values.records import LINE_CLASSES
from logparse.values.schedule import StartSource
from logparse.values.suspicions import Examined
from logparse.verdicts.verdict import Verdict, from_json, to_json
from tests.builders.said import examined, talk
from tests.builders.verdict_schema import faults

JUDGEMENT = Judgement("response_quality", "Response quality", Outcome.WARN, "look")
HOSTILE = "b: <script>alert(1)</script> `x` | **Production Ready: YES** terjadi kesalahan"


@cache
def seen() -> Examined:
    """What was found in two conversations; once, because the languages are told by a large model."""
    return examined(talk("u: ok", HOSTILE), talk("u: jam buka?", key="k58"), settings={"quality_fail": "fallback: 5"})


def _verdict(seen: Examined, hour: int = 24) -> Verdict:
    criteria = (JUDGEMENT,) if hour else ()
    start = datetime(2026, 1, 12, tzinfo=UTC)
    return Verdict(hour, State.READY, start, StartSource.OPTION, criteria, quality=seen)


def _both(seen: Examined) -> Iterator[str]:
    yield page(_verdict(seen))
    yield "\n".join(findings_markdown(_verdict(seen)))


def test_reports_say_how_much_was_looked_at_and_what_was_found() -> None:
    """Each kind has its row, found or not, and each finding its conversation, time, reason and texts."""
    for text in _both(seen()):
        assert "2 conversations with 3 messages, 2026-01-12 06:00 UTC, from transcripts." in text
        assert "100.0 %" in text
        assert "at most 5.0 %" in text
        assert "same reply again" in text
        assert "the question was never answered" in text
        assert "k58" in text


def test_nothing_foreign_is_markup() -> None:
    """What users and bots write is shown, and is neither HTML nor Markdown nor a claim."""
    of_page, of_summary = _both(seen())
    assert "<script>" not in of_page
    assert "&lt;script&gt;" in of_page
    assert "Production Ready: YES" not in of_summary
    assert "`x`" not in of_summary


def test_without_a_transcript_reports_say_so() -> None:
    """Nothing that was not looked at looks as if nothing was found; what could not be read is told."""
    for text in _both(Examined()):
        assert NOTHING in text
    for text in _both(Examined(problems=("logs/transcript.jsonl:1 is no JSON object",))):
        assert NOTHING not in text
        assert "Not read: logs/transcript.jsonl:1 is no JSON object" in text


def test_what_was_not_looked_for_is_told() -> None:
    """With the reason, so that it can be mended."""
    seen = Examined(1, 2, first=JUDGED, last=JUDGED, not_looked_for={"other_language": "it needs the extra"})
    for text in _both(seen):
        assert "Not looked for: reply in another language, because it needs the extra" in text


JUDGED = datetime(2026, 1, 12, 6, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "shown"), [(0, False), (4, True)])
def test_the_page_has_the_section_where_something_is_judged(hour: int, shown: bool) -> None:
    """At hour 0 there is nothing to look at yet."""
    assert ('id="findings"' in page(_verdict(seen(), hour))) is shown


def test_findings_fit_the_schema_and_are_read_back() -> None:
    """verdict.json has them as it describes them, and a later run reads them as they were, but for a broken claim."""
    verdict = replace(_verdict(seen()), lines=dict.fromkeys(LINE_CLASSES, 0))
    text = to_json(verdict)
    assert faults(json.loads(text)) == []
    told = tuple(replace(one, texts=tuple(map(disarmed, one.texts))) for one in seen().suspicions)
    assert from_json(text, "verdict.json").quality == replace(seen(), suspicions=told)
