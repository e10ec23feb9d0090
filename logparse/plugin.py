"""The pytest plugin: options, settings, the fixture of the acceptance tests, and the hooks of one run. Thin.

With ``--hour`` a run is registered as an object, in the controlling process only; it judges before the tests, shows
one criterion in each test, and writes what was concluded at the end. Without it pytest runs the project's own tests.
"""

import json
import os
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import _pytest.outcomes
import pytest
from iniconfig import IniConfig

from logparse import run, standard_input
from logparse.atomic import check_folder_writable
from logparse.errors import UsageProblem
from logparse.judgement import Judgement
from logparse.options import Options, Written, read_options
from logparse.outcome import Outcome, State
from logparse.report import page, terminal
from logparse.report.failure import failure_message
from logparse.report.header import header
from logparse.report.safe import as_html, printable
from logparse.setting_table import EVENT_SETTINGS, SETTINGS
from logparse.temporary import scratch_folder, sweep
from logparse.verdict import Verdict

ACCEPTANCE = Path("tests", "acceptance")
JUDGEMENTS = "logparse_judgements"
ENDED = "ended_by_outcome"
COLOURS = {State.READY: "green", State.STARTED: "green", State.NOT_JUDGED: "yellow", State.NOT_READY: "red"}


class NotMet(_pytest.outcomes.Failed):
    """Ends the test of a criterion that is FAIL or NOT JUDGED; any other end of a test is a fault of the suite."""

    # As pytest has it for its own: the short summary then shows the name alone.
    __module__ = "builtins"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a judging run, and every setting of pytest.ini."""
    group = parser.getgroup("logparse", "judging a soak from its logs")
    group.addoption("--hour", metavar="N", help="judge the soak at this checkpoint: 0, 4, 8, 12, 16, 20 or 24")
    places = "a log file, folder or glob, or - for standard input; repeatable"
    group.addoption("--logs", metavar="PATH", action="append", default=[], help=places)
    group.addoption("--monitoring-log", metavar="PATH", help="the document to read and fill in")
    group.addoption("--start", metavar="TIME", help="start of the soak, ISO 8601 with a zone, a whole minute")
    group.addoption("--restart", action="store_true", help="with --hour=0: start again; the old document is kept")
    group.addoption("--reports", metavar="DIR", help="the folder for the reports")
    group.addoption("--verdict-json", metavar="PATH", help="where verdict.json goes; default: in the reports folder")
    group.addoption("--rehash", action="store_true", help="read every file again, also those that seem unchanged")
    for setting in SETTINGS:
        parser.addini(setting.name, setting.meaning, type="string", default=setting.default)


def _judges(config: pytest.Config) -> bool:
    return config.getoption("hour") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Checks options, settings, document and places before anything is read; registers the run."""
    config.addinivalue_line("markers", "start: shown at hour 0, when nothing is judged yet")
    if not _judges(config) or hasattr(config, "workerinput"):
        return
    try:
        _check_names(config)
        options = _options(config)
        if _only_asks(config):
            return
        _check_paths(config)
        standard_log = _standard_input(config) if standard_input.PLACE in options.places else None
        prepared = run.prepare(options, datetime.now(UTC))
    except UsageProblem as problem:
        raise pytest.UsageError(printable(str(problem))) from None
    if not config.getoption("htmlpath", None):
        config.option.htmlpath = str(options.reports / f"hour-{options.hour:02d}.html")
        config.option.self_contained_html = True
    config.pluginmanager.register(SoakRun(config, prepared, standard_log), "logparse-run")


def _options(config: pytest.Config) -> Options:
    option = config.getoption
    written = Written(
        hour=option("hour"),
        logs=option("logs"),
        monitoring_log=option("monitoring_log"),
        start=option("start"),
        restart=option("restart"),
        reports=option("reports"),
        verdict_json=option("verdict_json"),
        rehash=option("rehash"),
        others=[path for name in ("htmlpath", "xmlpath") if (path := option(name, None))],
    )
    settings = {setting.name: str(config.getini(setting.name)) for setting in SETTINGS}
    return read_options(written, settings, config.invocation_params.dir, config.rootpath)


def _standard_input(config: pytest.Config) -> int:
    """A descriptor of standard input as the run got it; UsageProblem where no log can come from there.

    Before any plugin is asked, pytest's capture has put the null device in its place.
    """
    if sys.__stdin__ is None:
        raise UsageProblem("--logs=-: standard input is closed; send logs into it, or name files with --logs=PATH")
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture is None:
        descriptor = os.dup(0)
    else:
        capture.suspend_global_capture(in_=True)
        descriptor = os.dup(0)
        # As it was: standard input is captured, the outputs are not before the tests are collected.
        capture.resume_global_capture()
        capture.suspend_global_capture()
    standard_input.check(descriptor)
    return descriptor


def _only_asks(config: pytest.Config) -> bool:
    """Whether pytest is only asked about itself or its tests, so that nothing is judged or written."""
    asking = ("collectonly", "help", "version", "markers", "showfixtures", "show_fixtures_per_test", "cacheshow")
    return any(getattr(config.option, name, None) for name in asking)


def _check_paths(config: pytest.Config) -> None:
    """UsageProblem for a path of tests that is not there; pytest itself would say so after the logs were judged."""
    for argument in config.args:
        path = config.invocation_params.dir / argument.split("::")[0]
        if not path.exists() and not config.option.pyargs:
            raise UsageProblem(f"{argument}: there is no such file or folder; logs are given with --logs=PATH")


def _check_names(config: pytest.Config) -> None:
    """UsageProblem for a setting that nobody knows; pytest itself would say so only after the logs were judged."""
    overridden = [override.partition("=")[0].strip() for override in config.getoption("override_ini") or []]
    written = list(IniConfig(str(config.inipath))["pytest"]) if config.inipath == config.rootpath / "pytest.ini" else []
    for name in [*overridden, *written]:
        try:
            config.getini(name)
        except (ValueError, KeyError):
            events = [setting.name for setting in EVENT_SETTINGS] if name.startswith("event_") else []
            known = f"; the events are {', '.join(events)}" if events else "; pytest.ini lists them all"
            raise UsageProblem(f"setting {name}: there is no such setting{known}") from None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``--hour`` the acceptance tests alone, without it everything else."""
    acceptance = config.rootpath / ACCEPTANCE
    inside = collection_path.is_relative_to(acceptance)
    if _judges(config):
        return None if inside or acceptance.is_relative_to(collection_path) else True
    return True if inside else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """At hour 0 only what starts a soak, later only the criteria."""
    if not _judges(config):
        return
    starting = str(config.getoption("hour")).strip() == "0"
    kept = [item for item in items if (item.get_closest_marker("start") is not None) == starting]
    left_out = [item for item in items if item not in kept]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture
def judged(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Ends the test by the outcome of a criterion: it fails where that is FAIL or NOT JUDGED, and passes otherwise."""
    judgements = _judgements(request.config)

    def show(name: str) -> None:
        judgement = judgements[name]
        properties = request.node.user_properties
        properties += [("criterion", name), ("outcome", str(judgement.outcome)), ("value", judgement.value)]
        properties.append((ENDED, name))
        if judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED):
            raise NotMet(failure_message(judgement), pytrace=False)

    return show


def _judgements(config: pytest.Config) -> Mapping[str, Judgement]:
    """The judgements of this run; in a worker of pytest-xdist those that the controller sent."""
    if hasattr(config, "workerinput"):
        sent = json.loads(config.workerinput[JUDGEMENTS])
        return {entry["name"]: Judgement(**{**entry, "outcome": Outcome(entry["outcome"])}) for entry in sent}
    found = config.pluginmanager.getplugin("logparse-run")
    return {judgement.name: judgement for judgement in found.verdict.criteria} if found else {}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line that says how to judge, in a run that judged nothing."""
    if not _judges(config):
        terminalreporter.write_line("No soak was judged: pytest --hour=N judges one at checkpoint N.")


class SoakRun:
    """One judging run: the verdict, what became of the tests that show it, and what is written at the end."""

    def __init__(self, config: pytest.Config, prepared: run.Prepared, standard_log: int | None) -> None:
        self._config = config
        self._prepared = prepared
        self._standard_log = standard_log
        self._strange: dict[str, str] = {}
        self._notices: tuple[str, ...] = ()
        self._verdict: Verdict | None = None
        self._concluded = False
        self._own_cache = ExitStack()
        self._html_report: Any = None

    @property
    def verdict(self) -> Verdict:
        """The verdict; it stands before the first test."""
        if self._verdict is None:
            raise RuntimeError("the logs were not judged yet")
        return self._verdict

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Judges the logs, once, before any test."""
        try:
            self._verdict = run.carry_out(self._prepared, self._cache_folder(), self._standard_log)
        except UsageProblem as problem:
            raise pytest.UsageError(printable(str(problem))) from None
        except RuntimeError as error:
            # DuckDB's own way to say that somebody pressed Ctrl-C.
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from None
            raise

    def _cache_folder(self) -> Path:
        """The folder of pytest's cache; where there is none that can be written, one for this run alone."""
        cache = getattr(self._config, "cache", None)
        with suppress(OSError, UsageProblem):
            if cache:
                folder = Path(cache.mkdir("logparse"))
                check_folder_writable(folder)
                return folder
        shared = Path(gettempdir())
        sweep(shared)
        return self._own_cache.enter_context(scratch_folder(shared))

    def pytest_report_header(self) -> list[str]:
        """Start, hour, windows, files and limits in force."""
        return [printable(line) for line in self._header()]

    def _header(self) -> Iterable[str]:
        options = self._prepared.options
        names = {standard_input.PLACE: standard_input.SHOWN}
        places = [names.get(place, place) for place in options.places]
        return header(self.verdict, places, options.settings.limits)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Sends the judgements to a worker of pytest-xdist."""
        node.workerinput[JUDGEMENTS] = json.dumps([judgement.as_dict() for judgement in self.verdict.criteria])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes a test that ended in another way than by the outcome of its criterion."""
        name = report.nodeid.rsplit("::", 1)[-1].split("[")[0].removeprefix("test_")
        judgement = next((one for one in self.verdict.criteria if one.name == name), None)
        if judgement is None or (report.when != "call" and report.passed):
            return
        not_met = judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED)
        by_outcome = (ENDED, name) in [tuple(pair) for pair in report.user_properties]
        if report.when != "call" or not by_outcome or report.skipped or report.failed != not_met:
            self._strange[name] = f"its test did not end by its outcome ({report.when}: {report.outcome})"

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
        """Writes what was concluded, before the reports of other plugins; where those fail, nothing was concluded."""
        try:
            self._conclude(session, exitstatus)
            return (yield)
        except OSError as problem:
            self._withdraw(session, f"a report cannot be written: {problem}")
        except KeyboardInterrupt:
            self._withdraw(session, "interrupted")
            session.exitstatus = pytest.ExitCode.INTERRUPTED

    def _withdraw(self, session: pytest.Session, reason: str) -> None:
        """Ends a run as one that concluded nothing, for gates too; what stands in the document stays."""
        self._concluded = False
        self._notices = (f"nothing was concluded: {reason}",)
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
        with suppress(UsageProblem):
            run.replace_verdict(self._prepared.options)

    def _conclude(self, session: pytest.Session, exitstatus: int) -> None:
        """Writes the document and the verdict and sets the exit code, where the run came to its end."""
        finished = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
        if self._verdict is None or exitstatus not in finished:
            return
        for name, reason in sorted(self._strange.items()):
            self._verdict = self._verdict.with_not_judged(name, reason)
        try:
            self._notices = run.write(self._prepared.options, self._verdict)
            session.exitstatus = self._verdict.state.exit_code
            self._concluded = True
        except (UsageProblem, OSError) as problem:
            self._withdraw(session, str(problem))

    @pytest.hookimpl(optionalhook=True)
    def pytest_html_report_title(self, report: Any) -> None:
        """Keeps the report, whose title is known only when the run has come to its end.

        Its table of the environment takes values for HTML, though a branch of a CI service may have any name.
        """
        self._html_report = report
        report.set_data("environment", {key: as_html(value) for key, value in report.data["environment"].items()})

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_html_results_summary(self, prefix: list[str]) -> None:
        """The verdict and the criteria at the top of the HTML report."""
        done = self._concluded
        if self._html_report is not None:
            self._html_report.title = printable(page.title(self.verdict) if done else page.UNFINISHED)
        prefix.append(page.page(self.verdict) if done else page.unfinished())

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table of criteria, the reasons, and at the very end the block to paste."""
        if self._verdict is None or not (self._concluded or self._notices):
            return
        colour = COLOURS[self._verdict.state]
        terminalreporter.write_sep("=", printable(self._verdict.title), **{colour: True})
        for line in [
            *terminal.table(self._verdict),
            *terminal.reasons(self._verdict),
            *terminal.deployments(self._verdict),
            *self._notices,
            "",
        ]:
            terminalreporter.write_line(printable(line))

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Prints the block that people paste as the last lines of all."""
        self._own_cache.close()
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        if self._verdict is not None and self._concluded and reporter is not None:
            for line in terminal.block(self._verdict):
                reporter.write_line(line)
