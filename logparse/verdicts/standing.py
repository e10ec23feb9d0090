"""The verdict that stands at a place: what an earlier run concluded of the same soak, where it concluded anything."""

from datetime import datetime
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.verdicts.history import read_verdict
from logparse.verdicts.verdict import Verdict


def final_verdict(path: Path, start: datetime, *, rehearsal: bool = False) -> Verdict | None:
    """The verdict of hour 24 of the soak with this start; None where the file holds another one, or none.

    One that is NOT JUDGED concluded nothing: what was missing may have been mended since. One of a rehearsal stands for
    a rehearsal alone.
    """
    if not path.is_file():
        return None
    try:
        verdict = read_verdict(path)
    except UsageProblem:
        return None
    stands = verdict.final and verdict.start == start and verdict.state is not State.NOT_JUDGED
    return verdict if stands and (rehearsal or not verdict.rehearsal) else None
