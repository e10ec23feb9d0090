"""All criteria, in the order in which they are shown, with their properties."""

from dataclasses import replace

from logparse.values.criterion import (
    ALWAYS,
    NEVER,
    WHERE_MEASURED,
    Area,
    Basis,
    Count,
    Criterion,
    Measure,
    Remedy,
    Required,
    Rule,
    Share,
    Side,
)

EVIDENCE = Criterion(
    name="evidence",
    rule="Every due window was really and wholly collected.",
    unit="h",
    side=Side.AT_LEAST,
    in_force="",
    measure=Measure.WHOLENESS,
    basis=Basis.NO_RECORD,
    required=ALWAYS,
    stops=False,
    waivable=False,
    change=Remedy(Area.MONITORING, "collect the logs without gaps, each with its manifest"),
    look_at=(("files", "files"), ("windows", "windows")),
)
SUCCESS_RATE = Criterion(
    name="success_rate",
    rule="Enough of the deliveries were processed.",
    unit="%",
    side=Side.AT_LEAST,
    in_force="success rate at least {success_rate:g} %",
    measure=Share("processed", "deliveries", "delivery", "failed delivery", "failed deliveries"),
    basis=Basis.WORDS,
    required=ALWAYS,
    stops=False,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "follow some deliveries that were not processed, and mend what lost them"),
    look_at=(("traffic", "traffic"), ("errors-by-kind", "errors")),
)
SIGNATURE_FAILURES = Criterion(
    name="signature_failures",
    rule="No webhook came with a signature that did not hold, and signatures were checked at all.",
    unit="failures",
    side=Side.AT_MOST,
    in_force="signature failures at most {signature_failures}",
    measure=Count("signature failure"),
    basis=Basis.WORDS,
    required=Required(Rule.UNLESS_SWITCHED_OFF, "signature_verification", "none"),
    stops=True,
    waivable=False,
    change=Remedy(Area.CONFIGURATION, "compare the webhook secret of the sender with the bot's"),
    look_at=(("red-flags", "red flags"),),
)
RESPONSE_TIME = Criterion(
    name="response_time",
    rule="The bot answers quickly on average.",
    unit="s",
    side=Side.UNDER,
    in_force="response time under {response_seconds:g} s on average",
    measure=Measure.MEAN,
    basis=Basis.WORDS,
    required=ALWAYS,
    stops=False,
    waivable=True,
    change=Remedy(
        Area.PERFORMANCE, "look at the slowest replies: model, length of the prompt, calls one after another"
    ),
    look_at=(("response-time", "over time"), ("response-times", "distribution")),
)
ERROR_RATE = Criterion(
    name="error_rate",
    rule="The errors stay a small part of the deliveries.",
    unit="%",
    side=Side.UNDER,
    in_force="error rate under {error_rate:g} %",
    measure=Share("errors", "deliveries", "delivery", "error", "errors"),
    basis=Basis.WORDS,
    required=ALWAYS,
    stops=False,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "begin with the most frequent kind of error in the list of hour 24"),
    look_at=(("errors-by-kind", "errors"), ("traffic", "traffic")),
)
CRITICAL_ERRORS = Criterion(
    name="critical_errors",
    rule="The function never crashed, timed out, or lost an exception.",
    unit="errors",
    side=Side.AT_MOST,
    in_force="critical errors at most {critical_errors}",
    measure=Count("critical error"),
    basis=Basis.STATUS,
    required=ALWAYS,
    stops=True,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "mend every crash and timeout, and catch what was not caught"),
    look_at=(("red-flags", "red flags"), ("errors-by-kind", "errors")),
)
SILENCE = Criterion(
    name="silence",
    rule="Deliveries never stayed away for long while the bot was up; across a hole it cannot be known.",
    unit="min",
    side=Side.AT_MOST,
    in_force="silence at most {silence_minutes:g} min",
    measure=Measure.LONGEST,
    basis=Basis.SILENCE,
    required=ALWAYS,
    stops=True,
    waivable=True,
    change=Remedy(
        Area.MONITORING, "find out why no delivery came, and set an alert for it, or quiet hours if it is expected"
    ),
    look_at=(("traffic", "traffic"),),
)
ANSWERING = Criterion(
    name="answering",
    rule="The bot never left its users without any answer for long; across a hole it cannot be known.",
    unit="min",
    side=Side.AT_MOST,
    in_force="answering within {answering_minutes:g} min",
    measure=Measure.LONGEST,
    basis=Basis.WORDS,
    required=ALWAYS,
    stops=True,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "find out what kept the bot from answering, and let it answer with a fallback"),
    look_at=(("traffic", "traffic"), ("red-flags", "red flags")),
)
DELIVERY_FAILURES = Criterion(
    name="delivery_failures",
    rule="No delivery was refused with an HTTP error, nor failed by the provider's own list.",
    unit="failures",
    side=Side.AT_MOST,
    in_force="delivery failures at most {delivery_failures}",
    measure=Count("delivery failure"),
    basis=Basis.PROVIDER,
    required=WHERE_MEASURED,
    stops=False,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "mend what the webhook answers with an error status"),
    look_at=(("red-flags", "red flags"),),
)
SEND_FAILURES = Criterion(
    name="send_failures",
    rule="Few answers could not be handed to the provider.",
    unit="%",
    side=Side.AT_MOST,
    in_force="",
    measure=Share("send_failures", "replies", "reply", "send failure", "send failures"),
    basis=Basis.WORDS,
    required=NEVER,
    stops=False,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "send again what could not be sent, and watch the messaging provider's status"),
    look_at=(("red-flags", "red flags"),),
)
FALLBACK_REPLIES = Criterion(
    name="fallback_replies",
    rule="Few replies were the fallback text.",
    unit="%",
    side=Side.AT_MOST,
    in_force="",
    measure=Share("fallback_replies", "replies", "reply", "fallback reply", "fallback replies"),
    basis=Basis.WORDS,
    required=NEVER,
    stops=False,
    waivable=True,
    change=Remedy(Area.ERROR_HANDLING, "find out why the AI provider did not answer: key, rate limit, timeout"),
    look_at=(("windows", "windows"),),
)
RESPONSE_QUALITY = Criterion(
    name="response_quality",
    rule="People found the answers appropriate, and looked.",
    unit="conversations",
    side=Side.AT_MOST,
    in_force="",
    measure=Measure.RATINGS,
    basis=Basis.NO_RECORD,
    required=Required(Rule.WHERE_DEMANDED, "quality_required", "yes"),
    stops=True,
    waivable=True,
    change=Remedy(Area.CONFIGURATION, "revise the bot's instructions with the conversations that need improvement"),
    look_at=(("findings", "findings"), ("red-flags", "red flags")),
)

CRITERIA = (
    *(EVIDENCE, SUCCESS_RATE, SIGNATURE_FAILURES, RESPONSE_TIME, ERROR_RATE, CRITICAL_ERRORS, SILENCE, ANSWERING),
    *(DELIVERY_FAILURES, SEND_FAILURES, FALLBACK_REPLIES, RESPONSE_QUALITY),
)
"""All criteria, in the order in which they are shown."""

_LOOK = Remedy(Area.MONITORING, "look into it")
UNKNOWN = replace(ANSWERING, name="", rule="", unit="", in_force="", stops=False, change=_LOOK, look_at=())
"""A criterion of another version of this suite, read from its verdict: its number must be at most its limit."""


def criterion_of(name: str) -> Criterion:
    """Returns the criterion of a name; UNKNOWN for one of another version of this suite."""
    return next((criterion for criterion in CRITERIA if criterion.name == name), UNKNOWN)
