"""Where the value of each setting came from: its default, the file, the command line or the environment."""

from collections.abc import Iterable, Mapping, Sequence

from logparse.values.course import Origin


def origins_of(
    names: Iterable[str], overridden: Sequence[tuple[Origin, Sequence[str]]], file: Origin = Origin.FILE
) -> Mapping[str, Origin]:
    """The origin of each setting that was written anywhere, by its name.

    ``overridden``: what stands as NAME=VALUE in place of the file, of each place where it does, the last word last;
    ``file``: what the file counts as, for somebody may have put another one in its place.
    """
    found = dict.fromkeys(names, file)
    for origin, overrides in overridden:
        for override in overrides:
            name = override.partition("=")[0].strip()
            if name in found:
                found[name] = origin
    return found
