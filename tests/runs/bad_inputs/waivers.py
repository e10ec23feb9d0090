"""Waivers with a mistake, and baselines that nothing can be compared with."""

import json

from logparse.outcome import Outcome
from logparse.verdicts.verdict import to_json, unfinished
from tests.builders.verdicts import verdict
from tests.runs.bad_inputs.case import USAGE, Case, Maker
from tests.runs.command_line import Desk

WHOLE = {
    "criterion": '"error_rate"',
    "reason": '"the CRM was down"',
    "by": '"Rina"',
    "until": "2999-12-31",
}


def _file(text: str) -> Maker:
    """Makes one file named ``it`` in the folder of the run."""

    def make(desk: Desk) -> None:
        (desk.folder / "it").write_text(text, "utf-8")

    return make


def _waiver(**fields: str) -> str:
    """A file with one waiver, with some of its fields replaced, or left out where they are empty."""
    lines = [f"{key} = {value}" for key, value in {**WHOLE, **fields}.items() if value]
    return "\n".join(["[[waiver]]", *lines, ""])


def _waived(name: str, message: str, text: str) -> Case:
    return Case(name, USAGE, message, ("-o", "waivers={desk}/it"), _file(text))


def _baseline(name: str, message: str, text: str) -> Case:
    return Case(name, USAGE, message, ("--baseline={desk}/it",), _file(text))


WAIVERS = (
    _waived("waivers that are no TOML", "it:2: is not TOML", "[[waiver]]\ncriterion: error_rate\n"),
    _waived("a waiver of another key", "it:6: 'untill' is no key", _waiver(untill="2999-12-31")),
    _waived("a waiver of no criterion that there is", "it:2: there is no criterion", _waiver(criterion='"errors"')),
    _waived("a waiver of the evidence", "it:2: evidence cannot be waived", _waiver(criterion='"evidence"')),
    _waived(
        "a waiver of signature failures",
        "it:2: signature_failures cannot be waived",
        _waiver(criterion='"signature_failures"'),
    ),
    _waived("a waiver without a reason", "it:1: the waiver of error_rate gives no reason", _waiver(reason="")),
    _waived("a waiver of nobody", "it:4: the waiver of error_rate names nobody", _waiver(by='" "')),
    _waived("a waiver without an end", "it:1: the waiver of error_rate does not say until when", _waiver(until="")),
    _waived("a waiver without a zone", "it:5: until of the waiver", _waiver(until="2999-12-31T00:00:00")),
    _waived("a waiver that has ended", "it:5: the waiver of error_rate expired", _waiver(until="2026-01-01")),
    _waived("two waivers of one criterion", "it:6: a second waiver of error_rate", _waiver() * 2),
    Case("a file of waivers that is not there", USAGE, "the waivers cannot be read", ("-o", "waivers={desk}/it")),
    _baseline("a baseline that is no JSON", "is no verdict as a run writes it", "READY"),
    _baseline("a baseline of another schema", "its schema is 7", json.dumps({"schema": 7})),
    _baseline("a baseline of a run that did not finish", "holds no verdict", unfinished(24)),
    _baseline("a baseline that was not READY", "was NOT READY", to_json(verdict(24, silence=Outcome.FAIL))),
    _baseline("a baseline of hour 20", "only hour 24 is final", to_json(verdict(20))),
    _baseline("a baseline of a later soak", "was not over when this one started", to_json(verdict(24))),
    Case("a baseline that is not there", USAGE, "the verdict cannot be read", ("--baseline={desk}/it",)),
    Case("a baseline of an empty name", USAGE, "--baseline=: it is empty", ("--baseline=",)),
)
