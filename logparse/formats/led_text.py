"""Text with ISO times after a prefix: a service, a pod or a priority; or with the time in brackets.

    web-1  | 2026-02-03T10:15:32.123Z [ARI] Response sent in 1834ms
    0|bot  | 2026-02-03T10:15:32: [ARI] Response sent in 1834ms
    [pod/bot-7d9f/bot] 2026-02-03T10:15:32.123Z [ARI] Response sent in 1834ms
    <14>1 2026-02-03T10:15:32.003Z host bot 1234 - - [ARI] Response sent in 1834ms
    [2026-02-03 10:15:32] INFO [ARI] Response sent in 1834ms

The prefix is removed, and the rest is read as text with ISO times. It is a separate format, so that the usual text,
which is the most common, costs nothing more.
"""

from logparse.formats.format import Format
from logparse.formats.iso_text import ISO_TEXT, TIME
from logparse.formats.sql.tool_lines import text_recogniser, without_colours
from logparse.values.patterns import sql_literal

LEAD = r"(?:[\w.-]+ +\| ?|\d+\|[^|]{1,60}\| ?|\[(?:pod|container)/[^\]]+\] )"
"""Prefixes of docker compose, pm2 logs and kubectl logs --prefix."""

SYSLOG = rf"^<\d{{1,3}}>1 ({TIME}) (?:\S+ ){{4}}(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: \x{{FEFF}}?|$)"
"""RFC 5424: priority, version, time, host, application, process, message id, structured data."""

BRACKETED = rf"^\[({TIME})\]:? ?"

_UNLED = f"""
CASE WHEN starts_with(line, '<') THEN regexp_replace(line, {sql_literal(SYSLOG)}, '\\1 ')
     ELSE regexp_replace(regexp_replace(line, {sql_literal(f"^{LEAD}")}, ''), {sql_literal(BRACKETED)}, '\\1 ') END
"""

SELECT = f"""
WITH led AS (
    SELECT file, number, {_UNLED} AS line FROM (SELECT file, number, {without_colours("line")} AS line FROM lines)
)
SELECT * FROM (WITH lines AS (SELECT * FROM led) SELECT * FROM ({ISO_TEXT.select}))
"""

_LED_LINE = rf"{LEAD}\[?{TIME}[\]:]?(?:\s|$)|\[{TIME}\]|" + SYSLOG.removeprefix("^").replace(r"\x{FEFF}", "\ufeff")

LED_TEXT = Format(
    name="led-text",
    title="text with ISO times behind a name",
    recognises=text_recogniser(_LED_LINE),
    select=SELECT,
    needs="a time in ISO 8601 behind the name of a service or pod, a priority, or in brackets",
    line_by_line=True,
    as_written=True,
)
