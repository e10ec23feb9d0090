"""Days on which the program ended: what real programs printed then, in the shapes that logs have."""

from collections.abc import Callable
from pathlib import Path

from tests.tools.trial import recalled, shapes
from tests.tools.trial.bots import TELEGRAF, ari, telegraf
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, Files, TrialDay
from tests.tools.trial.traffic import Day, Exchange, Line, beats, changed, in_order, said, talks

PRINTED = Path(__file__).with_name("printed")
Shape = Callable[[Day], bytes]


UNTIMED = (
    "a line without a time of its own may be a user's, after a line break that the bot printed: it is told, and nobody"
    " is judged"
)


def printed(name: str) -> str:
    """What a program printed when it ended, without the line that it printed before."""
    words = (PRINTED / f"{name}.txt").read_text("utf-8")
    return words.removeprefix("[Webhook] Signature verified\n").removeprefix("bot started\n")


def ended_with(words: str, level: str = "error") -> Callable[[Exchange], Exchange]:
    """An exchange in which the program printed this and ended before it answered."""
    return lambda exchange: exchange.until("Response sent").until("[Grok]").saying(words, level, 900, stderr=True)


def day_of(words: str, level: str = "error", beat: str = "[Health] ok") -> list[Exchange]:
    """A steady day with one exchange in which the program ended; it is started again a little later."""
    day = changed(talks(ari), ended_with(words, level), 120)
    return in_order(day, beats(beat), [said(day[120].at + 4_000, "[Server] listening on port 3000")])


def crash(name: str, words: str, shape: Shape, level: str = "error", file: str = "logs/bot.log") -> TrialDay:
    """A day on which the program ended once, in a shape."""

    def files() -> Files:
        beat = "" if shape in (shapes.vercel_rows, shapes.log_drain) else "[Health] ok"
        # Behind a line with a time of its own, the crash has none.
        before = "[Server] handling\n" if shape is shapes.bare_behind_times else ""
        return {file: shape(day_of(before + words, level, beat))}

    if shape is shapes.bare_behind_times:
        return TrialDay(name, files, NOT_JUDGED, {"evidence": NOT_JUDGED}, says=("dies",), rule=UNTIMED)
    return TrialDay(name, files, NOT_READY, {"critical_errors": FAIL})


RAN: tuple[tuple[str, Shape], ...] = (
    ("node18-throw", shapes.docker_json),
    ("node18-reject", shapes.docker_logs),
    ("node18-reject-nonerror", shapes.docker_json),
    ("node18-throw-string", shapes.bare_behind_times),
    ("node18-emitter", shapes.journald),
    ("node18-oom", shapes.docker_json),
    ("node20-throw", shapes.docker_logs),
    ("node20-throw", shapes.bare_behind_times),
    ("node20-throw", shapes.vercel_rows),
    ("node20-throw", shapes.syslog),
    ("node20-reject", shapes.docker_json),
    ("node20-reject", shapes.journald),
    ("node20-reject", shapes.heroku),
    ("node20-reject-nonerror", shapes.docker_logs),
    ("node20-reject-warned", shapes.docker_json),
    ("node20-reject-warned", shapes.vercel_rows),
    ("node20-throw-string", shapes.docker_logs),
    ("node20-emitter", shapes.fly),
    ("node20-esm", shapes.cri),
    ("node20-oom", shapes.journald),
    ("node22-throw", shapes.journal_text),
    ("node22-reject", shapes.cri),
    ("node22-reject", shapes.log_drain),
    ("node22-missing", shapes.docker_json),
    ("node22-esm", shapes.docker_logs),
    ("node22-oom", shapes.fly),
    ("python3.11-throw", shapes.docker_json),
    ("python3.11-throw", shapes.docker_logs),
    ("python3.11-throw", shapes.journald),
    ("python3.11-throw", shapes.bare_behind_times),
    ("python3.11-chain", shapes.docker_json),
    ("python3.11-thread", shapes.docker_logs),
    ("python3.11-group", shapes.docker_json),
    ("python3.11-segv", shapes.docker_logs),
    ("java17-threads", shapes.docker_json),
    ("java17-heap", shapes.journal_text),
    ("rust-panic", shapes.docker_logs),
    ("bash-killed", shapes.docker_logs),
    ("dash-killed", shapes.docker_json),
    ("npm11-killed", shapes.docker_logs),
    ("npm8-failed", shapes.journald),
)
"""Where a program is in two shapes, it is because they cut its words differently."""

TOLD: tuple[tuple[str, str, Shape], ...] = (
    ("Go panics", recalled.GO_PANIC, shapes.docker_json),
    ("Go panics", recalled.GO_PANIC, shapes.cri),
    ("the kernel ends the bot for want of memory", recalled.KERNEL_OOM, shapes.syslog),
    ("systemd tells that the bot was ended for want of memory", recalled.SYSTEMD_OOM, shapes.journal_text),
    ("npm tells SIGKILL", recalled.NPM_KILLED, shapes.docker_logs),
    ("Next.js meets an unhandled rejection", recalled.NEXT_REJECTION, shapes.vercel_rows),
    ("Next.js meets an unhandled rejection", recalled.NEXT_REJECTION, shapes.docker_logs),
    ("Vercel ends a function that takes too long", recalled.VERCEL_TIMEOUT, shapes.vercel_rows),
    ("Vercel tells that Node ended with status 128", recalled.VERCEL_EXIT, shapes.vercel_rows),
    (".NET meets an exception that nobody handles", recalled.DOTNET, shapes.docker_json),
    ("PHP meets an error that nobody catches", recalled.PHP, shapes.docker_logs),
    ("Deno meets an error that nobody catches", recalled.DENO, shapes.docker_logs),
    ("gunicorn ends a worker that takes too long", recalled.GUNICORN_TIMEOUT, shapes.docker_json),
    ("gunicorn tells that a worker was killed", recalled.GUNICORN_KILLED, shapes.docker_logs),
)


def _titled(shape: Shape) -> str:
    return shape.__name__.replace("_", " ")


def _heroku(at: int, process: str, words: str) -> bytes:
    return shapes.text(f"{shapes.written(at)}+00:00 heroku[{process}]: {row}" for row in words.split("\n"))


def _heroku_day(process: str, words: str) -> dict[str, bytes]:
    day = in_order(talks(ari), beats("[Health] ok"))
    rows = shapes.heroku(day) + _heroku(day[150].at + 30_000, process, words)
    return {"logs/heroku.log": b"".join(sorted(rows.splitlines(keepends=True)))}


def _lambda_day(words: str) -> dict[str, bytes]:
    def ended(exchange: Exchange) -> Exchange:
        told = words.format(id=shapes.lambda_id(exchange), time=f"{shapes.written(exchange.at + 30_000)[:-3]}Z")
        cut = exchange.until("[Grok]")
        return Exchange(cut.at, (*cut.lines, Line(30_000, told, "")), cut.id)

    return {"logs/events.json": shapes.cloudwatch(in_order(changed(talks(ari), ended, 90), beats("[Health] ok")))}


def _telegram_day(name: str) -> dict[str, bytes]:
    day = talks(telegraf)
    ended = changed(day, lambda one: one.until("replied").saying(printed(name), "error", 900, stderr=True), 100)
    return {"logs/bot.json": shapes.docker_json(in_order(ended, beats("poll")))}


DAYS: tuple[TrialDay, ...] = (
    *(crash(f"{name} ends the bot ({_titled(shape)})", printed(name), shape) for name, shape in RAN),
    *(crash(f"{name} ({_titled(shape)})", words, shape) for name, words, shape in TOLD),
    TrialDay(
        "a dyno of Heroku is ended with status 137",
        lambda: _heroku_day("web.1", recalled.HEROKU_CRASH),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "Heroku's router gives a delivery up after 30 s (H12)",
        lambda: _heroku_day("router", recalled.HEROKU_TIMEOUT),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "Lambda ends a function that takes too long",
        lambda: _lambda_day(recalled.LAMBDA_TIMEOUT),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "Lambda ends a function for want of memory",
        lambda: _lambda_day(recalled.LAMBDA_KILLED),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "Lambda meets an exception that nobody catches",
        lambda: _lambda_day(recalled.LAMBDA_UNCAUGHT),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "a bot on grammY without an error handler ends",
        lambda: _telegram_day("grammy-uncaught"),
        NOT_READY,
        {"critical_errors": FAIL},
        settings=TELEGRAF,
    ),
    TrialDay(
        "a bot on Telegraf without an error handler ends",
        lambda: _telegram_day("telegraf-uncaught"),
        NOT_READY,
        {"critical_errors": FAIL},
        settings=TELEGRAF,
    ),
)
"""Every one is a process that died, or a request that its runtime gave up."""
