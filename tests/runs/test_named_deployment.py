"""The deployment that hour 0 names, in whole runs."""

from pathlib import Path

from tests.runs.command_line import Desk


def test_hour_0_names_it_once(tmp_path: Path) -> None:
    """A second hour 0 with another one is a mistake, unless the soak begins anew."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    assert desk.run("--hour=0", "--deployment=dpl_a").verdict["deployment"] == "dpl_a"
    assert desk.run("--hour=0").verdict["deployment"] == "dpl_a"
    run = desk.run("--hour=0", "--deployment=dpl_b")
    assert (run.exit_code, "differs from the Deployment in" in run.output) == (4, True), run.output
    assert run.verdict["reason"].startswith("nothing was judged: --deployment=dpl_b differs")
    assert desk.run("--hour=0", "--deployment=dpl_b", "--restart").verdict["deployment"] == "dpl_b"
    assert desk.run("--hour=0", "--restart").verdict["deployment"] == ""
    run = desk.run("--hour=0", "--restart", "--deployment=4111111111111111")
    assert (run.exit_code, "reads like a secret" in run.output) == (4, True), run.output
