"""The sources by name, each made from the settings and the secrets in the environment."""

from collections.abc import Callable, Mapping

from logparse.collect.command import make_command
from logparse.collect.convex.tool import make_convex
from logparse.collect.kapso.messages import make_kapso_messages
from logparse.collect.kapso.webhooks import make_kapso
from logparse.collect.source import Source
from logparse.collect.vercel.api import make_vercel
from logparse.collect.vercel.cli import make_vercel_tool
from logparse.errors import UsageProblem
from logparse.settings.collecting import Collecting

Make = Callable[[Collecting, Mapping[str, str]], Source]
"""Makes a source from settings and environment; raises UsageProblem if either lacks something."""

SOURCES: Mapping[str, Make] = {
    "vercel": make_vercel,
    "vercel-cli": make_vercel_tool,
    "convex": make_convex,
    "command": make_command,
    "kapso": make_kapso,
    "kapso-messages": make_kapso_messages,
}


def source_of(name: str, settings: Collecting, environment: Mapping[str, str]) -> Source:
    """Makes the source of a name; raises UsageProblem if it is unknown, or lacks a setting or a secret."""
    if name not in SOURCES:
        raise UsageProblem(f"{name}: there is no such source; use one of {', '.join(SOURCES)}")
    return SOURCES[name](settings, environment)
