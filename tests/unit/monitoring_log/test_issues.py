"""Issues Encountered: flags come and go, and what people write beneath them stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from logparse.monitoring_log import update
from logparse.values.flag_kinds import CAUSES
from logparse.values.flags import Place, Severity
from tests.builders.verdicts import START, after, flag, fresh, section, uncollected, value, verdict

ISSUES = "## Issues Encountered"
HEAD = "- **Signature failures (401)** (critical): 2026-11-20 11:25 to"
SIGNATURES = flag(
    message="[Webhook] Invalid signature - rejecting request",
    place=Place("logs/a.jsonl", 118),
    cause=CAUSES["secret"].words,
)


def issues(text: str) -> list[str]:
    """The lines below the introduction of the section, and below the kinds of error."""
    lines = section(text, ISSUES).strip().split("\n")
    return lines[next(at for at, line in enumerate(lines) if line.startswith("- **Red flags:**")) :]


def test_a_flag_shows_all_that_is_known_of_it() -> None:
    """Label, severity, time, records, contacts, first message, place and cause stand in the section."""
    assert issues(update(fresh(), verdict(4, flags=[SIGNATURES]))) == [
        "- **Red flags:** 1 (1 critical), up to hour 4",
        "- **Signature failures (401)** (critical): 2026-11-20 11:25 to 11:38 UTC, 12 records, 3 contacts",
        "  - First message: `[Webhook] Invalid signature - rejecting request` at `logs/a.jsonl:118`",
        f"  - Likely cause, by its pattern: {CAUSES['secret'].words}",
    ]


def test_no_flags_are_said_to_be_none() -> None:
    """A run that sees nothing says up to which hour it looked."""
    assert issues(after(0, 4)) == ["- **Red flags:** none, up to hour 4"]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"last": START + timedelta(minutes=60)}, "2026-11-20 11:25 UTC, 12 records, 3 contacts"),
        ({"last": START + timedelta(hours=14)}, "2026-11-20 11:25 to 2026-11-21 00:25 UTC, 12 records, 3 contacts"),
        ({"contacts": None, "records": 1}, "2026-11-20 11:25 to 11:38 UTC, 1 record"),
        ({"contacts": 0, "records": 1_200}, "2026-11-20 11:25 to 11:38 UTC, 1,200 records, 0 contacts"),
    ],
)
def test_time_and_counts_are_worded(changes: dict[str, object], shown: str) -> None:
    """One minute, another day, one record and unknown contacts are all said as they are, and read back again."""
    seen = replace(flag(), **changes)  # type: ignore[arg-type]
    text = update(fresh(), verdict(4, flags=[seen]))
    assert issues(text)[1] == f"- **Signature failures (401)** (critical): {shown}"
    assert update(text, verdict(4, flags=[seen])) == text


def test_a_flag_that_grows_is_brought_up_to_date() -> None:
    """The same flag seen for longer is one item still, with what people wrote beneath and behind it."""
    text = update(fresh(), verdict(4, flags=[SIGNATURES]))
    text = text.replace("12 records, 3 contacts\n", "12 records, 3 contacts -- Bob is on it\n")
    text = text.replace(f"{CAUSES['secret'].words}\n", f"{CAUSES['secret'].words}\n  - rotated at 11:40\n\n  Done.\n")
    longer = replace(SIGNATURES, last=START + timedelta(hours=6), records=40, cause="")
    assert issues(update(text, verdict(8, flags=[longer])))[1:] == [
        f"{HEAD} 16:25 UTC, 40 records, 3 contacts -- Bob is on it",
        "  - First message: `[Webhook] Invalid signature - rejecting request` at `logs/a.jsonl:118`",
        "  - rotated at 11:40",
        "",
        "  Done.",
    ]


def test_a_flag_that_is_gone_goes() -> None:
    """A flag that is no longer seen, and that nobody wrote under, leaves no trace."""
    assert update(update(fresh(), verdict(4, flags=[SIGNATURES])), verdict(4)) == after(4)


def test_a_flag_that_people_wrote_under_is_kept() -> None:
    """A flag that is no longer seen stays where somebody wrote under it, marked; seen again, the mark goes."""
    text = update(fresh(), verdict(4, flags=[SIGNATURES]))
    text = text.replace(f"{CAUSES['secret'].words}\n", f"{CAUSES['secret'].words}\n  - rotated at 11:40\n")
    gone = update(text, verdict(4))
    assert issues(gone) == [
        "- **Red flags:** none, up to hour 4",
        f"{HEAD} 11:38 UTC, 12 records, 3 contacts (no longer seen)",
        "  - First message: `[Webhook] Invalid signature - rejecting request` at `logs/a.jsonl:118`",
        f"  - Likely cause, by its pattern: {CAUSES['secret'].words}",
        "  - rotated at 11:40",
    ]
    assert update(gone, verdict(4)) == gone
    assert update(gone, verdict(4, flags=[SIGNATURES])) == text


def test_flags_of_one_label_are_told_apart_by_their_time() -> None:
    """What people wrote under one silence does not wander to another one."""
    first, second = flag("No deliveries", 60, 70), flag("No deliveries", 600, 70)
    text = update(fresh(), verdict(4, flags=[first]))
    text = text.replace("12 records, 3 contacts\n", "12 records, 3 contacts\n  - planned maintenance\n")
    text = update(text, verdict(12, flags=[second]))
    assert next(line for line in issues(text) if "11:25" in line).endswith("(no longer seen)")
    assert issues(text)[2] == "  - planned maintenance"
    assert issues(text)[3].startswith("- **No deliveries** (critical): 2026-11-20 20:25")


def test_flags_of_one_time_are_told_apart_by_their_message() -> None:
    """Two flags of one label that begin together keep what people wrote under each, in whatever order they come."""
    one, two = flag(message="one"), flag(message="two")
    text = update(fresh(), verdict(4, flags=[one, two])).replace("`one`\n", "`one`\n  - mine\n")
    assert update(text, verdict(4, flags=[two, one])) == text
    grown = [replace(two, records=20), replace(one, records=30)]
    assert "30 records, 3 contacts\n  - First message: `one`\n  - mine\n" in update(text, verdict(4, flags=grown))


def test_flags_of_one_time_and_message_are_told_apart_by_their_end() -> None:
    """Two flags that differ in nothing but their end do not change places when the run is repeated."""
    short, long_one = flag(lasts=0), flag(lasts=1)
    text = update(fresh(), verdict(4, flags=[long_one]))
    text = update(text, verdict(4, flags=[short, long_one]))
    assert update(text, verdict(4, flags=[short, long_one])) == text


def test_items_of_people_are_not_flags() -> None:
    """List items of people stay, also where they speak of a flag, and so does a flag pasted into a fence."""
    pasted = "```\n- **X** (critical): 2026-11-20 11:25 UTC, 1 record\n```\n"
    own = f"- **Signature failures (401)** are Bob's\n- my own issue\n{pasted}"
    text = fresh().replace("## Bot Response", f"{own}\n## Bot Response")
    text = update(text, verdict(4, flags=[SIGNATURES]))
    assert own in text
    assert own in update(text, verdict(4))


def test_an_earlier_hour_does_not_take_flags_away() -> None:
    """Running an earlier hour again leaves flags of later times alone, and still adds what it finds."""
    late, long_one = flag("Send failures", 600), flag("Slow replies", 30, 900)
    text = update(after(0, 4, 8), verdict(12, flags=[late, long_one]))
    early = flag("No deliveries", 20)
    again = update(text, verdict(4, flags=[early, replace(long_one, last=START + timedelta(hours=4))]))
    assert [line for line in issues(again) if "**Send failures**" in line or "**Slow replies**" in line] == issues(
        text
    )[1:]
    assert value(again, ISSUES, "Red flags") == "3 (3 critical), up to hour 12"
    assert update(again, verdict(12, flags=[early, late, long_one])) == again


def test_flags_are_not_lost_with_their_logs() -> None:
    """A flag of a window whose logs are gone stays: nothing collected must not look like nothing wrong."""
    text = update(fresh(), verdict(4, flags=[SIGNATURES]))
    assert issues(update(text, verdict(8, [uncollected(4)])))[1:] == issues(text)[1:]


def test_a_warning_is_no_critical_flag() -> None:
    """The count of flags sets the critical ones apart."""
    text = update(fresh(), verdict(4, flags=[flag(), flag("Slow", severity=Severity.WARNING)]))
    assert value(text, ISSUES, "Red flags") == "2 (1 critical), up to hour 4"


def test_the_count_comes_back_where_it_was_deleted() -> None:
    """Without its count the section gets one again, and the flags follow it."""
    text = fresh().replace("- **Red flags:** [none looked for yet]\n", "")
    shown = update(text, verdict(4, flags=[flag()]))
    assert "- **Red flags:** 1 (1 critical), up to hour 4" in shown
    assert update(shown, verdict(4, flags=[flag()])) == shown


def test_a_time_that_people_broke_makes_an_item_theirs() -> None:
    """An item whose date is none any more is left alone, and the flag is written anew."""
    text = update(fresh(), verdict(4, flags=[flag()])).replace("): 2026-11-20", "): 2026-99-99")
    text = update(text, verdict(4, flags=[flag()]))
    assert ("): 2026-99-99" in text, "): 2026-11-20" in text) == (True, True)
