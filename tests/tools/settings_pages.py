"""The settings as people read them: ``python -m tests.tools.settings_pages`` writes pytest.ini and the README's tables.

Both come from where each setting is declared; what stands in pytest.ini above its first setting is left alone.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from logparse.settings.checked import FIELDS, SETTINGS, WORDS
from logparse.settings.declared import Setting
from logparse.settings.kinds import lines, patterns, some_patterns

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
INI = ROOT / "pytest.ini"

FIRST = "# The settings of the suite; python -m tests.tools.settings_pages writes them from logparse/settings.\n"
"""The line of pytest.ini below which all settings stand."""

FIELDS_HEAD = "| setting | default | meaning |\n| --- | --- | --- |\n"
WORDS_HEAD = "| pattern | default | meaning |\n| --- | --- | --- |\n"

ONE_A_LINE = (lines, patterns, some_patterns)
"""The kinds whose text is written on lines of its own."""

WIDTH = 120
"""Columns of a line in pytest.ini."""


def ini(text: str) -> str:
    """Returns pytest.ini with all settings below their line, each with its default and what it means."""
    kept = text.partition(FIRST)[0]
    return kept + FIRST + "".join(f"\n{_entry(setting)}" for setting in SETTINGS)


def readme(text: str) -> str:
    """Returns the README with both tables of settings as they are now."""
    return _table(_table(text, FIELDS_HEAD, FIELDS), WORDS_HEAD, WORDS)


def _entry(setting: Setting) -> str:
    said = f"{setting.plain_meaning[:1].upper()}{setting.plain_meaning[1:]}."
    comment = wrap(said, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    texts = setting.default.splitlines()
    if setting.kind in ONE_A_LINE:
        value = "".join(f"\n    {line}" for line in texts)
    else:
        value = f" {setting.default}" if texts else ""
    return "\n".join([*comment, f"{setting.name} ={value}", ""])


def _table(text: str, head: str, settings: Sequence[Setting]) -> str:
    rows = "".join(f"| `{one.name}` | {_default(one)} | {one.meaning} |\n" for one in settings)
    return re.sub(rf"(?<={re.escape(head)})(?:\|[^\n]*\n)+", lambda _: rows, text)


def _default(setting: Setting) -> str:
    if not setting.default:
        return "(empty)"
    listed = setting in WORDS or "\n" in setting.default
    return "see pytest.ini" if listed else f"`{setting.default}`"


if __name__ == "__main__":
    INI.write_text(ini(INI.read_text("utf-8")), "utf-8")
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
