"""`logparse review` as people start it: what is refused, the terminal, and a review that was killed."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

import pytest

from logparse.__main__ import main
from logparse.monitoring_log import read_checks
from logparse.review.guard import Door
from logparse.review.sitting import Sitting
from logparse.review.web import application
from logparse.values.ratings import Check, Quality, Sampled, Tag
from tests.builders.talks import NOW, Table, fine, talk

pytestmark = pytest.mark.counts

TERMINAL = ("review", "--hour=4", "--terminal")
CHOICES, TAGS, NOTES = "[q]uit: ", "tags (", "notes ("
PATIENCE = 60
BEFORE: Mapping[str, Any] = {"quality_before": None, "tags_before": []}

Spoil = Callable[[Table], None]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """A folder with the transcript of three conversations of the first four hours, and one of a later hour."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGPARSE_NOW", NOW)
    laid = Table(tmp_path)
    laid.lay([talk("a"), talk("b"), talk("c"), talk("late", minute=300)])
    return laid


def _without_start(table: Table) -> None:
    text = table.document.read_text("utf-8")
    table.document.write_text(text.replace("2026-01-12 06:00 UTC", "[set by the first run]", 1), "utf-8")


def _without(name: str) -> Spoil:
    return lambda table: (table.folder / name).unlink()


def _with_another_seed(table: Table) -> None:
    sample = "### Check 1 (Hour 4)\n\n- **Sample:** seed theirs, 3 of 3 conversations"
    text = table.document.read_text("utf-8").replace("### Check 1 (Hour 4)\n", sample, 1)
    table.document.write_text(text, "utf-8")


def _unreadable(table: Table) -> None:
    (table.folder / "logs" / "transcript.jsonl").write_text("no JSON\n", "utf-8")


MISTAKES: Mapping[str, tuple[Spoil, Sequence[str], str]] = {
    "an hour without a check": (lambda _: None, ["--hour=8"], "there is no quality check at this hour; the setting"),
    "an hour that the setting leaves out": (
        lambda _: None,
        ["--hour=4", "-o", "quality_checks=24"],
        "quality_checks has 24",
    ),
    "an hour to come": (lambda _: None, ["--hour=12"], "it has not come yet; it is at 2026-01-12 18:00 UTC"),
    "no check that is due": (lambda _: None, ["-o", "quality_checks=24"], "no check is due yet"),
    "no document": (_without("MONITORING-LOG.md"), ["--hour=4"], "is not there; run pytest --hour=0"),
    "a document without a start": (_without_start, ["--hour=4"], "does not say when the soak started"),
    "another start": (lambda _: None, ["--hour=4", "--start=2026-01-12T05:00Z"], "differs from the Start"),
    "another seed": (_with_another_seed, ["--hour=4", "--seed=mine"], "differs from the one in"),
    "a seed that is no word": (lambda _: None, ["--hour=4", "--seed=a, b"], "write it as one word"),
    "no transcript": (_without("logs/transcript.jsonl"), ["--hour=4"], "put a transcript*.jsonl there"),
    "a transcript that cannot be read": (_unreadable, ["--hour=4"], "there is no conversation under logs/"),
    "a link that leads nowhere": (lambda _: None, ["--hour=4", "-o", "inbox_url=javascript:x"], "setting inbox_url"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_one_line_and_changes_nothing(
    name: str, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 4, before anything is shown."""
    spoil, arguments, said = MISTAKES[name]
    spoil(table)
    before = table.document.read_bytes() if table.document.exists() else b""
    assert main(["review", "--terminal", *arguments]) == 4
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert (table.document.read_bytes() if table.document.exists() else b"") == before


def test_without_flask_the_page_says_how_to_get_it(
    table: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line; the terminal needs nothing."""
    monkeypatch.setattr("logparse.commands.review.find_spec", lambda _: None)
    assert main(["review", "--hour=4"]) == 4
    assert capsys.readouterr().err == (
        "ERROR: the page of the review needs Flask: pip install --editable '.[review]', or use --terminal\n"
    )


class Terminal:
    """A review in a real terminal, driven from outside."""

    def __init__(self, table: Table) -> None:
        self._master, slave = pty.openpty()
        command = [sys.executable, "-m", "logparse", *TERMINAL]

        def begin() -> None:
            # The terminal is the process's own, so that Ctrl-C reaches it; a job in the background ignores that.
            os.login_tty(slave)
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        self._process = subprocess.Popen(command, cwd=table.folder, preexec_fn=begin)  # noqa: PLW1509
        os.close(slave)
        self.seen = ""

    def wait_for(self, text: str, since: int = 0) -> None:
        """Reads until a text is shown."""
        until = monotonic() + PATIENCE
        while text not in self.seen[since:]:
            assert monotonic() < until, self.seen
            self.seen += os.read(self._master, 4096).decode()

    def answer(self, prompt: str, typed: str) -> None:
        """Waits for a prompt, and types a line."""
        self.wait_for(prompt)
        # What was shown is done with, so that the next prompt of the same words is another one.
        self.seen = ""
        os.write(self._master, typed.encode())

    def end(self, again: str = "") -> int:
        """Reads all that is left; the exit code of the review.

        ``again`` is typed where nothing comes: a Ctrl-C between a prompt and the wait for its answer is heard by
        Python with the next key only, as everybody knows who pressed it twice.
        """
        until = monotonic() + PATIENCE
        try:
            while monotonic() < until:
                if select([self._master], [], [], 1)[0]:
                    self.seen += os.read(self._master, 4096).decode()
                else:
                    os.write(self._master, again.encode())
        except OSError:
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            os.close(self._master)
        raise AssertionError(self.seen)

    def kill(self) -> None:
        """Ends it as the system would."""
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._master)


def check_of(table: Table) -> Check:
    """The first check as the document has it."""
    return read_checks(table.document.read_text("utf-8"))[0]


@pytest.mark.slow
def test_a_review_in_a_real_terminal_goes_on_after_it_was_killed(table: Table) -> None:
    """What was rated before stands in the document; only what is left is asked; the end is told."""
    first = Terminal(table)
    first.answer(CHOICES, "n\n")
    first.wait_for(TAGS)
    first.kill()
    (kept,) = check_of(table).ratings
    assert kept.quality is Quality.NEEDS_IMPROVEMENT
    second = Terminal(table)
    second.answer(CHOICES, "a\n")
    second.answer(NOTES, "\n")
    second.wait_for(CHOICES)
    assert f": {kept.conversation} ---" not in second.seen
    second.answer(CHOICES, "a\n")
    second.answer(NOTES, "Selamat, bagus é\n")
    assert second.end() == 0
    assert "3 of 3 conversations rated, 1 needs improvement" in second.seen
    check = check_of(table)
    assert (check.sampled, check.missing) == (Sampled("20260112T0600Z-04", 3, 3), "")
    assert sorted(rating.conversation for rating in check.ratings) == ["a", "b", "c"]
    assert check.ratings[2].notes == "Selamat, bagus é"


@pytest.mark.parametrize(
    ("typed", "exit_code", "said"),
    [
        ("q\n", 10, "run it again, and it goes on with the 2 that are left"),
        ("\x03", 2, "interrupted; check 1 (hour 4): 1 of 3 conversations rated, 0 need improvement"),
        ("\x04", 2, "interrupted; check 1 (hour 4): 1 of 3 conversations rated, 0 need improvement"),
    ],
    ids=["leaving", "Ctrl-C", "Ctrl-D"],
)
def test_a_review_that_is_left_keeps_what_was_rated(typed: str, exit_code: int, said: str, table: Table) -> None:
    """And says what is left, with an exit code other than 0."""
    left = Terminal(table)
    left.answer(CHOICES, "a\n")
    left.answer(NOTES, "\n")
    left.answer(CHOICES, typed)
    assert left.end("\x03" if typed == "\x03" else "") == exit_code
    assert said in left.seen
    assert check_of(table).rated == 1


def test_the_sample_is_that_of_the_document(
    table: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A seed that was given once holds for everybody after; the hour that is due is taken where none is given."""
    answers = iter(["a", ""])
    monkeypatch.setattr("builtins.input", lambda _: next(answers, "q"))
    assert main(["review", "--terminal", "--seed=theirs"]) == 10
    monkeypatch.setattr("builtins.input", lambda _: "q")
    assert main(["review", "--terminal"]) == 10
    assert capsys.readouterr().out.count("seed theirs, 3 of 3 conversations, all that there were") == 2
    assert check_of(table).sampled == Sampled("theirs", 3, 3)


@pytest.mark.slow
def test_hand_terminal_and_page_fill_the_same(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents, filled in three ways, read the same, but for the sample that people by hand have not."""
    fresh = table.document.read_text("utf-8")
    block = """- **Conversation:** {}
- **User message:** where is my parcel?
- **Bot response:** It comes today.
- **Quality:** {}
- **Tags:** {}
- **Notes:** {}
"""
    words = {
        "a": ("appropriate", "none", ""),
        "b": ("needs improvement", "Harmful, off topic", "so *rude*"),
        "c": ("Appropriate", "", ""),
    }
    heading = "### Check 1 (Hour 4)\n\n"
    by_hand = heading + "\n".join(block.format(name, *said) for name, said in words.items()) + "\n"
    table.document.write_text(fresh.replace(heading, by_hand, 1), "utf-8")
    hand = check_of(table)

    table.document.write_text(fresh, "utf-8")
    typed = {"a": ["a", ""], "b": ["n", "2 5", "so *rude*"], "c": ["a", ""]}
    shown: list[str] = []
    monkeypatch.setattr("logparse.commands.review._say", shown.append)
    left: list[str] = []

    def ask(_: str) -> str:
        if not left:
            heading = next(line for line in reversed(shown) if line.startswith("---"))
            left.extend(typed[heading.split(": ")[1].split()[0]])
        return left.pop(0)

    monkeypatch.setattr("builtins.input", ask)
    assert main(["review", "--terminal"]) == 0
    terminal = check_of(table)

    table.document.write_text(fresh, "utf-8")
    choices = {
        "a": {"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE},
        "b": {
            "quality": "needs-improvement",
            "tags": ["harmful", "off-topic"],
            "notes": "so *rude*",
            "notes_before": "",
            **BEFORE,
        },
        "c": {"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE},
    }

    def serve(sitting: Sitting, say: Callable[[str], None], browse: bool) -> None:
        door = Door(4711, "t")
        client = application(sitting, door, lambda: None).test_client()
        headers = {"Host": "127.0.0.1:4711", "Origin": door.origin}
        for number, card in enumerate(sitting.cards, start=1):
            assert client.put(f"/t/{number}", json=choices[card.name], headers=headers).status_code == 200

    monkeypatch.setattr("logparse.review.serving.serve", serve)
    assert main(["review"]) == 0
    page = check_of(table)

    assert terminal == page
    by_name = [sorted(one.ratings, key=lambda rating: rating.conversation) for one in (hand, terminal, page)]
    assert by_name[0] == by_name[1] == by_name[2]
    assert by_name[0][1] == replace(
        fine("b"), quality=Quality.NEEDS_IMPROVEMENT, tags=(Tag.OFF_TOPIC, Tag.HARMFUL), notes="so *rude*"
    )
    assert [one.missing for one in (hand, terminal, page)] == ["", "", ""]


def test_a_late_check_knows_what_is_suspicious_in_its_own_hours(
    table: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reports show the first hundred findings of a kind; those may all be of the hours of earlier checks."""
    early = [talk(f"early {number}", "halo?", "Halo!", "halo?", "Halo!", minute=number) for number in range(120)]
    late = [talk(f"late {number}", "jam buka?", f"Jam {number}.", minute=800 + number) for number in range(9)]
    odd = talk("odd", "halo?", "Sama-sama, Kak, terima kasih.", "jam?", "Sama-sama, Kak, terima kasih.", minute=900)
    table.lay([*early, *late, odd])
    monkeypatch.setenv("LOGPARSE_NOW", "2026-01-13T07:00Z")
    monkeypatch.setattr("builtins.input", lambda _: "q")
    assert main(["review", "--terminal", "--hour=24"]) == 10
    shown = capsys.readouterr().out
    assert "3 of 10 conversations, 1 suspicious first" in shown
    assert "--- 1 of 3: odd ---" in shown
    assert "noticed: same reply again" in shown
