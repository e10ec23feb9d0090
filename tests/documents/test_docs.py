"""The documents and the shape of the code: what is described is there, and what is there is described."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from logparse.values.criteria import CRITERIA
from tests.tools import module_map

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "logparse"
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "tests/runs/bad_inputs/README.md",
        "docs/collecting.md",
        "docs/gating.md",
        "tests/scenarios/matrix.md",
        "tests/tools/mutants/README.md",
        "docs/report.md",
        "docs/quality-findings.md",
        "docs/reviewing.md",
        "docs/transcripts.md",
        "docs/scale.md",
        "docs/tallying.md",
        "docs/waivers-and-trend.md",
        "samples/README.md",
    )
]

LONGEST_MODULE = 350
"""Lines of a module; what is longer holds more than one idea."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
ACCEPTANCE = sorted((ROOT / "tests" / "acceptance").glob("test_*.py"))


def _tests_of(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_the_architecture_shows_the_modules_and_the_layers_in_force() -> None:
    """Its table is that of the docstrings, each module named once, and its layers are those of import-linter."""
    assert module_map.page(ARCHITECTURE) == ARCHITECTURE, "write it: python -m tests.tools.module_map"
    assert module_map.table() in ARCHITECTURE
    for layers in module_map.layers():
        assert f"```text\n{layers}```" in ARCHITECTURE


def test_every_module_that_the_architecture_speaks_of_exists() -> None:
    """Also outside the table: a path below the package, or one from the top of the project."""
    spoken_of = set(re.findall(r"`([\w/]+\.(?:py|md|ini|toml))`", ARCHITECTURE)) - {"SUMMARY.md", "MONITORING-LOG.md"}
    missing = [name for name in spoken_of if not (PACKAGE / name).exists() and not (ROOT / name).exists()]
    assert missing == []


def _anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as they are made on the web."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_link_is_dead(name: str) -> None:
    """Every relative link leads to a file of the project, and to a heading where it names one."""
    document = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        linked, _, anchor = target.partition("#")
        path = (document.parent / linked).resolve() if linked else document
        assert path.exists(), target
        assert not anchor or anchor in _anchors(path), target


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_long(module: Path) -> None:
    """A module holds one idea, and opens with what it is for."""
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(ast.parse(text)), "a module begins with what it is for, in a sentence"


def test_every_criterion_has_one_acceptance_test_and_each_test_its_criterion() -> None:
    """The tests of the criteria are those of CRITERIA, by name and in order."""
    (criteria,) = (path for path in ACCEPTANCE if path.name == "test_criteria.py")
    names = [test.name for test in _tests_of(criteria)]
    assert names == [f"test_{criterion.name}" for criterion in CRITERIA]


@pytest.mark.parametrize("path", ACCEPTANCE, ids=lambda path: path.name)
def test_every_acceptance_test_says_its_rule(path: Path) -> None:
    """The docstring is the rule in one sentence, on one line."""
    for test in _tests_of(path):
        said = ast.get_docstring(test) or ""
        assert re.fullmatch(r"[A-Z][^\n]*\.", said), test.name


def test_the_changelog_has_the_version_of_the_package() -> None:
    """The newest entry is that of pyproject.toml."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert newest
    assert newest[1] == version
