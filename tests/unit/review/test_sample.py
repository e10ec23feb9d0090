"""Which conversations are shown: the same for everybody, enough of them, the suspicious ones first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.review.sample import draw, seed_of, size_for
from logparse.values.suspicions import SuspicionKind
from tests.builders.examples import examples
from tests.builders.talks import FIRST, START, suspicion, talk

MANY = [talk(f"contact {number}") for number in range(300)]


@pytest.mark.parametrize(
    ("conversations", "size"),
    [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (99, 3),
        (100, 5),
        (999, 5),
        (1_000, 8),
        (9_999, 8),
        (10_000, 12),
        (1_000_000, 12),
    ],
)
def test_busy_soaks_show_more(conversations: int, size: int) -> None:
    """At least three, or all that there are."""
    assert size_for(conversations) == size


def test_the_seed_follows_from_the_soak_and_the_hour() -> None:
    """So everybody has the same, and nobody chooses it."""
    assert seed_of(START, 4) == "20260112T0600Z-04"
    assert seed_of(START, 12) != seed_of(START, 4)


def test_the_same_seed_shows_the_same_whatever_the_order() -> None:
    """Files are read in any order; another seed shows others."""
    drawn = draw(MANY, (), FIRST, "a")
    assert draw(MANY[::-1], (), FIRST, "a") == drawn
    assert draw(MANY, (), FIRST, "b").conversations != drawn.conversations
    assert (len(drawn.conversations), drawn.of, drawn.suspicious) == (5, 300, 0)


def test_every_conversation_has_its_chance() -> None:
    """Over many seeds each is drawn about as often."""
    some = MANY[:10]
    counts = dict.fromkeys((one.name for one in some), 0)
    for seed in range(1_000):
        for one in draw(some, (), FIRST, str(seed)).conversations:
            counts[one.name] += 1
    assert sum(counts.values()) == 3_000
    assert all(240 <= count <= 360 for count in counts.values()), counts


def test_suspicious_ones_come_first_and_leave_room_for_others() -> None:
    """Up to two thirds of the sample; all of it where there are no others."""
    odd = [suspicion(one.name) for one in MANY[:100]]
    drawn = draw(MANY, odd, FIRST, "a")
    assert [one.name in drawn.suspicions for one in drawn.conversations] == [True, True, True, True, False]
    assert drawn.suspicious == 4
    assert draw(MANY[:100], odd, FIRST, "a").suspicious == 5


def test_each_kind_is_seen_before_any_is_seen_again() -> None:
    """One rare finding is not lost among many of another kind."""
    odd = [suspicion(one.name) for one in MANY[:100]]
    odd += [suspicion(MANY[150].name, SuspicionKind.FALLBACK), suspicion(MANY[151].name, SuspicionKind.CUT_OFF)]
    drawn = draw(MANY, odd, FIRST, "a")
    kinds = {each.kind for found in drawn.suspicions.values() for each in found}
    assert kinds == {SuspicionKind.REPEATED_REPLY, SuspicionKind.FALLBACK, SuspicionKind.CUT_OFF}


def test_only_the_hours_of_the_check_count() -> None:
    """A conversation before or after them is not drawn, nor is one suspicious for what it was at another time."""
    talks = [talk("now"), talk("later", minute=240), talk("before", minute=-10), talk("across", minute=239)]
    drawn = draw(talks, [suspicion("now", minute=300)], FIRST, "a")
    assert {one.name for one in drawn.conversations} == {"now", "across"}
    assert (drawn.of, drawn.suspicious) == (2, 0)


def test_what_was_rated_stays_in_the_sample() -> None:
    """Where conversations came in later, a review that was begun keeps what it has."""
    first = draw(MANY[:200], (), FIRST, "a")
    names = {one.name for one in first.conversations[:2]}
    later = draw([*MANY, *(talk(f"new {number}") for number in range(700))], (), FIRST, "a", names)
    assert names <= {one.name for one in later.conversations}
    assert len(later.conversations) == 8


@examples(200)
@given(
    count=st.integers(0, 40),
    odd=st.lists(st.tuples(st.integers(0, 45), st.sampled_from(SuspicionKind)), max_size=30),
    rated=st.sets(st.integers(0, 45), max_size=6),
)
def test_a_sample_is_never_too_small_and_never_doubled(
    count: int, odd: list[tuple[int, SuspicionKind]], rated: set[int]
) -> None:
    """Whatever is suspicious or rated: as many as there have to be, each once, suspicious ones in front."""
    found = [suspicion(f"contact {number}", kind) for number, kind in odd]
    drawn = draw(MANY[:count], found, FIRST, "a", {f"contact {number}" for number in rated})
    names = [one.name for one in drawn.conversations]
    assert len(set(names)) == len(names)
    assert len(names) == max(size_for(count), len([number for number in rated if number < count]))
    flags = [name in drawn.suspicions for name in names]
    assert flags == sorted(flags, reverse=True)
