"""What a version of the ``vercel`` tool can do, and why the others are refused."""

import re
from dataclasses import dataclass

FIRST_WHOLE = (50, 42)
"""The first version whose rows hold all messages of a request."""

NO_BRANCH_UNTIL = (58, 5)
"""Before this version the rows were those of the current git branch alone, unless one said no."""

REFUSED = (
    ((35, 0), "prints text for people, in which times and requests cannot be told for sure"),
    ((50, 12), "only follows what happens now, and leaves out all that was before"),
    (FIRST_WHOLE, "gives only the first message of each request"),
)
"""The versions before each of these, and what is wrong with them."""

_VERSION = re.compile(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True)
class Ability:
    """A version that can do it, and the options that it needs beside the usual ones."""

    version: str
    options: tuple[str, ...]


def ability_of(said: str) -> Ability | str:
    """What a version can do, from what ``vercel --version`` prints; why it is refused, in one line, where it cannot."""
    match = _VERSION.search(said)
    if not match:
        return "`vercel --version` names no version"
    version, number = match[0], (int(match[1]), int(match[2]))
    for before, why in REFUSED:
        if number < before:
            return f"Vercel CLI {version} {why}; use --source=vercel, or install 50.42 or later"
    return Ability(version, ("--no-branch",) if number < NO_BRANCH_UNTIL else ())
