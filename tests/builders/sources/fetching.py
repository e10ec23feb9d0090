"""Windows collected from the log server, by the source that asks it itself and by the real tool."""

import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection
from logparse.collect.source import Source
from logparse.collect.sources import SOURCES
from logparse.collect.vercel.api import make_vercel
from logparse.collect.windows import Round, collect_windows
from logparse.settings.checked import parse
from logparse.settings.collecting import Collecting
from logparse.values.schedule import Soak, Span
from tests.builders.sources.log_server import TOKEN, Served
from tests.builders.sources.patience import patient_clock

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
WINDOW = Span(START, START + timedelta(hours=4))
LATER = WINDOW.end + timedelta(hours=1)
SETTLE = timedelta(minutes=2)
NOTHING: Mapping[str, str] = {}


def settings_for(server: Served, written: Mapping[str, str] = NOTHING) -> Collecting:
    """Settings that lead to the server."""
    return parse({"vercel_api": server.origin, "vercel_project": "bot", "vercel_team": "acme", **written}).collecting


def environment_for(home: Path, token: str = TOKEN) -> Mapping[str, str]:
    """An environment with the token, and a home of its own for the tool, which is on its PATH where it is installed."""
    tool = tool_folder()
    path = os.pathsep.join([*([str(tool)] if tool else []), os.environ["PATH"]])
    return {"PATH": path, "HOME": str(home), "VERCEL_TOKEN": token}


def tool_folder() -> Path | None:
    """Where the real ``vercel`` is: as LOGPARSE_VERCEL says, or on the PATH."""
    found = os.environ.get("LOGPARSE_VERCEL") or shutil.which("vercel")
    return Path(found).absolute().parent if found and Path(found).exists() else None


needs_tool = pytest.mark.skipif(
    tool_folder() is None,
    reason="the Vercel CLI is not installed; npm install vercel@60.0.0, and set LOGPARSE_VERCEL to its path",
)


def collected(
    name: str,
    server: Served,
    folder: Path,
    now: datetime = LATER,
    token: str = TOKEN,
    written: Mapping[str, str] = NOTHING,
) -> Collection:
    """The first window of a soak, collected into a folder by a source."""
    folder.mkdir(parents=True, exist_ok=True)
    settings, environment = settings_for(server, written), environment_for(folder.parent, token)
    source: Source = SOURCES[name](settings, environment)
    if name == "vercel":
        source = make_vercel(settings, environment, patient_clock([]))
    ((_, collection),) = collect_windows(Round(Soak(START), (4,), source, folder, SETTLE, lambda: now))
    return collection


def log_in(folder: Path) -> Path:
    """The log file of the first window in a folder."""
    return folder / "2026-01-12T0600Z" / "logs-hour-04.jsonl"


def rows_in(folder: Path) -> list[str]:
    """The rows of the first window in a folder, as they stand there."""
    return log_in(folder).read_bytes().decode().removesuffix("\n").split("\n")


def ids_in(folder: Path) -> list[str]:
    """The ids of those rows."""
    return [str(json.loads(row)["id"]) for row in rows_in(folder)]


def told_token(folder: Path, *texts: str) -> list[str]:
    """Where a token was written: files under a folder, hidden ones included, and texts."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    named = [path.name for path in files if TOKEN.encode() in path.read_bytes()]
    return [*named, *(text for text in texts if TOKEN in text)]
