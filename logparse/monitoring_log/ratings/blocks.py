"""The blocks of a quality check, one a rated conversation, however people separate them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from logparse.monitoring_log import layout
from logparse.monitoring_log.markdown.lines import Body, Line
from logparse.monitoring_log.ratings.words import RATING_PLACEHOLDER, TAGS_PLACEHOLDER, read_quality, read_tags

RATING_PLACEHOLDERS = {
    layout.CONVERSATION: "[which one, without names or numbers]",
    layout.USER_MESSAGE: "[what the user asked, masked]",
    layout.BOT_RESPONSE: "[what the bot answered, masked]",
    layout.QUALITY_LABEL: RATING_PLACEHOLDER,
    layout.TAGS: TAGS_PLACEHOLDER,
    layout.NOTES: "[why]",
}
"""The placeholder of each label of a conversation, in the order of the labels."""

_BY_NAME = {
    name.replace(" ", "").lower().rstrip("s"): name for name in (layout.SAMPLE, layout.LINK, *RATING_PLACEHOLDERS)
}
_NAMES = "|".join(name.replace(" ", r"[ \t_-]*").removesuffix("s") + "s?" for name in _BY_NAME.values())
_LABEL = re.compile(
    r"(?P<before>(?P<lead>[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"  # of a quotation, of lists
    rf"(?P<mark>\*\*|__|\*|_|)(?P<name>{_NAMES})(?:[ \t]*\([^()]*\))?"
    r"[ \t]*(?::[ \t]*(?P=mark)|(?P=mark)[ \t]*:))[ \t]*(?P<value>.*?)[ \t]*",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"[ \t]*(?:>[ \t]*)*[-*+][ \t]+(?P<mark>\*\*|__).+?(?::(?P=mark)|(?P=mark):).*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_HEADED = re.compile(r"[ \t]*#{1,6}[ \t]")


@dataclass(frozen=True)
class FilledLabel:
    """A label and its value: its line, its bullet, the text before the value, and the value, up to the line ``end``."""

    index: int
    lead: str
    before: str
    parts: tuple[str, ...]
    end: int

    @property
    def value(self) -> str:
        """The value, with its line breaks."""
        return "\n".join(self.parts).strip()


@dataclass(frozen=True)
class Block:
    """One conversation: the lines ``[start, end)`` of its section, and the values of its labels."""

    start: int
    end: int
    fields: Mapping[str, FilledLabel]

    def value(self, label: str) -> str:
        """Returns the value of a label; empty if the label is missing or has its placeholder."""
        filled = self.fields.get(label)
        value = filled.value if filled else ""
        return "" if _empty(value, label) else value

    @property
    def untouched(self) -> bool:
        """Whether nothing was filled in yet; unticked boxes count as nothing."""
        words = any(self.value(label) for label in self.fields if label not in (layout.QUALITY_LABEL, layout.TAGS))
        rated = read_quality(self.value(layout.QUALITY_LABEL)) != (None, "")
        return not (words or rated or any(read_tags(self.value(layout.TAGS))))


@dataclass
class _Reading:
    """The state of parsing a section: the blocks so far, the sample, lines outside of blocks, and the last label."""

    blocks: list[Block] = field(default_factory=list)
    sample: FilledLabel | None = None
    loose: list[int] = field(default_factory=list)
    fields: dict[str, FilledLabel] = field(default_factory=dict)
    last: str = ""

    def close(self) -> None:
        """Ends the current block."""
        if self.fields:
            start = min(filled.index for filled in self.fields.values())
            end = max(filled.end for filled in self.fields.values())
            self.blocks.append(Block(start, end, dict(self.fields)))
        self.fields.clear()
        self.last = ""

    def begin(self, name: str, filled: FilledLabel) -> None:
        """Adds a label. One that the block already has, or that of a conversation, begins another block."""
        if name == layout.SAMPLE:
            self.close()
            self.sample = self.sample or filled
            return
        if name in self.fields or (name == layout.CONVERSATION and self.fields):
            self.close()
        self.fields[name] = filled
        self.last = name

    def go_on(self, index: int, text: str) -> None:
        """Appends a line to the value above it."""
        above = self.fields[self.last]
        self.fields[self.last] = replace(above, parts=(*above.parts, text.strip()), end=index + 1)


@dataclass(frozen=True)
class Blocks:
    """A parsed section: its blocks, its sample, and the lines outside of both."""

    blocks: tuple[Block, ...]
    sample: FilledLabel | None
    loose: tuple[int, ...]


def blocks_of(body: Body) -> Blocks:
    """Parses the blocks of a section.

    A block ends at the next conversation, at a repeated label, at a rule, and at a heading of people's. Code and
    comments belong to none.
    """
    reading = _Reading()
    blank = False
    for index, line in enumerate(body):
        if line.literal or line.blank:
            blank = True
            continue
        label = _LABEL.fullmatch(line.text)
        if label:
            name = _BY_NAME[re.sub(r"[ \t_-]+", "", label["name"]).lower().rstrip("s")]
            reading.begin(name, FilledLabel(index, label["lead"], label["before"], (label["value"],), index + 1))
        elif _RULE.fullmatch(line.text) or _HEADED.match(line.text):
            reading.close()
            reading.loose.append(index)
        elif _OTHER_LABEL.fullmatch(line.text):
            # A label of people's own, and what stands beneath it.
            reading.last = ""
            reading.loose.append(index)
        elif reading.last and _goes_on(line, reading.last, blank):
            reading.go_on(index, line.text)
        else:
            reading.loose.append(index)
        blank = False
    reading.close()
    return Blocks(tuple(reading.blocks), reading.sample, tuple(reading.loose))


def _goes_on(line: Line, label: str, after_blank: bool) -> bool:
    """Tells whether a line without a label belongs to the value above it, like a nested list or a second line."""
    if line.text.lstrip().startswith("|"):
        return False
    if line.indent:
        return True
    return not after_blank and (not line.bullet or label in (layout.QUALITY_LABEL, layout.TAGS))


def _empty(value: str, label: str) -> bool:
    words = " ".join(value.split())
    return words in ("", "[]", "[ ]", "…", "...") or words == RATING_PLACEHOLDERS.get(label)
