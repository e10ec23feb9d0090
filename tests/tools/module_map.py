"""The map of the package: ``python -m tests.tools.module_map`` writes it into docs/architecture.md.

The table of modules comes from their docstrings, the layers from the contracts of import-linter.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "logparse"
PAGE = ROOT / "docs" / "architecture.md"

_TABLE = re.compile(r"(?<=^\| --- \| --- \|\n)(?:\| `[^\n]*\|\n)+", flags=re.MULTILINE)
_LAYERS = re.compile(r"(?<=^```text\n)(?:[^`\n]*\n)+(?=```)", flags=re.MULTILINE)


def modules() -> list[Path]:
    """Returns all modules: by package, from the bottom of the layers to the top, each package's face first."""
    stages = [set(layer.split(" | ")) for layer in reversed(_contracts()[0]["layers"])]

    def place(path: Path) -> tuple[int, tuple[str, ...]]:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        stage = next((at for at, names in enumerate(stages) if parts[0] in names), -1)
        return stage, tuple("" if part == "__init__" else part for part in parts)

    return sorted(PACKAGE.rglob("*.py"), key=place)


def table() -> str:
    """Returns the rows of the table: each module, and what it is for by the first sentence of its docstring."""
    return "".join(f"| `{path.relative_to(PACKAGE)}` | {_purpose(path)} |\n" for path in modules())


def layers() -> tuple[str, str]:
    """Returns the layers of the whole package, a line each, and those inside of packages, a line a package."""
    whole, *inside = _contracts()
    shown = (
        f"{contract['containers'][0].removeprefix('logparse.')}: "
        f"{' > '.join(contract['layers']).replace(' | ', ', ')}\n"
        for contract in inside
    )
    return "".join(f"{layer}\n" for layer in whole["layers"]), "".join(shown)


def page(text: str) -> str:
    """Returns the page with the table and both texts of layers as they are now."""
    drawn: Iterator[str] = iter(layers())
    return _LAYERS.sub(lambda _: next(drawn), _TABLE.sub(lambda _: table(), text))


def _contracts() -> list[dict[str, list[str]]]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts: list[dict[str, list[str]]] = configuration["tool"]["importlinter"]["contracts"]
    return [contract for contract in contracts if "layers" in contract]


def _purpose(path: Path) -> str:
    """The first sentence of a module's docstring, small as the others of the table."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\w[.)`])\s(?=[A-Z`])", first)[0].rstrip(".").replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
