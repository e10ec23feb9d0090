"""Why mutants survive: the explanations, kept beside the code that they speak of."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.tools.mutants.mutant import Mutant

EXPLANATIONS = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True)
class Explanation:
    """Why some mutants survive: of one module, in one function or value, with these changed lines."""

    module: str
    around: str
    was: str
    now: tuple[str, ...]
    why: str

    def holds_for(self, mutant: Mutant) -> bool:
        """Whether this is the explanation of a mutant."""
        return (self.module, self.around, self.was) == mutant.key[:3] and mutant.now in self.now


def read_explanations() -> list[Explanation]:
    """All explanations, in the order in which they stand."""
    entries = tomllib.loads(EXPLANATIONS.read_text("utf-8")).get("survivor", [])
    return [
        Explanation(entry["module"], entry["around"], entry["was"], tuple(entry["now"]), entry["why"])
        for entry in entries
    ]


def explanation_of(mutant: Mutant, explanations: Iterable[Explanation]) -> str:
    """Why a mutant survives; empty where nobody has said."""
    return next((one.why for one in explanations if one.holds_for(mutant)), "")
