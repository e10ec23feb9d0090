"""Personal data and secrets, masked in everything that is written.

Whatever a log holds, masking takes a bounded time: a text is cut before it is masked. A secret that the cut tore would
be known no more, so the end of a cut text is left out as well.
"""

import re
from collections.abc import Callable, Sequence

import duckdb

from logparse.text.visible import visible
from logparse.values.patterns import Pattern

MASK = "***"

READ = 500
"""Characters of a text that are masked; no more of it is ever shown."""

TORN = 100
"""Characters at the end of a cut text that are left out: they may be the beginning of a secret."""

_QUOTE = r"\\*[\"']?"
_IS = rf"{_QUOTE}\s*[:=]\s*{_QUOTE}"
"""What stands between a name and its value, in prose, in code, in JSON, and in JSON inside a string."""

_VALUE = r"[^\s\"',;}&\\]"
_NO_SECRET = r"(?!\*|(?:null|true|false|undefined|none)\b)"

SECRETS: tuple[tuple[str, str], ...] = (
    (r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?", MASK),
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}", r"\1 " + MASK),
    (rf"(?i)(authorization{_IS})(?:\w+\s+)?{_VALUE}+", r"\1" + MASK),
    (rf"(?i)\b((?:set-)?cookies?{_IS})[^\"'\\]+", r"\1" + MASK),
    (
        r"(?i)((?:(?:api|access|account|private)[ _-]?key|secret|passw(?:or)?d|passphrase|\bpwd|signature(?:-256)?"
        rf"|credential|session[ _-]?id)s?{_IS}){_NO_SECRET}{_VALUE}{{4,}}",
        r"\1" + MASK,
    ),
    # A number of tokens is a count.
    (rf"(?i)(tokens?{_IS})(?!\d{{1,7}}(?![\w.-])){_NO_SECRET}{_VALUE}{{4,}}", r"\1" + MASK),
    (r"(?i)\b((?:otp|pin|cvv|cvc|passcode)\b(?:\W{0,4}(?:is|code)\b)?\W{1,4})\d{3,8}\b", r"\1" + MASK),
    (r"(?i)([?&](?:key|sig|auth|sid|session|jwt)=)[^\s&\"']{4,}", r"\1" + MASK),
    (r"(://)[^\s\"'/@:]*:[^\s\"']*@", r"\1" + MASK + "@"),
    (r"(://)[^\s\"'/@:]{8,}@", r"\1" + MASK + "@"),
    (r"(hooks\.slack\.com/services/)[\w/-]+", r"\1" + MASK),
    (r"\b(?:prod|dev|preview|project):[\w:-]+\|[\w+/=-]{10,}", MASK),
    (r"\bsha(?:1|256|512)=[0-9a-fA-F]{20,}", MASK),
    (r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}", MASK),
    (r"\b(?:sk|pk|rk)[-_][\w-]{12,}", MASK),
    (
        r"\b(?:xai-|gsk_|gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|xapp-|whsec_|(?:AKIA|ASIA)(?=[A-Z0-9])|EAA|AIza"
        r"|npm_|pypi-|hf_|dop_v1_|shp(?:at|ss)_|ya29\.|r8_|pplx-|lin_api_|sq0[a-z]{3}-|dckr_pat_)[\w.-]{12,}",
        MASK,
    ),
    (r"\bSG\.[\w-]{10,}\.[\w-]{10,}", MASK),
    (r"\b(?:AC|SK|key-)[0-9a-f]{32}\b", MASK),
    (r"\b\d{8,10}:AA[\w-]{30,}", MASK),
    (r"[\w.+-]+(?:@|%40)(?:[\w-]+\.)+[^\W\d_]{2,}", MASK),
)
"""Credentials, tokens, keys and e-mail addresses, wherever they stand, as (expression, replacement)."""

_SEPARATOR = r"[ .\-\u00a0\u2010-\u2013]"
_BEFORE = r"(?:(?<![A-Za-z0-9])(?<!\d[.,])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\[nrtbf]))"
"""What may stand before a number: no letter or digit, unless it belongs to an escape of JSON or of an address."""

_MOMENT = r"1[6-9]\d{8}(?:\d{3})?(?!\d)|20[2-4]\d[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d(?!\d)"
"""Seconds or milliseconds since 1970, of the years 2020 to 2033; and a time written without any signs between."""

NUMBERS: tuple[str, ...] = (
    rf"\+\d(?:[()]?{_SEPARATOR}?[()]?\d){{7,14}}(?!\w)",
    rf"{_BEFORE}[2-6]\d{{3}}(?:{_SEPARATOR}\d{{4}}){{3}}(?![A-Za-z0-9])",
    rf"(?<![A-Za-z0-9-])(?=(?:[()]*{_SEPARATOR}?\d){{9}})\(?0\d{{1,4}}\)?(?:{_SEPARATOR}\d{{2,8}}){{1,4}}(?![A-Za-z0-9])",
    rf"\(\d{{3}}\){_SEPARATOR}?\d{{3}}{_SEPARATOR}\d{{4}}(?![A-Za-z0-9])",
    # Groups of three alone, between points, are a large number or an address of the network.
    rf"(?<![A-Za-z0-9-])(?!\d{{1,3}}(?:\.\d{{3}})+(?![\d.]))\d{{1,3}}(?:{_SEPARATOR}\d{{3,5}}){{2,3}}(?![A-Za-z0-9])",
    rf"{_BEFORE}(?!{_MOMENT})\d{{9,16}}(?![A-Za-z0-9]|(?i: ?(?:bytes|[kmg]?i?b|ms|us|ns)\b))",
)
"""Phone numbers, cards and the like: numbers that are no time, no count with its unit, and no part of an id."""

KEPT = (
    r"(\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"|\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b[a-z]{3}\d::(?:[\w-]+::)?[a-z0-9]+-\d{13}-[0-9a-f]{12}\b"
    r"|\bwamid\.[\w=+/-]+)"
)
"""Times, and ids that a record is found by: no number is looked for in them."""


def masker(extra: Sequence[Pattern] = ()) -> Callable[[str], str]:
    """A function that masks a text and gives it back as one short line; ``extra`` are the user's own patterns.

    They are found anywhere in a text, as it stands in the log, in time that grows with the text alone (RE2 syntax).
    ValueError where one of them is no expression.
    """
    secrets = [(re.compile(expression), replacement) for expression, replacement in SECRETS]
    kept, numbers = re.compile(KEPT), [re.compile(expression) for expression in NUMBERS]
    own = _own_masker(extra) if extra else str

    def mask(text: str) -> str:
        line = own(" ".join(visible(text[:READ]).split()))
        for expression, replacement in secrets:
            line = expression.sub(replacement, line)
        parts = kept.split(line)
        parts[::2] = [_without_numbers(part, numbers) for part in parts[::2]]
        line = "".join(parts)
        return line if len(text) < READ else line[:-TORN].rstrip() + "…"

    return mask


def _without_numbers(text: str, numbers: Sequence[re.Pattern[str]]) -> str:
    for expression in numbers:
        text = expression.sub(MASK, text)
    return text


def _own_masker(patterns: Sequence[Pattern]) -> Callable[[str], str]:
    """A function that masks what the patterns match, by the engine's own expressions; ValueError as for ``masker``."""
    engine = duckdb.connect(config={"threads": 1})
    for pattern in patterns:
        try:
            engine.execute("SELECT regexp_matches('', ?)", [pattern.text])
        except duckdb.Error as error:
            problem = str(error).splitlines()[0].split("Error: ", 1)[-1]
            raise ValueError(f"{pattern.shown} is no regular expression (RE2 syntax): {problem}") from None
    masked = "$text"
    for at in range(len(patterns)):
        masked = f"regexp_replace({masked}, $pattern_{at}, '{MASK}', 'g')"
    texts = {f"pattern_{at}": pattern.text for at, pattern in enumerate(patterns)}

    def mask(text: str) -> str:
        row = engine.execute(f"SELECT {masked}", {"text": text, **texts}).fetchone()
        return str(row[0]) if row else ""

    return mask
