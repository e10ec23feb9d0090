"""Metrics Summary, Recommendations and Conclusion."""

import re
from dataclasses import replace

import pytest

from logparse.monitoring_log import update
from logparse.outcome import Outcome
from logparse.text.wording import rate, response_time
from logparse.values.flag_kinds import CAUSES, KINDS
from logparse.values.flags import Severity
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check, Quality, Rating
from tests.builders.verdicts import after, flag, fresh, numbers, section, uncollected, value, verdict


def rows(text: str) -> dict[str, tuple[str, str]]:
    """The rows of the table, by their first cell."""
    found = re.findall(
        r"^\| ([^|]+?) +\| ([^|]+?) +\| (\S+) +\|$", section(text, "## Metrics Summary"), flags=re.MULTILINE
    )
    return {name: (shown, status) for name, shown, status in found[1:] if not name.startswith("-")}


def test_the_summary_shows_the_state_so_far() -> None:
    """From hour 4 on every number since the start stands in the table, with its counts and interval."""
    text = after(0, 4, 8)
    assert value(text, "## Metrics Summary", "As of") == "2026-11-20 18:25 UTC: READY so far, hour 8 of 24"
    assert rows(text) == {
        "Webhook deliveries": ("400", "✓"),
        "Messages processed": ("397", "✓"),
        "Success rate": ("99.2 % (397 of 400), 95 % interval 97.8 to 99.7 %", "✓"),
        "Signature failures": ("0", "✓"),
        "Response time (avg)": ("3421 ms (3.4 s), mean of 397 replies; p95 6.1 s, max 9.8 s", "✓"),
        "Error rate": ("0.8 % (3 of 400), 95 % interval 0.3 to 2.2 %", "✓"),
        "Response quality": ("not rated", "–"),
    }


def test_hour_0_sums_nothing_up() -> None:
    """At hour 0 there is nothing to sum up yet."""
    assert section(after(0), "## Metrics Summary") == section(fresh(), "## Metrics Summary")


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.PASS, "✓"),
        (Outcome.WARN, "✓"),
        (Outcome.FAIL, "✗"),
        (Outcome.NOT_JUDGED, "\N{EN DASH}"),
        (Outcome.NOT_MEASURED, "\N{EN DASH}"),
    ],
)
def test_the_status_is_the_outcome_of_the_criterion(outcome: Outcome, status: str) -> None:
    """A row is met, not met or not judged as its criterion came out."""
    outcomes = dict.fromkeys(("success_rate", "signature_failures", "response_time", "error_rate"), outcome)
    shown = rows(update(fresh(), verdict(4, **outcomes)))  # type: ignore[arg-type]
    assert {shown[name][1] for name in list(shown)[2:-1]} == {status}


CHECKED = Check(1, 4, tuple(Rating("c", "u", "b", Quality.APPROPRIATE) for _ in range(3)))
IMPROVED = Check(1, 4, (*CHECKED.ratings, Rating("c", "u", "b", Quality.NEEDS_IMPROVEMENT)))


@pytest.mark.parametrize(
    ("check", "outcome", "shown"),
    [
        (CHECKED, Outcome.PASS, ("3 of 3 appropriate (check 1)", "✓")),
        (CHECKED, Outcome.WARN, ("3 of 3 appropriate (check 1)", "✓")),
        (IMPROVED, Outcome.FAIL, ("3 of 4 appropriate (check 1)", "✗")),
        (Check(1, 4, CHECKED.ratings[:2]), Outcome.WARN, ("2 of 2 appropriate (check 1)", "\N{EN DASH}")),
        (Check(1, 4), Outcome.NOT_MEASURED, ("not rated", "\N{EN DASH}")),
    ],
)
def test_what_people_rated_is_a_row_that_is_met_only_where_all_was_rated(
    check: Check, outcome: Outcome, shown: tuple[str, str]
) -> None:
    """A check that lacks conversations is neither met nor missed; one that needs improvement is missed."""
    run = replace(verdict(4, response_quality=outcome), quality_checks=(check.result,))
    assert rows(update(fresh(), run))["Response quality"] == shown


def test_counts_are_not_met_where_nothing_was_judged() -> None:
    """Without any judged window a count is neither met nor missed; with one, none at all is a miss."""
    unjudged = update(fresh(), verdict(4, [uncollected(4)]))
    assert rows(unjudged)["Webhook deliveries"] == ("0", "\N{EN DASH}")
    assert rows(unjudged)["Success rate"][0] == "no deliveries"
    judged = update(fresh(), replace(verdict(4), metrics=Metrics(records=9)))
    assert rows(judged)["Webhook deliveries"] == ("0", "✗")


def test_rows_and_columns_of_people_stay() -> None:
    """A row of their own, a further column and an editor's own spacing survive, and removed rows come back."""
    text = re.sub(r"(\| Success rate .*)", r"\1 ask Ana |\n| Cups of coffee | 7 \\| 8 | |", after(4))
    text = re.sub(r"\| Error rate .*\n", "", text).replace("| Webhook deliveries   | 200 ", "|Webhook deliveries|200")
    filled = update(text, verdict(4))
    assert update(re.sub(r"\| Webhook deliveries .*\n", "", after(4)), verdict(4)) == after(4)
    assert "|Webhook deliveries|200" in filled
    assert filled.count("| ask Ana |\n| Cups of coffee | 7 \\| 8 | |\n") == 1
    assert re.search(r"\| Response time .*\n\| Error rate ", filled)
    assert update(filled, verdict(8)).count("| ask Ana |\n| Cups of coffee | 7 \\| 8 | |\n") == 1


def test_a_table_that_was_deleted_comes_back() -> None:
    """Without its table the section gets a new one."""
    text = re.sub(r"^\|.*\n", "", fresh(), flags=re.MULTILINE)
    assert rows(after(4, text=text)) == rows(after(4))
    assert after(4, 4, text=text) == after(4, text=text)


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (1171, 1204, "97.3 % (1,171 of 1,204)"),
        (9496, 10000, "94.96 % (9,496 of 10,000)"),
        (99999, 100000, "99.999 % (99,999 of 100,000)"),
        (1, 100000, "0.001 % (1 of 100,000)"),
        (95, 100, "95.0 % (95 of 100)"),
        (12, 10, "120.0 % (12 of 10)"),
        (0, 0, "no deliveries"),
    ],
)
def test_a_rate_never_looks_like_the_limit_it_misses(count: int, of: int, shown: str) -> None:
    """A rate is shown with its counts, and with more decimals where rounding would make it whole."""
    assert rate(count, of) == shown


def test_a_mean_never_looks_like_the_limit_it_keeps() -> None:
    """A mean just under 10 s is not shown as 10 s."""
    metrics = replace(numbers(1), response_ms_sum=9_999, response_ms_p95=None, response_ms_max=None)
    assert response_time(metrics) == "9999 ms (9.999 s), mean of 1 reply"


def test_a_stable_soak_is_concluded() -> None:
    """After hour 24 of a stable soak the two searches of the gate both find their line."""
    text = after()
    assert section(text, "## Conclusion").strip().split("\n")[2:] == [
        "- **Status:** STABLE",
        "- **Production Ready: YES**",
        "- **Action Items:** none",
    ]
    assert text.count("Production Ready: YES") == 1
    assert "Hour 0" in text
    assert value(text, "## Recommendations", "Configuration") == "nothing to change"


@pytest.mark.parametrize("hour", [0, 4, 8, 12, 16, 20])
def test_no_other_hour_concludes(hour: int) -> None:
    """Recommendations and Conclusion stay open before hour 24, whatever the verdict is."""
    text = update(fresh(), verdict(hour, silence=Outcome.FAIL))
    for heading in ("## Recommendations", "## Conclusion"):
        assert section(text, heading) == section(fresh(), heading)


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.NOT_JUDGED])
def test_an_unstable_soak_needs_attention(outcome: Outcome) -> None:
    """A soak that failed or could not be judged is not ready, and what to do is listed, the worst first."""
    text = update(fresh(), verdict(24, evidence=Outcome.NOT_JUDGED, success_rate=outcome))
    shown = section(text, "## Conclusion").strip().split("\n")[2:]
    assert shown[:3] == ["- **Status:** NEEDS ATTENTION", "- **Production Ready: NO**", "- **Action Items:** 2 items"]
    success = f"  - **{outcome}** Success rate: Success rate was looked at. To mend it: mend success_rate *(hour 24)*"
    assert success in shown[3:]
    if outcome is Outcome.FAIL:
        assert shown[3].startswith("  - **FAIL** Success rate")


def test_a_verdict_without_a_reason_in_its_criteria_tells_its_own() -> None:
    """Where no criterion explains the verdict, its own reason and mend stand in the action items."""
    lost = replace(
        verdict(24, evidence=Outcome.NOT_JUDGED), criteria=(), reason="the run was cut short", mend="run again"
    )
    text = update(fresh(), lost)
    assert "  - **NOT JUDGED** the verdict: the run was cut short. To mend it: run again *(hour 24)*\n" in text


def test_the_conclusion_follows_the_last_verdict() -> None:
    """Hour 24 run again changes its mind in both directions, and leaves nothing behind."""
    failed = verdict(24, silence=Outcome.FAIL)
    assert "Production Ready: YES" not in update(after(), failed)
    assert update(update(after(), failed), verdict(24)) == after()


def test_what_people_wrote_behind_the_answer_stays() -> None:
    """A remark behind the Production Ready line and points of their own survive a change of mind."""
    text = after().replace("- **Production Ready: YES**", "- **Production Ready: YES** (Ana agrees)")
    text = text.replace("- **Action Items:** none", "- **Action Items:** none\n  - tell the team")
    text = update(text, verdict(24, silence=Outcome.FAIL))
    assert "- **Production Ready: NO** (Ana agrees)\n" in text
    assert "Silence was looked at. To mend it: mend silence *(hour 24)*\n  - tell the team" in text


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("signature_failures", "Configuration"),
        ("response_quality", "Configuration"),
        ("response_time", "Performance"),
        ("error_rate", "Error handling"),
        ("critical_errors", "Error handling"),
        ("silence", "Monitoring"),
        ("evidence", "Monitoring"),
    ],
)
def test_recommendations_follow_from_what_is_not_well(name: str, area: str) -> None:
    """Each criterion that failed or is close asks for a change in its own area; not judged is a blind spot.

    So is what people have not rated, for nobody knows what of the bot to change.
    """
    for outcome in (Outcome.WARN, Outcome.FAIL, Outcome.NOT_JUDGED):
        text = update(fresh(), verdict(24, **{name: outcome}))  # type: ignore[arg-type]
        blind = outcome is Outcome.NOT_JUDGED or (name == "response_quality" and outcome is Outcome.WARN)
        where = "Monitoring" if blind else area
        assert value(text, "## Recommendations", where) == "1 point"
        assert f"  - **{outcome}** " in section(text, "## Recommendations")


def test_recommendations_follow_from_flags_too() -> None:
    """Flags that no criterion stands for are recommended on, and so are their likely causes."""
    flags = [flag("Off-topic replies"), flag("ARI processing errors", cause=CAUSES["provider_key"].words)]
    shown = section(update(fresh(), verdict(24, flags=flags)), "## Recommendations")
    assert "  - **CRITICAL** Off-topic replies: narrow the bot's instructions to its subject *(hour 24)*\n" in shown
    cause = "go after the likely cause, the AI provider's key is wrong or expired"
    assert f"  - **CRITICAL** ARI processing errors: {cause} *(hour 24)*\n" in shown


@pytest.mark.parametrize("label", [kind.label for kind in KINDS])
def test_each_critical_flag_is_an_action_item_and_asks_for_a_change(label: str) -> None:
    """Even where every criterion is met, a critical flag never stands beside 'none' and 'nothing to change'."""
    seen = flag(label)
    text = update(fresh(), verdict(24, flags=[seen, flag(label, 600)]))
    assert value(text, "## Conclusion", "Action Items") == "1 item"
    assert f"  - **CRITICAL** {label}: 2 flags, from 2026-11-20 11:25 UTC, see Issues" in section(text, "## Conclusion")
    assert f"  - **CRITICAL** {label}: " in section(text, "## Recommendations")
    calm = update(fresh(), verdict(24, flags=[replace(seen, severity=Severity.WARNING)]))
    assert value(calm, "## Conclusion", "Action Items") == "none"
