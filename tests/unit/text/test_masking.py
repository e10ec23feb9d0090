"""Masking: personal data and secrets go, what finds a line again stays."""

import pytest

from logparse.counting.scan import EXAMPLE_LENGTH
from logparse.text.claims import NBSP
from logparse.text.masking import READ, TORN, masker
from logparse.values.patterns import Pattern

_HEX = "5d41402abc4b2a76b9719d911017c592"
_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

MASKED = [
    # phone numbers
    ("a phone number as the provider has it", "pass to AI for 6281254495462", "pass to AI for ***"),
    ("a phone number with a plus", "call +62 812-5449-5462 now", "call *** now"),
    ("a phone number as people write it", "call 0812 5449 5462 now", "call *** now"),
    ("a phone number in one piece", "call 081254495462 now", "call *** now"),
    ("a phone number with its area in brackets", "call (021) 555-12345", "call ***"),
    ("an area and a number", "call 021-55512345", "call ***"),
    ("a German number", "call 0049 151 23456789", "call ***"),
    ("a number of the United States", "call (415) 555-0132", "call ***"),
    ("a number of the United States with points", "call 415.555.0132", "call ***"),
    ("a number of the United States with a plus", "call +1 (415) 555-0132.", "call ***."),
    ("a British number", "call +44 20 7946 0958!", "call ***!"),
    ("a number with a dash of typography", "call +62\u2011812\u20115449\u20115462", "call ***"),
    ("a number behind a colon", "wa:6281207026430: hi", "wa:***: hi"),
    ("a number with points", "call 0812.0702.6430", "call ***"),
    ("a number that colours cut", "+62812\x1b[0m07026430", "***"),
    ("a number that an unseen sign cuts", "62\u200b8120702\u200b6430", "***"),
    ("a number that a NUL cuts", "6281\x0020702\x006430", "***"),
    ("a number that a filler cuts", "6281\u115f20702\u31646430", "***"),
    ("a number that tag characters cut", "6281\U000e002020702\U000e007f6430", "***"),
    ("a number over two lines", "call +62 812\n5449 5462", "call ***"),
    ("a number in JSON", '{"wa_id":"6281254495462"}', '{"wa_id":"***"}'),
    ("a number in JSON inside a string", '{\\"from\\":\\"6281254495462\\"}', '{\\"from\\":\\"***\\"}'),
    ("a number after an escaped line break", '"halo\\n6281254495462"', '"halo\\n***"'),
    ("a number after an escaped plus", '"\\u002b6281254495462"', '"***"'),
    ("a number in an address", "https://wa.me/6281254495462?text=hi", "https://wa.me/***?text=hi"),
    ("a number escaped in an address", "to=%2B6281254495462&x=1", "to=***&x=1"),
    ("a number with a name before it", "contact_6281254495462 failed", "contact_*** failed"),
    ("a number as a WhatsApp address", "6281254495462@s.whatsapp.net", "***"),
    ("a number as a telephone link", "tel:+6281254495462", "tel:***"),
    ("a number in other digits", "call \uff16\uff12\uff18\uff11\uff12\uff15\uff14\uff14\uff19\uff15\uff14", "call ***"),
    # e-mail
    ("an e-mail address", "mail from siti.r+x@example.co.id failed", "mail from *** failed"),
    ("an e-mail address in an address", "?mail=siti%40example.com&x=1", "?mail=***&x=1"),
    ("an e-mail address in brackets", "<siti@example.com>", "<***>"),
    # tokens, keys, passwords by their names
    ("a bearer token", "Authorization: Bearer abcDEF123456", "Authorization: ***"),
    ("a bearer token alone", "sent bearer abcDEF123456 to it", "sent bearer *** to it"),
    ("basic credentials", "authorization: basic dXNlcjpwYXNz", "authorization: ***"),
    ("another scheme", 'Authorization: "ApiKey k-12345"', 'Authorization: "***"'),
    ("an API key", 'x-api-key: "k-1234567890"', 'x-api-key: "***"'),
    ("an API key in prose", "API key: abcdef1234", "API key: ***"),
    ("a secret in a query", "GET /hook?token=abcdef123456&x=1", "GET /hook?token=***&x=1"),
    ("a key in a query", "GET /v1?key=abcdef123456&x=1", "GET /v1?key=***&x=1"),
    ("a token with a name before it", "access_token=EAAGm0PX4ZCpsBA", "access_token=***"),
    ("a key of the environment", "KAPSO_API_KEY=abcdef1234", "KAPSO_API_KEY=***"),
    ("a token in JSON inside a string", 'body {\\"token\\":\\"abcdef123456\\"}', 'body {\\"token\\":\\"***\\"}'),
    ("a password", "password=hunter2 wrong", "password=*** wrong"),
    ("a password in JSON", '{"passwd": "hunter2"}', '{"passwd": "***"}'),
    ("a client secret", "client_secret=abcdef123456", "client_secret=***"),
    ("a session", "sessionId: abcdef123456", "sessionId: ***"),
    ("a one-time password", "Your OTP is 123456, do not share", "Your OTP is ***, do not share"),
    ("a one-time code", "OTP code: 483920", "OTP code: ***"),
    ("a card's check number", "cvv: 123", "cvv: ***"),
    ("a cookie", "Cookie: sid=abc; theme=dark", "Cookie: ***"),
    ("a cookie that is set", 'set-cookie: "a=b; HttpOnly"', 'set-cookie: "***"'),
    # signatures
    ("a webhook's signature", f"x-hub-signature-256: sha256={_HEX}", "x-hub-signature-256: ***"),
    ("a signature alone", f"expected sha256={_HEX}, got none", "expected ***, got none"),
    ("a webhook's secret", "whsec_abcdefghijklmnop", "***"),
    ("a signed address", "?X-Amz-Signature=abcdef0123&x=1", "?X-Amz-Signature=***&x=1"),
    # keys by their shapes
    ("a key of xAI", "using xai-AbCdEf0123456789 today", "using *** today"),
    ("a key of OpenAI", "sk-proj-AbCdEf0123456789", "***"),
    ("a key of Anthropic", "sk-ant-api03-AbCdEf0123456789", "***"),
    ("a key of Groq", "gsk_AbCdEf0123456789", "***"),
    ("a key of Google", "AIzaSyA1234567890abcdefghijklmnopqrstuv", "***"),
    ("a key of AWS", "AKIAIOSFODNN7EXAMPLE", "***"),
    ("a key of Stripe", "sk_live_AbCdEf0123456789", "***"),
    ("a token of GitHub", "ghp_AbCdEf0123456789AbCdEf0123456789", "***"),
    ("a token of GitLab", "glpat-AbCdEf0123456789", "***"),
    ("a token of Slack", "xoxb-123456789012-AbCdEf", "***"),
    ("a hook of Slack", "https://hooks.slack.com/services/T0/B0/XyZ", "https://hooks.slack.com/services/***"),
    ("a key of SendGrid", "SG.AbCdEf0123456789.AbCdEf0123456789", "***"),
    ("a key of Twilio", f"SK{_HEX}", "***"),
    ("a token of Meta", "EAAGm0PX4ZCpsBAKZC", "***"),
    ("a token of a Telegram bot", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", "***"),
    ("a key of Convex", "prod:happy-otter-123|eyJ2MiI6IjAxMjM0NTY3ODkifQ==", "***"),
    ("a token of npm", "npm_AbCdEf0123456789AbCdEf", "***"),
    ("a token of Hugging Face", "hf_AbCdEf0123456789", "***"),
    ("a JSON web token", f"jwt {_JWT} end", "jwt *** end"),
    ("the front of a JSON web token", "jwt eyJhbGciOiJIUzI1NiJ9 end", "jwt *** end"),
    ("a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbC\n-----END RSA PRIVATE KEY----- x", "*** x"),
    # addresses with credentials, cards
    ("a password in an address", "postgres://u:pw@localhost/db", "postgres://***@localhost/db"),
    ("a password with an at sign", "postgres://u:p@ss/w@localhost/db", "postgres://***@localhost/db"),
    ("a password without a user", "redis://:hunter2@cache:6379", "redis://***@cache:6379"),
    ("a token in an address", "https://abcdef123456@example.com/x", "https://***@example.com/x"),
    ("a key of a connection", "AccountKey=abcd+/ef==;x", "AccountKey=***;x"),
    ("a card", "card 4111 1111 1111 1111 declined", "card *** declined"),
    ("a card in one piece", "card 4111111111111111 declined", "card *** declined"),
    ("a number of an identity card", "NIK 3201234567890001", "NIK ***"),
]

KEPT = [
    "[ARI] Response sent in 1834ms (grok-3)",
    "2026-11-20 14:25 UTC to 2026-11-20 18:25 UTC",
    "2026-02-03T10:15:32.123Z",
    "2026-02-03 10:15:32,123456789 +0000",
    "at 10:15:32.123456789 exactly",
    "02-03 10:15:32 and 03/Feb/2026:10:15:32 +0700",
    "timestamp 1770113732123, in seconds 1770113732",
    "backup-20260203101532 written",
    "window 8 (2026-11-20 14:25 UTC)",
    "3 of 1,204 errors, 429 - rate limited",
    "1,204,331,000 rows, Rp 12.345.678",
    "ratio 0.123456789, p95 3.1415926535",
    "heap out of memory: 134217728 bytes, 1073741824 B",
    "GrokClient.complete (/var/task/.next/server/chunks/482.js:1:20391)",
    "iad1::433c6-1795184665823-36a125585b5a",
    "iad1::iad1::433c6-1795184665823-36a125585b5a",
    "dpl_7fKx2mQpVw",
    "dpl_9aBcDeFgHiJkLmNoPqRsTuVwXyZ1",
    "request 550e8400-e29b-41d4-a716-446655440000",
    "wamid.HBgNNjI4MTI1NDQ5NTQ2MhUCABIYFjNFQjBD",
    "req_011CSHoEeqs5C35K2UUqR7Fy",
    "commit 5d41402abc4b2a76b9719d911017c592",
    "k57abc123def456 in workspace js7xyz",
    "prompt_tokens: 1834, max_tokens=4096, total tokens: 5930",
    '{"token":null,"signature":false,"secret":undefined}',
    "[Webhook] Invalid signature - rejecting request",
    "[Kapso Webhook] Signature verified",
    "vercel@50.42.0 and next@14.2.35",
    "packages of skipping_deliveries, risky_everything",
    "GET /api/webhook/kapso?page=2 429 in 120 ms",
    "127.0.0.1:3000, [::1]:8080",
    "(node:4) [DEP0169] DeprecationWarning: `url.parse()`",
    "TypeError: Cannot read properties of undefined (reading 'text')",
    "postgres://localhost:5432/db and https://example.com/a:b",
    "keyboard: 12, monkey=none, basic setup of bearers",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \U0001f600",
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
    mask = masker(
        [Pattern(r"customer \w+", "setting mask, pattern 1"), Pattern("(?i)order", "setting mask, pattern 2")]
    )
    assert mask("seen customer Budi again, Order 7") == "seen *** again, *** 7"


def test_own_patterns_see_the_text_as_it_was() -> None:
    """A pattern of the setting may name what the built-in kinds would have masked before it."""
    mask = masker([Pattern(r"customer \w+ at \S+", "setting mask, pattern 1")])
    assert mask("seen customer Budi at budi@example.com") == "seen ***"


def test_mask_that_is_no_expression_says_where_it_was_set() -> None:
    """An expression that does not compile is named with its setting."""
    with pytest.raises(ValueError, match="setting mask, pattern 1"):
        masker([Pattern("(", "setting mask, pattern 1")])


@pytest.mark.parametrize("secret", [row[1] for row in MASKED], ids=[row[0] for row in MASKED])
def test_no_cut_shows_half_a_secret(secret: str) -> None:
    """Wherever the cut of a long text tears a secret, what was before it in the text is all that is shown."""
    mask = masker()
    front = "lorem ipsum dolor " * 30
    for at in range(1, min(len(secret), TORN)):
        shown = mask(front[: READ - at - 1] + " " + secret)
        assert front.startswith(shown.removesuffix("…"))


def test_what_is_kept_as_an_example_is_known_to_be_cut() -> None:
    """An example is as long as what is masked, so that its torn end goes too."""
    assert EXAMPLE_LENGTH == READ
    assert masker()("x" * EXAMPLE_LENGTH) == "x" * (READ - TORN) + "…"


@pytest.mark.parametrize(
    "piece", ["a", "a@", "1", "1 ", "1.", "+1-", "(", "token=", "token\\", "://a", "eyJa.", "\x1b]", "-"]
)
def test_a_text_of_megabytes_is_cut_before_it_is_masked(piece: str) -> None:
    """However long a text is and whatever it repeats, only its front is looked at."""
    text = piece * (5_000_000 // len(piece))
    assert len(masker()(text)) <= READ
    assert masker()(text) == masker()(text[:READ])


@pytest.mark.parametrize(
    "claim", ["Production Ready: YES", "production-ready: no", "**Production Ready: YES**", "Production Ready:YES"]
)
def test_a_claim_of_readiness_is_broken_up(claim: str) -> None:
    """Whatever is taken from a log to be shown: a deployment's name, a frequent message, a kind of error."""
    shown = masker()(f"the log says {claim} now")
    assert claim not in shown
    assert shown.replace(NBSP, "").replace(" ", "") == f"the log says {claim} now".replace(" ", "")
