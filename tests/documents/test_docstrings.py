"""How docstrings begin: a function's with what it does, a property's, a class's and a module's with what it is."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "logparse"

NOUNS = re.compile(
    r"(?:Answer|Byte|Change|Column|Day|Error|Event|Failure|File|Finding|Flag|Hour|Kind|Line|Message|Name|Note|Number"
    r"|Part|Place|Question|Rating|Reason|Record|Request|Row|Section|Second|Sign|Span|Text|Thing|Time|Window|Word)s"
)
"""Plurals that look like a verb in the third person, and are none where one was found."""

VERB = re.compile(r"(?:[A-Z][a-z]+s|Does not [a-z]+)\b")


def _begins_with_verb(text: str) -> bool:
    found = VERB.match(text)
    return found is not None and not NOUNS.fullmatch(found[0])


def _described(path: Path) -> Iterator[tuple[str, bool, str]]:
    """Yields name, whether it is a function that is called as one, and docstring of all that is public in a module."""
    tree = ast.parse(path.read_text("utf-8"))
    yield str(path.relative_to(PACKAGE)), False, ast.get_docstring(tree) or ""
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
    for node in (*tree.body, *chain.from_iterable(each.body for each in classes)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            called = isinstance(node, ast.FunctionDef) and not any(
                ast.unparse(each) in ("property", "cached_property") for each in node.decorator_list
            )
            yield f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}", called, ast.get_docstring(node) or ""


def test_a_function_begins_with_its_verb() -> None:
    """In the third person: "Returns", "Reads", "Tells whether"."""
    described = [each for path in PACKAGE.rglob("*.py") for each in _described(path)]
    assert [(name, text) for name, called, text in described if called and not _begins_with_verb(text)] == []


def test_no_docstring_is_a_clause() -> None:
    """Such a clause ("What is", "Whether") makes a reader look for the sentence that it belongs to."""
    described = [each for path in PACKAGE.rglob("*.py") for each in _described(path)]
    clause = re.compile(r"(?:What|Where|Who|How|Why|When|Which)\b")
    assert [(name, text) for name, _, text in described if clause.match(text)] == []


@pytest.mark.parametrize("text", ["The lines of a file.", "Lines of a file.", "Whether it ends.", "Return it.", ""])
def test_what_is_no_verb_is_noticed(text: str) -> None:
    """A noun, a plural that looks like a verb, a clause, an order, and nothing at all."""
    assert not _begins_with_verb(text)
