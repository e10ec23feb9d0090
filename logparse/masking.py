"""Personal data and secrets, masked in everything that is written."""

import re
from collections.abc import Callable, Sequence

from logparse.patterns import Pattern

MASK = "***"

BUILT_IN: tuple[tuple[str, str], ...] = (
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}", r"\1 " + MASK),
    (
        r"(?i)\b((?:api[_-]?key|token|secret|password|passwd|authorization|x-webhook-signature|access[_-]?key)"
        r"[\"']?\s*[:=]\s*[\"']?)[^\s\"',;}&]{4,}",
        r"\1" + MASK,
    ),
    (r"\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*", MASK),
    (r"\b(?:sk|pk|rk|xai|gsk|ghp|gho|github_pat|glpat|xox[abprs]|whsec|AKIA)[-_A-Z0-9a-z]{12,}", MASK),
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", MASK),
    (r"\+\d(?:[ ().-]{0,2}\d){7,14}(?!\w)", MASK),
    (r"(?<![\w.:-])\(?0\d{1,4}\)?(?:[ -]\d{2,5}){2,4}(?![\w:-])", MASK),
    (r"(?<![\w.:-])\d{9,15}(?![\w:-])", MASK),
)
"""What is masked always, as (expression, replacement): credentials, tokens, keys, e-mail addresses, phone numbers."""


def masker(extra: Sequence[Pattern] = ()) -> Callable[[str], str]:
    """A function that masks a text; ``extra`` are the user's own patterns, found anywhere in a text.

    ValueError where one of them is no regular expression of Python.
    """
    rules = [(re.compile(expression), replacement) for expression, replacement in BUILT_IN]
    for pattern in extra:
        try:
            rules.append((re.compile(pattern.text), MASK))
        except re.error as error:
            raise ValueError(f"{pattern.where}: {pattern.text!r} is no regular expression: {error}") from None

    def mask(text: str) -> str:
        for expression, replacement in rules:
            text = expression.sub(replacement, text)
        return text

    return mask
