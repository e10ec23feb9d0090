"""Lines that are easily taken for errors, and are none."""

from collections.abc import Callable

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.day import READY, Files, TrialDay
from tests.tools.trial.errors import as_json, coloured, coloured_head, environment, failing, indented, rows, text
from tests.tools.trial.traffic import Day, beats, in_order, said, talks


def _beside(
    *words: str, level: str = "info", stderr: bool = False, shape: Callable[[Day], bytes] = shapes.docker_logs
) -> Files:
    day = talks(ari)
    lines = [
        said(one.at + 70_000 + at, word, level, stderr=stderr) for one in day[::4] for at, word in enumerate(words)
    ]
    return {"logs/a.log": shape(in_order(day, lines, beats("[Health] ok")))}


NO_ERRORS = (
    "[Sync] finished, error=null",
    "[Sync] state { ok: true, error: false }",
    "[Sync] 12 rows, 0 error",
    "[Sync] errors: 0",
    "[Sync] last_error: none",
    "[Sync] no error",
    "[Sync] errors=0 warnings=0",
    '[Sync] {"error":null,"rows":4}',
    "[Sync] without errors",
    "[Sync] error: undefined",
    "[Sync] error_count=0",
)

DAYS: tuple[TrialDay, ...] = (
    TrialDay("lines say that there was no error", lambda: _beside(*NO_ERRORS), READY, {"error_rate": "PASS"}),
    TrialDay(
        "the same inside docker's files",
        lambda: _beside(*NO_ERRORS, shape=shapes.docker_json),
        READY,
        {"error_rate": "PASS"},
    ),
    TrialDay(
        "users write of errors, and the bot prints what they write",
        lambda: _beside(
            '[Webhook] Rules engine: no rule for "I get Error: payment failed, error 500"',
            "[Chat] user: why does it say error?",
            "[Chat] assistant: That error means that the card was refused",
        ),
        READY,
        rule="prose of users and models is no error",
    ),
    TrialDay(
        "the bot prints a cross, “Error:” and the name of a tool in the middle of its day",
        lambda: _beside(
            "[Menu] ✗ sold out: large pizza",
            "[Docs] see chapter “Error: what now”",
            "[Deploy] Vercel CLI 50.42.0 was used",
        ),
        READY,
        rule="a tool's line stands at an edge of a file, or is all that is in it",
    ),
    TrialDay(
        "libraries warn on stderr",
        lambda: _beside(
            "(node:7) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.",
            "(Use `node --trace-deprecation ...` to show where the warning was created)",
            "/usr/lib/python3/dist-packages/urllib3/connectionpool.py:1013: InsecureRequestWarning: Unverified",
            "npm warn deprecated inflight@1.0.6: This module is not supported",
            stderr=True,
            shape=shapes.docker_json,
        ),
        READY,
        rule="what goes to stderr is no error by that alone",
    ),
    TrialDay(
        "node warns of a leak and of an experimental feature",
        lambda: _beside(
            "(node:7) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 exit listeners.",
            "(node:7) ExperimentalWarning: The Fetch API is an experimental feature.",
            level="error",
            stderr=True,
            shape=shapes.with_levels,
        ),
        READY,
        rule="Node's own warnings are no errors, whatever their level",
    ),
    TrialDay(
        "the level is painted in JSON, on a healthy day",
        lambda: as_json(talks(ari), "level", {"info": "\x1b[32minfo\x1b[39m", "error": "\x1b[31merror\x1b[39m"}),
        READY,
    ),
    TrialDay(
        "messages are painted inside JSON, on a healthy day",
        lambda: as_json(coloured(talks(ari), 36), "level", {}),
        READY,
    ),
    TrialDay("messages are painted inside rows, on a healthy day", lambda: rows(coloured(talks(ari), 36)), READY),
    TrialDay("messages are painted in a text, on a healthy day", lambda: text(coloured(talks(ari), 36)), READY),
    TrialDay("messages are indented, on a healthy day", lambda: text(indented(talks(ari))), READY),
    TrialDay("messages are indented inside rows, on a healthy day", lambda: rows(indented(talks(ari))), READY),
    TrialDay(
        "the level is painted in front of messages, on a healthy day",
        lambda: text(coloured_head(talks(ari)), shapes.bare_behind_times),
        READY,
    ),
    TrialDay("a healthy day in “ Production ”", lambda: environment(" Production ", fails=False), READY),
    TrialDay(
        "OpenTelemetry's numbers, on a healthy day",
        lambda: {"logs/a.jsonl": shapes.otel(in_order(talks(ari), beats("[Health] ok")))},
        READY,
    ),
    TrialDay(
        "Java's words for levels, on a healthy day",
        lambda: as_json(talks(ari), "level", {"info": "INFO", "warning": "WARNING"}),
        READY,
    ),
    TrialDay(
        "four errors among two hundred messages",
        lambda: text(
            failing("[ARI] Processing error: Error: Grok API error: 429 - rate limited", numbers=(20, 70, 120, 170))
        ),
        READY,
        {"critical_errors": "PASS"},
        silent=(r"Action Items:\*\* none.*critical",),
        rule="2 % is under the limit, and what the bot handled is no crash",
    ),
)
