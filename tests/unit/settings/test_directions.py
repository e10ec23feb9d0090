"""What a change of each setting does to a verdict: every setting is classed, and a limit knows where it is looser."""

from collections.abc import Mapping

import pytest

from logparse.judge import check
from logparse.settings.checked import SETTINGS, WORDS, parse
from logparse.settings.declared import Role
from logparse.settings.directions import differs, differs_as_shown, is_limit, loosened, role_of
from logparse.settings.file import origins_of
from logparse.settings.in_force import settings_in_force
from logparse.text.masking import masker
from logparse.values.course import Origin

NAMES = [setting.name for setting in SETTINGS]


def test_what_is_named_a_limit_is_one() -> None:
    """But for the memory of the engine; and every pattern is a fact about the bot."""
    named = {name for name in NAMES if name.endswith("_limit")} - {"memory_limit", "cause_provider_limit"}
    assert named <= {name for name in NAMES if is_limit(name)}
    others = {"answering_deliveries", "max_age_hours", "quality_required", "quality_fail"}
    assert all(is_limit(name) for name in others)
    assert all(role_of(setting.name) is Role.FACT for setting in WORDS)


DIRECTIONS: Mapping[str, tuple[str, str]] = {
    "success_rate_limit": ("94.99", "95.01"),
    "signature_failures_limit": ("1", "0"),
    "response_time_limit": ("10.1", "1/2"),
    "error_rate_limit": ("5.01", "4.99"),
    "critical_errors_limit": ("1", "0"),
    "silence_limit": ("61", "59"),
    "answering_limit": ("11", "9"),
    "answering_deliveries": ("4", "2"),
    "delivery_failures_limit": ("1", "0"),
    "send_failures_limit": ("6", "4"),
    "fallback_replies_limit": ("6", "4"),
    "hole_limit": ("61", "59"),
    "rejected_limit": ("1.5", "0.5"),
    "quality_checks": ("4, 12", "24 12 4"),
}
"""Of each limit a text that lets more through than its default, and one that does not."""


@pytest.mark.parametrize("name", DIRECTIONS)
def test_a_limit_knows_where_it_is_looser(name: str) -> None:
    """Further than the default where more passes; on the other side, and at the default in other words, it is not."""
    looser, other = DIRECTIONS[name]
    check(parse({name: looser}))
    assert (loosened(name, looser), loosened(name, other)) == (True, False)
    default = parse().written[name]
    assert not loosened(name, f"  {default}\n")
    assert loosened(name, "nonsense")


@pytest.mark.parametrize("name", sorted(name for name in NAMES if is_limit(name) and name not in DIRECTIONS))
def test_a_demand_that_nobody_makes_cannot_be_loosened(name: str) -> None:
    """Whose default lets most through: each other text that can be used is stricter."""
    stricter = {"max_age_hours": "48", "quality_required": "yes", "deployment_change": "fail"}
    text = stricter.get(name, "repeated_reply: 5\nfallback: 3")
    check(parse({name: text}))
    assert differs(name, text)
    assert not loosened(name, " ".join(text.split()))


def test_as_it_is_shown_a_default_is_one() -> None:
    """What verdict.json holds of a setting that nobody changed looks changed only where it was masked or cut."""
    for one in settings_in_force(parse(), masker()):
        whole = len(one.value) < 400 and "***" not in one.value
        assert not one.changed
        assert not (whole and differs_as_shown(one.name, one.value)), one.name
        assert not (is_limit(one.name) and loosened(one.name, one.value)), one.name


def test_the_last_word_tells_where_a_setting_came_from() -> None:
    """Each place goes before those that stand before it; what nobody wrote in any place has no origin."""
    written = [(Origin.FILE, ["a=1"]), (Origin.ENVIRONMENT, ["a=2", "b=2", "d=4"]), (Origin.COMMAND_LINE, ["b=3"])]
    found = origins_of(["a", "b", "c"], written)
    assert found == {"a": Origin.ENVIRONMENT, "b": Origin.COMMAND_LINE, "c": Origin.FILE}
    assert origins_of(["a"], [], Origin.ENVIRONMENT) == {"a": Origin.ENVIRONMENT}


def test_a_setting_tells_where_it_came_from() -> None:
    """In the table of those in force; one of which nothing is told counts as one of the command line."""
    parsed = parse({"title": "A", "timezone": "UTC"}, {"title": Origin.FILE})
    told = {one.name: one.origin for one in settings_in_force(parsed, masker())}
    assert (told["title"], told["timezone"], told["logs"]) == (Origin.FILE, Origin.COMMAND_LINE, Origin.DEFAULT)
