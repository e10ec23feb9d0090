"""The limits that a soak must keep to be READY, and the limits from which a change since an earlier soak warns."""

from fractions import Fraction

from logparse.settings.declared import Role, free, setting, settings_group, upper_limit
from logparse.settings.kinds import number, whole


@settings_group
class Limits:
    """The limits in force, exact: rates in percent, times in the unit that their field names."""

    success_rate: Fraction = setting(
        "success_rate_limit", "95", number, Role.LOWER, "percent of deliveries that must be processed, at least"
    )
    signature_failures: int = upper_limit("signature_failures_limit", "0", whole, "signature failures that are allowed")
    response_seconds: Fraction = upper_limit(
        "response_time_limit", "10", number, "seconds; the mean over all replies must be under it"
    )
    error_rate: Fraction = upper_limit(
        "error_rate_limit", "5", number, "percent; errors over deliveries must be under it"
    )
    critical_errors: int = upper_limit("critical_errors_limit", "0", whole, "critical errors that are allowed")
    silence_minutes: Fraction = upper_limit("silence_limit", "60", number, "minutes between two deliveries, at most")
    answering_minutes: Fraction = upper_limit(
        "answering_limit", "10", number, "minutes that deliveries may go on without any reply, at most"
    )
    answering_deliveries: int = upper_limit(
        "answering_deliveries", "3", whole, "how many unanswered deliveries make a stretch count"
    )
    delivery_failures: int = upper_limit(
        "delivery_failures_limit", "0", whole, "deliveries answered with HTTP 400 or more that are allowed"
    )
    send_failures: Fraction = upper_limit(
        "send_failures_limit", "5", number, "percent of replies; more send failures give WARN"
    )
    fallback_replies: Fraction = upper_limit(
        "fallback_replies_limit", "5", number, "percent of replies; more fallback replies give WARN"
    )
    hole_minutes: Fraction = upper_limit(
        "hole_limit", "60", number, "minutes without any record in any file, at most, before it is a hole"
    )
    rejected: Fraction = upper_limit(
        "rejected_limit", "1", number, "percent of a file's lines that may be unreadable, at most"
    )


@settings_group
class TrendLimits:
    """The size from which a change to the worse is large: of a rate in percentage points, of a mean time in percent.

    They only warn, and only if there is an earlier soak to compare with.
    """

    rate_points: Fraction = free(
        "trend_rate_change",
        "2",
        number,
        "with `--baseline`: percentage points; a rate that is so much worse than before is a WARN",
    )
    time_percent: Fraction = free(
        "trend_time_change",
        "20",
        number,
        "with `--baseline`: percent; a mean response time that is so much longer than before is a WARN",
    )
