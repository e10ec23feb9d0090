"""A JUnit file as a CI service reads it: the properties of the suite, and of each test of a criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Junit:
    """The properties of the suite, those of each criterion by its name, and which tests failed."""

    suite: Mapping[str, str]
    criteria: Mapping[str, Mapping[str, str]]
    failed: frozenset[str]


def read_junit(path: Path) -> Junit:
    """What a file holds, which pytest wrote just now."""
    (suite,) = ElementTree.parse(path).getroot()  # noqa: S314 - written by pytest just now
    cases = {case.attrib["name"].removeprefix("test_"): case for case in suite.iter("testcase")}
    criteria = {name: _properties(case) for name, case in cases.items()}
    return Junit(
        suite=_properties(suite),
        criteria={name: properties for name, properties in criteria.items() if properties},
        failed=frozenset(name for name, case in cases.items() if case.find("failure") is not None),
    )


def _properties(element: ElementTree.Element) -> dict[str, str]:
    found = element.find("properties")
    return {one.attrib["name"]: one.attrib["value"] for one in found} if found is not None else {}
