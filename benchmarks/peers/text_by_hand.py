"""DuckDB's own read_csv over text: each line as one column, and five patterns by minute.

python benchmarks/peers/text_by_hand.py FILE
"""

import sys

import duckdb

COUNT = """
SELECT minute,
    count(*) FILTER (starts_with(message, '[Webhook] Received payload (masked): {')),
    count(*) FILTER (starts_with(message, '[Webhook] Signature verified')),
    count(*) FILTER (starts_with(message, '[ARI] Processing message for contact ')),
    count(*) FILTER (starts_with(message, '[ARI] Response sent in ')),
    count(*) FILTER (regexp_matches(message, '(?i)error'))
FROM (
    SELECT left(line, 16) AS minute, substr(line, 26) AS message
    FROM read_csv(?, columns = {line: 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false,
        auto_detect = false, strict_mode = false)
)
GROUP BY minute
"""

if __name__ == "__main__":
    for row in duckdb.connect().execute(COUNT, [sys.argv[1]]).fetchall():
        print(*row)
