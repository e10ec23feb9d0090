"""Whether the workers count as this machine does: the same code of this package, on the same engine."""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

import logparse


@cache
def code() -> str:
    """A digest of the modules and tables of this package and the version of the engine."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    folder = Path(logparse.__file__).parent
    for module in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(str(module.relative_to(folder)).encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()
