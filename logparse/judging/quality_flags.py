"""The red flags from ratings and findings: harmful, off-topic, and repeated greetings."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from logparse.judging.facts import Facts
from logparse.values.flag_kinds import INAPPROPRIATE, OFF_TOPIC, REPEATED_GREETINGS
from logparse.values.flags import Flag
from logparse.values.ratings import Check, Tag, looks_back_to
from logparse.values.suspicions import SuspicionKind

_RAISING = ((Tag.HARMFUL, INAPPROPRIATE), (Tag.OFF_TOPIC, OFF_TOPIC))


def quality_flags(facts: Facts) -> list[Flag]:
    """Returns the flags of all checks up to this hour, each over the hours that its check covers; then of findings."""
    return [*_of_tags(facts), *_of_greetings(facts)]


def _of_tags(facts: Facts) -> Iterator[Flag]:
    for check in facts.checks:
        for tag, kind in _RAISING:
            tagged = [rating for rating in check.ratings if tag in rating.tags]
            if tagged and check.hour <= facts.case.hour:
                first, last = _hours_of(check, facts)
                replied = next((rating.bot_response for rating in tagged if rating.bot_response), "")
                yield kind.flag(first, last, len(tagged), len(tagged), f"{check.title}: {replied}")


def _hours_of(check: Check, facts: Facts) -> tuple[datetime, datetime]:
    """Returns the first and the last minute that a check covers."""
    before = looks_back_to(check.hour, facts.settings.quality_checks)
    return facts.case.soak.checkpoint(before), facts.case.soak.checkpoint(check.hour) - timedelta(minutes=1)


def _of_greetings(facts: Facts) -> Iterator[Flag]:
    found = [one for one in facts.examined.suspicions if one.kind == SuspicionKind.GREETING_AGAIN]
    if found:
        first, last = min(one.first for one in found), max(one.last for one in found)
        contacts = len({one.conversation for one in found})
        text = " / ".join(min(found, key=lambda one: one.first).texts)
        yield REPEATED_GREETINGS.flag(first, last, len(found), contacts, text)
