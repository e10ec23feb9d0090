"""Logs in an object store: a real server of the S3 protocol, read by this machine and by the workers of a cluster."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from s3fs import S3FileSystem

from logparse.__main__ import main
from logparse.errors import UsageProblem
from logparse.storage.stores import Stored, bring, list_files, stored
from logparse.verdicts.verdict import json_text
from tests.runs.cluster.clusters import Desk, told
from tests.runs.cluster.collections import COLLECTIONS, DAY
from tests.scenarios.writers import WRITERS

pytestmark = pytest.mark.counts

TEXT = WRITERS["iso-text"].write(DAY)


@pytest.fixture
def bucket(store: str) -> str:
    """The name of a bucket of its own."""
    name = f"logs-{uuid4().hex}"
    _system(store).mkdir(name)
    return name


def _system(store: str) -> S3FileSystem:
    return S3FileSystem(endpoint_url=store, skip_instance_cache=True, use_listings_cache=False)


def _put(store: str, bucket: str, files: Mapping[str, bytes]) -> None:
    system = _system(store)
    for name, content in files.items():
        system.pipe_file(f"{bucket}/{name}", content)


SOME = ("text that overlaps", "packed files", "lines that cannot be read", "a torn row")


def _without_places(found: dict[str, object]) -> str:
    """A tally without the names of its files, which say where they lie."""
    return json_text(found).replace("s3://", "")


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("workers", ["none", "two"])
def test_a_store_is_counted_as_a_folder_is(
    store: str, bucket: str, desk: Desk, request: pytest.FixtureRequest, workers: str, name: str
) -> None:
    """The same files in a folder and in a bucket have the same tally, on this machine and on a cluster."""
    desk.lay(COLLECTIONS[name])
    _put(store, bucket, COLLECTIONS[name])
    address = request.getfixturevalue("cluster").scheduler_address if workers == "two" else ""
    found = _without_places(told(desk.tally(address, (f"s3://{bucket}",))))
    assert found.replace(f"{bucket}/", "") == _without_places(told(desk.tally()))


def test_a_log_in_a_store_is_counted_here(store: str, bucket: str, desk: Desk) -> None:
    """Without a cluster it is brought to this machine and read as any file is."""
    _put(store, bucket, {"day/a.log": TEXT})
    desk.lay({"a.log": TEXT})
    assert desk.tally("", (f"s3://{bucket}/day",)).metrics == desk.tally().metrics


def test_a_log_in_a_store_is_counted_by_a_worker(store: str, bucket: str, here: str, desk: Desk) -> None:
    """In stretches, with the sum of the whole."""
    _put(store, bucket, {"a.log": TEXT})
    desk.lay({"a.log": TEXT})
    found, expected = desk.tally(here, (f"s3://{bucket}/a.log",)), desk.tally()
    assert (found.metrics, found.lines) == (expected.metrics, expected.lines)
    assert [file.sha256 for file in found.files] == [file.sha256 for file in expected.files]


def test_places_in_a_store_are_files_folders_and_globs(store: str, bucket: str) -> None:
    """Each with its size, in order; hidden files and READMEs are no logs, and what is missing has no size."""
    names = ("a.log", "day/b.log", "day/c.jsonl", ".hidden", "day/README.md", "day/.d/e.log")
    _put(store, bucket, dict.fromkeys(names, b"x"))
    root = f"s3://{bucket}"

    def found(place: str) -> list[tuple[str, int | None]]:
        return [(file.url.removeprefix(f"{root}/"), file.size) for file in list_files(place)]

    assert found(root) == [("a.log", 1), ("day/b.log", 1), ("day/c.jsonl", 1)]
    assert found(f"{root}/day/*.log") == [("day/b.log", 1)]
    assert found(f"{root}/a.log") == [("a.log", 1)]
    assert found(f"{root}/missing.log") == [("missing.log", None)]
    assert found(f"{root}/day/*.txt") == []


def test_a_log_that_is_missing_in_a_store_is_told(store: str, bucket: str, desk: Desk) -> None:
    """One that is named outright and is not there is a problem, as a path is; so is a glob that finds nothing."""
    (problem,) = desk.tally("", (f"s3://{bucket}/missing.log",)).problems
    assert problem.text == f"s3://{bucket}/missing.log is not there"
    (problem,) = desk.tally("", (f"s3://{bucket}/*.log",)).problems
    assert problem.text.startswith("no log file was found under")


def test_names_that_mean_something_in_a_glob_are_names(store: str, bucket: str, desk: Desk) -> None:
    """A key may hold any sign, and no log is left out for its name."""
    _put(store, bucket, {"a[1].log": TEXT, "b?.log": TEXT.replace(b"T00:", b"T05:"), "ü *.log": b""})
    found = desk.tally("", (f"s3://{bucket}",))
    assert [file.path.rsplit("/", 1)[1] for file in found.files] == ["a[1].log", "b?.log", "ü *.log"]


def test_a_file_that_changes_while_it_is_brought_is_told(store: str, bucket: str, tmp_path: Path) -> None:
    """What was listed is not what came."""
    _put(store, bucket, {"a.log": b"one"})
    (before,) = list_files(f"s3://{bucket}/a.log")
    _put(store, bucket, {"a.log": b"two"})
    with pytest.raises(OSError, match="was changed while it was read"):
        bring(before, tmp_path / "a.log")
    assert stored(before.url).version != before.version


def test_a_store_that_nobody_knows_is_a_mistake() -> None:
    """The line says what to install."""
    with pytest.raises(UsageProblem, match=r"nowhere://logs/a.log: .*pip install --editable '\.\[cluster\]'"):
        list_files("nowhere://logs/a.log")


def test_a_store_that_does_not_answer_is_a_mistake(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One line, and no traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()
    try:
        assert main(["tally", "s3://bucket/a.log"]) == 4
    finally:
        S3FileSystem.clear_instance_cache()
    err = capsys.readouterr().err
    assert "ERROR: s3://bucket/a.log: cannot be looked into for logs: " in err
    assert "Traceback" not in err


def test_memory_is_a_store_too(tmp_path: Path) -> None:
    """Whatever fsspec knows is read alike."""
    from fsspec.implementations.memory import MemoryFileSystem  # noqa: PLC0415

    MemoryFileSystem().pipe_file("/logs/a.log.gz", gzip.compress(TEXT))
    (file,) = list_files("memory://logs")
    assert isinstance(file, Stored)
    bring(file, tmp_path / "copy")
    assert gzip.decompress((tmp_path / "copy").read_bytes()) == TEXT
