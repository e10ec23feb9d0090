"""The limits: what a soak must keep to be ready, and from which size on a change since an earlier one is told."""

from fractions import Fraction

from logparse.settings.declared import Role, setting, settings_group
from logparse.settings.kinds import number, whole


@settings_group
class Limits:
    """The limits in force, exact: rates in percent, times in the unit that their field names."""

    success_rate: Fraction = setting(
        "success_rate_limit", "95", number, Role.LOWER, "percent of deliveries that must be processed, at least"
    )
    signature_failures: int = setting(
        "signature_failures_limit", "0", whole, Role.HIGHER, "signature failures that are allowed"
    )
    response_seconds: Fraction = setting(
        "response_time_limit", "10", number, Role.HIGHER, "seconds; the mean over all replies must be under it"
    )
    error_rate: Fraction = setting(
        "error_rate_limit", "5", number, Role.HIGHER, "percent; errors over deliveries must be under it"
    )
    critical_errors: int = setting("critical_errors_limit", "0", whole, Role.HIGHER, "critical errors that are allowed")
    silence_minutes: Fraction = setting(
        "silence_limit", "60", number, Role.HIGHER, "minutes between two deliveries, at most"
    )
    answering_minutes: Fraction = setting(
        "answering_limit", "10", number, Role.HIGHER, "minutes that deliveries may go on without any reply, at most"
    )
    answering_deliveries: int = setting(
        "answering_deliveries", "3", whole, Role.HIGHER, "how many unanswered deliveries make a stretch count"
    )
    delivery_failures: int = setting(
        "delivery_failures_limit",
        "0",
        whole,
        Role.HIGHER,
        "deliveries answered with HTTP 400 or more that are allowed",
    )
    send_failures: Fraction = setting(
        "send_failures_limit", "5", number, Role.HIGHER, "percent of replies; more send failures give WARN"
    )
    fallback_replies: Fraction = setting(
        "fallback_replies_limit", "5", number, Role.HIGHER, "percent of replies; more fallback replies give WARN"
    )
    hole_minutes: Fraction = setting(
        "hole_limit",
        "60",
        number,
        Role.HIGHER,
        "minutes without any record in any file, at most, before it is a hole",
    )
    rejected: Fraction = setting(
        "rejected_limit", "1", number, Role.HIGHER, "percent of a file's lines that may be unreadable, at most"
    )


@settings_group
class TrendLimits:
    """From which size on a change to the worse is large: of a rate in percentage points, of a mean time in percent.

    They only warn, and only beside an earlier soak.
    """

    rate_points: Fraction = setting(
        "trend_rate_change",
        "2",
        number,
        Role.FREE,
        "with `--baseline`: percentage points; a rate that is so much worse than before is a WARN",
    )
    time_percent: Fraction = setting(
        "trend_time_change",
        "20",
        number,
        Role.FREE,
        "with `--baseline`: percent; a mean response time that is so much longer than before is a WARN",
    )
