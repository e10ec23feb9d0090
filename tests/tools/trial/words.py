"""Words that the suite does not know: it must neither accuse the bot nor let it through."""

from collections.abc import Mapping
from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import BOLT, PTB, TELEGRAF, ari, bolt, ptb, telegraf
from tests.tools.trial.crashes import printed
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, Files, TrialDay
from tests.tools.trial.traffic import Exchange, beats, changed, changed_in, in_order, moment, talks

NO_ACCUSATION = ("monitoring-stopped", "look at the provider's webhook")
UNKNOWN: Mapping[str, str] = {"evidence": NOT_JUDGED}


def text(day: list[Exchange]) -> Files:
    """A day as docker prints it, with signs of life."""
    return {"logs/a.log": shapes.docker_logs(in_order(day, beats("[Health] ok")))}


def rows(day: list[Exchange]) -> Files:
    """A day as rows, with requests of a health check."""
    return {"logs/a.jsonl": shapes.vercel_rows(in_order(day, beats()))}


def _other_words(one: Exchange) -> Exchange:
    """A bot on the same platform that says it otherwise."""
    lines = tuple(
        replace(line, text=f"bot> {words}")
        for line, words in zip(
            one.lines, ("in", "accepted", "thinking", "asked", "model answered", "out", "done"), strict=True
        )
    )
    return replace(one, lines=lines)


def _unknown(*statuses: tuple[int, int]) -> Files:
    day = [_other_words(one) for one in talks(ari)]
    for number, status in statuses:
        day[number] = replace(day[number], status=status)
    return rows(day)


def _prefixed() -> Files:
    day = talks(ari)
    return text(
        [replace(one, lines=tuple(replace(line, text=f"shop-bot » {line.text}") for line in one.lines)) for one in day]
    )


def _crashed_unknown() -> Files:
    day = talks(telegraf)
    return text(changed(day, lambda one: one.until("replied").saying(printed("node20-throw"), "error", 900), 80))


def _twice(one: Exchange) -> Exchange:
    return one.saying("[ARI] Response sent in 900ms (grok-3)", after=9_000)


DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "a healthy Telegram bot is judged with the words of another",
        lambda: text(talks(telegraf)),
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery", "replied to"),
        silent=NO_ACCUSATION,
    ),
    TrialDay(
        "a healthy bot on python-telegram-bot is judged with the words of another",
        lambda: text(talks(ptb)),
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery", "Asking the model|Received message"),
        silent=(*NO_ACCUSATION, "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
    ),
    TrialDay(
        "a healthy bot on Slack Bolt is judged with the words of another",
        lambda: {"logs/a.json": shapes.docker_json(in_order(talks(bolt), beats("[INFO]  bolt-app tick")))},
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery",),
        silent=NO_ACCUSATION,
    ),
    TrialDay(
        "a healthy bot with pino is judged with the words of another",
        lambda: {"logs/a.jsonl": shapes.pino(in_order(talks(telegraf), beats("tick")))},
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery", "event_reply"),
        silent=NO_ACCUSATION,
    ),
    TrialDay(
        "the words are known, but stand behind a name of the bot's own",
        _prefixed,
        NOT_JUDGED,
        UNKNOWN,
        says=("further inside|in front|inside of|further in",),
        silent=NO_ACCUSATION,
    ),
    TrialDay(
        "unknown words beside a webhook that answers 500",
        lambda: _unknown((70, 500)),
        NOT_READY,
        {"critical_errors": FAIL},
        rule="what the HTTP status tells needs no words",
    ),
    TrialDay(
        "unknown words beside a refused signature (401)",
        lambda: _unknown((70, 401)),
        NOT_READY,
        {"signature_failures": FAIL},
        rule="what the HTTP status tells needs no words",
    ),
    TrialDay(
        "unknown words beside deliveries that got 404",
        lambda: _unknown((70, 404), (90, 404)),
        NOT_READY,
        {"delivery_failures": FAIL},
        rule="what the HTTP status tells needs no words",
    ),
    TrialDay(
        "unknown words beside a crash",
        _crashed_unknown,
        NOT_READY,
        {"critical_errors": FAIL},
        rule="what the runtime tells needs no words",
    ),
    TrialDay(
        "unknown words beside a hundred errors",
        lambda: text([one.saying("Error: model away", "error") for one in talks(telegraf)]),
        NOT_JUDGED,
        UNKNOWN,
        silent=NO_ACCUSATION,
        rule="errors are a rate over deliveries, and nobody knows those",
    ),
    TrialDay(
        "the pattern of processing is wrong: replies, and nothing processed",
        lambda: text(talks(ari)),
        NOT_JUDGED,
        UNKNOWN,
        says=("event_processing",),
        silent=NO_ACCUSATION,
        settings={"event_processing": r"\[ARI\] Working on"},
        rule="counts that contradict each other judge nobody",
    ),
    TrialDay(
        "the pattern of deliveries is wrong: processing, and no delivery",
        lambda: text(talks(ari)),
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery",),
        silent=NO_ACCUSATION,
        settings={"event_delivery": r"\[Hook\] got", "event_signature_verified": r"\[Hook\] ok"},
        rule="counts that contradict each other judge nobody",
    ),
    TrialDay(
        "the pattern of replies is wrong: a bot that answers is not told to be mute",
        lambda: text(talks(ari)),
        NOT_JUDGED,
        {"answering": NOT_JUDGED},
        says=("event_reply",),
        silent=NO_ACCUSATION,
        settings={"event_reply": r"\[ARI\] Answer sent in (\d+) ms"},
        rule="answering fails only where a reply was seen",
    ),
    TrialDay(
        "no message came all day, while health checks went on",
        lambda: rows([]),
        NOT_JUDGED,
        {"silence": NOT_JUDGED},
        silent=NO_ACCUSATION,
        rule="silence fails only where a delivery was seen",
    ),
    TrialDay(
        "the bot answered until noon, then no more",
        lambda: rows(changed_in(talks(ari), lambda one: one.until("Response sent"), 7, 24)),
        NOT_READY,
        {"answering": FAIL},
        rule="replies were seen in this soak: their end is the bot's",
    ),
    TrialDay(
        "messages came until noon, then no more",
        lambda: rows([one for one in talks(ari) if one.at < moment(7)]),
        NOT_READY,
        {"silence": FAIL},
        rule="deliveries were seen in this soak: their end is the bot's",
    ),
    TrialDay(
        "the bot answers each message twice",
        lambda: text([_twice(one) for one in talks(ari)]),
        READY,
        rule="more replies than messages is no contradiction",
    ),
    TrialDay(
        "one pattern takes another's lines, and the counts contradict each other",
        lambda: text(talks(ari)),
        NOT_JUDGED,
        UNKNOWN,
        says=("event_delivery", "event_processing"),
        silent=NO_ACCUSATION,
        settings={"event_processing": r"\[(?:Webhook|ARI)\] (?:Received payload|Processing message)"},
        rule="at most one event a line: the deliveries are taken for processing, and none is left",
    ),
    TrialDay(
        "two patterns match the same line, and the counts are sound",
        lambda: text(talks(ari)),
        READY,
        says=("event_signature_verified", "event_delivery"),
        settings={"event_signature_verified": r"\[Webhook\] (?:Signature verified|Received payload)"},
        rule="it is named, WARN; not judged only through a contradiction",
    ),
    TrialDay("a Telegram bot with its own words", lambda: text(talks(telegraf)), READY, settings=TELEGRAF),
    TrialDay("a Slack bot with its own words", lambda: text(talks(bolt)), READY, settings=BOLT),
    TrialDay(
        "a bot on python-telegram-bot with its own words",
        lambda: text(talks(ptb)),
        READY,
        settings=PTB,
        silent=("AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",),
    ),
)
