"""The start of the soak, as the document holds it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from logparse.errors import UsageProblem
from logparse.monitoring_log import create, read_start, update
from logparse.outcome import Outcome
from logparse.values.schedule import StartSource
from tests.builders.verdicts import START, after, fresh, value, verdict

TOP = "# 24-Hour Monitoring Log"


def with_start(written: str) -> str:
    """A fresh document with another text behind Start."""
    return fresh().replace("- **Start:** 2026-11-20 10:25 UTC", f"- **Start:** {written}".rstrip())


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20 10:25 UTC",
        "2026-11-20T10:25Z",
        "2026-11-20T17:25+07:00",
        "2026-11-20 10:25 UTC (agreed with Ana)",
        "2026-11-20 10:25:00 UTC",
    ],
)
def test_a_start_is_read_however_people_write_it(written: str) -> None:
    """A time with its zone is understood in the document's form and in ISO 8601, a remark behind it left out."""
    assert read_start(with_start(written)) == (START, StartSource.DOCUMENT)


@pytest.mark.parametrize("written", ["2026-11-20T10:25Z", "2026-11-20 10:25 UTC (agreed with Ana)"])
def test_a_start_of_people_stays_as_they_wrote_it(written: str) -> None:
    """A run does not rewrite a start that it agrees with."""
    assert f"- **Start:** {written}\n" in after(0, 4, text=with_start(written))


def test_a_derived_start_is_known_as_derived_ever_after() -> None:
    """A start that was taken from the first record says so in the document, and is read back as such."""
    text = create(START, StartSource.FIRST_RECORD)
    assert value(text, TOP, "Start") == "2026-11-20 10:25 UTC (minute of the first record)"
    for hour in (4, 8):
        text = update(text, replace(verdict(hour), start_source=StartSource.FIRST_RECORD))
        assert read_start(text) == (START, StartSource.FIRST_RECORD)


def test_a_derived_start_is_settled_by_giving_it() -> None:
    """Somebody who gives the derived start with --start has confirmed it."""
    text = create(START, StartSource.FIRST_RECORD)
    text = update(text, replace(verdict(4), start_source=StartSource.OPTION))
    assert read_start(text) == (START, StartSource.DOCUMENT)


def test_a_derived_start_is_not_settled_by_reading_it() -> None:
    """A run that took the derived start from the document confirms nothing."""
    text = create(START, StartSource.FIRST_RECORD)
    assert read_start(update(text, verdict(4))) == (START, StartSource.FIRST_RECORD)


def test_what_is_not_required_does_not_stop_the_soak() -> None:
    """A soak that is NOT READY for another reason goes on, also where an optional criterion failed as well."""
    failed = verdict(8, success_rate=Outcome.FAIL, response_quality=Outcome.FAIL)
    optional = [replace(each, required=each.name != "response_quality") for each in failed.criteria]
    text = update(fresh(), replace(failed, criteria=tuple(optional)))
    assert value(text, TOP, "Status") == "IN PROGRESS"


def test_an_open_start_is_filled_in() -> None:
    """The first run sets the start of a document that has none."""
    text = update(create(None), replace(verdict(0), start_source=StartSource.CLOCK))
    assert read_start(text) == (START, StartSource.DOCUMENT)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "is no ISO 8601 time"),
        ("soon", "is no ISO 8601 time"),
        ("2026-11-20 10:25", "has no time zone"),
        ("2026-11-20 10:25:30 UTC", "has seconds"),
        ("2026-13-20 10:25 UTC", "is no ISO 8601 time"),
        ("9999-12-31 23:00 UTC", "leaves no room"),
    ],
)
def test_a_damaged_start_is_refused(written: str, problem: str) -> None:
    """A start that cannot be read is refused with its line, never guessed."""
    with pytest.raises(UsageProblem, match=rf"^LOG.md:3: .*{problem}"):
        read_start(with_start(written), "LOG.md")


def test_a_missing_start_is_refused() -> None:
    """Without its Start field a document could be taken for another soak, so it is refused."""
    with pytest.raises(UsageProblem, match=r"^LOG.md:1: the field Start is missing"):
        read_start(fresh().replace("- **Start:**", "- Start"), "LOG.md")


def test_two_starts_are_refused() -> None:
    """With two Start fields nobody knows which one is meant."""
    with pytest.raises(UsageProblem, match=r"^LOG.md:4: a second Start"):
        read_start(with_start("2026-11-20 10:25 UTC\n- **Start:** 2026-11-20 11:25 UTC"), "LOG.md")


def test_the_verdict_of_another_soak_is_refused() -> None:
    """Numbers that were judged from another start are never written into this document."""
    other = replace(verdict(4), start=START + timedelta(hours=1))
    with pytest.raises(UsageProblem, match=r"^LOG.md:3: the soak starts at 2026-11-20 10:25 UTC here"):
        update(fresh(), other, "LOG.md")


@pytest.mark.parametrize(
    ("hour", "outcomes", "status", "end"),
    [
        (0, {}, "IN PROGRESS", "2026-11-21 10:25 UTC (planned)"),
        (8, {}, "IN PROGRESS", "2026-11-21 10:25 UTC (planned)"),
        (8, {"success_rate": Outcome.FAIL}, "IN PROGRESS", "2026-11-21 10:25 UTC (planned)"),
        (8, {"signature_failures": Outcome.FAIL}, "STOPPED", "2026-11-20 18:25 UTC (stopped at hour 8)"),
        (8, {"critical_errors": Outcome.FAIL}, "STOPPED", "2026-11-20 18:25 UTC (stopped at hour 8)"),
        (8, {"silence": Outcome.FAIL}, "STOPPED", "2026-11-20 18:25 UTC (stopped at hour 8)"),
        (8, {"answering": Outcome.FAIL}, "STOPPED", "2026-11-20 18:25 UTC (stopped at hour 8)"),
        (8, {"response_quality": Outcome.FAIL}, "STOPPED", "2026-11-20 18:25 UTC (stopped at hour 8)"),
        (8, {"evidence": Outcome.NOT_JUDGED}, "IN PROGRESS", "2026-11-21 10:25 UTC (planned)"),
        (24, {}, "COMPLETE", "2026-11-21 10:25 UTC"),
        (24, {"success_rate": Outcome.FAIL}, "COMPLETE", "2026-11-21 10:25 UTC"),
        (24, {"silence": Outcome.FAIL}, "STOPPED", "2026-11-21 10:25 UTC (stopped at hour 24)"),
        (24, {"evidence": Outcome.NOT_JUDGED}, "IN PROGRESS", "2026-11-21 10:25 UTC (planned)"),
    ],
)
def test_status_and_end_follow_the_verdict(hour: int, outcomes: dict[str, Outcome], status: str, end: str) -> None:
    """The soak is in progress until it was judged whole, or stopped by what must not go on."""
    text = update(fresh(), verdict(hour, **outcomes))  # type: ignore[arg-type]
    assert (value(text, TOP, "Status"), value(text, TOP, "End")) == (status, end)


def test_other_time_zones_are_shown_in_utc() -> None:
    """A start in another zone is written in UTC."""
    assert "- **Start:** 2026-01-12 06:00 UTC\n" in create(datetime.fromisoformat("2026-01-12T13:00+07:00"))
    assert read_start(create(datetime(2026, 1, 12, 6, tzinfo=UTC))) is not None
