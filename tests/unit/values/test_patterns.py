"""Patterns match at the start of a message, and the cheap test in front of each never hides a match."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.counting.engine import set_variables
from logparse.values.patterns import Pattern, anchored, matches, sql_literal
from tests.builders.examples import examples


@pytest.mark.parametrize(
    ("text", "literal", "is_literal"),
    [
        ("plain", "plain", True),
        (r"\[ARI\] Done", "[ARI] Done", True),
        (r"\[ARI\] in (\d+)ms", "[ARI] in ", False),
        ("ab?c", "a", False),
        ("ab*", "a", False),
        ("ab{0,2}", "a", False),
        ("ab+", "ab", False),
        (r"a\.?b", "a", False),
        ("a|b", "", False),
        ("ab(c|d)", "ab", False),
        ("(a)|b", "", False),
        (r"a\|b", "a|b", True),
        ("[ab]c", "", False),
        ("(?i)abc", "", False),
        ("^abc", "", False),
        (".*abc", "", False),
        ("abc$", "abc", False),
        (r"\d+", "", False),
        (r"a\nb", "a", False),
        ("", "", True),
        ("ab\\", "ab", False),
    ],
)
def test_the_fixed_text_at_the_front_of_a_pattern_is_found(text: str, literal: str, is_literal: bool) -> None:
    """What every match begins with can be tested cheaply; what is optional, or one of several, cannot."""
    pattern = Pattern(text, "here")
    assert (pattern.literal, pattern.is_literal) == (literal, is_literal)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("a", 0),
        ("(a)", 1),
        ("(?:a)", 0),
        (r"\(a\)", 0),
        ("[(]a", 0),
        ("(?P<n>a)(b)", 2),
        ("(?<n>a)", 1),
        ("(?i)(a)", 1),
        (r"(a[^\]]+)\] (b[c]) (d)", 3),
        (r"[\](]a(b)", 1),
    ],
)
def test_groups_that_capture_are_counted(text: str, groups: int) -> None:
    """A bracket that is escaped, in a class, or opens a group without a memory does not count."""
    assert Pattern(text, "here").groups == groups


def test_groups_have_their_names() -> None:
    """In their order; one without a name has the empty one."""
    assert Pattern(r"(?P<time>[^\]]+)\] (b)(?:c)(?P<message>[a-z]+)", "here").names == ("time", "", "message")


def _found(message: str, *patterns: str) -> tuple[bool, bool]:
    """Whether a message matches any of the patterns, and whether the guard lets it through."""
    condition = matches("tried", [Pattern(text, "here") for text in patterns])
    with duckdb.connect() as connection:
        set_variables(connection, condition.variables)
        row = connection.execute(
            f"SELECT coalesce({condition.sql}, FALSE), coalesce({condition.guard}, FALSE) FROM (SELECT ? AS message)",
            [message],
        ).fetchone()
    assert row is not None
    return bool(row[0]), bool(row[1])


@pytest.mark.parametrize(
    ("message", "patterns", "found"),
    [
        ("[ARI] done", (r"\[ARI\]",), True),
        (" [ARI] done", (r"\[ARI\]",), False),
        ("x\n[ARI] done", (r"\[ARI\]",), False),
        ("b", ("a|b",), True),
        ("xb", ("a|b",), False),
        ("xb", ("a", "x|b"), True),
        ("ac", ("ab?c",), True),
        ("ABC", ("(?i)abc",), True),
        ("ABC", ("abc",), False),
        ("abc", ("x", "(?i)ABC", "y"), True),
        ("a\nb", ("a.b",), True),
        ("anything", (), False),
        ("it's", ("it's",), True),
        ("100%_", ("100%_",), True),
        ("b\na", (".*a",), True),
        ("b", (".*a",), False),
        ("xb", (".*?a", ".*b"), True),
        ("xb", (".*a|b",), False),
        ("xb", (".*a", "b"), False),
    ],
)
def test_a_message_matches_at_its_start_only(message: str, patterns: tuple[str, ...], found: bool) -> None:
    """Any of the patterns may match, at the very start, over newlines too; no pattern matches nothing."""
    assert _found(message, *patterns)[0] is found


_PIECES = st.sampled_from([r"\[A\]", "a", "b?", "(?:b|c)", "c*", r"\d", ".", "(?i:x)", r"\.", "{", " "])
_JOINED = st.lists(_PIECES, min_size=1, max_size=4).map("".join)
_PATTERNS = _JOINED | _JOINED.map(".*{}".format) | st.tuples(_PIECES, _PIECES).map("|".join)


@examples(60)
@given(message=st.text("[A]abcxX1. {", max_size=6), patterns=st.lists(_PATTERNS, min_size=1, max_size=3))
def test_the_cheap_test_changes_no_match(message: str, patterns: list[str]) -> None:
    """With the fixed text tested first, the same messages match as by the expressions alone."""
    expected = any(re.match(f"(?:{pattern})", message, re.DOTALL) for pattern in patterns)
    found, guarded = _found(message, *patterns)
    assert (found, guarded or not found) == (expected, True)


def test_expressions_of_several_patterns_are_anchored_together() -> None:
    """An alternative inside one pattern does not reach over to the next."""
    expression = anchored([Pattern("a|b", "here"), Pattern("c", "here")])
    assert [bool(re.match(expression, text)) for text in ("a", "b", "c", "xb")] == [True, True, True, False]


def test_our_own_texts_are_quoted_for_sql() -> None:
    """A quote inside a text does not end it."""
    assert sql_literal("it's") == "'it''s'"
