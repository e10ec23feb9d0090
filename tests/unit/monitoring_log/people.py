"""What people do to the document between two runs, drawn by chance: all of Markdown's forms, anywhere.

Each word that a person adds is a mark that is nowhere else, so that it can be looked for afterwards. Edits of what
belongs to the suite (the value behind a label of its own) carry no mark: they may be written over.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from logparse.monitoring_log.layout import HEADINGS

MARK = re.compile(r"zq\d+x")

_YES = "Production Ready: YES"

PARAGRAPHS = (
    "{}",
    "{}\n{}",
    "\n{}\n",
    "\n{}\n{}\n",
    "{}  \n{}",
    "{}\\\n{}",
    "{}   ",
    "   {}",
    "\t{}",
    "{}\t{}",
    "\n    {}\n",
    "\n\t{}\n\n\t{}\n",
    "**{}**",
    "*{}* _{}_ ~~{}~~",
    "`{}`",
    "``{} ` ``",
    "---\n{}",
    "{}\n***",
)
LISTS = (
    "- {}",
    "* {}",
    "+ {}",
    " - {}",
    "  - {}",
    "    - {}",
    "\t- {}",
    "      * {}",
    "1. {}\n2. {}",
    "1) {}",
    "  1. {}",
    "- [ ] {}\n- [x] {}",
    "  - [ ] {}",
    "- {}\n  - {}\n    - {}\n      {}",
    "- {}\n\n  {}",
    "- {}\n\n- {}",
    "- {}\n{}",
    "  {}",
    "    {}",
    "  {}\n\n  {}",
    "-\n  {}",
    "- **{}:** {}",
    "  - **{}:** {}",
    "- __{}:__ {}",
    "- **{}** {}",
)
QUOTES = ("> {}", "> - {}\n> - {}", ">{}\n{}", "> > {}", "  > {}", "> ## {}", "- > {}", "> ```\n> {}\n> ```")
HEADINGS_OF_PEOPLE = (
    *("#" * level + " {}" for level in range(1, 7)),
    "## {} ##",
    "\n### {}\n\n{}\n",
    "{}\n===",
    "\n{}\n---\n",
    "  ## {}",
    "- ## {}",
    "#{}",
    "#### Conclusion {}",
    "## Hour 0 {}",
)
FENCES = (
    "```\n{}\n```",
    "~~~\n{}\n~~~",
    "```sh {}\n{}\n```",
    "~~~ `{}`\n{}\n~~~",
    "````\n```\n{}\n````",
    "````\n{}\n``````",
    "  ```\n  {}\n  ```",
    "   ~~~\n{}\n ~~~",
    "- {}\n  ```\n  {}\n  ```",
    "  - {}\n    ```\n    {}\n\n    {}\n    ```",
    "``` {} ` ```",
    "```\n- **Errors:** {}\n## Conclusion\n### Hour 4\n| Metric | {} |\n```",
    "\n```\n- **Status:** STABLE {}\n- **" + _YES + "**\n- **Action Items:** none {}\n```\n",
)
UNCLOSED = (
    "```\n{}",
    "\n```\n{}\n",
    "~~~~\n{}\n~~~",
    "  ```\n  {}",
    "- ```\n  {}",
    "- {}\n  ~~~\n  {}",
    "> ```\n> {}",
    "  - {}\n    ```\n    {}",
    "<!-- {}",
    "<!--\n{}\n",
    "  <!-- {}",
    "> <!-- {}",
    "- <!-- {}",
    "<pre>\n{}",
    "<script>\n{}",
    "```\n{}\n- **" + _YES + "**",
    "```\n- **Status:** STABLE {}\n- **" + _YES + "**",
)
HTML = (
    "<!-- {} -->",
    "<!--\n{}\n-->",
    "<!--\n\n- **Errors:** {}\n\n-->",
    "  <!-- {} -->",
    "{} <!-- {} -->",
    "<!-- {} --> {}",
    "{} <!-- {}",
    "<details>\n<summary>{}</summary>\n\n{}\n\n</details>",
    "<div>{}</div>",
    "<div>\n{}\n</div>\n",
    "<b>{}</b>",
    "<pre>\n{}\n\n{}\n</pre>",
    "<{}>",
    "<br>\n{}",
    "<?{}?>",
)
TABLES = (
    "| {} | {} |\n| --- | --- |\n| Success rate | {} |",
    "\n| {} | {} |\n| :-- | --: |\n| Success rate | {} |\n| Error rate | {} |\n",
    "\n| Metric | Last soak |\n| --- | --- |\n| Success rate | {} |\n| Webhook deliveries | {} |\n",
    "\n| Metric | Value | Status |\n| --- | --- | --- |\n| {} | {} | ✓ |\n",
    "\n| Metric | Value | Status |\n| --- | --- | --- |\n| Success rate | {} | {} |\n",
    "| {} | 1 | 2 |",
    "| {} |",
    "| Success rate | {} | mine |",
    "{} | {}\n--- | ---\n1 | {}",
)
LINKS = ("[{}]: http://example.com/{}", "[{}][{}]", "[^{}]: {}", "![{}](x.png)", "[{}]:\n", "<http://example.com/{}>")
CLAIMS = (
    _YES + " {}",
    "{} " + _YES,
    "- **" + _YES + "** {}",
    "* **" + _YES + "** {}",
    "  - **" + _YES + "** {}",
    "- **Production Ready:** YES {}",
    "- __" + _YES + "__ {}",
    "**" + _YES + "** {}",
    "> - **" + _YES + "** {}",
    "| " + _YES + " | {} |",
    "`" + _YES + "` {}",
    "```\n" + _YES + " {}\n```",
    "<!-- " + _YES + " {} -->",
    "## " + _YES + " {}",
    "- [x] **" + _YES + "** {}",
    "{} " + _YES + "! " + _YES + "? {}",
    "{}:" + _YES + "TERDAY",
    "[{}]: http://example.com '" + _YES + "'",
    "- **Notes:** " + _YES + " {}",
)
LIKE_THE_SUITE = (
    "- **{}** (critical): 2026-11-20 11:25 UTC, 3 records",
    "- **{} {}** (warning): 2026-11-20 11:25 to 12:30 UTC, 3 records, 1 contact",
    "  - **{}** (critical): 2026-11-20 11:25 UTC, 1 record",
    "- **Signature failures (401)** (critical): 2026-11-20 11:25 UTC, 3 records {}",
    "- **Signature failures (401)** (critical): 2026-11-20 11:25 UTC, 3 records\n  {}",
    "- **Signature failures (401)** (critical): {}",
    "- **Critical errors** (critical): 2026-11-20 11:25 UTC, 3 records, {}",
    "  - First message: {}",
    "  - First message: `{}`",
    "  - First message: `{}` at `logs/a.jsonl:3`",
    "  - Likely cause, by its pattern: {}",
    "  - 3 × `{}`",
    "  - 3 × `{}` at `logs/a.jsonl:3`",
    "  - 3 × other kinds {}",
    "  - 3 × `[ARI] Kapso API error: N` {}",
    "  - **FAIL** {}: {}",
    "  - **WARN** Response time: {}",
    "  - **FAIL** Success rate: Success rate was looked at. {}",
    "  - **CRITICAL** Off-topic replies: {}",
    "- **Errors:** {}",
    "- **Status:** {}",
    "- **Time:** {}",
    "- **Configuration:** {}",
    "- **Action Items:** {}",
    "- **Red flags:** {}",
    "- **As of:** {}",
)
UNICODE = (
    "{} ünï 日本語 🎉 e\u0301 {}",
    "{} \u202e{}\u202c",
    "{}\u2028{}",
    "{}\u00a0{}",
    "{}\x0b{}",
    "{}\x0c{}",
    "{}\u200b{}\u200d",
    "{}\x85{}",
    "\u3000{}",
    "{} \\* \\_ \\` &amp; &#42; {}",
)

KINDS: dict[str, tuple[str, ...]] = {
    "paragraph": PARAGRAPHS,
    "list": LISTS,
    "quotation": QUOTES,
    "heading": HEADINGS_OF_PEOPLE,
    "fence": FENCES,
    "open": UNCLOSED,
    "HTML": HTML,
    "table": TABLES,
    "link": LINKS,
    "claim": CLAIMS,
    "like the suite": LIKE_THE_SUITE,
    "Unicode": UNICODE,
}

_FIELD = re.compile(r"( ?[-*+] (?:\*\*|__)(?!Notes|Start|Conversation|User|Bot|Quality|Tags)[^*_:]+:(?:\*\*|__)) .*")
_NESTED = re.compile(r"\s\s+[-*+] (?:\d|\*\*[A-Z]|First message|Likely cause)")
_OPEN_ENDED = re.compile(
    r"- \*\*(?:Notes|Conversation|User message|Bot response|Quality|Tags):\*\*|- \*\*Production Ready: \w+\*\*"
    r"|- \*\*.+\*\* \((?:critical|warning)\): \d"
)
_OWN_HEADINGS = frozenset(str(heading) for heading in HEADINGS[1:])


@dataclass
class Person:
    """Somebody who works on the document; ``edits`` counts what they did, ``added`` holds the lines that they put in
    which look like the suite's."""

    chance: random.Random
    edits: int = 0
    words: int = 0
    added: list[str] = field(default_factory=list)
    did: list[str] = field(default_factory=list)

    def edit(self, text: str) -> str:
        """The document after one more edit."""
        self.edits += 1
        doing = self.chance.choices(list(EDITS), list(EDITS.values()))[0]
        if doing in (_other_ends, _mark_in_front, _final_newline):
            return str(doing(self, text))
        ends = "\r\n" if "\r\n" in text else "\n"
        return ends.join(doing(self, text.split(ends)))

    def mark(self) -> str:
        """A word that stands nowhere else."""
        self.words += 1
        return f"zq{self.words}x"

    def fill(self, form: str) -> list[str]:
        """A form with new words in it, as lines."""
        filled = re.sub(r"\{\}", lambda _: self.mark(), form).split("\n")
        self.added += filled
        return filled

    def place(self, lines: list[str]) -> int:
        """Before which line something is added: anywhere, though more often where the suite writes most."""
        if self.chance.random() < 0.5:
            return self.chance.randrange(1, len(lines) + 1)
        name = self.chance.choice(
            ["## Conclusion", "## Issues Encountered", "## Metrics Summary", "## Recommendations"]
        )
        starts = [at for at, line in enumerate(lines) if line.startswith(name)]
        if not starts:
            return len(lines)
        return min(len(lines), starts[-1] + self.chance.randrange(1, 16))

    def line_of(self, lines: list[str], pattern: re.Pattern[str]) -> int | None:
        """A line of that form."""
        found = [at for at, line in enumerate(lines) if pattern.match(line)]
        return self.chance.choice(found) if found else None


def _added(person: Person, lines: list[str]) -> list[str]:
    kind = person.chance.choice(list(KINDS))
    form = person.chance.choice(KINDS[kind])
    person.did.append(f"{kind}: {form!r}")
    at = person.place(lines)
    return [*lines[:at], *person.fill(form), *lines[at:]]


def _behind(person: Person, lines: list[str]) -> list[str]:
    """Words behind a line of the suite's that has an end, or behind a label of people's."""
    at = person.line_of(lines, person.chance.choice((_NESTED, _OPEN_ENDED)))
    if at is None:
        return _added(person, lines)
    person.did.append(f"behind {lines[at]!r}")
    words = person.chance.choice(
        (" {}", " -- {}", "  {}", " ({})", " <!-- {} -->", " **{}**", ", {}", " `{}`", " | {}")
    )
    return [*lines[:at], lines[at] + person.fill(words)[0], *lines[at + 1 :]]


def _own_value(person: Person, lines: list[str]) -> list[str]:
    """Another value behind a label of the suite's: a line in a person's words, like those that they put in."""
    at = person.line_of(lines, _FIELD)
    if at is None:
        return lines
    person.did.append(f"value of {lines[at]!r}")
    label = _FIELD.match(lines[at])
    value = person.chance.choice(("", " 7", " [x]", " nothing", " STABLE", " COMPLETE", " 1 item", " not judged: so"))
    changed = (label[1] if label else lines[at]) + value
    person.added.append(changed)
    return [*lines[:at], changed, *lines[at + 1 :]]


def _answer(person: Person, lines: list[str]) -> list[str]:
    """The other answer in the one line."""
    other = {"YES": "NO", "NO": "YES"}
    person.did.append("the other answer")
    return [
        re.sub(r"^(- \*\*Production Ready: )(YES|NO)\*\*", lambda m: f"{m[1]}{other[m[2]]}**", line) for line in lines
    ]


def _span(person: Person, lines: list[str], longest: int) -> tuple[int, int]:
    start = person.chance.randrange(1, len(lines))
    return start, min(len(lines), start + person.chance.randint(1, longest))


def _deleted(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 4)
    keep = [line for line in lines[start:end] if line in _OWN_HEADINGS and person.chance.random() < 0.9]
    person.did.append(f"deleted {lines[start:end]!r}")
    return [*lines[:start], *keep, *lines[end:]]


def _moved(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 3)
    part = [line for line in lines[start:end] if line not in _OWN_HEADINGS]
    rest = [*lines[:start], *(line for line in lines[start:end] if line in _OWN_HEADINGS), *lines[end:]]
    at = person.place(rest)
    person.did.append(f"moved {part!r}")
    person.added += part
    return [*rest[:at], *part, *rest[at:]]


def _copied(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 2)
    part = [line for line in lines[start:end] if line not in _OWN_HEADINGS and not MARK.search(line)]
    at = person.place(lines)
    person.did.append(f"copied {part!r}")
    person.added += part
    return [*lines[:at], *part, *lines[at:]]


def _indented(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 3)
    by = person.chance.choice(("  ", " ", "\t", "    ", ""))
    changed = [by + line.lstrip() if line.strip() else line for line in lines[start:end]]
    person.did.append(f"indented {lines[start:end]!r} by {by!r}")
    person.added += changed
    return [*lines[:start], *changed, *lines[end:]]


def _other_bullet(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 5)
    by = person.chance.choice("*+-")
    person.did.append(f"bullets {by}")
    return [*lines[:start], *(re.sub(r"^(\s*)[-*+] ", rf"\1{by} ", line) for line in lines[start:end]), *lines[end:]]


def _trailing_blanks(person: Person, lines: list[str]) -> list[str]:
    start, end = _span(person, lines, 9)
    person.did.append("trailing blanks")
    return [*lines[:start], *(line + person.chance.choice(("", "  ", "\t")) for line in lines[start:end]), *lines[end:]]


def _blank_lines(person: Person, lines: list[str]) -> list[str]:
    person.did.append("blank lines")
    if person.chance.random() < 0.5:
        at = person.place(lines)
        return [*lines[:at], *[""] * person.chance.randint(1, 3), *lines[at:]]
    return [line for line in lines if line.strip() or person.chance.random() < 0.7]


def _other_ends(person: Person, text: str) -> str:
    person.did.append("other line endings")
    return text.replace("\r\n", "\n") if "\r\n" in text else text.replace("\n", "\r\n")


def _mark_in_front(person: Person, text: str) -> str:
    person.did.append("byte order mark")
    return text.removeprefix("\ufeff") if text.startswith("\ufeff") else "\ufeff" + text


def _final_newline(person: Person, text: str) -> str:
    person.did.append("final newline")
    return text.rstrip("\r\n") if person.chance.random() < 0.5 else text + "\n\n"


EDITS: dict[Callable[..., Any], int] = {
    _added: 60,
    _behind: 15,
    _own_value: 5,
    _answer: 2,
    _deleted: 4,
    _moved: 4,
    _copied: 3,
    _indented: 2,
    _other_bullet: 2,
    _trailing_blanks: 2,
    _blank_lines: 2,
    _other_ends: 1,
    _mark_in_front: 1,
    _final_newline: 1,
}
"""What a person does, and how often."""


def marks(text: str) -> Iterator[str]:
    """The words of people in a text, in order."""
    return (found[0] for found in MARK.finditer(text))
