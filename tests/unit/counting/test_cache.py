"""The cache of counted files: used where nothing changed, never where anything did, and never trusted when torn."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.counting.cache import Cache, CountedFile
from logparse.counting.tally import tally_events
from logparse.judge import judge
from logparse.reading import file_tally
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_text, write_vercel

pytestmark = pytest.mark.counts

LOG = write_text(steady_day(START, hours=4, deliveries=6))
OTHER = write_text(steady_day(START, hours=4, deliveries=7))


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a file was really counted: one entry each time."""
    done: list[str] = []

    def noted(*arguments: object, **named: str) -> dict[int, int]:
        done.append("counted")
        return tally_events(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(file_tally, "tally_events", noted)
    return done


def _deliveries(folder: Path, written: dict[str, str] | None = None, rehash: bool = False) -> int:
    """The deliveries of the log in a folder, judged with the cache beside it."""
    for name in ("cache", "scratch"):
        (folder / name).mkdir(exist_ok=True)
    request = asked(
        hour=4,
        places=("log",),
        base=folder,
        start=START,
        start_source=StartSource.OPTION,
        now=START + timedelta(hours=5),
        cache=folder / "cache",
        scratch=folder / "scratch",
        rehash=rehash,
    )
    return judge(request, parse(written)).metrics.deliveries


def test_a_file_that_stayed_the_same_is_counted_once(tmp_path: Path, counts: list[str]) -> None:
    """The second run takes the tally of the first, and says the same."""
    (tmp_path / "log").write_bytes(LOG)
    assert [_deliveries(tmp_path), _deliveries(tmp_path)] == [6, 6]
    assert len(counts) == 1


@pytest.mark.slow
def test_rows_are_kept_too(tmp_path: Path, counts: list[str]) -> None:
    """A file of either format is kept, duplicates and all."""
    rows = write_vercel(steady_day(START, hours=4, deliveries=6))
    (tmp_path / "log").write_bytes(rows + rows)
    first, before = _deliveries(tmp_path), len(counts)
    assert (first, _deliveries(tmp_path), len(counts)) == (6, 6, before)


def test_a_file_that_changed_is_counted_again(tmp_path: Path, counts: list[str]) -> None:
    """What stands in the file decides, whatever its name."""
    (tmp_path / "log").write_bytes(LOG)
    first = _deliveries(tmp_path)
    (tmp_path / "log").write_bytes(OTHER)
    assert (first, _deliveries(tmp_path), len(counts)) == (6, 7, 2)


def test_a_file_of_the_same_size_that_changed_is_counted_again(tmp_path: Path) -> None:
    """The size alone says nothing, and neither does a time that was set back."""
    (tmp_path / "log").write_bytes(LOG)
    times = (tmp_path / "log").stat()
    first = _deliveries(tmp_path)
    (tmp_path / "log").write_bytes(LOG.replace(b"Received payload", b"Received nothing", 1))
    os.utime(tmp_path / "log", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (first, _deliveries(tmp_path)) == (6, 5)


@pytest.mark.slow
def test_the_same_content_elsewhere_is_found_by_its_digest(tmp_path: Path, counts: list[str]) -> None:
    """A file that was copied or touched is the same file; only its content is read again, to know that."""
    (tmp_path / "log").write_bytes(LOG)
    first = _deliveries(tmp_path)
    (tmp_path / "log").unlink()
    (tmp_path / "log").write_bytes(LOG)
    assert (first, _deliveries(tmp_path)) == (6, 6)


@pytest.mark.parametrize(
    ("written", "deliveries"),
    [
        ({"event_delivery": "\\[Webhook\\] Signature verified"}, 6),
        ({"event_delivery": "nothing of the kind"}, 0),
        ({"event_receipt": "\\[Webhook\\]"}, 0),
        ({"timezone": "Asia/Jakarta"}, 6),
        ({"response_time_limit": "1"}, 6),
    ],
)
def test_other_settings_are_counted_anew(
    tmp_path: Path, counts: list[str], written: dict[str, str], deliveries: int
) -> None:
    """A tally is of a file and of all that decides what its lines mean."""
    (tmp_path / "log").write_bytes(LOG)
    _deliveries(tmp_path)
    assert (_deliveries(tmp_path, written), len(counts)) == (deliveries, 2)


@pytest.mark.parametrize("written", [{"error_rate_limit": "1"}, {"silence_limit": "5"}, {"mask": "x"}])
def test_other_limits_need_no_new_count(tmp_path: Path, counts: list[str], written: dict[str, str]) -> None:
    """Limits are looked at when the counts are there."""
    (tmp_path / "log").write_bytes(LOG)
    _deliveries(tmp_path)
    assert (_deliveries(tmp_path, written), len(counts)) == (6, 1)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda _: b"",
    "other bytes of the same number": lambda content: b"x" * len(content),
    "no UTF-8": lambda content: b"\xff" * len(content),
}


@pytest.mark.parametrize("kind", ["*.parquet", "*.json"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_not_trusted(tmp_path: Path, kind: str, damage: str) -> None:
    """Whatever a crash or a disk leaves in the cache, the file is counted again and the number is right."""
    (tmp_path / "log").write_bytes(LOG)
    _deliveries(tmp_path)
    for path in (tmp_path / "cache").glob(kind):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert [_deliveries(tmp_path), _deliveries(tmp_path)] == [6, 6]


@pytest.mark.parametrize(
    "text", ["[]", "null", '{"tally_size": 1}', '{"lines": 1}', '{"more": 1, "tally_size": 4}', "{"]
)
def test_facts_of_another_shape_are_no_facts(tmp_path: Path, text: str) -> None:
    """What another version wrote is counted again."""
    (tmp_path / "key.parquet").write_bytes(b"PAR1")
    (tmp_path / "key.json").write_text(text)
    assert Cache(tmp_path).load("key") is None


def test_facts_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """What is kept beside a tally is what is found beside it."""
    facts, cache = CountedFile(lines=3, torn=True, repeated_lines=2, repeats_pages=True, copy="mended"), Cache(tmp_path)
    (tmp_path / "new").write_bytes(b"PAR1")
    cache.save("key", facts, tmp_path / "new")
    assert (cache.load("key"), cache.tally("key").read_bytes()) == (facts, b"PAR1")


@pytest.mark.parametrize("what", ["engine_version", "_readers"])
def test_another_engine_or_reader_counts_anew(
    what: str, tmp_path: Path, counts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older version counted is no count of this one, which may have been mended since."""
    (tmp_path / "log").write_bytes(LOG)
    _deliveries(tmp_path)
    monkeypatch.setattr(f"logparse.counting.cache.{what}", lambda: "another")
    _deliveries(tmp_path)
    assert len(counts) == 2


@pytest.mark.slow
def test_rehash_reads_a_file_again_whatever_is_remembered(tmp_path: Path) -> None:
    """Where a remembered sha256 is wrong, the other file's numbers are shown, until `--rehash` reads the bytes."""
    (tmp_path / "log").write_bytes(OTHER)
    _deliveries(tmp_path)
    digests = tmp_path / "cache" / "digests.json"
    (wrong,) = json.loads(digests.read_text()).values()
    (tmp_path / "log").write_bytes(LOG)
    _deliveries(tmp_path)
    digests.write_text(json.dumps(dict.fromkeys(json.loads(digests.read_text()), wrong)))
    assert [_deliveries(tmp_path), _deliveries(tmp_path, rehash=True), _deliveries(tmp_path)] == [7, 6, 6]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": "1", "b": -1, "c": true}'])
def test_lines_that_are_no_numbers_are_not_known(content: str, tmp_path: Path) -> None:
    """What another program wrote there, or half of it, is looked up again."""
    cache = Cache(tmp_path)
    cache.remember_lines("sum", {"one": 1})
    cache.remember_lines("sum", {"two": 0})
    assert cache.known_lines("sum") == {"one": 1, "two": 0}
    (tmp_path / "sum.lines.json").write_text(content)
    assert cache.known_lines("sum") == {}
