"""The HTML report in a real browser: what is seen, what is asked for, and that no log text does anything."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.runs.browser.reports import NAMES
from tests.runs.browser.window import Window

each_report = pytest.mark.parametrize("name", NAMES)
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])
each_width = pytest.mark.parametrize("width", [400, 1600])

Pages = Mapping[str, Path]
SAID = {"stable": "READY", "unstable": "NOT READY", "hostile": "NOT JUDGED"}
MEGABYTE = 1_000_000


@each_report
def test_the_page_asks_nobody_and_complains_of_nothing(name: str, window: Window, pages: Pages) -> None:
    """The console stays empty, and the one address that was asked for is that of the file."""
    window.open(pages[name])
    window.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert window.run("return document.readyState") == "complete"
    assert window.said() == []
    assert window.asked_for() == {pages[name].as_uri()}
    assert pages[name].stat().st_size < MEGABYTE


@each_report
def test_the_verdict_is_seen_with_scripts_off(name: str, window: Window, pages: Pages) -> None:
    """So are the criteria, and the pictures with what they say."""
    window.scripts(False)
    window.open(pages[name])
    perceived = window.perceived()
    assert SAID[name] in perceived["paragraph"] + perceived["StaticText"]
    assert "What would change it" in perceived["heading"]
    assert {"Evidence", "Success rate", "Silence"} <= set(perceived["rowheader"])
    pictures = [*perceived.get("image", []), *perceived.get("img", [])]
    assert "Deliveries, processed messages and errors" in pictures
    assert "Checkpoints" in pictures


@each_report
@each_width
def test_the_page_is_usable(name: str, width: int, window: Window, pages: Pages) -> None:
    """Nothing lies beyond the edge but what scrolls in its own frame; the verdict is on the first screen, in view."""
    window.look("light", width)
    window.open(pages[name])
    assert window.run("return document.documentElement.scrollWidth") <= width
    box = window.run("return document.querySelector('.state').getBoundingClientRect().toJSON()")
    assert box["top"] >= 0
    assert box["bottom"] <= 900
    assert 0 < box["width"] <= width
    outcome = window.run("return document.querySelector('td.outcome').getBoundingClientRect().toJSON()")
    assert outcome["right"] <= width
    sizes = window.run(
        "return [...document.querySelectorAll('.verdict p, .verdict td, .verdict li, .verdict h3')]"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 12


@each_report
@each_scheme
def test_axe_finds_no_serious_fault(name: str, scheme: str, window: Window, pages: Pages, axe: str) -> None:
    """In the light and in the dark, with every table open."""
    window.look(scheme, 1600)
    window.open(pages[name])
    window.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert [fault for fault in window.faults(axe) if fault.startswith(("serious", "critical"))] == []


@each_scheme
def test_the_page_follows_the_scheme_of_its_reader(scheme: str, window: Window, pages: Pages) -> None:
    """Paper and ink change places, in pictures and in what pytest-html writes too."""
    window.look(scheme, 1600)
    window.open(pages["unstable"])
    for selector, colour in (("body", "backgroundColor"), (".logwrapper", "backgroundColor")):
        assert _is_dark(window, selector, colour) == (scheme == "dark"), selector
    for selector, colour in ((".state", "color"), (".heat-map .name", "fill"), ("#results-table td", "color")):
        assert _is_dark(window, selector, colour) == (scheme == "light"), selector


def _is_dark(window: Window, selector: str, colour: str) -> bool:
    """Whether a colour of the first such element is nearer to black than to white."""
    shown = window.run(f"return getComputedStyle(document.querySelector({selector!r})).{colour}")
    channels = [float(part) for part in shown[shown.index("(") + 1 : -1].split(",")[:3]]
    return sum(channels) < 3 * 128


@each_report
def test_every_link_within_the_page_leads_somewhere(name: str, window: Window, pages: Pages) -> None:
    """From each criterion to where its evidence stands; and no name stands twice."""
    window.open(pages[name])
    targets = window.run("return [...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.hash.slice(1))")
    names = window.run("return [...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(set(targets)) >= 4
    assert set(targets) <= set(names)
    assert len(names) == len(set(names))


def test_values_are_read_on_hover(window: Window, pages: Pages) -> None:
    """Each quarter of an hour, each bar and each cell says what it is; a table beside each picture has the same."""
    window.open(pages["unstable"])
    told = window.run("return [...document.querySelectorAll('.traffic-chart .hit title')].map(one => one.textContent)")
    assert len(told) == 96
    assert told[0].startswith("00:00 to 00:15: ")
    pictures = window.run("return document.querySelectorAll('figure.picture').length")
    tables = window.run("return document.querySelectorAll('figure.picture details table').length")
    assert pictures == tables == 5
    marks = window.run("return [...document.querySelectorAll('.stretch title')].map(one => one.textContent)")
    assert {mark.split(":")[0] for mark in marks} == {"no log tells of this time", "No deliveries", "Bot not answering"}
    pins = window.run("return [...document.querySelectorAll('.pin title')].map(one => one.textContent)")
    assert any(pin.startswith("Critical errors (critical)") for pin in pins)


def test_hostile_log_text_runs_nothing(window: Window, pages: Pages) -> None:
    """No alert, no element, no change of the page: what a log says is text, also where pytest-html's script puts it."""
    window.open(pages["hostile"])
    window.run("document.getElementById('show_all_details').click()")
    window.run("window.scrollTo(0, document.body.scrollHeight)")
    assert window.run("return document.querySelectorAll('script').length") == 1
    assert window.run("return document.querySelectorAll('.verdict img, .verdict script, .verdict iframe').length") == 0
    assert window.run("return document.querySelectorAll('[onerror], [onmouseover], [ontoggle]').length") == 0
    assert "<script>alert(N)</script>" in window.run("return document.querySelector('#errors-by-kind').textContent")
    assert window.run("return document.title").startswith("NOT JUDGED: soak from ")
    # An alert that was waiting would have ended every command before this one.
    assert window.said() == []
