"""Foreign text made harmless, so that nothing in a log can change what the document says or how it is read."""

import re
import unicodedata

LONGEST = 200
"""How many characters of a quoted text are shown."""

_CLAIM = re.compile(r"(production[\s_-]*ready\W{0,6}?)[\s_]*(yes|no)\b", re.IGNORECASE)
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?|\x9b[0-?]*[ -/]*[@-~]")
_SPECIAL = re.compile(
    r"[\\`*<|~\[\]]"  # escapes, code, emphasis, tags, cells, strikethrough, links
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not the underscores inside a name
    r"|&(?=#?\w+;)|(?<=:)/(?=/)|(?<=www)\.|(?<=\w)@(?=\w)"  # entities, bare links, mail addresses
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
NBSP = "\u00a0"


def quoted(text: str, longest: int = LONGEST) -> str:
    """Log text as one short code span: shown as it is, on one line, with nothing in it read as Markdown.

    A backtick would end the span and a pipe would end a table cell, so both are replaced by look-alikes.
    """
    shown = _short(_visible(text, longest), longest).replace("`", "'").replace("|", "¦")
    return f"`{_disarmed(shown) or '(no text)'}`"


def plain(text: str, longest: int = 3 * LONGEST) -> str:
    """A sentence from elsewhere in the program as one line of running text, its Markdown characters escaped."""
    shown = _disarmed(_short(_visible(text, longest), longest))
    return _SPECIAL.sub(lambda match: "\\" + match[0], shown)


def _visible(text: str, longest: int) -> str:
    """The text on one line: without terminal codes, control, bidi and invisible characters; spaces made single."""
    # NOTE: cut first, so that a message of many megabytes costs no more than a short one.
    text = _ANSI.sub("", text[: 10 * longest])
    spaced = (" " if char.isspace() or unicodedata.category(char) in {"Zl", "Zp"} else char for char in text)
    seen = (char for char in spaced if unicodedata.category(char) not in _INVISIBLE and char not in _FILLERS)
    return " ".join("".join(seen).split())


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _disarmed(text: str) -> str:
    """The text with a claim of readiness broken up: it looks the same, but no search for the verdict finds it."""
    return _CLAIM.sub(lambda match: f"{match[1].rstrip()}{NBSP}{match[2]}", text)
