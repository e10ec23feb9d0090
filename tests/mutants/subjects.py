"""What is mutated, and by which tests a mutant of it is to be noticed."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Subject:
    """A module whose mutants are made, and the tests that run against each, the quickest first.

    The tests run without any conftest: they bring the fixtures that they need.
    """

    name: str
    tests: tuple[str, ...]
    counts: bool = False  # whether its strings are SQL

    @property
    def module(self) -> str:
        """The module as it is imported."""
        return f"logparse.{self.name}"

    @property
    def path(self) -> Path:
        """The file of the module."""
        return ROOT / "logparse" / f"{self.name}.py"

    @property
    def arguments(self) -> list[str]:
        """The files of the tests, from the top of the project."""
        return [f"tests/unit/test_{test}.py" for test in self.tests]


SUBJECTS = (
    Subject("criteria", ("judgements", "criteria")),
    Subject("rates", ("rates",)),
    Subject("stretches", ("stretches",)),
    Subject("outcome", ("outcome",)),
    Subject("metrics", ("metrics",)),
    Subject("timeline", ("timeline",)),
    Subject("schedule", ("schedule",)),
    Subject("evidence", ("findings",)),
    Subject("file_findings", ("findings",)),
    Subject("tally", ("tally",), counts=True),
    Subject("numbers", ("metrics", "tallied_numbers"), counts=True),
)
