"""Grouping of messages by shape: numbers, ids, quoted texts and payloads are folded, names and texts left out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from logparse.text.visible import visible
from logparse.values.spoken import MessageShape

LONGEST = 100
"""The most characters shown of a shape."""

DEEPEST = 12
"""The number of words compared."""

MANY, SHARE = 20, 5
"""The limits of a varying word: over MANY different ones, of which the SHARE most frequent are not half of all. It is
somebody's name or text, and is left out.
"""

_IDS = re.compile(r"[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*|\d+")
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|“[^”]*”|«[^»]*»")
_PAYLOAD = re.compile(r"[{\[]\s*[{\"].*")


@dataclass(frozen=True)
class _Said:
    """A message: its words, folded; the number of its records; and the original text."""

    words: Sequence[str]
    records: int
    message: str


def shapes_of(messages: Mapping[str, int], mask: Callable[[str], str], most: int) -> tuple[MessageShape, ...]:
    """Returns the ``most`` frequent shapes of messages, masked, each with its number of records."""
    said = [_Said(_folded(message).split(), records, message) for message, records in messages.items()]
    found = sorted(_grouped([one for one in said if one.words], 0), key=lambda each: (-each[1], each[0].message))
    return tuple(
        MessageShape(_shown(example.message, words, mask), records) for example, records, words in found[:most]
    )


def folded(text: str, mask: Callable[[str], str]) -> str:
    """Masks and cuts the first line of a message, and folds the parts that vary."""
    return _cut(_folded(mask(visible(text.split("\n", 1)[0]))))


def _grouped(said: Sequence[_Said], depth: int) -> Iterator[tuple[_Said, int, int | None]]:
    """Yields for each group of messages an example, the records, and the number of shared words (None: all)."""
    following: dict[str | None, list[_Said]] = {}
    for one in said:
        following.setdefault(one.words[depth] if depth < len(one.words) else None, []).append(one)
    if len(following) == 1 and None in following:
        yield said[0], _sum(said), None
    elif depth == DEEPEST or (depth and _vary(following)):
        yield max(said, key=lambda one: one.records), _sum(said), depth
    else:
        for word, several in following.items():
            yield from [(several[0], _sum(several), None)] if word is None else _grouped(several, depth + 1)


def _vary(following: Mapping[str | None, Sequence[_Said]]) -> bool:
    counts = sorted(map(_sum, following.values()), reverse=True)
    return len(counts) > MANY and 2 * sum(counts[:SHARE]) < sum(counts)


def _sum(said: Sequence[_Said]) -> int:
    return sum(one.records for one in said)


def _folded(message: str) -> str:
    line = message.split("\n", 1)[0]
    return _IDS.sub("N", _QUOTED.sub("…", _PAYLOAD.sub("{…", line)))


def _shown(message: str, words: int | None, mask: Callable[[str], str]) -> str:
    text = folded(message, mask)
    return text if words is None else _cut(" ".join([*text.removesuffix("…").split(" ")[:words], "…"]))


def _cut(text: str) -> str:
    # NOTE: only spaces, for a no-break space breaks a claim of readiness.
    text = " ".join(filter(None, text.split(" ")))
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
