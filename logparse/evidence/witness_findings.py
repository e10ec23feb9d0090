"""Findings about the witness: gaps in the provider's list, and numbers that differ from those of the logs."""

from collections.abc import Iterator
from fractions import Fraction

from logparse.evidence.collected import Collected, Finding
from logparse.evidence.proof import lacking
from logparse.outcome import Outcome
from logparse.text.wording import plural
from logparse.values.schedule import Span, subtract

COLLECT_WITNESS = "collect the provider's list again: python -m logparse collect --source=kapso"

NAMED = 3
"""The most unreadable lines that are named."""


def of_witness(collected: Collected, seen: Span) -> Iterator[Finding]:
    """Yields all findings about the provider's list, or between it and the logs; nothing without a list."""
    for problem in collected.case.witness_proof.problems:
        yield Finding(Outcome.NOT_JUDGED, problem.text, COLLECT_WITNESS)
    if unreadable := collected.case.witness.unreadable:
        more = f", and {len(unreadable) - NAMED:,} more" if len(unreadable) > NAMED else ""
        yield Finding(Outcome.NOT_JUDGED, ", ".join(unreadable[:NAMED]) + more, COLLECT_WITNESS)
    if missing := lacking(collected.case.witness_proof, seen):
        yield Finding(Outcome.WARN, f"the provider's list of deliveries: {missing}", COLLECT_WITNESS)
    yield from _of_numbers(collected)


def _of_numbers(collected: Collected) -> Iterator[Finding]:
    """Compares deliveries in the logs with arrivals in the list, over the windows that the list covers whole.

    Bots differ in which events they count as deliveries: at least those with a message, at most all.
    """
    windows = {
        hour: window
        for hour in collected.windows
        if not any(subtract(window := collected.case.soak.window(hour), collected.case.witness_proof.covered))
    }
    if not windows:
        return
    told = [collected.case.witness.arrived(window) for window in windows.values()]
    messages, arrived = (sum(counts[at] for counts in told) for at in (0, 1))
    logged = sum(collected.windows[hour].deliveries for hour in windows)
    few = max(Fraction(3), Fraction(arrived, 100))
    if messages - few <= logged <= arrived + few:
        return
    named = ", ".join(map(str, windows))
    word = "window" if len(windows) == 1 else "windows"
    reason = (
        f"the logs hold {plural(logged, 'delivery', 'deliveries')} in {word} {named}, and by the provider's list "
        f"{arrived:,} arrived ({messages:,} with a message)"
    )
    yield Finding(Outcome.WARN, reason, "look for lost lines, or for another receiver of the provider's webhooks")
