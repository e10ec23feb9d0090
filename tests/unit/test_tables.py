"""Tables beside the modules: expressions over several lines, and with parts of a name."""

from pathlib import Path

import pytest

from logparse import tables


def test_an_expression_is_read_without_its_breaks_and_with_its_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part may hold another one; blanks inside of a line count."""
    (tmp_path / "made_up.toml").write_text(
        "lines = [{ shape = '''\n    (?:one two\n    |(?&code))''', whole = true }]\n"
        "[parts]\ncode = 'c(?&digits)'\ndigits = '\\d+'\n"
    )
    monkeypatch.setattr(tables, "__file__", str(tmp_path / "tables.py"))
    found = tables.expressions("made_up")
    assert found["lines"] == [{"shape": r"(?:one two|c\d+)", "whole": True}]


@pytest.mark.parametrize("path", sorted(Path(tables.__file__).parent.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_table_belongs_to_a_module(path: Path) -> None:
    """It is read under its path in the package, by a module beside it."""
    name = path.relative_to(Path(tables.__file__).parent).with_suffix("").as_posix()
    assert any(f'("{name}")' in module.read_text("utf-8") for module in path.parent.glob("*.py"))
