"""Expressions of GitHub Actions, ``${{ ... }}``: as much of them as the workflows here use, and nothing passed over."""

import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign>&&|\|\||==|!=|[!()])|(?P<word>[A-Za-z_][\w.-]*)|(?P<no>\S))"
)
_INSIDE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
STATUS = ("success", "failure", "always", "cancelled")


def filled(text: Any, contexts: Mapping[str, Any]) -> str:
    """A value of a workflow with all its expressions in their place."""
    return _INSIDE.sub(lambda found: _shown(value_of(found[1], contexts)), _shown(text))


def holds(condition: str | None, contexts: Mapping[str, Any]) -> bool:
    """Whether a step runs: its condition, which without a word on the status means that all before it went well."""
    inner = re.sub(r"^\s*\$\{\{(.*)\}\}\s*$", r"\1", condition or "success()", flags=re.DOTALL)
    if not any(f"{name}()" in inner for name in STATUS):
        inner = f"success() && ({inner})"
    return _is_true(value_of(inner, contexts))


def value_of(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression; ValueError for what is not understood here."""
    return _Reader(expression, contexts).whole()


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, expression: str, contexts: Mapping[str, Any]) -> None:
        self._expression = expression
        self._contexts = contexts
        self._tokens = [match for match in _TOKEN.finditer(expression) if match.lastgroup]
        self._at = 0

    def whole(self) -> Any:
        value = self._either()
        if self._at < len(self._tokens):
            raise ValueError(f"not understood here: {self._expression}")
        return value

    def _either(self) -> Any:
        return self._chain("||", self._both, lambda left, right: left if _is_true(left) else right)

    def _both(self) -> Any:
        return self._chain("&&", self._equal, lambda left, right: right if _is_true(left) else left)

    def _equal(self) -> Any:
        left = self._single()
        while (sign := self._sign()) in ("==", "!="):
            self._at += 1
            left = (_same(left, self._single())) is (sign == "==")
        return left

    def _chain(self, sign: str, part: Callable[[], Any], joined: Callable[[Any, Any], Any]) -> Any:
        left = part()
        while self._sign() == sign:
            self._at += 1
            left = joined(left, part())
        return left

    def _single(self) -> Any:
        token = self._next()
        if token.lastgroup == "text":
            return token["text"][1:-1].replace("''", "'")
        if token["sign"] == "!":
            return not _is_true(self._single())
        if token["sign"] == "(":
            value = self._either()
            self._expect(")")
            return value
        if token.lastgroup != "word":
            raise ValueError(f"not understood here: {self._expression}")
        if self._sign() == "(":
            self._at += 1
            self._expect(")")
            return self._contexts["functions"][token["word"]]
        return _looked_up(token["word"], self._contexts)

    def _next(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            raise ValueError(f"it ends too soon: {self._expression}")
        self._at += 1
        return self._tokens[self._at - 1]

    def _sign(self) -> str | None:
        return self._tokens[self._at]["sign"] if self._at < len(self._tokens) else None

    def _expect(self, sign: str) -> None:
        if self._next()["sign"] != sign:
            raise ValueError(f"{sign} is missing: {self._expression}")


def _looked_up(name: str, contexts: Mapping[str, Any]) -> Any:
    """What stands under a dotted name; a context must be known, a key that it lacks is null."""
    first, *rest = name.split(".")
    if first in ("true", "false"):
        return first == "true"
    value = contexts[first]
    for key in rest:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _is_true(value: Any) -> bool:
    return value not in (None, False, "", 0)


def _same(left: Any, right: Any) -> bool:
    """Texts are compared without their case; null and an empty text are the same."""
    return _shown(left).casefold() == _shown(right).casefold()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
