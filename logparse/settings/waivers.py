"""The file of waivers, read and checked before any log. A mistake in it ends the run."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from logparse.errors import UsageProblem
from logparse.outcome import Outcome
from logparse.storage.atomic import read_text
from logparse.text.visible import visible
from logparse.values.criteria import CRITERIA, criterion_of
from logparse.values.judgement import Judgement
from logparse.values.waiver import Waiver

TABLE = "waiver"
KEYS = ("criterion", "reason", "by", "until")

LONGEST_FILE = 1 << 20
"""The most bytes of a file of waivers; a larger file is something else."""

LONGEST_TEXT = 300
"""The most characters of a reason or a name: every output shows them on one line."""

_HEADING = re.compile(rf"\s*\[\[\s*[\"']?{TABLE}[\"']?\s*\]\]")
_AT_LINE = re.compile(r"\(at line (\d+)")


def read_waivers(path: Path, zone: tzinfo, now: datetime) -> tuple[Waiver, ...]:
    """Reads the waivers of a file, in its order.

    ``zone`` is that of days without one. Raises UsageProblem, with the line if it is known, if a waiver is incomplete
    or expired, or the file cannot be read.
    """
    text = _text(path)
    entries = _entries(path, text)
    lines = _lines(text, len(entries))
    waivers: list[Waiver] = []
    for fields, line in zip(entries, lines, strict=True):
        waiver = _Entry(path, text, fields, line).waiver(zone, now)
        first = next((one for one in waivers if one.criterion == waiver.criterion), None)
        if first:
            where = _where(path, line)
            raise UsageProblem(f"{where}: a second waiver of {waiver.criterion} (the first: {first.place}); keep one")
        waivers.append(waiver)
    return tuple(waivers)


def unneeded(waivers: Collection[Waiver], criteria: Collection[Judgement]) -> tuple[str, ...]:
    """Returns one line for each waiver that had no effect, because its criterion did not fail."""
    judged = {judgement.name: judgement for judgement in criteria}
    lines = []
    for waiver in waivers:
        judgement = judged.get(waiver.criterion)
        if judgement is None or judgement.waived:
            continue
        waivable = judgement.outcome is not Outcome.NOT_JUDGED
        why = f"is {judgement.outcome} without it" if waivable else "is NOT JUDGED, which nobody can waive"
        lines.append(f"{waiver.place}: the waiver of {waiver.criterion} was not needed: {judgement.title} {why}")
    return tuple(lines)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LONGEST_FILE or not path.is_file():
            raise UsageProblem(f"{path}: is no file of waivers; name another with the setting waivers")
        return read_text(path)
    except OSError as error:
        raise UsageProblem(f"{path}: the waivers cannot be read ({error.strerror}); see the setting waivers") from None


def _entries(path: Path, text: str) -> list[Mapping[str, Any]]:
    """Parses the tables of the file; raises UsageProblem if it is not TOML, or holds anything else."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = _AT_LINE.search(str(error))
        last = text.count("\n") + 1 if "(at end of document)" in str(error) else 0
        where = _where(path, int(line[1]) if line else last)
        raise UsageProblem(f"{where}: is not TOML: {visible(str(error).splitlines()[0])[:LONGEST_TEXT]}") from None
    entries = document.pop(TABLE, [])
    other = next(iter(document), None)
    if other is not None or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        name = TABLE if other is None else visible(other)[:80]
        raise UsageProblem(f"{path}: {name!r} is not known there; each waiver stands under a line [[{TABLE}]]")
    return entries


def _lines(text: str, count: int) -> list[int]:
    """Returns the line of each table, from 1; 0 for all if the tables cannot be located."""
    found = [number for number, line in enumerate(text.split("\n"), start=1) if _HEADING.match(line)]
    return found if len(found) == count else [0] * count


def _where(path: Path, line: int) -> str:
    return f"{path}:{line}" if line else str(path)


@dataclass(frozen=True)
class _Entry:
    """One table of the file, and the line at which it begins (0: not known)."""

    path: Path
    text: str
    fields: Mapping[str, Any]
    line: int

    def waiver(self, zone: tzinfo, now: datetime) -> Waiver:
        """Builds the waiver; raises UsageProblem if it is incomplete, expired, or its criterion cannot be waived."""
        for name in self.fields:
            if name not in KEYS:
                raise self.problem(name, f"{visible(name)[:80]!r} is no key of a waiver; they are {', '.join(KEYS)}")
        criterion = self.words("criterion", "names no criterion")
        if criterion not in (known.name for known in CRITERIA):
            waivable = ", ".join(known.name for known in CRITERIA if known.waivable)
            raise self.problem("criterion", f"there is no criterion {criterion!r}; these can be waived: {waivable}")
        if not criterion_of(criterion).waivable:
            raise self.problem("criterion", f"{criterion} cannot be waived; mend its cause")
        reason = self.words("reason", f"the waiver of {criterion} gives no reason")
        by = self.words("by", f"the waiver of {criterion} names nobody")
        until = self.until(criterion, zone)
        if until <= now:
            ended = f"{until:%Y-%m-%d %H:%M} UTC"
            raise self.problem("until", f"the waiver of {criterion} expired at {ended}; remove it, or decide anew")
        return Waiver(criterion, reason, by, until, _where(Path(self.path.name), self.line))

    def words(self, key: str, lacking: str) -> str:
        """Returns the text of a key on one line; raises UsageProblem if it is missing or too long."""
        value = self.fields.get(key, "")
        shown = " ".join(visible(value).split()) if isinstance(value, str) else ""
        if not shown:
            raise self.problem(key, f'{lacking}; write {key} = "..."')
        if len(shown) > LONGEST_TEXT:
            raise self.problem(key, f"{key} has {len(shown):,} characters; {LONGEST_TEXT} are shown at most")
        return shown

    def until(self, criterion: str, zone: tzinfo) -> datetime:
        """Returns the time at which the waiver expires; a day counts to its end."""
        form = "write until = 2026-12-01 (to the end of that day), or 2026-12-01T18:00:00Z"
        value = self.fields.get("until")
        if value is None:
            raise self.problem("until", f"the waiver of {criterion} does not say until when; {form}")
        try:
            value = _moment(value)
            if not isinstance(value, datetime):
                value = datetime.combine(value + timedelta(days=1), time(), zone)
            elif value.tzinfo is None:
                raise self.problem("until", f"until of the waiver of {criterion} has no time zone; {form}")
            return value.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.problem("until", f"until of the waiver of {criterion} is no day or time; {form}") from None

    def problem(self, key: str, text: str) -> UsageProblem:
        """Returns a UsageProblem at the line of a key, or of the table if the key is missing."""
        line = self.line
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for number, shown in enumerate(self.text.split("\n")[self.line :], start=self.line + 1):
            if not self.line or _HEADING.match(shown):
                break
            if written.match(shown):
                line = number
                break
        return UsageProblem(f"{_where(self.path, line)}: {text}")


def _moment(value: object) -> date:
    """Parses a value of TOML, or a text in ISO 8601, as a day or a time; raises ValueError if it is neither."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return datetime.fromisoformat(value.strip())
