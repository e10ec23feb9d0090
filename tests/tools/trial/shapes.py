"""The shapes in which people have their logs: from what happened to the bytes of a file.

Where a platform keeps lines, a text of several lines becomes an entry each, as it does there.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from tests.tools.trial.traffic import Day, Exchange, Line

PINO = {"trace": 10, "debug": 20, "info": 30, "warning": 40, "error": 50, "fatal": 60}
OTEL = {"trace": 1, "debug": 5, "info": 9, "warning": 13, "error": 17, "fatal": 21}
SYSLOG = {"trace": 7, "debug": 7, "info": 6, "warning": 4, "error": 3, "fatal": 2}


def written(milliseconds: int, form: str = "%Y-%m-%dT%H:%M:%S.%f") -> str:
    """A time in UTC, in a form of strftime."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).strftime(form)


def messages(day: Day) -> list[tuple[int, Exchange, Line]]:
    """All that was printed, in the order of time."""
    found = [(exchange.at + line.after, exchange, line) for exchange in day for line in exchange.lines]
    return sorted(found, key=lambda each: each[0])


def lines(day: Day) -> Iterator[tuple[int, Exchange, Line, str]]:
    """The same, line by physical line."""
    for time, exchange, line in messages(day):
        for text in line.text.rstrip("\n").split("\n"):
            yield time, exchange, line, text


def ndjson(entries: Iterable[object]) -> bytes:
    """One entry a line."""
    return "".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n" for entry in entries).encode()


def text(rows: Iterable[str]) -> bytes:
    """Lines of text."""
    return "".join(row + "\n" for row in rows).encode()


def vercel_rows(day: Day) -> bytes:
    """`vercel logs --json`: a request a line, the newest first."""
    return ndjson(vercel_row(exchange) for exchange in sorted(day, key=lambda exchange: -exchange.at))


def vercel_row(exchange: Exchange) -> dict[str, object]:
    """A row of it."""
    order = ["trace", "debug", "info", "warning", "error", "fatal"]
    worst = max(exchange.lines, key=lambda line: order.index(line.level) if line.level in order else 2, default=None)
    return {
        "id": exchange.id,
        "timestamp": exchange.at,
        "deploymentId": exchange.deployment,
        "projectId": exchange.project,
        "level": worst.level if worst else "info",
        "message": worst.text if worst else "",
        "source": "serverless",
        "domain": "shop.example.com",
        "requestMethod": exchange.method,
        "requestPath": exchange.path,
        "responseStatusCode": exchange.status,
        "environment": exchange.environment,
        "branch": "main",
        "cache": "MISS",
        "logs": [{"level": line.level, "message": line.text, "messageTruncated": False} for line in exchange.lines],
    }


def log_drain(day: Day) -> bytes:
    """What a log drain of Vercel delivers, an entry a line."""
    return ndjson(
        {
            "id": f"{time}{number:06d}",
            "deploymentId": exchange.deployment,
            "source": "lambda",
            "host": "shop.example.com",
            "timestamp": time,
            "projectId": exchange.project,
            "level": line.level,
            "message": line.text,
            "path": exchange.path,
            "type": "stderr" if line.stderr else "stdout",
            "statusCode": exchange.status,
            "requestId": exchange.id,
            "environment": exchange.environment,
            "proxy": {
                "timestamp": exchange.at,
                "method": exchange.method,
                "host": "shop.example.com",
                "path": exchange.path,
                "statusCode": exchange.status,
            },
        }
        for number, (time, exchange, line) in enumerate(messages(day))
    )


def docker_logs(day: Day) -> bytes:
    """`docker logs -t`: also what `kubectl logs --timestamps` prints."""
    return text(f"{written(time)}{number % 1000:03d}Z {row}" for number, (time, _, _, row) in enumerate(lines(day)))


def whole_seconds(day: Day) -> bytes:
    """The same with times of whole seconds, as many a home-made logger writes them."""
    return text(f"{written(time, '%Y-%m-%dT%H:%M:%S')}Z {row}" for time, _, _, row in lines(day))


def bare_behind_times(day: Day) -> bytes:
    """A program's own time in front of each message, what follows a line break without one."""
    return text(f"{written(time)[:-3]}Z {line.text.rstrip()}" for time, _, line in messages(day))


def with_levels(day: Day) -> bytes:
    """The same with the level in capitals behind the time."""
    return text(f"{written(time)[:-3]}Z {line.level.upper()} {line.text.rstrip()}" for time, _, line in messages(day))


def docker_json(day: Day) -> bytes:
    """The files of docker's driver json-file."""
    return ndjson(
        {
            "log": row + "\n",
            "stream": "stderr" if line.stderr else "stdout",
            "time": f"{written(time)}{number % 1000:03d}Z",
        }
        for number, (time, _, line, row) in enumerate(lines(day))
    )


def journald(day: Day) -> bytes:
    """`journalctl -o json` of a service whose output systemd takes: no level of its own, 6 for both streams."""
    return ndjson(
        {
            "__CURSOR": f"s=1;i={number:x}",
            "__REALTIME_TIMESTAMP": f"{time}{number % 1000:03d}",
            "_SYSTEMD_UNIT": "bot.service",
            "_TRANSPORT": "stdout",
            "PRIORITY": "6",
            "SYSLOG_IDENTIFIER": "node",
            "_PID": "811",
            "MESSAGE": row,
        }
        for number, (time, _, _, row) in enumerate(lines(day))
    )


def journal_text(day: Day) -> bytes:
    """`journalctl -o short-iso`."""
    return text(f"{written(time, '%Y-%m-%dT%H:%M:%S')}+0000 vps-1 node[811]: {row}" for time, _, _, row in lines(day))


def syslog(day: Day) -> bytes:
    """What `journalctl` prints unless asked: no year, no zone."""
    return text(f"{written(time, '%b %d %H:%M:%S')} vps-1 node[811]: {row}" for time, _, _, row in lines(day))


def cri(day: Day) -> bytes:
    """The files of Kubernetes' nodes."""
    return text(
        f"{written(time)}{number % 1000:03d}Z {'stderr' if line.stderr else 'stdout'} F {row}"
        for number, (time, _, line, row) in enumerate(lines(day))
    )


def heroku(day: Day) -> bytes:
    """`heroku logs`."""
    return text(f"{written(time)}+00:00 app[web.1]: {row}" for time, _, _, row in lines(day))


def fly(day: Day) -> bytes:
    """`fly logs`: every line is of level info there, whatever it says."""
    return text(
        f"{written(time, '%Y-%m-%dT%H:%M:%S')}Z app[4d89116ea26e] fra [info]{row}" for time, _, _, row in lines(day)
    )


def cloudwatch(day: Day) -> bytes:
    """`aws logs filter-log-events`, with the head of the Lambda runtime for Node."""
    events = [
        {
            "logStreamName": "2026/01/12/[$LATEST]58419525dade4d17a495dceeeed44708",
            "timestamp": time,
            "message": (
                f"{written(time)[:-3]}Z\t{lambda_id(exchange)}\t{_lambda_level(line)}\t{line.text.rstrip()}\n"
                if line.level
                else line.text
            ),
            "ingestionTime": time + 800,
            "eventId": f"3936{time}{number:08d}",
        }
        for number, (time, exchange, line) in enumerate(messages(day))
    ]
    return (json.dumps({"events": events, "searchedLogStreams": []}, indent=4, ensure_ascii=False) + "\n").encode()


def _lambda_level(line: Line) -> str:
    return {"warning": "WARN"}.get(line.level, line.level.upper())


def lambda_id(exchange: Exchange) -> str:
    """The id of a request in AWS's manner."""
    digits = f"{abs(exchange.at * 2654435761) & (1 << 128) - 1:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def pino(day: Day) -> bytes:
    """Lines of pino, and with other names those of bunyan."""
    return ndjson(
        {"level": PINO[line.level], "time": time, "pid": 17, "hostname": "bot-1", "msg": line.text}
        for time, _, line in messages(day)
    )


def json_rows(day: Day, level: str = "severity", words: dict[str, str] | None = None) -> bytes:
    """Rows as Railway, Render and many a logger have them; ``words`` are the names of levels."""
    known = words or {}
    return ndjson(
        {"timestamp": f"{written(time)[:-3]}Z", level: known.get(line.level, line.level), "message": line.text}
        for time, _, line in messages(day)
    )


def otel(day: Day) -> bytes:
    """OpenTelemetry's records, one a line."""
    return ndjson(
        {"timestamp": f"{written(time)[:-3]}Z", "severityNumber": OTEL[line.level], "body": line.text}
        for time, _, line in messages(day)
    )


def bare(day: Day) -> bytes:
    """What a bot printed, copied without any time."""
    return text(row for _, _, _, row in lines(day))


def cut(content: bytes, keep: Sequence[int]) -> bytes:
    """Some lines of a file alone, from one number to another."""
    begin, end = keep
    return b"".join(content.splitlines(keepends=True)[begin:end])
