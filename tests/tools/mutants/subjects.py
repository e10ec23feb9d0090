"""What is mutated, and by which tests a mutant of it is to be noticed."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Subject:
    """A module, by its path in the package, and the tests below tests/unit that run against each, the quickest first.

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
        return [f"tests/unit/{test}.py" for test in self.tests]


SUBJECTS = (
    Subject("judging/criteria", ("judging/test_judgements", "judging/test_criteria")),
    Subject("judging/rates", ("judging/test_rates",)),
    Subject("judging/stretches", ("judging/test_stretches",)),
    Subject("outcome", ("test_outcome",)),
    Subject("values/metrics", ("values/test_metrics",)),
    Subject("values/timeline", ("values/test_timeline",)),
    Subject("values/schedule", ("values/test_schedule",)),
    Subject("evidence/examine", ("evidence/test_findings",)),
    Subject("evidence/file_findings", ("evidence/test_findings",)),
    Subject("counting/scan", ("counting/test_tally",), counts=True),
    Subject("counting/tally", ("counting/test_tally",), counts=True),
    Subject("counting/numbers", ("values/test_metrics", "counting/test_tallied_numbers"), counts=True),
)
