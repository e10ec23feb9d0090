"""A fresh document."""

import re
from dataclasses import replace

from logparse.formats.collecting_commands import COMMANDS, GENERAL_WAY
from logparse.monitoring_log import check, create, read_start, update
from logparse.monitoring_log.layout import HEADINGS
from logparse.values.schedule import StartSource
from tests.builders.verdicts import START, fresh, section, value, verdict


def test_it_has_every_section_in_order() -> None:
    """All headings stand in the fixed order, below the title."""
    found = re.findall(r"^#+ .*", fresh(), flags=re.MULTILINE)
    assert found == ["# 24-Hour Monitoring Log", *(str(heading) for heading in HEADINGS[1:])]


def test_it_is_no_damaged_document() -> None:
    """What is created passes the check that every run begins with."""
    assert check(fresh(), "MONITORING-LOG.md").text == fresh()


def test_it_has_at_least_fifty_lines() -> None:
    """The document is a whole form, not a stub."""
    at_least = 50
    assert len(fresh().splitlines()) >= at_least


def test_unknown_values_are_placeholders() -> None:
    """Whatever only a run can know is shown as still to come."""
    for heading in ("### Hour 4", "### Hour 24 (Final)", "### Check 1 (Hour 4)", "## Recommendations", "## Conclusion"):
        values = re.findall(r"^- \*\*[^*]+:\*\* (.*)", section(fresh(), heading), flags=re.MULTILINE)
        assert values
        assert all(re.fullmatch(r"\[.+\]", shown) for shown in values)


def test_it_does_not_call_the_bot_ready() -> None:
    """The line that gates search for cannot be found before hour 24."""
    assert not re.search(r"Production Ready\W*(YES|NO)", fresh())
    assert "Hour 0" in fresh()


def test_it_names_the_start_and_the_planned_end() -> None:
    """The start of the soak and the time 24 hours later stand at the top."""
    assert value(fresh(), "# 24-Hour Monitoring Log", "Start") == "2026-11-20 10:25 UTC"
    assert value(fresh(), "# 24-Hour Monitoring Log", "End") == "2026-11-21 10:25 UTC (planned)"
    assert value(fresh(), "# 24-Hour Monitoring Log", "Status") == "IN PROGRESS"


def test_without_a_start_it_is_left_open() -> None:
    """A document can be made before anybody knows when the soak begins."""
    assert read_start(create(None)) is None


def test_title_commands_and_limits_can_be_set() -> None:
    """The title, the commands of collection and the limits are the caller's."""
    text = create(START, title="Night shift", command="fetch --all", limits=["Success rate: at least 99 %"])
    assert text.startswith("# Night shift\n")
    assert "```sh\nfetch --all\npytest --hour=N\n```" in text
    assert "- Success rate: at least 99 %\n" in text
    assert "vercel" not in text


def test_hostile_settings_cannot_break_the_document() -> None:
    """A title or a command with line breaks, fences or headings leaves the sections as they are."""
    text = create(START, StartSource.CLOCK, title="A\n## Conclusion", command="a ```\n```` b", limits=["x\n# y"])
    assert check(text).text == text
    assert text.count("\n## Conclusion\n") == 1


def test_the_protocol_names_the_source_that_was_used() -> None:
    """At hour 0 nothing is known of it; what the logs look like is written later, and what people wrote there stays."""
    known = replace(verdict(4), collecting=COMMANDS["docker"])
    text = update(fresh(), known)
    assert (GENERAL_WAY in text, COMMANDS["docker"] in text, "vercel" in text) == (False, True, False)
    assert COMMANDS["fly"] in update(text, replace(known, collecting=COMMANDS["fly"]))
    own = fresh().replace(f"{GENERAL_WAY}.", "ssh bot journalctl > logs/a.log")
    assert "ssh bot journalctl > logs/a.log" in update(own, known)
    assert COMMANDS["docker"] not in update(own, known)
