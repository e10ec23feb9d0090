"""The scan: one pass over the events, from which the tally is made; and the sum of several scans."""

from logparse.counting.codes import bits, code, has
from logparse.counting.events import IN_A_DAY
from logparse.formats.sql.levels import UNKNOWN

EXAMPLE_LENGTH = 500
"""The most characters of a message kept as an example."""

FAILURES = ("critical_error", "signature_failure", "delivery_failure")
"""The marks of a failed webhook call, each counted once a request."""

TOLD_ONCE = has(*FAILURES, "redirected")
"""The SQL condition that an event is counted once a request."""

_UNSHOWN = bits("partial", "truncated", "ambiguous", "chained")
_SHOWN = f"(marks & ~{_UNSHOWN} <> 0 OR code = {code('send_failure')})"

IN_PLACE = f"code <> {code('left_out')}"
"""The SQL condition that an event is not of another environment."""

SCAN = f"""
SELECT
    {{file}} AS file, minute, code, marks, detail, deployment, project,
    CASE WHEN {TOLD_ONCE} THEN request END AS failed_request,
    CASE WHEN starts_with(level, '{UNKNOWN}') AND {IN_PLACE} THEN level END AS unknown_level,
    count(*) AS records,
    count(*) FILTER (opens_line) AS lines,
    count(*) FILTER (opens_id AND on_webhook AND status <> 0) AS told,
    count(*) FILTER (opens_id AND on_webhook AND coalesce(status, 0) = 0) AS untold,
    count(*) FILTER (opens_id AND on_webhook AND id = request AND status BETWEEN 200 AND 299) AS fine,
    min(time) AS first,
    max(time) AS last,
    sum(ms) FILTER ({IN_A_DAY}) AS ms,
    max(ms) FILTER ({IN_A_DAY}) AS ms_max,
    list(ms) FILTER (ms IS NOT NULL) AS times,
    min_by(CASE WHEN {_SHOWN} THEN left(message, {EXAMPLE_LENGTH}) END, time) FILTER {_SHOWN} AS message,
    min_by(request, time) FILTER {_SHOWN} AS request,
    list(hash(id)) FILTER (opens_id AND time IS NOT NULL AND id IS NOT NULL) AS ids
FROM events
GROUP BY ALL
"""
"""One pass over the events, by file or of all together.

``times`` holds 4 bytes a reply: it is cheaper to sort them into bins afterwards than to group all events by bin too.
``ids`` holds 8 bytes a row: it detects repeated rows of a file.
"""

_KEY = "file, minute, code, marks, detail, deployment, project, failed_request, unknown_level"

ADD_SCANS = f"""
SELECT {_KEY}, sum(records)::BIGINT AS records, sum(lines)::BIGINT AS lines, sum(told)::BIGINT AS told,
    sum(untold)::BIGINT AS untold, sum(fine)::BIGINT AS fine, min(first) AS first, max(last) AS last, sum(ms) AS ms,
    max(ms_max) AS ms_max,
    flatten(list(times) FILTER (times IS NOT NULL)) AS times, min_by(message, first) AS message,
    min_by(request, first) AS request, flatten(list(ids) FILTER (ids IS NOT NULL)) AS ids
FROM scans GROUP BY {_KEY}
"""
"""The sum of ``scans``: those of a file's byte ranges, or some of them."""

REPEATED_LINES = """
SELECT file, count(*) - count(DISTINCT id) AS repeated FROM (SELECT file, unnest(ids) AS id FROM scan)
GROUP BY file HAVING repeated > 0
"""
"""The number of lines of a file that repeat the id of another."""
