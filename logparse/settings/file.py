"""The settings in pytest.ini, read without pytest for the command line, and the origin of each text."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from iniconfig import IniConfig, ParseError

from logparse.errors import UsageProblem
from logparse.settings.checked import DEFAULTS, Settings, parse
from logparse.values.course import Origin

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


def origins_of(
    names: Iterable[str], overridden: Sequence[tuple[Origin, Sequence[str]]], file: Origin = Origin.FILE
) -> Mapping[str, Origin]:
    """Returns the origin of each setting that was written anywhere, by its name.

    ``overridden``: NAME=VALUE texts that override the file, by their origin, the strongest last; ``file``: the origin
    of the file, which may itself have been replaced.
    """
    found = dict.fromkeys(names, file)
    for origin, overrides in overridden:
        for override in overrides:
            name = override.partition("=")[0].strip()
            if name in found:
                found[name] = origin
    return found


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
