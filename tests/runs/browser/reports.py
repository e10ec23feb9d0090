"""Reports to look at in a browser, each made by a run of its own: of a stable, an unstable and a hostile soak."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from tests.builders.counted import START
from tests.builders.hostile_texts import HOSTILE
from tests.runs.command_line import Desk
from tests.scenarios import edits, failures, traps
from tests.scenarios.scenario import Day
from tests.scenarios.traffic import Request
from tests.scenarios.writers import write_vercel

_DAY = Day(1, "vercel-rows", START)


def _unstable() -> list[Request]:
    """A day with all that the pictures show: errors, slow replies, an outage, a silence, a hole, a crash, a refusal."""
    day = edits.at_some_deliveries(_DAY.steady(900), 40, edits.with_handled_error(), shift=3)
    day = edits.at_some_deliveries(day, 30, edits.with_latency(18_000), shift=11)
    outage, silence = (_DAY.at(9), _DAY.at(9, 40)), (_DAY.at(14), _DAY.at(15, 30))
    hole = _DAY.at(18), _DAY.at(19, 20)
    day = [edits.without_reply(one) if outage[0] <= one.time_ms < outage[1] else one for one in day]
    day = edits.without(day, lambda one: edits.is_delivery(one) and silence[0] <= one.time_ms < silence[1])
    day = edits.without(day, lambda one: hole[0] <= one.time_ms < hole[1])
    return traps.rejected_signature(failures.with_crash(day, _DAY.at(6, 20)))


def _hostile() -> bytes:
    """A line for each hostile text, as an error of its own kind."""
    lines = []
    for at, text in enumerate(HOSTILE.values()):
        time = START + timedelta(minutes=15 * at)
        lines.append(f"{time:%Y-%m-%dT%H:%M:%S}.000Z [error] [ARI] Processing error: {text}".replace("\n", " "))
    return "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"


LOGS: Mapping[str, bytes] = {
    "stable": write_vercel(edits.at_some_deliveries(_DAY.steady(), 3, edits.with_handled_error(), shift=3)),
    "unstable": write_vercel(_unstable()),
    "hostile": _hostile(),
}
"""What each soak logged."""

NAMES: Sequence[str] = tuple(LOGS)


def written(name: str, folder: Path) -> Path:
    """The report of a soak at its end, as a user's run writes it."""
    (folder / "logs").mkdir(parents=True)
    (folder / "logs" / "<img src=x onerror=alert(1)>.txt").write_bytes(LOGS[name])
    desk = Desk(folder)
    desk.run("--hour=24", f"--start={START:%Y-%m-%dT%H:%MZ}")
    return desk.reports / "hour-24.html"
