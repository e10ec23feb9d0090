"""SQL statements in named steps: each is a SELECT that reads the input and earlier steps by name."""

from collections.abc import Mapping

Steps = Mapping[str, str]
"""The SELECTs of the steps by name, in order; the last one is the result."""


def statement(steps: Steps, until: str = "") -> str:
    """Joins the steps to one statement: WITH all but the last, and the SELECT of the last.

    ``until`` makes the step of that name the last, to inspect its rows; raises ValueError if there is none.
    """
    names = list(steps)
    last = names.index(until) if until else len(names) - 1
    before = {name: steps[name] for name in names[:last]}
    return f"{f'WITH {common_tables(before)} ' if before else ''}{steps[names[last]].strip()}"


def common_tables(steps: Steps) -> str:
    """Joins the steps to the text between WITH and the final SELECT."""
    return ", ".join(f"{name} AS (\n{select.strip()}\n)" for name, select in steps.items())
