"""The values that the suite writes are told from those that people write."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from logparse.judging.rates import broken_limits
from logparse.monitoring_log import check, create, put_identity, sampled_text, update
from logparse.monitoring_log.layout import METRICS, NOTES, OWN_LABELS, SUMMARY_ROWS
from logparse.monitoring_log.markdown.fields import find_fields
from logparse.monitoring_log.markdown.own_values import is_own_row, is_own_value
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check, Quality, Rating, Sampled
from logparse.values.schedule import CHECKPOINTS, StartSource
from logparse.values.waiver import Waived, Waiver
from logparse.verdicts.verdict import Verdict
from tests.builders.drawn_documents import verdicts
from tests.builders.examples import examples
from tests.builders.verdicts import START, flag, fresh, verdict, window


def _strange(text: str) -> list[str]:
    """What stands behind the suite's labels and in its rows and is taken for people's."""
    document = check(text)
    found = [
        f"{label}: {field.value}"
        for name, labels in OWN_LABELS.items()
        for label in labels
        for field in find_fields(document.body(name), label)
        if label != NOTES and not is_own_value(label, field.value)
    ]
    rows = [[cell.strip() for cell in line.text.strip("|").split("|")] for line in document.body(METRICS)]
    return found + [str(row) for row in rows if row[0] in SUMMARY_ROWS and not is_own_row(row[0], row[1], row[2])]


@examples(200)
@given(st.lists(verdicts(), min_size=1, max_size=4))
def test_what_the_suite_writes_is_known_as_its_own(runs: list[Verdict]) -> None:
    """Each value that any verdict gives has a form of its label, but for a reason that no window has ("something")."""
    text = fresh()
    for run in runs:
        text = update(text, run)
        assert [one for one in _strange(text) if not one.startswith("Limits in this window: something")] == []


def test_what_is_seldom_written_is_known_too() -> None:
    """A derived start, broken limits, waivers, a rehearsal, a stop, a deployment, ratings: each value has its form."""
    bad = Metrics(
        deliveries=2_000,
        processed=1,
        errors=3_000,
        replies=4_000,
        response_ms_sum=60_000_001,
        response_ms_p95=61_000.0,
        response_ms_max=61_500,
        signature_failures=1,
        critical_errors=2_000,
        delivery_failures=3,
        records=9,
    )
    broken = "; ".join(broken_limits(bad, parse().limits))
    assert broken.count(";") == 5
    waiver = Waiver("silence", "known (see ticket)", "Rina", START)
    for hour in CHECKPOINTS[1:]:
        windows = [replace(window(due, reason=broken), metrics=bad) for due in CHECKPOINTS[1:]]
        plain = replace(verdict(hour, windows, [flag()], critical_errors=Outcome.FAIL), metrics=bad)
        waived = tuple(
            replace(one, waived=Waived(Outcome.FAIL, "because", waiver))
            if one.name in ("silence", "error_rate")
            else one
            for one in plain.criteria
        )
        rated = (Check(1, 4, (Rating("c", "u", "b", Quality.APPROPRIATE),)).result, Check(2, 12).result)
        more = replace(
            plain,
            start_source=StartSource.FIRST_RECORD,
            rehearsal=True,
            criteria=waived,
            deployment="dpl_7fKx2mQpVw",
            deployments=("dpl_7fKx2mQpVw", "a`b, c|d"),
            quality_checks=rated,
        )
        ready = replace(more, state=State.READY)
        for run in (plain, more, ready):
            text = put_identity(update(create(None), run), "k3w9pd")
            assert _strange(text) == []
            assert _strange(update(text, run)) == []
    assert is_own_value("Sample", sampled_text(Sampled("k3w9", 3, 1_204), ", the suspicious ones first"))


def test_words_behind_a_value_are_no_value() -> None:
    """Each value with words of people's behind it, or another label's, is theirs; Notes are so altogether."""
    values = {
        "Errors": "3",
        "Status": "STABLE",
        "Action Items": "none",
        "Deployments": "`a`",
        "Time": "2026-01-12 06:00 UTC",
    }
    for label, value in values.items():
        assert is_own_value(label, value)
        assert not is_own_value(label, f"{value} says Ana")
        assert [other for other in values if other != label and is_own_value(other, value)] == []
    assert not is_own_value(NOTES, "[anything worth knowing]")
    assert is_own_row("Error rate", "no deliveries", "✗")
    assert not is_own_row("Error rate", "no deliveries", "✗ says Ana")
    assert not is_own_row("Error rate", "as ever", "✓")
