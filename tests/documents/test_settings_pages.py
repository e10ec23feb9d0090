"""The settings in pytest.ini and in the README: both are written from where each setting is declared."""

from logparse.settings.checked import SETTINGS
from tests.tools import settings_pages

INI = settings_pages.INI.read_text("utf-8")
README = settings_pages.README.read_text("utf-8")
WRITE = "write it: python -m tests.tools.settings_pages"


def test_pytest_ini_tells_of_each_setting_what_its_declaration_does() -> None:
    """Names, defaults, meanings and their order are those of the code."""
    assert settings_pages.ini(INI) == INI, WRITE


def test_the_readme_tells_of_each_setting_what_its_declaration_does() -> None:
    """Both tables are those of the code, and each setting has a row."""
    assert settings_pages.readme(README) == README, WRITE
    assert all(f"\n| `{setting.name}` | " in README for setting in SETTINGS)


def test_what_was_changed_by_hand_is_written_again() -> None:
    """Another default, a row or an entry that is gone; what is not of the settings is left alone."""
    changed = INI.replace("error_rate_limit = 5\n", "error_rate_limit = 6\n").replace(
        "minversion = 9.0", "minversion = 9"
    )
    assert settings_pages.ini(changed) == INI.replace("minversion = 9.0", "minversion = 9")
    row = next(line for line in README.splitlines(keepends=True) if line.startswith("| `cause_network` "))
    assert settings_pages.readme(README.replace(row, "")) == README
