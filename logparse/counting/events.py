"""The events: what each record means by the patterns of the bot. From ``records`` to ``events`` in named steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from logparse.counting.codes import bits, code, has, is_one_of, mark_if
from logparse.counting.meanings import Meanings, meanings_for
from logparse.formats.sql.levels import UNKNOWN
from logparse.formats.sql.steps import Steps, statement
from logparse.settings.bot import Bot
from logparse.values.records import UNTIMED_CLASSES

BIN_WIDTH = 1.01
"""The ratio of the edges of a bin of response times: 1 %."""

LAST_PLACE = int(log(86_400_000) / log(BIN_WIDTH))
"""The last 1 % bin of a response time: more than a day is no response time, but a time of another kind or unit."""

IN_A_DAY = f"floor(ln(greatest(ms, 1)) / ln({BIN_WIDTH})) <= {LAST_PLACE}"
"""The SQL condition that ``ms`` is a response time at all."""

CRASHED, TRACED, CHAINED = "crash", "traceback", "chained"
"""The details of lines without a time: printed by a crash, by a traceback, and between two tracebacks of one error."""

KIND_LENGTH = 200
"""The most characters of an error's first line that make its kind."""

_QUIET = f"code BETWEEN {code('delivery')} AND {code('left_out')}"
"""Events whose words never make them an error; they are adjacent in CODES, because one range is quick to test."""

_FAILED = is_one_of("signature_failure", "send_failure")
"""Events that are errors at any level."""

_END_TELLS = is_one_of("delivery", "receipt", "reply", "fallback_reply")
"""Events decided by the end of a message: whether a payload is a receipt, whether a reply is the fallback text."""

_NO_LEVEL = f"level IS NULL OR starts_with(level, '{UNKNOWN}')"


@dataclass(frozen=True)
class EventRules:
    """The SELECT from ``records`` to ``events``, and the SQL variables that hold the bot's own patterns."""

    select: str
    variables: Mapping[str, str | int]


def event_rules(bot: Bot, slow_ms: int) -> EventRules:
    """Returns the rules that turn this bot's records into events: rows with minute, code, marks, bin and kind of error.

    ``slow_ms`` is the response time over which a reply is slow. ``minute`` counts from 1970; ``code`` is of CODES,
    ``marks`` the sum of MARKS and ALSO; ``ms`` is set for replies;
    ``detail`` is the kind of an error, the text of a banner, or another environment. Patterns match at the start of a
    record only.
    """
    message = meanings_for(bot)
    own: Mapping[str, str | int] = {
        "environment": bot.environment.strip().lower(),
        "webhook_path": bot.webhook_path.rstrip("/"),
        "webhook_query": bot.webhook_path.rstrip("/") + "?",
        "webhook_method": bot.webhook_method.upper(),
        "slow_ms": slow_ms,
    }
    return EventRules(statement(event_steps(message)), {**own, **message.variables})


def event_steps(message: Meanings) -> Steps:
    """Returns the steps from ``records`` to ``events``, in order; each adds to the columns of the one before."""
    return {
        "replied": replied(message),
        "coded": coded(message),
        "heard": heard(message),
        "shaped": shaped(message),
        "suspected": suspected(message),
        "marked": marked(message),
        "worded": worded(message),
        "cut": cut(),
        "meant": meant(),
    }


def replied(message: Meanings) -> str:
    """Adds ``reply_ms``, the response time in a reply's message: a record that has one is a reply."""
    return f"""
SELECT *, CASE WHEN time IS NOT NULL AND {message.may_be("reply")} THEN {message.response_time} END AS reply_ms
FROM records
"""


def coded(message: Meanings) -> str:
    """Adds ``code``, the one event of a record or the class of a line, and ``on_webhook``: the webhook received it."""
    classes = " ".join(f"WHEN '{name}' THEN {code(name)}" for name in UNTIMED_CLASSES if name != "rejected")
    return f"""
SELECT *,
    CASE WHEN time IS NULL THEN CASE line_class {classes} ELSE {code("rejected")} END
         WHEN environment <> getvariable('environment')
              AND lower(trim(environment)) <> getvariable('environment')
              AND trim(environment) <> '' THEN {code("left_out")}
         WHEN reply_ms IS NOT NULL THEN
            CASE WHEN {message.is_("fallback_reply")} THEN {code("fallback_reply")} ELSE {code("reply")} END
         WHEN {message.is_("processing")} THEN {code("processing")}
         WHEN {message.is_("delivery")} THEN
            CASE WHEN {message.is_("receipt")} THEN {code("receipt")} ELSE {code("delivery")} END
         WHEN {message.is_("signature_verified")} THEN {code("signature_verified")}
         WHEN {message.is_("signature_failure")} THEN {code("signature_failure")}
         WHEN {message.is_("send_failure")} THEN {code("send_failure")}
         ELSE {code("other")} END::UTINYINT AS code,
    -- NOTE: a CASE, because outside of one DuckDB looks at both sides of AND and OR.
    CASE WHEN upper(method) = getvariable('webhook_method')
              AND (path = getvariable('webhook_path') OR starts_with(path, getvariable('webhook_query'))
                   OR rtrim(path, '/') = getvariable('webhook_path')) THEN TRUE ELSE FALSE END AS on_webhook
FROM replied
"""


def heard(message: Meanings) -> str:
    """Adds ``sounds_bad``: a record may be an error by its level, event or words; NULL: only if it is a crash.

    Words are evidence of an error only without a level; those of a crash, or of what the bot itself calls a failure,
    are evidence at any level.
    """
    return f"""
SELECT *,
    CASE WHEN time IS NULL OR code = {code("left_out")} THEN FALSE
         WHEN level IN ('error', 'fatal') THEN TRUE
         WHEN {_QUIET} THEN FALSE
         WHEN {_FAILED} THEN TRUE
         WHEN {message.is_("processing_error")} THEN TRUE
         WHEN {_NO_LEVEL} THEN {message.is_("words")} END AS sounds_bad
FROM coded
"""


def shaped(message: Meanings) -> str:
    """Adds ``crash_shape``: a record that may be an error, or a line without a time, looks like the output of a crash.

    A step of its own for several users: compiling this expression takes longer than planning a whole step.
    """
    return f"""
SELECT *,
    CASE WHEN time IS NULL AND line_class NOT IN ('continuation', 'rejected') THEN FALSE
         WHEN time IS NULL OR sounds_bad IS NULL OR sounds_bad THEN {message.is_("crash_shape")}
         ELSE FALSE END AS crash_shape
FROM heard
"""


def suspected(message: Meanings) -> str:
    """Adds ``suspect``: a record is an error.

    A line of a stack locates an error, and is none of its own; a warning of Node is none, unless it is about a crash.
    """
    return f"""
SELECT *,
    CASE WHEN NOT sounds_bad THEN FALSE
         WHEN sounds_bad IS NULL AND NOT {message.crash} THEN FALSE
         WHEN regexp_matches(message, getvariable('stack')) THEN FALSE
         WHEN {message.is_("error_ignored")} THEN regexp_matches(message, getvariable('node_warning'))
         WHEN {_FAILED} OR {message.is_("processing_error")} THEN TRUE
         WHEN ({_NO_LEVEL}) AND NOT ({message.crash} OR {message.is_("plain_words")})
         THEN regexp_matches(regexp_replace(message, getvariable('harmless'), '', 'g'), getvariable('word'), 's')
         ELSE TRUE END AS suspect
FROM shaped
"""


def marked(message: Meanings) -> str:
    """Adds the marks of the message, of other events that it matches, and of the status.

    Whether a traceback was caught depends on the minute around it, see tally.py.
    """
    return f"""
SELECT *,
    {message.also} AS also_marks,
    CASE WHEN suspect THEN {bits("error")}
         + CASE WHEN level = 'fatal' OR {message.crash} THEN {bits("critical_error")}
                WHEN level IN ('info', 'warn', 'debug', 'notice', 'trace') THEN 0
                WHEN {message.is_("bare_crash")} THEN {bits("critical_error")}
                WHEN contains(message, chr(10)) AND regexp_matches(message, getvariable('node_block'))
                THEN {bits("critical_error")} ELSE 0 END
         ELSE 0 END
    | CASE WHEN level IS NOT NULL OR message > 'Traceback (n'
                OR (message < 'D' AND NOT starts_with(message, '+ Exc')) THEN 0
           WHEN regexp_matches(message, getvariable('traceback')) THEN {bits("traceback")}
           WHEN regexp_matches(message, getvariable('chain')) THEN {bits("chained")} ELSE 0 END
    | {mark_if("signature_failure", f"code = {code('signature_failure')}")} AS message_marks,
    CASE WHEN NOT on_webhook OR code = {code("left_out")} THEN 0
         WHEN status = 401 THEN {bits("signature_failure", "unauthorized")}
         WHEN status >= 500 OR status = -1 THEN {bits("critical_error")}
         WHEN status >= 400 THEN {bits("delivery_failure")}
         WHEN status >= 300 THEN {bits("redirected")} ELSE 0 END AS status_marks
FROM suspected
"""


def worded(message: Meanings) -> str:
    """Adds ``ms``, the response time of a record that counts, and the words that will be its detail."""
    return f"""
SELECT *, CASE WHEN code <> {code("left_out")} THEN reply_ms END AS ms,
    CASE WHEN {has("error", marks="message_marks")} THEN split_part(message, chr(10), 1)
         WHEN line_class = 'banner' THEN message
         WHEN time IS NULL THEN CASE WHEN line_class NOT IN ('continuation', 'rejected') THEN NULL
              WHEN crash_shape OR {message.is_("bare_crash")} THEN '{CRASHED}'
              WHEN regexp_matches(message, getvariable('traceback')) THEN '{TRACED}'
              WHEN regexp_matches(message, getvariable('chain')) THEN '{CHAINED}' END
         WHEN code = {code("left_out")} THEN lower(trim(environment)) END AS words
FROM marked
"""


def cut() -> str:
    """Adds ``kind``, the words cut to length, without the last one: half a secret would not be masked as one."""
    return f"""
SELECT *,
    CASE WHEN length(words) > {KIND_LENGTH} THEN regexp_replace(left(words, {KIND_LENGTH}), '\\S{{0,100}}$', '…')
         ELSE words END AS kind
FROM worded
"""


def meant() -> str:
    """Adds ``minute``, all ``marks`` together, and ``detail``: for an error, its kind."""
    return f"""
SELECT *,
    epoch_us(time) // 60000000 AS minute,
    (message_marks | status_marks | also_marks
        | {mark_if("slow_reply", f"ms > getvariable('slow_ms') AND {IN_A_DAY}")}
        | {mark_if("partial", "partial")}
        | {mark_if("truncated", f"truncated AND {_END_TELLS}")}
        | {mark_if("ambiguous", "ambiguous")})::UINTEGER AS marks,
    CASE WHEN {has("error", marks="message_marks")} THEN regexp_replace(kind, getvariable('kind_ids'), 'N', 'g')
         ELSE kind END AS detail
FROM cut
"""
