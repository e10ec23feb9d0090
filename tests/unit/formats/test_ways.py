"""How logs are collected: no mend names the tool of another platform than the one that the logs are of."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import logparse
from logparse.collect.sources import SOURCES
from logparse.counting.cache import CountedFile as FileFacts
from logparse.evidence.collected import Collected
from logparse.evidence.examine import examine
from logparse.evidence.proof import Proof
from logparse.formats import FORMATS
from logparse.formats.collecting_commands import (
    AGAIN,
    COMMAND,
    COMMANDS,
    GENERAL_WAY,
    LOG_SOURCES,
    THERE_AGAIN,
    command_for,
    looks_like,
    told,
)
from logparse.formats.vercel_rows import VERCEL_ROWS
from logparse.judge import judge
from logparse.judging import criteria
from logparse.monitoring_log import create
from logparse.reading import file_problems
from logparse.reading.file_problems import Problem
from logparse.settings.checked import parse
from logparse.settings.collecting import Collecting
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.judged import GOOD, facts, varied
from tests.scenarios.scenario import steady
from tests.scenarios.traffic import HOUR_MS, epoch_ms
from tests.scenarios.writers import WRITERS
from tests.unit.evidence.test_evidence import Collection
from tests.unit.evidence.test_findings import CASES, WELL

pytestmark = pytest.mark.counts

NAMES = (*(each.name for each in FORMATS), "home-made")
"""Every format by its name."""

OF_VERCEL = {"vercel-rows", "vercel-tail-rows", "vercel-dashboard", "vercel-expanded", "vercel-tail", "log-drain"}

BY_FORMAT = {
    **dict.fromkeys(OF_VERCEL, "vercel logs "),
    "convex-rows": "--source=convex",
    "convex-text": "--source=convex",
    "docker-json": "docker logs ",
    "journald": "journalctl ",
    "syslog-text": "journalctl ",
    "cloudwatch": "aws logs ",
    "home-made": "the way you collected it",
}
"""What a format alone tells; the others are written by too many tools."""

LINES = {
    "Fly": (
        "json-lines",
        '{"instance":"48e","level":"info","region":"ams","message":"x","timestamp":"2026-01-12T06:00:00Z"}',
        "fly logs ",
    ),
    "Fly, for people": ("iso-text", "2026-01-12T06:00:00Z app[48e445df0d4] ams [info][ARI] Response sent", "fly logs "),
    "Fly's proxy": ("iso-text", "2026-01-12T06:00:00Z proxy[48e445df0d4] ams [info]starting", "fly logs "),
    "Heroku": ("iso-text", "2026-01-12T06:00:00.123456+00:00 app[web.1]: [ARI] Response sent", "heroku logs "),
    "Heroku itself": ("iso-text", "2026-01-12T06:00:00.123456+00:00 heroku[router]: at=info", "heroku logs "),
    "files of Kubernetes": ("iso-text", "2026-01-12T06:00:00.123456789Z stdout F [ARI] x", "kubectl logs "),
    "docker logs -t": ("iso-text", "2026-01-12T06:00:00.123456789Z [ARI] Response sent", "docker logs "),
    "kubectl with the pod": ("led-text", "[pod/bot-7d9f/bot] 2026-01-12T06:00:00Z [ARI] x", "kubectl logs "),
    "docker compose": ("led-text", "web-1  | 2026-01-12T06:00:00.123Z [ARI] x", "docker compose logs "),
    "anybody's text": ("iso-text", "2026-01-12T06:00:00.123Z [ARI] Response sent in 1ms", "docs/collecting.md"),
    "anybody's JSON": ("json-lines", '{"time":"2026-01-12T06:00:00Z","msg":"x"}', "docs/collecting.md"),
    "pm2": ("led-text", "0|bot  | 2026-01-12T06:00:00: [ARI] x", "docs/collecting.md"),
}
"""A format, a line as a tool prints it, and what of the command is seen."""


def _collecting(**written: str) -> Collecting:
    return parse(written).collecting


def test_each_format_has_its_command() -> None:
    """A format names its tool's command, or the general way; only Vercel's name Vercel's."""
    for name in NAMES:
        command = command_for([], [looks_like(name, [])], _collecting())
        assert BY_FORMAT.get(name, GENERAL_WAY) in command, name
        assert ("vercel" in command) == (name in OF_VERCEL), name


@pytest.mark.parametrize("tool", LINES)
def test_lines_tell_the_tool_where_the_format_does_not(tool: str) -> None:
    """What only one tool prints names it, in most of the first lines."""
    log_format, line, seen = LINES[tool]
    of_format = next(each for each in FORMATS if each.name == log_format)
    assert of_format.recognises(line)
    assert seen in command_for([], [looks_like(log_format, [line, line, "Traceback"])], _collecting())
    assert looks_like(log_format, ["x"] * 9 + [line]) == ""


def test_the_source_that_was_used_goes_before_all() -> None:
    """Of a manifest, else as the settings name it; one that fetches no logs is passed over."""
    for name in NAMES:
        tools = [looks_like(name, [])]
        for source in SOURCES:
            from_manifest = command_for([source], tools, _collecting())
            from_settings = command_for([], tools, _collecting(collect_source=source))
            if source in LOG_SOURCES:
                assert from_manifest == f"python -m logparse collect --hour=N --source={source}"
                assert from_settings == (from_manifest if source != "vercel" else command_for([], tools, _collecting()))
            else:
                assert from_manifest == from_settings == command_for([], tools, _collecting())
    assert "source=command" in command_for(["kapso", "command"], [], _collecting(collect_source="convex"))


def test_what_is_collected_again_is_fetched_anew() -> None:
    """A window that its manifest proves is only fetched once more where that is asked for."""
    command = command_for(["command"], [], _collecting())
    assert told(AGAIN, command) == "collect again: python -m logparse collect --again --hour=N --source=command"
    assert told(THERE_AGAIN, command) == "collect that time again: python -m logparse collect --hour=N --source=command"


def test_where_nothing_is_known_only_a_project_on_vercel_names_vercel() -> None:
    """The source that stands in the settings unless somebody changes it tells nothing by itself."""
    assert command_for([], [], _collecting()) == command_for([], [""], _collecting()) == GENERAL_WAY
    assert command_for([], [], _collecting(vercel_project="bot")).endswith("--source=vercel")
    assert "docker logs" in command_for([], ["docker"], _collecting(vercel_project="bot"))


def test_no_other_module_names_a_command_that_collects() -> None:
    """There is one place that knows them."""
    for path in Path(logparse.__file__).parent.rglob("*.py"):
        source = path.read_text()
        foreign = re.findall(
            r"(?:collect|again|then)[^\n]{0,40}: ?(?:vercel|docker|kubectl|fly|aws|journalctl) \w+", source
        )
        known = [text for text in COMMANDS.values() if text in source]
        assert path.name == "collecting_commands.py" or foreign + known == [], path


def _none(text: str) -> str:
    return text


PROBLEMS: Sequence[Problem] = (
    *file_problems.of_counted(
        "a.log",
        replace(VERCEL_ROWS, lacks=lambda banners, rows: "its rest is missing"),
        FileFacts(lines=9, torn=True, repeated_lines=99),
        {"lines": 100, "unread": 1, "partial": 1, "truncated": 1},
        {"Error: no": 1},
        _none,
    ),
    file_problems.of_empty("a.log"),
    file_problems.of_levels("a.log", {"records": 9, "unknown_level": 9}, ["SEVERE"]),
    *(file_problems.of_link("a.log", "/elsewhere", there) for there in (True, False)),
    file_problems.of_unknown("a.log", b"\x1f\x8b", FORMATS, _none),
    file_problems.of_unknown("a.log", b"", FORMATS, _none),
    file_problems.of_unknown("a.log", b"?", FORMATS, _none),
    file_problems.of_unknown("a.log", b"Error: no", FORMATS, _none),
    *(file_problems.of_undated("a.log", known) for known in (True, False)),
    file_problems.of_uncertain_date("a.log", date(2026, 1, 12)),
    file_problems.of_no_file(Path("/dev/null"), "a.log"),
    file_problems.of_error(Path("/dev/null"), "a.log", OSError("no"), _none),
    file_problems.of_error(Path("/nowhere"), "a.log", OSError("no"), _none),
    file_problems.of_changed("a.log"),
)
"""Every problem that a file can have."""

REASONS: Mapping[str, Callable[[Collected], Collected]] = {
    **{
        f"{problem.kind}: {problem.text[:40]}": lambda collected, problem=problem: varied(  # type: ignore[misc]
            collected, readings=[replace(collected.case.readings[0], problems=(problem,))]
        )
        for problem in PROBLEMS
    },
    "a manifest that is none": lambda collected: varied(
        collected, proof=replace(collected.case.proof, problems=(Problem("manifest", "m", f"collect it: {COMMAND}"),))
    ),
    "a window in part": lambda collected: varied(
        collected, proof=replace(collected.case.proof, windows=(collected.case.soak.window(4),))
    ),
}


def _of_case(name: str) -> Callable[[Collected], Collected]:
    changes = CASES[name].changes
    return lambda collected: varied(collected, **{key: changes[key] for key in changes if key != "readings"})


def _everything() -> dict[str, Callable[[Collected], Collected]]:
    cases = {name: _of_case(name) for name, case in CASES.items() if "readings" not in case.changes}
    return {**REASONS, **cases}


def test_every_problem_of_a_file_is_in_the_list() -> None:
    """A new problem comes into it with its function."""
    made = {name for name in vars(file_problems) if name.startswith("of_")}
    here = set(re.findall(r"file_problems\.(of_\w+)\(", Path(__file__).read_text()))
    assert made <= here


TOOLS = sorted(
    {looks_like(name, []) for name in NAMES} | {looks_like(name, [line]) for name, line, _ in LINES.values()}
)


@pytest.mark.parametrize("reason", _everything())
def test_every_mend_names_the_source_or_the_tool(reason: str) -> None:
    """Whatever the evidence lacks: the command is that of the logs, and of no other platform."""
    for tool, source in [*((tool, "") for tool in TOOLS), *(("vercel", source) for source in SOURCES)]:
        reading = replace(GOOD, tool=tool, fetched_from=source)
        proof = Proof(sources=(source,) if source else ())
        found = examine(_everything()[reason](varied(WELL, readings=[reading], proof=proof)))
        assert found.command == command_for([source], [tool], _collecting())
        _none_is_foreign([finding.mend for finding in found.findings], found.command)
        _none_is_foreign([finding.reason.split("; known formats")[0] for finding in found.findings], found.command)


def _none_is_foreign(texts: Sequence[str], own: str) -> None:
    others = [command for command in COMMANDS.values() if command not in own]
    for text in texts:
        assert [word for word in ("{command", *others) if word in text] == [], text
        # Rows that hold the first message of each request alone are Vercel's, whoever fetched them.
        assert "vercel" in own or "vercel" not in text.replace("vercel@50.42", ""), text


@pytest.mark.parametrize("name", ["silence", "answering"])
def test_criteria_that_need_times_name_it_too(name: str) -> None:
    """Text without times is collected with them by the command of its own tool."""
    known = facts(Metrics(records=9), untimed=9)
    known = replace(known, evidence=replace(known.evidence, command="fly logs"))
    judgement: Judgement = next(each for each in criteria.judge(known) if each.name == name)
    assert judgement.mend == "collect with times: fly logs"


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "bare-text"])
def test_a_run_over_each_format_names_its_command(name: str, tmp_path: Path) -> None:
    """An empty file among files of a format, and a hole: the run names the format's own way, for the document too."""
    (tmp_path / "logs").mkdir()
    begin = epoch_ms(START)
    for hour in (4, 8, 16, 20, 24):
        content = WRITERS[name].window(steady(), begin + (hour - 4) * HOUR_MS, begin + hour * HOUR_MS)
        (tmp_path / "logs" / f"{hour:02d}").write_bytes(b"" if hour == 8 else content)
    now = START + timedelta(hours=25)
    verdict = judge(asked(24, ("logs",), tmp_path, START, StartSource.OPTION, now, tmp_path, tmp_path), parse())
    assert BY_FORMAT.get(name, "") in verdict.collecting
    assert verdict.mend.endswith(told(AGAIN, verdict.collecting))
    reason = verdict.criterion("evidence").reason
    assert ("08 is empty" in reason, "option --production" in reason) == (True, name in OF_VERCEL)
    assert ("vercel" in verdict.collecting) == (name in OF_VERCEL)


def test_nothing_collected_at_all_names_the_general_way(tmp_path: Path) -> None:
    """Whoever begins is told where the commands of the platforms stand."""
    verdict = Collection(places=("nowhere",)).judged(tmp_path)
    assert verdict.mend == f"collect again: {GENERAL_WAY}"


@pytest.mark.parametrize("tool", [tool for tool in COMMANDS if tool not in ("own", "convex", "container")])
def test_the_commands_stand_in_the_page_that_the_general_way_names(tool: str) -> None:
    """The page on collecting has the command of each tool, as runs name it."""
    page = (Path(logparse.__file__).parents[1] / "docs" / "collecting.md").read_text("utf-8")
    assert f"`{COMMANDS[tool]}`" in page


def test_the_document_names_it() -> None:
    """A new document shows the command of the run, and without one where the commands stand."""
    assert "```sh\nfly logs\npytest --hour=N\n```" in create(START, command="fly logs")
    assert f"How they are collected: {GENERAL_WAY}.\n\n```sh\npytest --hour=N\n```" in create(None)
    assert "vercel" not in create(None)
