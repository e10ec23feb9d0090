"""docs/mutants.md: the score, and each survivor with why it survives."""

from collections.abc import Sequence

from tests.mutants.mutant import Mutant
from tests.mutants.runs import Ended
from tests.mutants.subjects import ROOT
from tests.mutants.survivors import Explanation

PAGE = ROOT / "docs" / "mutants.md"
UNEXPLAINED = "NOT EXPLAINED YET"

_HEAD = """\
# Mutants
"""


def shown(mutant: Mutant, why: str) -> str:
    """A mutant for people: where, the lines before and after, and why it survives."""
    was = "".join(f"\n- {line}" for line in mutant.was.splitlines())
    now = "".join(f"\n+ {line}" for line in mutant.now.splitlines())
    return f"logparse/{mutant.subject.name}.py:{mutant.line} in {mutant.around}{was}{now}\n  {why or UNEXPLAINED}\n"


def page(ended: Sequence[Ended], explanations: Sequence[Explanation]) -> str:
    """The whole page."""
    return _HEAD
