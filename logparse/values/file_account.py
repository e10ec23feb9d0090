"""The account of a log file: its format, its lines by class, and the lines that could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class RejectedLine:
    """A line that could not be read: its number from 1, its text (masked, cut), and what it lacks."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class FileAccount:
    """One log file: its format, all physical lines in exactly one class each, and the first rejected ones."""

    path: str
    sha256: str
    format: str
    lines: Mapping[str, int]
    records: int
    problem: str = ""
    rejected: tuple[RejectedLine, ...] = ()
