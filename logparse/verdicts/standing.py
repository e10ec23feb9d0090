"""The verdict already in a file: the conclusion of an earlier run on the same soak."""

from datetime import datetime
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.verdicts.history import read_verdict
from logparse.verdicts.verdict import Verdict


def final_verdict(path: Path, start: datetime, *, rehearsal: bool = False) -> Verdict | None:
    """Reads the verdict of hour 24 of the soak with this start; None if the file holds another one, or none.

    None for NOT JUDGED too: what was missing may be there by now. A verdict of a rehearsal only counts for a rehearsal.
    """
    if not path.is_file():
        return None
    try:
        verdict = read_verdict(path)
    except UsageProblem:
        return None
    stands = verdict.final and verdict.start == start and verdict.state is not State.NOT_JUDGED
    return verdict if stands and (rehearsal or not verdict.rehearsal) else None
