"""The account of a log file: what it is, how many lines of each class it holds, and what could not be read."""

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
    """One log file: what it is, every physical line of it in exactly one class, and the first rejected ones."""

    path: str
    sha256: str
    format: str
    lines: Mapping[str, int]
    records: int
    problem: str = ""
    rejected: tuple[RejectedLine, ...] = ()
