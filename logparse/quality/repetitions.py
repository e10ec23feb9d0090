"""Detection of repetitions: the same reply later on, a message answered twice, a second greeting."""

from datetime import timedelta

from rapidfuzz import fuzz

from logparse.quality.comparable import begins_with, comparable, is_medium, numbers, phrases_of
from logparse.quality.look import LookAt, Noticed, Talk, Turn
from logparse.quality.words import words_of_all_languages
from logparse.settings.quality import QualityLimits
from logparse.values.conversation import Message

LEAST_REPEATED = 25
"""The fewest letters of a reply that is more than a yes or thanks."""

LEAST_DOUBLED = 12

NEAR = 92.0
"""The similarity in percent, by letters, from which two replies are the same."""

LIKE = 82.0
"""The similarity in percent, by words in any order, from which two replies in one turn say the same."""

SLIP = 75.0
"""The similarity in percent from which a word is a misspelling of another."""

LOOKED_BACK = 20
"""The number of earlier replies that a reply is compared with."""

POKES = frozenset({"p", "ping", "tes", "test", "kak", "min", "gan", "bro", "sis"})
"""Messages sent to get attention, which are answered with a greeting."""

PAUSE = timedelta(hours=1)
"""The pause after which a conversation begins anew, so that greeting again is polite."""


def repeated_replies(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds replies that were given before, to another message of the user."""
    found: list[Noticed] = []
    before: list[tuple[Message, str, str]] = []
    of = 0
    for turn in talk.turns:
        asked = " ".join(comparable(message.text) for message in turn.asked)
        new = []
        for reply in turn.replies:
            if is_medium(reply.text):
                continue
            of += 1
            words = comparable(reply.text)
            if len(words) < LEAST_REPEATED or not turn.asked:
                continue
            for earlier, earlier_words, earlier_asked in reversed(before[-LOOKED_BACK:]):
                if not _same_question(asked, earlier_asked) and _is_near(words, earlier_words):
                    found.append(
                        Noticed((earlier, *turn.asked[-1:], reply), "the reply was given before, to another message")
                    )
                    break
            new.append((reply, words, asked))
        before += new
    return LookAt(of, tuple(found))


def _same_question(one: str, other: str) -> bool:
    """Tells whether the user repeated a question, or thanks, so that the same reply is right."""
    words, others = set(one.split()), set(other.split())
    thanks = words_of_all_languages("thanks")
    if not words or (words & thanks and others & thanks):
        return True
    contained = min(len(words), len(others)) >= 3 and (words <= others or others <= words)
    return contained or fuzz.ratio(one, other, score_cutoff=80) > 0


def _is_near(one: str, other: str) -> bool:
    if one == other:
        return True
    # Replies that differ in a number, a size or a single letter say different things.
    if fuzz.ratio(one, other, score_cutoff=NEAR) == 0 or numbers(one) != numbers(other):
        return False
    own, others = set(one.split()) - set(other.split()), set(other.split()) - set(one.split())
    if any(len(word) <= 2 for word in own | others):
        return False
    # So do those with another word, like two states of an order; but a misspelling is not another word.
    return not own or not others or all(any(fuzz.ratio(word, each) >= SLIP for each in others) for word in own)


def answered_twice(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds messages answered twice: two replies in one turn that say the same."""
    found: list[Noticed] = []
    answered = [turn for turn in talk.turns if turn.asked and turn.replies]
    for turn in answered:
        pair = _doubled(turn)
        if pair:
            found.append(Noticed((*turn.asked[-1:], *pair), "two replies to one message say the same"))
    return LookAt(len(answered), tuple(found))


def _doubled(turn: Turn) -> tuple[Message, Message] | None:
    replies = [reply for reply in turn.replies if not is_medium(reply.text)]
    for at, reply in enumerate(replies):
        words = comparable(reply.text)
        if len(words) < LEAST_DOUBLED:
            continue
        for earlier in replies[max(0, at - LOOKED_BACK) : at]:
            if _says_the_same(comparable(earlier.text), words):
                return earlier, reply
    return None


def _says_the_same(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < LEAST_REPEATED or numbers(one) != numbers(other):
        return False
    return fuzz.token_sort_ratio(one, other) >= LIKE or (
        min(len(one.split()), len(other.split())) >= 6 and fuzz.token_set_ratio(one, other) >= 95
    )


def greetings_again(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds replies that greet in the middle of a conversation, though the user did not."""
    greetings = phrases_of(limits.greetings)
    found: list[Noticed] = []
    of = 0
    before: Message | None = None
    for turn in talk.turns:
        greeted = any(_greets(message, greetings) for message in turn.asked)
        for at, reply in enumerate(turn.replies):
            if before is not None and turn.asked and reply.time - before.time < PAUSE and not is_medium(reply.text):
                of += 1
                if at == 0 and not greeted and begins_with(comparable(reply.text), greetings):
                    found.append(
                        Noticed((before, *turn.asked[-1:], reply), "the reply greets in the middle of a conversation")
                    )
        before = turn.replies[-1] if turn.replies else before
    return LookAt(of, tuple(found))


def _greets(message: Message, greetings: frozenset[str]) -> bool:
    """Tells whether a user greets among the first words, or just wants attention."""
    words = comparable(message.text).split()[:4]
    if POKES.issuperset(words):
        return True
    return any(
        " ".join(words[at:end]) in greetings for at in range(len(words)) for end in range(at + 1, len(words) + 1)
    )
