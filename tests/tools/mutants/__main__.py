"""``python -m tests.tools.mutants``: makes mutants, runs the tests against them, and writes the page of them."""

import argparse
import os
import sys
import time
from collections import Counter

from tests.tools.mutants.mutant import mutants_of
from tests.tools.mutants.page import PAGE, page, shown
from tests.tools.mutants.runs import Ended, Fate, run, time_of_sound_run
from tests.tools.mutants.subjects import ROOT, SUBJECTS
from tests.tools.mutants.survivors import explanation_of, read_explanations


def main() -> int:
    """Runs all that was asked for; exit code 1 where a survivor has no explanation."""
    names = [subject.name for subject in SUBJECTS]
    parser = argparse.ArgumentParser(prog="python -m tests.tools.mutants", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help=f"one of {', '.join(names)}; all, where none is named"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many run at once")
    asked = parser.parse_args()
    if unknown := set(asked.modules) - set(names):
        parser.error(f"no such module: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    chosen = [subject for subject in SUBJECTS if not asked.modules or subject.name in asked.modules]

    begun, explanations = time.monotonic(), read_explanations()
    ended: list[Ended] = []
    for subject in chosen:
        sound = time_of_sound_run(subject)
        mutants = mutants_of(subject)
        print(f"{subject.name}: {len(mutants)} mutants", flush=True)
        found = run(subject, mutants, asked.jobs, 15 + 10 * sound)
        ended += found
        fates = Counter(one.fate for one in found)
        print(f"{subject.name}: {', '.join(f'{fates[fate]} {fate}' for fate in Fate)}", flush=True)
        for one in found:
            if one.fate is Fate.SURVIVED:
                print(shown(one.mutant, explanation_of(one.mutant, explanations)), flush=True)
    print(f"took {time.monotonic() - begun:.0f} s")
    if not asked.modules:
        PAGE.write_text(page(ended, explanations), "utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    unexplained = [one for one in ended if one.fate is Fate.SURVIVED and not explanation_of(one.mutant, explanations)]
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
