"""A statement in named steps: each is one SELECT, which reads what came in, and the steps before it by their names."""

from collections.abc import Mapping

Steps = Mapping[str, str]
"""The SELECTs of the steps by name, in order; the last one gives what comes out."""


def statement(steps: Steps, until: str = "") -> str:
    """The one statement that the steps make: WITH all but the last, and the SELECT of the last.

    With ``until`` the step of that name is the last, for a look at its rows; ValueError where there is none.
    """
    names = list(steps)
    last = names.index(until) if until else len(names) - 1
    before = {name: steps[name] for name in names[:last]}
    return f"{f'WITH {common_tables(before)} ' if before else ''}{steps[names[last]].strip()}"


def common_tables(steps: Steps) -> str:
    """The steps as they stand between WITH and the SELECT that reads them."""
    return ", ".join(f"{name} AS (\n{select.strip()}\n)" for name, select in steps.items())
