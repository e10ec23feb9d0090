"""``--deployment``: a soak of that very deployment is judged, and nothing else is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.judge import judge
from logparse.options import parse_deployment
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios import traps
from tests.scenarios.scenario import at, steady
from tests.scenarios.traffic import Request as Delivery
from tests.scenarios.writers import WRITERS, write_vercel

pytestmark = pytest.mark.counts

DAY = steady()
ONE = DAY[0].deployment
NAMING = frozenset({"vercel-rows", "vercel-dashboard", "log-drain"})
"""The formats whose records name their deployment."""


def _judged(folder: Path, deployment: str, *logs: bytes, settings: Mapping[str, str] | None = None) -> Verdict:
    (folder / "logs").mkdir()
    for number, log in enumerate(logs):
        (folder / "logs" / f"log-{number}").write_bytes(log)
    now = START + timedelta(hours=25)
    request = asked(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder, deployment=deployment)
    return judge(request, parse(settings))


def _redeployed(name: str, since_hour: int = 20) -> list[Delivery]:
    """The day with another deployment from an hour on."""
    return [replace(one, deployment=name) if one.time_ms >= at(since_hour) else one for one in DAY]


SOAKED: Mapping[str, tuple[list[Delivery], str, Outcome, str]] = {
    "the one that was asked for": (DAY, ONE, Outcome.WARN, "not proven whole"),
    "whichever it was": (_redeployed("dpl_new"), "", Outcome.WARN, "2 deployments were seen"),
    "with a preview of another": (traps.all_harmless(DAY), ONE, Outcome.WARN, "not proven whole"),
    "another": (DAY, "dpl_new", Outcome.NOT_JUDGED, f"dpl_new was to be soaked, but the logs are of {ONE}"),
    "one whose name begins alike": (DAY, ONE[:-1], Outcome.NOT_JUDGED, f"but the logs are of {ONE}"),
    "the one, and later another": (_redeployed("dpl_new"), ONE, Outcome.NOT_JUDGED, f"of 2: {ONE}, dpl_new"),
    "the new one, and first another": (_redeployed("dpl_new"), "dpl_new", Outcome.NOT_JUDGED, "but the logs are of 2:"),
    "one that is shown alike": (
        [replace(one, deployment="dpl_+62 812 3456 7890") for one in DAY],
        "dpl_+62 812 3456 7891",
        Outcome.NOT_JUDGED,
        "but the logs are of",
    ),
    "with rows that leave it empty": (_redeployed("", 23), ONE, Outcome.NOT_JUDGED, "(one without a name)"),
}


@pytest.mark.parametrize(("day", "asked", "outcome", "said"), SOAKED.values(), ids=SOAKED)
def test_the_soak_is_of_the_deployment_that_was_asked_for(
    tmp_path: Path, day: list[Delivery], asked: str, outcome: Outcome, said: str
) -> None:
    """Any other, or one more, is missing evidence: what is to be deployed was not watched."""
    evidence = _judged(tmp_path, asked, write_vercel(day)).criterion("evidence")
    assert (evidence.outcome, said in evidence.reason) == (outcome, True), evidence.reason


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"bare-text"}))
def test_formats_that_name_no_deployment_are_not_judged(tmp_path: Path, name: str) -> None:
    """Whoever asks for a deployment learns that the logs cannot tell it."""
    writer = WRITERS[name]
    content = writer.window(DAY, at(0), at(24))
    assert content is not None
    evidence = _judged(tmp_path, ONE, content).criterion("evidence")
    assert ("no record names its deployment" in evidence.reason) == (name not in NAMING), evidence.reason
    if name not in NAMING:
        assert evidence.outcome is Outcome.NOT_JUDGED


def test_one_file_without_names_among_rows_is_not_judged(tmp_path: Path) -> None:
    """Half the records name the deployment; those of the other file may be of any."""
    text = WRITERS["iso-text"].window(DAY, at(20), at(24))
    assert text is not None
    evidence = _judged(tmp_path, ONE, write_vercel([d for d in DAY if d.time_ms < at(20)]), text).criterion("evidence")
    assert evidence.outcome is Outcome.NOT_JUDGED
    assert "records name no deployment" in evidence.reason


def test_an_empty_name_is_a_mistake() -> None:
    """It comes from a variable that is not set; whoever wants no particular one says so."""
    with pytest.raises(UsageProblem, match="it is empty"):
        parse_deployment("  ")
    assert (parse_deployment("any"), parse_deployment(" dpl_1 ")) == ("", "dpl_1")


@pytest.mark.parametrize("name", sorted(NAMING))
@pytest.mark.parametrize("projects", [(b"prj_1", b"prj_2"), (b"prj_1", b"prj_1"), (b"", b"prj_1")], ids=str)
def test_records_of_two_projects_are_told(tmp_path: Path, name: str, projects: tuple[bytes, bytes]) -> None:
    """Another bot's logs beside the one's own are looked at, as two deployments are; a row need not name any."""
    first, second = projects
    content = WRITERS[name].write(DAY).replace(b"prj_soakbot", second).replace(second, first, 50)
    assert second in content
    evidence = _judged(tmp_path, "", content).criteria[0]
    told = "records of 2 projects were seen in the soak: prj_" in evidence.reason
    assert told is (projects == (b"prj_1", b"prj_2"))
    assert evidence.outcome is Outcome.WARN
