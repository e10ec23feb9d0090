"""Bots of other makes with their own words: what their libraries really print, on good and on bad days."""

from collections.abc import Mapping
from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import (
    AIOGRAM,
    BOLT,
    PTB,
    TWILIO,
    aiogram,
    bolt,
    http,
    logged,
    ptb,
    ptb_beats,
    twilio,
)
from tests.tools.trial.crashes import Shape, printed
from tests.tools.trial.day import FAIL, NOT_READY, PASS, READY, Files, TrialDay
from tests.tools.trial.traffic import MINUTE, Day, Exchange, Line, changed, in_order, moment, talks

POLLS = ptb_beats([moment(0) + at * 5 * MINUTE for at in range(288)])
OWN_FORMAT: Mapping[str, str] = {
    "own_format": r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - (?P<message>\S+ - (?P<level>\w+) - .*)",
}


def _python_lines(day: Day) -> bytes:
    """What Python's logging wrote into a file: its own time is the only one."""
    return shapes.text(line.text.rstrip() for _, _, line in shapes.messages(day))


def _day(talk: list[Exchange], shape: Shape = shapes.docker_logs, idle: list[Exchange] | None = None) -> Files:
    return {"logs/bot.log": shape(in_order(talk, POLLS if idle is None else idle))}


def _idle(text: str) -> list[Exchange]:
    return [
        Exchange(moment(0) + at * 10 * MINUTE, (Line(0, text),), f"idle-{at}", method="GET", path="/")
        for at in range(144)
    ]


def ptb_failed(one: Exchange) -> Exchange:
    """A handler raised; the library logs it and lives on."""
    words = printed("ptb-handled").removeprefix("telegram.ext.Application - ERROR - ")
    return replace(one, lines=(*one.lines[:3], logged(one.at, 700, "telegram.ext.Application", "ERROR", words)))


def ptb_conflict(one: Exchange) -> Exchange:
    """Another instance polls with the same token: every poll is refused."""
    return replace(
        one,
        lines=(
            http(one.at, 0, "getUpdates", "409 Conflict"),
            logged(
                one.at,
                2,
                "telegram.ext.Updater",
                "ERROR",
                "Error while getting Updates: Conflict: terminated by other "
                "getUpdates request; make sure that only one bot instance is running",
            ),
        ),
    )


def bolt_failed(one: Exchange) -> Exchange:
    """A listener raised; Bolt logs it."""
    return replace(one, lines=(*one.lines[:3], Line(700, printed("bolt-js-handled"), "error", stderr=True)))


def bolt_refused(one: Exchange) -> Exchange:
    """A signature did not hold."""
    words = (
        "[WARN]  bolt-app Failed to parse and verify the request data: Failed to verify authenticity: signature"
        " mismatch"
    )
    return replace(one, lines=(Line(1, words, "warning", stderr=True),), status=401)


def aiogram_failed(one: Exchange) -> Exchange:
    """A handler raised; aiogram logs it and lives on."""
    return replace(one, lines=(*one.lines[:2], Line(700, printed("aiogram-handled"), "error", stderr=True)))


def flask_failed(one: Exchange) -> Exchange:
    """A view raised: Flask logs it and answers 500."""
    head = shapes.written(one.at + 700, "%Y-%m-%d %H:%M:%S,%f")[:-3]
    access = f'10.0.0.7 - - [{shapes.written(one.at + 702, "%d/%b/%Y %H:%M:%S")}] "POST /sms HTTP/1.1" 500 -'
    failed = printed("flask-handled").removeprefix("twi ")
    return replace(
        one,
        status=500,
        lines=(
            *one.lines[:3],
            Line(700, f"{head} ERROR sms {failed}", "error", stderr=True),
            Line(702, f"{head} INFO werkzeug {access}", stderr=True),
        ),
    )


TENTH = tuple(range(5, 200, 10))

DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "python-telegram-bot, a good day in docker's files",
        lambda: _day(talks(ptb), shapes.docker_json),
        READY,
        settings=PTB,
    ),
    TrialDay(
        "python-telegram-bot, a good day in the journal", lambda: _day(talks(ptb), shapes.journald), READY, settings=PTB
    ),
    TrialDay(
        "python-telegram-bot, a good day as it wrote its own file",
        lambda: _day(talks(ptb), _python_lines),
        READY,
        settings={**PTB, **OWN_FORMAT},
    ),
    TrialDay(
        "python-telegram-bot: two handlers raise, it lives on (docker logs)",
        lambda: _day(changed(talks(ptb), ptb_failed, 30, 130)),
        READY,
        {"critical_errors": PASS},
        settings=PTB,
        rule="an exception that the library caught and logged is an error, and no crash, with its traceback or without",
    ),
    TrialDay(
        "python-telegram-bot: two handlers raise, it lives on (its own file)",
        lambda: _day(changed(talks(ptb), ptb_failed, 30, 130), _python_lines),
        READY,
        {"critical_errors": PASS},
        settings={**PTB, **OWN_FORMAT},
    ),
    TrialDay(
        "python-telegram-bot: one handler in ten raises (docker's files)",
        lambda: _day(changed(talks(ptb), ptb_failed, *TENTH), shapes.docker_json),
        NOT_READY,
        {"error_rate": FAIL},
        settings=PTB,
    ),
    TrialDay(
        "python-telegram-bot: one handler in ten raises (journal)",
        lambda: _day(changed(talks(ptb), ptb_failed, *TENTH), shapes.journal_text),
        NOT_READY,
        {"error_rate": FAIL},
        settings=PTB,
    ),
    TrialDay(
        "python-telegram-bot: one handler in ten raises (its own file)",
        lambda: _day(changed(talks(ptb), ptb_failed, *TENTH), _python_lines),
        NOT_READY,
        {"error_rate": FAIL},
        settings={**PTB, **OWN_FORMAT},
    ),
    TrialDay(
        "python-telegram-bot: a second instance takes the updates for two hours",
        lambda: _day(
            [one for one in talks(ptb) if not moment(9) <= one.at < moment(11.2)],
            idle=[ptb_conflict(one) if moment(9) <= one.at < moment(11.2) else one for one in POLLS],
        ),
        NOT_READY,
        {"silence": FAIL, "error_rate": FAIL},
        settings=PTB,
    ),
    TrialDay(
        "python-telegram-bot ends by an exception that nobody catches",
        lambda: _day(
            changed(
                talks(ptb),
                lambda one: replace(
                    one, lines=(*one.lines[:2], Line(800, printed("python3.11-throw"), "error", stderr=True))
                ),
                77,
            ),
            shapes.docker_json,
        ),
        NOT_READY,
        {"critical_errors": FAIL},
        settings=PTB,
    ),
    TrialDay(
        "aiogram, a good day", lambda: _day(talks(aiogram), idle=_idle("INFO:shop:tick")), READY, settings=AIOGRAM
    ),
    TrialDay(
        "aiogram: two handlers raise, it lives on",
        lambda: _day(changed(talks(aiogram), aiogram_failed, 30, 130), idle=_idle("INFO:shop:tick")),
        READY,
        {"critical_errors": PASS},
        settings=AIOGRAM,
        rule="an exception that the library caught and logged is an error, and no crash",
    ),
    TrialDay(
        "aiogram: one handler in ten raises",
        lambda: _day(changed(talks(aiogram), aiogram_failed, *TENTH), shapes.docker_json, idle=_idle("INFO:shop:tick")),
        NOT_READY,
        {"error_rate": FAIL},
        settings=AIOGRAM,
    ),
    TrialDay(
        "aiogram: Telegram cannot be reached, every poll fails",
        lambda: _day(
            [one for one in talks(aiogram) if one.at < moment(5)],
            idle=[
                replace(
                    one,
                    lines=(
                        Line(
                            0,
                            "ERROR:aiogram.dispatcher:Failed to fetch updates - TelegramNetworkError: HTTP "
                            "Client says - Request timeout error",
                            "error",
                            stderr=True,
                        ),
                    ),
                )
                if one.at >= moment(5)
                else one
                for one in _idle("INFO:shop:tick")
            ],
        ),
        NOT_READY,
        {"silence": FAIL, "error_rate": FAIL},
        settings=AIOGRAM,
    ),
    TrialDay(
        "Slack Bolt, a good day",
        lambda: _day(talks(bolt), shapes.docker_json, idle=_idle("[INFO]  bolt-app tick")),
        READY,
        settings=BOLT,
    ),
    TrialDay(
        "Slack Bolt: one listener in ten raises",
        lambda: _day(
            changed(talks(bolt), bolt_failed, *TENTH), shapes.docker_json, idle=_idle("[INFO]  bolt-app tick")
        ),
        NOT_READY,
        {"error_rate": FAIL},
        settings=BOLT,
    ),
    TrialDay(
        "Slack Bolt: two listeners raise, it lives on",
        lambda: _day(changed(talks(bolt), bolt_failed, 30, 130), idle=_idle("[INFO]  bolt-app tick")),
        READY,
        {"critical_errors": PASS},
        settings=BOLT,
    ),
    TrialDay(
        "Slack Bolt: a signature does not hold",
        lambda: _day(changed(talks(bolt), bolt_refused, 99), idle=_idle("[INFO]  bolt-app tick")),
        NOT_READY,
        {"signature_failures": FAIL},
        settings=BOLT,
    ),
    TrialDay(
        "Twilio behind Flask, a good day", lambda: _day(talks(twilio), idle=_idle("tick")), READY, settings=TWILIO
    ),
    TrialDay(
        "Twilio behind Flask: one call in ten raises",
        lambda: _day(changed(talks(twilio), flask_failed, *TENTH), idle=_idle("tick")),
        NOT_READY,
        {"error_rate": FAIL},
        settings=TWILIO,
    ),
    TrialDay(
        "Twilio behind Flask: signatures do not hold after the token was changed",
        lambda: _day(
            [
                replace(
                    one,
                    status=403,
                    lines=(
                        Line(
                            1,
                            f"{shapes.written(one.at, '%Y-%m-%d %H:%M:%S,%f')[:-3]} WARNING sms "
                            "signature of Twilio did not hold",
                            "warning",
                            stderr=True,
                        ),
                    ),
                )
                if one.at >= moment(20)
                else one
                for one in talks(twilio)
            ],
            idle=_idle("tick"),
        ),
        NOT_READY,
        {"signature_failures": FAIL, "silence": FAIL, "error_rate": FAIL},
        settings=TWILIO,
    ),
)
