"""The limits for the bot's answers: which kinds of finding fail, and the word lists that some are found by."""

from collections.abc import Mapping
from fractions import Fraction

from logparse.settings.declared import Role, fact, same_as, setting, settings_group
from logparse.settings.kinds import lines, rates
from logparse.tables import table
from logparse.values.suspicions import SuspicionKind


@settings_group
class QualityLimits:
    """The settings of findings; both word lists are compared without case and punctuation."""

    fail_above: Mapping[SuspicionKind, Fraction] = setting(
        "quality_fail",
        "",
        rates,
        Role.RATES,
        "findings in [transcripts](docs/transcripts.md) that fail response quality, and above what percent of those"
        " that were looked at, like `repeated_reply: 5`, one a line; others only warn. What is limited here and could"
        " not be looked for is NOT JUDGED",
    )
    greetings: tuple[str, ...] = fact(
        "quality_greetings",
        "\n".join(table("settings/quality")["greetings"]),
        lines,
        "words that a reply begins with where it greets, one a line; case, accents and signs make no difference",
    )
    fallbacks: tuple[str, ...] = fact(
        "quality_fallbacks",
        "\n".join(table("settings/quality")["fallbacks"]),
        lines,
        "words of the texts that stand in for an answer, one a line, found anywhere in a reply",
    )
    unanswered_minutes: Fraction = same_as("answering_limit")
