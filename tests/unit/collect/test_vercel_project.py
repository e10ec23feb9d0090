"""Which project on Vercel is asked for, and how its ids are found."""

from pathlib import Path

import pytest

from logparse.collect.vercel.project import ProjectIds, VercelProject, ids_of, project_of
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.settings.collecting import Collecting
from tests.builders.sources.log_server import Plan, served
from tests.builders.sources.patience import service


def _settings(**written: str) -> Collecting:
    return parse(written).collecting


def test_settings_come_before_environment_and_link(tmp_path: Path) -> None:
    """What is written in pytest.ini counts, then the variables of the tool, then the folder that it linked."""
    (tmp_path / ".vercel").mkdir()
    link = tmp_path / ".vercel" / "project.json"
    link.write_text('{"projectId": "prj_linked", "orgId": "team_linked"}', "utf-8")
    environment = {"VERCEL_PROJECT_ID": "prj_env", "VERCEL_ORG_ID": "team_env"}
    site = "https://vercel.com"
    named = _settings(vercel_project="bot", vercel_team="acme")
    assert project_of(named, environment, tmp_path) == VercelProject("bot", "acme", site)
    assert project_of(_settings(), environment, tmp_path) == VercelProject("prj_env", "team_env", site)
    assert project_of(_settings(), {}, tmp_path) == VercelProject("prj_linked", "team_linked", site)
    link.write_text("{", "utf-8")
    with pytest.raises(UsageProblem, match=r"project\.json: it names no projectId and orgId"):
        project_of(_settings(), {}, tmp_path)
    link.unlink()
    with pytest.raises(UsageProblem, match="setting vercel_project: it is empty"):
        project_of(_settings(), {}, tmp_path)


ASKED = {
    "names": (("bot", "acme"), ["/v9/projects/bot"]),
    "a project of one's own": (("bot", ""), ["/v9/projects/bot"]),
    "the id of a project alone": (("prj_1", ""), ["/v9/projects/prj_1"]),
    "ids": (("prj_1", "team_1"), []),
}


@pytest.mark.parametrize(("named", "paths"), ASKED.values(), ids=ASKED)
def test_names_are_made_ids(named: tuple[str, str], paths: list[str]) -> None:
    """They are asked for only where they are not given."""
    with served(Plan()) as server:
        ids = ids_of(VercelProject(*named, server.origin), service(server.origin, []))
    assert ids == ProjectIds("prj_1", "team_1")
    assert server.seen.paths == paths


def test_owner_that_is_a_person_is_no_team() -> None:
    """Requests for a personal project name no team."""
    assert (ProjectIds("prj_1", "team_1").team, ProjectIds("prj_1", "u1").team) == ("team_1", "")
