"""The command that runs the tests: on all processors, where that is worth its start."""

import runpy
import sys

import environment
import pytest

from tests.scripts.running import SCRIPTS


@pytest.mark.parametrize(
    ("arguments", "parallel"),
    [
        ([], True),
        (["-x", "tests/nn"], True),
        (["tests/nn/test_book.py"], False),
        (["-q", "tests/nn/test_book.py::test_evaluate"], False),
        (["-p", "no:xdist"], False),
        (["-pno:xdist", "tests/nn"], False),
    ],
)
def test_all_processors_are_used_but_for_a_file_by_itself(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], parallel: bool
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(environment, "run", lambda command, tests: started.append(command))
    monkeypatch.setattr(sys, "argv", ["test.py", *arguments])
    runpy.run_path(str(SCRIPTS / "test.py"))
    (command,) = started
    assert command[:2] == ["-m", "pytest"]
    assert command[len(command) - len(arguments) :] == arguments
    assert ("-n" in command) == parallel


def test_coverage_is_told_by_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(environment, "run", lambda command, tests: started.append(command))
    monkeypatch.setattr(sys, "argv", ["test.py", "--cov", "-q", "tests/nn"])
    runpy.run_path(str(SCRIPTS / "test.py"))
    (command,) = started
    assert command[0] == "scripts/covered.py"
    assert command[-2:] == ["-q", "tests/nn"]
    assert "--cov" not in command
