"""The lists of the page: windows, errors by kind, red flags, files with their lines, rejected lines, settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from logparse.report.page.table import Row, Table, bounded, table
from logparse.text.wording import exact, milliseconds, moment, percent, plural
from logparse.values.file_account import FileAccount
from logparse.values.flags import Severity
from logparse.values.schedule import Soak
from logparse.verdicts.verdict import Verdict, WindowResult


def windows(verdict: Verdict) -> Table | None:
    """Returns the numbers of each due window by itself; at hour 0 those of the baseline, if the logs hold it."""
    shown = verdict.windows
    if verdict.baseline:
        before = Soak(verdict.start).window(0)
        shown = (WindowResult(0, before, judged=False, metrics=verdict.baseline, reason="the baseline"), *shown)
    return table(map(_window, shown), len(shown))


def _window(window: WindowResult) -> Row:
    metrics = window.metrics
    rate, mean = metrics.success_rate, metrics.response_ms_mean
    return Row(
        (
            f"Hour {window.hour}",
            _utc(moment(window.span.start)),
            _utc(moment(window.span.end)),
            f"{metrics.deliveries:,}",
            f"{metrics.processed:,}",
            f"{metrics.replies:,}",
            f"{metrics.errors:,}",
            "–" if rate is None else percent(rate),
            "–" if mean is None else milliseconds(mean),
            ("yes" if window.judged else "no") + (f": {window.reason}" if window.reason else ""),
        )
    )


def _utc(time: str) -> str:
    """Strips the zone from a time, because the head of its column names it."""
    return time.removesuffix(" UTC")


def errors_by_kind(verdict: Verdict) -> Table | None:
    """Returns the kinds of error, the most frequent first, and which of them are new in the newest window."""
    rows = (
        Row(
            (
                kind.kind,
                f"{kind.count:,}",
                _utc(exact(kind.first)),
                _utc(exact(kind.last)),
                str(kind.place) if kind.place else "–",
                "new in this window" if verdict.is_new(kind) else "known before",
            )
        )
        for kind in verdict.error_kinds
    )
    return table(rows, len(verdict.error_kinds))


def red_flags(verdict: Verdict) -> Table | None:
    """Returns the red flags, critical ones first."""
    rows = (
        Row(
            (
                flag.label,
                "critical" if flag.severity is Severity.CRITICAL else "warning",
                _utc(exact(flag.first)),
                _utc(exact(flag.last)),
                f"{flag.records:,}",
                "–" if flag.contacts is None else f"{flag.contacts:,}",
                flag.message or "–",
                str(flag.place) if flag.place else "–",
                flag.cause or "–",
            ),
            str(flag.severity),
        )
        for flag in verdict.flags
    )
    return table(rows, len(verdict.flags))


def files(verdict: Verdict) -> Table | None:
    """Returns each file with its lines by class; if not all are shown, those with a problem come first."""
    total = ("All files", "", f"{sum(file.records for file in verdict.files):,}", _classes(verdict.lines), "", "")
    ordered = sorted(verdict.files, key=lambda file: not file.problem)
    end = Row(total, "total")
    return table(map(_file, ordered), len(verdict.files), end=end)


def _file(file: FileAccount) -> Row:
    cells = (file.path, file.format or "–", f"{file.records:,}", _classes(file.lines), file.sha256, file.problem or "–")
    return Row(cells)


def _classes(lines: Mapping[str, int]) -> str:
    """Formats the physical lines by class, and their sum."""
    listed = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in lines.items() if count)
    return f"{listed} (of {sum(lines.values()):,})" if listed else "–"


def rejected_lines(verdict: Verdict) -> Table | None:
    """Returns the first lines that could not be read."""
    lines = [(f"{file.path}:{line.line}", line.text, line.reason) for file in verdict.files for line in file.rejected]
    return table(map(Row, lines), len(lines))


@dataclass(frozen=True)
class SettingsShown:
    """The settings in force: a table of those that differ from their default, and the number of the others."""

    changed: Table | None
    others: str
    defaults: Sequence[Markup]


def settings_shown(verdict: Verdict) -> SettingsShown | None:
    """Returns the settings in force: those that differ from their default, and for unfolding all the others."""
    if not verdict.settings:
        return None
    changed = [one for one in verdict.settings if one.changed]
    others = [one for one in verdict.settings if not one.changed]
    rows = (Row((one.name, one.value or "(empty)", str(one.origin))) for one in changed)
    return SettingsShown(
        table(rows, len(changed)),
        plural(len(others), "setting"),
        list(bounded(Row((one.name, one.value or "(empty)")) for one in others)),
    )
