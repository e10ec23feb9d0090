"""Secrets: read from the environment only, never shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from logparse.errors import UsageProblem
from logparse.text.masking import MASK


@dataclass(frozen=True)
class Secret:
    """A secret, its variable, and what to do if it is refused; its value is never shown."""

    variable: str
    mend: str
    value: str = field(repr=False, default="")

    def masked(self, text: str) -> str:
        """Returns a foreign text with the secret masked."""
        return text.replace(self.value, MASK) if self.value else text


def secret_of(environment: Mapping[str, str], variable: str, mend: str) -> Secret:
    """Reads the secret from a variable; raises UsageProblem if it is not set or holds signs that no token has."""
    value = environment.get(variable, "").strip()
    if not value:
        raise UsageProblem(f"{variable} is not set; {mend}")
    # An error about an invalid header would show its value.
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise UsageProblem(f"{variable} holds spaces or other signs that no token has; {mend}")
    return Secret(variable, mend, value)
