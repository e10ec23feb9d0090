"""What people write behind Quality and Tags is taken as they mean it, or told; it is never taken for something else."""

import pytest

from logparse.monitoring_log.ratings.words import read_quality, read_tags
from logparse.values.ratings import Quality, Tag

FINE, POOR = Quality.APPROPRIATE, Quality.NEEDS_IMPROVEMENT

RATED = [
    ("appropriate", FINE),
    ("Appropriate.", FINE),
    ("**APPROPRIATE**", FINE),
    ("`appropriate`", FINE),
    ("✓ appropriate", FINE),
    ("appropriate ✅", FINE),
    ("[appropriate]", FINE),
    ("[x] appropriate [ ] needs-improvement", FINE),
    ("☑ appropriate ☐ needs-improvement", FINE),
    ("[x] appropriate", FINE),
    ("~~needs-improvement~~ appropriate", FINE),
    ("needs-improvement", POOR),
    ("needs improvement", POOR),
    ("Needs_Improvement", POOR),
    ("needs\u2011improvement", POOR),
    ("needs-improvements!", POOR),
    ("❌ needs improvement", POOR),
    ("[ ] appropriate [X] needs improvement", POOR),
    ("\n- [ ] appropriate\n- [x] needs improvement", POOR),
    ("needs-improvement (answered in English)", POOR),
    ("needs improvement: rude", POOR),
    ("<s>appropriate</s> needs-improvement", POOR),
]
OPEN = ["", "[]", "[ ]", "-", "[appropriate / needs-improvement]", "appropriate / needs-improvement"]
OPEN += ["[ ] appropriate [ ] needs-improvement", "\n- [ ] appropriate\n- [ ] needs-improvement"]
STRANGE = [
    "maybe",
    "ok",
    "inappropriate",
    "not appropriate",
    "appropriate?",
    "appropriate (not really)",
    "✗ appropriate",
]
STRANGE += ["appropriate, but needs improvement", "needs-improvement, not appropriate", "needs work", "4/5"]
STRANGE += ["[x] appropriate [x] needs-improvement", "[x] fine [ ] needs-improvement"]


@pytest.mark.parametrize(("value", "quality"), RATED, ids=[repr(value) for value, _ in RATED])
def test_a_rating_in_peoples_own_ways_is_that_rating(value: str, quality: Quality) -> None:
    """Case, hyphens, ticks, boxes, emphasis and what was struck out change nothing."""
    assert read_quality(value) == (quality, "")


@pytest.mark.parametrize("value", OPEN, ids=repr)
def test_what_nobody_filled_in_is_no_rating_and_nothing_wrong(value: str) -> None:
    """A placeholder, or boxes of which none is ticked."""
    assert read_quality(value) == (None, "")


@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_what_only_resembles_a_rating_is_none_and_is_told(value: str) -> None:
    """A word too many may turn the sense round, so it is quoted, with what to write."""
    quality, said = read_quality(value)
    assert quality is None
    assert value in said
    assert "tick one" in said or "write appropriate or needs-improvement" in said


@pytest.mark.parametrize(
    ("value", "tags", "strange"),
    [
        ("", (), ""),
        ("none", (), ""),
        ("[wrong language, off-topic, repetitive, did not answer, harmful; or none]", (), ""),
        ("harmful", (Tag.HARMFUL,), ""),
        ("Harmful, off topic", (Tag.OFF_TOPIC, Tag.HARMFUL), ""),
        ("#harmful and Off-Topic", (Tag.OFF_TOPIC, Tag.HARMFUL), ""),
        ("\n- harmful\n- didn't answer", (Tag.NO_ANSWER, Tag.HARMFUL), ""),
        ("\n- [x] repetitive\n- [ ] harmful", (Tag.REPETITIVE,), ""),
        ("in another language; harmful", (Tag.WRONG_LANGUAGE, Tag.HARMFUL), ""),
        ("harmfull, off-topic", (Tag.OFF_TOPIC,), "'harmfull' is no tag"),
    ],
)
def test_tags_are_those_of_the_list_and_others_are_told(value: str, tags: tuple[Tag, ...], strange: str) -> None:
    """In the order of the list, however they are set apart."""
    found, told = read_tags(value)
    assert found == tags
    assert ("; ".join(told) + " ").startswith(strange)
    assert bool(told) is bool(strange)
