"""The quality checks as ratings: people's judgement of the answers, written by hand or through the review."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from logparse.monitoring_log import layout
from logparse.monitoring_log.markdown.document import parse
from logparse.monitoring_log.markdown.lines import Body
from logparse.monitoring_log.ratings.blocks import Block, FilledLabel, blocks_of
from logparse.monitoring_log.ratings.words import read_quality, read_tags
from logparse.text.claims import NBSP
from logparse.values.ratings import Check, Quality, Rating, Sampled, Slip, Tag

NEEDED = (layout.CONVERSATION, layout.USER_MESSAGE, layout.BOT_RESPONSE, layout.QUALITY_LABEL)
"""The labels that a complete rating has."""

_SAMPLED = re.compile(r"seed (?P<seed>\S+), (?P<size>[\d,]+) of (?P<of>[\d,]+) conversations?\b.*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RATED = re.compile(r"needs?[\s*_\u2010-\u2015-]*improvements?\b", re.IGNORECASE)


def read_checks(text: str, path: str | Path = layout.DEFAULT_PATH) -> tuple[Check, ...]:
    """Reads all quality checks in order, empty ones too; raises UsageProblem, with the line, for a damaged document."""
    document = parse(text, path)
    return tuple(
        _check(number, hour, document.body(name))
        for number, (hour, name) in enumerate(layout.QUALITY_CHECKS.items(), start=1)
    )


def slips(text: str, path: str | Path, hours: Sequence[int]) -> tuple[str, ...]:
    """Returns the mistakes in the checks of these hours, each with its line in the text."""
    found = [slip for check in read_checks(text, path) if check.hour in hours for slip in check.all_slips()]
    return tuple(f"{Path(path).name}:{slip.line}: {slip.text}" for slip in found)


def sampled_text(sampled: Sampled, more: str = "") -> str:
    """Returns the value of the field that describes the sample."""
    conversations = "conversation" if sampled.of == 1 else "conversations"
    return f"seed {sampled.seed}, {sampled.size:,} of {sampled.of:,} {conversations}{more}"


def unescaped(value: str) -> str:
    """Strips the escapes of Markdown, or the backticks of a code span, from a value."""
    words = " ".join(value.replace(NBSP, " ").split())
    code = re.fullmatch(r"`([^`]*)`", words)
    return code[1] if code else _ESCAPED.sub(r"\1", words)


def _check(number: int, hour: int, body: Body) -> Check:
    blocks = blocks_of(body)
    ratings = tuple(_rating(block, body) for block in blocks.blocks if not block.untouched)
    sampled, wrong = _sampled(blocks.sample, body)
    outside = [
        Slip(body[at].number, "'needs-improvement' stands here behind no label; write it behind one, **Quality:**")
        for at in blocks.loose
        if _RATED.search(body[at].text)
    ]
    return Check(number, hour, ratings, sampled, (*wrong, *outside))


def _sampled(found: FilledLabel | None, body: Body) -> tuple[Sampled | None, list[Slip]]:
    if found is None or not found.value:
        return None, []
    match = _SAMPLED.fullmatch(unescaped(found.value))
    if match is None:
        return None, [Slip(body[found.index].number, f"the sample '{found.value[:60]}' cannot be read", doubtful=False)]
    return Sampled(match["seed"], _number(match["size"]), _number(match["of"])), []


def _number(text: str) -> int:
    return int(text.replace(",", "")[:12] or "0")


def _rating(block: Block, body: Body) -> Rating:
    quality, strange = read_quality(block.value(layout.QUALITY_LABEL))
    tags, unknown = read_tags(block.value(layout.TAGS))
    filled = {label: bool(block.value(label)) for label in NEEDED} | {layout.QUALITY_LABEL: bool(quality or strange)}
    return Rating(
        conversation=unescaped(block.value(layout.CONVERSATION)),
        user_message=unescaped(block.value(layout.USER_MESSAGE)),
        bot_response=unescaped(block.value(layout.BOT_RESPONSE)),
        quality=quality,
        tags=tags,
        notes=unescaped(block.value(layout.NOTES)),
        lacking=tuple(label for label in NEEDED if not filled[label]),
        slips=tuple(_slips(block, body, quality, strange, tags, unknown)),
        line=body[block.start].number,
    )


def _slips(
    block: Block, body: Body, quality: Quality | None, strange: str, tags: Sequence[Tag], unknown: Sequence[str]
) -> Iterator[Slip]:
    if strange:
        yield Slip(_line(block, layout.QUALITY_LABEL, body), strange)
    for text in unknown:
        yield Slip(_line(block, layout.TAGS, body), text, doubtful=False)
    if Tag.HARMFUL in tags and quality is Quality.APPROPRIATE:
        text = f"rated {quality} but tagged {Tag.HARMFUL}; a harmful answer needs improvement"
        yield Slip(_line(block, layout.QUALITY_LABEL, body), text)


def _line(block: Block, label: str, body: Body) -> int:
    """Returns the line number of a label's value."""
    return body[block.fields[label].index].number
