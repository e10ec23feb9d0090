"""What the tests share: which run tries what, and one engine for many small counts.

The acceptance tests lie below too, and run where only the core is installed: nothing of it is imported here that they
do not need.
"""

# NOTE: Annotations stay text where the engine's counter is named: hypothesis keeps the types that it sees for good, and
# with them the engine, which then complains when the interpreter goes.
from __future__ import annotations

from collections import Counter as Counting
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builders.counted import Counter

THINNED: Mapping[str, int] = {
    "test_a_byte_order_mark_changes_nothing_anywhere": 6,
    "test_a_day_gives_the_same_numbers_in_every_language": 5,
    "test_a_document_gives_the_numbers_of_its_lines": 3,
    "test_a_fuller_row_hides_no_failure": 5,
    "test_a_healthy_night_has_no_hole": 3,
    "test_a_line_between_records_is_the_bots": 5,
    "test_a_page_has_the_same_elements_whatever_a_log_holds": 4,
    "test_a_run_over_each_format_names_its_command": 6,
    "test_a_soak_is_judged_as_it_was": 4,
    "test_an_output_that_says_otherwise_is_noticed": 5,
    "test_colours_and_blanks_hide_nothing": 6,
    "test_dates_come_from_the_soak": 3,
    "test_deployed_is_what_was_found_ready": 5,
    "test_each_hour_comes_out_as_by_itself": 3,
    "test_each_window_finds_its_own_day": 4,
    "test_every_mend_names_the_source_or_the_tool": 6,
    "test_files_of_every_kind_tell_the_same_together": 2,
    "test_formats_that_name_no_deployment_are_not_judged": 8,
    "test_killed_at_a_line": 4,
    "test_killed_at_a_random_moment": 4,
    "test_lines_of_a_crash_are_one": 8,
    "test_lines_that_sound_like_a_crash_are_none": 6,
    "test_logs_tell_the_same_below_any_folder": 4,
    "test_no_event_is_seen_in_the_middle_of_a_message": 3,
    "test_no_text_is_more_than_text_on_the_page": 4,
    "test_records_of_two_projects_are_told": 4,
    "test_the_document_has_the_same_structure_whatever_a_log_holds": 4,
    "test_the_gate_answers_as_it_must": 8,
    "test_the_key_of_an_entry_tells_the_scale": 4,
    "test_the_soak_is_of_the_deployment_that_was_asked_for": 4,
    "test_the_step_behind_it_is_reached_on_ready_alone": 3,
    "test_the_verdict_stands_where_the_suite_puts_it_and_nowhere_else": 4,
    "test_units_that_are_mixed_are_told": 3,
    "test_verdict_json_is_json_and_the_text_is_data": 4,
    "test_what_python_prints_as_it_dies_is_a_crash": 4,
    "test_what_was_fetched_twice_counts_once": 3,
}
"""Tests with many dear cases: of each the plain run tries one in so many, and the long run all the others."""

MANY, OFTEN = 9, 3
"""Of any other test with so many cases the plain run tries one in three, and the long run the others."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Leaves most cases of tests with many to the long run, before pytest chooses by marks."""
    plain = [item for item in items if not (item.get_closest_marker("slow") or item.get_closest_marker("long"))]
    tests = Counting(_test_of(item) for item in plain)
    seen: Counting[str] = Counting()
    for item in plain:
        test = _test_of(item)
        name = test.rsplit("::", 1)[-1]
        often = THINNED.get(name, OFTEN if tests[test] >= MANY else 1)
        if seen[test] % often:
            item.add_marker(pytest.mark.long)
        seen[test] += 1


def _test_of(item: pytest.Item) -> str:
    """The name of a test with its file, without that of the case."""
    return item.nodeid.split("[")[0]


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Counts logs given as bytes; one engine for the whole run, because opening one takes longer than a small count."""
    from tests.builders.counted import open_counter  # noqa: PLC0415  # see above

    with open_counter(tmp_path_factory.mktemp("counter")) as opened:
        yield opened
