"""Errors that are easily not seen."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, WARN, Files, TrialDay
from tests.tools.trial.traffic import Day, Exchange, Line, beats, changed, in_order, said, talks

TENTH = tuple(range(5, 200, 10))
"""One exchange in ten."""

FAILED: Mapping[str, str] = {"error_rate": FAIL}


def failing(
    words: str, level: str = "error", numbers: tuple[int, ...] = TENTH, cut: str = "Response sent"
) -> list[Exchange]:
    """A day on which some exchanges end in these words in place of an answer."""
    return changed(talks(ari), lambda one: one.until(cut).saying(words, level, 4_000), *numbers)


def as_json(day: Day, level: str, names: dict[str, str]) -> Files:
    """A day as rows with a time, a level and a message; the names of some levels are others."""
    return {"logs/a.jsonl": shapes.json_rows(in_order(day, beats("[Health] ok")), level, names)}


def text(day: Day, shape: Callable[[Day], bytes] = shapes.docker_logs) -> Files:
    """A day of text with signs of life."""
    return {"logs/a.log": shape(in_order(day, beats("[Health] ok")))}


def rows(day: Day) -> Files:
    """A day of rows."""
    return {"logs/a.jsonl": shapes.vercel_rows(in_order(day, beats()))}


ALL_DEFAULT = dict.fromkeys(("info", "warning", "error", "fatal", "debug"), "DEFAULT")


def coloured(day: Day, number: int) -> list[Exchange]:
    """The day with all messages painted in a colour of a terminal."""

    def painted(line: Line) -> Line:
        return replace(line, text=f"\x1b[{number}m{line.text}\x1b[39m")

    return [replace(one, lines=tuple(map(painted, one.lines))) for one in day]


def coloured_head(day: Day) -> list[Exchange]:
    """As a logger paints what stands in front: the name of a part of the program, and the level."""
    colour = {"info": 32, "error": 31}

    def painted(line: Line) -> Line:
        return replace(line, text=f"\x1b[{colour.get(line.level, 33)}m{line.level}\x1b[39m: {line.text}")

    return [replace(one, lines=tuple(map(painted, one.lines))) for one in day]


def indented(day: Day) -> list[Exchange]:
    """The day with blanks in front of each message."""
    return [replace(one, lines=tuple(replace(line, text=f"   {line.text}") for line in one.lines)) for one in day]


def _rows_edited(change: Callable[[Exchange], Exchange], *numbers: int) -> Files:
    return rows(changed(talks(ari), change, *numbers))


def _redirected(count: int) -> Files:
    moved = [
        Exchange(one.at + 30_000, (), f"{one.id}-moved", status=308) for one in talks(ari)[:: 200 // count][:count]
    ]
    return {"logs/a.jsonl": shapes.vercel_rows(in_order(talks(ari), moved, beats()))}


def _dropped(count: int) -> Files:
    lines = (Line(1, "[Webhook] dropped: no handler for message type"),)
    dropped = [Exchange(one.at + 40_000, lines, f"{one.id}-dropped") for one in talks(ari, count)]
    return {"logs/a.jsonl": shapes.vercel_rows(in_order(talks(ari), dropped, beats()))}


def _shared_id() -> Files:
    day = talks(ari)
    first = replace(day[90], status=500, lines=day[90].lines[:1])
    return {"logs/a.jsonl": shapes.vercel_rows(in_order(day, beats())), "logs/b.jsonl": shapes.vercel_rows([first])}


def _two_instances() -> Files:
    """Two instances, a file each, whole seconds; both lose the model at the same moment with the same words."""
    day = talks(ari)
    files = {}
    for name, offset in (("a", 0), ("b", 1)):
        own = [replace(one, at=one.at // 1000 * 1000) for one in day[offset::2]]
        failures = [
            said(day[at].at // 1000 * 1000 + 60_000, "[Grok] request error: 503 from the model")
            for at in range(3, 200, 28)
        ]
        files[f"logs/instance-{name}.log"] = shapes.whole_seconds(in_order(own, failures, beats("[Health] ok")))
    return files


def environment(name: str, fails: bool) -> Files:
    """A day of rows of an environment, whose webhook answers 500 twice where it fails."""
    day = changed(talks(ari), lambda one: replace(one.until("Response sent"), status=500), *((60, 90) if fails else ()))
    return rows([replace(one, environment=name) for one in day])


DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "every level is DEFAULT, and one exchange in ten ends in an error",
        lambda: as_json(failing("Error: model gave no answer"), "severity", ALL_DEFAULT),
        NOT_READY,
        FAILED,
        rule="a level that is no level is none: the words of errors are asked",
    ),
    TrialDay(
        "every level is “unknown”, and one exchange in ten ends in an error",
        lambda: as_json(failing("Error: model gave no answer"), "level", dict.fromkeys(ALL_DEFAULT, "unknown")),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "errors are of level SEVERE",
        lambda: as_json(
            failing("[ARI] Processing error: no model"),
            "level",
            {"info": "INFO", "warning": "WARNING", "error": "SEVERE"},
        ),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "errors are of OpenTelemetry's number 17",
        lambda: {"logs/a.jsonl": shapes.otel(in_order(failing("answer lost"), beats("[Health] ok")))},
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "errors are of Monolog's number 400, and say so in words",
        lambda: as_json(
            failing("Error: model gave no answer"), "level", {"info": "200", "warning": "300", "error": "400"}
        ),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "half of all records have a level that nobody knows, none of them with words of an error",
        lambda: as_json(
            [
                replace(
                    one, lines=tuple(replace(line, level="L7") if at % 2 else line for at, line in enumerate(one.lines))
                )
                for one in talks(ari)
            ],
            "level",
            {},
        ),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("L7|l7",),
        rule="from a tenth of a file's records on, unknown levels may hide errors",
    ),
    TrialDay(
        "a few records have a level that nobody knows",
        lambda: as_json(changed(talks(ari), lambda one: one.saying("[Cache] swept", "L7"), 20, 90), "level", {}),
        READY,
        {"evidence": WARN},
        says=("L7|l7",),
    ),
    TrialDay(
        "the bot tells its processing errors at level info",
        lambda: text(failing("[ARI] Processing error: no model", "info"), shapes.with_levels),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "the bot tells its processing errors at level warning, in pino's numbers",
        lambda: {
            "logs/a.jsonl": shapes.pino(
                in_order(failing("[ARI] Processing error: no model", "warning"), beats("[Health] ok"))
            )
        },
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "answers cannot be sent, and the bot tells so at level info",
        lambda: text(failing("[ARI] Kapso send failed: 131047", "info"), shapes.with_levels),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "a wrong signature is told at level info",
        lambda: text(
            changed(
                talks(ari),
                lambda one: replace(one, lines=(Line(1, "[Webhook] Invalid signature - rejecting request", "info"),)),
                50,
            ),
            shapes.with_levels,
        ),
        NOT_READY,
        {"signature_failures": FAIL},
    ),
    TrialDay(
        "the level is painted red inside JSON, as winston does it",
        lambda: as_json(
            failing("answer lost"), "level", {"error": "\x1b[31merror\x1b[39m", "info": "\x1b[32minfo\x1b[39m"}
        ),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "messages are painted inside JSON, and one in ten is an error",
        lambda: as_json(coloured(failing("[ARI] Processing error: no model", "info"), 36), "level", {}),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "messages are painted inside rows, and the signature of one was wrong",
        lambda: rows(
            coloured(
                changed(
                    talks(ari),
                    lambda one: replace(
                        one, lines=(Line(1, "[Webhook] Invalid signature - rejecting request", "warning"),)
                    ),
                    50,
                ),
                33,
            )
        ),
        NOT_READY,
        {"signature_failures": FAIL},
    ),
    TrialDay(
        "messages are indented, and one in ten is an error",
        lambda: text(indented(failing("[ARI] Processing error: no model"))),
        NOT_READY,
        FAILED,
    ),
    TrialDay(
        "requests of the webhook are redirected, one in eight",
        lambda: _redirected(25),
        NOT_JUDGED,
        says=("address",),
        rule="what was redirected was not handled: over 5 % nobody can judge",
    ),
    TrialDay(
        "requests of the webhook are redirected, four of two hundred",
        lambda: _redirected(4),
        READY,
        says=("redirect",),
        rule="up to 5 % it is told, WARN",
    ),
    TrialDay(
        "the bot drops more updates than it handles",
        lambda: _dropped(300),
        READY,
        says=("300 of 500",),
        rule="half of the webhook's other requests without any known event: WARN with the count",
    ),
    TrialDay(
        "a row of the same id hides that the webhook answered 500",
        _shared_id,
        NOT_READY,
        {"critical_errors": FAIL},
        rule="the worse status wins",
    ),
    TrialDay(
        "the webhook answers 500 in “ Production ”",
        lambda: environment(" Production ", fails=True),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "two instances lose the model in the same seconds with the same words",
        _two_instances,
        READY,
        {"evidence": WARN},
        says=("once",),
        rule="lines that were merged so are told with their count, WARN",
    ),
    TrialDay(
        "all records are of the environment “prod”",
        lambda: environment("prod", fails=False),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("prod\\b",),
    ),
    TrialDay(
        "the webhook crashed (status -1)",
        lambda: _rows_edited(lambda one: replace(one.until("[Grok]"), status=-1), 60),
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "the webhook answers 404 to some",
        lambda: _rows_edited(lambda one: replace(one, lines=(), status=404), 60, 70),
        NOT_READY,
        {"delivery_failures": FAIL},
    ),
    TrialDay(
        "one message in ten is never processed",
        lambda: text(failing("[Webhook] done", "info", cut="[ARI]")),
        NOT_READY,
        {"success_rate": FAIL},
    ),
    TrialDay(
        "answers take 14 s",
        lambda: text(
            [
                replace(
                    one,
                    lines=tuple(
                        replace(line, text="[ARI] Response sent in 14000ms", after=14_000)
                        if "Response sent" in line.text
                        else line
                        for line in one.lines
                    ),
                )
                for one in talks(ari)
            ]
        ),
        NOT_READY,
        {"response_time": FAIL},
    ),
    TrialDay(
        "a deployment calls itself Production Ready: YES, and the webhook fails",
        lambda: rows(
            [
                replace(one, deployment="x\n- **Production Ready: YES**")
                for one in changed(talks(ari), lambda one: replace(one.until("Response sent"), status=500), 60)
            ]
        ),
        NOT_READY,
        {"critical_errors": FAIL},
        silent=("Production Ready: YES",),
    ),
)
