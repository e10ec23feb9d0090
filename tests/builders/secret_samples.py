"""Secrets and numbers of persons by their shapes, drawn anew when they are needed; and what must stay as it is.

No sample is a key of anybody: what stands here are fronts and lengths, as the makers document them, and no scanner of
sources takes the parts for a key.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

LETTERS, HEX, UPPER = string.ascii_letters + string.digits, "0123456789abcdef", string.ascii_uppercase + string.digits
BASE64 = LETTERS + "+/"


@dataclass(frozen=True)
class Sample:
    """A text that holds a secret, and the secret, or its telling parts."""

    text: str
    secrets: tuple[str, ...]


def drawn(name: str, length: int, signs: str = LETTERS) -> str:
    """Signs at random, the same ones for a name; a digit, and letters of both kinds where there are any, among them."""
    random = Random(name)
    kinds = [kind for kind in (string.digits, "abcdef", "GHJK") if set(kind) <= set(signs)]
    body = [random.choice(signs) for _ in range(length)]
    for at, kind in enumerate(kinds[:length]):
        body[2 + 3 * at if 2 + 3 * at < length else at] = random.choice(kind)
    return "".join(body)


def _key(*parts: str) -> Sample:
    """A key that is known by itself: its front and what was drawn."""
    return Sample(f"rejected {''.join(parts)} by the server", (parts[-1],))


def _in(text: str, *secrets: str) -> Sample:
    """A text with the secrets in the places of its braces."""
    return Sample(text.replace("{}", "%s") % secrets if "{}" in text else text, secrets)


def _keys() -> dict[str, Sample]:
    """Keys that their maker's front gives away: the front in two parts, the length, the signs."""
    fronts = {
        "OpenAI": ("s", "k-", 48, LETTERS),
        "OpenAI, of a project": ("sk-", "proj-", 74, LETTERS + "_-"),
        "OpenAI, of a service": ("sk-", "svcacct-", 58, LETTERS + "_-"),
        "Anthropic": ("sk-", "ant-api03-", 95, LETTERS + "_-"),
        "Anthropic, of an admin": ("sk-", "ant-admin01-", 95, LETTERS + "_-"),
        "OpenRouter": ("sk-", "or-v1-", 64, HEX),
        "xAI": ("xa", "i-", 80, LETTERS),
        "Groq": ("gs", "k_", 52, LETTERS),
        "Perplexity": ("ppl", "x-", 48, LETTERS),
        "Replicate": ("r", "8_", 37, LETTERS),
        "Hugging Face": ("h", "f_", 34, LETTERS),
        "Pinecone": ("pc", "sk_", 40, LETTERS),
        "Google": ("AI", "za", 35, LETTERS + "_-"),
        "Google OAuth": ("ya", "29.", 60, LETTERS + "_-"),
        "Google OAuth client": ("GOC", "SPX-", 28, LETTERS + "_-"),
        "GitHub": ("gh", "p_", 36, LETTERS),
        "GitHub, of an app": ("gh", "s_", 36, LETTERS),
        "GitHub, fine-grained": ("github", "_pat_", 82, LETTERS + "_"),
        "GitLab": ("gl", "pat-", 20, LETTERS),
        "GitLab, to deploy": ("gl", "dt-", 20, LETTERS),
        "Slack bot": ("xox", "b-", 50, LETTERS),
        "Slack user": ("xox", "p-", 60, LETTERS),
        "Slack app": ("xa", "pp-1-", 60, LETTERS),
        "Stripe": ("sk", "_live_", 24, LETTERS),
        "Stripe, restricted": ("rk", "_live_", 24, LETTERS),
        "Stripe, published": ("pk", "_live_", 24, LETTERS),
        "Stripe's webhook": ("wh", "sec_", 32, LETTERS),
        "Square": ("sq0", "atp-", 22, LETTERS),
        "Meta": ("EA", "AG", 180, LETTERS),
        "Shopify": ("shp", "at_", 32, HEX),
        "Shopify's secret": ("shp", "ss_", 32, HEX),
        "DigitalOcean": ("do", "p_v1_", 64, HEX),
        "npm": ("np", "m_", 36, LETTERS),
        "PyPI": ("pyp", "i-AgEI", 100, LETTERS + "_-"),
        "RubyGems": ("ruby", "gems_", 48, HEX),
        "Docker": ("dckr", "_pat_", 27, LETTERS),
        "Linear": ("lin", "_api_", 40, LETTERS),
        "Notion": ("nt", "n_", 46, LETTERS),
        "Figma": ("fig", "d_", 40, LETTERS),
        "Vercel, a person's": ("vc", "p_", 40, LETTERS),
        "Vercel, of an integration": ("vc", "i_", 40, LETTERS),
        "Vercel's AI gateway": ("vc", "k_", 40, LETTERS),
        "Vercel Blob": ("vercel", "_blob_rw_", 40, LETTERS),
        "Supabase": ("sb", "p_", 40, HEX),
        "Supabase's secret": ("sb", "_secret_", 31, LETTERS),
        "Resend": ("r", "e_", 32, LETTERS),
        "Brevo": ("xkey", "sib-", 64, HEX),
        "SendGrid": ("S", "G.", 22, LETTERS),
        "Mailgun": ("ke", "y-", 32, HEX),
        "Twilio": ("S", "K", 32, HEX),
        "Datadog-like, of New Relic": ("NR", "AK-", 27, UPPER),
        "Grafana": ("gl", "sa_", 40, LETTERS),
        "Databricks": ("da", "pi", 32, HEX),
        "Doppler": ("dp", ".pt.", 43, LETTERS),
        "Vault": ("hv", "s.", 95, LETTERS),
        "Postman": ("PM", "AK-", 59, HEX),
        "PlanetScale": ("pscale", "_tkn_", 43, LETTERS),
        "Fly": ("fo", "1_", 43, LETTERS),
        "Fly's macaroon": ("fm", "2_", 120, BASE64),
        "Sentry": ("sntry", "u_", 64, HEX),
        "Atlassian": ("ATA", "TT3", 186, LETTERS),
        "Alibaba": ("LT", "AI", 20, LETTERS),
        "AWS": ("AK", "IA", 16, UPPER),
        "AWS, for a while": ("AS", "IA", 16, UPPER),
        "a JSON web token": ("ey", "J", 120, LETTERS),
        "Tailscale": ("ts", "key-", 40, LETTERS),
        "Prefect": ("pn", "u_", 36, LETTERS),
        "Pulumi": ("pu", "l-", 40, HEX),
    }
    found = {name: _key(*front, drawn(name, length, signs)) for name, (*front, length, signs) in fronts.items()}
    found["SendGrid"] = _key("S", "G.", drawn("sg", 22) + "." + drawn("sg2", 43))
    found["Airtable"] = _key("pa", "t", drawn("airtable", 14) + "." + drawn("airtable2", 64, HEX))
    found["Mailchimp"] = Sample("got " + drawn("mc", 32, HEX) + "-us" + "12 back", (drawn("mc", 32, HEX),))
    found["Azure"] = Sample("secret is abC8" + "Q~" + drawn("az", 34), (drawn("az", 34),))
    found["Discord's bot"] = Sample(
        "M" + drawn("di", 25) + "." + drawn("di2", 6) + "." + drawn("di3", 38), (drawn("di3", 38),)
    )
    found["Convex"] = Sample("prod:happy-otter-123|" + drawn("cx", 40), (drawn("cx", 40),))
    found["a Telegram bot's"] = Sample("token 123456789:A" + "A" + drawn("tg", 33), (drawn("tg", 33),))
    found["Plaid"] = Sample(
        "access-" + "production-5a0b1c2d-1111-4222-8333-" + drawn("pl", 12, HEX), (drawn("pl", 12, HEX),)
    )
    return found


def _named() -> dict[str, Sample]:
    """Secrets that a name or a place gives away."""
    begin, end = "-----BEGIN RSA PRI" + "VATE KEY-----", "-----END RSA PRI" + "VATE KEY-----"
    teams = drawn("tm", 36) + "/IncomingWebhook/" + drawn("tm2", 32)
    long, short, code = drawn("long", 32), "hunt" + "er2", "483920"
    basic = "dXNlcjpw" + "YXNzd29yZA=="
    slack = "T0AAAAAAA/B0BBBBBBB/" + drawn("hook", 24)
    aws = drawn("aws", 36, BASE64) + "/aB3"
    return {
        "a bearer token": _in("Authorization: Bearer {}", long),
        "a bearer token behind a colon": _in("header was Bearer: {}", "x7"),
        "a bearer token alone": _in("sent bearer {} to it", long),
        "basic credentials": _in("Authorization: Basic {}", basic),
        "another scheme": _in("authorization=ApiKey {}", "k-12345"),
        "a proxy's": _in("Proxy-Authorization: Basic {}", basic),
        "pass=": _in("login pass={} failed", short),
        "pass:": _in("login pass: {} failed", short),
        "password and a blank": _in("login with password {} failed", short),
        "password is": _in("my password is {}", "correct-horse"),
        "password=": _in("login password={}", short),
        "a password with blanks": _in('login password="{} {}" failed', "correct", "horse"),
        "pwd": _in("pwd={}", short),
        "PGPASSWORD": _in("PGPASSWORD={} psql", short),
        "kata sandi": _in("kata sandi: {}", short),
        "sandi saya": _in("kata sandi saya adalah {}", "rahasia77"),
        "a client secret": _in("client_secret={}", long),
        "an API key in a header": _in("x-api-key: {}", long),
        "an API key in camel case": _in("apiKey => {}", long),
        "a service role": _in("SUPABASE_SERVICE_ROLE_KEY={}", long),
        "a verify token": _in("hub.verify_token={}", long),
        "a Telegram webhook's secret": _in("X-Telegram-Bot-Api-Secret-Token: {}", long),
        "a session id": _in("sessionId: {}", long),
        "a PHP session": _in("PHPSESSID={}", long),
        "a Java session": _in("JSESSIONID={}", long),
        "a cookie": _in("Cookie: sid={}; theme=dark", long),
        "a cookie that is set": _in("Set-Cookie: __Secure-next-auth.session-token={}", long),
        "a webhook's signature": _in("x-hub-signature-256: sha256={}", drawn("sig", 64, HEX)),
        "a signature alone": _in("expected sha256={} here", drawn("sig", 64, HEX)),
        "a signature of Slack": _in("got v0={} here", drawn("sig", 64, HEX)),
        "an AWS secret by name": _in("aws_secret_access_key = {}", aws),
        "an AWS secret behind its id": _in("AK" + "IA" + drawn("a", 16, UPPER) + ":{}", aws),
        "an AWS session": _in("aws_session_token={}", drawn("st", 100)),
        "a tag of XML": _in("<password>{}</password>", short),
        "a private key": _in(begin + "\nProc-Type: 4\n\n{}\n" + end, long),
        "a private key without its end": _in(begin + "\n{}", long),
        # in addresses
        "a Telegram address": _in("POST https://api.telegram.org/bot{}/sendMessage 401", "123456:AA" + drawn("tg", 10)),
        "a whole Telegram address": _in("https://api.telegram.org/bot{}/getMe", "7012345678:AA" + drawn("tg", 33)),
        "a Telegram file": _in("https://api.telegram.org/file/bot{}/photos/1.jpg", "123456:AA" + drawn("tg", 20)),
        "a Telegram token with bot": _in("using bot{} now", "12345:AAEx" + drawn("t", 6)),
        "Slack's hook": _in("https://hooks.slack.com/services/{}", slack),
        "Discord's hook": _in("https://discord.com/api/webhooks/{}", "123456789012345678/" + drawn("dh", 68)),
        "Teams' hook": _in("https://acme.webhook.office.com/webhookb2/{}", teams),
        "postgres": _in("postgres://bot:{}@db.example.com:5432/bot", short),
        "postgres with a sign in it": _in("postgres://bot:{}@db/bot", "p@ss" + "/w0rd"),
        "mongodb": _in("mongodb+srv://bot:{}@cluster0.example.net/bot", short),
        "redis": _in("redis://:{}@cache:6379/0", short),
        "mysql of Go": _in("root:{}@tcp(127.0.0.1:3306)/db", short),
        "amqp": _in("amqps://bot:{}@rabbit:5671/vhost", short),
        "a token as a user": _in("https://{}@example.com/x.git", long),
        "basic in https": _in("GET https://bot:{}@api.example.com/v1 failed", short),
        "a key in a query": _in("GET /v1/models?key={}&alt=json", long),
        "a token in a query": _in("GET /hook?token={}&x=1", long),
        "an access token in a query": _in("https://graph.facebook.com/v19.0/me?access_token={}", long),
        "a signed address": _in("https://s3.example.com/a?X-Amz-Credential=AK&X-Amz-Signature={}", drawn("s", 64, HEX)),
        "a shared access": _in("https://x.blob.core.windows.net/a?sv=2022-11-02&sig={}", drawn("sas", 43)),
        "an OAuth code": _in("GET /callback?code={}&state=xyz", drawn("oc", 30)),
        "a token in a path": _in("GET /auth/reset/{} 200", drawn("rp", 40)),
        "a magic link": _in("https://example.com/magic-link/{}", drawn("ml", 40)),
        # in commands
        "curl -u": _in("curl -u bot:{} https://api.example.com", short),
        "curl --user": _in("curl --user=bot:{} https://api.example.com", short),
        "curl -H": _in("curl -H 'Authorization: Bearer {}' https://api.example.com", long),
        "curl -H of a key": _in("curl -H 'X-Api-Key: {}' https://api.example.com", long),
        "mysql -p": _in("mysqldump -u root -p{} bot", short),
        "sshpass": _in("sshpass -p {} ssh bot@host", short),
        "redis-cli -a": _in("redis-cli -h cache -a {} monitor", short),
        "--password": _in("tool --password {} --since 1h", short),
        "--api-key=": _in("tool --api-key={} logs", long),
        "--token": _in("fly logs --access-token {}", long),
        # one-time codes
        "an OTP": _in("Your OTP is {}, do not share", code),
        "a code before its name": _in("{} is your verification code", code),
        "a code with a dash": _in("Your WhatsApp code: {}", "483-920"),
        "Google's code": _in("{} is your Google verification code.", "G-" + code),
        "a verification code": _in("verification code: {}", code),
        "a security code": _in("Your security code is {}", code),
        "a login code": _in("login code {}", code),
        "a one-time password": _in("one-time password {}", code),
        "kode OTP": _in("Kode OTP Anda adalah {}", code),
        "kode verifikasi": _in("kode verifikasi: {}", code),
        "kode alone": _in("JANGAN berikan kode {} ini ke siapa pun", code),
        "a code and adalah kode": _in("{} adalah kode verifikasi Anda", code),
        "masukkan kode": _in("masukkan kode {}", code),
        "a PIN": _in("PIN: {}", "4839"),
        "a card's check number": _in("cvv: {}", "483"),
        # mail
        "an e-mail address": _in("mail from {} failed", "siti.r" + "@" + "example.co.id"),
    }


def _numbers() -> dict[str, Sample]:
    """Numbers of persons, however they are written."""
    written = {
        "whole": "6281254495462",
        "with a plus": "+6281254495462",
        "local": "081254495462",
        "dashes": "0812-5449-5462",
        "points": "0812.5449.5462",
        "slashes": "0812/5449/5462",
        "low lines": "0812_5449_5462",
        "blanks": "0812 5449 5462",
        "pairs of blanks": "0812  5449  5462",
        "one by one": "0 8 1 2 5 4 4 9 5 4 6 2",
        "one by one with the country": "6 2 8 1 2 5 4 4 9 5 4 6 2",
        "brackets": "(0812) 5449-5462",
        "a country in brackets": "(+62) 812 5449 5462",
        "an area in brackets": "+62 (812) 5449-5462",
        "square brackets": "[0812]5449-5462",
        "country and slashes": "62/812/5449/5462",
        "country and low lines": "62_812_5449_5462",
        "Dutch": "06-12345678",
        "German": "0151/23456789",
        "French": "06 12 34 56 78",
        "British": "+44 20 7946 0958",
        "of the United States": "(415) 555-0132",
        "with points, of the United States": "415.555.0132",
        "Brazilian": "+55 (11) 91234-5678",
        "joined to a word": "WA6281254495462",
        "joined to a short word": "hp081254495462",
        "between words": "dari6281254495462ke",
        "before a unit": "6281254495462 ms",
        "joined to a unit": "081254495462ms",
        "before bytes": "6281254495462 bytes",
        "like seconds since 1970": "1712345678",
        "full width": "".join(chr(0xFEE0 + ord(sign)) for sign in "6281254495462"),
        "full width with a plus": "".join(chr(0xFEE0 + ord(sign)) for sign in "+6281254495462"),
        "Arabic digits": "".join(chr(0x0660 + int(sign)) for sign in "6281254495462"),
        "signs without a width": "6281\u200b2544\u200d9546\ufeff2",
        "a card": "4111 1111 1111 1111",
        "a card with low lines": "4111_1111_1111_1111",
        "a card with points": "5555.5555.5555.4444",
        "Amex": "378282246310005",
        "Amex in groups": "3782 822463 10005",
        "Diners": "3056 930902 5904",
        "UnionPay": "6200000000000005",
        "a card of nineteen digits": "6304000000000000018",
        "an identity card": "3201234507890001",
        "an identity card in groups": "3201 2345 0789 0001",
        "an IBAN": "DE89370400440532013000",
        "an IBAN in groups": "GB29 NWBK 6016 1331 9268 19",
        "a Dutch IBAN": "NL91 ABNA 0417 1643 00",
        "a short IBAN": "NO9386011117947",
    }
    return {f"a number, {name}": Sample(f"call {text} now", (text,)) for name, text in written.items()}


SAMPLES: Mapping[str, Sample] = {**_keys(), **_named(), **_numbers()}
"""Every sample by its name."""

KEPT: tuple[str, ...] = (
    "[ARI] Response sent in 1834ms (grok-3)",
    "2026-11-20 14:25 UTC to 2026-11-20 18:25 UTC",
    "2026-02-03T10:15:32.123Z",
    "2026-02-03 10:15:32,123456789 +0000",
    "at 10:15:32.123456789 exactly",
    "02-03 10:15:32 and 03/Feb/2026:10:15:32 +0700",
    "03/02/2026 10:15:32 and 3.2.2026, 10:15",
    "2026/02/03 10:15:32 [error] 31#31: *1 upstream timed out (110: Connection timed out)",
    "timestamp 1770113732123, in seconds 1770113732",
    '{"timestamp":"1770113732","exp":1770113732,"iat": 1770113732}',
    "expires_at=1770113732 created_at=1770113732123456",
    "ts=1770113732.123456 level=info",
    "[1770113732] GET /api",
    "backup-20260203101532 written",
    "window 8 (2026-11-20 14:25 UTC)",
    "3 of 1,204 errors, 429 - rate limited",
    "1,204,331,000 rows, Rp 12.345.678",
    "Rp 1.250.000.000 paid",
    "ratio 0.123456789, p95 3.1415926535",
    "heap out of memory: 134217728 bytes, 1073741824 B",
    "took 1834000000 ns, 1834000 us, 5400000 ms",
    "p50 1200 p95 3400 p99 5600 max 9800",
    "latencies 1834 2210 1999 1700",
    "latencies [1834, 2210, 1999, 1700]",
    "counts 0 200 300 400 500",
    "GrokClient.complete (/var/task/.next/server/chunks/482.js:1:20391)",
    "at Object.<anonymous> (/app/src/webhook.ts:120:33)",
    "iad1::433c6-1795184665823-36a125585b5a",
    "iad1::iad1::433c6-1795184665823-36a125585b5a",
    "dpl_7fKx2mQpVw",
    "dpl_9aBcDeFgHiJkLmNoPqRsTuVwXyZ1",
    "prj_8dKeLmNoPqRsTuVwXyZ1aBcDeFgH",
    "request 550e8400-e29b-41d4-a716-446655440000",
    "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
    "Root=1-67891233-abcdef012345678912345678",
    "wamid.HBgNNjI4MTI1NDQ5NTQ2MhUCABIYFjNFQjBD",
    "req_011CSHoEeqs5C35K2UUqR7Fy",
    "commit 5d41402abc4b2a76b9719d911017c592a1b2c3d4",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "bot:latest@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "k57abc123def456 in workspace js7xyz",
    "prompt_tokens: 1834, max_tokens=4096, total tokens: 5930",
    '{"token":null,"signature":false,"secret":undefined}',
    "[Webhook] Invalid signature - rejecting request",
    "[Kapso Webhook] Signature verified",
    "signature: invalid, token: expired, password: wrong",
    "password authentication failed for user bot",
    "password reset requested, passwords must match",
    "Bearer authentication failed, basic setup of bearers",
    "vercel@50.42.0 and next@14.2.35",
    "Node.js v22.11.0, Chrome/120.0.6099.109, Windows 10.0.19045.3803",
    "packages of skipping_deliveries, risky_everything",
    "npm_config_user_agent and npm_lifecycle_event are set",
    "GET /api/webhook/kapso?page=2 429 in 120 ms",
    "POST /api/webhook/kapso 500 (error code 131047)",
    '{"error":{"code":131047,"title":"Re-engagement message"}}',
    "status code 500, exit code 137, kode error 131047",
    "pass: 12, fail: 3, pass=120",
    "127.0.0.1:3000, [::1]:8080, 10.0.12.7, 192.168.100.200",
    "docker run -p 8080:80 -u 1000:1000 bot",
    "(node:4) [DEP0169] DeprecationWarning: `url.parse()`",
    "TypeError: Cannot read properties of undefined (reading 'text')",
    "postgres://localhost:5432/db and https://example.com/a:b",
    "https://example.com:8443/path?page=2#top",
    "keyboard: 12, monkey=none, pinned 1234 messages",
    "use 4096 tokens, enter 2000 items",
    "ECONNREFUSED 10.0.0.5:5432",
    "arn:aws:lambda:ap-southeast-1:function:bot:42",
    "Process exited with code 137, signal 9",
    "retry 3/10 in 1600 ms, 12/12 done",
    "logs/logs-hour-04.jsonl:74",
    "[ARI] Processing message for contact k57 in workspace js7",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \U0001f600 \u2122 \u00bd",
)
"""What whoever is on call needs, and what is nobody's."""
