"""A gate: whether the verdict that stands in verdict.json allows a deploy; what is not clear, does not."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from logparse.outcome import Outcome, State
from logparse.text.wording import duration, exact, plural
from logparse.values.schedule import CHECKPOINTS, CLOCK_SKEW, Soak
from logparse.verdicts.verdict import SCHEMA, UNFINISHED, waivers_of

JUDGE = "judge the soak with pytest --hour=24"
SOAK = "soak it, and judge that with pytest --hour=24"
NAMELESS = f"{SOAK}, from logs that name their deployment; or ask for --deployment=any"
MEASURED = (Outcome.PASS, Outcome.WARN)
GOOD_ENOUGH = (Outcome.PASS, Outcome.WARN, Outcome.NOT_MEASURED)


@dataclass(frozen=True)
class Asked:
    """What a gate asks for: the deployment (empty: whichever), the least checkpoint, how old the soak's end and the
    verdict may be, and whether a failure may have been waived.
    """

    deployment: str
    hour: int
    longest: timedelta
    now: datetime
    waivers: bool = True


@dataclass(frozen=True)
class Decision:
    """What a gate says: READY lets pass, NOT READY is about the bot, NOT JUDGED about the verdict. ``final``: over the
    whole soak.
    """

    state: State
    reason: str
    mend: str = ""
    final: bool = False

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        return f"{self.state}: {'' if self.state is State.READY else 'do not deploy: '}{self.explained}"

    @property
    def explained(self) -> str:
        """Why, and what mends it."""
        return f"{self.reason}; to mend: {self.mend}" if self.mend else self.reason


class _Unknown(Exception):
    """What the verdict does not tell, and what mends that."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.mend = mend


def decide(text: str, asked: Asked, name: str = "the verdict") -> Decision:
    """Whether the text of a verdict.json allows what was asked for; ``name`` is what people know it by."""
    try:
        document = _document(text, name)
        for check in (_check_form, _check_deployment, _check_age):
            check(document, asked)
        return _by_verdict(document, asked)
    except _Unknown as unknown:
        return Decision(State.NOT_JUDGED, str(unknown), unknown.mend)


def _document(text: str, name: str) -> Mapping[str, Any]:
    """The keys of the verdict. One that stands there twice is refused: readers of JSON differ in which they see."""
    try:
        document = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _Unknown(f"{name} is no verdict: it is no JSON ({error})", JUDGE) from None
    if not isinstance(document, Mapping):
        raise _Unknown(f"{name} is no verdict: it is no JSON object", JUDGE)
    return document


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError("a key stands there twice")
    return keys


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _check_form(document: Mapping[str, Any], asked: Asked) -> None:
    """That the verdict is of a form that is known here, and that its run came to its end."""
    if document.get("schema") != SCHEMA or isinstance(document.get("schema"), bool):
        told = json.dumps(document.get("schema"))[:20]
        raise _Unknown(f"the verdict has the schema {told}, and this version knows {SCHEMA} alone", JUDGE)
    if document.get("reason") == UNFINISHED:
        raise _Unknown(UNFINISHED, "run it again, and look at what it says at its end")
    hour = _key(document, "hour", int)
    if hour not in CHECKPOINTS or _key(document, "final", bool) is not (hour == CHECKPOINTS[-1]):
        raise _Unknown("its keys hour and final contradict each other", JUDGE)


def _check_deployment(document: Mapping[str, Any], asked: Asked) -> None:
    seen = _key(document, "deployments", list)
    if not asked.deployment:
        return
    if seen == [asked.deployment]:
        # Where nobody counted them, nobody knows that there are none.
        if unnamed := _key(document, "unnamed_records", int):
            records = plural(unnamed, "record names", "records name")
            raise _Unknown(f"deployment {asked.deployment} was soaked, but {records} no deployment", NAMELESS)
        return
    named = ", ".join(map(str, seen[:3])) + (", ..." if len(seen) > 3 else "")
    soaked = f"{named} {'was' if len(seen) == 1 else 'were'} soaked" if seen else "the logs named none"
    mend = SOAK if seen else NAMELESS
    raise _Unknown(f"deployment {asked.deployment} was not soaked alone: {soaked}", mend)


def _check_age(document: Mapping[str, Any], asked: Asked) -> None:
    judged_at = _time(document, "judged_at")
    ended = Soak(_time(document, "start")).checkpoint(_key(document, "hour", int))
    if judged_at > asked.now + CLOCK_SKEW:
        raise _Unknown(f"it was judged at {exact(judged_at)}, which is still to come", "set the clocks right")
    for what, moment in (("it was judged", judged_at), ("the soak ended", ended)):
        if asked.now - moment > asked.longest:
            age = f"{duration(asked.now - moment)} ago, over {duration(asked.longest)}"
            raise _Unknown(f"{what} at {exact(moment)}, {age}", f"{SOAK}, and deploy sooner after it")
    if document.get("verdict") == State.READY and ended > judged_at + CLOCK_SKEW:
        raise _Unknown(f"it was judged at {exact(judged_at)}, before the soak ended at {exact(ended)}", JUDGE)


def _by_verdict(document: Mapping[str, Any], asked: Asked) -> Decision:
    verdict, reason, hour = _key(document, "verdict", str), _key(document, "reason", str), _key(document, "hour", int)
    if verdict == State.NOT_READY:
        return Decision(State.NOT_READY, reason, "mend the bot, and soak it again", bool(document["final"]))
    if verdict == State.NOT_JUDGED:
        raise _Unknown(reason, _key(document, "mend", str))
    if verdict == State.STARTED or (verdict == State.READY and hour < asked.hour):
        raise _Unknown(f"the soak is at hour {hour}, and hour {asked.hour} is asked for", "wait for it, and judge then")
    if verdict != State.READY:
        raise _Unknown("the verdict is none that is known", JUDGE)
    _check_criteria(document)
    waived = _waived(document, asked)
    which = f"deployment {asked.deployment}" if asked.deployment else "whichever deployment it was"
    far = "" if document["final"] else f" so far, at hour {hour} of {CHECKPOINTS[-1]}"
    judged_at = exact(_time(document, "judged_at"))
    return Decision(
        State.READY, f"{which} may be deployed{far}{waived}; judged at {judged_at}", "", bool(document["final"])
    )


def _check_criteria(document: Mapping[str, Any]) -> None:
    """That what READY was concluded from stands there too: somebody may have changed the word alone.

    Evidence is always among it, and is never left unmeasured; what is FAIL counts, required or not.
    """
    criteria = [one for one in _key(document, "criteria", list) if isinstance(one, Mapping)]
    required = [one for one in criteria if one.get("required")]
    measured = any(one.get("name") == "evidence" and one.get("outcome") in MEASURED for one in required)
    failed = any(one.get("outcome") == Outcome.FAIL for one in criteria)
    if not measured or failed or any(one.get("outcome") not in GOOD_ENOUGH for one in required):
        raise _Unknown("it says READY, but its criteria do not", JUDGE)


def _waived(document: Mapping[str, Any], asked: Asked) -> str:
    """Which failures a waiver lets pass; one that has ended meanwhile does so no more."""
    names = []
    for waiver in _key(document, "waivers", list):
        until = _time(waiver if isinstance(waiver, Mapping) else {}, "until")
        name = _key(waiver, "criterion", str)
        if until <= asked.now:
            mend = "mend the bot and soak it again, or waive it anew and run pytest --hour=24 again"
            raise _Unknown(f"the failure of {name} was waived until {exact(until)}", mend)
        if not asked.waivers:
            raise _Unknown(f"the failure of {name} was waived, and none may be", "mend the bot, and soak it again")
        names.append(name)
    criteria = [one for one in document["criteria"] if isinstance(one, Mapping)]
    if any(one.get("waived") and one.get("name") not in names for one in criteria):
        raise _Unknown("a failure was waived, and its waiver does not stand there", JUDGE)
    return f" with {waivers_of(len(names))} ({', '.join(names)})" if names else ""


def _key(document: Mapping[str, Any], name: str, kind: type | Callable[..., Any]) -> Any:
    value = document.get(name)
    if type(value) is not kind:
        raise _Unknown(f"the verdict lacks its key {name}", JUDGE)
    return value


def _time(document: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_key(document, name, str))
    except ValueError:
        raise _Unknown(f"its key {name} is no time", JUDGE) from None
    if moment.tzinfo is None or not 1 < moment.year < 9999:
        raise _Unknown(f"its key {name} is no time with a zone", JUDGE)
    return moment.astimezone(UTC)
