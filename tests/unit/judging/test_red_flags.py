"""Red flags: what to look at beside the verdict, with time, place, cause and the contacts it touched."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.judge import judge
from logparse.monitoring_log import create, update
from logparse.settings.checked import parse
from logparse.values.flag_kinds import CAUSES, KINDS
from logparse.values.flags import Flag, Severity
from logparse.values.json_form import text_of
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.days import changed
from tests.scenarios import bot, edits, timeline, traps
from tests.scenarios.formats import ROWS
from tests.scenarios.scenario import at, steady
from tests.scenarios.traffic import MINUTE_MS, Message
from tests.scenarios.traffic import Request as Traffic
from tests.scenarios.writers import Format, write_text, write_vercel

pytestmark = pytest.mark.counts


def _verdict(day: list[Traffic], folder: Path, format: Format = "vercel", **written: str) -> Verdict:
    """What is concluded of a day in one file."""
    (folder / "log").write_bytes(write_text(day) if format == "text" else write_vercel(day))
    now = START + timedelta(hours=25)
    return judge(asked(24, ("log",), folder, START, StartSource.OPTION, now, folder, folder), parse(written))


def _flags(day: list[Traffic], folder: Path, format: Format = "vercel", **written: str) -> dict[str, Flag]:
    flags = _verdict(day, folder, format, **written).flags
    # The document knows its flags by these.
    assert {flag.label for flag in flags} <= {kind.label for kind in KINDS}
    assert {flag.cause for flag in flags} <= {"", *(cause.words for cause in CAUSES.values())}
    return {flag.label: flag for flag in flags}


def _said(text: str, level: str = "error") -> list[Traffic]:
    """A steady day on which four deliveries end in an error with these words."""
    failed = edits.with_handled_error(text)
    return edits.at_some_deliveries(
        steady(), 4, lambda request: edits.with_level(bot.PROCESSING_ERROR, level)(failed(request))
    )


@pytest.mark.parametrize(
    ("label", "severity", "day"),
    [
        ("Signature failures (401)", Severity.CRITICAL, traps.rejected_signature(steady())),
        (
            "No deliveries",
            Severity.CRITICAL,
            timeline.with_delivery_gap(steady(), at(9, 10), 61 * MINUTE_MS, ROWS),
        ),
        ("ARI processing errors", Severity.WARNING, _said("TypeError: x")),
        ("Bot not answering", Severity.CRITICAL, timeline.unanswered_from(steady(), at(23))),
        ("Send failures", Severity.WARNING, traps.failed_sends(steady(), 2)),
        ("Slow replies", Severity.WARNING, edits.at_some_deliveries(steady(), 2, edits.with_latency(10_001))),
        ("High error rate", Severity.WARNING, changed(steady(), dict.fromkeys(range(3), edits.with_handled_error()))),
        (
            "Signature verification switched off",
            Severity.WARNING,
            [edits.without_messages(request, bot.SIGNATURE_VERIFIED) for request in steady()],
        ),
    ],
)
def test_each_flag_is_raised_by_its_day(label: str, severity: Severity, day: list[Traffic], tmp_path: Path) -> None:
    """What somebody should look at is named, and how much it matters."""
    assert _flags(day, tmp_path)[label].severity is severity


@pytest.mark.parametrize("format", ["text", "vercel"])
def test_a_steady_day_with_harmless_traps_raises_only_what_is_there(format: Format, tmp_path: Path) -> None:
    """Handled errors are worth a look; nothing else of the traps is."""
    assert set(_flags(traps.all_harmless(steady()), tmp_path, format)) == {"ARI processing errors"}


def test_a_flag_tells_when_how_much_whom_and_where(tmp_path: Path) -> None:
    """First, last, number of records, distinct contacts, the first message and its line."""
    flag = _flags(_said("TypeError: x"), tmp_path)["ARI processing errors"]
    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert (flag.records, flag.contacts, flag.message) == (4, 4, "[ARI] Processing error: TypeError: x")
    assert flag.first < flag.last
    assert flag.place is not None
    assert bot.PROCESSING_ERROR in lines[flag.place.line - 1]


@pytest.mark.slow
def test_a_file_that_was_looked_at_tells_the_same_again(tmp_path: Path) -> None:
    """The contacts of a file are kept beside its tally; another pattern for them looks at it again."""
    day = _said("TypeError: x")
    first, again = (_flags(day, tmp_path)["ARI processing errors"] for _ in range(2))
    assert first == again
    strange = _flags(day, tmp_path, event_contact=r"\[ARI\] Processing message for (contact)")
    assert strange["ARI processing errors"].contacts == 1


def test_contacts_are_not_known_from_text(tmp_path: Path) -> None:
    """Lines of text are not tied to a request, so that nobody can say whom they touched."""
    assert _flags(_said("TypeError: x"), tmp_path, "text")["ARI processing errors"].contacts is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Grok API error: 401 - invalid key", "the AI provider's key is wrong or expired"),
        ("Grok API error: 429 - rate limited", "the AI provider limits the rate"),
        ("Convex: write conflict", "database errors"),
        ("fetch failed: ECONNRESET", "network errors"),
        ("TypeError: x", ""),
    ],
)
def test_a_likely_cause_is_named(text: str, cause: str, tmp_path: Path) -> None:
    """The words of the first message tell what may be behind it, where a pattern knows them."""
    assert _flags(_said(text), tmp_path)["ARI processing errors"].cause == cause


@pytest.mark.parametrize(("from_hour", "cause"), [(12, "webhook secret mismatch"), (24, "single requests")])
def test_signatures_that_fail_from_one_moment_on_have_another_cause(from_hour: int, cause: str, tmp_path: Path) -> None:
    """A wrong secret lets none hold any more; a stranger's request changes nothing for the others."""
    rejected = traps.rejected_signature(steady())
    day = [request for request in rejected if request.status == 401 or request.time_ms < at(from_hour)]
    assert cause in _flags(day, tmp_path)["Signature failures (401)"].cause


def test_what_a_flag_shows_is_masked(tmp_path: Path) -> None:
    """Telephone numbers, and what the settings add, do not leave the logs."""
    flag = _flags(_said("no answer for +62 812 3456 7890 of Budi"), tmp_path, mask="Budi")["ARI processing errors"]
    assert flag.message == "[ARI] Processing error: no answer for *** of ***"


def test_critical_flags_come_first(tmp_path: Path) -> None:
    """Whatever came earlier, what is critical is read first."""
    slow = edits.with_latency(11_000)
    late = Message("error", bot.INVALID_SIGNATURE, 2)
    day = changed(steady(), {0: slow, 299: lambda request: edits.with_message(request, late)})
    severities = [flag.severity for flag in _verdict(day, tmp_path).flags]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.CRITICAL)
    assert set(severities) == set(Severity)


def test_flags_after_the_checkpoint_are_not_raised_yet(tmp_path: Path) -> None:
    """At hour 12 nothing is said about the hours that follow."""
    day = traps.rejected_signature(steady())
    (tmp_path / "log").write_bytes(
        write_vercel([r for r in day if r.status != 401] + [r for r in day if r.status == 401])
    )
    now = START + timedelta(hours=25)
    request = asked(8, ("log",), tmp_path, START, StartSource.OPTION, now, tmp_path, tmp_path)
    assert judge(request, parse()).flags == ()


def test_a_flag_is_written_in_utc() -> None:
    """In JSON its times are UTC and its place is a file and a line."""
    moment = datetime(2026, 1, 12, 6, tzinfo=UTC)
    assert (
        json.loads(text_of(Flag("Slow replies", Severity.WARNING, moment, moment, 1)))["first"]
        == "2026-01-12T06:00:00Z"
    )


def test_a_bot_that_does_not_verify_is_not_told_to(tmp_path: Path) -> None:
    """One that polls sets `signature_verification = none`; then no flag, recommendation or action item asks for it."""
    day = [edits.without_messages(request, bot.SIGNATURE_VERIFIED) for request in steady()]
    verdict = _verdict(day, tmp_path, signature_verification="none")
    assert "Signature verification switched off" not in {flag.label for flag in verdict.flags}
    text = update(create(verdict.start), verdict)
    assert "ignature verification" not in text.split("## Issues Encountered")[1]


def test_a_handled_error_is_called_critical_nowhere(tmp_path: Path) -> None:
    """What the bot caught is an error: of the flag, of the count of critical errors, of the document alike."""
    verdict = _verdict(_said("TypeError: x"), tmp_path)
    (flag,) = (one for one in verdict.flags if one.label == "ARI processing errors")
    assert (flag.severity, verdict.metrics.critical_errors) == (Severity.WARNING, 0)
    assert "CRITICAL" not in update(create(verdict.start), verdict)
