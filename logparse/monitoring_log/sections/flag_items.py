"""Red flags as list items of the document, recognised by label and form, with the lines beneath them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from logparse.monitoring_log.markdown.fields import BULLET, replace_line
from logparse.monitoring_log.markdown.lines import Body, Line, block_end
from logparse.monitoring_log.markdown.nested_list import GONE, Form, Items, OwnItem, items_in
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import period, plural
from logparse.values.flag_kinds import CAUSES, KINDS, ByStretch
from logparse.values.flags import Flag, Severity
from logparse.values.schedule import Span

FIRST_MESSAGE, LIKELY_CAUSE = "First message: ", "Likely cause, by its pattern: "

_MINUTE = timedelta(minutes=1)
_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"


@dataclass(frozen=True)
class FlagItem:
    """A flag in the document.

    ``at`` is its first line, ``end`` the one after its last; ``reach`` are the lines that may hold the suite's own
    lines beneath it, which are ``beneath``; ``touched`` is whether people added text to it.
    """

    at: int
    end: int
    part: Mapping[str, str]
    span: Span
    reach: range
    form: Form
    beneath: tuple[OwnItem, ...]
    touched: bool

    @property
    def gone(self) -> bool:
        """Whether it is marked as no longer seen."""
        return bool(self.part["gone"])

    def is_about(self, flag: Flag) -> bool:
        """Tells whether this is the same flag, even if it begins earlier or lasts longer by now."""
        return self.part["label"] == _label(flag.label) and self.span.overlaps(_minutes(flag))

    def begins_with(self, flag: Flag) -> bool:
        """Tells whether this is the same flag and began in the same minute."""
        return self.is_about(flag) and self.span.start == _minutes(flag).start

    def shows(self, flag: Flag) -> bool:
        """Tells whether this flag began in the same minute with the same message."""
        return self.begins_with(flag) and [item.own for item in self.beneath] == [own for _, own in beneath(flag)]

    def is_just(self, flag: Flag) -> bool:
        """Tells whether it shows exactly this flag, so that a repeated run finds its own item."""
        return self.part["own"] == head_of(flag) and self.shows(flag)


def flag_items(body: Body, flags: Sequence[Flag]) -> list[FlagItem]:
    """Returns the flags in a section, also those of this run whose label or cause is not built in.

    An item with another label is people's, however it looks.
    """
    head = _head_form({*(_label(kind.label) for kind in KINDS), *(_label(flag.label) for flag in flags)})
    known = [cause.words for cause in CAUSES.values()]
    causes = {escaped_markdown(cause) for cause in (*known, *(flag.cause for flag in flags)) if cause}
    of_stretches = {kind.label for kind in KINDS if isinstance(kind.raised_by, ByStretch)}
    silent = of_stretches - {_label(flag.label) for flag in flags if flag.message}
    found = []
    for at, line in enumerate(body):
        match = None if line.literal else head.fullmatch(line.text)
        span = _span(match) if match else None
        if match is None or span is None:
            continue
        form = _beneath_form(causes, with_message=match["label"] not in silent)
        end, reach = block_end(body, at), _reach(body, at)
        own = items_in(body, reach, form)
        lines = {item.index for item in own}
        others = [index for index in range(at + 1, end) if index not in lines and not body[index].blank]
        doubled = len({item.key for item in own}) < len(own)
        touched = bool(match["tail"].strip() or others or doubled) or any(item.touched for item in own)
        part = {name: text or "" for name, text in match.groupdict().items()}
        found.append(FlagItem(at, end, part, span, reach, form, tuple(own), touched))
    return found


def head_of(flag: Flag) -> str:
    """Returns the suite's part of a flag's first line."""
    contacts = "" if flag.contacts is None else f", {plural(flag.contacts, 'contact')}"
    when = period(flag.first, max(flag.first, flag.last))
    return f"**{_label(flag.label)}** ({flag.severity}): {when}, {plural(flag.records, 'record')}{contacts}"


def flag_lines(flag: Flag) -> list[Line]:
    """Returns the lines of a new flag."""
    return [Line(f"- {head_of(flag)}"), *(Line(f"  - {own}") for _, own in beneath(flag))]


def with_head(body: Body, item: FlagItem, own: str, *, gone: bool) -> Body:
    """Replaces the suite's part of an item's first line."""
    return replace_line(body, item.at, f"{item.part['lead']}{own}{GONE if gone else ''}{item.part['tail']}")


def beneath(flag: Flag) -> Items:
    """Returns the items that the suite writes beneath a flag."""
    place = f" at {code_span(str(flag.place))}" if flag.place else ""
    message = [(FIRST_MESSAGE, f"{FIRST_MESSAGE}{code_span(flag.message)}{place}")] if flag.message else []
    cause = [(LIKELY_CAUSE, f"{LIKELY_CAUSE}{escaped_markdown(flag.cause)}")] if flag.cause else []
    return [*message, *cause]


def _label(text: str) -> str:
    """Escapes a label. A colon at its end would make it look like a field."""
    return escaped_markdown(text).rstrip(": ") or "Red flag"


def _head_form(labels: set[str]) -> re.Pattern[str]:
    return re.compile(
        rf"{BULLET}(?P<own>\*\*(?P<label>{_any_of(labels)})\*\* \((?P<severity>{'|'.join(Severity)})\): "
        rf"(?P<day>{_DAY}) (?P<first>{_TIME})(?: to (?:(?P<last_day>{_DAY}) )?(?P<last>{_TIME}))? UTC, "
        rf"[\d,]+ records?(?:, [\d,]+ contacts?)?)(?P<gone>{re.escape(GONE)})?(?P<tail>.*)"
    )


def _beneath_form(causes: set[str], *, with_message: bool) -> Form:
    message, cause = r"`[^`]*`(?: at `[^`]*`)?", _any_of(causes)
    keys = [f"{re.escape(LIKELY_CAUSE)}(?={cause})"]
    if with_message:
        keys.append(f"{re.escape(FIRST_MESSAGE)}(?={message})")
    return Form(own=rf"(?P<key>{'|'.join(keys)})(?:{message}|{cause})")


def _any_of(texts: set[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def _reach(body: Body, at: int) -> range:
    """Returns the lines up to the next list item at this level, or a heading: people's text may have split the list."""
    for index in range(at + 1, len(body)):
        line = body[index]
        if line.heading or (line.bullet and line.indent <= body[at].indent + 1):
            return range(at + 1, index)
    return range(at + 1, len(body))


def _span(match: re.Match[str]) -> Span | None:
    """Parses the minutes that an item names; None if people made them invalid."""
    try:
        first = datetime.fromisoformat(f"{match['day']}T{match['first']}+00:00")
        last = datetime.fromisoformat(f"{match['last_day'] or match['day']}T{match['last'] or match['first']}+00:00")
        return Span(first, max(first, last) + _MINUTE)
    except (ValueError, OverflowError):
        return None


def _minutes(flag: Flag) -> Span:
    """Returns the whole minutes from the first record of a flag to its last."""
    start, end = (time.astimezone(UTC).replace(second=0, microsecond=0) for time in (flag.first, flag.last))
    return Span(start, max(start, end) + _MINUTE)
