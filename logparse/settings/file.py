"""The settings of pytest.ini where pytest is not at work: for the command line."""

from collections.abc import Sequence
from pathlib import Path

from iniconfig import IniConfig, ParseError

from logparse.errors import UsageProblem
from logparse.settings.checked import DEFAULTS, Settings, parse

FILE = "pytest.ini"


def read_settings(folder: Path, overridden: Sequence[str]) -> Settings:
    """The settings of the pytest.ini of a folder, defaults where there is none, with ``NAME=VALUE`` in their place.

    UsageProblem for a file that cannot be read, and for unknown names and wrong values.
    """
    texts = {name: value for name, value in _written(folder / FILE).items() if name in DEFAULTS}
    for override in overridden:
        name, equals, value = override.partition("=")
        if not equals:
            raise UsageProblem(f"-o {override}: write it as NAME=VALUE")
        texts[name.strip()] = value
    return parse(texts)


def cache_folder(folder: Path) -> Path | None:
    """Where pytest keeps the tallies of the project in a folder; None where there is no project."""
    if not (folder / FILE).is_file():
        return None
    return folder / _written(folder / FILE).get("cache_dir", ".pytest_cache") / "d" / "logparse"


def _written(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        config = IniConfig(str(path))
    except (OSError, ParseError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path}: cannot be read: {error}") from None
    return dict(config["pytest"].items()) if "pytest" in config else {}
