"""Issues Encountered: one list item a red flag, known by its form; what people write beneath or behind it stays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from logparse.monitoring_log.document import Document
from logparse.monitoring_log.fields import BULLET, find, put
from logparse.monitoring_log.layout import ISSUES, RED_FLAGS
from logparse.monitoring_log.lines import Body, Line, block_end
from logparse.monitoring_log.nested import GONE
from logparse.monitoring_log.progress import latest_hour
from logparse.monitoring_log.quoting import plain, quoted
from logparse.text.wording import number, period, plural
from logparse.values.flags import Flag, Severity
from logparse.values.schedule import Soak, Span
from logparse.verdicts.verdict import Verdict

FIRST_MESSAGE, LIKELY_CAUSE = "First message: ", "Likely cause, by its pattern: "

_MINUTE = timedelta(minutes=1)
_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
_FLAG = re.compile(
    rf"{BULLET}(?P<own>\*\*(?P<label>.+?)\*\* \((?P<severity>{'|'.join(Severity)})\): "
    rf"(?P<day>{_DAY}) (?P<first>{_TIME})(?: to (?:(?P<last_day>{_DAY}) )?(?P<last>{_TIME}))? UTC, "
    rf"[\d,]+ records?(?:, [\d,]+ contacts?)?)(?P<gone>{re.escape(GONE)})?(?P<tail>.*)"
)
_BENEATH = re.compile(rf"[ \t]+[-*+][ \t]+({re.escape(FIRST_MESSAGE)}`.*|{re.escape(LIKELY_CAUSE)}.*)")


@dataclass(frozen=True)
class _Item:
    """A flag as it stands in the document: the suite's lines are ``[at, own_end)``, people's ``[own_end, end)``."""

    at: int
    own_end: int
    end: int
    part: Mapping[str, str | None]
    span: Span
    beneath: tuple[str, ...]
    touched: bool

    def is_about(self, flag: Flag) -> bool:
        """Whether this is the same flag, perhaps seen to begin earlier or to last longer by now."""
        return self.part["label"] == _label(flag) and self.span.overlaps(_minutes(flag))

    def begins_with(self, flag: Flag) -> bool:
        """Whether it is the same flag and began in the same minute."""
        return self.is_about(flag) and self.span.start == _minutes(flag).start

    def shows(self, flag: Flag) -> bool:
        """Whether it began in the same minute with the same message."""
        return self.begins_with(flag) and self.beneath == tuple(_beneath(flag))

    def is_just(self, flag: Flag) -> bool:
        """Whether it shows nothing else than this flag; so a run that is repeated finds what it wrote."""
        return self.part["own"] == _head(flag) and self.shows(flag)


def put_issues(document: Document, verdict: Verdict) -> Document:
    """The document with its red flags brought up to date.

    A flag of a time that this run did not see (a later hour, or logs that are gone) is left as it is.
    """
    body = document.body(ISSUES)
    hour = max(verdict.hour, latest_hour(document))
    if find(body, RED_FLAGS) is None:
        body = put(body, RED_FLAGS, "", (RED_FLAGS,))
    items = _read(body)
    matches = _matched(items, verdict.flags)
    unseen = _unseen(verdict, hour)
    for item in reversed(items):
        if not any(item.span.overlaps(span) for span in unseen):
            body = (*body[: item.at], *_rewritten(body, item, matches.get(item.at)), *body[item.end :])
    known = {id(flag) for flag in matches.values()}
    body = _added(body, [flag for flag in verdict.flags if id(flag) not in known])
    return document.with_body(ISSUES, put(body, RED_FLAGS, _counted(_read(body), hour), (RED_FLAGS,)))


def _read(body: Body) -> list[_Item]:
    """The flags in the section."""
    items = []
    for at, line in enumerate(body):
        match = None if line.literal else _FLAG.fullmatch(line.text)
        span = _span(match) if match else None
        if match is None or span is None:
            continue
        end, beneath = block_end(body, at), []
        for own in body[at + 1 : end]:
            nested = None if own.literal else _BENEATH.fullmatch(own.text)
            if nested is None:
                break
            beneath.append(nested[1])
        own_end = at + 1 + len(beneath)
        touched = bool(match["tail"].strip()) or any(not line.blank for line in body[own_end:end])
        items.append(_Item(at, own_end, end, match.groupdict(), span, tuple(beneath), touched))
    return items


def _span(match: re.Match[str]) -> Span | None:
    """The minutes that an item names; None where a person made them into no time at all."""
    try:
        first = datetime.fromisoformat(f"{match['day']}T{match['first']}+00:00")
        last = datetime.fromisoformat(f"{match['last_day'] or match['day']}T{match['last'] or match['first']}+00:00")
        return Span(first, max(first, last) + _MINUTE)
    except (ValueError, OverflowError):
        return None


def _minutes(flag: Flag) -> Span:
    """The whole minutes from the first record of a flag to its last."""
    start, end = (time.astimezone(UTC).replace(second=0, microsecond=0) for time in (flag.first, flag.last))
    return Span(start, max(start, end) + _MINUTE)


def _matched(items: Sequence[_Item], flags: Sequence[Flag]) -> dict[int, Flag]:
    """Which flag each item is about, by the item's line; those that are surely the same find each other first."""
    matches: dict[int, Flag] = {}
    left = list(flags)
    for same in (_Item.is_just, _Item.shows, _Item.begins_with, _Item.is_about):
        for item in items:
            flag = next((flag for flag in left if item.at not in matches and same(item, flag)), None)
            if flag:
                matches[item.at] = flag
                left.remove(flag)
    return matches


def _unseen(verdict: Verdict, latest: int) -> list[Span]:
    """The times that this run knows nothing of: after its checkpoint, and windows without any logs."""
    spans = [window.span for window in verdict.windows if not window.judged and not window.metrics.records]
    if latest > verdict.hour:
        soak = Soak(verdict.start)
        spans.append(Span(soak.checkpoint(verdict.hour), soak.span.end + timedelta(days=1)))
    return spans


def _rewritten(body: Body, item: _Item, flag: Flag | None) -> Body:
    """The lines of an item: brought up to date, marked as no longer seen, or gone."""
    part = item.part
    if flag is None:
        if not item.touched:
            return ()
        head = replace(body[item.at], text=f"{part['lead']}{part['own']}{GONE}{part['tail']}")
        return (head, *body[item.at + 1 : item.end])
    own = _lines(flag, part["lead"] or "- ", part["tail"] or "")
    same = [line.text for line in own] == [line.text for line in body[item.at : item.own_end]]
    return body[item.at : item.end] if same else (*own, *body[item.own_end : item.end])


def _lines(flag: Flag, lead: str = "- ", tail: str = "") -> list[Line]:
    """The suite's lines of a flag."""
    return [Line(f"{lead}{_head(flag)}{tail}"), *(Line(f"{' ' * len(lead)}- {text}") for text in _beneath(flag))]


def _head(flag: Flag) -> str:
    """The suite's part of a flag's first line."""
    contacts = "" if flag.contacts is None else f", {plural(flag.contacts, 'contact')}"
    when = period(flag.first, max(flag.first, flag.last))
    return f"**{_label(flag)}** ({flag.severity}): {when}, {plural(flag.records, 'record')}{contacts}"


def _label(flag: Flag) -> str:
    """The label of a flag. A colon at its end would make it look like a field."""
    return plain(flag.label).rstrip(": ") or "Red flag"


def _beneath(flag: Flag) -> Iterator[str]:
    """What the suite writes beneath a flag."""
    if flag.message:
        place = f" at {quoted(str(flag.place))}" if flag.place else ""
        yield f"{FIRST_MESSAGE}{quoted(flag.message)}{place}"
    if flag.cause:
        yield f"{LIKELY_CAUSE}{plain(flag.cause)}"


def _added(body: Body, flags: Sequence[Flag]) -> Body:
    """The section with new flags behind the last one, or beneath the count of them."""
    items = _read(body)
    field = find(body, RED_FLAGS)
    at = items[-1].end if items else block_end(body, field.index) if field else len(body)
    return (*body[:at], *(line for flag in flags for line in _lines(flag)), *body[at:])


def _counted(items: Sequence[_Item], hour: int) -> str:
    """How many flags there are, and up to which hour they were looked for."""
    seen = [item for item in items if not item.part["gone"]]
    critical = sum(item.part["severity"] == Severity.CRITICAL for item in seen)
    what = number(len(seen)) if seen else "none"
    return f"{what}{f' ({number(critical)} critical)' if critical else ''}, up to hour {hour}"
