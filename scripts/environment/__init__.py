"""Makes the project's own Python environment, .venv, and runs programs in it. Standard library only.

A script that begins with ``import environment; environment.enter()`` runs from a fresh clone with any Python 3.6 or
newer: the environment is made first, from the lock files, and the script goes on inside it, where a warning is an
error. This package and the scripts that import it must therefore be readable to old Pythons.

A new environment is made beside the one there is, and takes its place when it is ready: whatever goes wrong or is cut
short on the way, the next start finds what worked before.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import warnings
from contextlib import suppress
from typing import Dict, List, NoReturn

from environment import packages, pythons
from environment.only_one import only_one
from environment.problems import NoWheels, Problem
from environment.saying import say
from environment.system import find_browser, install_browser, install_system_packages

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
NEW, OLD = VENV + ".new", VENV + ".old"  # the successor that is being made; what it replaces, for a moment
WINDOWS = os.name == "nt"
SCRIPTS = "Scripts" if WINDOWS else "bin"
LOCKS = {"program": "requirements.lock", "tests": os.path.join("tests", "requirements.lock")}
LOCKS["browser"] = os.path.join("tests", "browser.lock")

# Set for a program that runs in an environment which is not the one the lock files ask for, as there is no other.
GOING_ON = "DIGITPAD_OLD_ENVIRONMENT"
# What would put other libraries, or another Python's, before those of the environment.
MISLEADING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSAFEPATH",
    "PYTHONPLATLIBDIR",
    "PYTHONEXECUTABLE",
    "__PYVENV_LAUNCHER__",
)

# Run by an environment's Python: does it hold what pyproject.toml asks for? Exact versions are the lock files' matter.
RUNS = """
import sys, tomllib
from importlib.metadata import version
from packaging.requirements import Requirement
with open(sys.argv[1], "rb") as file:
    project = tomllib.load(file)
wanted = project["project"]["dependencies"] + sum((project["dependency-groups"][name] for name in sys.argv[2:]), [])
for need in map(Requirement, wanted):
    if not need.marker or need.marker.evaluate():
        assert version(need.name) in need.specifier, need
"""


def enter(tests: bool = False) -> None:
    """Go on inside the environment: return if this is it, otherwise run this same script in it and exit.

    From there on a warning is an error: of a script nobody reads what scrolls by.
    """
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV) and (GOING_ON in os.environ or _ready(tests)):
        warnings.simplefilter("error")
        return
    run([os.path.abspath(sys.argv[0])] + sys.argv[1:], tests)


def run(arguments: List[str], tests: bool = False) -> NoReturn:
    """Make the environment if it is not there, run its Python with ``arguments``, and exit as that does."""
    variables = {name: value for name, value in os.environ.items() if name not in MISLEADING + (GOING_ON,)}
    variables.update(packages.UTF8)
    try:
        _check_place()
        if not _ready(tests) and not _make_or_go_on(tests):
            variables[GOING_ON] = "1"
    except Problem as problem:
        sys.exit("digitpad: {}".format(problem))
    except OSError as error:
        sys.exit("digitpad: .venv cannot be made: {}.".format(packages.sentence(error)))
    except KeyboardInterrupt:
        sys.exit("\ndigitpad: stopped. Nothing has changed; the next start begins anew.")
    python = _python(VENV)
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(python, [python] + arguments, variables)
    process = subprocess.Popen([python] + arguments, env=variables)
    while process.poll() is None:
        with suppress(KeyboardInterrupt):  # the program got it too, and decides
            process.wait()
    sys.exit(process.returncode)


def _check_place() -> None:
    """Raise Problem where Qt could not read its own files."""
    readable = os.fsencode(ROOT).decode("utf-8", "replace")
    if os.fsencode(ROOT) != readable.encode("utf-8"):
        raise Problem(
            "Qt reads no files in a folder whose name is not written in UTF-8, as that of {}. Give it another name, "
            "or put it elsewhere.".format(readable)
        )


def _make_or_go_on(tests: bool) -> bool:
    """Make the environment and return True, or return False where the one of before has to do, and does."""
    try:
        _make(tests)
    except (Problem, OSError) as why:
        if not _runs(VENV, tests):
            raise
        say(packages.sentence(why))
        say("going on with the packages that were installed before.")
        return False
    return True


def _make(tests: bool) -> None:
    with only_one(VENV + ".lock"):
        _tidy()
        if _ready(tests):
            return  # another start has just made it
        if not _ready(False):
            if not _complete(NEW):
                _build()
            _swap()
        if tests and _stamp(VENV).get("tests") != _lock_hash("tests"):
            say("Installing what the tests need ...")
            packages.install(_python(VENV), os.path.join(ROOT, LOCKS["tests"]), again=False)
            _write_stamp(VENV, dict(_stamp(VENV), tests=_lock_hash("tests")))
        if tests and not _browser_ready():
            _install_browser()
        say("Done. From now on this takes no time.")


def _install_browser() -> None:
    """Have a browser, and what drives it, for the tests that draw in one; they are left out where that fails."""
    browser, lock = install_browser(), _lock_hash("browser")
    _write_stamp(VENV, dict(_stamp(VENV), no_browser="" if browser else lock))
    if browser is None:
        say("The tests that draw in a browser are left out: there is no Chromium.")
        return
    say("Installing what drives {} for the tests: about 40 MB to download, once ...".format(os.path.basename(browser)))
    try:
        packages.install(_python(VENV), os.path.join(ROOT, LOCKS["browser"]), again=True)
    except Problem as problem:
        say("The tests that draw in a browser are left out: {}".format(problem))
    else:
        _write_stamp(VENV, dict(_stamp(VENV), browser=lock))


def _browser_ready() -> bool:
    """Whether the tests can draw in a browser, or it is known since the lock file changed that there is none."""
    lock, stamp = _lock_hash("browser"), _stamp(VENV)
    return stamp.get("browser") == lock or (stamp.get("no_browser") == lock and find_browser() is None)


def _build() -> None:
    """Make the successor in ``NEW``, with the first Python that every locked package has a wheel for."""
    again = _runs(VENV, False)
    first = None
    for python in pythons.candidates():
        try:
            _build_with(python, again)
        except NoWheels as problem:
            first = first or problem
            say("{} Is there another Python?".format(problem))
        else:
            return
        finally:
            if not _complete(NEW):
                shutil.rmtree(NEW, ignore_errors=True)
    raise first or Problem(pythons.wanted())


def _build_with(python: pythons.Python, again: bool) -> None:
    install_system_packages(python)
    _remove(NEW)
    say("Making a Python environment in .venv with Python {}.{} ...".format(*python.version))
    packages.make_venv(python, NEW)
    say("Installing PySide6 and NumPy: about 110 MB to download, once ...")
    packages.install(_python(NEW), os.path.join(ROOT, LOCKS["program"]), again, python)
    # A relative path needs no letters but ASCII's (the file is read in whatever encoding the locale has), and holds
    # wherever the folder goes.
    libraries = packages.site_packages(_python(NEW))
    with open(os.path.join(libraries, "digitpad.pth"), "w", encoding="ascii") as file:
        file.write(os.path.relpath(os.path.realpath(ROOT), os.path.realpath(libraries)) + "\n")
    if not _runs(NEW, False):
        raise Problem("pip says that the packages are installed, and they are not in {}.".format(libraries))
    _write_stamp(NEW, {"program": _lock_hash("program"), "python": _name_of_python(NEW)})


def _swap() -> None:
    """Put ``NEW`` where ``VENV`` is."""
    try:
        if os.path.lexists(VENV):
            os.rename(VENV, OLD)
    except OSError as error:  # on Windows a folder whose programs run cannot be renamed
        raise Problem(
            "the new packages are ready, but .venv cannot be replaced while a program runs from it. Close digitpad "
            "and start it again ({}).".format(error.strerror)
        ) from error
    try:
        os.rename(NEW, VENV)
    except OSError:
        if os.path.lexists(OLD):
            os.rename(OLD, VENV)
        raise
    _tidy()


def _tidy() -> None:
    """Bring a swap to its end, also one that was cut short."""
    if not os.path.lexists(VENV) and os.path.lexists(OLD):
        os.rename(OLD, VENV)
    with suppress(OSError):  # a program that still runs from it keeps it on Windows: next time
        _remove(OLD)
    stamp = _stamp(VENV)
    if stamp and "place" not in stamp:
        _readdress()
        _write_stamp(VENV, dict(stamp, place=_place()))


def _readdress() -> None:
    """Let pip, activate and their like say ``.venv`` where they say the name that it was made under."""
    before, after = os.path.basename(NEW).encode(), os.path.basename(VENV).encode()
    folder = os.path.join(VENV, SCRIPTS)
    for path in [os.path.join(folder, name) for name in os.listdir(folder)] + [os.path.join(VENV, "pyvenv.cfg")]:
        if os.path.isfile(path) and not os.path.islink(path):
            with open(path, "rb") as file:
                content = file.read()
            if before in content:
                with open(path, "wb") as file:
                    file.write(content.replace(before, after))


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def _python(venv: str) -> str:
    return os.path.join(venv, SCRIPTS, "python.exe" if WINDOWS else "python")


def _name_of_python(venv: str) -> str:
    # "python3.13": the system's own may become another with the same path, for which there are no libraries here.
    return os.path.basename(os.path.realpath(_python(venv)))


def _place() -> str:
    """Return where the environment is, by whatever links one comes there, in letters that no locale changes."""
    return os.fsencode(os.path.join(os.path.realpath(ROOT), ".venv")).decode("latin-1")


def _lock_hash(name: str) -> str:
    with open(os.path.join(ROOT, LOCKS[name]), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _stamp(venv: str) -> Dict[str, str]:
    """Return what was noted when ``venv`` was finished; without it, it is not."""
    try:
        with open(os.path.join(venv, "digitpad.json"), encoding="ascii") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(venv: str, stamp: Dict[str, str]) -> None:
    path = os.path.join(venv, "digitpad.json")
    with open(path + ".new", "w", encoding="ascii") as file:
        json.dump(stamp, file)
    os.replace(path + ".new", path)


def _complete(venv: str) -> bool:
    """Whether the program's packages in ``venv`` are those of the lock file."""
    # A .venv whose own Python was removed has a dangling link, for which exists() is False.
    stamp = _stamp(venv)
    python = stamp.get("python") == _name_of_python(venv) and os.path.exists(_python(venv))
    return python and stamp.get("program") == _lock_hash("program")


def _ready(tests: bool) -> bool:
    stamp = _stamp(VENV)
    if tests and (stamp.get("tests") != _lock_hash("tests") or not _browser_ready()):
        return False
    return _complete(VENV) and stamp.get("place") == _place()


def _runs(venv: str, tests: bool) -> bool:
    """Whether the program, or its tests, can run in ``venv``, though perhaps not with the versions of the lock file."""
    command = [_python(venv), "-I", "-c", RUNS, os.path.join(ROOT, "pyproject.toml")] + (["test"] if tests else [])
    if not os.path.exists(command[0]):
        return False
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
