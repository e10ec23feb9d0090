"""Decides from 24 hours of a chat bot's collected logs whether the bot is production-ready.

Data flows in one direction, a package a stage; the table of all modules is in docs/architecture.md:

    storage             where the logs are: places, files, what is beside them
    formats             one module a log format: a SELECT from lines to records
    counting            lines -> records -> events -> tally -> numbers, in SQL; tallies are kept
    reading             each log file: its format and its problems; one tally of all
    evidence            was each window really and completely collected?
    judging             limits on numbers, one small function each; red flags; what would change the verdict
    verdicts            the result, one frozen object; history, trend, gate
    monitoring_log      MONITORING-LOG.md, text to text
    report              the HTML report, the terminal, SUMMARY.md

In order, and around it:

    conclude, judge     all of it: from the places of the logs to the verdict
    tallying            the same as far as the numbers, without judging
    options, run        the options of a run, the checks before anything is read, and the outputs at the end
    plugin, soak_run    pytest's options and hooks; with invocation the only modules that know pytest
    __main__, commands  the command line

Beside it: transcripts and quality, what was said and whether the answers are good; review, where people rate them;
collect, which fetches logs; cluster, which counts on many machines.

Shared by all stages: errors, outcome, values, text, settings.

As a library: ``judge.judge(Request(Sought(...), ...), settings.checked.parse())`` gives a ``Verdict``; a ``Request``
is one of ``evidence/case.py``.
"""

from logparse.errors import UsageProblem
from logparse.outcome import Outcome, State

__all__ = ["Outcome", "State", "UsageProblem"]
