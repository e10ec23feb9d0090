"""The abilities of versions of the ``vercel`` tool, and why some are refused."""

import re
from dataclasses import dataclass

FIRST_WHOLE = (50, 42)
"""The first version whose rows hold all messages of a request."""

NO_BRANCH_UNTIL = (58, 5)
"""The first version that does not filter rows by the current git branch unless told not to."""

REFUSED = (
    ((35, 0), "prints text for people, in which times and requests cannot be told for sure"),
    ((50, 12), "only follows what happens now, and leaves out all that was before"),
    (FIRST_WHOLE, "gives only the first message of each request"),
)
"""Refused versions: those before each of these, and the reason."""

_VERSION = re.compile(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True)
class Ability:
    """A usable version, and the extra options it needs."""

    version: str
    options: tuple[str, ...]


def ability_of(said: str) -> Ability | str:
    """Parses the output of ``vercel --version``; returns the ability, or why the version is refused, in one line."""
    match = _VERSION.search(said)
    if not match:
        return "`vercel --version` names no version"
    version, number = match[0], (int(match[1]), int(match[2]))
    for before, why in REFUSED:
        if number < before:
            return f"Vercel CLI {version} {why}; use --source=vercel, or install 50.42 or later"
    return Ability(version, ("--no-branch",) if number < NO_BRANCH_UNTIL else ())
