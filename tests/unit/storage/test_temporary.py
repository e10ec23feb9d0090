"""Temporary files and folders: nobody sweeps away what a living run needs, and what killed runs left goes."""

import os
import stat
from pathlib import Path

import pytest

from logparse.storage.temporary import new_file, scratch_folder, sweep


def abandoned(folder: Path) -> list[Path]:
    """A file and a folder as killed runs leave them: there, and locked by nobody."""
    file, place = folder / f".logparse-{'a' * 16}.tmp", folder / f".logparse-{'b' * 16}.scratch"
    file.write_text("half")
    (place / "deep").mkdir(parents=True)
    (place / "deep" / "spilled").write_text("much")
    return [file, place]


def test_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    """Files and folders with all that they hold, whatever their age."""
    left = abandoned(tmp_path)
    sweep(tmp_path)
    assert [path for path in left if path.exists()] == []


OTHERS = [".logparse-notes.tmp", "logparse-aaaaaaaaaaaaaaaa.tmp", ".logparse-aaaaaaaaaaaaaaaa.txt", "MONITORING-LOG.md"]


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_are_not_touched(tmp_path: Path, name: str) -> None:
    """What does not bear a temporary name, letter for letter, belongs to somebody else."""
    (tmp_path / name).write_text("mine")
    sweep(tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link of a temporary name removes nothing that it points to."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("mine")
    (tmp_path / f".logparse-{'a' * 16}.scratch").symlink_to(tmp_path / "mine")
    sweep(tmp_path)
    assert (tmp_path / "mine" / "notes").read_text() == "mine"


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    """An open temporary file and a scratch folder survive every sweep until they are given up."""
    file, descriptor = new_file(tmp_path)
    with scratch_folder(tmp_path) as place:
        (place / "copy").write_text("needed")
        sweep(tmp_path)
        assert (file.exists(), (place / "copy").read_text()) == (True, "needed")
    assert not place.exists()
    os.close(descriptor)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_sweep_between_making_and_locking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Where a sweep is quicker than the lock, another one is made, and that one stays."""
    swept: list[Path] = []
    real = os.open

    def opened_then_swept(path: Path, flags: int, *mode: int) -> int:
        descriptor = real(path, flags, *mode)
        if not swept:
            swept.append(path)
            monkeypatch.setattr(os, "open", real)
            sweep(tmp_path)
        return descriptor

    monkeypatch.setattr(os, "open", opened_then_swept)
    if kind == "folder":
        with scratch_folder(tmp_path) as made:
            assert made.is_dir()
    else:
        made, descriptor = new_file(tmp_path)
        os.close(descriptor)
        assert made.is_file()
    assert swept != [made]
    assert not swept[0].exists()


def test_a_scratch_folder_is_private(tmp_path: Path) -> None:
    """It holds copies of logs, so nobody else looks into it, whatever the umask."""
    before = os.umask(0)
    try:
        with scratch_folder(tmp_path) as place:
            assert stat.S_IMODE(place.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_folder_that_is_not_there_is_swept_in_silence(tmp_path: Path) -> None:
    """There is nothing to remove, and nothing to complain of."""
    sweep(tmp_path / "none")
