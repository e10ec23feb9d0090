"""Bad inputs, each as data: what it is, how it is made, and what a run must answer.

``python -m tests.unit.bad_inputs`` runs them all and writes docs/bad-inputs.md.
"""

from tests.unit.bad_inputs.case import Case
from tests.unit.bad_inputs.documents import DOCUMENTS
from tests.unit.bad_inputs.logs import LOGS
from tests.unit.bad_inputs.options import OPTIONS
from tests.unit.bad_inputs.places import PLACES
from tests.unit.bad_inputs.rows import ROWS
from tests.unit.bad_inputs.settings import SETTINGS
from tests.unit.bad_inputs.waivers import WAIVERS

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
