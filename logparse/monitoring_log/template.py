"""A fresh document: every section in its place, with a placeholder for every value that is not known yet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from logparse.formats.collecting_commands import COMMANDS, GENERAL_WAY
from logparse.monitoring_log import layout
from logparse.monitoring_log.layout import FINAL_HOUR, HEADINGS, NOTES, QUALITY_CHECKS, labels_of, section_of
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import field_text
from logparse.monitoring_log.markdown.table import table_lines
from logparse.monitoring_log.ratings.blocks import RATING_PLACEHOLDERS
from logparse.monitoring_log.sections.checkpoints import NOTES_PLACEHOLDER
from logparse.monitoring_log.sections.metrics import MET, NOT_MET, UNKNOWN
from logparse.monitoring_log.sections.top import IN_PROGRESS, planned_end, start_text
from logparse.tables import table
from logparse.text.markdown import escaped_markdown
from logparse.text.wording import moment
from logparse.values.schedule import CHECKPOINTS, Soak, StartSource
from logparse.verdicts.verdict import Verdict

_TEXTS = table("monitoring_log/template")
DEFAULT_LIMITS: Sequence[str] = _TEXTS["limits"]


def create(
    start: datetime | None,
    start_source: StartSource = StartSource.CLOCK,
    *,
    title: str = layout.DEFAULT_TITLE,
    command: str = GENERAL_WAY,
    limits: Sequence[str] = DEFAULT_LIMITS,
) -> str:
    """Returns a fresh document for a soak that begins at ``start``; None leaves the start open.

    ``command`` collects the logs of a checkpoint (GENERAL_WAY if it is unknown); ``limits`` are the limits of the bot,
    a sentence each.
    """
    sections = {
        layout.TITLE: _top(start, start_source),
        layout.PROTOCOL: _protocol(command, limits),
        layout.CHECKPOINT_LOG: [],
        **{section_of(hour): _checkpoint(hour, start) for hour in CHECKPOINTS},
        layout.METRICS: _metrics(),
        layout.ISSUES: _issues(),
        layout.QUALITY: _TEXTS["quality"],
        **{name: [field_text(*item) for item in RATING_PLACEHOLDERS.items()] for name in QUALITY_CHECKS.values()},
        layout.RECOMMENDATIONS: _at_the_end(layout.AREAS),
        layout.CONCLUSION: _at_the_end(layout.CONCLUSION_LABELS),
    }
    lines: list[str] = []
    for heading in HEADINGS:
        text = escaped_markdown(title) or layout.DEFAULT_TITLE if heading.text == layout.TITLE else heading.text
        lines += [f"{'#' * heading.level} {text}", "", *sections[heading.text]]
        if sections[heading.text]:
            lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def put_way(document: Document, verdict: Verdict) -> Document:
    """Writes how the logs are collected into the protocol, once it is known, unless people wrote another way there.

    At hour 0 nothing may have been collected yet, and a soak may go on with another source.
    """
    way = verdict.collecting
    if not way:
        return document
    shown = {_one_line(command): _one_line(way) for command in COMMANDS.values()}
    shown |= {_way(command): _way(way) for command in (GENERAL_WAY, *COMMANDS.values())}
    body = [replace(line, text=shown.get(line.text, line.text)) for line in document.body(layout.PROTOCOL)]
    return document.with_body(layout.PROTOCOL, tuple(body))


def _way(command: str) -> str:
    """Returns the sentence about how logs are collected, for a document made before the command was known."""
    shown = _one_line(command)
    if command != GENERAL_WAY:
        fence = "``" if "`" in shown else "`"
        shown = f"{fence}{shown}{fence}"
    return f"How they are collected: {shown}."


def _top(start: datetime | None, source: StartSource) -> list[str]:
    return [
        field_text("Start", start_text(start, source) if start else "[set by the first run]"),
        field_text("End", planned_end(start) if start else "[24 hours after the start]"),
        field_text("Status", IN_PROGRESS),
        "",
        *_TEXTS["top"],
    ]


def _protocol(command: str, limits: Iterable[str]) -> list[str]:
    is_known = command != GENERAL_WAY
    shown = [*([_one_line(command)] if is_known else []), "pytest --hour=N"]
    longest = max((len(run) for command in shown for run in re.findall("`+", command)), default=0)
    fence = "`" * max(3, longest + 1)
    hours = ", ".join(map(str, CHECKPOINTS[:-1]))
    return [
        f"The bot is watched for {FINAL_HOUR} hours. At the hours {hours} and {FINAL_HOUR} the production logs are",
        "collected and judged, and the section of that hour is filled in (N is the hour, NN the same in two digits).",
        *([] if is_known else [_way(GENERAL_WAY)]),
        "",
        f"{fence}sh",
        *shown,
        fence,
        "",
        "What is counted:",
        "",
        *(f"- {text}" for text in _TEXTS["counted"]),
        "",
        "The limits, over the whole soak:",
        "",
        *(f"- {escaped_markdown(text)}" for text in limits),
    ]


def _one_line(command: str) -> str:
    return " ".join(command.split())


def _checkpoint(hour: int, start: datetime | None) -> list[str]:
    due = f"[due {moment(Soak(start).checkpoint(hour))}]" if start else f"[hour {hour} of the soak]"
    known = {layout.TIME: due, NOTES: NOTES_PLACEHOLDER}
    return [field_text(label, known.get(label, "[not filled in yet]")) for label in labels_of(hour)]


def _metrics() -> list[str]:
    rows = [(name, "[not judged yet]", UNKNOWN) for name in layout.SUMMARY_ROWS]
    return [
        field_text(layout.AS_OF, "[shown from hour 4 on]"),
        field_text(layout.DEPLOYMENTS, "[shown from hour 4 on]"),
        "",
        *table_lines(rows),
        "",
        f"{MET} limit met (the first two rows: more than none), {NOT_MET} limit not met, {UNKNOWN} not judged.",
    ]


def _issues() -> list[str]:
    return [
        *_TEXTS["issues"],
        "",
        field_text(layout.KINDS_OF_ERROR, "[shown from hour 4 on]"),
        field_text(layout.RED_FLAGS, "[none looked for yet]"),
    ]


def _at_the_end(labels: Iterable[str]) -> Iterator[str]:
    return (field_text(label, f"[decided at hour {FINAL_HOUR}]") for label in labels)
