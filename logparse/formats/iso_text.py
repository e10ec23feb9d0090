"""Text with ISO times: docker logs -t, Fly, CRI, Heroku, Vercel up to 34, and home-made files.

    2026-02-03T10:15:32.123Z [ARI] Response sent in 1834ms
    2026-02-03 10:15:32+00:00 app[web.1]: INFO [ARI] Response sent in 1834ms
    2026-02-03T10:15:32Z app[148e] sin [info][ARI] Response sent in 1834ms

A line without a time continues the record above (a stack trace). A message cannot be told from a line that a user's
text broke, so an untimed line that looks like a message of the bot, or like a row of another format, is rejected.
"""

import re

from logparse.formats.format import Format
from logparse.formats.noise import ANSI, TOOL_LINE, WORKING_COMMAND
from logparse.patterns import quoted

TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
LEVELS = "trace|debug|info|notice|log|warn|warning|error|err|fatal|critical|crit|panic|emerg|alert"
PREFIX = r"(?:(?:stdout|stderr) [FP] )?(?:[\w.-]+\[[\w./:-]+\](?:: ?| \w+ ))?"
LEVEL = rf"(?:\[(?:{LEVELS}|{LEVELS.upper()})\]|(?:{LEVELS}|{LEVELS.upper()}|(?:Error|Warning))(?::|\b))"
HEAD = rf"^({PREFIX})(?:({LEVEL})[ \t]*)?"
UNTIMED_MESSAGE = r'^(?:\[[A-Z][\w ]*\] |\s*\{".*\}\s*$)'

_STAMP = rf"^({TIME})(?:\s|$)"
_LEVEL_WORDS = sorted({word for level in LEVELS.split("|") for word in (level, level.upper())} | {"Error", "Warning"})
_HEAD_STARTS = sorted({word[:3] for word in _LEVEL_WORDS} | {f"[{word[:2]}" for word in _LEVEL_WORDS} | {"std"})

SELECT = rf"""
WITH stamped AS (
    -- Most logs have times of 24 characters that end in Z: those need no regular expression.
    SELECT *,
        CASE WHEN substr(line, 24, 2) = 'Z ' THEN 24
             ELSE strlen(regexp_extract(line, {quoted(_STAMP)}, 1)) END AS width
    FROM (SELECT file, number, CASE WHEN contains(line, chr(27)) THEN regexp_replace(line, {quoted(ANSI)}, '', 'g')
                                    ELSE line END AS line FROM lines)
), timed AS (
    SELECT file, number, line,
        CASE WHEN width = 24 AND substr(line, 24, 1) = 'Z' THEN try_cast(left(line, 23) AS TIMESTAMP)
             WHEN width > 0 THEN CASE
                WHEN regexp_matches(left(line, width), '(?:Z|[+-]\d\d:?\d\d)$')
                THEN timezone('UTC', try_cast(replace(left(line, width), ',', '.') AS TIMESTAMPTZ))
                ELSE timezone('UTC', timezone(getvariable('timezone'),
                    try_cast(replace(left(line, width), ',', '.') AS TIMESTAMP))) END
        END AS time,
        substr(line, width + 2) AS rest
    FROM stamped
), headed AS (
    SELECT file, number, line, time, rest,
        -- Only a rest that begins like a level or a prefix is worth a regular expression.
        CASE WHEN time IS NOT NULL AND (
                 left(rest, 3) IN ({", ".join(map(quoted, _HEAD_STARTS))})
                 OR contains(left(rest, 40), ']') AND NOT starts_with(rest, '['))
             THEN regexp_extract(rest, {quoted(HEAD)}, ['prefix', 'level']) END AS head
    FROM timed
)
SELECT
    CASE WHEN time IS NOT NULL THEN 'records'
         WHEN line IS NULL OR trim(line, e' \t\r\f\v') = '' THEN 'blank'
         WHEN regexp_matches(line, {quoted(TOOL_LINE)}) THEN 'banner'
         WHEN regexp_matches(line, {quoted(UNTIMED_MESSAGE)}) THEN 'rejected'
         ELSE 'continuation' END AS line_class,
    file, number, TRUE AS opens_line, time,
    CASE WHEN head.level <> '' THEN CASE lower(trim(head.level, '[]:'))
        WHEN 'err' THEN 'error' WHEN 'warning' THEN 'warn'
        WHEN 'critical' THEN 'fatal' WHEN 'crit' THEN 'fatal' WHEN 'panic' THEN 'fatal' WHEN 'emerg' THEN 'fatal'
        WHEN 'alert' THEN 'fatal' ELSE lower(trim(head.level, '[]:')) END END AS level,
    CASE WHEN time IS NULL THEN line
         WHEN head IS NULL THEN rest
         ELSE ltrim(regexp_replace(rest, {quoted(HEAD)}, '')) END AS message,
    NULL::VARCHAR AS request, NULL::VARCHAR AS method, NULL::INTEGER AS status, NULL::VARCHAR AS path,
    NULL::VARCHAR AS environment, NULL::VARCHAR AS deployment, FALSE AS partial
FROM headed
"""

_TIMED_LINE = re.compile(rf"(?:{ANSI})*{TIME}(?:\s|$)")

ISO_TEXT = Format(
    name="iso-text",
    title="text with ISO times",
    recognises=lambda line: bool(_TIMED_LINE.match(line)),
    select=SELECT,
    command=WORKING_COMMAND,
)
