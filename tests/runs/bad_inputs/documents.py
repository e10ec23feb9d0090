"""Documents that are damaged: refused with their line before anything is read."""

from collections.abc import Callable

from logparse import monitoring_log
from logparse.values.schedule import StartSource
from tests.runs.bad_inputs.case import USAGE, Case, Maker
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START

FRESH = monitoring_log.create(START, StartSource.OPTION)


def _document(content: bytes) -> Maker:
    def make(desk: Desk) -> None:
        desk.document.write_bytes(content)

    return make


def _damaged(name: str, message: str, change: Callable[[str], str]) -> Case:
    return Case(name, USAGE, message, (), _document(change(FRESH).encode()))


DOCUMENTS = (
    _damaged("a heading is missing", "MONITORING-LOG.md:", lambda text: text.replace("### Hour 8\n", "")),
    _damaged("a heading stands twice", ":", lambda text: text.replace("### Hour 8\n", "### Hour 8\n\n### Hour 8\n")),
    _damaged(
        "two headings changed places",
        "MONITORING-LOG.md:",
        lambda text: text.replace("### Hour 8\n", "### X\n").replace("### Hour 12\n", "### Hour 8\n"),
    ),
    _damaged(
        "a heading of another level", "MONITORING-LOG.md:", lambda text: text.replace("### Hour 8", "#### Hour 8")
    ),
    _damaged(
        "the start is no time", "MONITORING-LOG.md:", lambda text: text.replace("2026-01-12 00:00 UTC", "soon", 1)
    ),
    _damaged(
        "the start is in the year 0", "MONITORING-LOG.md:", lambda text: text.replace("2026-01-12", "0000-01-12", 1)
    ),
    _damaged(
        "the start differs from --start",
        "differs from the Start in",
        lambda text: text.replace("2026-01-12", "2026-01-11", 1),
    ),
    _damaged("only its first half is there", "MONITORING-LOG.md:", lambda text: text[: len(text) // 2]),
    Case("a document without a byte", USAGE, "MONITORING-LOG.md", (), _document(b"")),
    Case("a document of NUL bytes", USAGE, "MONITORING-LOG.md", (), _document(bytes(1000))),
    Case("a document that is another text", USAGE, "MONITORING-LOG.md", (), _document(b"# Shopping\n\n- milk\n")),
    Case("a document in UTF-16", USAGE, "this is not UTF-8", (), _document(FRESH.encode("utf-16"))),
    Case("a document in Latin-1", USAGE, "this is not UTF-8", (), _document(FRESH.encode() + b"caf\xe9\n")),
)
