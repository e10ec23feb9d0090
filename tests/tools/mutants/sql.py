"""The changes to SQL, made in the text of a statement, one place at a time."""

import re
from collections.abc import Callable, Iterator, Mapping

from logparse.counting.codes import CODES, MARKS

KEYS: Mapping[str, Mapping[str, int]] = {
    **dict.fromkeys(("CODES", "code", "is_one_of"), CODES),
    **dict.fromkeys(("MARKS", "bits", "has", "mark_if"), MARKS),
}
"""The numbers that statements name by words, by the mapping or the function that is asked for them."""

_OTHER_WORDS = {
    "AND": ["OR"],
    "OR": ["AND"],
    "min": ["max"],
    "max": ["min"],
    "sum": ["max", "count"],
    "min_by": ["max_by"],
    "bit_or": ["bit_and"],
    "greatest": ["least"],
    "floor": ["ceil"],
    "records": ["lines"],
    "lines": ["records"],
    "told": ["untold"],
    "untold": ["told"],
    "first": ["last"],
    "last": ["first"],
    "ms": ["ms_max"],
    "ms_max": ["ms"],
    "message": ["request"],
    "failures": ["scan"],
    "DISTINCT": [""],
    "DESC": [""],
    "WHERE": ["WHERE TRUE OR", "WHERE FALSE AND"],
    "WHEN": ["WHEN TRUE OR", "WHEN FALSE AND"],
}
_OTHER_SIGNS = {"<>": ["="], "=": ["<>"], ">": [">=", "<"], ">=": [">"], "<": ["<=", ">"], "<=": ["<"], "&": ["|"]}


def _word(found: str) -> list[str]:
    return _OTHER_WORDS.get(found, [])


_PLACES: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    (r"--[^\n]*", lambda found: []),  # comments are passed over
    (r"'\w+'", lambda found: [f"'XX{found[1:]}"]),
    (r"IS NOT NULL", lambda found: ["IS NULL"]),
    (r"IS NULL", lambda found: ["IS NOT NULL"]),
    (r"NOT IN\b", lambda found: ["IN"]),
    (r"UNION ALL", lambda found: ["UNION"]),
    (r"FILTER \(", lambda found: ["FILTER (TRUE OR ", "FILTER (NOT "]),
    (r"FILTER(?= *$)", lambda found: ["FILTER NOT"]),
    (r"count\(\*\)", lambda found: ["max(1)"]),
    (r"\bNOT\b", lambda found: [""]),
    (r"<>|>=|<=|(?<![:$])=|[<>&]", lambda found: _OTHER_SIGNS[found]),
    (r"(?<![\w.'$])\d+(?![\w.'])", lambda found: [str(int(found) + 1)]),
    (r"(?<![\w$])[A-Za-z_]+", _word),
)
_TOKEN = re.compile("|".join(f"({pattern})" for pattern, _ in _PLACES))


def mutated(text: str) -> Iterator[str]:
    """The text of a statement, or of a part of one, with one thing changed in each."""
    for found in _TOKEN.finditer(text):
        changed = _PLACES[(found.lastindex or 1) - 1][1]
        for other in changed(found[0]):
            yield text[: found.start()] + other + text[found.end() :]


def other_keys(mapping: str, key: str) -> list[str]:
    """The keys beside one in its mapping."""
    keys = list(KEYS[mapping])
    at = keys.index(key)
    return [keys[at - 1], keys[(at + 1) % len(keys)]]
