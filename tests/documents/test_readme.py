"""The README and the code say the same: whatever one of them names, the other has."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import iniconfig
import pytest

from logparse import plugin
from logparse.__main__ import NOBODY_READS, parser
from logparse.commands import COMMANDS
from logparse.formats import FORMATS
from logparse.formats.collecting_commands import WORKING_COMMAND
from logparse.outcome import Outcome, State
from logparse.report.failure import failure_message
from logparse.settings.checked import SETTINGS, parse
from logparse.settings.collecting import Collecting
from logparse.settings.declared import declared_in
from logparse.settings.kinds import Choice
from logparse.settings.limits import TrendLimits
from logparse.values.criteria import CRITERIA
from logparse.values.judgement import Judgement
from logparse.values.metrics import wilson
from logparse.values.schedule import CHECKPOINTS, StartSource
from logparse.verdicts.verdict import Verdict, to_json
from tests.tools import settings_pages

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
INI = ROOT / "pytest.ini"

OTHER_TOOLS = {
    "pip": {"--quiet", "--editable"},
    "pytest": {"--collect-only", "--cache-clear", "--dist", "--junitxml", "--noconftest"},
    "vercel": {
        "--production",
        "--environment",
        "--since",
        "--until",
        "--limit",
        "--json",
        "--no-branch",
        "--expand",
        "--follow",
    },
    "convex": {"--prod", "--history", "--jsonl"},
    "systemctl": {"--now"},
}
"""Options in the README that are not the suite's own."""

PYTEST_KEYS = {"minversion", "strict", "testpaths", "timeout", "pythonpath", "markers", "addopts"}
"""Keys of pytest.ini that are pytest's own, or of a plugin that judging installs."""

WRITTEN = {
    "logs",
    ".venv",
    "logs.txt",
    "MONITORING-LOG.md",
    "MONITORING-LOG.1.md",
    "verdict.json",
    "SUMMARY.md",
    "waivers.toml",
}
"""Names of what a run or a user writes; under reports/ anything may be written."""

FOREIGN = {"/api/webhook/kapso", "/etc/systemd/system/soak.service"}
"""Backticked text with a slash that is no path in the project."""


def prose(text: str = README) -> str:
    """The README without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def fences(text: str = README) -> list[tuple[str, str]]:
    """The code blocks, in order, as (label, content)."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    """The text below a heading, up to the next one of the same level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    after = README.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{level}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of all table rows below a heading, without the heads."""
    found = []
    for line, following in pairwise([*section(heading).splitlines(), ""]):
        if line.startswith("| ") and not line.startswith("| ---") and not following.startswith("| ---"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def codes(cell: str) -> list[str]:
    """The backticked texts in a cell."""
    return re.findall(r"`([^`]+)`", cell)


class Recorded:
    """Stands in for pytest's parser, and notes the options and settings that the plugin asks for."""

    def __init__(self) -> None:
        self.options: dict[str, bool] = {}
        self.settings: list[str] = []

    def getgroup(self, *names: str) -> "Recorded":
        """The group is noted as the parser itself."""
        return self

    def addoption(self, name: str, **how: Any) -> None:
        """Notes an option, and whether it takes a value."""
        self.options[name] = how.get("action") != "store_true"

    def addini(self, name: str, *about: Any, **how: Any) -> None:
        """Notes a setting."""
        self.settings.append(name)


@pytest.fixture
def recorded() -> Recorded:
    """The options and settings of the plugin."""
    parser = Recorded()
    plugin.add_options(parser)  # type: ignore[arg-type]  # all of the parser that the plugin uses
    return parser


def test_the_first_two_code_blocks_are_the_two_commands() -> None:
    """They are labelled bash, make their environment, install, and run pytest: the first judges, the second tests."""
    (first, judging), (second, testing) = fences()[:2]
    assert (first, second) == ("bash", "bash")
    for command in (judging, testing):
        assert "python3 -m venv .venv" in command
        assert "pip install" in command
    assert "-m pytest --hour=24 --logs=samples/steady --start=2026-01-12T06:00Z" in judging
    assert "[dev]" not in judging, "judging needs the core install alone"
    assert "[dev]" in testing
    assert "--hour" not in testing


def test_every_option_of_the_plugin_is_in_the_readme(recorded: Recorded) -> None:
    """The table of options holds each, in its one safe form: with an equals sign where it takes a value."""
    listed = [codes(cells[0])[0] for cells in rows("### Options")]
    assert {text.split("=")[0] for text in listed} == set(recorded.options)
    for text in listed:
        name, equals, value = text.partition("=")
        assert bool(equals and value) == recorded.options[name], text


def test_every_option_in_the_readme_exists(recorded: Recorded) -> None:
    """Each is the suite's, or is known as another tool's; what is known as another's is really mentioned."""
    mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    others = set().union(*OTHER_TOOLS.values())
    of_commands = _options_of_commands()
    assert mentioned - others - of_commands == set(recorded.options) - of_commands
    assert others <= mentioned


def _options_of_commands() -> set[str]:
    """The options of all commands of the command line, `logparse collect` and the like."""
    (commands,) = (action for action in parser()._actions if action.choices)
    assert isinstance(commands.choices, dict)
    each = [command._actions for command in commands.choices.values()]
    return {option for actions in each for action in actions for option in action.option_strings}


def test_every_command_is_in_the_readme() -> None:
    """Whoever looks for what the command line can do finds its name."""
    assert [name for name in COMMANDS if f"`logparse {name}" not in README and f"\nlogparse {name}" not in README] == []


def test_options_with_a_value_are_written_with_an_equals_sign(recorded: Recorded) -> None:
    """Nobody copies a command from the README that pytest takes for a test path."""
    valued = "|".join(name for name, takes_value in recorded.options.items() if takes_value)
    assert re.findall(rf"(?:{valued}) +[^`\s|]+", "\n".join(content for _, content in fences())) == []


def test_the_working_command_is_the_one_that_runs_advise() -> None:
    """The README collects the logs by the very command that a failing run names."""
    assert WORKING_COMMAND in README


def test_every_setting_is_in_the_readme_with_its_default(recorded: Recorded) -> None:
    """The tables of settings hold each, in the order of the code; a pattern's default is left to pytest.ini."""
    listed = rows("## Settings")
    assert [codes(cells[0])[0] for cells in listed] == [setting.name for setting in SETTINGS] == recorded.settings
    for cells, setting in zip(listed, SETTINGS, strict=True):
        if cells[1] == "see pytest.ini":
            assert setting.kind in settings_pages.ONE_A_LINE, setting.name
        else:
            shown = "" if cells[1] == "(empty)" else codes(cells[1])[0]
            assert shown == setting.default, setting.name


def test_every_choice_of_a_setting_is_in_the_readme() -> None:
    """Where a setting takes one of a few words, its row names them all."""
    for cells, setting in zip(rows("## Settings"), SETTINGS, strict=True):
        choices = setting.kind.words if isinstance(setting.kind, Choice) else {}
        assert set(choices) <= set(codes(" ".join(cells))), setting.name


def test_every_criterion_is_in_the_readme() -> None:
    """The table of criteria has a row for each, in their order; the settings in it exist, and it shows their limits."""
    listed = rows("## Criteria")
    assert [codes(cells[0])[0] for cells in listed] == [criterion.name for criterion in CRITERIA]
    defaults = {setting.name: setting.default for setting in SETTINGS}
    for name, limit, named, *_ in listed:
        shown = set(re.findall(r"\d+", limit))
        numbers = {defaults[setting] for setting in codes(named) if defaults[setting].isdigit()}
        assert name == "`evidence`" or numbers <= shown, name


def test_every_limit_has_its_criterion() -> None:
    """No setting that is a number stands beside the table of criteria, but those that decide nothing.

    They are of fetching, and of the trend, which only warns.
    """
    named = {name for cells in rows("## Criteria") for name in codes(cells[2])}
    limits = {setting.name for setting in SETTINGS if re.fullmatch(r"[\d./]+", setting.default)}
    others = {setting.name for setting in (*declared_in(Collecting), *declared_in(TrendLimits))}
    assert limits - others <= named


def test_every_outcome_and_verdict_is_in_the_readme() -> None:
    """Each word that a run may end with is explained."""
    text = section("## Criteria") + section("## Exit codes")
    for word in (*Outcome, *State):
        assert word is Outcome.PASS or str(word) in text, word


def test_every_exit_code_is_in_the_readme() -> None:
    """The table holds those of the verdicts, of pytest itself, and of a closed pipe, and no others."""
    own = {state.exit_code for state in State}
    of_pytest = {
        int(code)
        for code in (
            pytest.ExitCode.INTERRUPTED,
            pytest.ExitCode.INTERNAL_ERROR,
            pytest.ExitCode.USAGE_ERROR,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        )
    }
    listed = [int(cells[0]) for cells in rows("## Exit codes")]
    assert len(listed) == len(set(listed))
    assert set(listed) == own | of_pytest | {NOBODY_READS}
    for code, words, *_ in rows("## Exit codes"):
        for state in State:
            if words.startswith(str(state) + " ") or words.startswith(str(state) + ":"):
                assert int(code) == state.exit_code


def test_every_key_of_the_verdict_is_in_the_readme() -> None:
    """The table of verdict.json has each key, and each key of a criterion and of a window."""
    judgement = Judgement("evidence", "Evidence", Outcome.PASS, "")
    verdict = Verdict(24, State.READY, datetime(2026, 1, 12, tzinfo=UTC), StartSource.OPTION, (judgement,))
    document = json.loads(to_json(verdict))
    listed = rows("## verdict.json")
    assert {name for cells in listed for name in codes(cells[0])} == set(document)
    (criteria,) = (cells[1] for cells in listed if cells[0] == "`criteria`")
    assert set(codes(criteria)) == set(document["criteria"][0])


def test_every_format_is_in_the_readme() -> None:
    """The table of log formats has a row for each that is read, under the name that runs print."""
    listed = [cells[0] for cells in rows("## Log formats")]
    assert listed[: len(FORMATS)] == [log_format.title for log_format in FORMATS]


def test_the_hours_in_the_readme_are_the_checkpoints() -> None:
    """The option's row names them all."""
    (about,) = (cells[1] for cells in rows("### Options") if cells[0] == "`--hour=N`")
    assert [int(hour) for hour in re.findall(r"\d+", about)] == list(CHECKPOINTS)


def test_the_failure_in_the_readme_is_what_a_failure_looks_like() -> None:
    """The output that is explained is what a run prints for those numbers, word for word."""
    judgement = Judgement(
        name="error_rate",
        title="Error rate",
        outcome=Outcome.FAIL,
        reason="6.0 % (6 of 100), limit under 5.0 %; see the kinds of error under Issues Encountered in "
        "MONITORING-LOG.md and in the report",
        value=6.0,
        unit="%",
        limit=5.0,
        count=6,
        of=100,
        interval=wilson(6, 100),
    )
    (shown,) = (content for _, content in fences(section("## Reading a failure")) if "FAILURES" in content)
    assert failure_message(judgement) in shown


def paths(text: str) -> Iterator[str]:
    """What looks like a path of the project in backticks: with a slash, or a name with a known ending."""
    for quoted in re.findall(r"`([^`\s]+)`", prose(text)):
        looks_like = "/" in quoted or re.search(r"\.(?:md|py|ini|toml|json|txt)$", quoted)
        if looks_like and re.fullmatch(r"[\w./-]+", quoted):
            yield quoted


def test_every_path_in_the_readme_exists() -> None:
    """Each is in the project, or is what a run or a user writes."""
    mentioned = set(paths(README))
    mentioned |= {word.split("=")[-1] for word in re.findall(r"--logs=[\w./-]+", README) if "PATH" not in word}
    assert mentioned, "the README names paths"
    for name in mentioned - FOREIGN:
        written = name.rstrip("/") in WRITTEN or name.startswith(("reports/", ".venv/"))
        assert written or (ROOT / name).exists(), name


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "pytest.ini", ".ci/run"]
)
def test_nothing_of_the_workplace_is_mentioned(name: str) -> None:
    """Whoever reads the project needs nothing that is not in it."""
    text = (ROOT / name).read_text("utf-8")
    assert [word for word in ("../" + "shared", "/" + "work/", "/" + "tmp/venv") if word in text] == []


def settings_of_ini() -> dict[str, str]:
    """The texts of pytest.ini by their keys, as pytest reads them."""
    return dict(iniconfig.IniConfig(INI)["pytest"].items())


def test_pytest_ini_holds_every_setting_and_nothing_else() -> None:
    """Beside the settings of the suite it has keys of pytest alone, none of a development plugin."""
    assert set(settings_of_ini()) - PYTEST_KEYS == {setting.name for setting in SETTINGS}


def test_pytest_ini_holds_the_defaults() -> None:
    """Without pytest.ini the suite judges just as with it."""
    written = settings_of_ini()
    # NOTE: pytest's reader of the file takes the spaces off the end of each line, so they are not compared.
    lines = {setting.name: [line.rstrip() for line in setting.default.splitlines()] for setting in SETTINGS}
    assert {name: written[name].strip("\n").splitlines() for name in lines} == lines
    assert parse({name: written[name] for name in lines}).limits == parse().limits


def test_each_key_of_pytest_ini_has_a_comment_above_it() -> None:
    """Whoever changes a setting reads there what it does."""
    lines = INI.read_text("utf-8").splitlines()
    for above, line in pairwise(lines):
        if re.match(r"[a-z_]+ *=", line) and not re.match(r"[a-z_]+ *=", above):
            assert above.startswith("# "), line


@pytest.mark.slow
def test_the_first_command_judges_the_sample_soak(tmp_path: Path) -> None:
    """Run in a copy of the project, it ends with READY and 0, twice, and touches nothing but reports/sample.

    Making the environment is left out here: this Python is the environment. `.ci/run` runs the command whole.
    """
    copy = tmp_path / "clone"
    left_out = shutil.ignore_patterns(".*", "reports", "logs", "*.egg-info", "__pycache__", "MONITORING-LOG*.md")
    shutil.copytree(ROOT, copy, ignore=left_out)
    command = fences()[0][1].split("-m pytest", 1)[1].replace("\\\n", " ").split()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    outputs = []
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *command],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        assert re.search(r"^=+ READY =+$", run.stdout, flags=re.MULTILINE)
        verdict = json.loads((copy / "reports/sample/verdict.json").read_text("utf-8"))
        assert (verdict["verdict"], verdict["final"]) == ("READY", True)
        outputs.append((copy / "reports/sample/MONITORING-LOG.md").read_bytes())
    assert outputs[0] == outputs[1]
    assert not (copy / "MONITORING-LOG.md").exists()
    assert [path.name for path in (copy / "reports").iterdir()] == ["sample"]
