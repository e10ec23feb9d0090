"""Events: what a record means, by the patterns of the bot. One SELECT from ``records`` to ``events``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import log
from types import MappingProxyType

import duckdb

from logparse.counting.harmless_words import HARMLESS, WORD
from logparse.counting.overlaps import also
from logparse.errors import UsageProblem
from logparse.formats.crashes import BARE, CHAIN, LINE_OF_CRASH, NODE_BLOCK, NODE_WARNING, SHAPES, STACK, TRACEBACK
from logparse.formats.sql.levels import UNKNOWN
from logparse.settings.bot import Bot
from logparse.values.patterns import Pattern, anchored, matches

CODES: Mapping[str, int] = MappingProxyType(
    {
        "other": 0,
        "delivery": 1,
        "receipt": 2,
        "signature_verified": 3,
        "processing": 4,
        "reply": 5,
        "fallback_reply": 6,
        "left_out": 7,
        "signature_failure": 8,
        "send_failure": 9,
        "continuation": 20,
        "blank": 21,
        "banner": 22,
        "rejected": 23,
        "duplicate": 24,
    }
)
"""What a row is: the one event of a record (``left_out``: of another environment), or the class of an untimed line.

Whole numbers, because grouping by them is several times faster than by names.
"""

MARKS: Mapping[str, int] = MappingProxyType(
    {
        "error": 1,
        "critical_error": 2,
        "signature_failure": 4,
        "delivery_failure": 8,
        "slow_reply": 16,
        "partial": 32,
        "truncated": 64,
        "ambiguous": 128,
        "unauthorized": 256,
        "traceback": 512,
        "chained": 1024,
        "redirected": 2048,
    }
)
"""What a record is beside its event, one bit each; most records have none. From 1 << 16 on stand those of ALSO."""

BIN_WIDTH = 1.01
"""The ratio of the edges of a bin of response times: 1 %."""

LAST_PLACE = int(log(86_400_000) / log(BIN_WIDTH))
"""The last 1 % bin of a response time: what is beyond a day is none, but a time of another kind or unit."""

IN_A_DAY = f"floor(ln(greatest(ms, 1)) / ln({BIN_WIDTH})) <= {LAST_PLACE}"
"""SQL that tells whether ``ms`` is a response time at all."""

CRASHED, TRACED, CHAINED = "crash", "traceback", "chained"
"""The details of lines without a time: that a crash prints, or a traceback, and between two tracebacks of one."""

KIND_LENGTH = 200
"""Characters of an error's first line that tell its kind."""

_QUIET = f"code BETWEEN {CODES['delivery']} AND {CODES['left_out']}"
"""Events whose words never make them an error; they stand side by side in CODES, because one range is quick to test."""

_FAILED = f"code IN ({CODES['signature_failure']}, {CODES['send_failure']})"
"""Events that are errors at any level."""

_END_TELLS = f"code IN ({', '.join(str(CODES[name]) for name in ('delivery', 'receipt', 'reply', 'fallback_reply'))})"
"""Events that the end of a message decides: whether a payload is a receipt, whether a reply is the fallback text."""

KIND_IDS = r"[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*|\b(?:wamid\.|iad1::|k57|js7)\w+|\d+"


def check_patterns(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
    """UsageProblem for the first pattern that does not compile (RE2), alone or with its fellows, or lacks its group."""
    problem_of = _no_problem if _all_compile(connection, patterns) else partial(_problem_of, connection)
    for name, several in patterns.items():
        for pattern in several:
            if problem := problem_of(pattern.text):
                raise UsageProblem(f"{pattern.shown} is not usable as a regular expression (RE2 syntax): {problem}")
            if name in ("reply", "contact", "user_text", "answer_text") and not pattern.groups:
                raise UsageProblem(f"{pattern.shown} has no group (...) that holds the {name}'s value")
        if several and (problem := problem_of(anchored(several))):
            where = several[0].where.split(",")[0]
            raise UsageProblem(f"{where}: its {len(several)} patterns together make no regular expression: {problem}")
    words = _words(patterns)
    if words and (problem := problem_of(anchored(words))):
        where = "settings event_error and event_critical_error"
        raise UsageProblem(f"{where}: their {len(words)} patterns together make no regular expression: {problem}")


def _response_time(text: str) -> str:
    """SQL for the milliseconds that a text tells; of more digits than an integer has, the largest one."""
    return (
        f"coalesce(try_cast(nullif({text}, '') AS INTEGER),"
        f" CASE WHEN regexp_matches({text}, '^[0-9]{{10,}}$') THEN {2**31 - 1} END)"
    )


def _words(patterns: Mapping[str, tuple[Pattern, ...]]) -> tuple[Pattern, ...]:
    """The patterns that together tell an error by its words."""
    return (*patterns.get("error", ()), *patterns.get("critical_error", ()))


def _all_compile(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> bool:
    """Whether all expressions that patterns make can be used; one statement, because in nearly all runs they can."""
    expressions = [pattern.text for several in patterns.values() for pattern in several]
    expressions += [anchored(several) for several in (*patterns.values(), _words(patterns)) if several]
    statement = "SELECT count(regexp_matches('', expression, 's')) FROM (SELECT unnest(?::VARCHAR[]) AS expression)"
    return not _problem(lambda: connection.execute(statement, [expressions]).fetchall())


def _no_problem(expression: str) -> str:
    return ""


def _problem_of(connection: duckdb.DuckDBPyConnection, expression: str) -> str:
    """Why the engine cannot use a regular expression; empty where it can."""
    return _problem(lambda: connection.execute("SELECT regexp_matches('', ?, 's')", [expression]))


def _problem(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except duckdb.Error as error:
        return str(error).splitlines()[0].split("Error: ", 1)[-1]
    return ""


@dataclass(frozen=True)
class EventRules:
    """The SELECT from ``records`` to ``events``, and the SQL variables that hold the bot's own patterns."""

    select: str
    variables: Mapping[str, str | int]


def _patterns(shapes: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(Pattern(shape, "formats/crashes.py") for shape in shapes)


def event_rules(bot: Bot, slow_ms: int) -> EventRules:
    """How the records of this bot become events: each row with its minute, code, marks, bin and kind of error.

    ``slow_ms`` is the response time over which a reply is slow. ``minute`` counts from 1970; ``code`` is of CODES,
    ``marks`` the sum of MARKS and ALSO; ``ms`` is set for replies;
    ``detail`` is the kind of an error, the text of a banner, or another environment. A record is matched at its
    start only.
    """
    conditions = {name: matches(name, patterns) for name, patterns in bot.events.items()}
    crashes = (*bot.events["critical_error"], *_patterns(SHAPES))
    conditions["critical_error"] = matches("critical_error", crashes)
    conditions["bare_crash"] = matches("bare_crash", _patterns(BARE))
    plain_words = [pattern for pattern in bot.events["error"] if pattern.text != WORD]
    conditions["plain_words"] = matches("plain_words", (*plain_words, *crashes, *_patterns(BARE)))
    conditions["words"] = matches("words", (*bot.events["error"], *crashes, *_patterns(BARE)))
    is_ = {name: condition.sql for name, condition in conditions.items()}
    variables: dict[str, str | int] = {
        "environment": bot.environment.strip().lower(),
        "webhook_path": bot.webhook_path.rstrip("/"),
        "webhook_query": bot.webhook_path.rstrip("/") + "?",
        "webhook_method": bot.webhook_method.upper(),
        "kind_ids": KIND_IDS,
        "stack": f"^{STACK}",
        "harmless": HARMLESS,
        "word": f"^{WORD}",
        "line_of_crash": f"^{LINE_OF_CRASH}",
        "traceback": f"^{TRACEBACK}",
        "chain": f"^{CHAIN}",
        "node_warning": f"^{NODE_WARNING}",
        "node_block": NODE_BLOCK,
        "slow_ms": slow_ms,
        **{f"reply_time_{at}": anchored([pattern]) for at, pattern in enumerate(bot.events["reply"])},
    }
    for condition in conditions.values():
        variables.update(condition.variables)
    times = ", ".join(
        _response_time(f"regexp_extract(message, getvariable('reply_time_{at}'), 1)")
        for at in range(len(bot.events["reply"]))
    )
    select = f"""
WITH replies AS (
    SELECT *, CASE WHEN time IS NOT NULL AND {conditions["reply"].guard} THEN coalesce({times}, NULL) END AS reply_ms
    FROM records
), named AS (
    SELECT *,
        CASE WHEN time IS NULL THEN CASE line_class
                WHEN 'continuation' THEN {CODES["continuation"]} WHEN 'blank' THEN {CODES["blank"]}
                WHEN 'banner' THEN {CODES["banner"]} WHEN 'duplicate' THEN {CODES["duplicate"]}
                ELSE {CODES["rejected"]} END
             WHEN environment <> getvariable('environment')
                  AND lower(trim(environment)) <> getvariable('environment')
                  AND trim(environment) <> '' THEN {CODES["left_out"]}
             WHEN reply_ms IS NOT NULL THEN
                CASE WHEN {is_["fallback_reply"]} THEN {CODES["fallback_reply"]} ELSE {CODES["reply"]} END
             WHEN {is_["processing"]} THEN {CODES["processing"]}
             WHEN {is_["delivery"]} THEN
                CASE WHEN {is_["receipt"]} THEN {CODES["receipt"]} ELSE {CODES["delivery"]} END
             WHEN {is_["signature_verified"]} THEN {CODES["signature_verified"]}
             WHEN {is_["signature_failure"]} THEN {CODES["signature_failure"]}
             WHEN {is_["send_failure"]} THEN {CODES["send_failure"]}
             ELSE {CODES["other"]} END::UTINYINT AS code,
        -- NOTE: a CASE, because outside of one DuckDB looks at both sides of AND and OR.
        CASE WHEN upper(method) = getvariable('webhook_method')
                  AND (path = getvariable('webhook_path') OR starts_with(path, getvariable('webhook_query'))
                       OR rtrim(path, '/') = getvariable('webhook_path')) THEN TRUE ELSE FALSE END AS on_webhook
    FROM replies
), heard AS (
    SELECT *,
        -- Words tell an error only where there is no level; a crash, and what the bot itself calls a failure, are told
        -- by their words whatever the level.
        CASE WHEN time IS NULL OR code = {CODES["left_out"]} THEN FALSE
             WHEN level IN ('error', 'fatal') THEN TRUE
             WHEN {_QUIET} THEN FALSE
             WHEN {_FAILED} THEN TRUE
             WHEN {is_["processing_error"]} THEN TRUE
             WHEN level IS NULL OR starts_with(level, '{UNKNOWN}') THEN
{is_["words"]}
             ELSE {is_["critical_error"]} END AS sounds_bad
    FROM named
), suspected AS (
    -- A line of a stack says where an error was, and is none of its own; a warning of Node is none, save of a crash.
    SELECT *, CASE WHEN NOT sounds_bad THEN FALSE
                   WHEN regexp_matches(message, getvariable('stack')) THEN FALSE
                   WHEN {is_["error_ignored"]} THEN regexp_matches(message, getvariable('node_warning'))
                   WHEN {_FAILED} OR {is_["processing_error"]} THEN TRUE
                   WHEN (level IS NULL OR starts_with(level, '{UNKNOWN}')) AND NOT {is_["plain_words"]}
                   THEN regexp_matches(
                       regexp_replace(message, getvariable('harmless'), '', 'g'), getvariable('word'), 's')
                   ELSE TRUE END AS suspect
    FROM heard
), marked AS (
    SELECT *,
        {also(bot.events, is_ | {"reply": "reply_ms IS NOT NULL"}, CODES)} AS also_marks,
        CASE WHEN suspect THEN {MARKS["error"]}
             + CASE WHEN level = 'fatal' OR {is_["critical_error"]} THEN {MARKS["critical_error"]}
                    WHEN level IN ('info', 'warn', 'debug', 'notice', 'trace') THEN 0
                    WHEN {is_["bare_crash"]} THEN {MARKS["critical_error"]}
                    WHEN contains(message, chr(10)) AND regexp_matches(message, getvariable('node_block'))
                    THEN {MARKS["critical_error"]} ELSE 0 END
             ELSE 0 END
        -- Whether it was caught follows from the minute that it stands in, see tally.py.
        | CASE WHEN level IS NOT NULL OR message > 'Traceback (n'
                    OR (message < 'D' AND NOT starts_with(message, '+ Exc')) THEN 0
               WHEN regexp_matches(message, getvariable('traceback')) THEN {MARKS["traceback"]}
               WHEN regexp_matches(message, getvariable('chain')) THEN {MARKS["chained"]} ELSE 0 END
        | CASE WHEN code = {CODES["signature_failure"]} THEN {MARKS["signature_failure"]} ELSE 0 END
            AS message_marks,
        CASE WHEN NOT on_webhook OR code = {CODES["left_out"]} THEN 0
             WHEN status = 401 THEN {MARKS["signature_failure"] | MARKS["unauthorized"]}
             WHEN status >= 500 OR status = -1 THEN {MARKS["critical_error"]}
             WHEN status >= 400 THEN {MARKS["delivery_failure"]}
             WHEN status >= 300 THEN {MARKS["redirected"]} ELSE 0 END AS status_marks
    FROM suspected
), timed AS (
    SELECT *, CASE WHEN code <> {CODES["left_out"]} THEN reply_ms END AS ms,
        CASE WHEN message_marks & {MARKS["error"]} <> 0 THEN split_part(message, chr(10), 1)
             WHEN line_class = 'banner' THEN message
             WHEN time IS NULL THEN CASE WHEN line_class NOT IN ('continuation', 'rejected') THEN NULL
                  WHEN regexp_matches(message, getvariable('line_of_crash')) THEN '{CRASHED}'
                  WHEN regexp_matches(message, getvariable('traceback')) THEN '{TRACED}'
                  WHEN regexp_matches(message, getvariable('chain')) THEN '{CHAINED}' END
             WHEN code = {CODES["left_out"]} THEN lower(trim(environment)) END AS words
    FROM marked
), cut AS (
    -- A secret that the cut tore would not be known as one, so the last word goes too.
    SELECT *, CASE WHEN length(words) > {KIND_LENGTH}
                   THEN regexp_replace(left(words, {KIND_LENGTH}), '\\S{{0,100}}$', '…') ELSE words END AS kind
    FROM timed
)
SELECT *,
    epoch_us(time) // 60000000 AS minute,
    (message_marks | status_marks | also_marks
        | CASE WHEN ms > getvariable('slow_ms') AND {IN_A_DAY} THEN {MARKS["slow_reply"]} ELSE 0 END
        | CASE WHEN partial THEN {MARKS["partial"]} ELSE 0 END
        | CASE WHEN truncated AND {_END_TELLS} THEN {MARKS["truncated"]} ELSE 0 END
        | CASE WHEN ambiguous THEN {MARKS["ambiguous"]} ELSE 0 END)::UINTEGER AS marks,
    CASE WHEN message_marks & {MARKS["error"]} <> 0 THEN regexp_replace(kind, getvariable('kind_ids'), 'N', 'g')
         ELSE kind END AS detail
FROM cut
"""
    return EventRules(select, variables)
