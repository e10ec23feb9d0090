"""Codes and marks: what an event is and what it is beside that, as numbers, and the SQL that asks for them by name."""

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, int] = MappingProxyType(
    {
        "other": 0,
        "delivery": 1,
        "receipt": 2,
        "signature_verified": 3,
        "processing": 4,
        "reply": 5,
        "fallback_reply": 6,
        "left_out": 7,
        "signature_failure": 8,
        "send_failure": 9,
        "continuation": 20,
        "blank": 21,
        "banner": 22,
        "rejected": 23,
        "duplicate": 24,
    }
)
"""What a row is: the one event of a record (``left_out``: of another environment), or the class of an untimed line.

Whole numbers, because grouping by them is several times faster than by names.
"""

MARKS: Mapping[str, int] = MappingProxyType(
    {
        "error": 1,
        "critical_error": 2,
        "signature_failure": 4,
        "delivery_failure": 8,
        "slow_reply": 16,
        "partial": 32,
        "truncated": 64,
        "ambiguous": 128,
        "unauthorized": 256,
        "traceback": 512,
        "chained": 1024,
        "redirected": 2048,
    }
)
"""What a record is beside its event, one bit each; most records have none. From 1 << 16 on stand those of ALSO."""


def code(name: str) -> str:
    """The number of an event or of a class of lines."""
    return str(CODES[name])


def is_one_of(*names: str) -> str:
    """The condition that ``code`` is one of several."""
    return f"code IN ({', '.join(map(code, names))})"


def bits(*names: str) -> int:
    """The bits of some marks together."""
    return sum(MARKS[name] for name in names)


def has(*names: str, marks: str = "marks") -> str:
    """The condition that any of some marks is set in ``marks``."""
    return f"{marks} & {bits(*names)} <> 0"


def mark_if(name: str, condition: str) -> str:
    """The bit of a mark where a condition holds, else 0."""
    return f"CASE WHEN {condition} THEN {bits(name)} ELSE 0 END"
