"""The shapes of secrets: by the name before them, by their context, and by the form that their maker gives them.

The forms are facts, as in the lists of secret scanners (gitleaks, detect-secrets). No expression nests unbounded
repetitions, and each is only tried if one of its hints occurs, so that the time is linear in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Place = tuple[int, int]

_QUOTED = r"\"(?:[^\"\\]|\\.){0,400}\"|'[^']{0,400}'"
_BARE = r"[^\s\"',;}&\\<>]"
_GLUE = r"[\"'\]]?\s{0,3}(?:=>|:=|[:=])\s{0,3}"
"""The text between a name and its value, in prose, code, JSON, a query or a header."""

_NONE = (
    r"(?![\"']?(?:\*{3}|\$\{|\{\{|[<\[{]|(?:null|true|false|undefined|none|nil|yes|no|ok|on|off|valid|invalid|missing|failed"
    r"|fail|expired|present|absent|verified|mismatch|wrong|incorrect|required|unknown|empty|set|unset|rejected|rotated|not"
    r"|salah|kosong|wajib|tidak|too|changed|reset|disabled|enabled)\b))"
)
"""Values that are no secrets: placeholders, and words that say something about one."""

_NAMES = (
    r"(?:api|access|account|private|secret|signing|encryption|service|role|auth|master|licen[sc]e|storage|shared|client"
    r"|session|consumer|deploy|admin|anon|webhook|application)[ _.-]?key(?:[ _-]?base)?|apikey"
    r"|secret(?:[ _-]?(?:token|value|string))?|credentials?|passwords?|passwd|passphrases?|pwd|\bpass|sandi"
    r"|signature(?:[ _-]?256)?|session[ _.-]?ids?|sessid|session[ _-]?token|connect\.sid|\bsid|csrf[ _-]?token|x-auth"
    r"|\bdsn|rediscli_auth|redis_auth"
)
_WORDS = r"(?:is|was|adalah|ialah|saya|anda|kamu|nya|baru)"
_CODES = (
    r"(?:one[ -]?time|single[ -]?use|verif(?:ication|y)|security|log[ -]?in|sign[ -]?in|access|confirmation"
    r"|auth(?:entication)?|otp|2fa|mfa|sms|activation|unlock|registration|recovery|your)[ _-]?(?:pass)?(?:code|word"
    r"|pin)s?"
    r"|otp|totp|pin|cvv2?|cvc2?|passcode"
    r"|kode (?:otp|verifikasi|keamanan|akses|rahasia|aktivasi|konfirmasi|masuk|unik|anda|kamu|sms|pin)"
)
_DIGITS = r"(?:[A-Za-z]-)?(?:\d{3,4}[ -]\d{3,4}|\d{3,8})\b"
_IN_ADDRESS = (
    r"(?:reset|verify|verification|confirm|confirmation|magic(?:-?link)?|invite|invitation|activate|activation"
    r"|unsubscribe|token|secret|auth|password(?:-reset)?|session|login|otp|apikey|api-key|key)"
)
_QUERY = r"(?:key|sig|secret|auth|session|jwt|pw|pass|token|hash|hmac|ticket|assertion|nonce|state|sas|sid)"

_PREFIXES = (
    r"sk-|sess-|xai-|gsk_|gh[opsur]_|github_pat_|gl(?:pat|ptt|rt|rtr|cbt|dt|ft|imt|agent|oas|soat|ffct)-|xox[a-z]-"
    r"|xoxe\.xox[bp]-|xapp-|whsec_|EAA|AIza|ya29\.|GOCSPX-|1//0|pypi-|api_org_|do[opr]_v1_|shp(?:at|ss|ca|pa|tka)_"
    r"|sq0[a-z]{3}-|r8_|pplx-|lin_(?:api|oauth)_|dckr_(?:pat|oat)_|fig[dou]_|ntn_|hvs\.|hvb\.|dp\.(?:pt|st|ct|sa)\."
    r"|dt0c0\d\.|rubygems_|sntry[su]_|PMAK-|pscale_(?:tkn|pw|oauth)_|fo1_|fm[12][ar]?_|xkeysib-|xsmtpsib-|NRAK-|NRII-"
    r"|ATATT3|ATCTT3|AKCp|LTAI|glc_|glsa_|vc[pcaikr]_|vercel_blob_rw_|sbp_|sb_(?:secret|publishable)_|pcsk_|tgp_v1_|tskey-"
    r"|ops_eyJ|HRKU-|SSWS |pk-lf-|AGE-SECRET-KEY-1|pul-|rdme_|shippo_(?:live|test)_|duffel_(?:live|test)_|EZ[AT]K"
    r"|FLWSECK[_-]|FLWPUBK[_-]|sm_[aps]at_|tk-us-|sgp_|AQVN|CLOJARS_|nfp_|ory_(?:at|rt|ac|st)_|live_pub_|test_pub_"
)
_WEAK_PREFIXES = r"[sprm]k_|hf_|npm_|re_|rpa_|fw_|pnu_|tfp_|ph[cx]_|key_|cal_live_|secret_"
"""Prefixes that ordinary names have too: the rest must look random."""


@dataclass(frozen=True)
class SecretShape:
    """A shape of secret, matched by its group ``secret``. ``hints``: lower-case texts of which one must occur."""

    hints: tuple[str, ...]
    expression: re.Pattern[str]


def _shape(expression: str, hints: str = "") -> SecretShape:
    return SecretShape(tuple(hints.split()), re.compile(expression))


def _named(names: str, bare: str, least: int, hints: str) -> SecretShape:
    return _shape(rf"(?i)(?:{names})(?:s|_?hash)?{_GLUE}{_NONE}(?P<secret>{_QUOTED}|{bare}{_BARE}{{{least},}})", hints)


BY_NAME = (
    _shape(
        r"(?P<secret>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{1,60}-----|$))",
        "-----begin",
    ),
    _shape(
        rf"(?i)(?:authorization){_GLUE}(?P<secret>{_QUOTED}|(?:[a-z]\w{{0,20}} {{1,3}})?[^\s\"',;}}]+)", "authorization"
    ),
    _shape(rf"(?i)\b(?:set-)?cookies?{_GLUE}(?P<secret>{_QUOTED}|[^\"'\\]+)", "cookie"),
    _named(
        _NAMES,
        r"(?!\d{1,3}(?![\w.-]))",
        1,
        "key secret credential pass pwd sandi signature sess sid csrf auth dsn",
    ),
    # A number of tokens is a count.
    _named(r"tokens?", r"(?!\d{1,7}(?![\w.-]))", 4, "token"),
    _shape(r"(?i)\b(?:bearer|basic)\s{0,2}[:=]\s{0,2}(?P<secret>[^\s\"',;}]+)", "bearer basic"),
    _shape(
        r"(?i)\b(?:bearer|basic)\s+(?P<secret>(?-i:(?=[a-z~./-]{0,400}[A-Z0-9+=_])|(?=\w{20}))[\w.~+/=-]{6,})",
        "bearer basic",
    ),
    _shape(
        r"(?i)\b(?:api[ _-]?key|token|secret|passwords?|passwd|passphrase|pwd|kata sandi|sandi)(?:\s{1,3}"
        rf"{_WORDS}\b){{0,2}}[\s:=]{{1,3}}[\"'`]?(?P<secret>(?=[^\s\"'`]{{0,400}}[\d!@#$%^&*_+])"
        r"(?!\d{1,7}(?![\w.-]))[^\s\"'`<>,;&\\]{4,})",
        "key token secret pass pwd sandi",
    ),
    _shape(
        rf"(?i)\b(?:passwords?|passwd|passphrase|sandi)\s{{1,3}}{_WORDS}\s{{1,3}}{_NONE}(?!(?:and|or|on|in|of|to|a|the"
        r"|encrypted|hashed|weak|short|long|never|being|now)\b)[\"'`]?(?P<secret>[^\s\"'`<>,;]{4,})",
        "pass sandi",
    ),
    _shape(r"(?i)<\w{0,20}(?:password|passwd|secret|token|apikey|api_key)>(?P<secret>[^<]{1,200})<", "<"),
    _shape(
        r"(?i)[\[,]\s?\"(?:password|passwd|secret|token|api_?key)\",\s?(?P<secret>\"[^\"]{1,200}\")", "pass secret key"
    ),
)

CODES = (
    _shape(
        rf"(?i)\b(?:{_CODES})\b(?:\s{{1,3}}{_WORDS}\b|\s{{1,3}}(?:code|number)\b|\s{{1,3}}for\s\w{{1,20}}\b){{0,3}}"
        rf"[\s:=\"'#*-]{{1,5}}(?P<secret>{_DIGITS}|(?-i:(?=[A-Z0-9-]{{0,9}}\d)[A-Z0-9][A-Z0-9-]{{3,9}}\b))",
        "code otp pin cvv cvc word kode",
    ),
    _shape(
        r"(?i)\b(?P<secret>(?:[a-z]-)?(?:\d{3}[ -]\d{3}|\d{4,8}))[\"'*]?\s{1,3}(?:(?:is|adalah|ialah|merupakan)\s{1,3})"
        r"(?:(?:your|the)\s[\w -]{0,30})?(?:code|kode|pin|otp|password|passcode)\b",
        "code kode pin otp password",
    ),
    _shape(
        r"(?i)\b(?:enter|use|type|masukkan|gunakan|pakai|ketik)\s{1,3}(?:(?:the|this|your)\s{1,3})?(?:code|kode|otp|pin"
        rf"|angka)[\s:]{{1,3}}(?P<secret>{_DIGITS})",
        "code kode otp pin angka",
    ),
    _shape(r"(?i)\bcode\W{1,3}(?P<secret>\d{3}-\d{3})\b", "code"),
    _shape(
        r"(?i)\bkode(?!\s{0,3}(?:error|status|http|kesalahan|pos|area|negara|produk|barang|keluar|exit|respons))"
        r"(?:\s[a-z]{1,12}){0,2}[\s:=]{1,3}(?P<secret>(?:\d{3}[ -]\d{3}|\d{4,8})\b)",
        "kode",
    ),
)
"""One-time codes, before or after a word that names them."""

IN_ADDRESSES = (
    _shape(r"://(?P<secret>[^\s\"'/@:]{0,200}:(?!\d{1,5}[/?#])[^\s\"'<>]*)@", "://"),
    _shape(r"://(?P<secret>[^\s\"'/@:]{8,})@", "://"),
    _shape(
        r"(?<![\w/:.-])[\w.-]{1,64}:(?P<secret>[^\s\"'/@:,;]{3,200})@(?!sha256:)(?=tcp\(|unix\(|\(|[\w.-]{1,200}[:/])",
        "@",
    ),
    _shape(
        rf"(?i)[?&;#](?:[\w-]{{0,40}}[._-])?{_QUERY}=(?P<secret>(?!\d{{1,6}}(?![\w-]))[^\s&\"'#]{{4,}})",
        "? & ; #",
    ),
    _shape(r"(?i)[?&](?:code|otp)=(?P<secret>[^\s&\"'#]{4,})", "code= otp="),
    _shape(
        r"(?i)[?&](?:x-(?:amz|goog)-(?:security-token|credential|signature))=(?P<secret>[^\s&\"']+)", "x-amz x-goog"
    ),
    _shape(rf"(?i)/{_IN_ADDRESS}/(?P<secret>(?=[\w.~-]{{0,200}}\d)[\w.~-]{{12,}})", "/"),
    _shape(r"(?i)hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[\w/+-]+)", "hooks.slack"),
    _shape(r"(?i)discord(?:app)?\.com/api/(?:v\d{1,3}/)?webhooks/(?P<secret>\d+/[\w-]+)", "discord"),
    _shape(
        r"(?i)(?:webhook\.office\.com/webhookb2|outlook\.office(?:365)?\.com/webhook)/(?P<secret>[\w@/-]+)", "office"
    ),
    _shape(r"(?i)/bot(?P<secret>\d{3,16}:[\w-]{3,})", "/bot"),
)
"""Credentials, queries and paths in URLs."""

IN_COMMANDS = (
    _shape(
        r"(?i)(?:^|\s)(?:-u|--user|--proxy-user|-a|--auth|--creds?)[= ]{0,2}[\"']?[^\s\"':=-][^\s\"':=]{0,63}"
        r":(?P<secret>(?!\d{1,5}(?!\S))[^\s\"']+)",
        "-u --user --proxy -a --cred",
    ),
    _shape(
        r"(?:^|\s)(?:-b|--cookie)[= ]{1,2}(?P<secret>\"[^\"]{1,400}\"|'[^']{1,400}'|[^\s\"'/]*=[^\s\"']+)",
        "-b --cookie",
    ),
    _shape(r"(?i)(?:^|\s)(?:-u|--user)[= ]{0,2}[\"']?(?P<secret>:[^\s\"']{3,})", "-u"),
    _shape(
        r"(?i)\b(?:mysql\w{0,10}|mariadb\w{0,10}|sshpass|mongo\w{0,10}|docker login|redis-cli|ldap\w{1,10}|psql|sqlcmd"
        r"|smbclient)\b[^|;&]*?\s-(?:p|a|w)[= ]?[\"']?(?P<secret>(?!\d{1,5}\b)[^\s\"'-][^\s\"']*)",
        "mysql mariadb sshpass mongo docker redis-cli ldap psql sqlcmd smbclient",
    ),
    _shape(
        r"(?i)(?:^|\s)--?(?:[\w-]{0,20}-)?(?:password|passwd|pass|token|secret|api-?key|access-key|key)[= ]{1,2}"
        r"(?P<secret>\"[^\"]{1,200}\"|'[^']{1,200}'|(?![\"'-])[^\s\"']+)",
        "-pass -token -secret -key -api",
    ),
)

BY_SHAPE = (
    _shape(r"(?i)\b(?P<secret>sha(?:1|256|512)=[0-9a-f]{20,})", "sha"),
    _shape(r"\b(?P<secret>v0=[0-9a-f]{40,})", "v0="),
    _shape(
        rf"(?<![A-Za-z0-9])(?P<secret>(?:{_PREFIXES})(?=[A-Za-z_=+/|.-]{{0,400}}\d|\w{{14}})[\w.=+/|-]{{9,}}[\w=-])"
    ),
    _shape(
        rf"(?<![A-Za-z0-9])(?P<secret>(?:{_WEAK_PREFIXES})(?=[\w-]{{0,400}}\d)(?=[\w-]{{0,400}}[A-Z]|[0-9a-f]{{20}}"
        r"|\w{0,8}_?\w{24})[\w-]{10,})",
        "_",
    ),
    _shape(
        r"(?<![A-Za-z0-9])(?P<secret>(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}(?:[ \t:=,;/|\"']{1,4}"
        r"[A-Za-z0-9/+]{40}(?![\w/+]))?)",
        "a3t akia asia abia acca",
    ),
    _shape(r"(?i)aws[\w.-]{0,30}[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?P<secret>(?-i:[A-Za-z0-9/+]{40})(?![\w/+]))", "aws"),
    _shape(r"(?<![A-Za-z0-9])(?P<secret>eyJ[\w-]{8,}(?:\.[\w=-]*){0,4})", "eyj"),
    _shape(r"\b(?P<secret>SG\.[\w-]{10,}\.[\w-]{10,})", "sg."),
    _shape(r"\b(?P<secret>(?:AC|SK|key-|pubkey-|dapi)[0-9a-f]{32}(?:-\d)?)\b", "ac sk key- dapi"),
    _shape(r"(?i)\b(?P<secret>bot\d{3,16}:[\w-]{3,})", "bot"),
    _shape(r"(?<![A-Za-z0-9])(?P<secret>\d{6,16}:(?:AA[\w-]{8,}|[\w-]{30,}))", ":"),
    _shape(r"\b(?P<secret>(?:prod|dev|preview|project|team):[\w:-]+\|[\w+/=-]{10,})", "|"),
    _shape(r"\b(?P<secret>[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,})", "."),
    _shape(r"\b(?P<secret>\d{15,16}\|[\w-]{20,})", "|"),
    _shape(r"\b(?P<secret>[0-9a-f]{32}-us\d{1,2})\b", "-us"),
    _shape(r"\b(?P<secret>pat[A-Za-z0-9]{14}\.[a-f0-9]{40,})", "pat"),
    _shape(r"\b(?P<secret>access-(?:sandbox|development|production)-[0-9a-f-]{36})", "access-"),
    _shape(r"(?<![\w.~-])(?P<secret>[\w.~]{3}\dQ~[\w.~-]{20,})", "q~"),
    _shape(r"(?P<secret>A{20}[\w%]{60,})", "aaaaaaaaaaaaaaaaaaaa"),
    _shape(r"\b(?P<secret>A3-[A-Z0-9]{6}(?:-[A-Z0-9]{5,11}){3,5})\b", "a3-"),
    _shape(r"\b(?P<secret>v1\.0-[a-f0-9]{24}-[a-f0-9]{40,})", "v1.0-"),
    _shape(r"\b(?P<secret>sha256~[\w-]{30,})", "sha256~"),
)
"""Keys, tokens and signatures with a form of their own."""

_MAIL = re.compile(r"(?<![\w.+-])(?P<secret>[\w.+-]{1,200})(?P<host>@[\w-][\w.-]{0,200}\.[^\W\d_]{2,})")

SHAPES: tuple[SecretShape, ...] = BY_NAME + CODES + IN_ADDRESSES + IN_COMMANDS + BY_SHAPE


def secrets_in(text: str) -> Iterator[Place]:
    """Yields the places of secrets; of a quoted one, without the quotes."""
    small, credentials = text.lower(), set()
    for shape in SHAPES:
        if shape.hints and not any(hint in small for hint in shape.hints):
            continue
        for found in shape.expression.finditer(text):
            start, end = found.span("secret")
            quoted = end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]
            credentials.add(end)
            yield (start + 1, end - 1) if quoted else (start, end)
    if "@" in text:
        # The host of an address with credentials is no part of an e-mail address.
        yield from (found.span() for found in _MAIL.finditer(text) if found.end("secret") not in credentials)
