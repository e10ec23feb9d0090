"""One conversation as it is shown: masked, up to the check, with the exchange that the document quotes."""

from dataclasses import replace

import pytest

from logparse.review.card import LONGEST_TEXT, NO_MESSAGE, NO_REPLY, card_of, link_to, masked_message
from logparse.text.masking import masker
from logparse.values.conversation import Conversation, Direction
from logparse.values.suspicions import SuspicionKind
from tests.builders.talks import FIRST, MINUTE, START, plain, suspicion, talk

NUMBER = "+62 812 3456 7890"


def test_texts_are_masked_line_by_line() -> None:
    """No number is shown, and lines stay lines."""
    card = card_of(talk("c", f"call {NUMBER}\nor write", "Yes."), (), FIRST, plain)
    assert [bubble.text for bubble in card.bubbles] == ["call ***\nor write", "Yes."]
    assert card.user_message == "call ***\nor write"


def test_a_long_answer_is_shown_whole_and_masked_all_the_same() -> None:
    """The mask looks at 500 characters at a time; a text is parted where sentences end, so no number is torn."""
    sentence = f"The warehouse is open every day, call {NUMBER} for more. "
    text = masked_message(sentence * 30, masker())
    assert len(sentence * 30) > 3 * 500
    assert text.count("The warehouse is open") == 30
    assert "7890" not in text
    assert "…" not in text


def test_one_endless_sentence_is_cut_by_the_mask() -> None:
    """Where no sentence ends, what could be a torn number is left out."""
    text = masked_message("word " * 300 + NUMBER, masker())
    assert text.endswith("…")
    assert "7890" not in text


def test_a_text_of_megabytes_is_cut() -> None:
    """No more than a few thousand characters are shown."""
    text = masked_message("A word. " * 1_000_000, masker())
    assert len(text) <= LONGEST_TEXT + 1
    assert text.endswith("…")


def test_what_came_after_the_check_is_not_shown_and_what_was_before_is_marked() -> None:
    """Whoever rates hour 4 sees what had been said by then."""
    card = card_of(talk("c", "a", "b", "c", "d", minute=-2), (), FIRST, plain)
    assert [bubble.inside for bubble in card.bubbles] == [False, False, True, True]
    card = card_of(talk("c", "a", "b", "c", "d", minute=238), (), FIRST, plain)
    assert [bubble.text for bubble in card.bubbles] == ["a", "b"]


def test_a_very_long_conversation_shows_its_end() -> None:
    """And says how much is left out."""
    card = card_of(talk("c", *["x"] * 230, minute=1), (), FIRST, plain)
    assert (len(card.bubbles), card.left_out) == (200, 30)


EXCHANGES = {
    "the last that was answered": (talk("c", "a", "A", "b", "B", "c"), (), ("b", "B")),
    "the suspicious one": (talk("c", "a", "A", "b", "B"), (suspicion("c", minute=11),), ("a", "A")),
    "a question without a reply": (talk("c", "a"), (), ("a", NO_REPLY)),
    "no message of these hours": (talk("c", "a", "A", minute=-9), (), (NO_MESSAGE, NO_REPLY)),
}


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_document_quotes_one_exchange(name: str) -> None:
    """What the user wrote, and what the bot answered to it."""
    conversation, suspicions, expected = EXCHANGES[name]
    card = card_of(conversation, suspicions, FIRST, plain)
    assert (card.user_message, card.bot_response) == expected


def test_a_bot_that_speaks_first_is_quoted_without_a_question() -> None:
    """There was no message of the user."""
    one = talk("c", "x", "Hello!")
    only = Conversation("c", "c", one.messages[1:])
    card = card_of(only, (), FIRST, plain)
    assert (card.user_message, card.bot_response) == (NO_MESSAGE, "Hello!")


def test_what_the_machine_noticed_is_told_and_marked() -> None:
    """In people's words, once for each thing, at the messages concerned."""
    card = card_of(
        talk("c"), (suspicion("c", minute=11),) * 2 + (suspicion("c", SuspicionKind.FALLBACK),), FIRST, plain
    )
    assert card.noticed == ("same reply again: it was said before (2 times)", "fallback text: it was said before")
    assert [bubble.suspicious for bubble in card.bubbles] == [False, True]
    assert card.bubbles[1].direction is Direction.BOT
    assert card.bubbles[1].time == START + 11 * MINUTE


INBOX = "https://inbox.example.com/c/{conversation}?from=review"


@pytest.mark.parametrize(
    ("key", "link", "tells"),
    [
        ("k57", "https://inbox.example.com/c/k57?from=review", False),
        ("a b/../?x=<y>&z", "https://inbox.example.com/c/a%20b%2F..%2F%3Fx%3D%3Cy%3E%26z?from=review", False),
        ("javascript:alert(1)", "https://inbox.example.com/c/javascript%3Aalert%281%29?from=review", False),
        ("budi@c.us", "https://inbox.example.com/c/budi%40c.us?from=review", True),
        ("628123456789", "https://inbox.example.com/c/628123456789?from=review", True),
        (NUMBER, "https://inbox.example.com/c/%2B62%20812%203456%207890?from=review", True),
    ],
)
def test_the_link_is_where_the_conversation_is_found(key: str, link: str, tells: bool) -> None:
    """Its key is encoded; where it is a number that must not be written down, the card says so."""
    card = card_of(talk("c", key=key), (), FIRST, masker(), INBOX)
    assert (card.link, card.link_tells) == (link, tells)


def test_without_a_setting_there_is_no_link() -> None:
    """Nor where a conversation has no key."""
    assert link_to(talk("c"), "") == ""
    assert link_to(replace(talk("c"), key=""), INBOX) == ""
