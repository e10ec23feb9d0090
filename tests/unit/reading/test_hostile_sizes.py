"""Logs that are meant to fill the memory or the time: each comes to a clear end."""

import gzip
import json
import resource
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.counting.numbers import MOST_DEPLOYMENTS
from logparse.errors import UsageProblem
from logparse.evidence.deployment_findings import NAMED
from logparse.judge import judge
from logparse.reading.sought import LONGEST_PATH
from logparse.settings.checked import parse
from logparse.storage import files, places
from logparse.storage.files import ALWAYS_EXPANDED, MOST_EXPANSION
from logparse.storage.places import find_logs
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START, Counter

pytestmark = pytest.mark.counts

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINE = b"2026-01-12T00:10:00.000Z [ARI] Response sent in 1834ms\n"
PACKED = {"gzip": gzip.compress, "zstd": zstd.compress}
MEGABYTE = 1 << 20


def _judged(folder: Path, base: Path) -> Verdict:
    """The verdict over the logs in a folder, at the end of the soak."""
    (base / "cache").mkdir()
    (base / "scratch").mkdir()
    request = asked(
        hour=24,
        places=(str(folder),),
        base=base,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=25),
        cache=base / "cache",
        scratch=base / "scratch",
    )
    return judge(request, parse())


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED.keys())
def test_a_file_that_expands_without_an_end_is_not_counted(
    pack: object, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused while it is looked through, before the engine reads any of it, and the reason says why."""
    monkeypatch.setattr(files, "ALWAYS_EXPANDED", 2 * MEGABYTE)
    path = tmp_path / "bomb"
    path.write_bytes(pack(LINE * (16 * MEGABYTE // len(LINE))))  # type: ignore[operator]
    reading = counter.read(path, tmp_path)
    assert [problem.kind for problem in reading.problems] == ["unreadable"]
    assert f"bomb cannot be read to its end: it expands to over {MOST_EXPANSION} times" in reading.problems[0].text
    assert reading.tally is None


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED.keys())
def test_a_small_file_may_expand_as_it_likes(pack: object, counter: Counter) -> None:
    """The same line over and over compresses very well, and is no attack."""
    counted = counter.count(pack(LINE * 40_000))  # type: ignore[operator]
    assert counted.lines == {"records": 40_000}


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED.keys())
def test_a_bomb_takes_no_memory(pack: object, counter: Counter, tmp_path: Path) -> None:
    """A bomb of the real size is looked through block by block."""
    path = tmp_path / "bomb"
    content = LINE * (16 * MEGABYTE // len(LINE))
    path.write_bytes(pack(content) * (2 * ALWAYS_EXPANDED // len(content)))  # type: ignore[operator]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = counter.read(path, tmp_path)
    assert [problem.kind for problem in reading.problems] == ["unreadable"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


def test_a_file_that_is_compressed_twice_is_named_so(counter: Counter) -> None:
    """What is inside is no log, and the reason is not a line of rubbish."""
    counted = counter.count(gzip.compress(gzip.compress(LINE)))
    assert counted.problems == ["unknown"]
    assert "is compressed twice" in counted.readings[0].problems[0].text


def test_a_line_of_megabytes_is_one_record(counter: Counter) -> None:
    """It is cut in the copy that the engine reads, and the lines around it are counted."""
    counted = counter.count(LINE + LINE.rstrip() + b"x" * (8 * MEGABYTE) + b"\n" + LINE)
    assert counted.lines == {"records": 3}


def test_of_many_banners_the_problem_is_told(counter: Counter) -> None:
    """Tools may print a line for each row; the one that says that logs are missing is found among them."""
    banners = b"".join(b"Fetched %d logs for x\n" % number for number in range(5_000))
    counted = counter.count(LINE + banners + b"Error: exceeded runtime logs limit of <b>|\x1b[2J\n")
    assert counted.lines == {"records": 1, "banner": 5_001}
    assert "its runtime log limit" in counted.readings[0].problems[0].text


def _row(number: int, **more: object) -> str:
    moment = int((START + timedelta(minutes=number % 1_440)).timestamp() * 1000)
    logs = [{"level": "info", "message": "[Webhook] Signature verified"}]
    return json.dumps({"id": f"r{number}", "timestamp": moment, "responseStatusCode": 200, "logs": logs, **more})


def test_of_many_deployments_the_first_are_told(tmp_path: Path) -> None:
    """The reason names a few, and says that there are more."""
    (tmp_path / "logs").mkdir()
    rows = [_row(number, environment="production", deploymentId=f"dpl_{number}x") for number in range(2_000)]
    (tmp_path / "logs" / "rows.jsonl").write_text("\n".join(rows) + "\n")
    verdict = _judged(tmp_path / "logs", tmp_path)
    assert len(verdict.deployments) == MOST_DEPLOYMENTS
    reason = verdict.criterion("evidence").reason
    assert f"{MOST_DEPLOYMENTS} or more deployments were seen in the soak: dpl_0x, " in reason
    assert reason.count("dpl_") == NAMED


def test_many_kinds_of_error_are_counted_whole(counter: Counter) -> None:
    """However many kinds there are, the most frequent are shown and all are counted."""
    words = (
        f"{number}".translate({ord("0") + digit: "ghijklmnop"[digit] for digit in range(10)})
        for number in range(30_000)
    )
    counted = counter.count(b"".join(b"2026-01-12T00:10:00.000Z [error] over %s\n" % word.encode() for word in words))
    assert counted.metrics.errors == 30_000
    assert len(counted.error_kinds) == 100


def test_a_kind_of_error_that_is_cut_loses_its_last_word(counter: Counter) -> None:
    """Where a kind is cut in the middle of an address, half of it would not be masked."""
    front = "word " * 38
    counted = counter.count(f"2026-01-12T00:10:00.000Z [error] {front}mail siti@example.co.id failed\n".encode())
    assert list(counted.error_kinds) == [f"{front}mail …"]


@pytest.mark.parametrize(
    "inside", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 100_000]
)
def test_deep_json_is_one_line_that_was_not_understood(inside: str, counter: Counter) -> None:
    """Neither a recursion nor the engine ends over it, and the rows around it are counted."""
    counted = counter.count(f'{_row(1)}\n{_row(2)[:-1]}, "x": {inside}\n{_row(3)}\n'.encode())
    assert counted.lines["records"] >= 2
    assert sum(counted.lines.values()) == 3


def test_deep_json_in_front_is_no_format(counter: Counter) -> None:
    """A file of it is refused, and what is shown of it is short."""
    counted = counter.count(b'{"a":' * 100_000 + b"\n" + b"[" * 100_000 + b"\n")
    assert counted.problems == ["unknown"]
    assert len(counted.readings[0].problems[0].text.split("; known formats")[0]) < 300


def test_more_files_than_a_soak_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any of them is read, with the place that holds them; by folder and by glob."""
    monkeypatch.setattr(places, "MOST_FILES", 10)
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(LINE)
    assert len(find_logs([str(tmp_path)], tmp_path)) == 10
    (tmp_path / "one-more.txt").write_bytes(LINE)
    for place in (str(tmp_path), str(tmp_path / "*.txt")):
        with pytest.raises(UsageProblem, match=r"over 10 files; so many are no logs of one soak"):
            find_logs([place], tmp_path)


def test_a_long_path_is_shown_short(tmp_path: Path) -> None:
    """A path may have thousands of characters; the reason after it is to be read all the same."""
    folder = tmp_path / "logs"
    deep = folder.joinpath(*["d" * 200] * 15)
    deep.mkdir(parents=True)
    (deep / "empty.txt").touch()
    verdict = _judged(folder, tmp_path)
    (file,) = verdict.files
    assert len(file.path) <= LONGEST_PATH + 1
    assert file.path.startswith("logs/ddd")
    assert file.path.endswith("/empty.txt")
    assert f"{file.path} is empty" in verdict.reason
