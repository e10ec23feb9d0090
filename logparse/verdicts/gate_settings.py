"""The check of a soak's settings by a gate: it names those that differ, and refuses loosened ones."""

from collections.abc import Mapping
from typing import Any

from logparse.settings.checked import DEFAULTS
from logparse.settings.declared import Role
from logparse.settings.directions import differs_as_shown, is_limit, loosened, role_of
from logparse.text.masking import MASK, READ
from logparse.values.course import Origin
from logparse.verdicts.told import Untold, key_of, objects_of

NAMED = 12
"""The most facts that are named one by one; a bot with its own words has about as many patterns."""

DEFAULTS_AGAIN = "judge the soak without it, or ask the gate with --allow-changed-limits"
INTO_THE_FILE = "write it into pytest.ini, where it can be reviewed, and judge the soak again without the other place"


def texts_of(document: Mapping[str, Any]) -> Mapping[str, str]:
    """Returns the settings of a verdict by name; raises Untold if they are not exactly those of this version."""
    settings = objects_of(document, "settings")
    texts = {key_of(one, "name", str): key_of(one, "value", str) for one in settings}
    if missing := [name for name in DEFAULTS if name not in texts]:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise Untold(f"the verdict does not tell its setting {missing[0]}{more}")
    if len(settings) != len(DEFAULTS):
        raise Untold("the verdict tells settings that are unknown here, or one of them twice")
    return texts


def checked_settings(document: Mapping[str, Any], *, allow_changed_limits: bool) -> str:
    """Describes the settings behind READY that differ from their defaults; empty if none does.

    Raises Untold for a loosened limit, wherever it was set, and for a fact about the bot that no file holds.
    """
    texts_of(document)
    limits, facts = [], []
    for one in objects_of(document, "settings"):
        name, text, origin = one["name"], one["value"], _origin(one)
        if is_limit(name) and differs_as_shown(name, text):
            limits.append(_limit(name, text, origin, allow_changed_limits=allow_changed_limits))
        elif role_of(name) is Role.FACT and (key_of(one, "changed", bool) or _says_otherwise(name, text)):
            if origin is not Origin.FILE:
                raise Untold(
                    f"the fact {name} about the bot came from the {origin}, and not from a file", INTO_THE_FILE
                )
            facts.append(name)
    told = [f"changed limits: {', '.join(limits)}"] if limits else []
    more = f" and {len(facts) - NAMED} more" if len(facts) > NAMED else ""
    told += [f"facts about the bot from the file: {', '.join(facts[:NAMED])}{more}"] if facts else []
    return "".join(f"; {one}" for one in told)


def _says_otherwise(name: str, text: str) -> bool:
    """Tells whether the text of a fact differs from its default, unless a mask or a cut makes that unknown."""
    return MASK not in text and len(DEFAULTS[name]) < READ and differs_as_shown(name, text)


def _limit(name: str, text: str, origin: Origin, *, allow_changed_limits: bool) -> str:
    """Describes a limit that differs; raises Untold if it was loosened, and that is not allowed."""
    loose = loosened(name, text)
    about = f"default {_shown(DEFAULTS[name])}, from the {origin}"
    if loose and not allow_changed_limits:
        raise Untold(f"the limit {name} was loosened: {_shown(text)} ({about})", DEFAULTS_AGAIN)
    return f"{name} {_shown(text)} ({about}, {'loosened' if loose else 'stricter'})"


def _shown(text: str) -> str:
    return ", ".join(line.strip() for line in text.splitlines() if line.strip())[:80] or "none"


def _origin(setting: Mapping[str, Any]) -> Origin:
    try:
        return Origin(key_of(setting, "from", str))
    except ValueError:
        raise Untold(f"nobody knows where the setting {setting['name']} came from") from None
