"""Decides from 24 hours of a chat bot's collected logs whether the bot is production-ready.

The way of the data, one direction, a package a stage; the table of all modules is in docs/architecture.md:

    storage             where the logs lie: places, files, what lies beside them
    formats             one module a log format: a SELECT from lines to records
    counting            lines -> records -> events -> tally -> numbers, in SQL; tallies are kept
    reading             each log file: what it is, what is wrong with it; one tally of all
    evidence            was each window really and wholly collected?
    judging             limits on numbers, one small function each; red flags; what would change the verdict
    verdicts            what was concluded, one frozen object; history, trend, gate
    monitoring_log      MONITORING-LOG.md, text to text
    report              the HTML report, the terminal, SUMMARY.md

In order, and around it:

    conclude, judge     all of it: from the places of the logs to the verdict
    tallying            the same as far as the numbers, without judging
    options, run        what was asked for, what is checked before anything is read, and what is written at the end
    plugin, soak_run    pytest's options and hooks; the only modules that know pytest
    __main__, commands  the command line

Beside it: transcripts and quality, what was said and whether the answers are good; review, where people rate them;
collect, which fetches logs; cluster, which counts on many machines.

What all stages share: errors, outcome, values, text, settings.

As a library: ``judge.judge(Request(Sought(...), ...), settings.checked.parse())`` gives a ``Verdict``; a ``Request``
is one of ``evidence/case.py``.
"""

from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State

__all__ = ["Outcome", "State", "UsageProblem"]
