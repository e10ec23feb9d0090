"""The quality checks: read the same whoever filled them in, and written so that nothing of people's is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.monitoring_log import RatedConversation, put_rating, read_checks, sampled_text, slips
from logparse.values.ratings import Check, Quality, Rating, Sampled, Slip, Tag
from tests.builders.examples import examples
from tests.builders.verdicts import after, fresh, section

HEADING = "### Check 1 (Hour 4)"
FINE, POOR = Quality.APPROPRIATE, Quality.NEEDS_IMPROVEMENT
WHOLE = Rating("contact 7", "where is my parcel", "It comes today.", FINE)


def filled(section_text: str, text: str = "") -> str:
    """A document in whose first check stands this, and nothing else."""
    text = text or fresh()
    return text.replace(section(text, HEADING), f"{HEADING}\n\n{section_text}\n")


def first(text: str) -> Check:
    """The first check of a document."""
    return read_checks(text)[0]


WAYS = {
    "as the form has it": """
- **Conversation:** contact 7
- **User message:** where is my parcel
- **Bot response:** It comes today.
- **Quality:** appropriate
- **Tags:** none
- **Notes:**""",
    "without tags and notes, which came later": """
- **Conversation:** contact 7
- **User message:** where is my parcel
- **Bot response:** It comes today.
- **Quality:** Appropriate""",
    "with other bullets, in another order, labels in small letters": """
* **conversation**: contact 7
+ **quality:** ✓ appropriate
* **bot response**: It comes today.
* __user message:__ where is my parcel""",
    "without bullets or emphasis": """
Conversation: contact 7
User-message: `where is my parcel`
Bot response: It comes
today.
Quality: appropriate""",
    "as a numbered list of nested items": """
1. **Conversation:** contact 7
   - **User message:** where is my parcel
   - **Bot response:** It comes today.
   - **Quality (appropriate / needs-improvement):**
     - [x] appropriate
     - [ ] needs-improvement""",
    "as a quotation": """
> - **Conversation:** contact 7
> - **User message:** where is my parcel
> - **Bot response:** It comes today.
> - **Quality:** appropriate""",
    "with blank lines between": """
- **Conversation:** contact 7

- **User message:** where is my parcel

- **Bot response:** It comes today.

- **Quality:**

  - [x] appropriate
""",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_conversation_is_read_the_same_however_it_was_written(way: str, ends: str) -> None:
    """Order, bullets, emphasis, nesting and line ends are people's own."""
    check = first(filled(WAYS[way]).replace("\n", ends))
    assert check.ratings == (WHOLE,)
    assert check.slips == ()


BLOCK = WAYS["as the form has it"].strip()
UNNAMED = BLOCK.split("\n", 1)[1]
BETWEEN = {
    "nothing": "\n",
    "a blank line": "\n\n",
    "a rule": "\n\n---\n\n",
    "a heading of people's own": "\n\n#### The second one\n\n",
    "a remark": "\n\nThat was the first. The next:\n\n",
}


@pytest.mark.parametrize("between", BETWEEN)
def test_conversations_are_set_apart_in_several_ways(between: str) -> None:
    """By the label of the next one, a rule, a heading, or words."""
    check = first(filled(BETWEEN[between].join([BLOCK, BLOCK.replace("appropriate", "needs improvement")])))
    assert check.ratings == (WHOLE, replace(WHOLE, quality=POOR))


def test_a_label_that_comes_again_begins_another_conversation() -> None:
    """Two ratings never become one, even where nobody named the conversations."""
    check = first(filled(f"{UNNAMED}\n\n{UNNAMED.replace('appropriate', 'needs-improvement')}"))
    assert [rating.quality for rating in check.ratings] == [FINE, POOR]
    assert [rating.lacking for rating in check.ratings] == [("Conversation",), ("Conversation",)]


def test_a_fresh_form_holds_nothing() -> None:
    """Its placeholders are no ratings, and none of its checks has anything wrong."""
    assert read_checks(fresh()) == (Check(1, 4), Check(2, 12), Check(3, 24))
    assert [check.missing for check in read_checks(fresh())] == [
        "check 1 (hour 4) is not filled in",
        "check 2 (hour 12) is not filled in",
        "check 3 (hour 24) is not filled in",
    ]


def test_a_form_without_tags_is_as_fresh() -> None:
    """Documents that were begun before there were tags are read as ever."""
    without = "\n".join(line for line in fresh().split("\n") if not line.startswith("- **Tags:**"))
    assert read_checks(without) == read_checks(fresh())


HALVES = [
    ("- **Quality:** appropriate", "- **Quality:** [appropriate / needs-improvement]", ("Quality",)),
    ("- **Quality:** appropriate\n", "", ("Quality",)),
    ("contact 7", "[which one, without names or numbers]", ("Conversation",)),
    ("It comes today.", "", ("Bot response",)),
    ("It comes today.", "[what the bot answered, masked]", ("Bot response",)),
]


@pytest.mark.parametrize(("there", "instead", "lacking"), HALVES, ids=[half[1] or half[0] for half in HALVES])
def test_a_half_filled_conversation_is_said_to_be_so(there: str, instead: str, lacking: tuple[str, ...]) -> None:
    """It names what it lacks, and does not count as rated; a rating in it stays one."""
    check = first(filled("\n\n".join([BLOCK, BLOCK, BLOCK, BLOCK.replace(there, instead)])))
    assert check.ratings[3].lacking == lacking
    assert check.rated == 3
    assert check.missing == (
        f"check 1 (hour 4): 3 of at least 3 conversations rated; conversation 4 is half-filled, without {lacking[0]}"
    )


def test_a_rating_that_cannot_be_read_is_told_with_its_line() -> None:
    """The line is that of the text that was read; the check is not whole."""
    text = filled("\n\n".join([BLOCK, BLOCK, BLOCK.replace("appropriate", "so-so")]))
    line = next(number for number, line in enumerate(text.split("\n"), start=1) if "so-so" in line)
    (said,) = slips(text, "somewhere/LOG.md", [4])
    assert said.startswith(f"LOG.md:{line}: 'so-so' is no rating")
    assert "'so-so' is no rating" in first(text).missing
    assert slips(text, "LOG.md", [12, 24]) == ()


def test_harmful_and_appropriate_contradict_each_other() -> None:
    """Nobody knows which of the two was meant, so it is told."""
    check = first(filled(BLOCK.replace("none", "harmful")))
    assert check.rated == 0
    assert "rated appropriate but tagged harmful" in check.missing


OUTSIDE = [
    "| contact 7 | needs-improvement |",
    "#### needs improvement: contact 7",
    "Contact 7 needs-improvement.",
    "Contact 7 **needs** improvement",
    "Contact 7: needs\u2011improvement",
    "contact 7: need improvement",
]


@pytest.mark.parametrize("line", OUTSIDE)
def test_a_rating_behind_no_label_is_told(line: str) -> None:
    """In a table, a heading or a sentence it cannot be counted, and must not be overlooked."""
    check = first(filled(f"{line}\n\n{BLOCK}"))
    assert check.slips == (
        Slip(0, "'needs-improvement' stands here behind no label; write it behind one, **Quality:**"),
    )


def test_code_and_comments_are_no_ratings() -> None:
    """What is shown as an example is not what was rated."""
    assert first(filled(f"```\n{BLOCK}\n```\n\n<!--\n{BLOCK}\n-->")).ratings == ()


def test_a_document_without_the_section_is_refused() -> None:
    """As in every other reading of it."""
    with pytest.raises(UsageProblem, match="Check 1"):
        read_checks(fresh().replace(HEADING, "### Check one"))


ENTRY = RatedConversation("contact 7", "where is my parcel", "It comes today.", FINE)
SAMPLE = sampled_text(Sampled("s-4", 3, 812), ", 1 suspicious first")


def test_what_is_written_reads_the_same_as_what_people_write() -> None:
    """One form for both: the ratings are equal, and so is what a fresh form becomes."""
    by_hand = first(filled(BLOCK))
    written = first(put_rating(fresh(), 4, ENTRY, SAMPLE))
    assert written.ratings == by_hand.ratings
    assert written.sampled == Sampled("s-4", 3, 812)
    text = put_rating(fresh(), 4, ENTRY, SAMPLE)
    assert section(text, HEADING).split("\n")[2:] == [
        "- **Sample:** seed s-4, 3 of 812 conversations, 1 suspicious first",
        "",
        "- **Conversation:** contact 7",
        "- **User message:** `where is my parcel`",
        "- **Bot response:** `It comes today.`",
        "- **Quality:** appropriate",
        "- **Tags:** none",
        "- **Notes:**",
        "",
    ]


def test_further_conversations_come_behind_and_changed_ones_stay_where_they_are() -> None:
    """A rating that is given again replaces the one of the same conversation, and no other."""
    text = put_rating(fresh(), 4, ENTRY, SAMPLE)
    text = put_rating(text, 4, replace(ENTRY, conversation="contact 9", link="https://inbox.example.com/9"), SAMPLE)
    text = put_rating(text, 4, replace(ENTRY, quality=POOR, tags=(Tag.HARMFUL,), notes="rude"), SAMPLE)
    assert first(text).ratings == (
        replace(WHOLE, quality=POOR, tags=(Tag.HARMFUL,), notes="rude"),
        replace(WHOLE, conversation="contact 9"),
    )
    assert "- **Link:** <https://inbox.example.com/9>" in section(text, HEADING)
    assert read_checks(text)[1:] == (Check(2, 12), Check(3, 24))


def test_what_people_wrote_stays_around_what_is_written() -> None:
    """Remarks, own conversations, other words for a message and unknown labels survive; boxes become the word."""
    theirs = """I read these on the train.

- **Conversation:** one of mine
- **User message:** hi
- **Bot response:** hello
- **Quality:** appropriate

1. **Conversation:** contact 7
   - **User message:** in my own words
   - **Mood:** calm
   - **Quality:**
     - [x] appropriate
     - [ ] needs-improvement

| a | table |
"""
    text = put_rating(filled(theirs), 4, replace(ENTRY, quality=POOR, notes="slow"), SAMPLE)
    assert first(text).ratings == (
        Rating("one of mine", "hi", "hello", FINE),
        replace(WHOLE, user_message="in my own words", quality=POOR, notes="slow"),
    )
    for line in theirs.split("\n"):
        assert line in section(text, HEADING).split("\n") or "Quality" in line or "[" in line, line


TEXTS = st.text(alphabet=st.sampled_from("ab *_`|<>[]()#-+=~$&\\!:/1.\n\t\u200b\u00a0é") | st.characters(codec="utf-8"))


@examples(100)
@given(
    conversations=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3, unique=True),
    said=TEXTS,
    notes=TEXTS | st.just("- **Quality:** appropriate\n### Check 2 (Hour 12)\n```"),
    quality=st.sampled_from(Quality),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_no_text_changes_what_the_document_says(
    conversations: list[str], said: str, notes: str, quality: Quality, ends: str
) -> None:
    """Hostile texts and notes leave the other sections alone; writing twice changes nothing; each rating is whole."""
    text = after(4).replace("\n", ends)
    others = read_checks(text)[1:]
    outside = text.replace("\r\n", "\n").replace(section(text.replace("\r\n", "\n"), HEADING), "")
    for name in conversations:
        entry = RatedConversation(f"c{len(name)} " + "".join(name.split()), said, said or "x", quality, (), notes)
        text = put_rating(text, 4, entry, SAMPLE)
        assert put_rating(text, 4, entry, SAMPLE) == text
    check = first(text)
    assert all(rating.quality is quality and rating.whole for rating in check.ratings), check.missing
    assert read_checks(text)[1:] == others
    assert text.replace("\r\n", "\n").replace(section(text.replace("\r\n", "\n"), HEADING), "") == outside


PIECES = (
    "{}",
    "",
    "  {}",
    "- {}",
    "---",
    "#### {}",
    "> {}",
    "| {} | needs-improvement |",
    "- **Conversation:** {}",
    "1. **Conversation:** {}",
    "   - **User message:** {}",
    "- **Bot response:** {}",
    "- **Bot response:** [what the bot answered, masked]",
    "- **Quality:** {}",
    "- **Quality:** appropriate",
    "- **Quality:** [appropriate / needs-improvement]",
    "  - [x] needs-improvement {}",
    "- **Tags:** {}",
    "* __notes__: {}",
    "- **Mood:** {}",
    "```\n- **Quality:** {}\n```",
    "<!-- {} -->",
)
"""What people may write in a check, in any order."""


@examples(100)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_people_wrote_survives_a_rating_beside_it(pieces: list[str]) -> None:
    """Each of their words stands there still, once; the new rating is read; what they rated is what it was."""
    marks = [f"PERSON-{at}." for at in range(len(pieces))]
    text = filled("\n".join(piece.format(mark) for piece, mark in zip(pieces, marks, strict=True)))
    before = first(text)
    after_it = put_rating(text, 4, ENTRY, SAMPLE)
    assert [mark for mark in marks if text.count(mark) != after_it.count(mark)] == []
    now = first(after_it)
    assert now.ratings.count(WHOLE) == 1
    assert [one for one in now.ratings if one != WHOLE] == list(before.ratings)
    assert put_rating(after_it, 4, ENTRY, SAMPLE) == after_it
