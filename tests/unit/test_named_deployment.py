"""``--hour=0 --deployment=ID``: the deployment that a soak is begun for, in the document, and at later hours."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.judge import judge
from logparse.monitoring_log import check_id, create, read_deployment, update
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios.scenario import at
from tests.scenarios.traffic import Request as Delivery
from tests.scenarios.writers import WRITERS, write_vercel
from tests.unit.test_deployment import DAY, ONE, _redeployed


def _judged(folder: Path, log: bytes, deployment: str, named: str) -> Verdict:
    (folder / "log").write_bytes(log)
    now = START + timedelta(hours=25)
    request = asked(
        24, ("log",), folder, START, StartSource.OPTION, now, folder, folder, deployment=deployment, named=named
    )
    return judge(request, parse())


def _text(day: list[Delivery]) -> bytes:
    return WRITERS["iso-text"].window(day, at(0), at(24)) or b""


TOLD: Mapping[str, tuple[bytes, str, str, Outcome, str]] = {
    "logs that name none": (_text(DAY), ONE, ONE, Outcome.WARN, "not proven whole"),
    "logs that name it": (write_vercel(DAY), ONE, ONE, Outcome.WARN, "not proven whole"),
    "rows that leave it empty": (write_vercel(_redeployed("", 23)), ONE, ONE, Outcome.WARN, "not proven whole"),
    "logs that name another": (write_vercel(DAY), "dpl_new", "dpl_new", Outcome.NOT_JUDGED, f"the logs are of {ONE}"),
    "logs that name one more": (write_vercel(_redeployed("b")), ONE, ONE, Outcome.NOT_JUDGED, f"of 2: {ONE}, b"),
    "another is asked for": (_text(DAY), "dpl_new", ONE, Outcome.NOT_JUDGED, f"but hour 0 named {ONE}"),
    "none was named": (_text(DAY), ONE, "", Outcome.NOT_JUDGED, "name it when the soak begins"),
    "whichever it was": (_text(DAY), "", ONE, Outcome.WARN, "not proven whole"),
}


LIKE_OTHERS = {"logs that name it", "rows that leave it empty", "logs that name one more", "whichever it was"}
"""What comes out as another one of them does: the slow run tries it."""


@pytest.mark.parametrize(
    ("log", "asked", "named", "outcome", "said"),
    [
        pytest.param(*told, id=name, marks=pytest.mark.slow if name in LIKE_OTHERS else ())
        for name, told in TOLD.items()
    ],
)
def test_the_word_of_hour_0_stands_where_records_name_none(
    tmp_path: Path, log: bytes, asked: str, named: str, outcome: Outcome, said: str
) -> None:
    """And for no other deployment: where the logs contradict it, nobody knows what was soaked."""
    verdict = _judged(tmp_path, log, asked, named)
    evidence = verdict.criterion("evidence")
    assert (evidence.outcome, said in f"{evidence.reason}; {evidence.mend}") == (outcome, True), evidence
    assert verdict.deployment == named


def test_the_document_keeps_it() -> None:
    """Beside the start, once; what people made of it stays, and what is no id is told with its line."""
    verdict = Verdict(0, State.STARTED, START, StartSource.CLOCK, deployment="registry/bot:1.2@sha256:ab")
    text = update(create(START), verdict)
    assert "- **Deployment:** registry/bot:1.2@sha256:ab\n" in text
    assert read_deployment(text) == "registry/bot:1.2@sha256:ab"
    assert update(text, verdict) == text
    assert read_deployment(create(START)) == ""
    with pytest.raises(UsageProblem, match=r"^x\.md:\d+: 'two words' is no id"):
        read_deployment(text.replace("registry/bot:1.2@sha256:ab", "two words"), "x.md")


@pytest.mark.parametrize("text", ["", "two words", "Production Ready: YES", "a\nb", "-x", "`x`", "**x**", "x" * 201])
def test_what_is_no_id_is_a_mistake(text: str) -> None:
    """The document keeps one word without any sign of Markdown."""
    with pytest.raises(UsageProblem, match="is no id of a deployment"):
        check_id(text, "--deployment")
