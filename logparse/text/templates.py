"""Pages made from templates, in which each value is escaped by default."""

from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from logparse.text.escape import html, seen

DECLARING_SAFE = ("e", "escape", "forceescape", "safe", "tojson", "urlize", "xmlattr")
"""Filters by which a template could show foreign text unescaped; they are removed."""


@cache
def templates(package: str, folder: str = "templates") -> Environment:
    """Returns the environment of the templates in a folder of a package.

    Every value is escaped and made visible, see ``harmless``; an undefined one raises an error.
    """
    environment = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        finalize=harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in DECLARING_SAFE:
        del environment.filters[name]
    environment.filters.update(cut=seen, lines=lines, unchanged=unchanged)
    return environment


def rendered(package: str, name: str, /, folder: str = "templates", **values: object) -> str:
    """Renders a template with these values to a page."""
    return templates(package, folder).get_template(name).render(values)


def harmless(value: object) -> Markup:
    """Escapes a value for HTML and makes all of it visible; leaves HTML made by the project as it is."""
    return value if isinstance(value, Markup) else Markup(html(str(value)))  # noqa: S704  # it is escaped


def lines(text: str) -> Markup:
    """Escapes each line of a text."""
    return Markup("\n").join(map(harmless, text.split("\n")))


def unchanged(text: str) -> Markup:
    """Escapes a text without any other change: for a link, and for a field that sends back what was typed."""
    return Markup(escape(text))  # noqa: S704  # it is escaped
