"""The layout of the document: its headings, in order, and the bold labels whose values the suite owns."""

from collections.abc import Mapping
from dataclasses import dataclass

from logparse.values.criterion import Area
from logparse.values.ratings import CHECKED_HOURS
from logparse.values.schedule import CHECKPOINTS

DEFAULT_TITLE = "24-Hour Monitoring Log"
DEFAULT_PATH = "MONITORING-LOG.md"
FINAL_HOUR = CHECKPOINTS[-1]

TITLE = "title"
PROTOCOL = "Monitoring Protocol"
CHECKPOINT_LOG = "Checkpoint Log"
METRICS = "Metrics Summary"
ISSUES = "Issues Encountered"
QUALITY = "Bot Response Quality Checks"
RECOMMENDATIONS = "Recommendations"
CONCLUSION = "Conclusion"

QUALITY_CHECKS = {hour: f"Check {number} (Hour {hour})" for number, hour in enumerate(CHECKED_HOURS, start=1)}
"""The headings of the quality checks by their hours."""

TIME, ERRORS, NOTES = "Time", "Errors", "Notes"
DELIVERIES, TOTAL_DELIVERIES = "Webhook deliveries", "Total webhook deliveries"
PROCESSED, TOTAL_PROCESSED = "Messages processed", "Total messages processed"
SIGNATURES = "Signature verifications (pass/fail)"
SUCCESS_RATE = "Success rate"
RESPONSE_TIME = "Response time (avg)"
LIMITS = "Limits in this window"

AS_OF = "As of"
DEPLOYMENTS = "Deployments"
KINDS_OF_ERROR = "Kinds of error"
RED_FLAGS = "Red flags"
METRICS_LABELS = (AS_OF, DEPLOYMENTS)
ISSUES_LABELS = (KINDS_OF_ERROR, RED_FLAGS)
IDENTITY = "Identity"
DEPLOYMENT = "Deployment"
"""The label of the deployment that hour 0 named; without one there is no such line."""

TOP_LABELS = ("Start", IDENTITY, DEPLOYMENT, "End", "Status")
SAMPLE, CONVERSATION, USER_MESSAGE, BOT_RESPONSE = "Sample", "Conversation", "User message", "Bot response"
QUALITY_LABEL, TAGS, LINK = "Quality", "Tags", "Link"
AREAS = tuple(Area)
CONCLUSION_LABELS = ("Status", "Production Ready", "Action Items")

SUMMARY_ROWS = (
    DELIVERIES,
    PROCESSED,
    SUCCESS_RATE,
    "Signature failures",
    RESPONSE_TIME,
    "Error rate",
    "Response quality",
)

NOT_JUDGED = "not judged"
"""The start of a window's values if it could not be judged; a later run may still fill them in."""


@dataclass(frozen=True)
class Heading:
    """One heading that the document must have. The title's text is free."""

    level: int
    text: str

    def __str__(self) -> str:
        return f"{'#' * self.level} {self.text}"


def section_of(hour: int) -> str:
    """Returns the heading of a checkpoint's section."""
    return f"Hour {hour}" + {0: " (Start)", FINAL_HOUR: " (Final)"}.get(hour, "")


def labels_of(hour: int) -> tuple[str, ...]:
    """Returns the labels of a checkpoint's section, in order."""
    if hour == 0:
        return (TIME, DELIVERIES, PROCESSED, ERRORS, NOTES)
    if hour == FINAL_HOUR:
        return (TIME, TOTAL_DELIVERIES, TOTAL_PROCESSED, SUCCESS_RATE, ERRORS, RESPONSE_TIME, LIMITS, NOTES)
    return (TIME, DELIVERIES, PROCESSED, SIGNATURES, ERRORS, RESPONSE_TIME, LIMITS, NOTES)


OWN_LABELS: Mapping[str, tuple[str, ...]] = {
    TITLE: TOP_LABELS,
    **{section_of(hour): labels_of(hour) for hour in CHECKPOINTS},
    METRICS: METRICS_LABELS,
    ISSUES: ISSUES_LABELS,
    RECOMMENDATIONS: AREAS,
    CONCLUSION: CONCLUSION_LABELS,
}
"""The suite's labels by section, in order."""

HEADINGS = (
    Heading(1, TITLE),
    Heading(2, PROTOCOL),
    Heading(2, CHECKPOINT_LOG),
    *(Heading(3, section_of(hour)) for hour in CHECKPOINTS),
    Heading(2, METRICS),
    Heading(2, ISSUES),
    Heading(2, QUALITY),
    *(Heading(3, text) for text in QUALITY_CHECKS.values()),
    Heading(2, RECOMMENDATIONS),
    Heading(2, CONCLUSION),
)
"""The headings that the document must have, once each, in this order. Others may come between them."""
