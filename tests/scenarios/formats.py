"""The formats that scenarios are written in: every writer's, text in each style, and one that a setting tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from tests.scenarios.writers import PLAIN, STYLES, WRITERS, Writer, home_made, write_text
from tests.scenarios.writers.iso_text import ISO_TEXT


@dataclass(frozen=True)
class Written:
    """A format: its writer, and the settings that a log in it has to be read with.

    Of a variant, whose lines only begin in another way, a few scenarios are enough.
    """

    writer: Writer
    settings: Mapping[str, str] = field(default_factory=dict)
    is_variant: bool = False


TEXT, ROWS = "iso-text", "vercel-rows"
"""The two formats in which most scenarios are written."""

FORMATS: Mapping[str, Written] = MappingProxyType(
    {
        **{name: Written(writer) for name, writer in WRITERS.items()},
        home_made.HOME_MADE.name: Written(home_made.HOME_MADE, home_made.SETTINGS),
        **{
            f"{TEXT}, {name}": Written(replace(ISO_TEXT, write=partial(write_text, style=style)), is_variant=True)
            for name, style in STYLES.items()
            if style != PLAIN
        },
    }
)
"""All formats by name. Scenarios of every format are made for each of them."""
