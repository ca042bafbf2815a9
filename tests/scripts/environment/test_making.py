"""The environment is made by real pip, and what is there is given up only when its successor is ready."""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import environment
import pytest

from tests.scripts.environment.project import (
    command,
    copy,
    has_started,
    make_project,
    offline,
    start,
    variables,
    was_made,
)

IF_READY = """
import environment, sys
environment.run = lambda *arguments: sys.exit(1)
environment.enter()
"""

# Of the seconds that making an environment takes, nearly all are pip's installation of itself: one start does that.
COPYING = """

def make_venv(python: Python, folder: str) -> None:
    shutil.copytree({empty!r}, folder, symlinks=True)
"""


def python_of(project: Path) -> Path:
    return project / ".venv" / environment.SCRIPTS / ("python.exe" if environment.WINDOWS else "python")


def ready(project: Path, **variables: str) -> bool:
    """Whether a script that is run in the project's environment stays in it."""
    command = [str(python_of(project)), "-c", IF_READY]
    return subprocess.run(command, cwd=project / "scripts", env=os.environ | variables).returncode == 0


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A project and its first start, on a machine where everything is set to lead astray."""
    project = make_project(tmp_path_factory.mktemp("first") / "Jürgen")
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "little.py").write_text("raise ImportError('the wrong one')")
    (project / "pip.conf").write_text(f"[install]\nuser = true\ntarget = {elsewhere}\nprefix = {elsewhere}\n")
    astray = {"PIP_USER": "1", "PIP_TARGET": str(elsewhere), "PIP_PREFIX": str(elsewhere), "PIP_DRY_RUN": "1"}
    astray |= {"PYTHONPATH": str(elsewhere), "PYTHONSAFEPATH": "1", "PYTHONSTARTUP": "nowhere.py", "LC_ALL": "C"}
    return project, start(project, variables(project, PIP_CONFIG_FILE=str(project / "pip.conf"), **astray))


@pytest.fixture(scope="module")
def empty(first: tuple[Path, subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but pip, as the first start made one."""
    venv = tmp_path_factory.mktemp("empty") / ".venv"
    shutil.copytree(first[0] / ".venv", venv, symlinks=True)
    (venv / "digitpad.json").unlink()
    python = venv / python_of(first[0]).relative_to(first[0] / ".venv")
    subprocess.run([python, "-m", "pip", "uninstall", "--yes", "--quiet", "little", "packaging"], check=True)
    (path_file,) = venv.rglob("digitpad.pth")
    path_file.unlink()
    return venv


@pytest.fixture
def project(first: tuple[Path, subprocess.CompletedProcess[str]], empty: Path, tmp_path: Path) -> Path:
    """A project whose environment is ready, and which copies an empty one where it makes another: that is quicker."""
    project = copy(first[0], tmp_path / "Jürgen")
    with (project / "scripts" / "environment" / "packages.py").open("a") as module:
        module.write(COPYING.format(empty=str(empty)))
    return project


def test_nothing_that_is_set_leads_it_astray(first: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    project, run = first
    assert has_started(run), run.stderr
    assert was_made(run)
    assert [file.name for file in (project / "elsewhere").iterdir()] == ["little.py"]
    assert {file.name for file in project.glob(".venv*")} == {".venv", ".venv.lock"}


def test_the_second_start_makes_nothing_and_asks_nobody(project: Path) -> None:
    run = start(project, offline(project), "-I")
    assert has_started(run), run.stderr
    assert run.stderr == ""
    foreign = project / "elsewhere"
    assert has_started(start(project, variables(project, PYTHONPATH=str(foreign), PYTHONSAFEPATH="1")))


def test_its_commands_know_where_they_are(first: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    pip = first[0] / ".venv" / environment.SCRIPTS / "pip"
    told = subprocess.run([pip, "--version"], capture_output=True, text=True, errors="replace", check=True).stdout
    assert ".venv.new" not in told
    assert "pip " in told
    for name in ("activate", "activate.bat"):
        script = pip.with_name(name)
        assert not script.exists() or b".venv.new" not in script.read_bytes()


def test_it_is_ready_as_long_as_all_is_as_it_was(project: Path) -> None:
    stamp, lock = project / ".venv" / "digitpad.json", project / "requirements.lock"
    assert ready(project)
    finished, locked = stamp.read_text(), lock.read_text()
    stamp.write_text("{}")  # as after an interrupted installation
    assert not ready(project)
    stamp.write_text(json.dumps(json.loads(finished) | {"python": "python3.2"}))  # the system's own was another
    assert not ready(project)
    stamp.write_text(finished)
    lock.write_text(locked + "# changed\n")
    assert not ready(project)
    assert ready(project, **{environment.GOING_ON: "1"})  # as there was no better one
    lock.write_text(locked)
    assert ready(project)
    assert not ready(project.rename(project.with_name("moved")))


def test_offline_after_an_update_and_a_move_the_old_one_goes_on(project: Path) -> None:
    project = project.rename(project.with_name("elsewhere and away"))
    lock = project / "requirements.lock"
    lock.write_text(lock.read_text().replace("little==1.0", "little==1.1"))
    run = start(project, offline(project))
    assert has_started(run), run.stderr
    assert "digitpad: the packages could not be installed: there is no connection to 127.0.0.1:9.\n" in run.stderr
    assert run.stderr.endswith("digitpad: going on with the packages that were installed before.\n")
    assert {file.name for file in project.glob(".venv*")} == {".venv", ".venv.lock"}


def test_what_the_program_cannot_do_with_is_not_gone_on_with(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\ndependencies = ["little>=1.1"]\n')
    lock = project / "requirements.lock"
    lock.write_text(lock.read_text().replace("little==1.0", "little==1.1"))
    run = start(project, offline(project))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.endswith(
        "digitpad: the packages could not be installed: there is no connection to 127.0.0.1:9.\n"
    )
    assert python_of(project).exists()


def test_killed_in_the_middle_it_is_as_it_was(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        lock = project / "requirements.lock"
        locked = lock.read_text()
        lock.write_text("little==2.0 --hash=sha256:" + 64 * "0" + "\n")
        index = f"http://127.0.0.1:{mute.getsockname()[1]}/simple"
        asking = offline(project) | {"PIP_INDEX_URL": index}
        with subprocess.Popen(
            command(project), env=asking, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            mute.accept()[0].close()  # pip has come: it is in the middle of it
            run.kill()
    assert subprocess.run([python_of(project), "-c", "import little"]).returncode == 0
    lock.write_text(locked)
    run_again = start(project, offline(project))
    assert has_started(run_again)
    assert not was_made(run_again)


@pytest.mark.parametrize("left", [".venv.old", ".venv.new"])
def test_a_swap_that_was_cut_short_is_brought_to_its_end(project: Path, left: str) -> None:
    (project / ".venv").rename(project / left)
    stamp = project / left / "digitpad.json"
    if left == ".venv.new":
        stamp.write_text(
            json.dumps({name: it for name, it in json.loads(stamp.read_text()).items() if name != "place"})
        )
    run = start(project, offline(project))
    assert has_started(run), run.stderr
    assert not was_made(run)
    assert {file.name for file in project.glob(".venv*")} == {".venv", ".venv.lock"}


def test_of_two_starts_at_once_one_makes_it_anew(project: Path) -> None:
    lock = project / "requirements.lock"
    lock.write_text(lock.read_text() + "# changed\n")
    asking = {"env": variables(project), "text": True, "errors": "replace"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [subprocess.Popen(command(project), **asking, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    runs = [subprocess.CompletedProcess([], one.returncode, *said) for one in both for said in [one.communicate()]]
    assert all(has_started(run) for run in runs), [run.stderr for run in runs]
    assert sum(was_made(run) for run in runs) == 1
    assert ready(project)
    assert {file.name for file in project.glob(".venv*")} == {".venv", ".venv.lock"}


def test_what_the_tests_need_is_added_to_it(project: Path) -> None:
    (project / "tests" / "requirements.lock").write_text("# other things\n")
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import environment; environment.run(['-c', 'print(3)'], tests=True)"
    )
    for words in ("digitpad: Installing what the tests need", ""):
        told = subprocess.run(
            [os.path.realpath(python_of(project)), "-c", code],
            cwd=project,
            env=variables(project),
            capture_output=True,
            text=True,
            errors="replace",
        )
        assert told.stdout == "3\n", told.stderr
        assert told.stderr.startswith(words)
        assert words or not told.stderr
