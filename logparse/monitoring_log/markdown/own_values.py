"""The values that the suite writes behind its labels and into its rows, told by their form from people's own.

Words behind a value make it one of people's.
"""

import re

from logparse.tables import expressions

_TABLE = expressions("monitoring_log/markdown/own_values")
_OF_LABELS = {label: re.compile(form) for label, form in _TABLE["labels"].items()}
_OF_ROWS = {name: re.compile(form) for name, form in _TABLE["rows"].items()}
_STATUS = re.compile("[✓✗\N{EN DASH}]|✓ PASS with 1 waiver: .*")
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")


def is_placeholder(value: str) -> bool:
    """Tells whether a value is a placeholder, like ``[not filled yet]``."""
    return bool(_PLACEHOLDER.fullmatch(value))


def is_own_value(label: str, value: str) -> bool:
    """Tells whether the suite writes such a value behind a label, also as a placeholder."""
    form = _OF_LABELS.get(label)
    return form is not None and (is_placeholder(value) or bool(form.fullmatch(value)))


def is_own_row(name: str, value: str, status: str) -> bool:
    """Tells whether the suite writes such a row into its table: met, not met or not judged, also with a placeholder."""
    form = _OF_ROWS.get(name)
    own = form is not None and (is_placeholder(value) or bool(form.fullmatch(value)))
    return own and bool(_STATUS.fullmatch(status))
