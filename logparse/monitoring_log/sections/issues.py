"""Issues Encountered: the kinds of error, and one list item a red flag, among lines that people wrote."""

from collections.abc import Sequence
from datetime import timedelta

from logparse.monitoring_log.filled import latest_hour
from logparse.monitoring_log.layout import ISSUES, ISSUES_LABELS, KINDS_OF_ERROR, RED_FLAGS
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import Field, field_text, field_value, find_field, insert_items, put
from logparse.monitoring_log.markdown.lines import Body, Line, block_end
from logparse.monitoring_log.markdown.nested_list import OwnItem, put_items
from logparse.monitoring_log.sections.error_kinds import number_in, put_kinds
from logparse.monitoring_log.sections.flag_items import (
    FIRST_MESSAGE,
    FlagItem,
    beneath,
    flag_items,
    flag_lines,
    head_of,
    with_head,
)
from logparse.text.wording import number, plural
from logparse.values.flags import Flag, Severity
from logparse.values.schedule import Soak, Span
from logparse.verdicts.verdict import Verdict


def put_issues(document: Document, verdict: Verdict) -> Document:
    """Updates the red flags and kinds of error.

    A flag from a time that this run did not see (a later hour, or missing logs) stays unchanged.
    """
    body = document.body(ISSUES)
    hour = max(verdict.hour, latest_hour(document))
    if find_field(body, RED_FLAGS) is None:
        body = put(body, RED_FLAGS, "", (RED_FLAGS,))
    unseen = _unseen(verdict, hour)
    if verdict.hour == hour:
        body = _put_errors(body, verdict, whole=not unseen)
    items = flag_items(body, verdict.flags)
    matches = _matched(items, verdict.flags)
    for item in reversed(items):
        if not any(item.span.overlaps(span) for span in unseen):
            flag = matches.get(item.at)
            body = _brought_up_to_date(body, item, flag) if flag else _taken_away(body, item)
    known = {id(flag) for flag in matches.values()}
    body = _with_new(body, [flag for flag in verdict.flags if id(flag) not in known], verdict.flags)
    said = _counted(flag_items(body, verdict.flags), hour)
    return document.with_body(ISSUES, put(body, RED_FLAGS, said, (RED_FLAGS,)))


def _put_errors(body: Body, verdict: Verdict, *, whole: bool) -> Body:
    """Updates the kinds of error since the start. Earlier counts are kept if their logs are gone."""
    errors = verdict.metrics.errors
    if not verdict.hour or (not whole and errors < number_in(field_value(body, KINDS_OF_ERROR))):
        return body
    kinds = f" of {plural(len(verdict.error_kinds), 'kind')}" if verdict.error_kinds else ""
    said = f"{plural(errors, 'error')}{kinds}, up to hour {verdict.hour}"
    before = body
    if find_field(body, KINDS_OF_ERROR) is None:
        field = find_field(body, RED_FLAGS)
        body = insert_items(body, field.index if field else 0, Line(field_text(KINDS_OF_ERROR, said)))
    body = put(body, KINDS_OF_ERROR, said, ISSUES_LABELS)
    return put_kinds(body, before, KINDS_OF_ERROR, ISSUES_LABELS, verdict.error_kinds, errors)


def _matched(items: Sequence[FlagItem], flags: Sequence[Flag]) -> dict[int, Flag]:
    """Assigns flags to items, by the item's line; the most certain matches first."""
    matches: dict[int, Flag] = {}
    left = list(flags)
    for same in (FlagItem.is_just, FlagItem.shows, FlagItem.begins_with, FlagItem.is_about):
        for item in items:
            flag = next((flag for flag in left if item.at not in matches and same(item, flag)), None)
            if flag:
                matches[item.at] = flag
                left.remove(flag)
    return matches


def _unseen(verdict: Verdict, latest: int) -> list[Span]:
    """Returns the times of which this run knows nothing: after its checkpoint, and windows without logs."""
    spans = [window.span for window in verdict.windows if not window.judged and not window.metrics.records]
    if latest > verdict.hour:
        soak = Soak(verdict.start)
        spans.append(Span(soak.checkpoint(verdict.hour), soak.span.end + timedelta(days=1)))
    return spans


def _brought_up_to_date(body: Body, item: FlagItem, flag: Flag) -> Body:
    def trusted(own: Sequence[OwnItem]) -> bool:
        # A first message where the flag has none is a person's, and so may be one of two.
        stray = not flag.message and any(one.key == FIRST_MESSAGE for one in own)
        return not stray and len({one.key for one in own}) == len(own)

    if item.gone or item.part["own"] != head_of(flag):
        body = with_head(body, item, head_of(flag), gone=False)
    field = Field(item.at, item.part["lead"], "", "")
    return put_items(body, field, item.reach, item.form, beneath(flag), trusted)


def _taken_away(body: Body, item: FlagItem) -> Body:
    """Removes a flag that is no longer seen, or marks it if people added text to it."""
    if item.touched:
        return with_head(body, item, item.part["own"], gone=True)
    own = {item.at, *(one.index for one in item.beneath)}
    return tuple(line for index, line in enumerate(body) if index not in own)


def _with_new(body: Body, new: Sequence[Flag], flags: Sequence[Flag]) -> Body:
    """Inserts new flags after the last one and what belongs to it, or beneath their count."""
    if not new:
        return body
    items = flag_items(body, flags)
    field = find_field(body, RED_FLAGS)
    ends = [
        max(item.end, *(min(block_end(body, own.index), item.reach.stop) for own in item.beneath), 0)
        for item in items[-1:]
    ]
    at = ends[0] if ends else block_end(body, field.index) if field else len(body)
    return insert_items(body, at, *(line for flag in new for line in flag_lines(flag)))


def _counted(items: Sequence[FlagItem], hour: int) -> str:
    """Returns the number of flags, and the hour up to which they were searched."""
    seen = [item for item in items if not item.gone]
    critical = sum(item.part["severity"] == Severity.CRITICAL for item in seen)
    what = number(len(seen)) if seen else "none"
    return f"{what}{f' ({number(critical)} critical)' if critical else ''}, up to hour {hour}"
