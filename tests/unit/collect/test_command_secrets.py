"""Secrets in collect_command stand in nothing that is written: the manifest, the journal, the verdict, errors."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from logparse.collect.command import make_command
from logparse.collect.source import SourceFailed
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.settings.in_force import settings_in_force
from logparse.text.masking import masker
from logparse.values.schedule import Span

SECRET = "Hunt" + "er2-q9Zx7Kw3"
SPAN = Span(datetime(2026, 1, 12, tzinfo=UTC), datetime(2026, 1, 12, 4, tzinfo=UTC))

WORDS = {
    "curl -u": f"echo curl -u bot:{SECRET} https://api.example.com",
    "curl -u, joined": f"echo curl -ubot:{SECRET} https://api.example.com",
    "curl --user": f"echo curl --user bot:{SECRET} https://api.example.com",
    "curl --user=": f"echo curl --user=bot:{SECRET} https://api.example.com",
    "a header": f"echo curl -H 'Authorization: Bearer {SECRET}' https://api.example.com",
    "a header of a key": f"echo curl --header 'X-Api-Key: {SECRET}' https://api.example.com",
    "a cookie": f"echo curl -b 'session={SECRET}' https://api.example.com",
    "--password": f"echo tool --password {SECRET}",
    "--password=": f"echo tool --password={SECRET}",
    "--token": f"echo fly logs --access-token {SECRET}",
    "-p": f"echo mysqldump -p{SECRET} bot",
    "-p and a blank": f"echo sshpass -p {SECRET} ssh host",
    "an environment": f"env PGPASSWORD={SECRET} echo psql",
    "a shell": f"sh -c 'echo x; PGPASSWORD={SECRET} true'",
    "an address": f"echo https://bot:{SECRET}@api.example.com/logs?key={SECRET}",
}


@pytest.mark.parametrize("name", WORDS)
def test_no_secret_of_a_command_is_told(name: str) -> None:
    """Neither in what the manifest keeps of the request, nor in what the verdict keeps of the settings."""
    settings = parse({"collect_command": WORDS[name], "collect_source": "command"})
    command = make_command(settings.collecting, dict(os.environ))
    with pytest.raises(SourceFailed) as failed:
        command.fetch(SPAN, lambda piece: None)
    told = failed.value.told
    assert told is not None
    shown = [failed.value.problem, str(told), *(each.value for each in settings_in_force(settings, masker()))]
    assert [text for text in shown if SECRET in text or SECRET[-8:] in text] == []
    assert "***" in json.dumps(dict(told.request))


def test_no_secret_of_a_command_that_fails_is_told(tmp_path: Path) -> None:
    """What the command itself says of its words is masked too."""
    text = f"sh -c 'echo could not log in with password={SECRET} >&2; exit 3'"
    command = make_command(parse({"collect_command": text}).collecting, dict(os.environ))
    with pytest.raises(SourceFailed) as failed:
        command.fetch(SPAN, lambda piece: None)
    assert SECRET not in f"{failed.value.problem} {failed.value.told}"
    assert "exit code 3" in failed.value.problem


def test_a_mistake_in_a_command_tells_no_secret() -> None:
    """A name in front of the tool is no tool, and what it holds is not printed."""
    for text in (f"PGPASSWORD={SECRET} psql", f"https://bot:{SECRET}@example.com"):
        with pytest.raises(UsageProblem) as told:
            make_command(parse({"collect_command": text}).collecting, dict(os.environ))
        assert SECRET not in str(told.value)
