"""DuckDB's own read_json over rows: the columns that the suite reads, and five patterns by window of four hours.

python benchmarks/peers/rows_by_hand.py FILE
"""

import sys

import duckdb

COLUMNS = """
{id: 'VARCHAR', timestamp: 'BIGINT', deploymentId: 'VARCHAR', requestMethod: 'VARCHAR', requestPath: 'VARCHAR',
 responseStatusCode: 'INTEGER', environment: 'VARCHAR', level: 'VARCHAR', message: 'VARCHAR',
 messageTruncated: 'BOOLEAN', logs: 'STRUCT(level VARCHAR, message VARCHAR, messageTruncated BOOLEAN)[]'}
"""

COUNT = f"""
SELECT timestamp // 14400000 AS part,
    count(*) FILTER (starts_with(entry.message, '[Webhook] Received payload (masked): {{')),
    count(*) FILTER (starts_with(entry.message, '[Webhook] Signature verified')),
    count(*) FILTER (starts_with(entry.message, '[ARI] Processing message for contact ')),
    count(*) FILTER (starts_with(entry.message, '[ARI] Response sent in ')),
    count(*) FILTER (entry.level = 'error'),
    count(id), count(deploymentId), count(requestMethod), count(requestPath), max(responseStatusCode),
    count(environment), count(level), count(message), count(messageTruncated), count(entry.messageTruncated)
FROM (
    SELECT * EXCLUDE (logs), unnest(logs) AS entry
    FROM read_json(?, format = 'newline_delimited', columns = {COLUMNS}, ignore_errors = true)
)
GROUP BY part ORDER BY part
"""

if __name__ == "__main__":
    for row in duckdb.connect().execute(COUNT, [sys.argv[1]]).fetchall():
        print(*row)
