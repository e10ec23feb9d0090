"""All days of the trial, in groups."""

from collections.abc import Mapping, Sequence

from tests.tools.trial import (
    by_hand,
    circumstances,
    collecting,
    crashes,
    errors,
    healthy,
    hidden,
    no_errors,
    other_bots,
    paths,
    words,
)
from tests.tools.trial.day import TrialDay

GROUPS: Mapping[str, Sequence[TrialDay]] = {
    "What a path says": paths.DAYS,
    "Collected by a command": collecting.DAYS,
    "Collected by hand": by_hand.DAYS,
    "Words that are not known": words.DAYS,
    "The program ends": crashes.DAYS,
    "Errors that are easily not seen": errors.DAYS,
    "No errors": no_errors.DAYS,
    "Clocks, zones, and what people are told": circumstances.DAYS,
    "Other bots": other_bots.DAYS,
    "Healthy days": healthy.DAYS,
    "What cannot be seen": hidden.DAYS,
}
