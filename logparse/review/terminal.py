"""The review in the terminal: one conversation after the other, with a line of choices for each."""

from collections.abc import Callable, Iterator

from logparse.errors import UsageProblem
from logparse.review.card import Card
from logparse.review.sitting import OPEN, Said, Sitting
from logparse.text.escape import printable
from logparse.text.wording import moment, plural
from logparse.values.conversation import Direction
from logparse.values.ratings import Quality, Rating, Tag

CHOICES = "[a]ppropriate, [n]eeds improvement, [s]kip, [b]ack, [q]uit"
TAGS = ", ".join(f"{number} {tag}" for number, tag in enumerate(Tag, start=1))

Prompt = Callable[[str], str]
"""Shows a prompt and returns the typed line; raises EOFError at the end of input."""


def review(sitting: Sitting, ask: Prompt, say: Callable[[str], None]) -> None:
    """Asks for the missing ratings; writes each before it shows the next conversation."""
    say(f"{sitting.check.title}: {sitting.sample}")
    for problem in sitting.problems:
        say(f"note: {problem}")
    skipped: set[int] = set()
    number = sitting.next_after()
    while number:
        card = sitting.cards[number - 1]
        known = sitting.ratings().get(card.name, OPEN)
        for line in card_lines(card, number, len(sitting.cards), known):
            say(line)
        answer = _one_of(ask, say, CHOICES, "ansbq")
        if answer == "q":
            break
        if answer == "b":
            number = max(1, number - 1)
            continue
        if answer in "an":
            quality = Quality.APPROPRIATE if answer == "a" else Quality.NEEDS_IMPROVEMENT
            _rate(sitting, number, quality, known, ask, say)
        else:
            # A skipped conversation is asked for again in another run, or by going back.
            skipped.add(number)
        number = sitting.next_after(number, skipped)
    say(sitting.told())


def card_lines(card: Card, number: int, of: int, known: Rating) -> Iterator[str]:
    """Yields a conversation as lines for the terminal."""
    yield ""
    yield f"--- {number} of {of}: {card.name} ---"
    if card.link:
        yield f"in full: {card.link}"
    if card.partial:
        yield "there is no transcript: these are pieces of texts from the logs"
    for line in card.noticed:
        yield f"noticed: {line}"
    if card.left_out:
        yield f"({plural(card.left_out, 'earlier message')} not shown)"
    for bubble in card.bubbles:
        mark = "!" if bubble.suspicious else " " if bubble.inside else "·"
        who = "user" if bubble.direction is Direction.USER else "bot "
        first, *rest = bubble.text.split("\n")
        yield f"{mark} {moment(bubble.time)}  {who} | {first}"
        yield from (f"{' ' * 24}     | {line}" for line in rest)
    if known.quality or known.notes:
        tags = f", {', '.join(known.tags)}" if known.tags else ""
        yield f"so far: {known.quality or 'not rated'}{tags}{f', notes: {known.notes}' if known.notes else ''}"


def _rate(
    sitting: Sitting, number: int, quality: Quality, known: Rating, ask: Prompt, say: Callable[[str], None]
) -> None:
    """Asks for tags and notes, and writes them; writes the rating itself first, whatever follows."""
    kept = known.tags if quality is known.quality else ()
    first = Said(quality, kept, known.notes, known.notes, known.quality, known.tags)
    now = sitting.rate(number, first)
    tags = _tags(ask, say) if quality is Quality.NEEDS_IMPROVEMENT else ()
    while True:
        notes = ask(f"notes (Enter for {'those above' if known.notes else 'none'}): ").strip() or known.notes
        try:
            sitting.rate(number, Said(now.quality, tags, notes, known.notes, now.quality, now.tags))
            return
        except UsageProblem as problem:
            say(printable(str(problem)))


def _tags(ask: Prompt, say: Callable[[str], None]) -> tuple[Tag, ...]:
    """Asks for tags by their numbers."""
    while True:
        words = ask(f"tags ({TAGS}; Enter for none): ").replace(",", " ").split()
        if all(word.isdecimal() and 1 <= int(word) <= len(Tag) for word in words):
            return tuple(tag for number, tag in enumerate(Tag, start=1) if str(number) in words)
        say(f"type the numbers of tags, 1 to {len(Tag)}, with spaces between, or nothing")


def _one_of(ask: Prompt, say: Callable[[str], None], choices: str, keys: str) -> str:
    while True:
        answer = ask(f"{choices}: ").strip().lower()
        if answer[:1] in keys and answer:
            return answer[:1]
        say(f"type one of the letters {', '.join(keys)}")
