"""Files that the version before msgspec wrote: each is read, and written again it is the same, byte for byte."""

import json
import shutil
from pathlib import Path

from logparse.collect.journal import Journal
from logparse.counting.cache import Cache, CountedFile
from logparse.storage import manifest
from logparse.verdicts.history import kept
from logparse.verdicts.verdict import to_json

KEPT = Path(__file__).with_name("earlier_versions")


def test_a_kept_verdict() -> None:
    """One of the history, with something in each of its lists: what it holds is written as it was, new keys beside."""
    (one,) = kept(KEPT / "history")
    then, now = json.loads(one.path.read_text("utf-8")), json.loads(to_json(one.read()))
    assert json.dumps({key: now[key] for key in now if key in then}) == json.dumps(then)


def test_a_kept_manifest() -> None:
    """With a fetch that proves its window, and one that failed."""
    path = KEPT / "logs-hour-04.jsonl.manifest.json"
    assert manifest.to_json(manifest.from_json(path.read_text("utf-8"))).encode() == path.read_bytes()


def test_a_kept_journal(tmp_path: Path) -> None:
    """With half a surrogate pair in a line, and a piece without times."""
    old, new = Journal(tmp_path / "old", "ari"), Journal(tmp_path / "new", "ari")
    shutil.copyfile(KEPT / "journal.part", old.path)
    for piece in old.pieces():
        new.keep(piece)
    assert new.path.read_bytes() == old.path.read_bytes()
    assert list(Journal(tmp_path / "old", "another").pieces()) == []


def test_a_kept_cache(tmp_path: Path) -> None:
    """The facts of a counted file, and what is remembered beside them."""
    shutil.copytree(KEPT / "cache", tmp_path / "new")
    old, new = Cache(KEPT / "cache"), Cache(tmp_path / "new")
    facts = old.load("key")
    assert facts == CountedFile(3, True, 2, True, "mended", True, 1, 7, 90)
    new.save("key", facts, shutil.copyfile(old.tally("key"), tmp_path / "tally"))
    new.remember_lines("sum", {"one": 1})
    for path in (KEPT / "cache").iterdir():
        assert (tmp_path / "new" / path.name).read_bytes() == path.read_bytes()
    assert old.known_digests() == {"path|1|2": "ab" * 32}
