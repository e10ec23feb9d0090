"""What the records of a collection lack: a level that is known, or the environment that is judged."""

from collections.abc import Iterator, Mapping

from logparse.evidence.findings import Collected, Finding
from logparse.outcome import Outcome
from logparse.text.wording import plural

NAMED = 5
"""How many words a reason names."""

OTHER_ENVIRONMENTS = frozenset(
    ("production", "preview", "development", "dev", "staging", "stage", "test", "testing", "qa", "uat", "ci", "build")
)
"""Environments that are known for what they are: that they are left out surprises nobody."""


def of_records(collected: Collected, environment: str) -> Iterator[Finding]:
    """All that is wrong with what records tell of themselves; ``environment`` is the one that is judged."""
    yield from _of_levels(collected)
    yield from _of_environments(collected, environment)


def _of_levels(collected: Collected) -> Iterator[Finding]:
    """Words in place of a level that are none; where a file is full of them, its own problem says so."""
    if unknown := collected.told.get("unknown_level"):
        count = plural(sum(unknown.values()), "record has", "records have")
        reason = f"{count} a level that is not known ({named(unknown)}): their words decided"
        yield Finding(Outcome.WARN, reason, "log levels in words or numbers that are known, see the README on levels")


def _of_environments(collected: Collected, environment: str) -> Iterator[Finding]:
    """Records that were left out for an environment by another name than any usual one: it may be the bot's own."""
    told = collected.told.get("environment", {})
    unusual = {word: count for word, count in told.items() if word not in OTHER_ENVIRONMENTS}
    if unusual:
        nothing_else = collected.whole.left_out == collected.whole.records
        count = plural(sum(unusual.values()), "record was", "records were")
        reason = f"{count} left out for their environment ({named(unusual)}): only {environment!r} is judged"
        mend = "if one of them is the bot's, set environment in pytest.ini to its name"
        yield Finding(Outcome.NOT_JUDGED if nothing_else else Outcome.WARN, reason, mend)


def named(words: Mapping[str, int]) -> str:
    """The most frequent of some words, each with its count."""
    told = [f"{word!r} {count:,}" for word, count in list(words.items())[:NAMED]]
    return ", ".join(told) + (f", and {len(words) - NAMED:,} more words" if len(words) > NAMED else "")
