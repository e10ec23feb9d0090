"""A chart of pygal as a static picture: its scales, axes and lines, without pygal's scripts and styles.

pygal is loaded with this module, which is loaded only when a report is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pygal
from markupsafe import Markup
from pygal.style import Style

from logparse.report.pictures.drawing import box, described, draw

WIDTH, HEIGHT = 960, 270
_UNWANTED = ("title", "desc", "defs")


@dataclass(frozen=True)
class Canvas:
    """The plot of a chart, for drawing more behind or in front of its lines, in the units of its axes."""

    plot: Element
    view: Any
    low: float
    high: float

    def x(self, value: float) -> float:
        """Returns the position of a value of the horizontal axis."""
        return float(self.view.x(value))

    def y(self, value: float) -> float:
        """Returns the position of a value of the vertical axis."""
        return float(self.view.y(value))

    @property
    def top(self) -> float:
        """The upper end of the vertical axis."""
        return self.y(self.high)

    @property
    def height(self) -> float:
        """The length of the vertical axis."""
        return self.y(self.low) - self.top

    @property
    def width(self) -> float:
        """The width of the plot."""
        return float(self.view.width)

    def column(self, start: float, end: float, css: str, said: str, *, behind: bool = False) -> None:
        """Draws a range of the horizontal axis, from top to bottom."""
        left, right = self.x(start), self.x(end)
        element = box(self.plot, css, (left, self.top, max(1.0, right - left), self.height), said)
        if behind:
            self.plot.remove(element)
            self.plot.insert(1, element)

    def level(self, value: float, css: str, words: str) -> None:
        """Draws a line across the plot at a value of the vertical axis, with its words above it."""
        at = self.y(value)
        draw(self.plot, "path", css, d=f"M0 {at:.1f}h{self.width:.1f}")
        draw(self.plot, "text", f"{css}-words", text=words, x=self.width - 4, y=at - 5, text_anchor="end")


def chart_settings(y_labels: Sequence[tuple[float, str]], **more: Any) -> dict[str, Any]:
    """Returns the settings of all charts (no dots, no scripts, no styles of their own) with those of this one."""
    common = {
        "width": WIDTH,
        "height": HEIGHT,
        "css": [],
        "js": [],
        "style": Style(label_font_size=13, major_label_font_size=13, value_font_size=13),
        "show_legend": False,
        "show_dots": False,
        "truncate_label": -1,
        "margin": 6,
        "margin_top": 14,
        "margin_right": 46,
        "spacing": 6,
        "no_data_text": "",
        "disable_xml_declaration": True,
        "range": (y_labels[0][0], y_labels[-1][0]),
        "y_labels": [{"value": value, "label": label} for value, label in y_labels],
    }
    return {**common, **more}


def over_time(
    x_labels: Sequence[tuple[float, str]], y_labels: Sequence[tuple[float, str]], until: float, room_above: int = 14
) -> Any:
    """Returns a chart over the hours of a soak, with these labels on its axes; the vertical axis spans its labels."""
    return pygal.XY(
        **chart_settings(
            y_labels,
            xrange=(0, until),
            x_labels=[{"value": value, "label": label} for value, label in x_labels],
            allow_interruptions=True,
            margin_top=room_above,
            height=HEIGHT + room_above,
        )
    )


def bars(labels: Sequence[str], y_labels: Sequence[tuple[float, str]]) -> Any:
    """Returns a chart of bars above these labels; series are stacked."""
    return pygal.StackedBar(**chart_settings(y_labels, x_labels=list(labels)))


def still(chart: Any, anchor: str, title: str, description: str, add: Callable[[Canvas], None]) -> Markup:
    """Renders the chart as SVG; ``add`` draws more into it."""
    known: list[tuple[Any, float, float]] = []

    def keep(tree: Any) -> Any:
        # NOTE: A chart knows where its values lie only while it is drawn.
        known.append((chart.view, *chart.range))
        return tree

    chart.add_xml_filter(keep)
    root = ElementTree.fromstring(chart.render(is_unicode=True))  # noqa: S314  # it is made here
    _bare(root)
    root.attrib.pop("id", None)
    root.set("class", f"chart {anchor}-chart")
    plot = next(group for group in root.iter("g") if group.get("class") == "plot")
    add(Canvas(plot, *known[0]))
    return described(root, anchor, title, description)


def _bare(element: Element) -> None:
    """Removes what needs a script or is redundant in a static picture, and the namespaces of the tags."""
    element.tag = element.tag.rpartition("}")[2]
    for inner in list(element):
        tag = inner.tag.rpartition("}")[2] if isinstance(inner.tag, str) else ""
        overlay = inner.get("class", "").startswith("plot ") or inner.get("class") == "titles"
        if tag in _UNWANTED or not tag or overlay:
            element.remove(inner)
        else:
            _bare(inner)


def round_steps(top: float, most: int = 5) -> list[float]:
    """Returns the steps of a scale from 0 to at least ``top``: 0, 5, 10, 15."""
    step, power = 1.0, 1.0
    while True:
        for factor in (1, 2, 5):
            step = factor * power
            if step * most >= top:
                count = max(1, int(-(-top // step)))
                return [step * at for at in range(count + 1)]
        power *= 10
