"""What is mutated, and by which tests a mutant of it is to be noticed."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Subject:
    """A module, by its path in the package, and the tests that run against each, the quickest first.

    The tests run without any conftest: they bring the fixtures that they need.
    """

    name: str
    tests: tuple[str, ...]
    counts: bool = False  # whether its strings are SQL

    @property
    def module(self) -> str:
        """The module as it is imported."""
        return f"logparse.{self.name.replace('/', '.')}"

    @property
    def path(self) -> Path:
        """The file of the module."""
        return ROOT / "logparse" / f"{self.name}.py"

    @property
    def arguments(self) -> list[str]:
        """The files of the tests, from the top of the project."""
        return [f"tests/unit/test_{test}.py" for test in self.tests]


SUBJECTS = (
    Subject("judging/criteria", ("judgements", "criteria")),
    Subject("judging/rates", ("rates",)),
    Subject("judging/stretches", ("stretches",)),
    Subject("outcome", ("outcome",)),
    Subject("values/metrics", ("metrics",)),
    Subject("values/timeline", ("timeline",)),
    Subject("values/schedule", ("schedule",)),
    Subject("evidence/examine", ("findings",)),
    Subject("evidence/file_findings", ("findings",)),
    Subject("counting/tally", ("tally",), counts=True),
    Subject("counting/numbers", ("metrics", "tallied_numbers"), counts=True),
)
