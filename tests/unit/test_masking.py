"""Masking: personal data and secrets go, what finds a line again stays."""

import pytest

from logparse.masking import masker
from logparse.patterns import Pattern

MASKED = [
    ("a phone number as the provider has it", "pass to AI for 6281254495462", "pass to AI for ***"),
    ("a phone number with a plus", "call +62 812-5449-5462 now", "call *** now"),
    ("a phone number as people write it", "call 0812 5449 5462 now", "call *** now"),
    ("an e-mail address", "mail from siti.r+x@example.co.id failed", "mail from *** failed"),
    ("a bearer token", "Authorization: Bearer abcDEF123456", "Authorization: ***"),
    ("an API key", 'x-api-key: "k-1234567890"', 'x-api-key: "***"'),
    ("a secret in a query", "GET /hook?token=abcdef123456&x=1", "GET /hook?token=***&x=1"),
    ("a key by its shape", "using xai-AbCdEf0123456789 today", "using *** today"),
    ("a token with a name before it", "access_token=EAAGm0PX4ZCpsBA", "access_token=***"),
    ("a key of the environment", "KAPSO_API_KEY=abcdef1234", "KAPSO_API_KEY=***"),
    ("a token in JSON inside a string", 'body {\\"token\\":\\"abcdef123456\\"}', 'body {\\"token\\":\\"***\\"}'),
    ("a number behind a colon", "wa:6281207026430: hi", "wa:***: hi"),
    ("a number with points", "call 0812.0702.6430", "call ***"),
    ("a number that colours cut", "+62812\x1b[0m07026430", "***"),
    ("a number that an unseen sign cuts", "62\u200b8120702\u200b6430", "***"),
    ("a password in an address", "postgres://u:pw@localhost/db", "postgres://***@localhost/db"),
    ("a JSON web token", "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end", "jwt *** end"),
]

KEPT = [
    "[ARI] Response sent in 1834ms (grok-3)",
    "2026-11-20 14:25 UTC to 2026-11-20 18:25 UTC",
    "2026-02-03T10:15:32.123Z",
    "window 8 (2026-11-20 14:25 UTC)",
    "3 of 1,204 errors, 429 - rate limited",
    "GrokClient.complete (/var/task/.next/server/chunks/482.js:1:20391)",
    "iad1::433c6-1795184665823-36a125585b5a",
    "dpl_7fKx2mQpVw",
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in MASKED], ids=[row[0] for row in MASKED])
def test_personal_data_is_masked(text: str, expected: str) -> None:
    """Each kind of personal data is replaced, and the words around it stay."""
    assert masker()(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_finds_a_record_stays(text: str) -> None:
    """Times, counts, places, and ids of requests and deployments are no personal data."""
    assert masker()(text) == text


def test_own_patterns_are_masked_too() -> None:
    """The setting adds kinds of its own, found anywhere in a text."""
    mask = masker([Pattern(r"customer \w+", "setting mask, pattern 1")])
    assert mask("seen customer Budi again") == "seen *** again"


def test_mask_that_is_no_expression_says_where_it_was_set() -> None:
    """An expression that does not compile is named with its setting."""
    with pytest.raises(ValueError, match="setting mask, pattern 1"):
        masker([Pattern("(", "setting mask, pattern 1")])
