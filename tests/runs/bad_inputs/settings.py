"""Bad settings, of each kind."""

from tests.runs.bad_inputs.case import USAGE, Case


def _setting(name: str, written: str, message: str) -> Case:
    return Case(name, USAGE, message, ("-o", written))


SETTINGS = (
    _setting("an unknown setting", "no_such_limit=1", "setting no_such_limit: there is no such setting"),
    _setting("an unknown event name", "event_nosuch=x", "the events are event_delivery"),
    _setting("a limit that is no number", "error_rate_limit=few", "setting error_rate_limit: 'few'"),
    _setting("a limit that is empty", "error_rate_limit=", "setting error_rate_limit"),
    _setting("a limit that is not a number", "error_rate_limit=nan", "setting error_rate_limit"),
    _setting("a limit without end", "response_time_limit=inf", "setting response_time_limit"),
    _setting("a limit that is negative", "silence_limit=-1", "setting silence_limit: '-1' is negative"),
    _setting("a limit beyond all sense", "silence_limit=1e1000000", "is too large"),
    _setting("an age that is no number", "max_age_hours=old", "setting max_age_hours: 'old'"),
    _setting("half a delivery", "answering_deliveries=2.5", "setting answering_deliveries"),
    _setting("a choice that is none", "deployment_change=no", "not one of warn, fail"),
    _setting("a yes or no that is neither", "quality_required=maybe", "setting quality_required"),
    _setting("an unknown time zone", "timezone=Mars/Base", "no IANA time zone"),
    _setting("a time zone that leads elsewhere", "timezone=../../etc/passwd", "setting timezone"),
    _setting("a time zone that only the system knows", "timezone=localtime", "setting timezone"),
    _setting("quiet hours that are none", "quiet_hours=22", "write it like 22:00-06:00"),
    _setting("quiet hours beyond the day", "quiet_hours=25:00-26:00", "setting quiet_hours"),
    _setting("a webhook path that is none", "webhook_path=api/webhook", "setting webhook_path"),
    _setting("an empty environment", "environment=", "setting environment: it is empty"),
    _setting("too little memory", "memory_limit=1KB", "setting memory_limit: '1KB'"),
    _setting("a memory limit that is no size", "memory_limit=lots", "setting memory_limit: 'lots'"),
    _setting("a pattern that does not compile", "event_reply=(\\d+", "setting event_reply, pattern 1"),
    _setting("a pattern of another dialect", "event_delivery=(?=x)", "setting event_delivery, pattern 1"),
    _setting(
        "a pattern that repeats beyond all sense", "event_delivery=a{1000000}", "setting event_delivery, pattern 1"
    ),
    _setting("a reply pattern without a group", "event_reply=sent", "setting event_reply, pattern 1"),
    _setting("an event without a pattern", "event_reply=", "setting event_reply: it needs at least one"),
    _setting("a mask that does not compile", "mask=(?P<", "setting mask, pattern 1"),
    _setting("a format that does not compile", "own_format=(?P<message>", "setting own_format: "),
    _setting("a format without a message", "own_format=(?P<time>.*)", "has no group (?P<message>...)"),
)
