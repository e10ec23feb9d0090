"""Recommendations: what to change, by area, following from what failed, was close, or could not be judged."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from logparse.outcome import Outcome
from logparse.values.flags import (
    CRITICAL_ERRORS,
    DELIVERY_FAILURES,
    HIGH_ERROR_RATE,
    INAPPROPRIATE,
    NO_DELIVERIES,
    NOT_ANSWERING,
    OFF_TOPIC,
    PROCESSING_ERRORS,
    REPEATED_GREETINGS,
    SEND_FAILURES,
    SIGNATURE_FAILURES,
    SLOW_REPLIES,
    VERIFICATION_OFF,
    Flag,
)
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict

CONFIGURATION, PERFORMANCE, ERROR_HANDLING, MONITORING = "Configuration", "Performance", "Error handling", "Monitoring"

NOTHING_TO_DO = {
    CONFIGURATION: "nothing to change",
    PERFORMANCE: "nothing to change",
    ERROR_HANDLING: "nothing to change",
    MONITORING: "no blind spots seen; keep collecting the logs after the soak",
}
"""What is said of an area from which nothing follows."""

_CRITERIA = {
    "evidence": (MONITORING, "collect the logs without gaps, each with its manifest"),
    "success_rate": (ERROR_HANDLING, "follow some deliveries that were not processed, and mend what lost them"),
    "signature_failures": (CONFIGURATION, "compare the webhook secret of the sender with the bot's"),
    "response_time": (PERFORMANCE, "look at the slowest replies: model, length of the prompt, calls one after another"),
    "error_rate": (ERROR_HANDLING, "begin with the most frequent kind of error in the list of hour 24"),
    "critical_errors": (ERROR_HANDLING, "mend every crash and timeout, and catch what was not caught"),
    "silence": (MONITORING, "find out why no delivery came, and set an alert for it, or quiet hours if it is expected"),
    "answering": (ERROR_HANDLING, "find out what kept the bot from answering, and let it answer with a fallback"),
    "delivery_failures": (ERROR_HANDLING, "mend what the webhook answers with an error status"),
    "send_failures": (ERROR_HANDLING, "send again what could not be sent, and watch the messaging provider's status"),
    "fallback_replies": (ERROR_HANDLING, "find out why the AI provider did not answer: key, rate limit, timeout"),
    "response_quality": (CONFIGURATION, "revise the bot's instructions with the conversations that need improvement"),
}
_TO_RATE = "rate the conversations that the quality checks lack, and look at what the machine found"
"""What follows where nothing needs improvement yet, but not all was looked at."""

_FLAGS = {
    OFF_TOPIC: (CONFIGURATION, "narrow the bot's instructions to its subject"),
    REPEATED_GREETINGS: (CONFIGURATION, "tell the bot to greet once in a conversation"),
    INAPPROPRIATE: (CONFIGURATION, "revise the bot's instructions, and have such replies blocked"),
    VERIFICATION_OFF: (CONFIGURATION, "switch signature verification on"),
    SLOW_REPLIES: (PERFORMANCE, "look at the slowest replies"),
    PROCESSING_ERRORS: (ERROR_HANDLING, "look into the first message, and mend what it tells of"),
}
"""Flags that ask for a change of their own, by their label."""

_CRITERION_OF = {
    SIGNATURE_FAILURES: "signature_failures",
    CRITICAL_ERRORS: "critical_errors",
    DELIVERY_FAILURES: "delivery_failures",
    SEND_FAILURES: "send_failures",
    NO_DELIVERIES: "silence",
    NOT_ANSWERING: "answering",
    HIGH_ERROR_RATE: "error_rate",
}
"""The other flags, by the criterion that asks for the same change; where it is met the flag asks for it."""

_SET_BY_PEOPLE = ("secret", "key", "credential")
"""Words of a cause that a setting mends, and not the code."""


_ASKING = {Outcome.FAIL, Outcome.WARN, Outcome.NOT_JUDGED}


@dataclass(frozen=True)
class Advice:
    """One recommendation: its area, how urgent it is, what it is about, and what to do."""

    area: str
    weight: str
    about: str
    text: str


def recommendations(verdict: Verdict) -> Iterator[Advice]:
    """Everything that follows from a verdict: from its criteria, the worst first, then from its flags."""
    for judgement in sorted(verdict.criteria, key=lambda judgement: -judgement.outcome.rank):
        if judgement.waived or judgement.outcome in _ASKING:
            yield _from_judgement(judgement)
    told = set()
    criteria = {judgement.name for judgement in verdict.criteria if judgement.waived or judgement.outcome in _ASKING}
    for flag in verdict.flags:
        for advice in _from_flag(flag, criteria):
            if (advice.area, advice.about) not in told:
                told.add((advice.area, advice.about))
                yield advice


def _from_judgement(judgement: Judgement) -> Advice:
    area, text = _CRITERIA.get(judgement.name, (MONITORING, "look into it"))
    if judgement.name == "response_quality" and judgement.outcome is not Outcome.FAIL:
        return Advice(MONITORING, str(judgement.outcome), judgement.title, _TO_RATE)
    if judgement.outcome is Outcome.NOT_JUDGED:
        # What could not be judged is a blind spot first, whatever the criterion is about.
        area, text = MONITORING, "collect what is missing, and judge again; the Action Items name the way"
    return Advice(area, judgement.shown, judgement.title, text)


def change_for(flag: Flag) -> tuple[str, str]:
    """What a flag asks to change: the area, and what to do."""
    return _FLAGS.get(flag.label) or _CRITERIA.get(_CRITERION_OF.get(flag.label, ""), (MONITORING, "look into it"))


def _from_flag(flag: Flag, criteria: Set[str]) -> Iterator[Advice]:
    weight = str(flag.severity).upper()
    if _CRITERION_OF.get(flag.label) not in criteria:
        area, text = change_for(flag)
        yield Advice(area, weight, flag.label, text)
    if flag.cause:
        said = f"{flag.label} {flag.cause}".lower()
        area = CONFIGURATION if any(word in said for word in _SET_BY_PEOPLE) else ERROR_HANDLING
        yield Advice(area, weight, flag.label, f"go after the likely cause, {flag.cause}")
