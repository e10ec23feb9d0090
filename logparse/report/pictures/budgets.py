"""The error budgets: how many failures are allowed, used and left."""

from logparse.report.pictures.drawing import box, described, draw, picture
from logparse.report.pictures.picture import Picture
from logparse.text.wording import percent
from logparse.values.course import Budget
from logparse.verdicts.verdict import Verdict

LABELS, TRACK, SAID, ROW = 150, 210, 180, 34


def draw_budgets(verdict: Verdict) -> Picture | None:
    """Draws a bar for each budget; None if nothing was counted."""
    titles = {judgement.name: judgement.title for judgement in verdict.criteria}
    found = [(titles[budget.criterion], budget) for budget in verdict.budgets if budget.criterion in titles]
    if not found:
        return None
    root = picture(LABELS + TRACK + SAID, ROW * len(found) + 4, "chart budgets")
    for line, (name, budget) in enumerate(found):
        top = 6 + line * ROW
        group = draw(root, "g", "overdrawn" if budget.left < 0 else "budget", f"{name}: {_told(budget)}")
        draw(group, "text", "name", text=name, x=LABELS - 10, y=top + 16, text_anchor="end")
        box(group, "allowed", (LABELS, top, TRACK, ROW - 12), round=3)
        box(group, "used", (LABELS, top, TRACK * _share(budget), ROW - 12), round=3)
        draw(group, "text", "said", text=_short(budget), x=LABELS + TRACK + 10, y=top + 16)
    title = "Error budget"
    says = "The failures that are allowed at the traffic so far: " + "; ".join(
        f"{name.lower()} {_told(budget)}" for name, budget in found
    )
    return Picture(
        anchor="error-budget",
        title=title,
        says=f"{says}.",
        svg=described(root, "error-budget", title, says),
        legend=(("area used", "used"), ("area allowed", "left"), ("area overdrawn", "overdrawn")),
        heads=("Criterion", "Allowed", "Used", "Left"),
        rows=tuple((name, f"{one.allowed:,}", f"{one.used:,}", f"{one.left:,}") for name, one in found),
    )


def _share(budget: Budget) -> float:
    """Returns the used share of the bar; an overdrawn one is full."""
    if budget.left <= 0 and budget.used:
        return 1.0
    return budget.used / budget.allowed if budget.allowed > 0 else 0.0


def _short(budget: Budget) -> str:
    if budget.left < 0:
        return f"{budget.used:,} of {max(0, budget.allowed):,}: {-budget.left:,} too many"
    if not budget.allowed:
        return "0 of 0: none is allowed"
    return f"{budget.used:,} of {budget.allowed:,} used, {budget.left:,} left"


def _told(budget: Budget) -> str:
    share = f" ({percent(100 * budget.used / budget.allowed)})" if budget.allowed > 0 else ""
    return f"{budget.used:,} of {max(0, budget.allowed):,} used{share}"
