"""Personal numbers: telephones, cards, accounts and identity cards, told apart from times, counts and ids.

A text is split into groups of digits, and adjacent groups are tried together, so that it does not matter how a number
is broken up. A group starts only a few tries: the time is linear in the text.
"""

import re
from collections.abc import Iterator, Sequence

Extent = tuple[int, int]

MOST_DIGITS = 19
"""Digits of the longest card number."""

SURROUNDINGS = 30
"""Characters looked at before and after a number."""

_GROUP = re.compile(r"\d+")
_GAP = re.compile(r"[ .\-/_\u00a0\u2010-\u2013\u2212]{1,2}|[ .\-/]?[(\[]|[)\]][ .\-/]?|[)\]] ?[(\[]")
"""Separators between two groups of one number."""

_TIME_WORD = re.compile(
    r"(?i)(?:time(?:stamp)?|stamp|\bts|\bat|date|exp(?:iry|ires(?:_?(?:at|in))?)?|iat|nbf|since|until|epoch|unix"
    r"|seconds?|created|updated|reset|after|before|\bt|_at|before)[\"']?\s?[:=]?\s?[\"']?(?:\bin\s)?[\[(@]?$|[\[@]$"
)
_MOMENTS = {
    10: r"1[6-9]\d{8}",
    13: r"1[6-9]\d{11}",
    14: r"20[2-4]\d[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d",
    16: r"1[6-9]\d{14}",
}
"""Seconds, milliseconds and microseconds since 1970, for the years 2020 to 2033; and a time without separators."""

_UNIT = re.compile(r" ?(bytes?|[kmgt]?i?b|ms|[uµ]s|ns|ops|rows?|records?|tokens?)\b", re.IGNORECASE)
_MOST_OF_UNIT = {"byte": 11, "bytes": 11, "b": 11, "ms": 10, "us": 13, "µs": 13, "ns": 16}
"""Digits of the largest plausible count of a unit; nine for any other unit."""

_COUNTED = 9

NOT_PERSONAL = re.compile(
    r"\b\d{4}([-/.])\d\d\1\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"|\b\d\d?([/.])\d\d?\2(?:19|20)\d\d\b(?:[ ,]{1,2}\d\d?[:.]\d\d(?:[:.]\d\d)?)?"
    r"|\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?"
    r"|\b1[6-9]\d{8}\.\d{3,9}\b"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b[a-z]{3}\d::(?:[\w-]+::)?[a-z0-9]+-\d{13}-[0-9a-f]{12}\b"
    r"|\bwamid\.[\w=+/-]+"
)
"""Times, and ids by which a record is found: they are not searched for numbers."""

_IBAN = re.compile(r"(?i)\b[a-z]{2}\d\d(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b")


def numbers_in(text: str) -> Iterator[Extent]:
    """Yields the places of personal numbers."""
    kept = [found.span() for found in NOT_PERSONAL.finditer(text)]
    yield from _accounts(text)
    groups = [found.span() for found in _GROUP.finditer(text) if not _within(found.span(), kept)]
    at = 0
    while at < len(groups):
        end = _longest(text, groups, at)
        if end is None:
            at += 1
            continue
        start = groups[at][0]
        yield (start - len(_front(text, start)), groups[end][1])
        at = end + 1


def _within(span: Extent, spans: Sequence[Extent]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _longest(text: str, groups: Sequence[Extent], at: int) -> int | None:
    """Returns the last group of the longest number that starts at a group; None if none does."""
    best, digits, gaps = None, "", []
    for end in range(at, len(groups)):
        if end > at:
            gap = text[groups[end - 1][1] : groups[end][0]]
            if not _GAP.fullmatch(gap):
                break
            gaps.append(gap)
        digits += text[slice(*groups[end])]
        if len(digits) > MOST_DIGITS:
            break
        sizes = [last - first for first, last in groups[at : end + 1]]
        before = text[max(0, groups[at][0] - SURROUNDINGS) : groups[at][0]]
        after = text[groups[end][1] : groups[end][1] + SURROUNDINGS]
        if _is_persons(digits, sizes, gaps, before, after):
            best = end
    return best


def _front(text: str, start: int) -> str:
    """Returns the characters before a number that belong to it."""
    found = re.search(r"\+?[(\[]?\+?$", text[max(0, start - 3) : start])
    return found[0] if found else ""


def _is_persons(digits: str, sizes: Sequence[int], gaps: Sequence[str], before: str, after: str) -> bool:
    if _is_card(digits) and (len(sizes) == 1 or 3 <= len(sizes) <= 6) and _stands_alone(before, after):
        return True
    if len(sizes) == 1:
        return _is_whole(digits, before, after)
    return _is_grouped(digits, sizes, gaps, before, after)


def _is_whole(digits: str, before: str, after: str) -> bool:
    """Tells whether a single group is a personal number: not a time, a count, a fraction, or a part of an id."""
    if before.endswith("+"):
        return 8 <= len(digits) <= 15
    if not 9 <= len(digits) <= 16 or _is_moment(digits, before) or re.search(r"\d[.,]$", before):
        return False
    unit = _UNIT.match(after)
    if unit and not _is_dialled(digits):
        return len(digits) > _MOST_OF_UNIT.get(unit[1].lower(), _COUNTED)
    if unit:
        return True
    letters_before, letters_after = _letters(before, last=True), _letters(after, last=False)
    if letters_before is None or letters_after is None:
        return False
    if letters_before or letters_after:
        return len(digits) >= 11 or _is_dialled(digits)
    return True


def _letters(text: str, last: bool) -> str | None:
    """Returns the letters that touch a number on one side; None if it is more than a word, or holds digits."""
    found = re.search(r"[A-Za-z0-9]*$", text[-20:]) if last else re.match(r"[A-Za-z0-9]*", text[:20])
    touching = found[0] if found else ""
    return touching if (touching.isalpha() and len(touching) <= 12) or not touching else None


def _is_dialled(digits: str) -> bool:
    """Tells whether digits begin like a dialled number: with a zero, or like an Indonesian mobile number."""
    return bool(re.match(r"0[1-9]|00[1-9]|628", digits))


def _is_moment(digits: str, before: str) -> bool:
    """Tells whether digits are a time; ten digits may be a local number too, so a word must say so."""
    shape = _MOMENTS.get(len(digits))
    if shape is None or not re.fullmatch(shape, digits):
        return False
    return len(digits) != 10 or bool(_TIME_WORD.search(before[-20:]))


def _is_grouped(digits: str, sizes: Sequence[int], gaps: Sequence[str], before: str, after: str) -> bool:
    """Tells whether groups of digits are one telephone number, or an identity card's number."""
    if not _stands_alone(before, after):
        return False
    total = len(digits)
    if before.endswith(("+", "+(", "+[")):
        return 8 <= total <= 15
    if sizes == [4] * 4:
        return _is_identity(digits)
    few = len(sizes) <= 6 or max(sizes) == 1
    bracketed = before.endswith(("(", "[")) and gaps[0].lstrip(" ").startswith((")", "]"))
    if digits.startswith("0"):
        whole = sizes[0] > 1 or max(sizes) == 1 or bracketed
        paired = digits.startswith("00") and max(sizes) == 2
        fraction = (sizes[0] == 1 and gaps[0] != " ") or re.search(r"[\d.][.,]$", before)
        return few and whole and not paired and not fraction and _is_dialled(digits) and 9 <= total <= 15
    if digits.startswith("628") and few and 10 <= total <= 15:
        return sizes[0] > 1 or max(sizes) == 1
    if bracketed and sizes[0] <= 4:
        return 9 <= total <= 13
    return _is_foreign(total, sizes, gaps, before, after)


def _is_foreign(total: int, sizes: Sequence[int], gaps: Sequence[str], before: str, after: str) -> bool:
    """Tells whether groups look like a number with its country or area code, and not like a list."""
    uniform = len(set(gaps)) == 1 and gaps[0] in " .-\u00a0\u2010\u2011\u2012\u2013\u2212"
    listed = len(sizes) > 3 or re.match(r"[ -]\d", after) or re.search(r"\d[ -]$", before)
    thousands = all(size == 3 for size in sizes[1:]) and (gaps[0] == "." or bool(listed))
    shaped = sizes[0] <= 3 and 3 <= len(sizes) <= 4 and all(3 <= size <= 5 for size in sizes[1:])
    return uniform and shaped and not thousands and total >= 9 and not re.search(r"[\d.-]$", before)


def _stands_alone(before: str, after: str) -> bool:
    """Tells whether no letter touches a number, except a word before it."""
    return not re.match(r"[A-Za-z0-9]", after) and _letters(before, last=True) is not None


def _is_card(digits: str) -> bool:
    """Tells whether digits are a bank card's number: a known issuer, and a valid check digit (Luhn)."""
    if not 13 <= len(digits) <= MOST_DIGITS:
        return False
    issuers = (
        r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|35|6(?:011|4[4-9]|5|2)|5[06-9]|6[37]"
    )
    if not re.match(issuers, digits):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def _is_identity(digits: str) -> bool:
    """Tells whether digits are an Indonesian identity card's: it holds the day of birth, plus 40 for women."""
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return 11 <= int(digits[:2]) <= 96 and 1 <= day <= 31 and 1 <= month <= 12


def _accounts(text: str) -> Iterator[Extent]:
    """Yields the places of international bank account numbers; words after one may look like a part of it."""
    for found in _IBAN.finditer(text):
        ends = [end for end in range(found.start() + 15, found.end() + 1) if not text[end : end + 1].isalnum()]
        for end in reversed(ends):
            if _is_account(text[found.start() : end]):
                yield found.start(), end
                break


def _is_account(written: str) -> bool:
    """Tells whether a text is an IBAN with valid check digits (ISO 7064, mod 97)."""
    plain = re.sub(r"[ -]", "", written).upper()
    if not 15 <= len(plain) <= 34 or sum(map(str.isdigit, plain)) < 8:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
