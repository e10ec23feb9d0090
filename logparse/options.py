"""The options of the command line and the settings of pytest.ini as checked values; independent of pytest."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from logparse.clock import Began, asked_hour, asks_for_due, given
from logparse.errors import UsageProblem
from logparse.settings.checked import Settings, parse
from logparse.storage.standard_input import PLACE
from logparse.values.course import Origin

ANY = "any"
"""The deployment option for any deployment, for logs that name none."""


@dataclass(frozen=True)
class Written:
    """The options as written, None or empty if not given; ``others``: files that plugins of pytest write."""

    hour: str
    logs: Sequence[str]
    monitoring_log: str | None
    start: str | None
    restart: bool
    reports: str | None
    verdict_json: str | None
    rehash: bool
    collect: str | None = None
    deployment: str | None = None
    baseline: str | None = None
    others: Sequence[str] = ()
    cluster: str | None = None


@dataclass(frozen=True)
class Options:
    """The options and settings of one run. Paths are absolute; ``places`` are where to search for logs, under ``base``.

    ``is_due``: the hour is the last checkpoint that the clock has passed, which depends on the start; until that is
    known, ``hour`` is 0. ``collect`` is the source to collect from before judging, or empty; ``deployment`` the
    required one of the soak, empty for any, None if not given. ``waivers`` is the file of waivers, or None;
    ``baseline`` the verdict of an earlier soak to compare with, or None. ``keeps_verdict``: verdict.json holds the
    conclusion of hour 24 of this soak, which gates read and a repeated earlier hour leaves alone. ``began`` is the
    start that was given, until it is known which one holds.
    """

    hour: int
    places: tuple[str, ...]
    base: Path
    monitoring_log: Path
    began: Began
    restart: bool
    reports: Path
    verdict_json: Path
    rehash: bool
    settings: Settings
    is_due: bool = False
    collect: str = ""
    deployment: str | None = None
    others: tuple[Path, ...] = ()
    cluster: str = ""
    waivers: Path | None = None
    baseline: Path | None = None
    keeps_verdict: bool = False


def read_options(
    written: Written,
    settings: Mapping[str, str],
    invoked_in: Path,
    root: Path,
    origins: Mapping[str, Origin] | None = None,
) -> Options:
    """Checks the options; raises UsageProblem if one is wrong.

    Paths of the command line are relative to where the command was given, paths of settings to the project.
    ``settings`` are those that were written anywhere, ``origins`` where.
    """
    is_due, hour = asks_for_due(written.hour), asked_hour(written.hour, due=0)
    checked = parse(settings, origins)
    if written.restart and (hour or is_due):
        raise UsageProblem("--restart goes with --hour=0: it starts the 24 hours again")
    if written.cluster and PLACE in (tuple(written.logs) or checked.logs):
        text = "--logs=-: standard input is on this machine alone"
        raise UsageProblem(f"{text}; with --cluster, name files that the workers can read")
    if "" in written.logs:
        raise UsageProblem("--logs=: it is empty, as from a variable that is not set; name a file, a folder or a glob")
    if written.baseline == "":
        raise UsageProblem("--baseline=: it is empty; name the verdict.json of an earlier soak, or leave it out")
    reports = _path(written.reports, checked.reports, invoked_in, root)
    return Options(
        hour=hour,
        places=tuple(written.logs) or checked.logs,
        base=invoked_in if written.logs else root,
        monitoring_log=_path(written.monitoring_log, checked.monitoring_log, invoked_in, root),
        began=given(written.start),
        restart=written.restart,
        reports=reports,
        verdict_json=place_of_verdict(written.verdict_json, written.reports, checked.reports, invoked_in, root),
        rehash=written.rehash,
        settings=checked,
        is_due=is_due,
        collect=(written.collect or "").strip(),
        deployment=parse_deployment(written.deployment) if written.deployment is not None else None,
        others=tuple(invoked_in / other for other in written.others),
        cluster=(written.cluster or "").strip(),
        waivers=root / checked.waivers if checked.waivers else None,
        baseline=invoked_in / written.baseline if written.baseline else None,
    )


def place_of_verdict(option: str | None, reports: str | None, setting: str, invoked_in: Path, root: Path) -> Path:
    """Returns the path of verdict.json: by its own option, else in the folder of the reports, by option or setting."""
    return invoked_in / option if option else _path(reports, setting, invoked_in, root) / "verdict.json"


def parse_deployment(text: str) -> str:
    """Parses ``--deployment``; returns an empty text for any. Raises UsageProblem if the option is empty."""
    if not text.strip():
        raise UsageProblem(f"--deployment=: it is empty, as from a variable that is not set; name one, or say {ANY}")
    return "" if text.strip() == ANY else text.strip()


def _path(option: str | None, setting: str, invoked_in: Path, root: Path) -> Path:
    # NOTE: Path.resolve() raises if links form a circle; that is reported later, like any unusable place.
    return Path(os.path.realpath(invoked_in / option if option else root / setting))
