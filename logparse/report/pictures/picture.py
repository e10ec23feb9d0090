"""A picture on the page: its name, its description, the SVG, a legend, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Picture:
    """One picture; ``legend`` explains its parts: the CSS class of a sample, and its words."""

    anchor: str
    title: str
    says: str
    svg: Markup
    legend: tuple[tuple[str, str], ...]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
