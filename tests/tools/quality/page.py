"""docs/quality-findings.md: what the machine finds in conversations, and how well, from the labelled set."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from logparse.values.suspicions import TITLES, SuspicionKind
from tests.tools.quality.labelled import PARTS, Labelled, Score, by_language, read, scores, shown, wrongs

PATH = Path(__file__).parents[3] / "docs" / "quality-findings.md"

HOW: Mapping[SuspicionKind, str] = {
    SuspicionKind.OTHER_LANGUAGE: "the language of a reply and that of the user's newest words in which one can be told"
    " differ. Short texts tell none, and texts with words of both languages are left"
    " alone; Indonesian and Malay count as one. Needs the extra `quality`",
    SuspicionKind.REPEATED_REPLY: "a reply of 25 letters or more that was given before in the conversation, to another"
    " message; replies that differ in a number or a short word (a size) are others",
    SuspicionKind.GREETING_AGAIN: "a reply that begins with a greeting (`quality_greetings`), less than an hour after"
    " another reply, where the user did not greet",
    SuspicionKind.UNANSWERED: "a question, known by its mark or by a word that asks, without a reply within"
    " `answering_limit` minutes; those asked later than so long before the end are not"
    " judged",
    SuspicionKind.FOREIGN_REPLY: "a reply that quotes a message of another conversation by its id, or that tells a"
    " code, an address or a name that only the user of one other conversation wrote in the"
    " half hour before. A text that merely resembles one elsewhere tells nothing, because"
    " a bot says the same to many: such mix-ups are not found",
    SuspicionKind.ANSWERED_TWICE: "two replies to the same message that say the same, also in other words",
    SuspicionKind.FALLBACK: "a reply with one of the texts of `quality_fallbacks`",
    SuspicionKind.EMPTY_REPLY: "a reply in which there is nothing to read, or `null`, `undefined` and the like",
    SuspicionKind.CUT_OFF: "a reply that ends with a word or sign after which a sentence goes on, where no other"
    " message does go on",
}
"""How each is told."""

FRONT = """\
# What the machine finds in conversations, and how well

Written by `python -m tests.tools.quality --write`; a test holds it up to date.

With [transcripts](transcripts.md) beside the logs, each conversation is looked at for what a machine can tell without
guessing. Findings only point: they warn, go first into the sample that people rate, and fail response quality only
where the setting `quality_fail` says so. None of them makes an answer a good one.

| finding | name | how it is told |
| --- | --- | --- |
{how}

## How well

Tried on {count} short conversations that were made for this, as people have them with a shop, a hotel or a school: with
typos, emojis, mixed languages and single letters, and among them many that only look wrong. Each is labelled with the
findings that are right for it. Languages: {languages}.

The set has three parts, in `tests/tools/quality/labelled/`. On the {tuned} of `tuned.jsonl` the findings were tried
while they were made. The {looked} of `looked-at.jsonl` were kept for the end; what came out when they were looked at
(same reply again: precision 9 of 12; reply in another language: recall 10 of 11) led to changes of these two, and two
slips among their labels were corrected (`en-b09`, `mix-b04`). The {kept} of `held-out.jsonl` were written after that
and changed nothing: their numbers are the ones to go by. All were written by the same hand, so a bot of another kind
will give other numbers. Precision: of what was found, how much is right. Recall: of what is right, how much was
found. A conversation counts once for each finding; in brackets the counts, and the 95 % interval (Wilson).
"""


def page() -> str:
    """The whole page, from the labelled set as the findings judge it now."""
    parts = {part: read(part) for part in PARTS}
    everything = [each for labelled in parts.values() for each in labelled]
    how = "\n".join(f"| {TITLES[kind]} | `{kind}` | {text} |" for kind, text in HOW.items())
    languages = ", ".join(f"{name} {count}" for name, count in by_language(everything).items())
    front = FRONT.format(
        how=how,
        count=len(everything),
        languages=languages,
        tuned=len(parts["tuned"]),
        looked=len(parts["looked-at"]),
        kept=len(parts["held-out"]),
    )
    return front + "".join(line for part, labelled in parts.items() for line in _part(part, labelled))


def _part(part: str, labelled: Sequence[Labelled]) -> Iterator[str]:
    kinds = scores(labelled)
    yield f"\n### {part.capitalize()}: {len(labelled)} conversations\n\n"
    yield "| finding | precision | recall |\n| --- | --- | --- |\n"
    yield "".join(_row(kind, score) for kind, score in kinds.items())
    cases = list(wrongs(labelled, kinds))
    yield "\nThe cases that it gets wrong:\n\n" if cases else "\nIt gets none wrong.\n"
    yield "".join(f"- **{what}** {TITLES[kind]}, `{name}`: {words}\n" for kind, name, what, words in cases)


def _row(kind: SuspicionKind, score: Score) -> str:
    return f"| {TITLES[kind]} | {shown(score.precision)} | {shown(score.recall)} |\n"
