"""Secrets and numbers of persons, in every wrapping; and what has to stay as it is."""

import json
from collections.abc import Callable, Iterator, Mapping
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any
from urllib.parse import quote

import pytest

from logparse.text import numbers
from logparse.text.masking import READ, masker
from logparse.text.secrets import SHAPES
from tests.builders.secret_samples import KEPT, SAMPLES, Sample

WRAPPED: Mapping[str, Callable[[str], str]] = {
    "plain": lambda text: f"[ARI] Processing error: {text} (attempt 2)",
    "JSON": lambda text: "[ARI] Processing error: " + json.dumps({"level": "error", "msg": text, "n": 1}),
    "JSON in JSON": lambda text: "[ARI] Processing error: " + json.dumps({"body": json.dumps({"msg": text})}),
    "an address": lambda text: (
        f"[ARI] Processing error: GET https://b.example/h?p=2&text={quote(text, safe='')}&n=1 500"
    ),
    "logfmt": lambda text: '[ARI] Processing error: level=error msg="' + text.replace('"', '\\"') + '" n=1',
}
"""What stands around a text."""


def shown_of(sample: Sample, output: str) -> list[str]:
    """What of the secrets of a sample an output shows: whole, in an escape, or a long piece of it."""
    forms: list[str] = []
    for secret in sample.secrets:
        forms += [secret, " ".join(secret.split()), quote(secret, safe=""), json.dumps(secret)[1:-1]]
        if len(secret) >= 12:
            forms += [secret[:8], secret[-8:]]
    return [form for form in forms if form in output]


def test_there_are_enough_of_them() -> None:
    """The kinds that were asked for: many shapes of secrets, many texts that stay."""
    assert (len(SAMPLES) >= 120, len(KEPT) >= 60) == (True, True)


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_every_secret_is_masked(wrapping: str) -> None:
    """Whatever shape a secret has and whatever is around it, nothing of it is left, and what is around it stays."""
    mask = masker()
    for name, sample in SAMPLES.items():
        masked = mask(WRAPPED[wrapping](sample.text))
        assert shown_of(sample, masked) == [], (name, masked)
        assert masked.startswith("[ARI] Processing error: "), name


@pytest.mark.parametrize("text", KEPT)
def test_what_is_needed_stays(text: str) -> None:
    """Times, counts, latencies, versions, paths and ids are nobody's secret."""
    assert masker()(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_stands_beside_a_secret_stays(text: str) -> None:
    """A number that is masked takes nothing of its neighbours with it."""
    for secret in ("+6281254495462", "siti" + "@" + "example.com"):
        assert masker()(f"{text}; {secret}") == f"{text}; ***"


# --- how long it takes ---


def _repeats(parsed: Any, inside: bool = False) -> Iterator[bool]:
    """Whether each repetition without a bound of an expression stands within another one."""
    for operation, argument in parsed:
        unbounded = str(operation) in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == parser.MAXREPEAT
        if unbounded:
            yield inside
        for part in _parts(argument):
            yield from _repeats(part, inside or unbounded)


def _parts(argument: Any) -> Iterator[Any]:
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for part in argument:
            yield from _parts(part)


def test_no_expression_repeats_what_repeats() -> None:
    """An expression that does can take a time that doubles with each sign."""
    for shape in SHAPES:
        assert not any(_repeats(parser.parse(shape.expression.pattern))), shape.expression.pattern


def test_each_expression_takes_a_secret_and_is_tried_where_its_hints_stand() -> None:
    """A hint that is wrong would switch an expression off."""
    assert all(hint == hint.lower() for shape in SHAPES for hint in shape.hints)
    assert all("secret" in shape.expression.groupindex for shape in SHAPES)


def test_the_work_on_numbers_grows_with_the_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the groups of digits are at most about twice the tries, whatever stands between them."""
    tries = 0
    judge = numbers._is_persons

    def counted(*arguments: Any) -> bool:
        nonlocal tries
        tries += 1
        return judge(*arguments)

    monkeypatch.setattr(numbers, "_is_persons", counted)
    for piece in ("1 ", "0-", "12.", "(3)", "08/", "123456789 "):
        found = []
        for size in (100, 200, 400):
            tries = 0
            list(numbers.numbers_in(piece * size))
            found.append(tries)
        assert found[-1] <= numbers.MOST_DIGITS * 400
        assert found[2] <= 2 * found[1] + numbers.MOST_DIGITS**2
    assert READ == 500
