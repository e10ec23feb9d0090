"""Places that cannot be written, or must not be."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.runs.bad_inputs.case import USAGE, Case, Maker, log
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_vercel

LOGS = log(write_vercel(steady_day(START, hours=4, deliveries=50)))


def _beside(make: Callable[[Path], None]) -> Maker:
    """Makes something named ``it`` in the folder of the run."""
    return lambda desk: make(desk.folder / "it")


def _read_only(desk: Desk) -> None:
    desk.document.write_text("mine", "utf-8")
    desk.document.chmod(0o444)


def _circle(path: Path) -> None:
    path.symlink_to(path)


PLACES = (
    Case("reports below a file", USAGE, "is a file, not a folder", ("--reports=pytest.ini/reports",)),
    Case("reports at a link to itself", USAGE, "is a file, not a folder", ("--reports={desk}/it",), _beside(_circle)),
    Case("reports where nobody can write", USAGE, "cannot be written", ("--reports=/proc/reports",)),
    Case("a document that is a folder", USAGE, "is a folder", ("--monitoring-log=tests",)),
    Case("a document that is read-only", USAGE, "is read-only", (), _read_only),
    Case(
        "a document that is a pipe", USAGE, "is no ordinary file", ("--monitoring-log={desk}/it",), _beside(os.mkfifo)
    ),
    Case("a document that is a device", USAGE, "is no ordinary file", ("--monitoring-log=/dev/null",)),
    Case(
        "a document at a link to itself",
        USAGE,
        "Too many levels of symbolic links",
        ("--monitoring-log={desk}/it",),
        _beside(_circle),
    ),
    Case("a document with a name of 300 letters", USAGE, "name too long", ("--monitoring-log={desk}/" + "x" * 300,)),
    Case("a verdict that is a folder", USAGE, "is a folder", ("--verdict-json=tests",)),
    Case("a report that cannot be written", USAGE, "is a file, not a folder", ("--junitxml=pytest.ini/x.xml",)),
    Case("a verdict over the document", USAGE, "two outputs", ("--verdict-json={desk}/MONITORING-LOG.md",), LOGS),
    Case("a page over the document", USAGE, "two outputs", ("--html={desk}/MONITORING-LOG.md",), LOGS),
    Case("a document over the summary", USAGE, "two outputs", ("--monitoring-log={desk}/reports/SUMMARY.md",), LOGS),
    Case("a verdict over a log", USAGE, "among the logs", ("--verdict-json={desk}/logs/logs-hour-04.jsonl",), LOGS),
    Case("a document among the logs", USAGE, "among the logs", ("--monitoring-log={desk}/logs/M.md",), LOGS),
    Case("reports among the logs", USAGE, "among the logs", ("--reports={desk}/logs",), LOGS),
)
