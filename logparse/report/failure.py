"""The message of a failed criterion's test: enough for somebody who has never seen this suite."""

from logparse.outcome import Outcome
from logparse.report.figures import counts_of, interval_of, limit_of, value_of
from logparse.text.escape import printable
from logparse.values.judgement import Judgement


def failure_message(judgement: Judgement) -> str:
    """Returns value, limit, counts, reason, where to look and what to do, a line each."""
    lines = [
        f"{judgement.title}: {judgement.outcome}",
        f"  value:  {value_of(judgement)}",
        f"  limit:  {limit_of(judgement)}",
        f"  counts: {counts_of(judgement)}",
        f"  95 % interval: {interval_of(judgement)}" if judgement.interval else "",
        f"  why:    {judgement.reason}",
        f"  mend:   {judgement.mend}" if judgement.mend else "",
        "  This could not be measured; it says nothing good or bad about the bot."
        if judgement.outcome is Outcome.NOT_JUDGED
        else "",
        "  look:   MONITORING-LOG.md (Issues Encountered), and the report of this hour in the reports folder",
    ]
    return "\n".join(printable(line) for line in lines if line)
