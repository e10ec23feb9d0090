"""Personal data and secrets, masked in everything that is written."""

import re
from collections.abc import Callable, Sequence

from logparse.patterns import Pattern

MASK = "***"

_SEPARATOR = r"[ .\-\u00a0\u2010-\u2013]"

BUILT_IN: tuple[tuple[str, str], ...] = (
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}", r"\1 " + MASK),
    (
        r"(?i)((?:api[_-]?key|token|secret|passw(?:or)?d|authorization|signature(?:-256)?|access[_-]?key|credential)s?"
        r"\\*[\"']?\s*[:=]\s*\\*[\"']?)(?!\*)[^\s\"',;}&\\]{4,}",
        r"\1" + MASK,
    ),
    (r"(://)[^\s/:@]+:[^\s/@]+@", r"\1" + MASK + "@"),
    (r"\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*", MASK),
    (r"\b(?:sk|pk|rk|xai|gsk|ghp|gho|github_pat|glpat|xox[abprs]|whsec|AKIA|EAA)[-_A-Z0-9a-z]{12,}", MASK),
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", MASK),
    (rf"\+\d(?:[()]?{_SEPARATOR}?[()]?\d){{7,14}}(?!\w)", MASK),
    (rf"(?<![A-Za-z0-9-])\(?0\d{{1,4}}\)?(?:{_SEPARATOR}\d{{2,5}}){{2,4}}(?![A-Za-z0-9])", MASK),
    (rf"(?<![A-Za-z0-9-])\d{{1,3}}(?:{_SEPARATOR}\d{{3,5}}){{2,3}}(?![A-Za-z0-9])", MASK),
    (r"(?<![A-Za-z0-9-])\d{9,15}(?![A-Za-z0-9])", MASK),
)
"""What is masked always, as (expression, replacement): credentials, tokens, keys, e-mail addresses, phone numbers."""

_UNSEEN = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""What is not seen, but would hide a number from the expressions: colours, and signs without a width."""


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
        text = _UNSEEN.sub("", text)
        for expression, replacement in rules:
            text = expression.sub(replacement, text)
        return text

    return mask
