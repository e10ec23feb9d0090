"""The criteria: each a limit on one number, one small function each, in one ordered list."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from logparse.evidence.examine import coverage
from logparse.evidence.word_findings import DOUBTED
from logparse.judging.facts import EVIDENCE_FIRST, Facts
from logparse.judging.rates import (
    LOOK_AT_ERRORS,
    error_rate,
    fallback_replies,
    response_time,
    send_failures,
    success_rate,
)
from logparse.judging.response_quality import response_quality
from logparse.judging.stretches import answering, silence
from logparse.outcome import Outcome, worst
from logparse.text.wording import plural
from logparse.values.criteria import CRITERIA, CRITICAL_ERRORS, DELIVERY_FAILURES, EVIDENCE, SIGNATURE_FAILURES
from logparse.values.criterion import Basis
from logparse.values.judgement import Judgement, unjudged
from logparse.values.schedule import subtract


def evidence(facts: Facts) -> Judgement:
    """Judges whether every due window was really and wholly collected."""
    findings = facts.evidence.findings
    outcome = worst(finding.outcome for finding in findings)
    weighty = [finding for finding in findings if finding.outcome is outcome]
    others = [finding for finding in findings if finding.outcome is not outcome]
    reason = "; ".join(finding.reason for finding in weighty + others) or "every due window was collected wholly"
    judged = len(facts.windows)
    return replace(
        unjudged(EVIDENCE),
        outcome=outcome,
        reason=reason,
        value=facts.evidence.hours_read,
        limit=facts.evidence.judged.length.total_seconds() / 3600,
        count=judged - len(facts.evidence.unjudged),
        of=judged,
        mend=next((finding.mend for finding in weighty if finding.mend), ""),
    )


def signature_failures(facts: Facts) -> Judgement:
    """Judges that no webhook had an invalid signature, and that signatures were checked at all."""
    metrics, limit = facts.metrics, facts.limits.signature_failures
    judgement = replace(
        unjudged(SIGNATURE_FAILURES),
        outcome=Outcome.PASS,
        reason=f"{plural(metrics.signature_failures, 'failure')}, {metrics.signatures_verified:,} verified",
        value=metrics.signature_failures,
        limit=limit,
        count=metrics.signature_failures,
        of=metrics.signature_failures + metrics.signatures_verified,
    )
    if not facts.settings.verifies_signatures:
        reason = "signature_verification = none: this bot verifies no signatures"
        return replace(judgement, outcome=Outcome.NOT_MEASURED, reason=reason)
    if metrics.signature_failures > limit:
        advice = "compare the webhook secret of the provider with that of the bot; look for requests of strangers"
        return replace(judgement, outcome=Outcome.FAIL, reason=f"{judgement.reason}; limit {limit}; {advice}")
    if not metrics.signatures_verified:
        return replace(
            judgement,
            outcome=Outcome.NOT_JUDGED,
            reason="no signature was ever verified: nothing was checked",
            mend="switch signature verification on; a bot that does not verify sets signature_verification = none",
        )
    return judgement


def critical_errors(facts: Facts) -> Judgement:
    """Judges that the function never crashed, timed out, or lost an exception."""
    found, limit = facts.metrics.critical_errors, facts.limits.critical_errors
    return replace(
        unjudged(CRITICAL_ERRORS),
        outcome=Outcome.FAIL if found > limit else Outcome.PASS,
        reason=f"{plural(found, 'critical error')}, limit {limit}{coverage(facts.evidence)}"
        + (f"; {LOOK_AT_ERRORS}" if found > limit else ""),
        value=found,
        limit=limit,
        count=found,
    )


def delivery_failures(facts: Facts) -> Judgement:
    """Judges that no delivery was refused with an HTTP error, or failed according to the provider's list."""
    found, limit = facts.metrics.delivery_failures, facts.limits.delivery_failures
    told = facts.case.witness.failures(facts.evidence.judged)
    # Both count the same deliveries, so their numbers are not added.
    worst_count = max(found, told.total())
    judgement = replace(
        unjudged(DELIVERY_FAILURES),
        outcome=Outcome.PASS,
        reason=f"{plural(found, 'delivery', 'deliveries')} answered with HTTP 400 or more, limit {limit}"
        + _as_witnessed(told),
        value=worst_count,
        limit=limit,
        count=worst_count,
    )
    if worst_count > limit:
        return replace(judgement, outcome=Outcome.FAIL, reason=f"{judgement.reason}; look at those requests' status")
    files = facts.with_records
    without = sum(not (each.format and each.format.carries_status) for each in files)
    if without == len(files):
        return _without_status(judgement, facts)
    if not facts.metrics.webhook_statuses:
        seen = "deliveries were seen, but no request" if facts.metrics.deliveries else "no request was seen"
        return replace(
            judgement,
            outcome=Outcome.NOT_JUDGED,
            value=None,
            count=None,
            reason=f"{seen} on the webhook path with a known HTTP status",
            mend="compare the settings webhook_path and webhook_method with the paths in the logs",
        )
    if facts.metrics.webhook_statuses_unknown:
        unknown = plural(facts.metrics.webhook_statuses_unknown, "row")
        reason = f"{judgement.reason}; of {unknown} on the webhook path the status is not known"
        return replace(judgement, outcome=Outcome.WARN, reason=reason)
    if without:
        reason = f"{judgement.reason}; {without} of {plural(len(files), 'file')} do not carry the HTTP status"
        return replace(judgement, outcome=Outcome.WARN, reason=reason)
    return judgement


def _as_witnessed(told: Counter[str]) -> str:
    if not told:
        return ""
    ((why, _),) = told.most_common(1)
    return f"; by the provider's list {plural(told.total(), 'delivery', 'deliveries')} failed (most often: {why})"


def _without_status(judgement: Judgement, facts: Facts) -> Judgement:
    """Judges deliveries without statuses in the logs: by the provider's list, as far as there is one."""
    reason = "this log format does not carry the HTTP status"
    if not facts.case.witness.deliveries and not facts.case.witness_proof.covered:
        return replace(judgement, outcome=Outcome.NOT_MEASURED, required=False, value=None, count=None, reason=reason)
    reason = f"{reason}; by the provider's list {judgement.count:,} deliveries failed, limit {judgement.limit}"
    if any(subtract(facts.evidence.seen, facts.case.witness_proof.covered)):
        reason = f"{reason}; the list is not proven whole for the judged time"
        return replace(judgement, outcome=Outcome.WARN, reason=reason)
    return replace(judgement, reason=reason)


JUDGES: Mapping[str, Callable[[Facts], Judgement]] = {
    judge.__name__: judge
    for judge in (
        *(evidence, success_rate, signature_failures, response_time, error_rate, critical_errors, silence, answering),
        *(delivery_failures, send_failures, fallback_replies, response_quality),
    )
}
"""The function that judges each criterion, which has its name."""


def judge(facts: Facts) -> tuple[Judgement, ...]:
    """Judges every criterion, in order. Without records, no number counts as a good one."""
    judgements = tuple(JUDGES[criterion.name](facts) for criterion in CRITERIA)
    if facts.evidence.doubt:
        judgements = tuple(one if _needs_no_words(one, facts) else _doubted(one) for one in judgements)
    if facts.metrics.records > facts.metrics.left_out:
        return judgements
    reason = "all records are of other environments" if facts.metrics.records else "nothing was read"
    return tuple(one if _stands_alone(one, facts) else _unread(one, reason) for one in judgements)


def _needs_no_words(judgement: Judgement, facts: Facts) -> bool:
    """Tells whether a judgement holds if the bot's words are unknown: a good one, or one that does not depend on words.

    The latter rest on a status, the runtime itself, the provider's list, or people.
    """
    by_words = judgement.criterion.basis in (Basis.WORDS, Basis.SILENCE)
    if judgement.outcome not in (Outcome.FAIL, Outcome.NOT_JUDGED) or not by_words:
        return True
    # The status 401 proves signature failures without words.
    return judgement.criterion is SIGNATURE_FAILURES and facts.metrics.unauthorized > facts.limits.signature_failures


def _doubted(judgement: Judgement) -> Judgement:
    return replace(judgement, outcome=Outcome.NOT_JUDGED, reason=DOUBTED, mend=EVIDENCE_FIRST)


def _stands_alone(judgement: Judgement, facts: Facts) -> bool:
    """Tells whether a judgement holds without any record.

    The provider's list can prove failed deliveries, and manifests can prove silence.
    """
    basis, failed = judgement.criterion.basis, judgement.outcome is Outcome.FAIL
    if basis is Basis.SILENCE:
        return failed and not facts.metrics.records
    return basis is Basis.NO_RECORD or (basis is Basis.PROVIDER and failed)


def _unread(judgement: Judgement, reason: str) -> Judgement:
    return replace(
        judgement,
        outcome=Outcome.NOT_JUDGED,
        reason=reason,
        mend=EVIDENCE_FIRST,
        value=None,
        count=None,
        of=None,
        interval=None,
    )
