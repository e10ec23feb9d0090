"""Codes and marks: numbers for the event of a record and for its further traits, and SQL conditions on them by name."""

from collections.abc import Mapping

CODES: Mapping[str, int] = {
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
"""The code of a row: the one event of a record (``left_out``: of another environment), or the class of an untimed line.

Whole numbers, because grouping by them is several times faster than by names.
"""

MARKS: Mapping[str, int] = {
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
"""The marks of a record beside its event, one bit each; most records have none. Bits from 1 << 16 are of ALSO."""


def code(name: str) -> str:
    """Returns the code of an event or of a class of lines."""
    return str(CODES[name])


def is_one_of(*names: str) -> str:
    """Returns the SQL condition that ``code`` is one of several."""
    return f"code IN ({', '.join(map(code, names))})"


def bits(*names: str) -> int:
    """Returns the bits of some marks together."""
    return sum(MARKS[name] for name in names)


def has(*names: str, marks: str = "marks") -> str:
    """Returns the SQL condition that any of some marks is set in ``marks``."""
    return f"{marks} & {bits(*names)} <> 0"


def mark_if(name: str, condition: str) -> str:
    """Returns SQL for the bit of a mark if a condition holds, else 0."""
    return f"CASE WHEN {condition} THEN {bits(name)} ELSE 0 END"
