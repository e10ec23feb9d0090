"""Unfolding of JSON: documents over many lines, and lines of many entries, are copied with one entry a line.

    [{"id": 1, ...}, {"id": 2, ...}]        an array, on one line or over many
    {"events": [{...}, {...}], ...}         an answer that holds an array of entries
    {                                       objects one after another, each over many lines
      "MESSAGE": ...
    }

Each line of the copy has three columns: the number of the physical line that it stands for (see records.LINES), its
place (records.PLACES), and the entry. Every physical line has exactly one row whose place is not SHARES, so that the
account of lines adds up. The file is streamed: memory holds one block and one entry, whatever the document's size.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from logparse.storage.files import COLUMN_END, LONGEST_LINE, readable_text
from logparse.values.records import INSIDE, LINES, OPENS, SHARES

DEEPEST = 8
"""The deepest nesting of arrays that is parsed; logs have one or two levels."""

MOST_DAMAGES = 1_000
"""Damaged places after which the rest of a document is not searched for entries: a bound on the time."""

_FRONT = re.compile(r"\s*(?:\[\s*[\[{]|\{[ \t]*\n|\{\s*\"(?:events|logs|entries)\"\s*:\s*\[)")
_WRAPPER = re.compile(r"\{\s*\"(?:events|logs|entries)\"\s*:\s*\[")
_ARRAY = re.compile(r"\[\s*[\[{\]]")
_BETWEEN = re.compile(r"[\s,]*")
_MORE = re.compile(r"\"(?:[nN]extToken|hasMore(?:Rows)?)\"\s*:\s*(?:\"[^\"]+\"|true)")
_LOOK_AHEAD = 10_000
_DECODE = json.JSONDecoder().raw_decode


class UnfoldedRow(NamedTuple):
    """A line of the copy: its physical line, how many rows already stand for that, and whether it is a JSON object."""

    number: int
    entry: int
    place: str
    text: str
    is_entry: bool


def is_document(start: str) -> bool:
    """Tells whether a text begins like a document that has to be unfolded, which NDJSON does not."""
    return bool(_FRONT.match(start))


def entries(start: str) -> list[str]:
    """Returns the complete entries at the start of a document; none if it is no document."""
    return [row.text for row in Unfolder([start]).rows() if row.is_entry] if is_document(start) else []


def unfold(path: Path, copy: Path) -> bool:
    """Writes the unfolded copy of a file; returns whether its end is missing. Raises as ``files.opened`` does."""
    unfolder = Unfolder(readable_text(path))
    with copy.open("w", encoding="utf-8", newline="") as out:
        out.writelines(
            f"{row.number + row.entry * LINES}{COLUMN_END}{row.place}{COLUMN_END}{row.text}\n"
            for row in unfolder.rows()
        )
    return unfolder.torn


class Unfolder:
    """The one pass through a document; afterwards ``torn`` says whether it was not closed, or lost entries."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self._blocks = iter(blocks)
        self._text, self._at = "", 0
        # The physical line that is being read: its number, how many rows stand for it, and whether it is not blank.
        self._number, self._rows, self._signs, self._begun = 1, 0, False, False
        self._inside: list[str] = []
        self._damages = 0
        self._lost = False  # Damage on a line that has a row already, so that no row shows it.
        self.torn = False

    def rows(self) -> Iterator[UnfoldedRow]:
        """Yields the lines of the copy, in the order of the file."""
        while True:
            yield from self._pass_over(self._match_end(_BETWEEN))
            if self._at == len(self._text):
                if not self._fill():
                    break
                continue
            self._look_ahead()
            yield from self._next()
        if self._begun and not self._rows:
            yield self._row("-" if self._signs else "", inside=True)
        self.torn = self.torn or self._lost or bool(self._inside)

    def _next(self) -> Iterator[UnfoldedRow]:
        """Handles an entry, a bracket, or damage at the current offset."""
        sign = self._text[self._at]
        if sign == "]" and self._inside:
            yield from self._pass_over(self._at + 1)
            if self._inside.pop() == "answer":
                yield from self._end_of_answer()
        elif sign == "[" and _ARRAY.match(self._text, self._at) and len(self._inside) < DEEPEST:
            self._inside.append("array")
            yield from self._pass_over(self._at + 1)
        elif sign == "{" and not self._inside and (answer := _WRAPPER.match(self._text, self._at)):
            self._inside.append("answer")
            yield from self._pass_over(answer.end())
        elif sign == "{" and (end := self._end_of_object()):
            yield from self._entry(end)
        else:
            yield from self._damaged_line()

    def _end_of_object(self) -> int:
        """Returns the end of the object that begins here; 0 if it is damaged, torn or too long."""
        while self._damages <= MOST_DAMAGES:
            try:
                _, end = _DECODE(self._text, self._at)
            except (ValueError, RecursionError):
                # An incomplete object looks like a damaged one, so more is read first.
                if len(self._text) - self._at >= LONGEST_LINE:
                    break
                if not self._fill():
                    self.torn = True  # Until another object is found behind it.
                    break
            else:
                self.torn = False
                return end if end - self._at <= LONGEST_LINE // 4 or self._fits(end) else 0
        return 0

    def _fits(self, end: int) -> bool:
        return len(self._text[self._at : end].encode()) <= LONGEST_LINE

    def _entry(self, end: int) -> Iterator[UnfoldedRow]:
        text = self._text[self._at : end].replace("\n", " ")
        yield self._row(text, is_entry=True)
        yield from self._pass_over(end)

    def _end_of_answer(self) -> Iterator[UnfoldedRow]:
        """Handles what follows the array of an answer: a sign that more was to come is kept as a row."""
        self._look_ahead()
        start = self._match_end(_BETWEEN)
        try:
            _, length = _DECODE("{" + self._text[start : start + _LOOK_AHEAD])
        except (ValueError, RecursionError):
            return  # It is handled like any other text.
        end = start + length - 1
        if more := _MORE.search(self._text, start, end):
            yield from self._pass_over(more.start())
            yield self._row(more[0])
        yield from self._pass_over(end)

    def _damaged_line(self) -> Iterator[UnfoldedRow]:
        """Skips to the end of the line and emits it as damaged, unless the line already has a row."""
        self._damages += 1
        if not self._rows:
            text = self._text[self._at : self._at + _LOOK_AHEAD].split("\n", 1)[0]
            yield self._row(text)
        else:
            self._lost = True
        while (end := self._text.find("\n", self._at)) < 0:
            yield from self._pass_over(len(self._text))
            if not self._fill():
                return
        yield from self._pass_over(end)

    def _pass_over(self, upto: int) -> Iterator[UnfoldedRow]:
        """Moves to an offset; each line that ends on the way without a row gets one."""
        pieces = self._text[self._at : upto].split("\n")
        self._at = upto
        for piece in pieces[:-1]:
            if not self._rows:
                yield self._row("-" if self._signs or piece.strip() else "", inside=True)
            self._number += 1
            self._rows, self._signs, self._begun = 0, False, False
        if pieces[-1]:
            self._begun = True
            self._signs = self._signs or bool(pieces[-1].strip())

    def _row(self, text: str, *, is_entry: bool = False, inside: bool = False) -> UnfoldedRow:
        """Makes a row for the current physical line."""
        place = INSIDE if inside else SHARES if self._rows else OPENS
        self._rows += 1
        return UnfoldedRow(self._number, self._rows - 1, place, text, is_entry)

    def _match_end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        return found.end() if found else self._at

    def _look_ahead(self) -> None:
        """Reads on, so that the text after a bracket is there."""
        while len(self._text) - self._at < _LOOK_AHEAD and self._fill():
            pass

    def _fill(self) -> bool:
        """Reads another block; returns False at the end of the file."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._text, self._at = self._text[self._at :] + block, 0
        return True
