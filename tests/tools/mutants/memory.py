"""Fates that are known already, so that a run which was stopped goes on where it was."""

from collections.abc import Iterable
from hashlib import sha256

from tests.tools.mutants.mutant import Mutant
from tests.tools.mutants.subjects import ROOT, Subject

KNOWN = ROOT / ".mutants"
"""A file with a line for each mutant that was run: what its fate followed from, and its fate. It may be deleted."""

_SHARED = [ROOT / "tests" / "builders" / "judged.py"]


def surroundings(subject: Subject) -> str:
    """A digest of all that the fates of a module's mutants follow from: the other modules, and the tests."""
    package = ROOT / "logparse"
    code = sorted([*package.rglob("*.py"), *package.rglob("*.toml")])
    modules = [path for path in code if path != subject.path]
    tests = [ROOT / argument for argument in subject.arguments]
    return _digest(path.read_bytes() for path in [*modules, *tests, *_SHARED])


def digest(mutant: Mutant, around: str) -> str:
    """What tells a mutant in its surroundings from every other."""
    return _digest([mutant.code.encode(), around.encode()])


def recall() -> dict[str, str]:
    """The fates that are known, by the digests of their mutants."""
    lines = KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else []
    return dict(line.split(" ", 1) for line in lines if " " in line)


def remember(known: str, fate: str) -> None:
    """Adds a fate to those that are known."""
    with KNOWN.open("a", encoding="utf-8") as file:
        file.write(f"{known} {fate}\n")


def _digest(parts: Iterable[bytes]) -> str:
    whole = sha256()
    for part in parts:
        whole.update(sha256(part).digest())
    return whole.hexdigest()
