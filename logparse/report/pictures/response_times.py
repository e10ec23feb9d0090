"""The distribution of response times as bars; those over the limit stand out."""

from logparse.report.pictures.chart import Canvas, bars, round_steps, still
from logparse.report.pictures.drawing import draw
from logparse.report.pictures.picture import Picture
from logparse.text.wording import percent, plural
from logparse.values.course import Bar
from logparse.verdicts.verdict import Verdict


def draw_distribution(verdict: Verdict, limit: float | None) -> Picture | None:
    """Draws the distribution of the response times; None without a reply."""
    found = verdict.response_times
    total = sum(bar.count for bar in found)
    if not total:
        return None
    limit_ms = None if limit is None else 1000 * limit
    slow = [limit_ms is not None and bar.from_ms >= limit_ms for bar in found]
    steps = [(step, f"{step:,.0f}") for step in round_steps(max(2, *(bar.count for bar in found)))]
    chart = bars([_range(bar) for bar in found], steps)
    chart.add("under the limit", [None if over else bar.count for bar, over in zip(found, slow, strict=True)])
    chart.add("over the limit", [bar.count if over else None for bar, over in zip(found, slow, strict=True)])
    over_limit = sum(bar.count for bar, over in zip(found, slow, strict=True) if over)

    def add(canvas: Canvas) -> None:
        for at, bar in enumerate(found):
            said = f"{_range(bar)}: {plural(bar.count, 'reply', 'replies')} ({percent(100 * bar.count / total)})"
            canvas.column(at / len(found), (at + 1) / len(found), "hit", said)
            x, y = canvas.x((at + 0.5) / len(found)), canvas.y(bar.count) - 6
            draw(canvas.plot, "text", "value", text=f"{bar.count:,}", x=x, y=y, text_anchor="middle")
        if any(slow):
            left = canvas.x(slow.index(True) / len(found))
            draw(canvas.plot, "path", "limit", d=f"M{left:.1f} {canvas.top:.1f}v{canvas.height:.1f}")
            draw(canvas.plot, "text", "limit-words", text=f"limit {limit:g} s", x=left + 5, y=canvas.top + 12)

    title = "Distribution of the response times"
    says = f"How long {plural(total, 'reply', 'replies')} took; {over_limit:,} took longer than the limit of the mean."
    return Picture(
        anchor="response-times",
        title=title,
        says=says,
        svg=still(chart, "response-times", title, f"{says} Edges are told to 1 %.", add),
        legend=(("area one", "replies"), ("area over", "replies over the limit"), ("line limit", "limit of the mean")),
        heads=("Response time", "Replies", "Share"),
        rows=tuple((_range(bar), f"{bar.count:,}", percent(100 * bar.count / total)) for bar in found),
    )


def _range(bar: Bar) -> str:
    if bar.to_ms is None:
        return f"{bar.from_ms / 1000:g} s and more"
    if not bar.from_ms:
        return f"under {bar.to_ms / 1000:g} s"
    return f"{bar.from_ms / 1000:g}–{bar.to_ms / 1000:g} s"
