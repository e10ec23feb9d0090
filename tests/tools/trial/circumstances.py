"""Clocks, zones, projects, rehearsals, and what people are told to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.tools.trial import shapes
from tests.tools.trial.bots import PTB as TELEGRAM
from tests.tools.trial.bots import ari, ptb
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, WARN, Files, TrialDay
from tests.tools.trial.errors import failing, rows, text
from tests.tools.trial.traffic import Day, Exchange, beats, in_order, moment, talks, without


def local(zone: str, form: str, lead: str = "") -> Callable[[Day], bytes]:
    """Text with the times of a zone, which it does not name."""

    def shaped(day: Day) -> bytes:
        def told(time: int) -> str:
            return datetime.fromtimestamp(time / 1000, UTC).astimezone(ZoneInfo(zone)).strftime(form)

        return shapes.text(f"{told(time)} {lead}{row}" for time, _, _, row in shapes.lines(day))

    return shaped


SYSLOG, ISO = "%b %d %H:%M:%S", "%Y-%m-%d %H:%M:%S"


def _of(start: datetime, shape: Callable[[Day], bytes], count: int = 200) -> Files:
    day = in_order(talks(ari, count, start=start), beats("[Health] ok", start=start))
    return {"logs/a.log": shape(day)}


def _latencies(told: Callable[[int, int], str]) -> Files:
    def with_latency(number: int, one: Exchange) -> Exchange:
        took = 2_000 + 17 * number
        return replace(
            one,
            lines=tuple(
                replace(line, text=f"[ARI] Response sent in {told(number, took)}")
                if "Response sent" in line.text
                else line
                for line in one.lines
            ),
        )

    return text([with_latency(number, one) for number, one in enumerate(talks(ari))])


def _backwards() -> Files:
    """The clock of the host is set back by five minutes at noon."""
    day = in_order(talks(ari), beats("[Health] ok", every=1))
    late = [replace(one, at=one.at - 5 * 60_000) if one.at >= moment(12) else one for one in day]
    first = shapes.docker_logs([one for one in late if one in day])
    second = shapes.docker_logs([one for one in late if one not in day])
    return {"logs/a.log": first + second}


def _two_projects() -> Files:
    other = [replace(one, project="prj_other", id=f"{one.id}-o") for one in talks(ari, 90)]
    return rows(in_order(talks(ari), other))


def _night(quiet: tuple[float, float]) -> Files:
    return text(without(talks(ari), *quiet))


DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "a local clock repeats an hour, in syslog",
        lambda: _of(datetime(2026, 10, 24, 12, tzinfo=UTC), local("Europe/Berlin", SYSLOG, "vps-1 bot[7]: ")),
        READY,
        settings={"timezone": "Europe/Berlin"},
        start="2026-10-24T12:00Z",
        rule="no hole is there, and no silence: an hour came twice",
        options=(),
    ),
    TrialDay(
        "a local clock repeats an hour, in ISO times",
        lambda: _of(datetime(2026, 10, 24, 12, tzinfo=UTC), local("Europe/Berlin", ISO)),
        READY,
        settings={"timezone": "Europe/Berlin"},
        start="2026-10-24T12:00Z",
    ),
    TrialDay(
        "a local clock skips an hour, in ISO times",
        lambda: _of(datetime(2026, 3, 28, 12, tzinfo=UTC), local("Europe/Berlin", ISO)),
        READY,
        settings={"timezone": "Europe/Berlin"},
        start="2026-03-28T12:00Z",
    ),
    TrialDay(
        "a local clock skips an hour in America, in syslog",
        lambda: _of(datetime(2026, 3, 8, 0, tzinfo=UTC), local("America/New_York", SYSLOG, "vps-1 bot[7]: ")),
        READY,
        settings={"timezone": "America/New_York"},
        start="2026-03-08T00:00Z",
    ),
    TrialDay(
        "the times are Jakarta's, and no zone is set",
        lambda: _of(datetime(2026, 1, 12, 6, tzinfo=UTC), local("Asia/Jakarta", ISO)),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("timezone",),
        rule="all times would fit in another zone: the setting is named",
    ),
    TrialDay(
        "the times are New York's in syslog, and no zone is set",
        lambda: _of(datetime(2026, 1, 12, 6, tzinfo=UTC), local("America/New_York", SYSLOG, "vps-1 bot[7]: ")),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("timezone",),
    ),
    TrialDay(
        "the times are Jakarta's, and the zone is set",
        lambda: _of(datetime(2026, 1, 12, 6, tzinfo=UTC), local("Asia/Jakarta", ISO)),
        READY,
        settings={"timezone": "Asia/Jakarta"},
    ),
    TrialDay(
        "rows of two projects lie in one soak",
        _two_projects,
        READY,
        {"evidence": WARN},
        says=("project",),
        rule="WARN, as two deployments",
    ),
    TrialDay(
        "the clock of the host goes back by five minutes",
        _backwards,
        READY,
        {"evidence": WARN},
        says=("clock|backward|back by|goes back",),
        rule="WARN",
    ),
    TrialDay(
        "half of the latencies are in seconds",
        lambda: _latencies(lambda number, took: f"{took // 1000}ms" if number % 2 else f"{took}ms"),
        READY,
        {"evidence": WARN},
        says=("unit", "100"),
        rule="mixed units: WARN with the count",
    ),
    TrialDay(
        "some latencies are Unix times",
        lambda: _latencies(lambda number, took: f"{1_768_200_000_000 + number}ms" if number % 50 == 0 else f"{took}ms"),
        READY,
        {"evidence": WARN},
        says=("4 response times", r"\bday\b"),
        rule="latencies beyond a day: WARN with the count",
    ),
    TrialDay(
        "a day is rehearsed at hour 12 with the whole day's file",
        lambda: text(talks(ari)),
        READY,
        {"evidence": WARN},
        says=("rehears",),
        options=("--hour=12",),
        environment={"LOGPARSE_NOW": "2026-01-12T18:05Z"},
        rule="with a set clock what lies after it is later than this checkpoint, and nothing else",
    ),
    TrialDay(
        "a rehearsal of a bad day fails",
        lambda: text(failing("[ARI] Processing error: no model")),
        NOT_READY,
        {"error_rate": FAIL},
        says=("rehears",),
        environment={"LOGPARSE_NOW": "2026-01-13T07:00Z"},
    ),
    TrialDay(
        "a polling bot that verifies no signatures is not told to switch that on",
        lambda: text(talks(ptb)),
        READY,
        settings=TELEGRAM,
        silent=("switch (?:signature verification|it) on", "verification is (?:switched )?off", "switch on"),
    ),
    TrialDay(
        "the kinds of error stand where the reason says",
        lambda: text(failing("[ARI] Processing error: model gave no answer")),
        NOT_READY,
        {"error_rate": FAIL},
        says=(r"Issues Encountered.*Processing error: model gave no answer.*Bot Response Quality",),
        silent=(r"Action Items:\*\* none", r"Error handling:\*\* nothing to change"),
    ),
    TrialDay(
        "the response time stands in ms, as the protocol has it",
        lambda: text(talks(ari)),
        READY,
        says=(r"RESPONSE_TIME: [\d,]+ ?ms", r"Response time \(avg\):\*\* [\d,]+ ?ms"),
    ),
    TrialDay(
        "a docker user with a hole is not sent to Vercel",
        lambda: {
            "logs/a.json": shapes.docker_json(
                in_order(without(talks(ari), 9, 11), without(beats("[Health] ok"), 9, 11))
            )
        },
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("docker",),
        silent=("vercel logs",),
    ),
    TrialDay(
        "a Fly user with a missing half is not sent to Vercel",
        lambda: {"logs/a.log": shapes.fly(in_order(talks(ari, hours=(12, 24))))},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("vercel logs",),
    ),
    TrialDay(
        "a quiet night, with quiet hours", lambda: _night((15, 23)), READY, settings={"quiet_hours": "21:00-05:00"}
    ),
    TrialDay(
        "a quiet night of another zone, with quiet hours there",
        lambda: _night((10, 17.5)),
        READY,
        settings={"quiet_hours": "23:00-06:30", "timezone": "Asia/Jakarta"},
    ),
    TrialDay("a night without messages, and no quiet hours", lambda: _night((15, 23)), NOT_READY, {"silence": FAIL}),
)
