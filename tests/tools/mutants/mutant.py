"""A mutant: one small change to a module, and the code with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider

from tests.tools.mutants.operators import COUNTING, PYTHON, Operators
from tests.tools.mutants.subjects import Subject

_DESCRIPTIONS = ("COLUMNS",)
"""Values that hold words for people who read the code, and nothing that is carried out."""


@dataclass(frozen=True)
class Mutant:
    """A change: where it stands, the lines that were there and those that stand there now, and the whole code.

    The module, the name of the function or value around, and the lines tell a mutant, also when lines are added above.
    """

    subject: Subject
    line: int
    around: str
    was: str
    now: str
    code: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells this mutant from others for as long as its own lines stay as they are."""
        return self.subject.name, self.around, self.was, self.now


def mutants_of(subject: Subject) -> list[Mutant]:
    """All mutants of a module, in order of their lines, none of them twice."""
    source = subject.path.read_text("utf-8")
    seen = {source}
    found = []
    for line, around, code in _changed(source, COUNTING if subject.counts else PYTHON):
        if code not in seen:
            seen.add(code)
            found.append(Mutant(subject, line, around, *_difference(source, code), code))
    return sorted(found, key=lambda mutant: mutant.line)


def _changed(source: str, operators: Operators) -> Iterator[tuple[int, str, str]]:
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visitor = _Changes(operators)
    wrapper.visit(visitor)
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    ranges = wrapper.resolve(WhitespaceInclusivePositionProvider)
    for line, around, node, other in visitor.found:
        place = ranges[node]
        start = starts[place.start.line - 1] + place.start.column
        end = starts[place.end.line - 1] + place.end.column
        if source[start:end] == wrapper.module.code_for_node(node):
            yield line, around, source[:start] + wrapper.module.code_for_node(other) + source[end:]
        else:  # a statement, whose indentation belongs to the block around it
            yield line, around, wrapper.module.deep_replace(node, other).code


class _Changes(cst.CSTVisitor):
    """Gathers every change that can be made to a module."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, operators: Operators) -> None:
        super().__init__()
        self.found: list[tuple[int, str, cst.CSTNode, cst.CSTNode]] = []
        self._operators = operators
        self._around: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
            return False  # a docstring
        name = _name_of(node)
        if name:
            self._around.append(name)
        if name in _DESCRIPTIONS:
            return False
        line = self.get_metadata(PositionProvider, node).start.line
        for kind, operator in self._operators:
            if isinstance(node, kind):
                around = ".".join(self._around)
                self.found += [(line, around, node, other) for other in operator(node)]
        return True

    def on_leave(self, node: cst.CSTNode) -> None:
        if _name_of(node):
            self._around.pop()


def _name_of(node: cst.CSTNode) -> str:
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        return str(node.name.value)
    if isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name):
        return str(node.target.value)
    if isinstance(node, cst.Assign) and isinstance(node.targets[0].target, cst.Name):
        name = str(node.targets[0].target.value)
        return name if name.isupper() else ""
    return ""


def _difference(source: str, code: str) -> tuple[str, str]:
    """The lines that go, and those that come, without the space at their edges."""
    was, now = source.splitlines(), code.splitlines()
    while was and now and was[0] == now[0]:
        del was[0], now[0]
    while was and now and was[-1] == now[-1]:
        del was[-1], now[-1]
    return "\n".join(map(str.strip, was)), "\n".join(map(str.strip, now))
