"""Property 7: on plain text without traps, the counts equal those of `grep -c`, run for real."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import Counter
from tests.builders.days import FAILURES, small_days, with_words
from tests.builders.examples import examples
from tests.scenarios import edits
from tests.scenarios.traffic import Request
from tests.scenarios.writers import STYLES, TextStyle, write_text

GREPS = {
    "deliveries": ("Webhook.*Received",),
    "signatures_verified": ("Signature verified",),
    "processed": ("ARI.*Processing",),
    "replies": ("Response sent in",),
    "errors": ("-i", "error"),
}
"""What people grep for, by the number that they take it for."""

PLAIN = {name: FAILURES[name] for name in ("not answered", "uncaught exception", "slow reply", "fallback reply")} | {
    "handed to a person": edits.handed_to_person,
    "an error that says so": with_words("error", "[Store] Error: write conflict, tried again"),
    "a word of the level": with_words("error", "[Store] the error log is full"),
    "a text of the user": edits.with_user_text("Kapan buka? \N{GRINNING FACE}"),
}
"""What may happen on a plain day: whatever is an error says so, in words that no other grep looks for."""


def grepped(path: Path, name: str) -> int:
    """What `grep -c` says, run for real."""
    command = ["grep", "-c", *GREPS[name], str(path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


@examples(200)
@given(day=small_days(PLAIN), style=st.sampled_from(list(STYLES.values())))
def test_on_plain_text_the_counts_equal_those_of_grep(counter: Counter, day: list[Request], style: TextStyle) -> None:
    """Where nothing misleads, the suite counts what the five greps count."""
    content = write_text(day, style)
    metrics = counter.count(content).metrics
    assert metrics.deliveries
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        log.write_bytes(content)
        assert {name: getattr(metrics, name) for name in GREPS} == {name: grepped(log, name) for name in GREPS}
