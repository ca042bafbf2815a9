"""A project like this one, small enough to be installed in seconds and without the internet."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import packaging

ROOT = Path(__file__).parents[3]
CLOSED = "http://127.0.0.1:9/simple"  # the port that throws everything away, where nobody listens
MAIN = "import sys, little; print('started', little.WORD, sys.argv[1:]); sys.exit(7)"


def make_project(folder: Path) -> Path:
    """Make the project in ``folder``: the scripts, and a program that needs a library of two lines and packaging."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scripts" / "environment", folder / "scripts" / "environment", ignore=ignored)
    (folder / "digitpad" / "gui").mkdir(parents=True)
    (folder / "tests").mkdir()
    for name in ("scripts/run.py", "scripts/test.py", "digitpad/gui/libraries.py"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("digitpad/__init__.py", "digitpad/gui/__init__.py"):
        (folder / name).touch()
    (folder / "digitpad" / "__main__.py").write_text(MAIN)
    (folder / "pyproject.toml").write_text(
        '[project]\ndependencies = ["little>=1,<2"]\n[dependency-groups]\ntest = []\n'
    )
    package = Path(str(packaging.__file__)).parent
    sources = {f"packaging/{file.relative_to(package).as_posix()}": file.read_bytes() for file in package.rglob("*.py")}
    wheels = folder / "wheels"
    wheels.mkdir()
    pins = [
        _wheel(wheels, "little", "1.0", {"little.py": b"WORD = 'one'\n"}),
        _wheel(wheels, "packaging", packaging.__version__, sources),
    ]
    (folder / "requirements.lock").write_text("\n".join(pins) + "\n")
    for name in ("requirements.lock", "browser.lock"):
        (folder / "tests" / name).write_text("# nothing\n")
    return folder


def _wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> str:
    """Write a wheel and return its line of a lock file."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    files = files | {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for file, content in files.items():
            wheel.writestr(file, content)
        wheel.writestr(f"{about}/RECORD", "".join(f"{file},,\n" for file in files))
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def variables(project: Path, **more: str) -> dict[str, str]:
    """Return an environment in which pip takes packages from the project's wheels, and from nowhere else."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    wheels = (project / "wheels").as_uri()
    return ours | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels} | more


def offline(project: Path) -> dict[str, str]:
    """Return an environment in which pip looks for packages where nobody answers."""
    without = {name: value for name, value in variables(project).items() if not name.startswith("PIP_")}
    return without | {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": CLOSED, "PIP_RETRIES": "0", "no_proxy": "*"}


def command(project: Path, *options: str) -> list[str]:
    """Return the command that starts the project's program, with Python's ``options``."""
    return [sys.executable, *options, str(project / "scripts" / "run.py"), "a", "b c"]


def start(project: Path, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Start the project's program and return what came of it."""
    return subprocess.run(
        command(project, *options), env=environment, capture_output=True, text=True, errors="replace", timeout=300
    )


def has_started(run: subprocess.CompletedProcess[str]) -> bool:
    """Whether the program has run to its end, with its own library and its arguments."""
    return (run.returncode, run.stdout.strip()) == (7, "started one ['a', 'b c']")


def was_made(run: subprocess.CompletedProcess[str]) -> bool:
    """Whether an environment was made on the way."""
    return "Making a Python environment" in run.stderr


def copy(project: Path, to: Path) -> Path:
    """Copy ``project`` with its environment as if it had been made in the new place."""
    shutil.copytree(project, to, symlinks=True)
    stamp = to / ".venv" / "digitpad.json"
    place = os.fsencode(to.resolve() / ".venv").decode("latin-1")
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"place": place}))
    return to
