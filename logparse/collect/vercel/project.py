"""The project on Vercel, looked up as the tool does, and its request logs as a source, whichever way they come."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from logparse.collect.https import REAL, Clock, Service, checked_origin
from logparse.collect.secret import Secret
from logparse.collect.source import Source, SourceFailed, without_repeats
from logparse.collect.vercel.row import request_id
from logparse.errors import UsageProblem
from logparse.settings.collecting import Collecting

SITE, PLATFORM = "https://vercel.com", "https://api.vercel.com"
"""The host of the request logs, and the host of the rest of the API."""

LINK = Path(".vercel/project.json")
"""The file that ``vercel link`` writes."""

SMALLEST, SHORTEST = "hobby", timedelta(hours=1)
"""The smallest plan, and how long it keeps request logs."""

HOUR = timedelta(hours=1)

ENVIRONMENT = "production"

EDGE = timedelta(minutes=5)
"""The margin at the end of the retention, where rows may disappear during the fetch."""

MEND = "make a token in your account settings on Vercel, for the team of the project, and set VERCEL_TOKEN to it"


@dataclass(frozen=True)
class VercelProject:
    """A project and its team, each by id or name, and the host of the logs; a personal project has no team."""

    project: str
    team: str
    origin: str

    @property
    def named(self) -> str:
        """The project and its team, as configured."""
        return f"project {self.project}" + (f" of {self.team}" if self.team else "")


@dataclass(frozen=True)
class ProjectIds:
    """The ids of a project and its owner, as the request logs need them."""

    project: str
    owner: str

    @property
    def team(self) -> str:
        """The owner's id if it is a team, else empty."""
        return self.owner if self.owner.startswith("team_") else ""


def project_of(settings: Collecting, environment: Mapping[str, str], folder: Path) -> VercelProject:
    """Returns the configured project; raises UsageProblem if there is none, or if its address is no HTTPS host.

    Looks at the settings, then VERCEL_PROJECT_ID and VERCEL_ORG_ID, then the folder linked by the tool.
    """
    origin = checked_origin(settings.vercel_api, "setting vercel_api")
    named = (settings.vercel_project, settings.vercel_team)
    from_environment = (environment.get("VERCEL_PROJECT_ID", ""), environment.get("VERCEL_ORG_ID", ""))
    for project, team in (named, from_environment, _linked(folder / LINK)):
        if project:
            return VercelProject(project, team, origin)
    raise UsageProblem("setting vercel_project: it is empty; name the project, or run this where `vercel link` was run")


def _linked(path: Path) -> tuple[str, str]:
    if not path.exists():
        return "", ""
    try:
        link = json.loads(path.read_text("utf-8"))
        return str(link["projectId"]), str(link["orgId"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageProblem(f"{path}: it names no projectId and orgId; run `vercel link` again") from None


def platform_of(project: VercelProject, secret: Secret, logs: Service, clock: Clock = REAL) -> Service:
    """Returns the client of the API for projects and teams, which has another host than the logs."""
    return Service(PLATFORM, secret, patience=logs.patience, clock=clock) if project.origin == SITE else logs


def ids_of(project: VercelProject, platform: Service) -> ProjectIds:
    """Returns the ids of a project, asking the API if they are not given; raises SourceFailed if it is not found."""
    if project.project.startswith("prj_") and project.team.startswith("team_"):
        return ProjectIds(project.project, project.team)
    key = "teamId" if project.team.startswith("team_") else "slug"
    # The name is quoted, so that it stays one part of the path.
    query = {key: project.team} if project.team else {}
    answer = platform.get(f"/v9/projects/{quote(project.project, safe='')}", query)
    try:
        return ProjectIds(str(answer["id"]), str(answer["accountId"]))
    except (KeyError, TypeError):
        raise SourceFailed(f"the answer for project {project.project} holds no id and accountId") from None


def check_retention(ids: ProjectIds, retention: timedelta, platform: Service) -> None:
    """Raises SourceFailed if the team's plan keeps less than the setting says: lost hours would look quiet.

    Only the smallest plan is certain; others keep a day at least, and more if it was bought. A token that may not read
    the team does not stop the fetch.
    """
    if retention <= SHORTEST or not ids.team:
        return
    try:
        plan = platform.get(f"/v2/teams/{quote(ids.team, safe='')}", {})["billing"]["plan"]
    except (SourceFailed, KeyError, TypeError):
        return
    if plan == SMALLEST:
        raise SourceFailed(
            f"the {plan} plan of this team keeps request logs for {SHORTEST / HOUR:g} hour, not for "
            f"{retention / HOUR:g}: set vercel_retention to {SHORTEST / HOUR:g}, and collect every 20 minutes"
        )


@dataclass(frozen=True)
class RequestLogs(Source):
    """The request logs of a project, and how long its plan keeps them."""

    project: VercelProject
    retention: timedelta

    def available_from(self, now: datetime) -> datetime:
        """Returns the time before which rows may be lost."""
        return now - self.retention + EDGE

    @property
    def subject(self) -> str:
        """The project and its environment, as configured."""
        return f"{self.project.named}, {ENVIRONMENT}"

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges requests by id."""
        return without_repeats([*before, *new], request_id)
