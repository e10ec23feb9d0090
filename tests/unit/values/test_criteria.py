"""What is known of criteria and red flags stands in one row each, which is asked for all of it."""

from dataclasses import MISSING, fields

from logparse.judging.criteria import JUDGES
from logparse.report.header import limits_in_force
from logparse.settings.checked import parse
from logparse.values.criteria import CRITERIA, UNKNOWN, criterion_of
from logparse.values.criterion import Criterion, Share
from logparse.values.flag_kinds import KINDS, FlagKind, kind_of
from logparse.values.metrics import Metrics


def test_no_field_of_a_criterion_or_a_flag_has_a_default() -> None:
    """What nobody wrote would be chosen in silence."""
    asked = [field for each in (Criterion, FlagKind) for field in fields(each)]
    assert [field.name for field in asked if (field.default, field.default_factory) != (MISSING, MISSING)] == []


def test_every_criterion_has_one_function_that_judges_it() -> None:
    """Of its name; and no function judges what is no criterion."""
    assert sorted(JUDGES) == sorted(criterion.name for criterion in CRITERIA)


def test_what_a_row_names_is_there() -> None:
    """The numbers of a share, and the limits that the header tells."""
    shares = [criterion for criterion in CRITERIA if isinstance(criterion.measure, Share)]
    assert {criterion.share(Metrics()) for criterion in shares} == {(0, 0)}
    assert len(limits_in_force(parse().limits)) == sum(bool(criterion.in_force) for criterion in CRITERIA)


def test_names_are_known_and_others_are_not_taken_for_them() -> None:
    """A verdict of another version may tell of criteria and flags that this one does not know."""
    assert [criterion_of(criterion.name) for criterion in CRITERIA] == list(CRITERIA)
    assert [kind_of(kind.label) for kind in KINDS] == list(KINDS)
    assert (criterion_of("manners"), kind_of("Rude")) == (UNKNOWN, None)
