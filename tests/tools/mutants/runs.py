"""Runs tests against mutants: one pytest a module, which forks before it collects tests, once for each mutant.

A mutant never touches a file: its code takes the module's place when the module is imported.
"""

import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

import duckdb
import pytest

from tests.tools.mutants import memory
from tests.tools.mutants.mutant import Mutant
from tests.tools.mutants.subjects import ROOT, Subject

_NOT_LOADED = 99


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"  # it never came to an end, which a test notices too
    SURVIVED = "survived"
    STILLBORN = "stillborn"  # it cannot be loaded, or its SQL not be understood: nobody could overlook it


@dataclass(frozen=True)
class Ended:
    """A mutant and its fate."""

    mutant: Mutant
    fate: Fate


class _Loader(SourceFileLoader):
    """Loads a module from code that is given, and keeps nothing of it."""

    def __init__(self, module: str, path: Path, code: str) -> None:
        super().__init__(module, str(path))
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._code, self.path, "exec", dont_inherit=True)


class _Finder:
    """Puts a mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The mutant, where its module is asked for."""
        subject = self._mutant.subject
        if name != subject.module:
            return None
        loader = _Loader(name, subject.path, self._mutant.code)
        return importlib.util.spec_from_file_location(name, subject.path, loader=loader)


class _Runner:
    """A plugin of pytest: where tests would be collected, it forks for each mutant, and only its children go on."""

    def __init__(self, mutants: Sequence[Mutant], jobs: int, limit: float, scratch: Path, around: str) -> None:
        self.ended: list[Ended] = []
        self.child = False
        self._waiting = list(reversed(mutants))
        self._running: dict[int, tuple[Mutant, float]] = {}
        self._jobs, self._limit, self._scratch, self._around = jobs, limit, scratch, around

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Returns in the child of each mutant; in the parent, pytest ends when all have ended."""
        gc.freeze()
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < self._jobs:
                    if self._fork(self._waiting.pop()):
                        return
                self._gather()
        finally:
            if not self.child:
                for process in self._running:
                    _end(process)
        pytest.exit("all mutants have ended", returncode=0)

    def _fork(self, mutant: Mutant) -> bool:
        """Whether this is the child."""
        process = os.fork()
        if process:
            self._running[process] = mutant, time.monotonic() + self._limit
            return False
        self.child = True
        os.setpgid(0, 0)
        folder = self._scratch / str(os.getpid())
        folder.mkdir()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
        _take_place(mutant)
        if not _alive(mutant, folder):
            os._exit(_NOT_LOADED)
        return True

    def _gather(self) -> None:
        """Notes those that have ended by now, and ends those that take too long."""
        time.sleep(0.005)
        for process, (mutant, deadline) in list(self._running.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            late = not ended and time.monotonic() > deadline
            if not ended and not late:
                continue
            del self._running[process]
            _end(process)
            if late:
                os.waitpid(process, 0)
            shutil.rmtree(self._scratch / str(process), ignore_errors=True)
            fate = Fate.TIMED_OUT if late else _fate(os.waitstatus_to_exitcode(status))
            self.ended.append(Ended(mutant, fate))
            if self._around:
                memory.remember(memory.digest(mutant, self._around), fate)


def time_of_sound_run(subject: Subject) -> float:
    """How many seconds the tests of a module take without a mutant; RuntimeError where they do not pass."""
    begun = time.monotonic()
    sound = Mutant(subject, 0, "", "", "", subject.path.read_text("utf-8"))
    (ended,) = _run(subject, [sound], jobs=1, limit=600)
    if ended.fate is not Fate.SURVIVED:
        raise RuntimeError(f"{subject.name}: its tests do not pass without a mutant: {' '.join(subject.arguments)}")
    return time.monotonic() - begun


def run(subject: Subject, mutants: Sequence[Mutant], jobs: int, limit: float) -> list[Ended]:
    """The fate of each mutant of a module, in order of lines; each may take ``limit`` seconds."""
    around, fates = memory.surroundings(subject), memory.recall()
    known = [(mutant, fates.get(memory.digest(mutant, around))) for mutant in mutants]
    told = [Ended(mutant, Fate(fate)) for mutant, fate in known if fate]
    ran = _run(subject, [mutant for mutant, fate in known if not fate], jobs, limit, around)
    return sorted([*told, *ran], key=lambda one: one.mutant.line)


def _run(subject: Subject, mutants: Sequence[Mutant], jobs: int, limit: float, around: str = "") -> list[Ended]:
    """The fates of mutants that are run now; remembered where it is told what is around them."""
    scratch = Path(tempfile.mkdtemp(prefix="mutants-"))
    runner = _Runner(mutants, jobs, limit, scratch, around)
    # The collector of garbage, which one plugin calls at the end of each run, takes as long as many tests.
    options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
    # NOTE: A conftest would be loaded before the fork, and with it the project as it is, without the mutant.
    options += ["--noconftest", "-p", "logparse.plugin"]
    code: int = 3
    os.chdir(ROOT)
    with _silence():
        try:
            code = int(pytest.main([*options, *subject.arguments], plugins=[runner]))
        finally:
            if runner.child:
                os._exit(code)
    shutil.rmtree(scratch, ignore_errors=True)
    if code:
        raise RuntimeError(f"{subject.name}: pytest ended with exit code {code}: {' '.join(subject.arguments)}")
    return runner.ended


@contextmanager
def _silence() -> Iterator[None]:
    """What tests print is not shown."""
    kept = [os.dup(1), os.dup(2)]
    quiet = os.open(os.devnull, os.O_WRONLY)
    try:
        sys.stdout.flush()
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        yield
    finally:
        sys.stdout.flush()
        for stream, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, stream)
            os.close(copy)
        os.close(quiet)


def _end(process: int) -> None:
    """Ends what is left of a process and of those that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def _fate(code: int) -> Fate:
    if code == int(pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError("no test was found")
    return {0: Fate.SURVIVED, _NOT_LOADED: Fate.STILLBORN}.get(code, Fate.KILLED)


def _take_place(mutant: Mutant) -> None:
    """From here on, who imports the project gets the mutant in it."""
    ours = ("logparse", "tests.unit", "tests.builders")
    for name in [name for name in sys.modules if name.startswith(ours)]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))


def _alive(mutant: Mutant, folder: Path) -> bool:
    """Whether the module can be loaded, and its SQL be understood."""
    try:
        importlib.import_module(mutant.subject.module)
    except Exception:
        return False
    if not mutant.subject.counts:
        return True
    counted = importlib.import_module("tests.builders.counted")
    try:
        with counted.open_counter(folder) as counter:
            counter.count(b"2026-01-12T00:10:00Z [ARI] Response sent in 5ms\n")
    except duckdb.Error:
        return False
    except Exception:
        return True
    return True
