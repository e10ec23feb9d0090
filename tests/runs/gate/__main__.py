"""Asks every question to the gate and prints what was answered."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.runs.gate.question import Answer, Question, answer, soak_in
from tests.runs.gate.questions import QUESTIONS


def _right(question: Question, found: Answer) -> bool:
    ended = question.ends in (None, found.run.exit_code if found.run else None)
    return ended and found.code == question.code and question.says in found.line


def main() -> int:
    """Prints a row for each question; returns 1 where one was answered wrongly."""
    print("| question | run ends | expected | answered | right | what it says |")
    print("| --- | --- | --- | --- | --- | --- |")
    wrong = 0
    with TemporaryDirectory() as folder:
        soak = soak_in(Path(folder))
        for number, question in enumerate(QUESTIONS):
            (own := Path(folder, str(number))).mkdir()
            found = answer(question, soak, own)
            right = _right(question, found)
            wrong += not right
            ends = str(found.run.exit_code) if found.run else "–"
            said = found.line.replace(str(own), "").replace("|", "\\|")[:160]
            print(f"| {question.name} | {ends} | {question.code} | {found.code} | {right} | {said} |", flush=True)
    print(f"\n{len(QUESTIONS)} questions, {wrong} answered wrongly")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
