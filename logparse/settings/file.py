"""The settings in pytest.ini, read without pytest for the command line."""

from collections.abc import Sequence
from pathlib import Path

from iniconfig import IniConfig, ParseError

from logparse.errors import UsageProblem
from logparse.settings.checked import DEFAULTS, Settings, parse

FILE = "pytest.ini"


def read_settings(folder: Path, overridden: Sequence[str]) -> Settings:
    """Reads the settings from the pytest.ini of a folder, if any, with ``NAME=VALUE`` overriding them.

    Raises UsageProblem if the file cannot be read, a name is unknown or a value is wrong.
    """
    texts = {name: value for name, value in _written(folder / FILE).items() if name in DEFAULTS}
    for override in overridden:
        name, equals, value = override.partition("=")
        if not equals:
            raise UsageProblem(f"-o {override}: write it as NAME=VALUE")
        texts[name.strip()] = value
    return parse(texts)


def cache_folder(folder: Path) -> Path | None:
    """Returns the folder of the project's cached tallies; None if the folder holds no project."""
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
