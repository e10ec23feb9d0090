"""Which events earlier soaks saw: by the same settings of the same bot, and as their verdicts were kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.outcome import State
from logparse.settings.checked import parse
from logparse.settings.in_force import settings_in_force
from logparse.values.course import SettingInForce
from logparse.values.metrics import Metrics
from logparse.values.schedule import StartSource
from logparse.verdicts.history import keep
from logparse.verdicts.known_words import MOST, seen_before
from logparse.verdicts.verdict import Verdict
from tests.builders.counted import START

DAY = timedelta(days=1)
ALL = frozenset({"delivery", "processing", "reply"})


def _settings(**written: str) -> tuple[SettingInForce, ...]:
    return settings_in_force(parse(written), str)


def _kept(folder: Path, days_ago: int = 1, settings: tuple[SettingInForce, ...] | None = None, **counts: int) -> None:
    """Keeps the verdict of an earlier soak that counted so many."""
    start = START - days_ago * DAY
    metrics = Metrics(**(counts or {"deliveries": 1, "processed": 1, "replies": 1}))
    settings = _settings() if settings is None else settings
    keep(
        folder,
        Verdict(24, State.READY, start, StartSource.OPTION, metrics=metrics, settings=settings, judged_at=start + DAY),
    )


def test_what_an_earlier_soak_counted_is_known(tmp_path: Path) -> None:
    """Each event by itself; several soaks together."""
    _kept(tmp_path, 2, deliveries=3)
    assert seen_before(tmp_path, START, _settings()) == {"delivery"}
    _kept(tmp_path, 1, replies=1)
    assert seen_before(tmp_path, START, _settings()) == {"delivery", "reply"}


def test_no_history_knows_nothing(tmp_path: Path) -> None:
    """As at the first soak of a bot."""
    assert seen_before(tmp_path / "none", START, _settings()) == frozenset()


def test_this_soak_and_later_ones_are_no_history(tmp_path: Path) -> None:
    """So that a checkpoint that is judged again sees what it saw at its time."""
    _kept(tmp_path, 0)
    _kept(tmp_path, -1)
    assert seen_before(tmp_path, START, _settings()) == frozenset()


@pytest.mark.parametrize(
    ("setting", "value", "lost"),
    [
        ("event_delivery", "Update", {"delivery"}),
        ("event_receipt", "Seen", {"delivery"}),
        ("event_processing", "Asking", {"processing"}),
        ("event_reply", r"Answered in (\d+)", {"reply"}),
        ("event_error", "Oh no", set()),
        ("success_rate_limit", "90", set()),
        ("webhook_path", "/other", ALL),
        ("webhook_method", "PUT", ALL),
        ("environment", "preview", ALL),
        ("own_format", "(?P<message>.*)", ALL),
        ("vercel_project", "other", ALL),
        ("vercel_team", "other", ALL),
        ("kapso_number", "7", ALL),
    ],
)
def test_other_words_or_another_bot_tell_nothing(
    tmp_path: Path, setting: str, value: str, lost: frozenset[str]
) -> None:
    """What was seen by another pattern, or of another webhook or project, is not known of this one."""
    _kept(tmp_path, settings=_settings(**{setting: value}))
    assert seen_before(tmp_path, START, _settings()) == ALL - lost


def test_a_damaged_verdict_and_one_without_settings_tell_nothing(tmp_path: Path) -> None:
    """And keep no other from being read."""
    _kept(tmp_path, 3)
    _kept(tmp_path, 2, settings=())
    _kept(tmp_path, 1)
    newest = max(tmp_path.glob("*.json"))
    newest.write_text("{")
    assert seen_before(tmp_path, START, _settings()) == ALL
    max(set(tmp_path.glob("*.json")) - {newest}).unlink()
    min(tmp_path.glob("*.json")).unlink()
    assert seen_before(tmp_path, START, _settings()) == frozenset()


def test_only_the_newest_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history of a thousand costs no more than some."""
    assert MOST >= 7
    monkeypatch.setattr("logparse.verdicts.known_words.MOST", 2)
    _kept(tmp_path, 3)
    for days in (1, 2):
        _kept(tmp_path, days, records=1)
    assert seen_before(tmp_path, START, _settings()) == frozenset()
