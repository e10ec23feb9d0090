"""Ratings written into a quality check, in the form that people use by hand; people's own text stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from logparse.monitoring_log import layout
from logparse.monitoring_log.markdown.document import parse
from logparse.monitoring_log.markdown.fields import field_text, find_field, put, replace_line
from logparse.monitoring_log.markdown.lines import Body, Line
from logparse.monitoring_log.ratings.blocks import RATING_PLACEHOLDERS, Block, blocks_of
from logparse.monitoring_log.ratings.read import unescaped
from logparse.text.markdown import code_span, escaped_markdown
from logparse.values.ratings import Quality, Tag

LONGEST_NOTES = 1000
"""The most characters that the notes on one conversation may have."""

RATED = (layout.QUALITY_LABEL, layout.TAGS, layout.NOTES)
"""The labels whose values are the rater's own words."""

_ORDER = (
    layout.CONVERSATION,
    layout.LINK,
    layout.USER_MESSAGE,
    layout.BOT_RESPONSE,
    layout.QUALITY_LABEL,
    layout.TAGS,
    layout.NOTES,
)


@dataclass(frozen=True)
class RatedConversation:
    """One conversation of the review; texts are masked already. ``quality`` is None if it is not rated yet.

    ``link`` is the address of the whole conversation; empty if it must not be written down.
    """

    conversation: str
    user_message: str
    bot_response: str
    quality: Quality | None = None
    tags: tuple[Tag, ...] = ()
    notes: str = ""
    link: str = ""


def put_rating(
    text: str, hour: int, entry: RatedConversation, sample: str, path: str | Path = layout.DEFAULT_PATH
) -> str:
    """Writes a conversation into the check of this hour, beneath the description of its sample; returns the new text.

    Updates the block of the same conversation if there is one, else fills the first untouched block, else adds a block.
    Raises UsageProblem, with the line, if the document is damaged.
    """
    document = parse(text, path)
    name = layout.QUALITY_CHECKS[hour]
    body = _put_sample(document.body(name), escaped_markdown(sample))
    values = _values(entry)
    blocks = blocks_of(body).blocks
    names = [unescaped(block.value(layout.CONVERSATION)) for block in blocks]
    free = [number for number, block in enumerate(blocks) if block.untouched]
    named = unescaped(values[layout.CONVERSATION])
    if named in names:
        body = _into(body, names.index(named), values)
    else:
        body = _into(body, free[0], values) if free else _behind(body, blocks, values)
    return document.with_body(name, body).text


def _put_sample(body: Body, sample: str) -> Body:
    """Writes the description of the sample at the top of the section, with a blank line after it."""
    new = find_field(body, layout.SAMPLE) is None
    body = put(body, layout.SAMPLE, sample, (layout.SAMPLE,))
    at = next(index for index, line in enumerate(body) if not line.blank) + 1
    return (*body[:at], Line(""), *body[at:]) if new else body


def _values(entry: RatedConversation) -> Mapping[str, str]:
    """Returns the value of each label. Texts from the log are code spans; notes are escaped text."""
    return {
        layout.CONVERSATION: escaped_markdown(entry.conversation),
        **({layout.LINK: f"<{entry.link}>"} if entry.link else {}),
        layout.USER_MESSAGE: code_span(entry.user_message),
        layout.BOT_RESPONSE: code_span(entry.bot_response),
        layout.QUALITY_LABEL: str(entry.quality or RATING_PLACEHOLDERS[layout.QUALITY_LABEL]),
        layout.TAGS: ", ".join(entry.tags) or "none",
        layout.NOTES: escaped_markdown(entry.notes, LONGEST_NOTES),
    }


def _into(body: Body, number: int, values: Mapping[str, str]) -> Body:
    """Updates one block of the section.

    Texts from the log are written once: somebody may have reworded them since.
    """
    for label in values:
        block = blocks_of(body).blocks[number]
        filled = block.fields.get(label)
        if filled is None:
            body = _inserted(body, block, label, values[label])
        elif (label in RATED or not block.value(label)) and unescaped(filled.value) != unescaped(values[label]):
            beneath = [line for line in body[filled.index + 1 : filled.end] if line.blank or line.literal]
            body = replace_line(body, filled.index, f"{filled.before} {values[label]}".rstrip())
            body = (*body[: filled.index + 1], *beneath, *body[filled.end :])
    return body


def _inserted(body: Body, block: Block, label: str, value: str) -> Body:
    """Inserts a label that a block lacks after the nearest label before it, with the same indent."""
    earlier = _ORDER[: _ORDER.index(label)]
    near = next((block.fields[name] for name in reversed(earlier) if name in block.fields), None)
    at = near.end if near else block.start
    lead = near.lead if near and near.lead.strip() in ("-", "*", "+", "> -") else "- "
    return (*body[:at], Line(f"{lead}{field_text(label, value).removeprefix('- ')}".rstrip()), *body[at:])


def _behind(body: Body, blocks: tuple[Block, ...], values: Mapping[str, str]) -> Body:
    """Inserts a block after the last one, or at the end of the section."""
    at = blocks[-1].end if blocks else len(body)
    while not blocks and at and body[at - 1].blank:
        at -= 1
    added = [Line(field_text(label, value).rstrip()) for label, value in values.items()]
    rest = body[at:]
    if not rest or not rest[0].blank:
        added.append(Line(""))
    return (*body[:at], Line(""), *added, *rest)
