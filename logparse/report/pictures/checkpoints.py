"""The series of checkpoints: each criterion at each hour, as a heat map."""

from logparse.outcome import Outcome, State
from logparse.report.figures import MARKS, STATE_MARKS
from logparse.report.pictures.drawing import box, described, draw, picture
from logparse.report.pictures.picture import Picture
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict

LABELS, CELL, ROW, HEAD = 150, 48, 30, 26


def draw_checkpoints(verdict: Verdict) -> Picture | None:
    """Draws the outcome of each criterion at each checkpoint up to this one, and the verdict; None at hour 0."""
    found = {checkpoint.hour: checkpoint for checkpoint in verdict.checkpoints}
    if not found:
        return None
    verdicts = [_verdict_cell(found[hour].verdict) if hour in found else _begun(hour) for hour in CHECKPOINTS]
    rows = [("Verdict", verdicts)]
    for judgement in verdict.criteria:
        outcomes = [found[hour].outcomes.get(judgement.name) if hour in found else None for hour in CHECKPOINTS]
        rows.append((judgement.title, [_cell(outcome) for outcome in outcomes]))
    root = picture(LABELS + CELL * len(CHECKPOINTS), HEAD + ROW * len(rows), "chart heat-map")
    for at, hour in enumerate(CHECKPOINTS):
        x = LABELS + (at + 0.5) * CELL
        draw(root, "text", "head", text=f"{hour} h", x=x, y=17, text_anchor="middle")
    for line, (name, cells) in enumerate(rows):
        top = HEAD + line * ROW
        draw(root, "text", "name", text=name, x=LABELS - 10, y=top + 20, text_anchor="end")
        for at, (css, sign, words) in enumerate(cells):
            said = f"{name}, hour {CHECKPOINTS[at]}: {words}"
            group = draw(root, "g", f"cell {css}", said)
            box(group, "", (LABELS + at * CELL + 1, top + 1, CELL - 2, ROW - 2), round=3)
            draw(group, "text", text=sign, x=LABELS + (at + 0.5) * CELL, y=top + 20, text_anchor="middle")
    title = "Checkpoints"
    told = ", ".join(f"{checkpoint.hour} h {checkpoint.verdict}" for checkpoint in verdict.checkpoints)
    says = (
        "Each criterion at each checkpoint, judged from the start to that hour by the logs of this run. "
        f"The verdict: {told}."
    )
    return Picture(
        anchor="checkpoints",
        title=title,
        says=says,
        svg=described(root, "checkpoints", title, says),
        legend=tuple((f"cell {_css(outcome)}", f"{MARKS[outcome]} {outcome}") for outcome in Outcome),
        heads=("Criterion", *(f"Hour {hour}" for hour in CHECKPOINTS)),
        rows=tuple((name, *(words for _, _, words in cells)) for name, cells in rows),
    )


def _cell(outcome: Outcome | None) -> tuple[str, str, str]:
    return (_css(outcome), MARKS[outcome], str(outcome)) if outcome else ("none", "", "not due")


def _verdict_cell(state: State) -> tuple[str, str, str]:
    css = {State.READY: "pass", State.NOT_READY: "fail", State.NOT_JUDGED: "not-judged"}[state]
    return f"{css} verdict-cell", STATE_MARKS[state], str(state)


def _begun(hour: int) -> tuple[str, str, str]:
    return ("none", "", "not due") if hour else ("none", STATE_MARKS[State.STARTED], str(State.STARTED))


def _css(outcome: Outcome) -> str:
    return str(outcome).lower().replace(" ", "-")
