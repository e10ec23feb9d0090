"""tests/tools/mutants/README.md: the score, and each survivor with why it survives."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.tools.mutants.mutant import Mutant
from tests.tools.mutants.runs import Ended, Fate
from tests.tools.mutants.subjects import SUBJECTS
from tests.tools.mutants.survivors import Explanation, explanation_of

PAGE = Path(__file__).with_name("README.md")
UNEXPLAINED = "**not explained yet**"

_HEAD = """\
# Mutants

A test is worth what it notices. So the modules that decide are changed in small ways, one at a time (a `<` becomes
`<=`, a `min` a `max`, a condition its opposite, an argument is left out), and their tests are run against each of these
mutants. A mutant that a test fails on is killed; one that no test notices survives, and shows a test that is missing,
code that does nothing, or a change that changes nothing.

This page is written by `python -m tests.tools.mutants`; it is not edited by hand. To run it:

```sh
.venv/bin/python -m pip install --editable ".[dev,mutants]"
.venv/bin/python -m tests.tools.mutants               # all modules, and this page
.venv/bin/python -m tests.tools.mutants counting/tally judging/rates   # some, shown in the terminal alone
```

It ends with exit code 1 where a survivor has no explanation. A run that was stopped goes on where it was: fates are
kept in the file `.mutants` for as long as no module and none of the tests changes.

## How it is done

- **The changes** are those of [mutmut](https://mutmut.readthedocs.io) and some of our own: outcomes are confused (NOT
  JUDGED becomes PASS), `start` with `end`, `first` with `last`, conditions are negated, elements of a list left out.
  What people read is changed too: where a reason is wrong, a test must notice.
- **SQL** is changed in its text (`tests/tools/mutants/sql.py`): comparisons, AND and OR, aggregates, FILTER and WHERE,
  columns, constants, UNION ALL, and the codes and marks that are asked for. mutmut's own runner would pass over it, as
  over all that stands outside of functions, and over properties; this is why its operators are used without it.
- **The tests** are those of the module alone (`tests/tools/mutants/subjects.py`), against facts made by hand. What the
  scenarios and the properties would notice besides is not counted.
- **Stillborn** mutants cannot be imported, or their SQL cannot be run at all. No test could miss them, so they are left
  out of the score. A mutant that does not come to an end is stopped after a while, and counts as killed.
- **Not changed** are annotations, docstrings, decorators, imports, the words between the values of an f-string that is
  no SQL, and the table of columns in `counting/tally.py`, which describes them for readers.

## Score

"""


def shown(mutant: Mutant, why: str) -> str:
    """A mutant for people: where, the lines before and after, and why it survives."""
    return f"{_place(mutant)}\n{_lines(mutant)}\n  {why or UNEXPLAINED}\n"


def page(ended: Sequence[Ended], explanations: Sequence[Explanation]) -> str:
    """The whole page."""
    return _HEAD + _table(ended, explanations) + "\n## Survivors\n" + _survivors(ended, explanations)


def _table(ended: Sequence[Ended], explanations: Sequence[Explanation]) -> str:
    rows = ["| module | mutants | killed | survived | not explained | score | stillborn |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for subject in SUBJECTS:
        of_module = [one for one in ended if one.mutant.subject == subject]
        rows.append(_row(f"`{subject.name}.py`", of_module, explanations))
    rows.append(_row("**all**", ended, explanations))
    return "\n".join(rows) + "\n"


def _row(name: str, ended: Sequence[Ended], explanations: Sequence[Explanation]) -> str:
    fates = Counter(one.fate for one in ended)
    killed, survived = fates[Fate.KILLED] + fates[Fate.TIMED_OUT], fates[Fate.SURVIVED]
    unexplained = sum(not explanation_of(one.mutant, explanations) for one in _surviving(ended))
    score = f"{100 * killed / (killed + survived):.1f} %" if killed + survived else "-"
    numbers = (killed + survived, killed, survived, unexplained, score, fates[Fate.STILLBORN])
    return f"| {name} | {' | '.join(f'{number:,}' if isinstance(number, int) else number for number in numbers)} |"


def _surviving(ended: Sequence[Ended]) -> list[Ended]:
    return [one for one in ended if one.fate is Fate.SURVIVED]


def _survivors(ended: Sequence[Ended], explanations: Sequence[Explanation]) -> str:
    """Each module's survivors; those that survive for one reason stand under it together."""
    parts = []
    for subject in SUBJECTS:
        by_reason: dict[str, list[Mutant]] = {}
        for one in _surviving(ended):
            if one.mutant.subject == subject:
                why = explanation_of(one.mutant, explanations) or UNEXPLAINED
                by_reason.setdefault(why, []).append(one.mutant)
        if by_reason:
            parts.append(f"\n### {subject.name}.py\n")
        for why, mutants in by_reason.items():
            blocks = "\n\n".join(f"{_place(mutant)}\n{_lines(mutant)}" for mutant in mutants)
            parts.append(f"\n{why}\n\n```diff\n{blocks}\n```\n")
    return "".join(parts) or "\nThere is none.\n"


def _place(mutant: Mutant) -> str:
    return f"logparse/{mutant.subject.name}.py:{mutant.line} in {mutant.around or 'the module'}"


def _lines(mutant: Mutant) -> str:
    was = [f"- {line}" for line in mutant.was.splitlines()]
    now = [f"+ {line}" for line in mutant.now.splitlines()]
    return "\n".join(was + now)
