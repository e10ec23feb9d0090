"""The labelled set: large and mixed enough, and judged as its page says."""

import pytest

from tests.tools.quality.labelled import PARTS, by_language, read
from tests.tools.quality.page import PATH, page

EVERYTHING = [each for part in PARTS for each in read(part)]


def test_the_set_is_large_and_in_several_languages() -> None:
    """Two hundred conversations or more, Indonesian and English the most, and each by a name of its own."""
    assert len(EVERYTHING) >= 200
    assert len({each.conversation.name for each in EVERYTHING}) == len(EVERYTHING)
    counts = by_language(EVERYTHING)
    assert list(counts)[:2] == ["id", "en"]
    assert sum(count >= 10 for count in counts.values()) >= 5


def test_many_of_them_only_look_wrong() -> None:
    """Precision means something only where there is enough that is fine."""
    assert sum(not each.labels for each in EVERYTHING) >= 80


@pytest.mark.slow
def test_no_finding_is_worse_than_the_page_says() -> None:
    """What is right, wrong and missed is just what is written there: python -m tests.tools.quality --write."""
    assert page() == PATH.read_text("utf-8")
