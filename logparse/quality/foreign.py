"""Detection of replies that belong to another conversation: by their quote, or by what only another user wrote.

It looks for certain signs only: the id of a quoted message, and what identifies a conversation, like an order number,
an address or a name that a user gave as theirs. Similar texts prove nothing, because a bot says the same to many.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from logparse.quality.look import LookAt, Noticed, Talk
from logparse.settings.quality import QualityLimits
from logparse.values.conversation import Conversation, Direction

RECENT = timedelta(minutes=30)
"""How long before a reply the other user wrote the text in it."""

READ = 1_000
"""Characters of a text that are searched for signs: the time is quadratic in their number."""

_SIGN = re.compile(
    r"(?<![\w@.])(?=[\w-]*\d[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z0-9][\w-]{4,40}(?![\w@])"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w"
)
"""Text that identifies somebody: a code with at least four digits, or an address."""

_NAME = re.compile(
    r"(?i:\b(?:nama saya|namaku|nama aku|atas nama|my name is|mi nombre es|me llamo|meu nome é|me chamo|mijn naam is"
    r"|ik heet|je m'appelle|ich heiße|mein name ist)\s+)(\w{3,20})"
)
"""A name that users give as theirs."""

_WORD = re.compile(r"\w{3,20}")

MANY = -1


@dataclass(frozen=True)
class Owners:
    """The conversation of each sign that users wrote: its index, or MANY, and the earliest time.

    ``ids``: the same for the ids of quoted messages.
    """

    signs: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)


def owners_of(conversations: Sequence[Conversation]) -> Owners:
    """Collects what only one user wrote, over all conversations."""
    messages = [(at, message) for at, talk in enumerate(conversations) for message in talk.messages]
    quoted = {message.reply_to for _, message in messages if message.reply_to}
    ids: dict[str, int] = {}
    signs: dict[str, tuple[int, datetime]] = {}
    for at, message in messages:
        if message.id in quoted:
            ids[message.id] = at if ids.get(message.id, at) == at else MANY
        if message.direction is Direction.USER:
            for sign in signs_of(message.text) | given_names(message.text):
                owner, when = signs.get(sign, (at, message.time))
                signs[sign] = (owner if owner == at else MANY, min(when, message.time))
    return Owners(signs, ids)


def signs_of(text: str) -> set[str]:
    """Returns the texts that identify somebody, in lower case, without prices and dates."""
    text = text[:READ]
    if not _MAY_TELL.search(text):
        return set()
    found = (each.lower().strip("-") for each in _SIGN.findall(text))
    return {each for each in found if not _COMMON_NUMBER.fullmatch(each)}


_MAY_TELL = re.compile(r"[\d@]")
_COMMON_NUMBER = re.compile(r"(?:rp|idr|usd|eur|brl|sar)?\d{1,6}00k?|\d{4}-\d\d?-\d\d?|\d\d?-\d\d?-\d{4}|\d+-\d+")
"""Prices, dates and ranges of numbers, which many people write."""


def given_names(text: str) -> set[str]:
    """Returns the names that users give as theirs in a text, in lower case."""
    return {name.lower() for name in _NAME.findall(text[:READ])}


def foreign_replies(talk: Talk, limits: QualityLimits, at: int, owners: Owners) -> LookAt:
    """Finds replies in the conversation at index ``at`` that belong to another one."""
    found: list[Noticed] = []
    known: set[str] = set()
    of = 0
    for turn in talk.turns:
        for message in turn.asked:
            known |= signs_of(message.text) | {word.lower() for word in _WORD.findall(message.text)}
        for reply in turn.replies:
            of += 1
            if reply.reply_to and owners.ids.get(reply.reply_to, at) not in (at, MANY):
                found.append(Noticed((*turn.asked[-1:], reply), "the reply quotes a message of another conversation"))
                continue
            words = set(_WORD.findall(reply.text))
            names = {word.lower() for word in words if word[0].isupper()}
            signs = signs_of(reply.text) | names
            if any(_is_anothers(sign, at, reply.time, owners.signs) for sign in signs - known):
                reason = "the reply tells what only the user of another conversation wrote"
                found.append(Noticed((*turn.asked[-1:], reply), reason))
            known |= signs
    return LookAt(of, tuple(found))


def _is_anothers(sign: str, at: int, time: datetime, signs: Mapping[str, tuple[int, datetime]]) -> bool:
    owner, when = signs.get(sign, (at, time))
    return owner not in (at, MANY) and timedelta(0) <= time - when <= RECENT
