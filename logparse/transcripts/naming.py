"""What people know a conversation by: its key where that tells nobody's number, else a short sign in its place."""

import hashlib
from collections.abc import Callable, Iterable

LONGEST = 60
"""Characters of a name."""

SIGN = 6
"""Hexadecimal digits of a sign: few enough that many phone numbers share each, so it gives none of them away."""


def names_of(keys: Iterable[str], mask: Callable[[str], str]) -> dict[str, str]:
    """The name of each key, no two alike, the same in every run over the same conversations.

    A key in which nothing has to be masked is its own name. Of any other a sign is made, as ``contact-1f09ab``.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(keys):
        name = free = _name(key, mask)
        number = 1
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        names[key] = free
    return names


def _name(key: str, mask: Callable[[str], str]) -> str:
    if len(key) <= LONGEST and not _may_tell(key) and mask(key) == key:
        return key
    return "contact-" + hashlib.sha256(key.encode()).hexdigest()[:SIGN]


def _may_tell(key: str) -> bool:
    """Whether a key may be a number or an address that the mask, which is made for prose, would leave alone."""
    return key.isdigit() or "@" in key
