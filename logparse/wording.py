"""How numbers and times are written for people, the same in every output."""

from datetime import UTC, datetime, timedelta


def count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: '1 delivery', '1,204 deliveries'."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def percent(value: float) -> str:
    """A rate in percent with one decimal; never shown as 0.0 or 100.0 unless it is just that."""
    if (round(value, 1) in (0.0, 100.0)) and value != round(value, 1):
        return f"{value:.3f} %"
    return f"{value:.1f} %"


def rate(value: float, part: int, base: int) -> str:
    """A rate with its counts: '97.3 % (1,171 of 1,204)'."""
    return f"{percent(value)} ({part:,} of {base:,})"


def seconds(milliseconds: float) -> str:
    """A response time in seconds: '3.42 s'."""
    return f"{milliseconds / 1000:,.2f} s"


def moment(at: datetime) -> str:
    """A time to the second, UTC: '2026-01-12 06:00:10 UTC'; whole minutes without their seconds."""
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S UTC" if at.second or at.microsecond else "%Y-%m-%d %H:%M UTC")


def duration(length: timedelta) -> str:
    """How long: '1 h 05 min', '61 min', '45 s'; whole units, with what is left over where it is needed to tell."""
    total = length.total_seconds()
    if total < 90:
        return f"{total:g} s"
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    tail = f" {left:g} s" if left else ""
    return f"{int(hours)} h {int(minutes):02d} min{tail}" if hours else f"{int(minutes)} min{tail}"


def hours(hours_: float) -> str:
    """A number of hours: '12 h', '3.5 h'."""
    return f"{hours_:.1f} h".replace(".0 h", " h")


def duration_of_minutes(minutes: float) -> str:
    """A number of minutes as a duration, to the second."""
    return duration(timedelta(seconds=round(minutes * 60)))
