"""Names of conversations for people: the key, unless it could be somebody's number, else a short hash."""

import hashlib
from collections.abc import Callable, Iterable

LONGEST = 60
"""The most characters of a name."""

SIGN = 6
"""Hexadecimal digits of the hash: so few that many phone numbers share each, and none is given away."""


def conversation_names(keys: Iterable[str], mask: Callable[[str], str]) -> dict[str, str]:
    """Returns a unique name for each key, the same in every run over the same conversations.

    A key in which nothing has to be masked is its own name; any other gets one like ``contact-1f09ab``.
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
    """Tells whether a key may be a number or an address, which the mask, made for prose, might miss."""
    return key.isdigit() or "@" in key
