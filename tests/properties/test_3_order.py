"""Property 3: shuffled rows give the same tally, in every format whose lines have absolute times."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import Counter
from tests.builders.days import small_days
from tests.builders.examples import examples
from tests.properties.formats import stands_alone, writers
from tests.scenarios.traffic import Request
from tests.scenarios.writers import Writer


@examples(200)
@given(writer=writers(stands_alone), day=small_days(), random=st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_tally(
    counter: Counter, writer: Writer, day: list[Request], random: Random
) -> None:
    """Every line has its own time, or none, so that a shuffled log has the same tally, to the last line."""
    content = writer.write(day)
    lines = content.splitlines(keepends=True)
    random.shuffle(lines)
    assert counter.tally(b"".join(lines)) == counter.tally(content)
