"""A review keeps nothing but the document: each rating stands there at once, and what stands there is the review."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.monitoring_log import LONGEST_NOTES, read_checks
from logparse.review.sitting import Said, Sitting
from logparse.values.ratings import Quality, Sampled, Tag
from tests.builders.talks import cards, fine, sitting

FINE, POOR = Said(Quality.APPROPRIATE), Said(Quality.NEEDS_IMPROVEMENT, (Tag.HARMFUL,), "rude")


def test_a_rating_stands_in_the_document_at_once(tmp_path: Path) -> None:
    """With the sample it belongs to; another sitting over the same document goes on from there."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    held.rate(2, FINE)
    check = read_checks(held.document.read_text("utf-8"))[0]
    assert (check.ratings, check.sampled) == ((fine("b"),), Sampled("s", 3, 812))
    again = Sitting(held.document, held.check, held.cards, held.sample)
    assert (again.rated(), again.left, again.next_after()) == (1, 2, 1)
    assert again.told() == "check 1 (hour 4): 1 of 3 conversations rated, 0 need improvement"


def test_what_is_left_comes_in_turn(tmp_path: Path) -> None:
    """Behind the last one rated, then from the start; skipped ones not again."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    assert [held.next_after(number) for number in (0, 1, 2, 3)] == [1, 2, 3, 1]
    held.rate(1, FINE)
    assert [held.next_after(number) for number in (0, 1, 3)] == [2, 2, 2]
    assert held.next_after(1, {2}) == 3
    held.rate(2, FINE)
    held.rate(3, POOR)
    assert (held.next_after(), held.left) == (0, 0)
    assert held.told() == "check 1 (hour 4): 3 of 3 conversations rated, 1 needs improvement"


def test_what_people_write_into_the_document_meanwhile_counts(tmp_path: Path) -> None:
    """A rating by hand is shown as any other, and notes of two people stand side by side."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    held.rate(1, Said(Quality.APPROPRIATE, (), "first words"))
    text = held.document.read_text("utf-8")
    held.document.write_text(text.replace("appropriate\n", "Needs improvement\n", 1).replace("first", "other"), "utf-8")
    assert held.ratings()["a"].quality is Quality.NEEDS_IMPROVEMENT
    rating = held.rate(1, Said(Quality.APPROPRIATE, (), "my words", notes_before="first words"))
    assert rating.notes == "other words / my words"
    unchanged = held.rate(1, Said(Quality.APPROPRIATE, (), "older", notes_before="older"))
    assert unchanged.notes == "other words / my words"
    emptied = held.rate(1, Said(Quality.APPROPRIATE, (), "", notes_before="other words / my words"))
    assert emptied.notes == ""


A, N = Quality.APPROPRIATE, Quality.NEEDS_IMPROVEMENT

MEANWHILE: Mapping[str, tuple[Quality | None, Quality | None, Quality | None, Quality | None]] = {
    # what was shown, what stands there now, what the page says, what is kept
    "a page that only sends a note keeps what was changed by hand": (A, N, A, N),
    "and what was taken back by hand": (N, A, N, A),
    "of two who rate at once, needs-improvement stays": (None, N, A, N),
    "whoever of them came first": (None, A, N, N),
    "who saw the rating may change it": (N, N, A, A),
    "and take it back": (N, N, None, None),
}


@pytest.mark.parametrize(("shown", "there", "said", "kept"), MEANWHILE.values(), ids=MEANWHILE)
def test_a_rating_that_was_not_seen_is_not_written_over(
    shown: Quality | None, there: Quality | None, said: Quality | None, kept: Quality | None, tmp_path: Path
) -> None:
    """A page that stood open since before the document was changed does not undo the change."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    held.rate(1, Said(there))
    assert held.rate(1, Said(said, (), "a note", quality_before=shown)).quality is kept


def test_tags_that_were_not_seen_are_kept(tmp_path: Path) -> None:
    """Beside those that were chosen here, or as they are where none was."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    held.rate(1, Said(N, (Tag.HARMFUL,)))
    assert held.rate(1, Said(N, (), "a note", quality_before=N)).tags == (Tag.HARMFUL,)
    assert held.rate(1, Said(N, (Tag.OFF_TOPIC,), quality_before=N)).tags == (Tag.OFF_TOPIC, Tag.HARMFUL)
    seen = (Tag.OFF_TOPIC, Tag.HARMFUL)
    assert held.rate(1, Said(N, (), quality_before=N, tags_before=seen)).tags == ()


def test_words_that_are_no_rating_are_not_written_over_by_a_note(tmp_path: Path) -> None:
    """Somebody meant something by them; the line is told, and a rating that is chosen takes their place."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    held.rate(1, Said(A))
    text = held.document.read_text("utf-8").replace("appropriate\n", "not appropriate\n", 1)
    held.document.write_text(text, "utf-8")
    with pytest.raises(UsageProblem, match=r"'not appropriate' is no rating.*choose a rating here"):
        held.rate(1, Said(A, (), "a note", quality_before=A))
    assert held.document.read_text("utf-8") == text
    assert held.rate(1, Said(N, (), "a note", quality_before=A)).quality is N


def test_notes_alone_are_kept_without_a_rating(tmp_path: Path) -> None:
    """Somebody who is called away in the middle of a sentence finds it again; the conversation is half-filled."""
    held = sitting(tmp_path, cards("a", "b", "c"))
    rating = held.rate(1, Said(None, (), "I think that"))
    assert (rating.quality, rating.notes, rating.lacking) == (None, "I think that", ("Quality",))
    assert held.next_after() == 1


def test_notes_that_are_too_long_are_refused_and_change_nothing(tmp_path: Path) -> None:
    """They are never cut in silence."""
    held = sitting(tmp_path, cards("a"))
    before = held.document.read_text("utf-8")
    with pytest.raises(UsageProblem, match="too long"):
        held.rate(1, Said(Quality.APPROPRIATE, (), "x" * (LONGEST_NOTES + 1)))
    assert held.document.read_text("utf-8") == before
    assert held.rate(1, Said(Quality.APPROPRIATE, (), "*" * LONGEST_NOTES)).notes == "*" * LONGEST_NOTES


def test_a_document_that_was_damaged_meanwhile_is_told(tmp_path: Path) -> None:
    """Nothing is written into it."""
    held = sitting(tmp_path, cards("a"))
    held.document.write_text("# only a title\n", "utf-8")
    with pytest.raises(UsageProblem, match="missing"):
        held.rate(1, FINE)
    assert held.document.read_text("utf-8") == "# only a title\n"


def test_a_link_is_written_down_only_where_it_tells_nobodys_number(tmp_path: Path) -> None:
    """The document is shared; the page is not."""
    held = sitting(tmp_path, cards("k57", "628123456789", link="https://inbox.example.com/{key}"))
    held.rate(1, FINE)
    held.rate(2, FINE)
    text = held.document.read_text("utf-8")
    assert text.count("- **Link:** <https://inbox.example.com/k57>") == 1
    assert "inbox.example.com/6281" not in text
