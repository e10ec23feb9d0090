"""A transcript beside the logs: no log, no evidence, and read with them."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.evidence.case import Request
from logparse.judge import conversations, judge
from logparse.settings.checked import parse
from logparse.storage.manifest import Fetch, Manifest, manifest_path, to_json
from logparse.storage.places import find_logs, find_manifests, find_transcripts
from logparse.values.schedule import Soak, StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.transcripts import OWN, written

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
SAMPLE = Path(__file__).parents[3] / "samples" / "steady" / "logs-hour-04.jsonl"

SAID = [
    {**OWN, "time": "2026-01-12T06:30:00Z"},
    {**OWN, "time": "2026-01-12T06:30:05Z", "direction": "bot", "text": "Halo Kak!", "id": "wamid.2"},
    {**OWN, "time": "2026-01-12T11:30:00Z", "conversation": "of the next window"},
    "broken",
]


def _request(base: Path) -> Request:
    return asked(
        hour=4,
        places=("logs/",),
        base=base,
        start=START,
        start_source=StartSource.OPTION,
        now=datetime(2026, 1, 13, tzinfo=UTC),
        cache=base / "cache",
        scratch=base / "scratch",
    )


def prepared(base: Path) -> Request:
    """A folder with the logs of the first window of the sample soak, to be judged at hour 4."""
    for name in ("logs", "cache", "scratch"):
        (base / name).mkdir(parents=True)
    shutil.copy(SAMPLE, base / "logs")
    return _request(base)


def test_a_transcript_changes_nothing_that_the_logs_tell(tmp_path: Path) -> None:
    """The account of lines, the numbers and every criterion on the logs are the same with and without it."""
    request = prepared(tmp_path)
    without = judge(request, parse())
    written(tmp_path / "logs" / "transcript-1.jsonl", SAID)
    verdict = judge(request, parse())
    assert _of_logs(verdict) == _of_logs(without)
    assert (without.quality.conversations, verdict.quality.conversations, verdict.quality.messages) == (0, 1, 2)


def _of_logs(verdict: Verdict) -> tuple[object, ...]:
    criteria = [judgement for judgement in verdict.criteria if judgement.name != "response_quality"]
    return verdict.files, verdict.lines, verdict.metrics, criteria, verdict.state, verdict.flags


def test_what_a_transcript_lacks_is_told(tmp_path: Path) -> None:
    """Its broken lines, and that it holds fewer replies than the logs tell of."""
    request = prepared(tmp_path)
    written(tmp_path / "logs" / "transcript-1.jsonl", SAID)
    broken, lacking = judge(request, parse()).quality.problems
    assert broken.startswith("logs/transcript-1.jsonl:4 is no JSON object")
    assert lacking == "the transcript holds 1 reply, the logs tell of 49"


def test_conversations_are_those_up_to_the_hour(tmp_path: Path) -> None:
    """They can be had without judging, as they were said, for people to read."""
    request = prepared(tmp_path)
    written(tmp_path / "logs" / "transcript-1.jsonl", SAID)
    said = conversations(request.sought, parse(), Soak(START).judged(4))
    assert [[message.text for message in talk.messages] for talk in said.conversations] == [["halo", "Halo Kak!"]]


def test_a_transcript_is_found_by_its_name_alone(tmp_path: Path) -> None:
    """It is no log, also where it is named outright, and its manifest proves nothing of logs."""
    names = ["transcript.jsonl", "Transcript-04.JSONL", "transcripts.jsonl.gz", "transcript-a.jsonl.zst"]
    others = ["transcript.txt", "my-transcript.jsonl", "logs.jsonl"]
    for name in names + others:
        (tmp_path / name).write_bytes(b"x\n")
    (tmp_path / "transcript.jsonl.manifest.json").write_bytes(b"{}")
    for places in (["."], names + others, ["*"]):
        assert sorted(path.name for path in find_transcripts(places, tmp_path)) == sorted(names)
        assert sorted(path.name for path in find_logs(places, tmp_path)) == sorted(others)
        assert find_manifests(places, tmp_path) == ()


@pytest.mark.slow
def test_what_the_manifest_of_a_transcript_says_is_missing_is_told(tmp_path: Path) -> None:
    """A fetch that failed, and a transcript that is no longer what was collected; neither says a thing of the logs."""
    request = prepared(tmp_path)
    without = judge(request, parse())
    span = Soak(START).window(4)
    failed = Fetch("kapso-messages", {}, span, START, START, timedelta(0), problem="HTTP 503")
    path = tmp_path / "logs" / "transcript-hour-04.jsonl"
    manifest_path(path).write_text(to_json(Manifest(path.name, span, (failed,))))
    verdict = judge(request, parse())
    assert _of_logs(verdict) == _of_logs(without)
    lacks = "the transcript: the collection lacks 2026-01-12 06:00 UTC to 2026-01-12 10:00 UTC: HTTP 503"
    assert verdict.quality.problems == (lacks,)
    written(path, SAID[:2])
    assert "its sha256 differs" in "".join(judge(request, parse()).quality.problems)
