"""Secrets: taken from the environment alone, shown nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from logparse.errors import UsageProblem
from logparse.text.masking import MASK


@dataclass(frozen=True)
class Secret:
    """A secret, the variable that it came from, and what to do where it is not accepted; its value is never shown."""

    variable: str
    mend: str
    value: str = field(repr=False, default="")

    def masked(self, text: str) -> str:
        """A text of others, in which the secret may stand, without it."""
        return text.replace(self.value, MASK) if self.value else text


def secret_of(environment: Mapping[str, str], variable: str, mend: str) -> Secret:
    """The secret of a variable; UsageProblem where it is not set, or cannot be one."""
    value = environment.get(variable, "").strip()
    if not value:
        raise UsageProblem(f"{variable} is not set; {mend}")
    # A header that cannot be sent would be told with its value.
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise UsageProblem(f"{variable} holds spaces or other signs that no token has; {mend}")
    return Secret(variable, mend, value)
