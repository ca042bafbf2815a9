"""The scripts that make the environment and measure the program."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.gui.demo import THREE

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"


def script(name: str, *arguments: object, where: Path = SCRIPTS) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(where / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import environment

    return environment


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


def test_the_environment_is_made_once_and_made_anew_when_it_must_be(copy: Path, tmp_path: Path) -> None:
    def start() -> tuple[bool, str]:
        """Return whether the environment was made, and what the program said."""
        result = script("run.py", "a", "b c", where=copy / "scripts")
        assert result.returncode == 7, result.stderr
        return "Making a Python environment" in result.stderr, result.stdout.strip()

    def ready(folder: Path) -> bool:
        code = "import environment; print(environment._ready(False))"
        command = [sys.executable, "-c", code]
        return "True" in subprocess.check_output(command, cwd=folder / "scripts", text=True)

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


def test_what_a_bare_debian_lacks_is_named_in_one_command(environment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_missing", lambda python: (["libegl1", "python3.11-venv"], ["libEGL.so.1"]))
    monkeypatch.setattr(environment, "_apt_prefix", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(environment.Problem) as caught:  # type: ignore[attr-defined]
        environment._install_system_packages(sys.executable)  # type: ignore[attr-defined]
    assert "apt-get install -y --no-install-recommends libegl1 python3.11-venv" in str(caught.value)


def test_where_it_is_allowed_they_are_installed(environment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "_missing", lambda python: (["libegl1"], ["libEGL.so.1"]))
    monkeypatch.setattr(environment, "_apt_prefix", lambda: ["sudo", "-n"])
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    environment._install_system_packages(sys.executable)  # type: ignore[attr-defined]
    assert [command[:3] for command in commands] == [["sudo", "-n", "apt-get"]] * 2
    assert commands[1][-3:] == ["-y", "--no-install-recommends", "libegl1"]


def test_a_library_that_is_not_there_is_noticed(environment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "QT_BASE", {"libno-such-thing.so.9": "libno-such-thing9"})
    monkeypatch.setattr(sys, "platform", "linux")
    packages, libraries = environment._missing(sys.executable)  # type: ignore[attr-defined]
    assert "libno-such-thing9" in packages
    assert "libno-such-thing.so.9" in libraries


def test_too_old_a_python_is_told_so(environment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 98))
    monkeypatch.setattr(environment, "NEWEST", (3, 99))
    with pytest.raises(environment.Problem, match=r"needs Python 3\.98 to 3\.99, and this is 3\."):  # type: ignore[attr-defined]
        environment._suitable_python()  # type: ignore[attr-defined]


def write_strokes(file: Path) -> Path:
    three = (500 * THREE).round().tolist()
    one = [[250, y] for y in range(100, 400, 10)]
    digits = [
        {"label": 3, "writer": 1, "strokes": [three]},
        {"label": 1, "writer": 2, "strokes": [one]},
        {"label": 8, "writer": 2, "strokes": [one]},
    ]
    file.write_text("\n".join(json.dumps(digit) for digit in digits))
    return file


def test_strokes_are_replayed_and_counted(tmp_path: Path) -> None:
    file = write_strokes(tmp_path / "strokes.jsonl")
    result = script("replay_strokes.py", file, "--fill", 0.4, "--offset", 0.1, -0.2, "--brush", 9, "--json")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["n"] == 3
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["by_digit"] == {"1": 1.0, "3": 1.0, "8": 0.0}
    assert found["by_writer"] == {"1": 1.0, "2": 0.5}
    assert 0 < found["latency_ms"]["p50"] <= found["latency_ms"]["p99"]


@pytest.mark.parametrize(
    "content",
    ["", "[1, 2]", '{"label": 3}', '{"label": 12, "strokes": [[[1, 2]]]}', '{"label": 1, "strokes": [[[1]]]}'],
)
def test_a_file_that_is_not_strokes_is_explained(tmp_path: Path, content: str) -> None:
    file = tmp_path / "strokes.jsonl"
    file.write_text(content)
    result = script("replay_strokes.py", file)
    assert result.returncode == 2
    assert str(file) in result.stderr
    assert "Traceback" not in result.stderr


def test_the_start_is_measured() -> None:
    result = script("bench.py", "startup", "--json")
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["n"] for row in rows] == [7, 7]
    assert all(0 < row["p50"] <= row["max"] for row in rows)
