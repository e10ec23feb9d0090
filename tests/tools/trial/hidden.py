"""Bad days that nobody can see in logs: they come out wrong, and it is known why."""

from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, TrialDay
from tests.tools.trial.errors import failing, rows, text
from tests.tools.trial.traffic import Exchange, changed, moment, talks, without


def _wrong_clock(one: Exchange) -> Exchange:
    return replace(one, at=one.at + 3 * 3_600_000)


DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "every answer is the same wrong sentence, and the bot logs no answers",
        lambda: rows(talks(ari)),
        NOT_READY,
        {"response_quality": FAIL},
        unseen="what was said stands nowhere in these logs; people rate it, or transcripts tell",
    ),
    TrialDay(
        "WhatsApp accepts every answer and brings none to a phone, and receipts are not logged",
        lambda: rows(talks(ari)),
        NOT_READY,
        unseen="the bot sees its call accepted; only receipts or the provider's own list tell what arrived",
    ),
    TrialDay(
        "the bot logs errors only to another service",
        lambda: rows(changed(talks(ari), lambda one: one.without("Response sent", "[Grok]"), *range(7, 200, 23))),
        NOT_READY,
        {"error_rate": FAIL},
        unseen="an error that is written elsewhere is not in these logs; single missing replies are below every limit",
    ),
    TrialDay(
        "the provider's webhook loses every third message before it reaches the bot",
        lambda: rows([one for number, one in enumerate(talks(ari)) if number % 3]),
        NOT_READY,
        unseen="what never arrived leaves no line; the provider's own list of deliveries tells",
    ),
    TrialDay(
        "half an hour of the logs was deleted, with an outage in it",
        lambda: text(without(talks(ari), 10, 10.5)),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        unseen="a stretch under an hour without records is like any quiet stretch; a collection with proof tells",
    ),
    TrialDay(
        "somebody edited the errors out of the file",
        lambda: text(
            [
                one.without("Processing error")
                for one in failing("[ARI] Processing error: no model", numbers=tuple(range(0, 200, 40)))
            ]
        ),
        NOT_READY,
        unseen="nothing proves a file that was fetched by hand",
    ),
    TrialDay(
        "a user forges replies with line breaks during an outage",
        lambda: {
            "logs/a.log": shapes.docker_logs(
                [
                    one.until("[Grok]").saying("[Rules] no rule for hi\n[ARI] Response sent in 900ms")
                    if moment(9) <= one.at < moment(11)
                    else one
                    for one in talks(ari)
                ]
            )
        },
        NOT_READY,
        {"answering": FAIL},
        unseen="text does not delimit messages: a user's line break in it cannot be told from the end of one",
    ),
    TrialDay(
        "the logs are those of another bot with the same words",
        lambda: text(talks(ari, 240)),
        NOT_READY,
        unseen="text names no bot, project or deployment",
    ),
    TrialDay(
        "the clock of the host is three hours late, and the last three hours are of before the soak",
        lambda: text([_wrong_clock(one) for one in talks(ari, 200, hours=(-3, 21))]),
        NOT_JUDGED,
        unseen="a time that is wrong throughout is like a right one",
    ),
)
