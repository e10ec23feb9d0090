"""Messages of a bot that match no pattern, and lines that match two of its events."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MessageShape:
    """Messages that only differ in numbers and names: their beginning or text (masked), and their number."""

    text: str
    records: int


@dataclass(frozen=True)
class Inside:
    """An event whose pattern matches, but not at the start: how often, and the text in front (masked).

    ``front`` is empty if the pattern did match at the start, but its group was no whole number.
    """

    event: str
    records: int
    front: str


@dataclass(frozen=True)
class Spoken:
    """The most frequent messages without a pattern, among ``looked_at`` records; ``silent`` ones have no message."""

    looked_at: int = 0
    silent: int = 0
    shapes: tuple[MessageShape, ...] = ()
    inside: tuple[Inside, ...] = ()


@dataclass(frozen=True)
class Overlap:
    """Two events whose patterns match the same records, how many, and the first such message (masked).

    The records count as the first of the two.
    """

    first: str
    second: str
    records: int
    message: str
