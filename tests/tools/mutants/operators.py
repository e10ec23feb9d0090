"""The changes to Python: mutmut's, and those that matter where decisions are made."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from mutmut.mutation import mutators

from tests.tools.mutants import sql

Operator = Callable[[Any], Iterable[cst.CSTNode]]
Operators = tuple[tuple[type, Operator], ...]

_SWAPPED_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("start", "end"),
    ("first", "last"),
    ("bisect_left", "bisect_right"),
    ("deliveries", "processed"),
)
_SWAPPED = {one: other for pair in _SWAPPED_PAIRS for one, other in (pair, pair[::-1])}

_OUTCOMES = {
    "PASS": "WARN",
    "WARN": "PASS",
    "FAIL": "NOT_JUDGED",
    "NOT_JUDGED": "PASS",
    "NOT_MEASURED": "NOT_JUDGED",
    "READY": "NOT_JUDGED",
    "NOT_READY": "NOT_JUDGED",
}
"""Of each outcome the one whose confusion with it would do the most harm."""


def _swapped_name(node: cst.Name) -> Iterator[cst.Name]:
    if node.value in ("min", "max", "any", "all", "bisect_left", "bisect_right"):
        yield node.with_changes(value=_SWAPPED[node.value])


def _swapped_attribute(node: cst.Attribute) -> Iterator[cst.Attribute]:
    name = node.attr.value
    if name in _SWAPPED:
        yield node.with_changes(attr=cst.Name(_SWAPPED[name]))
    if isinstance(node.value, cst.Name) and node.value.value in ("Outcome", "State") and name in _OUTCOMES:
        yield node.with_changes(attr=cst.Name(_OUTCOMES[name]))


def _negated(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    space = cst.SimpleWhitespace(" ")
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test), **_spaced(node, space))


def _unconditional(node: cst.CompIf) -> Iterator[cst.CSTNode]:
    yield node.with_changes(test=cst.Name("True"), whitespace_before_test=cst.SimpleWhitespace(" "))


def _spaced(node: cst.CSTNode, space: cst.SimpleWhitespace) -> dict[str, cst.SimpleWhitespace]:
    name = "whitespace_after_while" if isinstance(node, cst.While) else "whitespace_before_test"
    return {name: space}


def _one_less(node: cst.Integer) -> Iterator[cst.CSTNode]:
    if node.evaluated_value > 0:
        yield node.with_changes(value=str(node.evaluated_value - 1))


def _element_dropped(node: cst.Tuple | cst.List | cst.Dict) -> Iterator[cst.CSTNode]:
    if len(node.elements) > 1:
        for at in range(len(node.elements)):
            yield node.with_changes(elements=[*node.elements[:at], *node.elements[at + 1 :]])


def _other_words(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    if node.raw_value and not node.quote.startswith(('"""', "'''")):
        start = len(node.prefix) + len(node.quote)
        yield node.with_changes(value=f"{node.value[:start]}XX{node.value[start:]}")


def _statement_dropped(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    (statement, *more) = node.body
    calls = isinstance(statement, cst.Expr) and isinstance(statement.value, cst.Call)
    if calls and not more:
        yield node.with_changes(body=[cst.Pass()])


def _other_key(node: cst.Subscript | cst.Call) -> Iterator[cst.CSTNode]:
    """Another event or mark than the one that is meant, of a mapping or in the call of what asks for it."""
    named = node.value if isinstance(node, cst.Subscript) else node.func
    if not isinstance(named, cst.Name) or named.value not in sql.KEYS:
        return
    places = node.slice if isinstance(node, cst.Subscript) else node.args
    for place in places:
        inner = place.slice if isinstance(place, cst.SubscriptElement) else place
        text = inner.value
        if isinstance(text, cst.SimpleString) and text.evaluated_value in sql.KEYS[named.value]:
            for other in sql.other_keys(named.value, str(text.evaluated_value)):
                yield node.with_deep_changes(text, value=f"{text.quote}{other}{text.quote}")


def _sql_text(node: cst.FormattedStringText) -> Iterator[cst.CSTNode]:
    for text in sql.mutated(node.value):
        yield node.with_changes(value=text)


def _sql_string(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    start, end = len(node.prefix) + len(node.quote), len(node.value) - len(node.quote)
    for text in sql.mutated(node.value[start:end]):
        yield node.with_changes(value=node.value[:start] + text + node.value[end:])


# A string in other letters, or with more at both ends, would be the same mutant thrice.
_OF_MUTMUT: list[tuple[type, Operator]] = [
    (kind, operator) for kind, operator in mutators.mutation_operators if operator is not mutators.operator_string
]

_OURS: list[tuple[type, Operator]] = [
    (cst.Name, _swapped_name),
    (cst.Attribute, _swapped_attribute),
    (cst.If, _negated),
    (cst.While, _negated),
    (cst.CompIf, _negated),
    (cst.CompIf, _unconditional),
    (cst.Integer, _one_less),
    (cst.Tuple, _element_dropped),
    (cst.List, _element_dropped),
    (cst.Dict, _element_dropped),
    (cst.SimpleString, _other_words),
    (cst.SimpleStatementLine, _statement_dropped),
]

PYTHON: Operators = (*_OF_MUTMUT, *_OURS)
"""What is changed in any module: the kind of a node, and what it becomes."""

COUNTING: Operators = (
    *PYTHON,
    (cst.Subscript, _other_key),
    (cst.Call, _other_key),
    (cst.FormattedStringText, _sql_text),
    (cst.SimpleString, _sql_string),
)
"""What is changed in a module whose strings are SQL."""
