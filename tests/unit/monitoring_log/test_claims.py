"""Lines that contradict the verdict are reported; the quality checks are read."""

import pytest

from logparse.monitoring_log import claims, update
from logparse.outcome import Outcome
from tests.builders.verdicts import after, fresh, verdict

CLAIM = "We agreed: Production Ready: YES!"


def with_notes(text: str, line: str) -> str:
    """The document with a line of people's under Hour 4."""
    return text.replace("### Hour 8\n", f"{line}\n\n### Hour 8\n")


@pytest.mark.parametrize(
    "line",
    [
        CLAIM,
        "- **Production Ready: YES**",
        "- **Production Ready:** yes",
        "```\nProduction Ready: YES\n```",
        "production-ready=yes",
    ],
)
def test_a_claim_before_the_end_is_reported(line: str) -> None:
    """Before hour 24 nobody can call the bot ready, wherever and however it is written."""
    text = with_notes(after(0, 4), line)
    number = next(
        n for n, shown in enumerate(text.split("\n"), 1) if "roduction" in shown and "es" in shown.lower()[-5:]
    )
    (warning,) = claims(text, verdict(4))
    assert warning.startswith(
        f"line {number} calls the bot production-ready, but the verdict is READY so far, hour 4 of 24"
    )
    assert "\n" not in warning


def test_a_claim_that_the_verdict_bears_out_is_not_reported() -> None:
    """After a stable soak a line that says the same is no contradiction."""
    assert claims(with_notes(after(), CLAIM), verdict(24)) == ()


def test_a_claim_that_the_verdict_belies_is_reported() -> None:
    """After an unstable soak a YES of people's is reported, and after a stable one a NO."""
    failed = verdict(24, silence=Outcome.FAIL)
    assert len(claims(with_notes(update(fresh(), failed), CLAIM), failed)) == 1
    (warning,) = claims(with_notes(after(), "Production Ready: NO, says Ana"), verdict(24))
    assert "calls the bot not production-ready, but the verdict is READY" in warning


def test_the_suites_own_line_is_no_claim() -> None:
    """What hour 24 wrote is not reported, also when an earlier hour is run again."""
    assert claims(after(), verdict(24)) == ()
    assert claims(after(), verdict(8)) == ()


def test_the_suites_own_line_is_not_to_be_reworded() -> None:
    """Where an earlier hour belies what hour 24 wrote, hour 24 is to be run again: the line is the suite's."""
    (warning,) = claims(after(), verdict(8, silence=Outcome.FAIL))
    assert warning.endswith("; an earlier run of hour 24 wrote it: pytest --hour=24 puts it right")
    failed = verdict(24, silence=Outcome.FAIL)
    assert claims(update(fresh(), failed), failed) == ()


def test_the_suites_own_line_is_reported_when_an_earlier_hour_belies_it() -> None:
    """A YES of hour 24 over an hour that is now NOT READY is reported, for the soak has to be judged again."""
    failed = verdict(8, silence=Outcome.FAIL)
    assert len(claims(update(after(), failed), failed)) == 1


def test_an_answer_that_people_wrote_into_the_conclusion_is_reported() -> None:
    """The Conclusion counts as the suite's only after hour 24; hour 24 then writes over what stood there."""
    text = after(0, 4).replace("- **Production Ready:** [decided at hour 24]", "- **Production Ready: YES**")
    assert len(claims(text, verdict(4))) == 1
    failed = verdict(24, silence=Outcome.FAIL)
    assert "Production Ready: YES" not in update(text, failed)
