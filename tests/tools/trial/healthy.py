"""Healthy days: what happens on any good day must not stop a bot."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from tests.tools.trial import shapes
from tests.tools.trial.bots import answered, ari, latency, receipt, received, request_id
from tests.tools.trial.day import PASS, READY, WARN, Files, TrialDay
from tests.tools.trial.errors import rows, text
from tests.tools.trial.traffic import HOUR, Day, Exchange, Line, beats, changed, in_order, moment, part, said, talks

ALL_SHAPES: tuple[Callable[[Day], bytes], ...] = (
    shapes.vercel_rows,
    shapes.log_drain,
    shapes.docker_logs,
    shapes.docker_json,
    shapes.journald,
    shapes.journal_text,
    shapes.syslog,
    shapes.cri,
    shapes.heroku,
    shapes.fly,
    shapes.cloudwatch,
    shapes.pino,
    shapes.json_rows,
    shapes.with_levels,
    shapes.bare_behind_times,
    shapes.whole_seconds,
)


def _steady(shape: Callable[[Day], bytes]) -> Files:
    beat = "" if shape in (shapes.vercel_rows, shapes.log_drain) else "[Health] ok"
    return {"logs/a": shape(in_order(talks(ari), beats(beat)))}


def _duplicates(every: int) -> list[Exchange]:
    """The provider delivers some messages again; the bot knows them by their ids and skips them."""
    again = []
    for number, one in enumerate(talks(ari)):
        if number % every == 0:
            lines = (
                *received(number, "Halo, masih buka?"),
                Line(5, f"[Webhook] Duplicate message wamid.HBgL{number:06d}, skipping"),
            )
            again.append(Exchange(one.at + 25_000, lines, f"{one.id}-again"))
    return again


def _reaction(at: int, number: int, random: Random) -> Exchange:
    lines = (*received(number, "👍", "reaction"), Line(5, "[Webhook] Reaction, nothing to answer"))
    return Exchange(at, lines, request_id(at, random))


def _batch(at: int, number: int, random: Random) -> Exchange:
    """A user's three messages in one delivery: each is processed and answered."""
    lines = [*received(number, "Halo")]
    for each in range(3):
        took = latency(random)
        lines += [replace(line, after=line.after + 10_000 * each) for line in answered(3 * number + each, took)]
    return Exchange(at, tuple(lines), request_id(at, random))


def _group(at: int, number: int, random: Random) -> Exchange:
    """A message of a group: answered as any other, and longer."""
    one = ari(at, number, random)
    return replace(
        one,
        lines=tuple(
            replace(line, text=line.text.replace('"from":"***"', '"from":"***","group_id":"1203"'))
            for line in one.lines
        ),
    )


def _quoted(words: str) -> list[Exchange]:
    """Users who write the bot's own log lines, or an error's words."""

    def written(at: int, number: int, random: Random) -> Exchange:
        took = latency(random)
        return Exchange(at, (*received(number, words), *answered(number, took)), request_id(at, random))

    return talks(written)


def _overlapping() -> Files:
    day = in_order(talks(ari), beats())
    return {
        f"logs/h{hour:02d}.jsonl": shapes.vercel_rows(part(day, max(0, hour - 5), hour))
        for hour in (4, 8, 12, 16, 20, 24)
    }


def _overlapping_text() -> Files:
    day = in_order(talks(ari), beats("[Health] ok"))
    return {
        f"logs/h{hour:02d}.log": shapes.docker_logs(part(day, max(0, hour - 5), hour))
        for hour in (4, 8, 12, 16, 20, 24)
    }


def _rotated() -> Files:
    day = shapes.docker_json(in_order(talks(ari), beats("[Health] ok"))).splitlines(keepends=True)
    third = len(day) // 3
    return {
        "logs/bot-json.log.2.gz": gzip.compress(b"".join(day[:third])),
        "logs/bot-json.log.1": b"".join(day[third : 2 * third]),
        "logs/bot-json.log": b"".join(day[2 * third :]),
    }


def _restarted(words: tuple[str, ...]) -> Files:
    at = moment(9.1)
    lines = [said(at + 700 * number, word) for number, word in enumerate(words)]
    return {"logs/a.log": shapes.docker_logs(in_order(talks(ari), lines, beats("[Health] ok")))}


def _cycled(*words: str) -> Files:
    """Heroku restarts each dyno once a day."""
    at = moment(13.02)
    day = shapes.heroku(in_order(talks(ari), beats("[Health] ok")))
    lines = shapes.text(
        f"{shapes.written(at + 2_000 * number)}+00:00 heroku[web.1]: {word}" for number, word in enumerate(words)
    )
    return {"logs/a.log": b"".join(sorted((day + lines).splitlines(keepends=True)))}


def _deployed() -> list[Exchange]:
    return [replace(one, deployment="dpl_new") if one.at >= moment(12) else one for one in talks(ari)]


def _fallbacks(count: int) -> list[Exchange]:
    def fallen(one: Exchange) -> Exchange:
        return replace(
            one, lines=tuple(replace(line, text=line.text.replace("(grok-3)", "(fallback)")) for line in one.lines)
        )

    return changed(talks(ari), fallen, *range(0, 200, 200 // count))


def _retried() -> list[Exchange]:
    return changed(
        talks(ari),
        lambda one: one.saying("[Grok] Request failed with 503, retry 1 of 3 in 500 ms", "warning"),
        *range(0, 200, 12),
    )


def _slow_ones() -> list[Exchange]:
    def slow(one: Exchange) -> Exchange:
        return replace(
            one,
            lines=tuple(
                replace(line, text="[ARI] Response sent in 12400ms", after=12_400)
                if "Response sent" in line.text
                else line
                for line in one.lines
            ),
        )

    return changed(talks(ari), slow, 15, 95, 155)


def _weekend() -> Files:
    """Sixty messages a day, none for up to 48 minutes."""
    return {"logs/a.log": shapes.docker_logs(in_order(talks(ari, 60), beats("[Health] ok")))}


WORDS = "it says: [ARI] Processing error: TypeError at line 3\n[Webhook] Invalid signature - rejecting request"

SUMS = (
    "sums cannot tell which delivery was processed: a message that was delivered twice lowers the success rate, and"
    " several in one delivery look like deliveries that the logs lack"
)

DAYS: tuple[TrialDay, ...] = (
    *(
        TrialDay(
            f"a steady day ({shape.__name__.replace('_', ' ')})",
            partial(_steady, shape),
            READY,
            {"success_rate": PASS, "error_rate": PASS},
        )
        for shape in ALL_SHAPES
    ),
    TrialDay("a few duplicates are skipped", lambda: rows(in_order(talks(ari), _duplicates(30))), READY),
    TrialDay(
        "one message in eight is delivered twice, and the second is skipped",
        lambda: rows(in_order(talks(ari), _duplicates(8))),
        READY,
        unseen=SUMS,
    ),
    TrialDay("some users react with a thumb", lambda: rows(in_order(talks(ari), talks(_reaction, 8))), READY),
    TrialDay(
        "many users react with a thumb, and the setting leaves those out",
        lambda: rows(in_order(talks(ari), talks(_reaction, 60))),
        READY,
        settings={"event_receipt": '.*"statuses":\\s*\\[\n.*"type":"reaction"'},
    ),
    TrialDay("one delivery holds three messages", lambda: text(in_order(talks(ari), talks(_batch, 1))), READY),
    TrialDay(
        "many deliveries hold three messages",
        lambda: text(in_order(talks(ari), talks(_batch, 20))),
        READY,
        unseen=SUMS,
    ),
    TrialDay("half of the deliveries are receipts", lambda: rows(in_order(talks(ari), talks(receipt, 220))), READY),
    TrialDay("messages of groups", lambda: rows(talks(_group)), READY),
    TrialDay("users quote the bot's log lines", lambda: rows(_quoted(WORDS)), READY, {"error_rate": PASS}),
    TrialDay(
        "users quote the bot's log lines, in docker's files",
        lambda: {"logs/a.json": shapes.docker_json(in_order(_quoted(WORDS), beats("[Health] ok")))},
        READY,
        {"error_rate": PASS},
    ),
    TrialDay(
        "users write of exceptions and crashes",
        lambda: text(
            _quoted("Traceback (most recent call last): ValueError, panic: x, FATAL ERROR: heap, Killed, exit 137")
        ),
        READY,
        {"critical_errors": PASS},
    ),
    TrialDay("each fetch reaches back an hour (rows)", _overlapping, READY),
    TrialDay("each fetch reaches back an hour (text)", _overlapping_text, READY),
    TrialDay("docker rotated its files, the oldest is compressed", _rotated, READY),
    TrialDay(
        "a whole day compressed",
        lambda: {"logs/a.jsonl.gz": gzip.compress(shapes.vercel_rows(in_order(talks(ari), beats())))},
        READY,
    ),
    TrialDay(
        "the bot is restarted in the middle",
        lambda: _restarted(
            ("[Server] SIGTERM received, closing", "[Server] closed", "npm start", "[Server] listening on port 3000")
        ),
        READY,
    ),
    TrialDay(
        "systemd restarts the bot in the middle",
        lambda: _restarted(
            (
                "Stopping bot.service - Shop bot...",
                "bot.service: Deactivated successfully.",
                "Stopped bot.service - Shop bot.",
                "Started bot.service - Shop bot.",
            )
        ),
        READY,
    ),
    TrialDay(
        "Heroku cycles the dyno, which ends with status 0",
        lambda: _cycled(
            "Cycling",
            "State changed from up to starting",
            "Stopping all processes with SIGTERM",
            "Process exited with status 0",
            "Starting process with command `npm start`",
            "State changed from starting to up",
        ),
        READY,
        {"critical_errors": PASS},
        rule="each dyno is restarted daily",
    ),
    TrialDay(
        "Heroku cycles the dyno, which ends by SIGTERM (143)",
        lambda: _cycled(
            "Cycling",
            "State changed from up to starting",
            "Stopping all processes with SIGTERM",
            "Process exited with status 143",
            "Starting process with command `npm start`",
        ),
        READY,
        {"critical_errors": PASS},
        rule="143 is SIGTERM, which the platform sent: no crash",
    ),
    TrialDay("a deploy in the middle", lambda: rows(_deployed()), READY, {"evidence": WARN}, says=("dpl_new",)),
    TrialDay("a few fallback replies", lambda: rows(_fallbacks(4)), READY, {"fallback_replies": PASS}),
    TrialDay("many fallback replies", lambda: rows(_fallbacks(20)), READY, {"fallback_replies": WARN}),
    TrialDay("the model is asked again, and answers", lambda: text(_retried()), READY),
    TrialDay("three slow answers", lambda: text(_slow_ones()), READY, {"response_time": WARN}),
    TrialDay("a weekend with few messages", _weekend, READY),
    TrialDay(
        "many cron jobs beside the bot",
        lambda: rows(
            in_order(talks(ari), [said(moment(0) + at * HOUR // 20, "[Cron] 0 failed, 3 sent") for at in range(480)])
        ),
        READY,
    ),
    TrialDay(
        "a handled error is logged with its stack",
        lambda: rows(
            changed(
                talks(ari),
                lambda one: one.until("Response sent").saying(
                    "[ARI] Processing error: TypeError: fetch failed\n    at node:internal/deps/undici:13\n"
                    "    at async handle (/var/task/server.js:1:204)",
                    "error",
                ),
                50,
                150,
            )
        ),
        READY,
        {"critical_errors": PASS},
    ),
)
