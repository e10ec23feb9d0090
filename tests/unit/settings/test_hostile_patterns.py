"""Patterns that are meant to hang or to fill the memory: refused in one line, or matched in linear time."""

import pytest

from logparse.errors import UsageProblem
from logparse.judge import check
from logparse.settings.checked import parse
from logparse.text.masking import masker
from logparse.values.patterns import Pattern

TOO_LARGE = {
    "a repetition over RE2's": "a{1001}",
    "repetitions of repetitions": "(a{1000}){1000}",
    "a large class, repeated": r"[\pL\pN]{1000}",
    "a hundred repetitions": ".{1000}" * 100,
    "megabytes of text": "a" * 3_000_000,
}
HANGING = {
    "plus of plus": "(a+)+$",
    "alternatives of the same": "(a|a)*b",
    "stars in a row": ".*.*.*.*.*.*b",
    "a hundred optional signs": "a?" * 100 + "a" * 100,
    "deep brackets": "(" * 900 + "a" + ")" * 900,
}
"""With an engine that goes back, any of these takes longer than anybody waits on a few hundred times the letter a."""


@pytest.mark.parametrize(
    "name",
    [
        "event_error",
        "mask",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("event_contact", "cause_network")),
    ],
)
@pytest.mark.parametrize("text", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_a_pattern_that_is_too_large_is_refused_in_a_line(name: str, text: str) -> None:
    """The message names the setting and the pattern, and does not repeat megabytes of it."""
    with pytest.raises(UsageProblem) as caught:
        check(parse({name: text}))
    message = str(caught.value)
    assert message.startswith(f"setting {name}, pattern 1: ")
    assert "\n" not in message
    assert len(message) < 300


@pytest.mark.slow
def test_patterns_that_are_too_large_together_are_refused_too() -> None:
    """All patterns of an event are one expression, which has to fit as well."""
    large = "\n".join(f"{letter}.{{900}}(?:x|y)" for letter in "abcdefghijklmnopqrstuvwxyz") * 12
    with pytest.raises(UsageProblem, match="setting event_processing: its 301 patterns together"):
        check(parse({"event_processing": large}))


@pytest.mark.slow
def test_errors_and_critical_errors_together_have_to_fit() -> None:
    """The two are looked for as one expression; what is too large about it is said of both."""
    large = "\n".join(f"{letter}.{{900}}(?:x|y)" for letter in "abcdefghijklmnopqrstuvwxyz" * 2)
    with pytest.raises(UsageProblem, match="settings event_error and event_critical_error"):
        check(parse({"event_error": large, "event_critical_error": large}))


@pytest.mark.parametrize("text", HANGING.values(), ids=HANGING.keys())
def test_a_pattern_that_would_hang_masks_at_once(text: str) -> None:
    """Own patterns of the setting mask are matched by RE2, in time that grows with the text alone."""
    mask = masker([Pattern(text, "setting mask, pattern 1")])
    assert mask("a" * 400 + "!").endswith("!")


@pytest.mark.parametrize("text", ["(?<=x)y", r"(a)\1", "(?>a)"])
def test_a_mask_of_another_engine_is_refused(text: str) -> None:
    """What RE2 does not know is a mistake, not a mask that silently finds nothing."""
    with pytest.raises(UsageProblem, match="RE2"):
        check(parse({"mask": text}))
