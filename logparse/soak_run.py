"""A judging run inside pytest, as hooks: it judges before the tests, and writes the conclusion at the end."""

import os
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from _pytest.junitxml import xml_key

from logparse import run
from logparse.clock import next_checkpoint
from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State
from logparse.report import junit, terminal, trend
from logparse.report.github import actions
from logparse.report.header import header
from logparse.report.page import top
from logparse.settings.waivers import unneeded
from logparse.storage import standard_input
from logparse.storage.atomic import check_folder_writable, read_text, write_text
from logparse.storage.temporary import folder_or_own
from logparse.text.escape import as_html, printable
from logparse.text.wording import duration
from logparse.values.json_form import text_of
from logparse.values.schedule import Soak, StartSource
from logparse.verdicts.verdict import Verdict

JUDGEMENTS = "logparse_judgements"
ENDED = "ended_by_outcome"
COLOURS = {State.READY: "green", State.STARTED: "green", State.NOT_JUDGED: "yellow", State.NOT_READY: "red"}


class SoakRun:
    """A judging run: the verdict, the results of its tests, the outputs, and whether all was ``concluded``."""

    def __init__(self, config: pytest.Config, prepared: run.Prepared, standard_log: int | None) -> None:
        self._config = config
        self._prepared = prepared
        self._standard_log = standard_log
        self._strange: dict[str, str] = {}
        self._collected: tuple[str, ...] = ()
        self._notices: tuple[str, ...] = ()
        self._verdict: Verdict | None = None
        self.concluded = False
        self._own_cache = ExitStack()
        self._html_report: Any = None

    @property
    def verdict(self) -> Verdict:
        """The verdict; it is known before the first test."""
        if self._verdict is None:
            raise RuntimeError("the logs were not judged yet")
        return self._verdict

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Judges the logs, once, before any test."""
        try:
            self._let_settle()
            self._collected = tuple(run.collect_before(self._prepared))
            self._verdict = run.carry_out(self._prepared, self._cache_folder(), self._standard_log)
        except UsageProblem as problem:
            raise pytest.UsageError(printable(str(problem))) from None
        except RuntimeError as error:
            # This is how DuckDB reports Ctrl-C.
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from None
            raise

    def _let_settle(self) -> None:
        """Waits until the logs of the hour that is due have settled, and says so."""
        wait = run.settling(self._prepared)
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        if wait and reporter is not None:
            due = f"hour {self._prepared.options.hour} is due"
            told = f"{due}; waiting {duration(wait)} until its logs have settled (settle_seconds)"
            reporter.write_line(told, flush=True)
        time.sleep(wait.total_seconds())

    def _cache_folder(self) -> Path:
        """Returns the folder of pytest's cache; if it cannot be written, one for this run alone."""
        cache = getattr(self._config, "cache", None)

        def usable() -> Path | None:
            folder = Path(cache.mkdir("logparse")) if cache else None
            if folder:
                check_folder_writable(folder)
            return folder

        return self._own_cache.enter_context(folder_or_own(usable))

    def pytest_report_header(self) -> list[str]:
        """Returns lines with start, hour, windows, files and limits in force."""
        options, waivers = self._prepared.options, self._prepared.waivers
        names = {standard_input.PLACE: standard_input.SHOWN}
        places = [names.get(place, place) for place in options.places]
        return [printable(line) for line in header(self.verdict, places, options.settings.limits, waivers)]

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Sends the judgements to a worker of pytest-xdist."""
        node.workerinput[JUDGEMENTS] = text_of(self.verdict.criteria)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers a test that ended in another way than by the outcome of its criterion."""
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
        """Writes the conclusion before the reports of other plugins; if those fail, nothing was concluded.

        Outputs with links to those reports are written after them.
        """
        try:
            self._conclude(session, exitstatus)
            self._tell_junit()
            result = yield
            self._complete_page()
            if self.concluded:
                run.keep(self._prepared.options, self.verdict)
            return result
        except (OSError, UsageProblem) as problem:
            self._withdraw(session, f"a report cannot be written: {problem}")
        except KeyboardInterrupt:
            self._withdraw(session, "interrupted")
            session.exitstatus = pytest.ExitCode.INTERRUPTED
        except Exception:
            # A bug in writing a report must neither leave a READY behind, nor end with the code of NOT READY.
            self._withdraw(session, "what writes a report has a fault")
            self._config.notify_exception(pytest.ExceptionInfo.from_current(), self._config.option)
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR

    def _complete_page(self) -> None:
        """Completes the HTML report with parts that the template of pytest-html lacks."""
        written = os.path.expandvars(str(self._config.getoption("htmlpath", None) or ""))
        path = Path.cwd() / Path(written).expanduser()
        if self._html_report is not None and path.is_file():
            write_text(path, top.completed(read_text(path)))

    def _withdraw(self, session: pytest.Session, reason: str) -> None:
        """Ends a run as one that concluded nothing, also for gates; the document stays as it is."""
        self.concluded = False
        self._notices = (f"nothing was concluded: {reason}",)
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
        with suppress(UsageProblem):
            run.replace_verdict(self._prepared.options)

    def _conclude(self, session: pytest.Session, exitstatus: int) -> None:
        """Writes the document and the verdict and sets the exit code, if the run was completed."""
        finished = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
        if self._verdict is None or exitstatus not in finished:
            return
        for name, reason in sorted(self._strange.items()):
            self._verdict = self._verdict.with_not_judged(name, reason)
        try:
            told = run.write(self._prepared.options, self._verdict)
            self._notices = (*told, *unneeded(self._prepared.waivers, self._verdict.criteria))
            session.exitstatus = self._verdict.state.exit_code
            self.concluded = True
        except (UsageProblem, OSError) as problem:
            self._withdraw(session, str(problem))

    def _tell_junit(self) -> None:
        """Puts the verdict into the JUnit file, if one is asked for; its own fixture does not work in pytest-xdist."""
        file = self._config.stash.get(xml_key, None)
        if file is not None:
            told = (
                junit.of_run(self.verdict) if self.concluded else junit.of_unfinished_run(self._prepared.options.hour)
            )
            for name, value in told:
                file.add_global_property(name, value)

    @pytest.hookimpl(optionalhook=True)
    def pytest_html_report_title(self, report: Any) -> None:
        """Keeps the report, whose title is known only at the end of the run.

        Its table of the environment does not escape values, though a branch of a CI service may have any name; it turns
        nested values into invalid lists, so each is one line.
        """
        self._html_report = report
        report.set_data("environment", {key: as_html(value) for key, value in report.data["environment"].items()})

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_html_results_summary(self, prefix: list[str]) -> None:
        """Adds the verdict and the criteria at the top of the HTML report."""
        done = self.concluded
        if self._html_report is not None:
            self._html_report.title = printable(top.title(self.verdict) if done else top.UNFINISHED)
        prefix.append(top.page(self.verdict) if done else top.unfinished_page())

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints the table of criteria, the reasons, and at the very end the block to paste."""
        told = actions.of_verdict(self.verdict) if self.concluded else actions.of_unfinished(self._notices)
        for line in actions.write_output(told, self._prepared.environment):
            terminalreporter.write_line(line)
        if self._verdict is None or not (self.concluded or self._notices):
            return
        title = self._verdict.title if self.concluded else top.UNFINISHED
        colour = COLOURS[self._verdict.state if self.concluded else State.NOT_JUDGED]
        terminalreporter.write_sep("=", printable(title), **{colour: True})
        for line in [
            *terminal.criteria_table(self._verdict),
            *terminal.reasons(self._verdict),
            *terminal.to_rate(self._verdict),
            *terminal.deployments(self._verdict),
            *trend.terminal_lines(self._verdict),
            *self._prepared.notices,
            *self._collected,
            *self._notices,
            *self._next(),
            "",
        ]:
            terminalreporter.write_line(printable(line))

    def _next(self) -> Iterable[str]:
        verdict, settle = self.verdict, self._prepared.options.settings.collecting.settle
        if verdict.start_source is not StartSource.UNKNOWN:
            yield next_checkpoint(Soak(verdict.start), verdict.hour, settle)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Prints the block that people paste as the last lines of all."""
        self._own_cache.close()
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        if self._verdict is not None and self.concluded and reporter is not None:
            for line in terminal.block(self._verdict):
                reporter.write_line(line)
