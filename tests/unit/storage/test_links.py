"""A link in the folder of the logs that leads out of it is not followed, and told; what is named may be a link."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.storage.places import find_logs, find_manifests, find_transcripts, links_out
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_text

DAY = write_text(steady_day(START, hours=4, deliveries=20))

LINKS = {
    "leak.txt": "../outside/secret.txt",
    "folder": "../outside",
    "up": "..",
    "through.txt": "folder/secret.txt",
    "absolute.txt": "/etc/hostname",
    "broken.txt": "nowhere",
    "loop.txt": "loop.txt",
    "transcript-1.jsonl": "../outside/secret.txt",
    "log.txt.manifest.json": "../outside/secret.txt",
}
"""Links that are not to be followed, and what each leads to."""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder of logs with one log, a link to it, one to its folder, and something that lies outside."""
    for folder in ("logs/inner", "logs/linked", "outside", "cache", "scratch"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "logs" / "inner" / "log.txt").write_bytes(DAY)
    (tmp_path / "logs" / "linked" / "log.txt").symlink_to("../inner/log.txt")
    (tmp_path / "logs" / "linked" / "inner").symlink_to("../inner")
    (tmp_path / "outside" / "secret.txt").write_bytes(b"root:x:0:0\n")
    return tmp_path


def _found(places: list[str], base: Path) -> set[str]:
    ways = (find_logs, find_manifests, find_transcripts)
    return {str(path.relative_to(base)) for way in ways for path in way(places, base)}


INSIDE = {"logs/inner/log.txt", "logs/linked/log.txt"}


@pytest.mark.parametrize("place", ["logs", "logs/*"])
def test_a_link_that_leads_out_is_told_and_not_followed(base: Path, place: str) -> None:
    """Whatever it is to be: a log, a folder, a transcript, a manifest. Links to what lies within are fine."""
    before = _found([place], base)
    assert (before, links_out([place], base)) == (INSIDE if place == "logs" else set(), ())
    for name, target in LINKS.items():
        (base / "logs" / name).symlink_to(target)
    assert {path.name for path in links_out([place], base)} == LINKS.keys()
    assert _found([place], base) == before


def test_what_is_named_may_be_a_link(base: Path) -> None:
    """Whoever names it chose it: a file, and the folder of the logs itself."""
    (base / "here.txt").symlink_to("outside/secret.txt")
    (base / "there").symlink_to("logs")
    assert _found(["here.txt"], base) == {"here.txt"}
    assert _found(["there"], base) == {path.replace("logs/", "there/") for path in INSIDE}
    assert links_out(["here.txt", "there"], base) == ()


def test_other_soaks_and_hidden_links_are_nobodys_business(base: Path) -> None:
    """What is left out wherever logs are looked for is not told either."""
    (base / "logs" / "2020-01-01T0000Z").mkdir()
    for name in (".hidden", ".git", "README.md", "2020-01-01T0000Z/log.txt"):
        (base / "logs" / name).symlink_to("/etc/hostname")
    assert links_out(["logs"], base, START) == ()


def _judged(base: Path) -> Verdict:
    request = asked(
        hour=4,
        places=("logs",),
        base=base,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=5),
        cache=base / "cache",
        scratch=base / "scratch",
    )
    return judge(request, parse())


@pytest.mark.slow
def test_evidence_is_missing_while_such_a_link_is_there(base: Path) -> None:
    """What it was to bring was not read, so nobody knows; the reason names the link, what it leads to, and the mend."""
    before = _judged(base).criteria[0]
    (base / "logs" / "leak.txt").symlink_to("../outside/secret.txt")
    after = _judged(base).criteria[0]
    assert before.outcome is Outcome.WARN
    assert after.outcome is Outcome.NOT_JUDGED
    assert "logs/leak.txt is a link that leads out of the folder of the logs, to outside/secret.txt" in after.reason
    assert "--logs" in after.mend
    assert "root:x" not in str(_judged(base))
