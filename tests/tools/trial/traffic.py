"""What happened on a day: exchanges, each with the lines that a bot printed about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

START = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
"""When the soak of every day begins, unless a day says otherwise."""

MINUTE = 60_000
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Line:
    """What a bot printed in one go: milliseconds after its exchange began, the words, the level, and on which stream.

    The words may hold line breaks. ``level`` is what its logger would call it; shapes that have no place for it leave
    it out.
    """

    after: int
    text: str
    level: str = "info"
    stderr: bool = False


@dataclass(frozen=True)
class Exchange:
    """One request, or one turn of a polling bot: when it began, in milliseconds since 1970, and what was printed."""

    at: int
    lines: tuple[Line, ...]
    id: str
    status: int = 200
    method: str = "POST"
    path: str = "/api/webhook/kapso"
    environment: str = "production"
    deployment: str = "dpl_9sLq2Vt7"
    project: str = "prj_shop"

    def without(self, *words: str) -> "Exchange":
        """The exchange without the lines that hold any of the words."""
        return replace(self, lines=tuple(line for line in self.lines if not any(word in line.text for word in words)))

    def saying(self, text: str, level: str = "info", after: int = 500, *, stderr: bool = False) -> "Exchange":
        """The exchange with a line more."""
        return replace(self, lines=(*self.lines, Line(after, text, level, stderr)))

    def until(self, word: str) -> "Exchange":
        """The exchange up to the line that holds a word, without it: the program ended there."""
        at = next((at for at, line in enumerate(self.lines) if word in line.text), len(self.lines))
        return replace(self, lines=self.lines[:at])


Day = Sequence[Exchange]
Talk = Callable[[int, int, Random], Exchange]
"""An exchange of a bot: when it began, its number on this day, and what is random in it."""


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def moment(hour: float, start: datetime = START) -> int:
    """A moment of the soak, hours behind its start, in milliseconds since 1970."""
    return milliseconds(start) + round(hour * HOUR)


def talks(
    talk: Talk, count: int = 200, hours: tuple[float, float] = (0, 24), start: datetime = START
) -> list[Exchange]:
    """So many exchanges, spread over hours of the soak: one somewhere in each slot, away from its end."""
    random = Random(count)
    begin, end = moment(hours[0], start), moment(hours[1], start)
    slot = (end - begin) / count
    room = max(slot - 20_000, slot / 2)
    return [talk(round(begin + slot * number + random.random() * room), number, random) for number in range(count)]


def changed(day: Day, change: Callable[[Exchange], Exchange], *numbers: int) -> list[Exchange]:
    """The day with some of its exchanges changed, by their numbers."""
    return [change(exchange) if number in numbers else exchange for number, exchange in enumerate(day)]


def changed_in(day: Day, change: Callable[[Exchange], Exchange], begin: float, end: float) -> list[Exchange]:
    """The day with the exchanges of some hours of the soak changed."""
    return [change(exchange) if moment(begin) <= exchange.at < moment(end) else exchange for exchange in day]


def without(day: Day, begin: float, end: float) -> list[Exchange]:
    """The day without the exchanges of some hours of the soak."""
    return [exchange for exchange in day if not moment(begin) <= exchange.at < moment(end)]


def part(day: Day, begin: float, end: float) -> list[Exchange]:
    """The exchanges of some hours of the soak alone."""
    return [exchange for exchange in day if moment(begin) <= exchange.at < moment(end)]


def said(at: int, text: str, level: str = "info", *, stderr: bool = False, id: str = "") -> Exchange:
    """Something that was printed beside any exchange; where there are requests, it is one of another path."""
    lines = (Line(0, text, level, stderr),)
    return Exchange(at, lines, id or f"other-{at}", method="GET", path="/api/cron/tick")


def beats(text: str = "", every: int = 10, start: datetime = START) -> list[Exchange]:
    """Signs of life that are no message: requests of a health check, or a line every so many minutes."""
    times = range(moment(0, start) + 3 * MINUTE, moment(24, start), every * MINUTE)
    lines = (Line(0, text),) if text else ()
    return [Exchange(at, lines, f"beat-{at}", method="GET", path="/api/health") for at in times]


def in_order(*days: Day) -> list[Exchange]:
    """Exchanges in the order in which they began."""
    return sorted((exchange for day in days for exchange in day), key=lambda exchange: exchange.at)
