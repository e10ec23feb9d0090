"""The pytest plugin: options, settings, the selection of tests, and the fixture of the acceptance tests.

With ``--hour`` a run is registered as an object, in the controlling process only (see soak_run.py). Without it pytest
runs the project's own tests.
"""

import json
import os
import sys
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import NoReturn, cast

import _pytest.outcomes
import pytest
from iniconfig import IniConfig

from logparse import invocation, run
from logparse.clock import NothingDue, clock_of
from logparse.errors import UsageProblem
from logparse.invocation import to_judge
from logparse.options import Options, Written, read_options
from logparse.outcome import Outcome, State
from logparse.report import junit
from logparse.report.failure import failure_message
from logparse.report.github import actions
from logparse.settings.bot import EVENTS
from logparse.settings.checked import SETTINGS
from logparse.soak_run import ENDED, JUDGEMENTS, SoakRun
from logparse.storage import standard_input
from logparse.text.escape import printable
from logparse.values.json_form import value_of
from logparse.values.judgement import Judgement

ACCEPTANCE = Path("tests", "acceptance")


class NotMet(_pytest.outcomes.Failed):
    """Ends the test of a criterion that is FAIL or NOT JUDGED; any other error in a test is a fault of the suite."""

    # As pytest has it for its own: the short summary then shows the name alone.
    __module__ = "builtins"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Adds options and settings, and prepares for withdrawing the old verdict whatever else goes wrong."""
    add_options(parser)
    invocation.note(cast(pytest.Config, pluginmanager.get_plugin("pytestconfig")), parser)


def add_options(parser: pytest.Parser) -> None:
    """Adds the options of a judging run, and every setting of pytest.ini."""
    group = parser.getgroup("logparse", "judging a soak from its logs")
    group.addoption(
        "--hour",
        metavar="N",
        help="judge the soak at this checkpoint: 0, 4, 8, 12, 16, 20 or 24, or the one that is due",
    )
    places = "a log file, folder or glob, or - for standard input; repeatable"
    group.addoption("--logs", metavar="PATH", action="append", default=[], help=places)
    group.addoption("--monitoring-log", metavar="PATH", help="the document to read and fill in")
    group.addoption("--start", metavar="TIME", help="start of the soak, ISO 8601 with a zone, a whole minute")
    group.addoption("--restart", action="store_true", help="with --hour=0: start again; the old document is kept")
    group.addoption("--reports", metavar="DIR", help="the folder for the reports")
    group.addoption("--verdict-json", metavar="PATH", help="where verdict.json goes; default: in the reports folder")
    group.addoption("--rehash", action="store_true", help="read every file again, also those that seem unchanged")
    group.addoption("--collect", metavar="SOURCE", help="collect what is missing from this source first")
    group.addoption("--deployment", metavar="ID", help="the soak must be of this deployment alone; or any")
    group.addoption("--cluster", metavar="ADDRESS", help="count on the workers of the Dask scheduler at this address")
    group.addoption("--baseline", metavar="PATH", help="the verdict.json of an earlier READY soak to compare with")
    for setting in SETTINGS:
        # Without a default here, unset options can be recognised.
        parser.addini(setting.name, setting.plain_meaning, type="string", default=None)


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
        if invocation.is_listing(config.option):
            return
        _check_paths(config)
        standard_log = _standard_input(config) if standard_input.PLACE in options.places else None
        prepared = run.prepare(options, clock_of(os.environ), os.environ)
    except UsageProblem as problem:
        raise pytest.UsageError(printable(str(problem))) from None
    if isinstance(prepared, NothingDue):
        invocation.is_settled(config)
        _end(prepared)
    options = prepared.options
    # The hour that is due is known from here on, also to the workers of pytest-xdist.
    config.option.hour = str(options.hour)
    if not config.getoption("htmlpath", None):
        config.option.htmlpath = str(options.reports / f"hour-{options.hour:02d}.html")
        config.option.self_contained_html = True
    config.pluginmanager.register(SoakRun(config, prepared, standard_log), invocation.RUN)


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int | pytest.ExitCode | None, int | None]:
    """Replaces a good exit code by that of NOT JUDGED if a run that should judge concluded nothing."""
    ended = yield
    found = config.pluginmanager.getplugin(invocation.RUN)
    concluded = found is not None and found.concluded
    well = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
    if ended in well and not concluded and to_judge(config):
        told = "nothing was judged: PYTEST_ADDOPTS or addopts asks for something else"
        for line in actions.write_output(actions.of_unfinished([told]), os.environ):
            sys.stdout.write(f"{line}\n")
        sys.stderr.write(f"{State.NOT_JUDGED}: {told}\n")
        return State.NOT_JUDGED.exit_code
    return ended


def _end(nothing: NothingDue) -> NoReturn:
    """Ends a run at the hour that is due if there is nothing to judge."""
    for line in actions.write_output(actions.of_unfinished([nothing.told]), os.environ):
        sys.stdout.write(f"{line}\n")
    pytest.exit(printable(f"{State.NOT_JUDGED}: {nothing.told}"), returncode=State.NOT_JUDGED.exit_code)


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
        collect=option("collect"),
        cluster=option("cluster"),
        deployment=option("deployment"),
        baseline=option("baseline"),
        others=[path for name in ("htmlpath", "xmlpath") if (path := option(name, None))],
    )
    texts = {setting.name: config.getini(setting.name) for setting in SETTINGS}
    settings = {name: str(text) for name, text in texts.items() if text is not None}
    origins = invocation.origins(config, list(settings))
    return read_options(written, settings, config.invocation_params.dir, config.rootpath, origins)


def _standard_input(config: pytest.Config) -> int:
    """Returns a descriptor of the original standard input; raises UsageProblem if no log can come from it.

    Before plugins are called, pytest's capture has replaced it by the null device.
    """
    if sys.__stdin__ is None:
        raise UsageProblem("--logs=-: standard input is closed; send logs into it, or name files with --logs=PATH")
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture is None:
        descriptor = os.dup(0)
    else:
        capture.suspend_global_capture(in_=True)
        descriptor = os.dup(0)
        # Restores the state: standard input is captured; the outputs are not until tests are collected.
        capture.resume_global_capture()
        capture.suspend_global_capture()
    standard_input.refuse_terminal(descriptor)
    return descriptor


def _check_paths(config: pytest.Config) -> None:
    """Raises UsageProblem if a path of tests does not exist; pytest itself would report it after judging the logs."""
    for argument in config.args:
        path = config.invocation_params.dir / argument.split("::")[0]
        if not path.exists() and not config.option.pyargs:
            raise UsageProblem(f"{argument}: there is no such file or folder; logs are given with --logs=PATH")


def _check_names(config: pytest.Config) -> None:
    """Raises UsageProblem for an unknown setting; pytest itself would report it only after judging the logs."""
    overridden = [override.partition("=")[0].strip() for override in config.getoption("override_ini") or []]
    written = list(IniConfig(str(config.inipath))["pytest"]) if config.inipath == config.rootpath / "pytest.ini" else []
    for name in [*overridden, *written]:
        try:
            config.getini(name)
        except (ValueError, KeyError):
            events = [event.name for event in EVENTS] if name.startswith("event_") else []
            known = f"; the events are {', '.join(events)}" if events else "; pytest.ini lists them all"
            raise UsageProblem(f"setting {name}: there is no such setting{known}") from None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Collects only the acceptance tests with ``--hour``, only the project's own tests without."""
    acceptance = config.rootpath / ACCEPTANCE
    inside = collection_path.is_relative_to(acceptance)
    if _judges(config):
        return None if inside or acceptance.is_relative_to(collection_path) else True
    return True if inside else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Selects only the test that starts a soak at hour 0, only the criteria later."""
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
    """Ends the test by the outcome of a criterion: it fails for FAIL or NOT JUDGED, and passes otherwise."""
    judgements = _judgements(request.config)

    def show(name: str) -> None:
        judgement = judgements[name]
        request.node.user_properties += [*junit.of_criterion(judgement), (ENDED, name)]
        if judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED):
            raise NotMet(failure_message(judgement), pytrace=False)

    return show


def _judgements(config: pytest.Config) -> Mapping[str, Judgement]:
    """Returns the judgements of this run; in a worker of pytest-xdist those sent by the controller."""
    if hasattr(config, "workerinput"):
        judgements = value_of(json.loads(config.workerinput[JUDGEMENTS]), tuple[Judgement, ...])
    else:
        found = config.pluginmanager.getplugin(invocation.RUN)
        judgements = found.verdict.criteria if found else ()
    return {judgement.name: judgement for judgement in judgements}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints one line on how to judge, in a run that judged nothing."""
    if not _judges(config):
        terminalreporter.write_line("No soak was judged: pytest --hour=N judges one at checkpoint N.")
