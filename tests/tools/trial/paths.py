"""What a path says is not what the logs say: folders named like a column, above bad and healthy days."""

from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, TrialDay
from tests.tools.trial.traffic import Exchange, beats, changed, in_order, part, talks


def _failing(status: int) -> list[Exchange]:
    rows = changed(talks(ari), lambda one: replace(one.until("Response sent"), status=status), 60, 90)
    return in_order(rows, beats())


def _refused() -> list[Exchange]:
    def refused(one: Exchange) -> Exchange:
        return replace(one, status=401, lines=())

    return in_order(changed(talks(ari), refused, 40), beats())


def _with_errors(text: str = "[ARI] Processing error: model gave no answer") -> list[Exchange]:
    """One exchange in ten ends in an error that only its level tells."""

    def failed(one: Exchange) -> Exchange:
        return one.until("Response sent").saying(text, "error")

    return in_order(changed(talks(ari), failed, *range(5, 200, 10)), beats("[Health] ok"))


def _steady() -> list[Exchange]:
    return in_order(talks(ari), beats())


LOST = "answer lost, model away"
"""Words that no pattern of errors knows: only the level tells."""

DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "a webhook that answers 500 lies below responseStatusCode=200/",
        lambda: {"logs/responseStatusCode=200/a.jsonl": shapes.vercel_rows(_failing(500))},
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "a refused signature (401) lies below responseStatusCode=200/",
        lambda: {"logs/responseStatusCode=200/a.jsonl": shapes.vercel_rows(_refused())},
        NOT_READY,
        {"signature_failures": FAIL},
    ),
    TrialDay(
        "a webhook that answers 500 in a log drain lies below statusCode=200/",
        lambda: {"logs/statusCode=200/a.ndjson": shapes.log_drain(_failing(500))},
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "the status 500 of a webhook lies below requestMethod=GET/ and requestPath=health/",
        lambda: {"logs/requestMethod=GET/requestPath=health/a.jsonl": shapes.vercel_rows(_failing(500))},
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "a webhook that answers 500 lies below environment=preview/",
        lambda: {"logs/environment=preview/a.jsonl": shapes.vercel_rows(_failing(500))},
        NOT_READY,
        {"critical_errors": FAIL},
    ),
    TrialDay(
        "errors of pino lie below level=30/",
        lambda: {"logs/level=30/a.jsonl": shapes.pino(_with_errors(LOST))},
        NOT_READY,
        {"error_rate": FAIL},
    ),
    TrialDay(
        "errors of rows lie below severity=info/",
        lambda: {"logs/severity=info/a.jsonl": shapes.json_rows(_with_errors(LOST))},
        NOT_READY,
        {"error_rate": FAIL},
    ),
    TrialDay(
        "errors of text lie below line=fine/message=fine/level=info/",
        lambda: {"logs/line=fine/message=fine/level=info/a.log": shapes.with_levels(_with_errors(LOST))},
        NOT_READY,
        {"error_rate": FAIL},
    ),
    TrialDay(
        "rows of another deployment lie below deploymentId=dpl_new/, and dpl_new is asked for",
        lambda: {"logs/deploymentId=dpl_new/a.jsonl": shapes.vercel_rows(_steady())},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("dpl_9sLq2Vt7",),
        options=("--deployment=dpl_new",),
    ),
    TrialDay(
        "text that names no deployment lies below deployment=dpl_new/, and dpl_new is asked for",
        lambda: {
            "logs/deployment=dpl_new/deploymentId=dpl_new/a.log": shapes.docker_logs(
                in_order(talks(ari), beats("[Health] ok"))
            )
        },
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        options=("--deployment=dpl_new",),
    ),
    TrialDay(
        "a healthy day lies below environment=prod/",
        lambda: {"logs/environment=prod/a.jsonl": shapes.vercel_rows(_steady())},
        READY,
    ),
    TrialDay(
        "a healthy day of rows lies below timestamp=0/id=1/level=error/",
        lambda: {"logs/timestamp=0/id=1/level=error/a.jsonl": shapes.vercel_rows(_steady())},
        READY,
    ),
    TrialDay(
        "a healthy day of text lies below time=12-00/name=bot/file=x/",
        lambda: {
            "logs/time=12-00/name=bot/file=x/a.log": shapes.docker_logs(in_order(talks(ari), beats("[Health] ok")))
        },
        READY,
    ),
    TrialDay(
        "a healthy day of docker's files lies below log=x/stream=stderr/",
        lambda: {"logs/log=x/stream=stderr/a.json": shapes.docker_json(in_order(talks(ari), beats("[Health] ok")))},
        READY,
    ),
    TrialDay(
        "a healthy day in parts lies below hour=4/ to hour=24/",
        lambda: {
            f"logs/hour={hour}/deploymentId=d{hour}/a.jsonl": shapes.vercel_rows(part(_steady(), hour - 4, hour))
            for hour in (4, 8, 12, 16, 20, 24)
        },
        READY,
        silent=(r"deployments? d4\b",),
    ),
)
