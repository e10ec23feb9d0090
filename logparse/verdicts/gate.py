"""A gate: tells whether a verdict.json allows a deploy; every doubt closes the gate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.text.wording import duration, exact, plural
from logparse.values.schedule import CHECKPOINTS, CLOCK_SKEW, Soak
from logparse.verdicts.gate_criteria import check_criteria
from logparse.verdicts.gate_settings import checked_settings, texts_of
from logparse.verdicts.told import JUDGE, Untold, document_of, key_of, objects_of, time_of
from logparse.verdicts.verdict import SCHEMA

SOAK = "soak it, and judge that with pytest --hour=24"
NAMELESS = f"{SOAK}, from logs that name their deployment or with --hour=0 --deployment=ID; or ask for --deployment=any"
REHEARSED = "unset LOGPARSE_NOW, and judge a soak of 24 real hours"


@dataclass(frozen=True)
class GateOptions:
    """The conditions of a gate: the deployment (empty: any, None: the one that hour 0 named), the least checkpoint, the
    greatest age of the soak's end and the verdict, whether waived failures and loosened limits are allowed, and whether
    the gate's own clock was set (``rehearsal``).
    """

    deployment: str | None
    hour: int
    longest: timedelta
    now: datetime
    waivers: bool = True
    allow_changed_limits: bool = False
    rehearsal: bool = False


@dataclass(frozen=True)
class Decision:
    """The decision of a gate, which only READY opens: NOT READY blames the bot, NOT JUDGED the verdict.

    ``final``: over the whole soak.
    """

    state: State
    reason: str
    mend: str = ""
    final: bool = False

    @property
    def sentence(self) -> str:
        """The decision in one line."""
        return f"{self.state}: {'' if self.state is State.READY else 'do not deploy: '}{self.explained}"

    @property
    def explained(self) -> str:
        """The reason and the remedy."""
        return f"{self.reason}; to mend: {self.mend}" if self.mend else self.reason


def decide(text: str, asked: GateOptions, name: str = "the verdict") -> Decision:
    """Decides whether the text of a verdict.json meets the conditions; ``name`` is its name in messages.

    Raises UsageProblem if no deployment is asked for and hour 0 named none.
    """
    try:
        document = document_of(text, name)
        _check_form(document)
        _check_rehearsal(document)
        deployment = _checked_deployment(document, asked)
        _check_age(document, asked)
        return _by_verdict(document, asked, deployment)
    except Untold as untold:
        return Decision(State.NOT_JUDGED, str(untold), untold.mend)


def _check_form(document: Mapping[str, Any]) -> None:
    """Raises Untold if the schema is unknown or the run did not finish."""
    if document.get("schema") != SCHEMA or isinstance(document.get("schema"), bool):
        told = json.dumps(document.get("schema"))[:20]
        raise Untold(f"the verdict has the schema {told}, and this version knows {SCHEMA} alone")
    if document.get("verdict") == State.NOT_JUDGED and "start" not in document:
        raise Untold(key_of(document, "reason", str), "run it again, and look at what it says at its end")
    hour = key_of(document, "hour", int)
    if hour not in CHECKPOINTS or key_of(document, "final", bool) is not (hour == CHECKPOINTS[-1]):
        raise Untold("its keys hour and final contradict each other")


def _check_rehearsal(document: Mapping[str, Any]) -> None:
    if key_of(document, "rehearsal", bool):
        raise Untold(f"{document.get('verdict')} was a rehearsal: its clock was set by LOGPARSE_NOW", REHEARSED)


def _checked_deployment(document: Mapping[str, Any], asked: GateOptions) -> str:
    """Returns the deployment of the verdict in words; raises Untold if it is not the one that is asked for.

    Deployments named by records outrank the one named at hour 0; a contradiction of the two is refused.
    """
    seen, named = key_of(document, "deployments", list), key_of(document, "deployment", str)
    wanted = asked.deployment
    if wanted is None:
        if not named:
            raise UsageProblem("name what is to be deployed with --deployment=ID, or say any: hour 0 named none")
        wanted = named
    if not wanted:
        return "whichever deployment it was"
    if named and named != wanted:
        raise Untold(f"deployment {wanted} was not soaked: hour 0 named {named}", SOAK)
    # Without this count there may be such records, so a verdict that lacks it is refused.
    unnamed = key_of(document, "unnamed_records", int)
    if named:
        seen = [one for one in seen if one]
    if seen != [wanted] and (seen or not named):
        said = ", ".join(map(str, seen[:3])) + (", ..." if len(seen) > 3 else "")
        soaked = f"{said} {'was' if len(seen) == 1 else 'were'} soaked" if seen else "the logs named none"
        raise Untold(f"deployment {wanted} was not soaked alone: {soaked}", SOAK if seen else NAMELESS)
    if unnamed and not named:
        records = plural(unnamed, "record names", "records name")
        raise Untold(f"deployment {wanted} was soaked, but {records} no deployment", NAMELESS)
    return f"deployment {wanted}" + (" (named at hour 0; not all records name one)" if unnamed or not seen else "")


def _check_age(document: Mapping[str, Any], asked: GateOptions) -> None:
    judged_at = time_of(document, "judged_at")
    ended = Soak(time_of(document, "start")).checkpoint(key_of(document, "hour", int))
    if judged_at > asked.now + CLOCK_SKEW:
        raise Untold(f"it was judged at {exact(judged_at)}, which is still to come", "set the clocks right")
    for what, moment in (("it was judged", judged_at), ("the soak ended", ended)):
        if asked.now - moment > asked.longest:
            age = f"{duration(asked.now - moment)} ago, over {duration(asked.longest)}"
            raise Untold(f"{what} at {exact(moment)}, {age}", f"{SOAK}, and deploy sooner after it")
    if document.get("verdict") == State.READY and ended > judged_at + CLOCK_SKEW:
        raise Untold(f"it was judged at {exact(judged_at)}, before the soak ended at {exact(ended)}")


def _by_verdict(document: Mapping[str, Any], asked: GateOptions, deployment: str) -> Decision:
    verdict, reason, hour = (key_of(document, *one) for one in (("verdict", str), ("reason", str), ("hour", int)))
    if verdict == State.NOT_READY:
        return Decision(State.NOT_READY, reason, "mend the bot, and soak it again", bool(document["final"]))
    if verdict == State.NOT_JUDGED:
        raise Untold(reason, key_of(document, "mend", str))
    if verdict == State.STARTED or (verdict == State.READY and hour < asked.hour):
        raise Untold(f"the soak is at hour {hour}, and hour {asked.hour} is asked for", "wait for it, and judge then")
    if verdict != State.READY:
        raise Untold("the verdict is none that is known")
    check_criteria(document, texts_of(document))
    differing = checked_settings(document, allow_changed_limits=asked.allow_changed_limits)
    waived = _waived(document, asked)
    if asked.rehearsal:
        raise Untold("a gate whose clock was set by LOGPARSE_NOW is a rehearsal, and opens for nothing", REHEARSED)
    far = "" if document["final"] else f" so far, at hour {hour} of {CHECKPOINTS[-1]}"
    judged_at = exact(time_of(document, "judged_at"))
    told = f"{deployment} may be deployed{far}{waived}{differing}; judged at {judged_at}"
    return Decision(State.READY, told, "", bool(document["final"]))


def _waived(document: Mapping[str, Any], asked: GateOptions) -> str:
    """Returns the failures that a waiver lets pass; raises Untold if waivers are refused or one has expired."""
    names = []
    for waiver in key_of(document, "waivers", list):
        until = time_of(waiver if isinstance(waiver, Mapping) else {}, "until")
        name = key_of(waiver, "criterion", str)
        if until <= asked.now:
            mend = "mend the bot and soak it again, or waive it anew and run pytest --hour=24 again"
            raise Untold(f"the failure of {name} was waived until {exact(until)}", mend)
        if not asked.waivers:
            raise Untold(f"the failure of {name} was waived, and none may be", "mend the bot, and soak it again")
        names.append(name)
    if any(one.get("waived") and one.get("name") not in names for one in objects_of(document, "criteria")):
        raise Untold("a failure was waived, and its waiver does not stand there", JUDGE)
    return f" with {plural(len(names), 'waiver')} ({', '.join(names)})" if names else ""
