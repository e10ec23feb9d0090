"""Every question to the gate is answered as it must be, by the real command: the exit code, and why."""

from pathlib import Path

import pytest

from tests.runs.gate.question import Question, Soak, answer, soak_in
from tests.runs.gate.questions import QUESTIONS

pytestmark = [pytest.mark.plain, pytest.mark.counts]


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    """A soak that ended an hour ago, and is READY."""
    return soak_in(tmp_path_factory.mktemp("soak"))


@pytest.mark.parametrize(
    "question",
    [pytest.param(one, id=one.name) for one in QUESTIONS],
)
def test_the_gate_answers_as_it_must(tmp_path: Path, soak: Soak, question: Question) -> None:
    """It opens for what was judged wholly, by the usual limits, of a real day; for nothing else."""
    found = answer(question, soak, tmp_path)
    assert (found.code, question.says in found.line) == (question.code, True), (found.line, found.run)
    if question.ends is not None and found.run is not None:
        assert found.run.exit_code == question.ends, found.run.output


def test_there_are_questions_of_every_kind() -> None:
    """Forty and more, no two alike, of each answer some."""
    assert len(QUESTIONS) >= 40
    assert len({one.name for one in QUESTIONS}) == len(QUESTIONS)
    assert {one.code for one in QUESTIONS} == {0, 1, 4, 10}
    assert sum(one.code == 0 for one in QUESTIONS) >= 15
