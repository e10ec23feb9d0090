"""The numbers of a span, with their counts and intervals."""

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

NORMAL_95 = 1.959963984540054
"""The two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True)
class Metrics:
    """Sums of events over a span. Response times are in milliseconds, None if there was no reply.

    ``response_ms_mean`` weighs every reply alike; the percentiles are the upper edges of 1 % bins; the maximum is
    exact; ``response_ms_sd`` is no less than the standard deviation (None under two replies). ``webhook_statuses``
    counts the rows on the webhook path (of requests, or of their messages) whose HTTP status is known.
    ``webhook_accepted`` counts requests on it that were answered 2xx, if a row is a request; ``redirects`` those
    answered 3xx. ``response_ms_sum`` is kept so that limits are compared in whole numbers. ``signature_messages`` are
    the records in which the bot reported an invalid signature, ``unauthorized`` the requests on the webhook path with
    401.
    """

    deliveries: int = 0
    receipts: int = 0
    processed: int = 0
    replies: int = 0
    signatures_verified: int = 0
    signature_failures: int = 0
    signature_messages: int = 0
    unauthorized: int = 0
    errors: int = 0
    critical_errors: int = 0
    delivery_failures: int = 0
    send_failures: int = 0
    fallback_replies: int = 0
    slow_replies: int = 0
    webhook_statuses: int = 0
    webhook_statuses_unknown: int = 0
    webhook_accepted: int = 0
    redirects: int = 0
    records: int = 0
    left_out: int = 0
    ambiguous_times: int = 0
    response_ms_sum: int = 0
    response_ms_p50: float | None = None
    response_ms_p95: float | None = None
    response_ms_p99: float | None = None
    response_ms_max: int | None = None
    response_ms_sd: float | None = None

    @property
    def success_rate(self) -> float | None:
        """Processed over deliveries in percent, not clamped; None without deliveries."""
        return 100 * self.processed / self.deliveries if self.deliveries else None

    @property
    def error_rate(self) -> float | None:
        """Errors over deliveries in percent, not clamped; None without deliveries."""
        return 100 * self.errors / self.deliveries if self.deliveries else None

    @property
    def response_ms_mean(self) -> float | None:
        """The mean response time over all replies; None without replies."""
        return self.response_ms_sum / self.replies if self.replies else None

    def as_dict(self) -> dict[str, Any]:
        """Returns all numbers by name, the derived ones too."""
        derived = {
            "success_rate": self.success_rate,
            "error_rate": self.error_rate,
            "response_ms_mean": self.response_ms_mean,
        }
        return {**asdict(self), **derived}


def wilson(count: int, of: int) -> tuple[float, float] | None:
    """Returns the 95 % Wilson score interval of a proportion, in percent; None without a base or if it is exceeded.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    """
    if not 0 <= count <= of or of == 0:
        return None
    share, square = count / of, NORMAL_95**2
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = NORMAL_95 * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else 100 * max(0.0, centre - half)
    high = 100.0 if count == of else 100 * min(1.0, centre + half)
    return low, high
