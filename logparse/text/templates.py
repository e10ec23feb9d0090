"""Pages made of templates, in which each value is harmless by itself, so that nobody can forget to make it so."""

from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from logparse.text.escape import html, seen

DECLARING_SAFE = ("e", "escape", "forceescape", "safe", "tojson", "urlize", "xmlattr")
"""Filters by which a template could show a foreign text as it is; none of them is there."""


@cache
def templates(package: str, folder: str = "templates") -> Environment:
    """The templates in a folder of a package.

    Every value in them is escaped, and all of it seen: see ``harmless``. A value that nobody gave is an error.
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
    """The page that a template makes of these values."""
    return templates(package, folder).get_template(name).render(values)


def harmless(value: object) -> Markup:
    """A value for HTML: what the project made as HTML stays, all else is a text whose signs are seen and escaped."""
    return value if isinstance(value, Markup) else Markup(html(str(value)))  # noqa: S704  # it is escaped


def lines(text: str) -> Markup:
    """A text of several lines, each of them harmless."""
    return Markup("\n").join(map(harmless, text.split("\n")))


def unchanged(text: str) -> Markup:
    """A text escaped, but sign for sign: for a link, and for the field that sends back what somebody typed."""
    return Markup(escape(text))  # noqa: S704  # it is escaped
