"""Inline SVG: elements with short numbers, and pictures with a title and a description.

Colours and fonts are in page.css, so that a picture follows the page into dark mode and onto paper.
"""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from logparse.text.escape import seen

LONGEST_LABEL = 200
"""The most characters of a text in a picture."""

_DECIMALS = re.compile(r"(\d\.\d)\d+")


def picture(width: float, height: float, css: str) -> Element:
    """Returns an empty picture of this size."""
    return Element("svg", {"viewBox": f"0 0 {width:g} {height:g}", "class": css})


def draw(
    parent: Element, tag: str, css: str = "", said: str = "", text: str = "", **attributes: float | str
) -> Element:
    """Adds an element to another, with its class, hover text, text and attributes.

    Underscores in the names of attributes become hyphens.
    """
    kept = {name.replace("_", "-"): _written(value) for name, value in attributes.items()}
    element = SubElement(parent, tag, {**({"class": css} if css else {}), **kept})
    if said:
        SubElement(element, "title").text = seen(said, LONGEST_LABEL)
    if text:
        element.text = seen(text, LONGEST_LABEL)
    return element


def box(parent: Element, css: str, place: tuple[float, float, float, float], said: str = "", round: int = 0) -> Element:
    """Draws a rectangle: left, top, width and height, and the radius of its corners."""
    x, y, width, height = place
    return draw(parent, "rect", css, said, x=x, y=y, width=width, height=height, rx=round)


def described(root: Element, anchor: str, title: str, description: str) -> Markup:
    """Renders a picture as HTML, with a title and a description for screen readers."""
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("role", "img")
    root.set("aria-labelledby", f"{anchor}-title")
    root.set("aria-describedby", f"{anchor}-desc")
    for at, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = Element(tag, {"id": f"{anchor}-{tag}"})
        element.text = seen(text)
        root.insert(at, element)
    written = ElementTree.tostring(root, encoding="unicode")
    return Markup(_DECIMALS.sub(r"\1", written))  # noqa: S704  # the tree of elements was escaped as it was written


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
