"""Runs of the real update with people at work between them, and what must hold after each run."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import ndiff
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from logparse.errors import UsageProblem
from logparse.monitoring_log import check, update
from logparse.monitoring_log.layout import (
    AREAS,
    AS_OF,
    CONCLUSION_LABELS,
    DEPLOYMENTS,
    HEADINGS,
    RED_FLAGS,
    SUMMARY_ROWS,
    TOP_LABELS,
    labels_of,
)
from logparse.outcome import Outcome, State
from logparse.values.flag_kinds import CAUSES
from logparse.values.flags import Flag, Severity
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict
from tests.builders.verdicts import NAMES, flag, fresh, uncollected, verdict, window
from tests.unit.monitoring_log.people import MARK, Person, marks

YES = "Production Ready: YES"
BROKEN = YES.replace(": ", ":\u202f")
"""The same with its blank exchanged, as the suite leaves it in lines of people."""

LABELS = frozenset(
    [*TOP_LABELS, *AREAS, AS_OF, DEPLOYMENTS, RED_FLAGS, "Kinds of error", *CONCLUSION_LABELS]
    + [label for hour in CHECKPOINTS for label in labels_of(hour)]
) - {"Notes"}
_FIELD = re.compile(r" ?[-*+][ \t]+(?:\*\*|__)\s*([^*_:]+?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:).*")
_READY = re.compile(r" ?[-*+][ \t]+\*\*Production Ready:[ \u202f](?:YES|NO)\*\*.*")
_READER = MarkdownIt("commonmark").enable("table")


@dataclass
class Told:
    """What came of a seed: how many edits and runs, what was refused, and what went wrong."""

    edits: int = 0
    runs: int = 0
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def fuzz(seed: int, edits: int) -> Told:
    """So many edits of one person, with runs between them, and all that is not as it must be."""
    chance = random.Random(seed)
    told, person = Told(), Person(chance)
    text, ready, at = fresh(), False, 0
    while person.edits < edits:
        if person.edits // 60 != (person.edits - 1) // 60 or len(text) > 30_000:
            text, ready, at = fresh(), False, 0
            person.added.clear()
        person.did.clear()
        edited = text
        for _ in range(chance.randint(1, 3)):
            edited = person.edit(edited)
        at = min(at + chance.choice((0, 0, 1)), len(CHECKPOINTS) - 1)
        hour = chance.choice((CHECKPOINTS[at],) * 5 + CHECKPOINTS[: at + 1])
        run = drawn_verdict(chance, hour)
        try:
            after = update(edited, run, "LOG.md")
        except UsageProblem as refusal:
            told.refused.append(str(refusal))
            if not rightly_refused(edited, str(refusal)):
                told.problems.append(f"seed {seed}: wrongly refused: {refusal}: {person.did}")
            continue
        told.runs += 1
        if run.final:
            ready = run.state is State.READY
        found = list(problems(edited, after, run, ready, Counter(person.added)))
        told.problems += [f"seed {seed}, edit {person.edits}, hour {hour}: {one}: {person.did}" for one in found]
        text = after
        if found:
            text, ready, at = fresh(), False, 0
            person.added.clear()
    told.edits = person.edits
    return told


def drawn_verdict(chance: random.Random, hour: int) -> Verdict:
    """A verdict of that hour, with windows, flags and outcomes as chance has them."""
    windows = []
    for due in CHECKPOINTS[1:]:
        change = chance.choice(["calm"] * 5 + ["uncollected", "partial", "other"])
        if change == "uncollected":
            windows.append(uncollected(due))
        elif change != "calm":
            windows.append(window(due, judged=change == "other", lost=chance.randint(0, 3), reason="something"))
    flags = [_drawn_flag(chance, hour) for _ in range(chance.choice((0, 0, 1, 2)) if hour else 0)]
    outcomes = {chance.choice(sorted(NAMES)): chance.choice(list(Outcome)) for _ in range(chance.choice((0, 0, 1, 2)))}
    return verdict(hour, windows, flags, **outcomes)


MESSAGES = ("m", "## Conclusion", "```", "<!-- ", f"- **{YES}**")


def _drawn_flag(chance: random.Random, hour: int) -> Flag:
    label = chance.choice(("Signature failures (401)", "No deliveries", "Critical errors", "Off-topic replies"))
    return flag(
        label,
        chance.randint(0, hour * 60),
        chance.randint(0, 90),
        message="" if label == "No deliveries" else chance.choice(MESSAGES),
        cause=chance.choice(("", "", CAUSES["network"].words)),
        severity=chance.choice(list(Severity)),
    )


def problems(before: str, after: str, run: Verdict, ready: bool, added: Counter[str]) -> Iterator[str]:
    """All that is not as it must be after a run."""
    try:
        again = update(after, run)
    except UsageProblem as refusal:
        yield f"what was written is refused: {refusal}"
        return
    if again != after:
        changes = [line for line in ndiff(_lines(after), _lines(again)) if line[0] in "+-"]
        yield f"a second run changes it again: {changes[:6]}"
    yield from _lost(before, after)
    yield from _twice(after, added)
    found = [line for line in after.split("\n") if YES in line]
    # An earlier hour leaves what stands in the Conclusion, also where people changed it.
    if len(found) > ready or (run.final and len(found) != ready):
        yield f"the search for {YES!r} finds {found}, ready: {ready}"
    if ready and found and not _READY.match(found[0].removesuffix("\r")):
        yield f"the search finds another line: {found}"
    if not any("Hour 0" in line for line in after.split("\n")):
        yield "the search for 'Hour 0' finds nothing"
    if run.final and not _shown(after, "YES" if ready else "NO"):
        yield "a reader does not see the answer in the Conclusion"


def _lost(before: str, after: str) -> Iterator[str]:
    old, new = _sections(before), _sections(after)
    for name in old:
        kept = set(_owned(old[name]))
        theirs = [mark for mark in marks(old[name]) if mark not in kept]
        shown = [mark for mark in marks(new[name]) if mark not in kept]
        if theirs != shown:
            gone = [mark for mark in theirs if mark not in shown]
            where = [line for line in _lines(old[name]) if any(f"{mark}" in line for mark in gone)]
            yield f"lost under {name!r}: {where}" if gone else f"other order under {name!r}: {theirs} {shown}"
    lines = Counter(_tails(after))
    owned = {mark for section in old.values() for mark in _owned(section)}
    for line, count in Counter(_tails(before)).items():
        if lines[line] < count and not set(marks(line)) <= owned:
            yield f"words changed: {line!r}"


def _lines(text: str) -> list[str]:
    """The lines of Markdown, which a form feed or a separator of Unicode does not end."""
    return re.split(r"\r\n|\n|\r", text)


def _tails(text: str) -> Iterator[str]:
    """What stands in each line from the first word of people on."""
    for line in _lines(text):
        found = MARK.search(line)
        if found:
            yield line[found.start() :].replace(BROKEN, YES)


def _owned(section: str) -> Iterator[str]:
    """Words that stand where only the suite writes: behind the one label or in the one row of its name."""
    lines = _lines(section)
    fields = Counter(label for line in lines if (label := _label(line)))
    rows = Counter(name for line in lines if (name := _row(line)))
    for line in lines:
        label, name = _label(line), _row(line)
        if (label and fields[label] == 1) or (name and rows[name] == 1):
            yield from marks(line)


def _label(line: str) -> str:
    found = _FIELD.fullmatch(line)
    return found[1] if found and found[1] in LABELS else ""


def _row(line: str) -> str:
    cells = [cell.strip() for cell in line.strip().split("|")]
    return cells[1] if len(cells) > 2 and cells[1] in SUMMARY_ROWS else ""


def _twice(after: str, added: Counter[str]) -> Iterator[str]:
    """Labels and rows of the suite that stand there more often than it and people together wrote them."""
    theirs = Counter(name for line, count in added.items() for name in [_label(line) or _row(line)] * count)
    for name, count in Counter(name for line in _lines(after) if (name := _label(line) or _row(line))).items():
        if count > _of_the_suite()[name] + theirs[name]:
            yield f"{name!r} was written twice"


@cache
def _of_the_suite() -> Counter[str]:
    texts = (fresh(), update(fresh(), verdict(24)))
    counts = [Counter(name for line in _lines(text) if (name := _label(line) or _row(line))) for text in texts]
    return counts[0] | counts[1]


def _sections(text: str) -> dict[str, str]:
    """The text of each section by its name."""
    document = check(text)
    return {
        section.name: "\n".join(line.text for line in ([section.heading] if section.heading else []))
        + "\n"
        + "\n".join(line.text for line in section.body)
        for section in document.sections
    }


def _tokens(text: str) -> list[Token]:
    return _READER.parse(text.removeprefix("\ufeff"))


def _shown(text: str, answer: str) -> bool:
    """Whether a Markdown reader shows the answer below the last heading of the Conclusion, as text."""
    below = False
    for at, token in enumerate(tokens := _tokens(text)):
        if token.type == "heading_open" and token.level == 0 and tokens[at + 1].content == "Conclusion":
            below = True
        elif below and token.type == "inline" and f"**Production Ready: {answer}**" in token.content:
            return True
        elif below and token.type == "html_block" and f"**Production Ready: {answer}**" in token.content:
            return not re.match(r"\s*<(?:!|\?|script|pre|style|textarea)", token.content)
    return False


def rightly_refused(text: str, said: str) -> bool:
    """Whether a reader too misses something of the suite's, or finds it doubled or elsewhere; and a line is named."""
    if not re.match(r"LOG\.md:\d+: ", said) or "\n" in said:
        return False
    tokens = _tokens(text)
    headings = [
        (int(token.tag[1:]), " ".join(tokens[at + 1].content.split()))
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.markup.startswith("#")
    ]
    wanted = [(heading.level, heading.text) for heading in HEADINGS[1:]]
    if [heading for heading in headings if heading in wanted] != wanted or (1, "") in headings[:0]:
        return True
    if "Start" in said:
        return True
    # A browser hides all behind a comment that HTML leaves open, wherever Markdown ends the block.
    if any("<!--" in token.content.rpartition("-->")[2] for token in tokens if token.type == "html_block"):
        return True
    hidden = "\n".join(token.content for token in tokens if token.type in ("fence", "code_block", "html_block"))
    return "stands" in said and any(_label(line) or _row(line) or "| Metric" in line for line in _lines(hidden))
