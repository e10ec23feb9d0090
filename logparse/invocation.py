"""The call of pytest: what its command line, PYTEST_ADDOPTS and ``addopts`` each ask for, parsed by its own parser; and
the old verdict of a run that should have judged but did not.
"""

import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from logparse.clock import asked_hour
from logparse.errors import UsageProblem
from logparse.options import place_of_verdict
from logparse.settings.checked import DEFAULTS
from logparse.settings.file import origins_of
from logparse.values.course import Origin
from logparse.verdicts.withdrawn import withdraw

RUN = "logparse-run"
"""The name of the plugin that is a judging run."""

LISTINGS = (
    "collectonly",
    "help",
    "version",
    "markers",
    "showfixtures",
    "show_fixtures_per_test",
    "cacheshow",
    "setupplan",
)
"""The options that only ask pytest about itself or its tests."""

_PARSER = pytest.StashKey[pytest.Parser]()
_SETTLED = pytest.StashKey[bool]()


def note(config: pytest.Config, parser: pytest.Parser) -> None:
    """Keeps the parser, and registers the withdrawal of the old verdict if a run should judge but never begins."""
    config.stash[_PARSER] = parser
    config.add_cleanup(partial(_leave_no_old_verdict, config))


def is_settled(config: pytest.Config) -> None:
    """Remembers that verdict.json is up to date, although no run begins."""
    config.stash[_SETTLED] = True


def to_judge(config: pytest.Config) -> bool:
    """Tells whether this is the process of a run that should judge, and not merely list something.

    Only the command line itself may ask for a listing: in PYTEST_ADDOPTS or ``addopts`` it would open every gate.
    """
    asked = _parsed(config, [*_of_file(config), *_of_environment(), *_of_command_line(config)])
    if hasattr(config, "workerinput") or asked is None or asked.hour is None:
        return False
    own = _parsed(config, _of_command_line(config))
    return own is None or not is_listing(own)


def is_listing(asked: Namespace) -> bool:
    """Tells whether pytest is only asked about itself or its tests, so that nothing is judged or written."""
    return any(getattr(asked, name, None) for name in LISTINGS)


def origins(config: pytest.Config, names: Sequence[str]) -> dict[str, Origin]:
    """Returns the origin of the last value of each setting that was written anywhere."""
    command_line, environment = _of_command_line(config), _of_environment()
    own, around = _parsed(config, command_line), _parsed(config, environment)
    file = _parsed(config, _of_file(config))
    # The environment may name another file, or a path below which pytest finds one.
    chosen = own is not None and own.inifilename
    by_environment = around is not None and (around.inifilename or around.file_or_dir) and not chosen
    read = Origin.ENVIRONMENT if by_environment else Origin.FILE
    written = [(Origin.ENVIRONMENT, _set(around)), (Origin.COMMAND_LINE, _set(own))]
    # Settings within addopts of a file are from the file; but addopts itself may have been replaced.
    addopts = origins_of(["addopts"], written, read)["addopts"]
    return dict(origins_of(names, [(addopts, _set(file)), *written], read))


def _set(asked: Namespace | None) -> list[str]:
    return list(asked.override_ini or ()) if asked is not None else []


def _of_command_line(config: pytest.Config) -> list[str]:
    return [os.fspath(argument) for argument in config.invocation_params.args]


def _of_environment() -> list[str]:
    return shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))


def _of_file(config: pytest.Config) -> list[str]:
    return list(config.getini("addopts"))


def _parsed(config: pytest.Config, arguments: list[str]) -> Namespace | None:
    """Parses arguments as pytest does; returns None if that fails."""
    try:
        return config.stash[_PARSER].parse_known_args(arguments)
    except pytest.UsageError:
        return None


def _leave_no_old_verdict(config: pytest.Config) -> None:
    """Withdraws, at the very end of pytest, the verdict of a run that should have judged and never began."""
    if _SETTLED in config.stash or config.pluginmanager.hasplugin(RUN) or not to_judge(config):
        return
    reason = _reason(sys.exception())
    asked = _parsed(config, [*_of_file(config), *_of_environment(), *_of_command_line(config)])
    if asked is not None:
        base, root = config.invocation_params.dir, config.rootpath
        logs = [Path(base, place) for place in asked.logs] or [
            root / place.strip() for place in _setting(config, "logs").splitlines() if place.strip()
        ]
        named = [path for name in ("monitoring_log", "htmlpath", "xmlpath") if (path := getattr(asked, name, None))]
        others = [*(Path(base, path) for path in named), root / _setting(config, "monitoring_log")]
        path = place_of_verdict(asked.verdict_json, asked.reports, _setting(config, "reports"), base, root)
        withdraw(path, _hour(asked), reason, logs, others)


def _setting(config: pytest.Config, name: str) -> str:
    return str(config.getini(name) or DEFAULTS[name])


def _reason(problem: BaseException | None) -> str:
    """Returns the reason why the run never began: the error line, because pytest prints its usage in front of it."""
    lines = str(problem or "").splitlines()
    told = next((line for line in lines if "error: " in line), lines[0] if lines else "")
    told = told or ("interrupted" if isinstance(problem, KeyboardInterrupt) else type(problem).__name__)
    return "PYTEST_ADDOPTS or addopts asks pytest for something else" if problem is None else told


def _hour(asked: Namespace) -> int:
    """Returns the checkpoint that was named, as far as it is known, else 0."""
    try:
        return asked_hour(asked.hour, due=0)
    except UsageProblem:
        return 0
