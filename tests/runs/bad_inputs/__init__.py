"""Bad inputs, each as data: what it is, how it is made, and what a run must answer.

``python -m tests.runs.bad_inputs`` runs them all and writes tests/runs/bad_inputs/README.md.
"""

from tests.runs.bad_inputs.case import Case
from tests.runs.bad_inputs.documents import DOCUMENTS
from tests.runs.bad_inputs.logs import LOGS
from tests.runs.bad_inputs.options import OPTIONS
from tests.runs.bad_inputs.places import PLACES
from tests.runs.bad_inputs.rows import ROWS
from tests.runs.bad_inputs.settings import SETTINGS
from tests.runs.bad_inputs.waivers import WAIVERS

SECTIONS: dict[str, tuple[Case, ...]] = {
    "Options": OPTIONS,
    "Settings": SETTINGS,
    "Places": PLACES,
    "Documents": DOCUMENTS,
    "Waivers and baselines": WAIVERS,
    "Files that hold no logs": LOGS,
    "Logs that are damaged or not all": ROWS,
}

CASES = [case for cases in SECTIONS.values() for case in cases]
