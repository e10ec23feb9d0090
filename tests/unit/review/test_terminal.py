"""A review in the terminal: letters and numbers, written down as on the page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from logparse.review.card import card_of
from logparse.review.sitting import Said
from logparse.review.terminal import card_lines, review
from logparse.values.ratings import Quality, Rating, Tag
from tests.builders.talks import FIRST, cards, fine, plain, sitting, suspicion, talk

FINE, POOR = Quality.APPROPRIATE, Quality.NEEDS_IMPROVEMENT


def held(folder: Path, answers: Sequence[str], *names: str) -> tuple[dict[str, Rating], list[str]]:
    """What the document says of conversations after these answers, and all that was shown and asked."""
    seat = sitting(folder, cards(*(names or ("a", "b", "c"))))
    said: list[str] = []
    left = iter(answers)

    def ask(prompt: str) -> str:
        said.append(prompt)
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer

    review(seat, ask, said.append)
    assert list(left) == []
    return dict(seat.ratings()), said


def test_letters_rate_and_numbers_tag(tmp_path: Path) -> None:
    """One conversation after the other; the last line says how it came out."""
    ratings, said = held(tmp_path, ["a", "", "N", "5 2", "about the weather", "appropriate", "good"])
    assert (ratings["a"], ratings["c"].notes) == (fine("a"), "good")
    assert ratings["b"].tags == (Tag.OFF_TOPIC, Tag.HARMFUL)
    assert (ratings["b"].quality, ratings["b"].notes) == (POOR, "about the weather")
    assert said[-1] == "check 1 (hour 4): 3 of 3 conversations rated, 1 needs improvement"


def test_what_is_no_answer_is_asked_again(tmp_path: Path) -> None:
    """Other letters, other numbers, notes that are too long."""
    ratings, said = held(tmp_path, ["", "x", "n", "6", "harmful", "1,3", "x" * 1001, "short"], "a")
    assert ratings["a"].tags == (Tag.WRONG_LANGUAGE, Tag.REPETITIVE)
    assert ratings["a"].notes == "short"
    assert sum("type one of the letters" in line for line in said) == 2
    assert sum("type the numbers of tags" in line for line in said) == 2
    assert sum("too long" in line for line in said) == 1


def test_going_back_skipping_and_leaving(tmp_path: Path) -> None:
    """What was skipped is not shown again in this run; going back rates anew; leaving keeps all."""
    ratings, _ = held(tmp_path, ["s", "a", "", "b", "n", "", "", "q"])
    assert {name: rating.quality for name, rating in ratings.items()} == {"b": POOR}
    ratings, said = held(tmp_path, ["s", "s", "s"])
    assert ratings == {}
    assert said[-1].endswith("0 of 3 conversations rated, 0 need improvement")


@pytest.mark.parametrize("answers", [["n"], ["n", "5"]], ids=["before the tags", "before the notes"])
def test_a_rating_is_kept_whatever_follows(answers: list[str], tmp_path: Path) -> None:
    """Where the terminal is closed behind the letter, the rating stands."""
    seat = sitting(tmp_path, cards("a"))
    left = iter(answers)

    def ask(_: str) -> str:
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer

    with pytest.raises(EOFError):
        review(seat, ask, lambda _: None)
    assert seat.ratings()["a"].quality is POOR


def test_it_begins_with_what_is_left(tmp_path: Path) -> None:
    """What was rated on the page is not asked again."""
    seat = sitting(tmp_path, cards("a", "b"))
    seat.rate(1, Said(FINE))
    answers: Iterator[str] = iter(["a", ""])
    said: list[str] = []
    review(seat, lambda _: next(answers), said.append)
    assert "--- 2 of 2: b ---" in said
    assert "--- 1 of 2: a ---" not in said


def test_a_conversation_is_shown_with_all_that_is_known() -> None:
    """Who wrote what and when, what was noticed, where it can be read, what was said of it so far."""
    odd = (suspicion("k57", minute=11),)
    card = card_of(talk("k57", "line one\nline two", minute=10), odd, FIRST, plain, "https://x.example.com/{key}")
    lines = list(card_lines(card, 1, 3, Rating(quality=POOR, tags=(Tag.HARMFUL,), notes="rude")))
    assert lines == [
        "",
        "--- 1 of 3: k57 ---",
        "in full: https://x.example.com/k57",
        "noticed: same reply again: it was said before",
        "  2026-01-12 06:10 UTC  user | line one",
        "                             | line two",
        "so far: needs-improvement, harmful, notes: rude",
    ]
