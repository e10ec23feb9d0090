"""A review keeps nothing but the document: each rating stands there at once, and what stands there is the review."""

from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.monitoring_log import LONGEST_NOTES, read_checks
from logparse.quality.rating import Quality, Sampled, Tag
from logparse.review.sitting import Said, Sitting
from tests.unit.review.talks import cards, fine, sitting

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
    assert (rating.quality, rating.notes) == (Quality.APPROPRIATE, "other words / my words")
    unchanged = held.rate(1, Said(Quality.APPROPRIATE, (), "older", notes_before="older"))
    assert unchanged.notes == "other words / my words"
    emptied = held.rate(1, Said(Quality.APPROPRIATE, (), "", notes_before="other words / my words"))
    assert emptied.notes == ""


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
