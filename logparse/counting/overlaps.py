"""Overlaps: records that the patterns of two events match alike, although a record is one event at most.

Most pairs of patterns begin with different fixed text, so that no record can match both; for them nothing is asked.
"""

from collections.abc import Mapping, Sequence
from itertools import product

from logparse.values.patterns import Pattern

EXCLUSIVE = ("reply", "processing", "delivery", "signature_verified", "signature_failure", "send_failure")
"""The events of which a record is one at most, in the order in which they are looked for: the first one counts."""

ALSO: Mapping[str, int] = {name: 1 << 16 << at for at, name in enumerate(EXCLUSIVE)}
"""What a record would be too, were it not an event that is looked for before: one bit each, above all of MARKS."""

ANY = sum(ALSO.values())
"""The bits of all of them."""


def also(events: Mapping[str, Sequence[Pattern]], is_: Mapping[str, str], codes: Mapping[str, int]) -> str:
    """The SQL of the bits of ALSO for a record of which ``code`` is known; 0 where no two patterns can meet.

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
    """The names of CODES that an event has: a receipt is delivered, and the fallback text is a reply."""
    return {"delivery": ("delivery", "receipt"), "reply": ("reply", "fallback_reply")}.get(name, (name,))


def named_event(code: str, codes: Mapping[str, int]) -> str:
    """The SQL of the event that the number ``code`` stands for, by its name in EXCLUSIVE."""
    cases = (f"WHEN {codes[own]} THEN '{name}'" for name in EXCLUSIVE for own in _own(name))
    return f"CASE {code} {' '.join(cases)} END"


def first_of(marks: str) -> str:
    """The SQL of the first event whose bit of ALSO is set in ``marks``, by its name."""
    cases = (f"WHEN {marks} & {bit} <> 0 THEN '{name}'" for name, bit in ALSO.items())
    return f"CASE {' '.join(cases)} END"


def _may_meet(some: Sequence[Pattern], others: Sequence[Pattern]) -> bool:
    """Whether a text may match a pattern of each: not where the fixed texts that they begin with differ."""
    literals = product([one.literal for one in some], [other.literal for other in others])
    return any(one.startswith(other) or other.startswith(one) for one, other in literals)
