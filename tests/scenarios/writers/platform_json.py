"""JSON of other platforms: docker's files, the journal, CloudWatch, and lines of a logging library. Production's."""

import json
from collections.abc import Sequence
from typing import Any

from tests.scenarios.traffic import Message, Request
from tests.scenarios.writers.json_text import message_id, one_a_line, printed
from tests.scenarios.writers.stamps import stamp
from tests.scenarios.writers.writer import Writer

_PIECE = 16 * 1024  # What docker keeps of a line at a time.
_PRIORITIES = {"info": "6", "warning": "4", "error": "3", "fatal": "2"}
_PINO = {"info": 30, "warning": 40, "error": 50, "fatal": 60}


def write_docker_json(requests: Sequence[Request]) -> bytes:
    """docker's json-file: a line each for the lines of a message, in pieces where it is long."""
    return one_a_line(entry for each in printed(requests) for entry in _docker_entries(*each))


def _docker_entries(time_ms: int, _: Request, message: Message) -> list[dict[str, Any]]:
    stream = "stderr" if message.level in ("error", "fatal") else "stdout"
    text = message.text + "\n"
    pieces = [piece for line in text.splitlines(keepends=True) for piece in _pieces(line)]
    return [{"log": piece, "stream": stream, "time": f"{stamp(time_ms)}456789Z"} for piece in pieces]


def _pieces(line: str) -> list[str]:
    return [line[at : at + _PIECE] for at in range(0, len(line), _PIECE)]


def write_journald(requests: Sequence[Request]) -> bytes:
    """The journal as `journalctl -o json` shows it: every value a text, the message perhaps a list of bytes."""
    return one_a_line(_journal_entry(*each) for each in printed(requests))


def _journal_entry(time_ms: int, request: Request, message: Message) -> dict[str, Any]:
    # What is not printable ASCII or a known letter comes as bytes; a line feed is enough.
    text: object = list(message.text.encode()) if "\n" in message.text else message.text
    return {
        "__CURSOR": f"s=soak;t={time_ms}000;x={message_id(request, message)}",
        "__REALTIME_TIMESTAMP": f"{time_ms}000",
        "_SYSTEMD_UNIT": "bot.service",
        "_TRANSPORT": "syslog",
        "PRIORITY": _PRIORITIES[message.level],
        "MESSAGE": text,
    }


def write_cloudwatch(requests: Sequence[Request]) -> bytes:
    """What `aws logs filter-log-events` prints: one object over many lines, the head of the Lambda runtime in each."""
    events = [_event(*each) for each in printed(requests)]
    return (json.dumps({"events": events, "searchedLogStreams": []}, indent=4, ensure_ascii=False) + "\n").encode()


def _event(time_ms: int, request: Request, message: Message) -> dict[str, Any]:
    level = "WARN" if message.level == "warning" else message.level.upper()
    return {
        "logStreamName": "2026/01/12/[$LATEST]soak",
        "timestamp": time_ms,
        "message": f"{stamp(time_ms)}Z\t{uuid_of(request)}\t{level}\t{message.text}\n",
        "ingestionTime": time_ms + 900,
        "eventId": f"{time_ms}{message_id(request, message)}",
    }


def uuid_of(request: Request) -> str:
    """An id of a request in the shape that AWS gives them."""
    digits = f"{abs(hash_of(request.id)):032x}"[:32]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def hash_of(text: str) -> int:
    """The same number for the same text in every run."""
    return int.from_bytes(text.encode()[-16:], "big")


def write_json_lines(requests: Sequence[Request]) -> bytes:
    """Lines as pino writes them: the level a number, the time in ms."""
    return one_a_line(
        {"level": _PINO[message.level], "time": time_ms, "pid": 7, "reqId": request.id, "msg": message.text}
        for time_ms, request, message in printed(requests)
    )


DOCKER_JSON = Writer("docker-json", write_docker_json, levels=False, splits_messages=True)
JOURNALD = Writer("journald", write_journald, message_ids=True)
CLOUDWATCH = Writer(
    "cloudwatch", write_cloudwatch, suffix=".json", request_ids=True, message_ids=True, is_document=True
)
JSON_LINES = Writer("json-lines", write_json_lines, request_ids=True)
