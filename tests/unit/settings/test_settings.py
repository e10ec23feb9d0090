"""Settings: each default holds, each bad value is told in one line that names the setting."""

from datetime import time
from fractions import Fraction

import pytest

from logparse.errors import UsageProblem
from logparse.judge import check
from logparse.settings.checked import SETTINGS, parse
from logparse.settings.kinds import Choice, hours, number, patterns, some_patterns, some_seconds, whole, whole_seconds

pytestmark = pytest.mark.counts  # each case compiles all patterns


NUMBER_KINDS = (number, whole, whole_seconds, hours, some_seconds)
NUMBERS = [setting.name for setting in SETTINGS if setting.kind in NUMBER_KINDS]
WHOLE = [setting.name for setting in SETTINGS if setting.kind in (whole, whole_seconds)]
CHOICES = [setting.name for setting in SETTINGS if isinstance(setting.kind, Choice)]
PATTERNS = [setting.name for setting in SETTINGS if setting.kind in (patterns, some_patterns)]


def _problem(name: str, text: str) -> str:
    """What is said about a bad value, which must be one line that names the setting."""
    with pytest.raises(UsageProblem) as caught:
        check(parse({name: text}))
    message = str(caught.value)
    assert message.startswith(f"setting {name}")
    assert "\n" not in message
    return message


def test_the_defaults_are_the_limits_that_were_asked_for() -> None:
    """95 %, no signature failure, 10 s and 5 %, and one hour of silence."""
    limits = parse().limits
    assert [float(limit) for limit in (limits.success_rate, limits.error_rate, limits.response_seconds)] == [95, 5, 10]
    assert (limits.signature_failures, limits.critical_errors, limits.delivery_failures) == (0, 0, 0)
    assert [float(limit) for limit in (limits.silence_minutes, limits.answering_minutes)] == [60, 10]


def test_every_default_can_be_used() -> None:
    """What is written in the table passes its own checks, patterns included."""
    check(parse({setting.name: setting.default for setting in SETTINGS}))


def test_numbers_are_exact() -> None:
    """A limit of 99.9 is 999/10, not the nearest float."""
    assert parse({"success_rate_limit": "99.9"}).limits.success_rate == Fraction(999, 10)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["", "many", "5 %", "1e", "nan", "inf", "1/0", "-1"])
def test_what_is_no_number_is_refused(name: str, text: str) -> None:
    """A limit is a number, and none is negative."""
    assert repr(text) in _problem(name, text)


@pytest.mark.parametrize("name", WHOLE)
def test_a_count_is_a_whole_number(name: str) -> None:
    """Half a failure cannot be allowed."""
    assert "is no whole number" in _problem(name, "0.5")


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_of_those_named(name: str) -> None:
    """Where there is a choice, the message names what there is."""
    assert "is not one of" in _problem(name, "perhaps")


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("text", ["(", "[", "*", "(?P<", "a{2,1}"])
def test_a_pattern_that_does_not_compile_is_refused(name: str, text: str) -> None:
    """A pattern is tried before any log is read, and the message says which it is."""
    assert "pattern 2" in _problem(name, f"fine (\\d+)\n{text}")


@pytest.mark.parametrize("name", ["event_reply", "event_contact"])
def test_a_pattern_whose_group_is_read_needs_one(name: str) -> None:
    """A reply's time and a contact's name are the first group of their pattern."""
    assert "pattern 1" in _problem(name, "no group")


@pytest.mark.parametrize("text", ["(?<=x)y", r"(a)\1"])
def test_a_pattern_that_only_other_engines_know_is_refused(text: str) -> None:
    """RE2 has neither looks behind nor references back."""
    assert "RE2" in _problem("event_error", text)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("timezone", "Middle/Earth", "is no IANA time zone"),
        ("timezone", "", "is no IANA time zone"),
        ("timezone", "../etc/passwd", "is no IANA time zone"),
        ("quiet_hours", "22:00", "is no stretch of hours"),
        ("quiet_hours", "22:00-25:00", "is no stretch of hours"),
        ("quiet_hours", "22:00-06:00-07:00", "is no stretch of hours"),
        ("quiet_hours", "06:00-06:00", "must be two different local times"),
        ("quiet_hours", "06:00Z-07:00Z", "must be two different local times"),
        ("max_age_hours", "old", "is no number; the default is none"),
        ("max_age_hours", "-1", "is negative"),
        ("memory_limit", "much", "is no size"),
        ("mask", "(", "is no regular expression"),
    ],
)
def test_other_bad_values_are_refused(name: str, text: str, problem: str) -> None:
    """Each kind of setting says what it takes."""
    assert problem in _problem(name, text)


def test_a_setting_that_nobody_knows_is_refused() -> None:
    """A misspelt limit is not silently the default."""
    with pytest.raises(UsageProblem, match=r"^setting sucess_rate_limit: there is no such setting"):
        parse({"sucess_rate_limit": "99"})


def test_quiet_hours_are_read_in_their_zone() -> None:
    """The time zone of the settings is that of the quiet hours."""
    quiet = parse({"quiet_hours": " 22:00 - 06:30 ", "timezone": "Asia/Jakarta"}).quiet_hours
    assert quiet is not None
    assert (quiet.start, quiet.end, quiet.zone.key) == (time(22), time(6, 30), "Asia/Jakarta")


def test_spaces_around_a_pattern_are_the_file_s_own() -> None:
    """The indentation of pytest.ini, and what an editor leaves at the end of a line, are not part of a pattern."""
    (pattern,) = parse({"event_processing": "\n    Work on\\s  \n\n"}).bot.events["processing"]
    assert pattern.text == "Work on\\s"
