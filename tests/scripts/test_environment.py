"""The environment that the scripts make for themselves."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import environment
import pytest

from tests.scripts.running import SCRIPTS, script

NOWHERE = {"libno-such-thing.so.9": "libno-such-thing9"}
IF_READY = """
import environment, sys
environment.run = lambda *arguments: sys.exit("it must be made")
environment.enter()
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project of its own: the scripts, and lock files that install nothing."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "digitpad").mkdir()
    for name in ("environment.py", "run.py"):
        shutil.copy(SCRIPTS / name, tmp_path / "scripts")
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    (tmp_path / "tests" / "requirements.lock").write_text("# nothing\n")
    (tmp_path / "digitpad" / "__init__.py").touch()
    (tmp_path / "digitpad" / "__main__.py").write_text("import sys; print('started', sys.argv[1:]); sys.exit(7)")
    return tmp_path


def ready(project: Path) -> bool:
    """Whether a script that is run in the project's environment stays in it."""
    python = project / Path(environment.PYTHON).relative_to(environment.ROOT)
    return subprocess.run([python, "-c", IF_READY], cwd=project / "scripts", capture_output=True).returncode == 0


def test_the_environment_is_made_once_and_made_anew_when_it_must_be(copy: Path, tmp_path: Path) -> None:
    def start() -> tuple[bool, str]:
        """Return whether the environment was made, and what the program said."""
        result = script("run.py", "a", "b c", where=copy / "scripts")
        assert result.returncode == 7, result.stderr
        return "Making a Python environment" in result.stderr, result.stdout.strip()

    assert start() == (True, "started ['a', 'b c']")
    assert start() == (False, "started ['a', 'b c']")
    assert ready(copy)
    stamp, lock = copy / ".venv" / "digitpad.json", copy / "requirements.lock"
    kept = stamp.read_text()
    stamp.unlink()  # as after an interrupted installation
    assert not ready(copy)
    stamp.write_text("{}")
    assert not ready(copy)
    stamp.write_text(kept)
    lock.write_text("# nothing, in other words\n")
    assert not ready(copy)
    lock.write_text("# nothing\n")
    assert ready(copy)
    moved = copy.rename(tmp_path.parent / f"{tmp_path.name}-moved")
    assert not ready(moved)
    # Where the packages cannot be had, a sentence says so, and pip's own words why.
    (moved / "requirements.lock").write_text("no-such-package-at-all==1 --hash=sha256:" + 64 * "0" + "\n")
    (moved / "pip.conf").write_text("[global]\nno-index = true\n")
    result = subprocess.run(
        [sys.executable, str(moved / "scripts" / "run.py")],
        env={"PIP_CONFIG_FILE": str(moved / "pip.conf"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    shutil.rmtree(moved)
    assert result.returncode == 1
    assert "digitpad: the packages could not be installed" in result.stderr
    assert "No matching distribution" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def lacking(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without an environment, on a Linux that lacks a library of Qt's and has every command."""
    venv = copy / ".venv"
    for name, value in (("ROOT", copy), ("VENV", venv), ("PYTHON", venv / "python"), ("STAMP", venv / "stamp.json")):
        monkeypatch.setattr(environment, name, str(value))
    monkeypatch.setattr(environment, "QT_BASE", NOWHERE)
    monkeypatch.setattr(environment, "QT_WINDOWS", {})
    monkeypatch.setattr(environment, "FONT_FOLDERS", (str(copy),))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("os.getuid", lambda: 1000, raising=False)
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(LOCK_EX=2, LOCK_NB=4, flock=lambda *_: None))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return copy


def reason_to_stop() -> str:
    """Start a program in an environment that cannot be made, and return what the person is told."""
    with pytest.raises(SystemExit) as stopped:
        environment.run(["-m", "digitpad"])
    return str(stopped.value)


def test_what_a_bare_debian_lacks_is_named_in_one_command(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    # Neither venv nor sudo without a password.
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 1)
    venv = f"python3.{sys.version_info.minor}-venv"
    command = f"apt-get install -y --no-install-recommends libno-such-thing9 {venv}\n"
    assert command in reason_to_stop()


def test_where_it_is_allowed_they_are_installed(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    commands: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        return int("install" in command)

    monkeypatch.setattr(subprocess, "call", call)
    assert reason_to_stop() == "digitpad: apt-get could not install libno-such-thing9; the lines above say why."
    *_, update, install = commands
    assert (update[0], update[-1]) == ("apt-get", "update")
    assert install[0] == "apt-get"
    assert install[-4:] == ["install", "-y", "--no-install-recommends", "libno-such-thing9"]


def test_a_library_that_is_not_there_is_named_where_there_is_no_apt(
    lacking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    told = "digitpad: Qt needs these libraries, which are missing: libno-such-thing.so.9."
    assert reason_to_stop() == told


def test_too_old_a_python_is_told_so(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 98))
    monkeypatch.setattr(environment, "NEWEST", (3, 99))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert reason_to_stop().startswith("digitpad: needs Python 3.98 to 3.99, and this is 3.")
