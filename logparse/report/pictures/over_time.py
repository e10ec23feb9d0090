"""The soak over its hours: the traffic in each quarter of an hour, and the response times."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import log10

from logparse.report.pictures.chart import Canvas, over_time, round_steps, still
from logparse.report.pictures.drawing import draw
from logparse.report.pictures.picture import Picture
from logparse.text.wording import duration, exact, plural, seconds
from logparse.values.course import SLOT, Slot
from logparse.values.flag_kinds import bands
from logparse.values.flags import Flag, Severity
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict

HOUR = timedelta(hours=1)
MOST_PINS = 60
"""The most red flags that are marked; the list below the pictures has all of them."""

_ROUND_SECONDS = tuple(float(f"{factor}e{power}") for power in range(-3, 7) for factor in (1, 2, 5))


def draw_traffic(verdict: Verdict) -> Picture:
    """Draws deliveries, processed and errors, with holes, silences, unanswered stretches, and red flags marked."""
    top = max(max(slot.deliveries, slot.processed, slot.errors) for slot in verdict.slots)
    steps = [(step, f"{step:,.0f}") for step in round_steps(max(2, top))]
    chart = over_time(_hours(verdict), steps, _last_hour(verdict), room_above=36)
    chart.add("deliveries", _stairs(verdict, lambda slot: slot.deliveries), fill=True)
    chart.add("processed", _stairs(verdict, lambda slot: slot.processed))
    chart.add("errors", _stairs(verdict, lambda slot: slot.errors), fill=True)

    def add(canvas: Canvas) -> None:
        _mark_stretches(canvas, verdict)
        _say_slots(canvas, verdict, _told_traffic)
        _pin_flags(canvas, verdict)

    title, says = "Deliveries, processed messages and errors", _traffic_in_words(verdict)
    return Picture(
        anchor="traffic",
        title=title,
        says=says,
        svg=still(chart, "traffic", title, says, add),
        legend=(
            ("area one", "deliveries"),
            ("line two", "processed"),
            ("area three", "errors"),
            ("area hole", "no log tells (hole)"),
            *((f"area {band.css}", band.legend) for _, band in bands()),
            ("sign critical", "◆ critical red flag"),
            ("sign warning", "▲ warning"),
        ),
        heads=("From (UTC)", "Deliveries", "Processed", "Errors", "Replies"),
        rows=tuple(
            (_clock(slot.start), f"{slot.deliveries:,}", f"{slot.processed:,}", f"{slot.errors:,}", f"{slot.replies:,}")
            for slot in verdict.slots
        ),
    )


def draw_response_time(verdict: Verdict, limit: float | None) -> Picture | None:
    """Draws median, 95th percentile and longest response time, with the limit of the mean; None without a reply."""
    told = [slot for slot in verdict.slots if slot.response_ms_p50 and slot.response_ms_max]
    if not told:
        return None
    times = [time / 1000 for slot in told for time in (slot.response_ms_p50, slot.response_ms_max) if time]
    times += [limit] if limit else []
    labels = _scale(min(times), max(times))
    chart = over_time(_hours(verdict), labels, _last_hour(verdict))
    chart.add("p95", _stairs(verdict, lambda slot: _power(slot.response_ms_p95)))
    chart.add("maximum", _stairs(verdict, lambda slot: _power(slot.response_ms_max)))
    chart.add("p50", _stairs(verdict, lambda slot: _power(slot.response_ms_p50)))

    def add(canvas: Canvas) -> None:
        _mark_stretches(canvas, verdict)
        if limit:
            canvas.level(log10(limit), "limit", f"limit of the mean: {limit:g} s")
        _say_slots(canvas, verdict, _told_times)

    metrics = verdict.metrics
    title = "Response time"
    says = (
        f"{plural(metrics.replies, 'reply', 'replies')}: median {_time(metrics.response_ms_p50)}, 95 % within "
        f"{_time(metrics.response_ms_p95)}, the longest {_time(metrics.response_ms_max)}; each step up the scale is "
        "about twice as long."
    )
    return Picture(
        anchor="response-time",
        title=title,
        says=says,
        svg=still(chart, "response-time", title, says, add),
        legend=(("line one", "median (p50)"), ("line two", "p95"), ("line three", "maximum"), ("line limit", "limit")),
        heads=("From (UTC)", "Replies", "p50", "p95", "Maximum"),
        rows=tuple(
            (
                _clock(slot.start),
                f"{slot.replies:,}",
                _time(slot.response_ms_p50),
                _time(slot.response_ms_p95),
                _time(slot.response_ms_max),
            )
            for slot in verdict.slots
        ),
    )


def _stairs(verdict: Verdict, of: Callable[[Slot], float | None]) -> list[tuple[float, float | None]]:
    """Returns the points of a step line over the slots; None interrupts the line."""
    points: list[tuple[float, float | None]] = []
    for slot in verdict.slots:
        start, end, value = _hour(verdict, slot.start), _hour(verdict, slot.end), of(slot)
        points += [(start, value), (end, value)]
    return points


def _mark_stretches(canvas: Canvas, verdict: Verdict) -> None:
    styles = {kind.label: band.css for kind, band in bands()}
    stretches = [(hole.start, hole.end, "hole", "no log tells of this time") for hole in verdict.holes]
    stretches += [
        (flag.first, flag.last, styles[flag.label], flag.label) for flag in verdict.flags if flag.label in styles
    ]
    for start, end, css, words in stretches[:MOST_PINS]:
        said = f"{words}: {exact(start)} to {exact(end)} ({duration(end - start)})"
        canvas.column(*_within(verdict, start, end), f"stretch {css}", said, behind=True)


def _say_slots(canvas: Canvas, verdict: Verdict, told: Callable[[Slot], str]) -> None:
    for slot in verdict.slots:
        canvas.column(_hour(verdict, slot.start), _hour(verdict, slot.end), "hit", told(slot))


def _pin_flags(canvas: Canvas, verdict: Verdict) -> None:
    """Draws a symbol above the plot where each flag begins; symbols that would overlap are stacked."""
    levels: list[float] = []
    for flag in sorted(verdict.flags[:MOST_PINS], key=lambda flag: flag.first):
        at = canvas.x(_within(verdict, flag.first, flag.last)[0])
        level = next((n for n, last in enumerate(levels) if at - last >= 13), len(levels))
        levels[level : level + 1] = [at]
        critical = flag.severity is Severity.CRITICAL
        css, sign = ("pin critical", "◆") if critical else ("pin warning", "▲")
        height = canvas.top - 4 - 11 * min(level, 2)
        draw(canvas.plot, "text", css, _told_flag(flag), x=at, y=height, text_anchor="middle")
        canvas.plot[-1].text = sign


def _told_flag(flag: Flag) -> str:
    records = f", {plural(flag.records, 'record')}" if flag.records else ""
    return f"{flag.label} ({flag.severity}): {exact(flag.first)} to {exact(flag.last)}{records}"


def _told_traffic(slot: Slot) -> str:
    deliveries = plural(slot.deliveries, "delivery", "deliveries")
    return f"{_span(slot)}: {deliveries}, {slot.processed:,} processed, {plural(slot.errors, 'error')}"


def _told_times(slot: Slot) -> str:
    if not slot.replies:
        return f"{_span(slot)}: no reply"
    times = f"p50 {_time(slot.response_ms_p50)}, p95 {_time(slot.response_ms_p95)}"
    return f"{_span(slot)}: {plural(slot.replies, 'reply', 'replies')}, {times}, maximum {_time(slot.response_ms_max)}"


def _traffic_in_words(verdict: Verdict) -> str:
    metrics, busiest = verdict.metrics, max(verdict.slots, key=lambda slot: slot.deliveries)
    says = (
        f"{plural(metrics.deliveries, 'delivery', 'deliveries')}, {metrics.processed:,} processed and "
        f"{plural(metrics.errors, 'error')} in {_last_hour(verdict):g} hours, in steps of a quarter of an hour; "
        f"at most {plural(busiest.deliveries, 'delivery', 'deliveries')} in one, at {busiest.start:%H:%M} UTC"
    )
    counts = [(len(verdict.holes), "hole in the logs", "holes in the logs")]
    for kind, band in bands():
        counts.append((sum(flag.label == kind.label for flag in verdict.flags), band.one, band.several))
    return "; ".join([says, *(plural(count, one, several) for count, one, several in counts if count)]) + "."


def _hours(verdict: Verdict) -> Sequence[tuple[float, str]]:
    """Returns the checkpoints on the horizontal axis, each with its time of day."""
    due = [hour for hour in CHECKPOINTS if hour <= _last_hour(verdict)]
    return [(hour, f"{hour} h · {verdict.start.astimezone(UTC) + hour * HOUR:%H:%M}") for hour in due]


def _last_hour(verdict: Verdict) -> float:
    return len(verdict.slots) * (SLOT / HOUR)


def _hour(verdict: Verdict, time: datetime) -> float:
    return (time - verdict.start) / HOUR


def _within(verdict: Verdict, start: datetime, end: datetime) -> tuple[float, float]:
    """Returns a span in hours of the soak, clipped to the soak."""
    last = _last_hour(verdict)
    first, after = (min(max(_hour(verdict, time), 0), last) for time in (start, end))
    return first, after


def _scale(least: float, most: float) -> list[tuple[float, str]]:
    """Returns the steps of a logarithmic scale in round seconds that holds all times."""
    low = max((step for step in _ROUND_SECONDS if step <= least), default=_ROUND_SECONDS[0])
    high = min((step for step in _ROUND_SECONDS if step >= most), default=_ROUND_SECONDS[-1])
    high = high if high > low else 10 * low
    return [(log10(step), f"{step:g} s") for step in _ROUND_SECONDS if low <= step <= high]


def _power(milliseconds: float | None) -> float | None:
    """Returns the position of a time on the logarithmic scale."""
    return log10(milliseconds / 1000) if milliseconds else None


def _clock(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"


def _span(slot: Slot) -> str:
    return f"{slot.start.astimezone(UTC):%H:%M} to {slot.end.astimezone(UTC):%H:%M}"


def _time(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else seconds(milliseconds)
