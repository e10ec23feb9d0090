"""The origin of each setting's value: its default, the file, the command line or the environment."""

from collections.abc import Iterable, Mapping, Sequence

from logparse.values.course import Origin


def origins_of(
    names: Iterable[str], overridden: Sequence[tuple[Origin, Sequence[str]]], file: Origin = Origin.FILE
) -> Mapping[str, Origin]:
    """Returns the origin of each setting that was written anywhere, by its name.

    ``overridden``: NAME=VALUE texts that override the file, by their origin, the strongest last; ``file``: the origin
    of the file, which may itself have been replaced.
    """
    found = dict.fromkeys(names, file)
    for origin, overrides in overridden:
        for override in overrides:
            name = override.partition("=")[0].strip()
            if name in found:
                found[name] = origin
    return found
