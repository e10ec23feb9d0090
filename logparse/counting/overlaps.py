"""Overlaps: records that match the patterns of two events, although a record is one event at most.

Most pairs of patterns begin with different fixed text, so that no record can match both; these are not tested.
"""

from collections.abc import Mapping, Sequence
from itertools import product

from logparse.values.patterns import Pattern

EXCLUSIVE = ("reply", "processing", "delivery", "signature_verified", "signature_failure", "send_failure")
"""The mutually exclusive events, in the order in which they are tested: the first match counts."""

ALSO: Mapping[str, int] = {name: 1 << 16 << at for at, name in enumerate(EXCLUSIVE)}
"""The further exclusive events that a record matches after the one that counts: one bit each, above all of MARKS."""

ANY = sum(ALSO.values())
"""The bits of all these events."""


def also(events: Mapping[str, Sequence[Pattern]], is_: Mapping[str, str], codes: Mapping[str, int]) -> str:
    """Returns SQL for the bits of ALSO of a record of which ``code`` is known; 0 if no two patterns can overlap.

    ``is_`` holds the condition of each event, ``codes`` the numbers of the events.
    """
    cases = []
    for at, name in enumerate(EXCLUSIVE):
        later = [other for other in EXCLUSIVE[at + 1 :] if _may_meet(events[name], events[other])]
        if later:
            bits = " | ".join(f"CASE WHEN {is_[other]} THEN {ALSO[other]} ELSE 0 END" for other in later)
            cases.append(f"WHEN code IN ({', '.join(str(codes[own]) for own in _own(name))}) THEN {bits}")
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"


def _own(name: str) -> tuple[str, ...]:
    """Returns the names in CODES of an event: a receipt is a delivery too, and the fallback text a reply."""
    return {"delivery": ("delivery", "receipt"), "reply": ("reply", "fallback_reply")}.get(name, (name,))


def named_event(code: str, codes: Mapping[str, int]) -> str:
    """Returns SQL for the event with the number ``code``, by its name in EXCLUSIVE."""
    cases = (f"WHEN {codes[own]} THEN '{name}'" for name in EXCLUSIVE for own in _own(name))
    return f"CASE {code} {' '.join(cases)} END"


def first_of(marks: str) -> str:
    """Returns SQL for the first event whose bit of ALSO is set in ``marks``, by its name."""
    cases = (f"WHEN {marks} & {bit} <> 0 THEN '{name}'" for name, bit in ALSO.items())
    return f"CASE {' '.join(cases)} END"


def _may_meet(some: Sequence[Pattern], others: Sequence[Pattern]) -> bool:
    """Tells whether a text may match a pattern of each: not if the fixed texts at their beginnings differ."""
    literals = product([one.literal for one in some], [other.literal for other in others])
    return any(one.startswith(other) or other.startswith(one) for one, other in literals)
