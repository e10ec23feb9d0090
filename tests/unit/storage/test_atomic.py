"""Files are replaced whole or not at all, one run at a time, and bad places are told before work begins."""

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.storage import atomic


def test_the_text_is_written_as_it_is(tmp_path: Path) -> None:
    """Line endings and a byte order mark reach the file and come back unchanged."""
    path = tmp_path / "a.md"
    atomic.write_text(path, "\ufeffa\r\nb\nä")
    assert path.read_bytes() == "\ufeffa\r\nb\nä".encode()
    assert atomic.read_text(path) == "\ufeffa\r\nb\nä"


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """Bytes of another encoding are refused with their line."""
    path = tmp_path / "a.md"
    path.write_bytes(b"a\nb\n\xff\n")
    with pytest.raises(UsageProblem, match=r"a\.md:3: this is not UTF-8"):
        atomic.read_text(path)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_are_kept(tmp_path: Path, mode: int) -> None:
    """A file that is replaced has the permissions that it had."""
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(mode)
    atomic.write_text(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)


def test_a_new_file_gets_ordinary_permissions(tmp_path: Path) -> None:
    """A new file can be read by whoever may read any new file here, and missing folders are made."""
    ordinary, path = tmp_path / "ordinary", tmp_path / "new" / "folder" / "a.md"
    ordinary.write_text("")
    atomic.write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


@pytest.mark.parametrize("exists", [True, False])
def test_a_symbolic_link_stays_one(tmp_path: Path, exists: bool) -> None:
    """Through a link its target is replaced, or made where it does not exist yet."""
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.md", tmp_path / "link.md"
    if exists:
        target.write_text("old")
    link.symlink_to(Path("real") / "a.md")
    atomic.check_writable(link)
    atomic.write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever goes wrong on the way, the old text stands and no temporary file is left."""
    path = tmp_path / "a.md"
    path.write_text("old")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, broken)
    with pytest.raises(OSError, match="No space left"):
        atomic.write_text(path, "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.md", "old")]


def test_text_that_cannot_be_encoded_changes_nothing(tmp_path: Path) -> None:
    """A lone surrogate is refused before any file is made."""
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        atomic.write_text(path, "\ud800")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_changes_under_the_lock_are_never_lost(tmp_path: Path) -> None:
    """Runs that read, change and write the same file at once each find what the others wrote."""
    path = tmp_path / "a.md"
    path.write_text("")

    def run() -> None:
        for _ in range(5):
            with atomic.locked(path):
                text = atomic.read_text(path)
                time.sleep(0.001)
                atomic.write_text(path, text + "x")

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() == "x" * 20
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


def test_a_lock_that_is_not_given_up_is_told(tmp_path: Path) -> None:
    """A run does not wait for ever for another one."""
    path = tmp_path / "a.md"
    with atomic.locked(path), pytest.raises(UsageProblem, match="another run is writing"), atomic.locked(path, 0.1):
        pass
    with atomic.locked(path, 0):
        pass


def test_a_lock_needs_a_folder(tmp_path: Path) -> None:
    """Where there is no folder to lock, that is a problem of use and no traceback."""
    with pytest.raises(UsageProblem, match="cannot be locked"), atomic.locked(tmp_path / "none" / "a.md"):
        pass


def test_good_places_are_accepted_and_left_as_they_are(tmp_path: Path) -> None:
    """A writable file, a file still to be made, and folders still to be made pass, and nothing is created."""
    (tmp_path / "a.md").write_text("old")
    for path in (tmp_path / "a.md", tmp_path / "b.md", tmp_path / "new" / "folder" / "c.md"):
        atomic.check_writable(path)
    atomic.check_folder_writable(tmp_path)
    atomic.check_folder_writable(tmp_path / "new" / "folder")
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


def bad_places(folder: Path) -> list[tuple[Path, str]]:
    """Places that cannot be written by anybody, root included, and what is wrong with each."""
    (folder / "file").write_text("")
    (folder / "protected").write_text("")
    (folder / "protected").chmod(0o444)
    (folder / "circle").symlink_to(folder / "circle")
    os.mkfifo(folder / "pipe")
    return [
        (folder, "is a folder"),
        (folder / "file" / "a.md", "is a file, not a folder"),
        (folder / "file" / "b" / "a.md", "file, not a folder|Not a directory"),
        (folder / "protected", "is read-only"),
        (folder / "circle", "cannot be written"),
        (folder / "pipe", "is no ordinary file"),
        (folder / ("x" * 300), "cannot be written"),
        (folder / "a\0b", "cannot be written"),
        (Path("/proc/a.md"), "cannot be written"),
    ]


def test_bad_places_are_refused_in_one_line(tmp_path: Path) -> None:
    """Each place that cannot be written is refused before any work, in one line that names it."""
    for path, problem in bad_places(tmp_path):
        with pytest.raises(UsageProblem, match=problem) as caught:
            atomic.check_writable(path)
        assert str(caught.value).startswith(f"{path}: ")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["file", "file/below", "circle"])
def test_bad_folders_are_refused_in_one_line(tmp_path: Path, name: str) -> None:
    """A folder that is a file, or lies below one, is refused."""
    bad_places(tmp_path)
    with pytest.raises(UsageProblem, match=name):
        atomic.check_folder_writable(tmp_path / name)
    with pytest.raises(UsageProblem, match="cannot be written"):
        atomic.check_folder_writable(Path("/proc"))
