"""What the manifests beside the log files prove: the time that was really and wholly collected."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from logparse.formats.ways import COMMAND
from logparse.reading.file_problems import Problem
from logparse.reading.log_file import Reading
from logparse.storage.manifest import Manifest, NotAManifest, from_json, joined, log_of
from logparse.text.wording import exact
from logparse.values.schedule import Span, subtract

DISPROVED = ("empty", "row limit")
"""Kinds of problem that a manifest explains: nothing was there to fetch, or the number of rows is a coincidence."""


@dataclass(frozen=True)
class Proof:
    """The time that manifests prove, the windows that they were made for, and what is wrong with them.

    ``failures`` are fetches that did not come to their end, with the time that is still missing for it; ``unproven``
    are those that did, with why it cannot be known whether they are whole. ``sources`` are those that were asked.
    """

    covered: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()
    failures: tuple[tuple[Span, str], ...] = ()
    unproven: tuple[tuple[Span, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()


def prove(readings: Sequence[Reading], manifests: Sequence[tuple[Path, str]]) -> tuple[list[Reading], Proof]:
    """The readings without the problems that their manifests explain, and what all manifests prove together.

    ``manifests`` are paths, each with how it is shown.
    """
    by_log = {reading.path: reading for reading in readings}
    proven: dict[Path, Reading] = {}
    fitting: list[Manifest] = []
    problems: list[Problem] = []
    for path, shown in manifests:
        log = log_of(path)
        reading = by_log.get(log)
        manifest = _fitting(path, shown, log, reading)
        if isinstance(manifest, Problem):
            problems.append(manifest)
            continue
        fitting.append(manifest)
        if reading is not None:
            kept = tuple(
                problem for problem in reading.problems if not (manifest.covered and problem.kind in DISPROVED)
            )
            proven[log] = replace(reading, problems=kept, fetched_from=next(iter(_sources([manifest])), ""))
    covered = joined(span for manifest in fitting for span in manifest.covered)
    failures = tuple(
        (fetch.asked, fetch.problem)
        for manifest in fitting
        for fetch in manifest.fetches
        if not fetch.covered and fetch.problem
    )
    unproven = tuple(
        (fetch.asked, fetch.unproven) for manifest in fitting for fetch in manifest.fetches if fetch.unproven
    )
    windows = tuple(sorted({manifest.window for manifest in fitting}))
    proof = Proof(covered, windows, failures, unproven, tuple(problems), _sources(fitting))
    return [proven.get(r.path, r) for r in readings], proof


def _sources(manifests: Sequence[Manifest]) -> tuple[str, ...]:
    """The sources of the fetches, each once, the first first."""
    return tuple(dict.fromkeys(fetch.source for manifest in manifests for fetch in manifest.fetches))


def _fitting(path: Path, shown: str, log: Path, reading: Reading | None) -> Manifest | Problem:
    """The manifest of a log file, as far as the file is the one that it speaks of; else what is wrong."""
    try:
        manifest = from_json(path.read_text("utf-8"))
    except (OSError, NotAManifest, UnicodeDecodeError) as error:
        return Problem(
            "manifest", f"{shown} cannot be read: {error}", f"remove it, and collect that window again: {COMMAND}"
        )
    sha256 = reading.sha256 if reading else hashlib.sha256(log.read_bytes()).hexdigest() if log.is_file() else ""
    if manifest.sha256 == sha256:
        return manifest
    if sha256 and manifest.fetches and manifest.replaces == sha256:
        return manifest.without_last()
    what = "is not the file that was collected (its sha256 differs)" if sha256 else "is not there"
    return Problem("manifest", f"{shown}: the log file beside it {what}", f"collect that window again: {COMMAND}")


def lacking(proof: Proof, span: Span) -> str:
    """What of a stretch of time was to be collected and was not, with the cause; empty where there is nothing."""
    fetched = joined([*proof.covered, *(asked for asked, _ in proof.unproven)])
    missing = [piece for window in proof.windows for piece in subtract(window.clip(span), fetched)]
    if not missing:
        return ""
    causes = [why for asked, why in proof.failures if any(asked.overlaps(piece) for piece in missing)]
    first = missing[0]
    cause = f": {causes[-1]}" if causes else ""
    return f"the collection lacks {exact(first.start)} to {exact(first.end)}{cause}"


def doubt(proof: Proof, span: Span) -> str:
    """Why it cannot be known whether what was collected of a stretch of time is whole; empty where nothing is told."""
    whys = [
        why for asked, why in proof.unproven if asked.overlaps(span) and any(subtract(asked.clip(span), proof.covered))
    ]
    return "; ".join(dict.fromkeys(whys))
