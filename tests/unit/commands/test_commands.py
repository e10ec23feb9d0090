"""The command line as a whole: which command is loaded, and how a mistake ends."""

import subprocess
import sys

import pytest

from logparse.__main__ import main
from logparse.commands import COMMANDS, USAGE, command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_its_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each has a help with what it does in it, and its module says the same in its first line."""
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[name].split()[0] in capsys.readouterr().out
    assert (command(name).__doc__ or "").startswith(f"``logparse {name}``: ")


MISTAKES = {
    "no command": ([], "the following arguments are required: COMMAND; see logparse --help"),
    "a command that nobody knows": (["fax"], "invalid choice: 'fax'"),
    "an option of no command": (["--colour", "collect"], "unrecognized arguments: --colour"),
    "half of an option's name": (
        ["collect", "--sour=vercel"],
        "unrecognized arguments: --sour=vercel; see logparse collect --help",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_in_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """The exit code is that of usage, not that of Ctrl-C, and no traceback is shown."""
    assert main(arguments) == USAGE
    err = capsys.readouterr().err
    assert err.startswith("ERROR: ")
    assert said in err
    assert err.count("\n") == 1


def test_only_the_command_that_is_asked_for_is_loaded() -> None:
    """The list of commands is told without the libraries of the network and the engine of the counting."""
    script = (
        "import sys\n"
        "from logparse.__main__ import parser\n"
        "parser([])\n"
        "print(sorted({'requests', 'duckdb', 'tqdm', 'pytest'} & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
