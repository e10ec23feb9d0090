"""Decides from 24 hours of a chat bot's collected logs whether the bot is production-ready.

The way of the data, one direction, a module a stage:

    files, reading      the log files: found, recognised, read once; what is wrong with each
    formats             one module a log format: a SELECT from lines to records
    records, events     what a record is (the contract), and what it means by the bot's patterns
    counting, tally     lines -> records -> events -> tally, as one DuckDB query
    once, merge, cache  records that were fetched twice count once; tallies add up, and are kept
    numbers, timeline   from the tally to metrics and to stretches of time
    evidence            was each window really and wholly collected?
    facts, criteria     limits on numbers, one small function each; rates, stretches: those that share their ways
    red_flags           what to look at beside the verdict; contacts, locate: whom it touched, where it stands
    verdict             what was concluded, one frozen object
    monitoring_log      MONITORING-LOG.md, text to text
    report              the HTML report, the terminal, SUMMARY.md
    judge, conclude     all of it in order: from the places of the logs to the verdict
    options, run        what was asked for, what is checked before anything is read, and what is written at the end
    plugin              pytest's options and hooks; the only module that knows pytest

Leaves that the stages share: errors, outcome, schedule, setting_table, settings, patterns, metrics, flags, judgement,
masking, wording, atomic.

As a library: ``logparse.judge.judge(Request(...), logparse.settings.parse())`` gives a ``Verdict``.
"""

from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State

__all__ = ["Outcome", "State", "UsageProblem"]
