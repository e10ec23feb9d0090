"""Lines that call the bot production-ready while the verdict is another."""

import re

from logparse.monitoring_log.filled import HowFilled, filled
from logparse.monitoring_log.layout import CONCLUSION, FINAL_HOUR
from logparse.monitoring_log.markdown.document import parse
from logparse.monitoring_log.markdown.lines import Line, split
from logparse.monitoring_log.sections.conclusion import production_ready_line
from logparse.outcome import State
from logparse.text.markdown import NARROW
from logparse.verdicts.verdict import Verdict

# NOTE: without the no-break space, which is put into quoted log text so that it is no claim; people's text has the
# narrow one.
_CLAIM = re.compile(
    rf"production[ _-]?ready[ \t*_]{{0,4}}[:=][ {NARROW}\t*_]{{0,4}}(?P<answer>yes|no)\b", re.IGNORECASE
)

REWORD = f"remove or reword it: only the line that hour {FINAL_HOUR} writes under '{CONCLUSION}' counts"

AGAIN = f"an earlier run of hour {FINAL_HOUR} wrote it: pytest --hour={FINAL_HOUR} puts it right"


def claims(text: str, verdict: Verdict) -> tuple[str, ...]:
    """Returns one warning for each line that contradicts the verdict on whether the bot is production-ready.

    ``text`` is the result of ``update``. If an earlier hour is run again, the line that hour 24 wrote in the Conclusion
    is no contradiction, unless the soak is NOT READY now.
    """
    document = parse(text)
    written = None if filled(document, FINAL_HOUR) is HowFilled.NO else production_ready_line(document)
    own = None if verdict.final or verdict.state is State.NOT_READY else written
    ready = verdict.production_ready
    warnings = []
    for line in split(text):
        answer = _answer(line)
        if answer is None or answer == ready or line.number == own:
            continue
        said = "" if answer else "not "
        mend = AGAIN if line.number == written else REWORD
        warnings.append(
            f"line {line.number} calls the bot {said}production-ready, but the verdict is {verdict.title}; {mend}"
        )
    return tuple(warnings)


def _answer(line: Line) -> bool | None:
    """Reads whether a line calls the bot ready; None if it does not mention it."""
    answers = {match["answer"].lower() for match in _CLAIM.finditer(line.text)}
    return None if not answers else "yes" in answers
