"""What a bot says that the settings do not know, and lines that two of its events claim."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MessageShape:
    """Messages alike but for numbers and names: how they begin or read (masked), and how many there are."""

    text: str
    records: int


@dataclass(frozen=True)
class Inside:
    """An event whose pattern matches, but not where it counts: how often, and what stands in front (masked).

    ``front`` is empty where the pattern did match at the start, and its group held no whole number.
    """

    event: str
    records: int
    front: str


@dataclass(frozen=True)
class Spoken:
    """The most frequent messages that no pattern knows, of so many records ``looked_at``; ``silent`` ones hold none."""

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
