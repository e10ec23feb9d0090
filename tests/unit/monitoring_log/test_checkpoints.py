"""The Checkpoint Log: which sections a run fills, and which it leaves alone."""

import re
from dataclasses import replace

import pytest

from logparse.monitoring_log import update
from logparse.outcome import Outcome
from logparse.values.metrics import Metrics
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import WindowResult
from tests.builders.verdicts import (
    SOAK,
    TIMES,
    after,
    fresh,
    kind,
    numbers,
    section,
    uncollected,
    value,
    verdict,
    window,
)

NOTES = "- **Notes:** [anything worth knowing]"


def test_hour_0_records_the_baseline() -> None:
    """Hour 0 shows the four hours before the start."""
    assert section(after(0), "### Hour 0 (Start)").strip().split("\n")[2:] == [
        "- **Time:** 2026-11-20 10:25 UTC",
        "- **Webhook deliveries:** 190 in the 4 h before the start",
        "- **Messages processed:** 188 in the 4 h before the start",
        "- **Errors:** 2 in the 4 h before the start",
        "- **Notes:** Initial baseline established",
    ]


def test_a_baseline_without_logs_is_not_collected() -> None:
    """Where no log holds the time before the start, that is said, and no number is made up."""
    text = update(fresh(), replace(verdict(0), baseline=None))
    assert value(text, "### Hour 0 (Start)", "Webhook deliveries") == "not collected"
    assert value(text, "### Hour 0 (Start)", "Notes") == "Initial baseline established"


def test_a_soak_that_began_without_hour_0_has_no_baseline() -> None:
    """A first run at a later hour says of hour 0 that nothing was collected, and hour 0 can still be run."""
    text = after(4)
    assert value(text, "### Hour 0 (Start)", "Errors") == "not collected"
    assert value(text, "### Hour 0 (Start)", "Notes") == "[anything worth knowing]"
    assert value(after(0, text=text), "### Hour 0 (Start)", "Errors") == "2 in the 4 h before the start"


def test_a_baseline_is_not_given_up() -> None:
    """Running hour 0 again after its logs are gone keeps the numbers."""
    assert update(after(0), replace(verdict(0), baseline=None)) == after(0)


def test_an_hour_shows_the_numbers_of_its_own_window() -> None:
    """An hour in between has the fields of its window, errors listed by kind."""
    kinds = (kind("[ARI] Processing error: timeout", 1_500, 118), kind("[ARI] Kapso API error: N", 1))
    judged = replace(window(8), metrics=numbers(30_000, 1_501, critical_errors=1), error_kinds=kinds)
    text = update(after(0, 4), verdict(8, [judged]))
    assert section(text, "### Hour 8").strip().split("\n")[2:] == [
        "- **Time:** 2026-11-20 18:25 UTC",
        "- **Webhook deliveries:** 30,000",
        "- **Messages processed:** 28,499",
        "- **Signature verifications (pass/fail):** 30,000 / 0",
        "- **Errors:** 1,501 (critical errors: 1)",
        f"  - 1,500 {TIMES} `[ARI] Processing error: timeout` at `logs/logs-hour-04.jsonl:118`",
        f"  - 1 {TIMES} `[ARI] Kapso API error: N` at `logs/logs-hour-04.jsonl:7`",
        "- **Response time (avg):** 3421 ms (3.4 s), mean of 28,499 replies; p95 6.1 s, max 9.8 s",
        "- **Limits in this window:** all met",
        "- **Notes:** Judged 2026-11-20 18:28 UTC",
    ]


def test_hour_24_shows_the_whole_soak() -> None:
    """The last section has the sums since the start, and the last window in short."""
    assert section(after(), "### Hour 24 (Final)").strip().split("\n")[2:] == [
        "- **Time:** 2026-11-21 10:25 UTC",
        "- **Total webhook deliveries:** 1,200",
        "- **Total messages processed:** 1,179",
        "- **Success rate:** 98.2 % (1,179 of 1,200), 95 % interval 97.3 to 98.9 %",
        "- **Errors:** 21",
        f"  - 21 {TIMES} `[ARI] Kapso API error: N` at `logs/logs-hour-04.jsonl:7`",
        "- **Response time (avg):** 3421 ms (3.4 s), mean of 1,179 replies; p95 6.1 s, max 9.8 s",
        "- **Limits in this window:** all met (the last 4 h: 200 delivered, 194 processed, 6 errors, 3421 ms (3.4 s))",
        "- **Notes:** Judged 2026-11-21 10:28 UTC",
    ]


def test_totals_that_are_not_whole_say_so() -> None:
    """At hour 24 the totals name the hours that they lack."""
    text = update(fresh(), verdict(24, [uncollected(8), uncollected(16)]))
    assert value(text, "### Hour 24 (Final)", "Limits in this window").endswith("not whole, see hour 8, 16")


def test_a_window_that_breaks_a_limit_says_so() -> None:
    """The sentence on the broken limit stands in the section, made harmless."""
    text = update(fresh(), verdict(4, [window(4, reason="error rate 8.0 % (16 of 200) <b>\n# x")]))
    assert value(text, "### Hour 4", "Limits in this window") == r"error rate 8.0 % (16 of 200) \<b> # x"


def test_a_window_without_logs_is_not_judged() -> None:
    """Nothing collected is shown as not judged, never as zeros, and the notes stay open."""
    text = update(fresh(), verdict(4, [uncollected(4)]))
    assert value(text, "### Hour 4", "Webhook deliveries") == "not judged"
    assert value(text, "### Hour 4", "Errors") == "not judged"
    assert value(text, "### Hour 4", "Limits in this window") == "not judged: no logs were collected for it"
    assert NOTES in section(text, "### Hour 4")


def test_a_partial_window_shows_what_was_read() -> None:
    """A window with a hole shows its numbers, and that they were not judged."""
    text = update(fresh(), verdict(4, [window(4, judged=False, reason="a hole from 10:25 to 12:00")]))
    assert value(text, "### Hour 4", "Webhook deliveries") == "200"
    assert value(text, "### Hour 4", "Limits in this window") == "not judged: a hole from 10:25 to 12:00"


def test_a_window_that_was_really_empty_shows_zeros() -> None:
    """Where a manifest proves that there was nothing, nothing is what was counted."""
    empty = replace(window(4), metrics=Metrics(), error_kinds=())
    text = update(fresh(), verdict(4, [empty]))
    assert value(text, "### Hour 4", "Webhook deliveries") == "0"
    assert value(text, "### Hour 4", "Response time (avg)") == "no replies"
    assert value(text, "### Hour 4", "Limits in this window") == "no deliveries, so no rate to compare"


def test_signatures_that_are_not_verified_are_not_measured() -> None:
    """A bot that verifies no signatures shows no 0 / 0."""
    text = update(fresh(), verdict(4, signature_failures=Outcome.NOT_MEASURED))
    assert value(text, "### Hour 4", "Signature verifications (pass/fail)") == "not measured"


def test_missed_checkpoints_are_made_good() -> None:
    """A run fills the sections of all earlier hours that were never run, and says so in their notes."""
    text = after(0, 12)
    for hour in (4, 8):
        assert value(text, f"### Hour {hour}", "Errors") == str(hour // 4)
        assert value(text, f"### Hour {hour}", "Notes") == "Filled in later, at hour 12 (2026-11-20 22:28 UTC)"
    assert NOTES in section(text, "### Hour 16")


@pytest.mark.parametrize("first", [uncollected(4), window(4, judged=False, lost=50, reason="a hole")])
def test_an_hour_that_was_not_judged_is_made_good(first: WindowResult) -> None:
    """A section that could not be judged at its hour is filled by the next run that has its logs."""
    text = after(8, text=update(fresh(), verdict(4, [first])))
    assert value(text, "### Hour 4", "Errors") == "1"
    assert value(text, "### Hour 4", "Limits in this window") == "all met"


def test_an_earlier_section_is_not_counted_again() -> None:
    """What an hour once wrote is not touched by later hours."""
    text = update(after(4), verdict(8, [window(4, lost=77)]))
    assert section(text, "### Hour 4") == section(after(4), "### Hour 4")


def test_an_hour_counts_its_own_section_again() -> None:
    """Running an hour again with more logs brings its section up to date."""
    text = update(after(4), verdict(4, [window(4, lost=77)]))
    assert value(text, "### Hour 4", "Errors") == "77"
    assert f"  - 77 {TIMES} `[ARI] Kapso API error: N` at `logs/logs-hour-04.jsonl:7`" in text
    assert f"  - 1 {TIMES} " not in section(text, "### Hour 4")


@pytest.mark.parametrize("hour", CHECKPOINTS[1:])
def test_a_filled_section_is_not_lost_with_its_logs(hour: int) -> None:
    """A section keeps its numbers when its window has no logs any more, at its own hour and at later ones."""
    heading = f"### Hour {hour}" + (" (Final)" if hour == CHECKPOINTS[-1] else "")
    for later in (hour, 24):
        text = update(after(0, hour), verdict(later, [uncollected(hour)]))
        assert section(text, heading) == section(after(0, hour), heading)


def test_partial_numbers_are_not_lost_with_their_logs() -> None:
    """Even numbers that were not judged stay when there are no logs at all any more."""
    text = update(fresh(), verdict(4, [window(4, judged=False, reason="a hole")]))
    assert section(update(text, verdict(8, [uncollected(4)])), "### Hour 4") == section(text, "### Hour 4")


def test_many_kinds_of_error_are_summed_up() -> None:
    """Twenty kinds are listed; what is left is one sum, so that the list adds up to the number above it."""
    kinds = tuple(kind(f"[ARI] error {name}", 2) for name in "abcdefghijklmnopqrstuvwxyz")
    judged = replace(window(4), metrics=numbers(200, 60), error_kinds=kinds)
    shown = section(update(fresh(), verdict(4, [judged])), "### Hour 4")
    counts = [int(count) for count in re.findall(rf"^  - (\d+) {TIMES} ", shown, flags=re.MULTILINE)]
    assert (len(counts), sum(counts)) == (21, 60)
    assert f"  - 20 {TIMES} other kinds\n" in shown


def test_kinds_that_people_wrote_beneath_are_kept() -> None:
    """A kind of error that is gone stays, marked, where somebody wrote beneath or behind it; another one goes."""
    kinds = tuple(kind(text, 1) for text in ("one", "two", "three"))
    text = update(fresh(), verdict(4, [replace(window(4), error_kinds=kinds, metrics=numbers(200, 3))]))
    lines = text.split("\n")
    one = next(i for i, line in enumerate(lines) if f"{TIMES} `one`" in line)
    lines[one] += " seen before"
    two = next(i for i, line in enumerate(lines) if f"{TIMES} `two`" in line)
    lines.insert(two + 1, "    - asked Bob")
    text = "\n".join(lines)
    left = (kind("four", 2), kind("two", 3))
    text = update(text, verdict(4, [replace(window(4), error_kinds=left, metrics=numbers(200, 5))]))
    place = "at `logs/logs-hour-04.jsonl:7`"
    assert section(text, "### Hour 4").split("- **Errors:** 5\n")[1].split("\n- **Response")[0].split("\n") == [
        f"  - 1 {TIMES} `one` {place} (no longer seen) seen before",
        f"  - 3 {TIMES} `two` {place}",
        "    - asked Bob",
        f"  - 2 {TIMES} `four` {place}",
    ]
    again = update(text, verdict(4, [replace(window(4), error_kinds=kinds[:2], metrics=numbers(200, 2))]))
    assert f"  - 1 {TIMES} `one` {place} seen before\n  - 1 {TIMES} `two` {place}\n    - asked Bob\n" in again


def test_an_item_of_people_keeps_no_kind_alive() -> None:
    """A list item of people beside the kinds of error belongs to none of them, and stays when they go."""
    text = after(4).replace("jsonl:7`\n", "jsonl:7`\n  - see ticket 12\n    - and 13\n", 1)
    calm = replace(window(4), metrics=numbers(200), error_kinds=())
    shown = section(update(text, verdict(4, [calm])), "### Hour 4")
    assert "- **Errors:** 0\n  - see ticket 12\n    - and 13\n- **Response time (avg):**" in shown


def test_a_line_that_needs_no_change_is_not_touched() -> None:
    """A value that is right already stays with whatever space an editor left around it."""
    text = after(4).replace("- **Webhook deliveries:** 200\n", "- **Webhook deliveries:**  200  \n", 1)
    assert update(text, verdict(4)) == text


def test_a_field_that_was_deleted_comes_back_in_its_place() -> None:
    """A label that people removed is written again where it belongs, Notes excepted."""
    text = fresh().replace("- **Errors:** [not filled in yet]\n", "").replace(f"{NOTES}\n", "")
    filled = section(after(4, text=text), "### Hour 4")
    assert re.findall(r"\*\*(.+?):\*\*", filled) == [
        "Time",
        "Webhook deliveries",
        "Messages processed",
        "Signature verifications (pass/fail)",
        "Errors",
        "Response time (avg)",
        "Limits in this window",
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("* **Errors:** [none yet]", f"* **Errors:** 1\n  - 1 {TIMES} "),
        ("-   __Errors:__ x", f"-   __Errors:__ 1\n    - 1 {TIMES} "),
        ("+ **Errors**: x", f"+ **Errors**: 1\n  - 1 {TIMES} "),
    ],
)
def test_fields_are_known_however_an_editor_formats_them(written: str, kept: str) -> None:
    """Another bullet or another way to write bold text is kept, and its value filled in."""
    lines = fresh().split("\n")
    at = lines.index("- **Errors:** [not filled in yet]", lines.index("### Hour 4"))
    lines[at] = written
    assert kept in section(after(4, text="\n".join(lines)), "### Hour 4")


def test_an_earlier_hour_leaves_later_sections_alone() -> None:
    """Running an earlier hour again changes its own section and nothing of later hours or of the whole."""
    text = after()
    again = update(text, verdict(8, [window(8, lost=150)], success_rate=Outcome.FAIL, silence=Outcome.FAIL))
    assert value(again, "### Hour 8", "Errors") == "150"
    before, _, rest = text.partition("### Hour 8\n")
    assert again.startswith(before)
    assert again.endswith(rest[rest.index("### Hour 12") :])


def test_every_window_knows_its_time() -> None:
    """Each section names the time of its checkpoint."""
    for hour in CHECKPOINTS[1:]:
        heading = f"### Hour {hour}" + (" (Final)" if hour == CHECKPOINTS[-1] else "")
        assert value(after(), heading, "Time") == f"{SOAK.checkpoint(hour):%Y-%m-%d %H:%M} UTC"
