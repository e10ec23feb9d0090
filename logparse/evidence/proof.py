"""The proof that manifests beside the log files give: the time that was really and wholly collected."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from logparse.formats.collecting_commands import COMMAND
from logparse.reading.file_problems import Problem
from logparse.reading.reading import Reading
from logparse.storage.manifest import Manifest, NotAManifest, from_json, joined, log_path
from logparse.text.wording import exact
from logparse.values.schedule import Span, subtract

UNREADABLE = ("unknown", "tool", "unreadable")
"""Kinds of problem of a file that is no log at all, so that its manifest proves nothing."""


@dataclass(frozen=True)
class Proof:
    """The spans that manifests prove, the windows that they were made for, and what is wrong with them.

    ``failures`` are fetches that did not finish, with the span that is still missing; ``unproven`` are finished ones,
    with why it is unknown whether they are whole; ``empty`` are those of them that brought nothing. ``others`` names
    manifests of other requests, which prove nothing for this one. ``sources`` are those that were asked.
    """

    covered: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()
    failures: tuple[tuple[Span, str], ...] = ()
    unproven: tuple[tuple[Span, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()
    empty: tuple[Span, ...] = ()
    others: tuple[str, ...] = ()


def prove(
    readings: Sequence[Reading], manifests: Sequence[tuple[Path, str]], rehearsal: bool
) -> tuple[list[Reading], Proof]:
    """Returns the readings without the problems that their manifests explain, and the proof of all manifests together.

    ``manifests`` are paths, each with its name for display; ``rehearsal``: the clock of the run was set by hand.
    """
    by_log = {reading.path: reading for reading in readings}
    proven: dict[Path, Reading] = {}
    found: list[tuple[str, Manifest]] = []
    problems: list[Problem] = []
    for path, shown in manifests:
        log = log_path(path)
        reading = by_log.get(log)
        manifest = _fitting(path, shown, log, reading)
        if isinstance(manifest, Problem):
            problems.append(manifest)
            continue
        if reading is not None and any(problem.kind in UNREADABLE for problem in reading.problems):
            # A problem of the file says what it holds instead; its span was requested, and did not come.
            manifest = replace(manifest, fetches=())
        manifest = manifest if rehearsal else manifest.in_earnest()
        found.append((shown, manifest))
        if reading is not None:
            kept = tuple(problem for problem in reading.problems if problem.kind not in _explained(manifest))
            proven[log] = replace(reading, problems=kept, fetched_from=next(iter(_sources([manifest])), ""))
    fitting, others = of_one_request(found)
    fetches = [fetch for manifest in fitting for fetch in manifest.fetches]
    proof = Proof(
        covered=joined(span for manifest in fitting for span in manifest.covered),
        windows=tuple(sorted({manifest.window for manifest in fitting})),
        failures=tuple((fetch.asked, fetch.problem) for fetch in fetches if not fetch.covered and fetch.problem),
        unproven=tuple((fetch.asked, fetch.unproven) for fetch in fetches if fetch.unproven),
        problems=tuple(problems),
        sources=_sources(fitting),
        empty=tuple(fetch.asked for fetch in fetches if fetch.unproven and not fetch.rows),
        others=others,
    )
    return [proven.get(reading.path, reading) for reading in readings], proof


def _explained(manifest: Manifest) -> tuple[str, ...]:
    """Returns the kinds of problem that a manifest explains: an empty file, or a row count that looks like a limit.

    The latter only if each fetch names the row limit of its source, and stayed below it.
    """
    below = bool(manifest.covered) and all(fetch.below_limit for fetch in manifest.brought)
    return (*(("empty",) if manifest.brought else ()), *(("row limit",) if below else ()))


def of_one_request(found: Sequence[tuple[str, Manifest]]) -> tuple[list[Manifest], tuple[str, ...]]:
    """Returns the manifests of the latest request, and messages about those of another source or request."""
    fetches = [fetch for _, manifest in found for fetch in manifest.brought]
    if not fetches:
        return [manifest for _, manifest in found], ()
    last = max(fetches, key=lambda fetch: fetch.started)
    others: dict[str, list[str]] = {}
    same: list[Manifest] = []
    for shown, manifest in found:
        strange = [fetch.named for fetch in manifest.brought if not fetch.is_of(last.source, last.subject)]
        if strange:
            others.setdefault(strange[0], []).append(shown)
        else:
            same.append(manifest)
    told = (f"{', '.join(names)}: of another request ({name}), proves nothing" for name, names in others.items())
    return same, tuple(f"{each} for the logs of {last.named}" for each in told)


def _sources(manifests: Sequence[Manifest]) -> tuple[str, ...]:
    """Returns the sources of the fetches, without repeats, in order."""
    return tuple(dict.fromkeys(fetch.source for manifest in manifests for fetch in manifest.fetches))


def _fitting(path: Path, shown: str, log: Path, reading: Reading | None) -> Manifest | Problem:
    """Returns the manifest of a log file if the file is the one it describes, else the problem."""
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


def lacks(proof: Proof, span: Span) -> tuple[Span, ...]:
    """Returns the parts of a span that should have been collected and were not."""
    fetched = joined([*proof.covered, *(asked for asked, _ in proof.unproven)])
    return tuple(piece for window in proof.windows for piece in subtract(window.clip(span), fetched))


def lacking(proof: Proof, span: Span) -> str:
    """Describes the first of these parts, with the cause; empty if there is none."""
    missing = lacks(proof, span)
    if not missing:
        return ""
    causes = [why for asked, why in proof.failures if any(asked.overlaps(piece) for piece in missing)]
    first = missing[0]
    cause = f": {causes[-1]}" if causes else ""
    return f"the collection lacks {exact(first.start)} to {exact(first.end)}{cause}"


def doubt(proof: Proof, span: Span) -> str:
    """Describes why it is unknown whether a span was collected whole; empty if there is no doubt."""
    whys = [
        why for asked, why in proof.unproven if asked.overlaps(span) and any(subtract(asked.clip(span), proof.covered))
    ]
    return "; ".join(dict.fromkeys(whys))
