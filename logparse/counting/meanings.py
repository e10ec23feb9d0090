"""The meanings of a message: SQL conditions made of the bot's own patterns, and of those of crashes."""

from collections.abc import Mapping
from dataclasses import dataclass

from logparse.counting.codes import CODES
from logparse.counting.harmless_words import HARMLESS, WORD
from logparse.counting.overlaps import also
from logparse.formats.crashes import BARE, CHAIN, NODE_BLOCK, NODE_WARNING, SHAPES, STACK, TRACEBACK
from logparse.settings.bot import Bot
from logparse.values.patterns import Condition, Pattern, anchored, matches

KIND_IDS = r"[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*|\b(?:wamid\.|iad1::|k57|js7)\w+|\d+"
"""Matches the parts of an error's message that vary within its kind."""

_SHAPES, _BARE = (tuple(Pattern(shape, "formats/crashes.py") for shape in shapes) for shapes in (SHAPES, BARE))

_FIXED: Mapping[str, str] = {
    "kind_ids": KIND_IDS,
    "stack": f"^{STACK}",
    "harmless": HARMLESS,
    "word": f"^{WORD}",
    "traceback": f"^{TRACEBACK}",
    "chain": f"^{CHAIN}",
    "node_warning": f"^{NODE_WARNING}",
    "node_block": NODE_BLOCK,
}
"""The expressions that no setting changes, by the variables that hold them."""


@dataclass(frozen=True)
class Meanings:
    """The conditions on the start of a message: SQL over ``message``, by the names of events and some more.

    ``words`` are the patterns of errors and crashes together, ``plain_words`` those of more than the word "error".
    """

    events: Mapping[str, tuple[Pattern, ...]]
    conditions: Mapping[str, Condition]

    def is_(self, name: str) -> str:
        """Returns the SQL condition that the message is one of these events."""
        return self.conditions[name].sql

    def may_be(self, name: str) -> str:
        """Returns an SQL condition that is quick to test, and holds wherever ``is_`` does."""
        return self.conditions[name].guard

    @property
    def crash(self) -> str:
        """The SQL condition that the message is a crash, by the bot's patterns or any; needs ``crash_shape``."""
        return f"(crash_shape OR {self.is_('critical_error')})"

    @property
    def response_time(self) -> str:
        """SQL for the response time in a reply's message, in milliseconds; NULL if there is none."""
        texts = (f"regexp_extract(message, getvariable('{name}'), 1)" for name in self._reply_times)
        return f"coalesce({', '.join((*map(_milliseconds, texts), 'NULL'))})"

    @property
    def also(self) -> str:
        """SQL for the bits of the message's further events, beside the one of ``code``."""
        is_ = {name: condition.sql for name, condition in self.conditions.items()}
        return also(self.events, is_ | {"reply": "reply_ms IS NOT NULL"}, CODES)

    @property
    def variables(self) -> Mapping[str, str]:
        """The variables of all these conditions, and the expressions that are the same for every bot."""
        own = {name: value for each in self.conditions.values() for name, value in each.variables.items()}
        return {**_FIXED, **self._reply_times, **own}

    @property
    def _reply_times(self) -> Mapping[str, str]:
        return {f"reply_time_{at}": anchored([pattern]) for at, pattern in enumerate(self.events["reply"])}


def meanings_for(bot: Bot) -> Meanings:
    """Returns the meanings of the messages of a bot."""
    plain_words = tuple(pattern for pattern in bot.events["error"] if pattern.text != WORD)
    words = (*bot.events["error"], *bot.events["critical_error"], *_SHAPES, *_BARE)
    asked = {"crash_shape": _SHAPES, "bare_crash": _BARE, "plain_words": (*plain_words, *_BARE), "words": words}
    return Meanings(bot.events, {name: matches(name, patterns) for name, patterns in {**bot.events, **asked}.items()})


def _milliseconds(text: str) -> str:
    """Returns SQL for the milliseconds in a text; the largest integer if it has more digits."""
    return (
        f"coalesce(try_cast(nullif({text}, '') AS INTEGER),"
        f" CASE WHEN regexp_matches({text}, '^[0-9]{{10,}}$') THEN {2**31 - 1} END)"
    )
