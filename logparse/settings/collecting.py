"""The settings of `logparse collect` and its sources."""

from datetime import timedelta

from logparse.settings.declared import fact, free, same_as, settings_group
from logparse.settings.kinds import hours, line, lines, some_seconds, whole_seconds


@settings_group
class Collecting:
    """The configuration of a source without its secrets, which come from the environment alone."""

    source: str = free(
        "collect_source", "vercel", line, "where `logparse collect` fetches logs from, if `--source` does not say"
    )
    timeout: float = free(
        "collect_timeout",
        "300",
        some_seconds,
        "seconds that a tool that fetches, or a fetch without progress, may take at most",
    )
    # NOTE: too small a number lets a manifest prove what is still to come.
    settle: timedelta = fact(
        "settle_seconds", "120", whole_seconds, "seconds after which a source is trusted to have all its rows"
    )
    vercel_project: str = free("vercel_project", "", line, "id or name of the project on Vercel")
    vercel_team: str = free(
        "vercel_team", "", line, "id or slug of the team that the project belongs to; empty for a personal one"
    )
    vercel_api: str = free("vercel_api", "https://vercel.com", line, "where the request logs of Vercel are asked for")
    vercel_retention: timedelta = free(
        "vercel_retention", "24", hours, "hours that Vercel keeps request logs: 1 on Hobby, 24 on Pro, 72"
    )
    convex_logs: tuple[str, ...] = free(
        "convex_logs", "", lines, "files of a Convex log stream, in place of the command line tool"
    )
    command: str = free(
        "collect_command", "", line, "the command of `--source=command`; `{since}` and `{until}` are times"
    )
    kapso_api: str = free(
        "kapso_api", "https://api.kapso.ai", line, "where the deliveries and messages of Kapso are asked for"
    )
    kapso_number: str = free(
        "kapso_number", "", line, "Kapso's id of the bot's phone number (`phone_number_id`); empty for all"
    )
    own_format: str = same_as("own_format")
    own_format_time: str = same_as("own_format_time")
