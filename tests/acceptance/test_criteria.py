"""The criteria of a production-ready bot: one test a criterion, its docstring the rule in one sentence.

The verdict stands before the first of them runs: selecting tests changes what is shown, never what is concluded.
"""

from collections.abc import Callable

Judged = Callable[[str], None]


def test_evidence(judged: Judged) -> None:
    """Every due window was really and wholly collected."""
    judged("evidence")


def test_success_rate(judged: Judged) -> None:
    """At least 95 % of the deliveries were processed."""
    judged("success_rate")


def test_signature_failures(judged: Judged) -> None:
    """No webhook came with a signature that did not hold, and signatures were verified at all."""
    judged("signature_failures")


def test_response_time(judged: Judged) -> None:
    """The bot answers in under 10 s on average."""
    judged("response_time")


def test_error_rate(judged: Judged) -> None:
    """The errors stay under 5 % of the deliveries."""
    judged("error_rate")


def test_critical_errors(judged: Judged) -> None:
    """The function never crashed, timed out, or lost an exception."""
    judged("critical_errors")


def test_silence(judged: Judged) -> None:
    """Deliveries never stayed away for over 1 h while other records went on."""
    judged("silence")


def test_answering(judged: Judged) -> None:
    """Users were never left without any answer for over 10 minutes with at least 3 deliveries."""
    judged("answering")


def test_delivery_failures(judged: Judged) -> None:
    """No delivery was answered with HTTP 400 or more."""
    judged("delivery_failures")


def test_send_failures(judged: Judged) -> None:
    """At most 5 % of the replies could not be handed to the provider, or it is worth a look."""
    judged("send_failures")


def test_fallback_replies(judged: Judged) -> None:
    """At most 5 % of the replies were the fallback text, or it is worth a look."""
    judged("fallback_replies")


def test_response_quality(judged: Judged) -> None:
    """People rated the answers as appropriate."""
    judged("response_quality")
