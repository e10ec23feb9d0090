"""One machine and a cluster count the same, whatever the files are and wherever they lie."""

import pytest

from tests.runs.cluster.clusters import Desk, told
from tests.runs.cluster.collections import COLLECTIONS

pytestmark = pytest.mark.counts


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_cluster_counts_what_one_machine_counts(here: str, desk: Desk, name: str) -> None:
    """Numbers, buckets, kinds of error, sums of files, every line in its class, and the problems: all of it."""
    desk.lay(COLLECTIONS[name])
    assert told(desk.tally(here)) == told(desk.tally())


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_cluster_judges_what_one_machine_judges(here: str, desk: Desk, name: str) -> None:
    """The verdict too, with the places of errors and how many contacts they touched."""
    desk.lay(COLLECTIONS[name])
    assert desk.verdict(here) == desk.verdict()
