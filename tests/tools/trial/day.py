"""What a day of the trial is: the files of its logs, how it is judged, and what would be right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

READY, NOT_READY, NOT_JUDGED = "READY", "NOT READY", "NOT JUDGED"
PASS, WARN, FAIL, NOT_MEASURED = "PASS", "WARN", "FAIL", "NOT MEASURED"
EXIT_CODES: Mapping[str, int] = {READY: 0, NOT_READY: 1, NOT_JUDGED: 10}

Files = Mapping[str, bytes]
"""What lies in the folder of a day before anything runs; logs lie below `logs/`."""


@dataclass(frozen=True)
class TrialDay:
    """A day and its judgement.

    ``right`` is the verdict that would be right, ``tells`` the outcomes of the criteria that must say so; no other
    criterion may be FAIL, and at a READY day none NOT JUDGED. ``says`` are regular expressions, without case, that the
    run's output must hold, ``silent`` such that neither it nor any report may. ``rule`` is why this is right, where
    that had to be decided. ``unseen`` is why it cannot be seen in logs: such a day comes out wrong, and is known to.
    ``settings`` go by `-o`, ``options`` to the command line; ``runs`` are the arguments of runs made before the one
    that is judged. ``links`` are symbolic links, by where they lie, to what they lead. ``places`` are the logs, below
    the folder of the day.
    """

    name: str  # A sentence: what happened.
    files: Callable[[], Files]
    right: str
    tells: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    rule: str = ""
    unseen: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ("logs",)
    start: str = "2026-01-12T06:00Z"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def healthy(self) -> bool:
        """Whether it is a day that must not be stopped."""
        return self.right == READY
