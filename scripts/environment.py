"""Makes the project's own Python environment, .venv, and runs programs in it. Standard library only.

A script that begins with ``import environment; environment.enter()`` runs from a fresh clone with any Python 3.6 or
newer: the environment is made first, from the lock files, and the script goes on inside it. This file and those that
import it must therefore be readable to old Pythons.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from typing import Dict, Iterator, List, NoReturn, Optional, Tuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "digitpad.json")  # written last: without it the environment is not finished

OLDEST, NEWEST = (3, 11), (3, 14)  # the Pythons that every pinned package has a wheel for
LOCKS = {"program": "requirements.lock", "tests": os.path.join("tests", "requirements.lock")}

# What Qt loads on Linux: the shared library, and Debian's package with it.
QT_BASE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
QT_WINDOWS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


class Problem(Exception):
    """The environment cannot be made; the text says why and what to do."""


def enter(tests: bool = False) -> None:
    """Go on inside the environment: return if this is it, otherwise run this same script in it and exit."""
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV) and _ready(tests):
        return
    run([os.path.abspath(sys.argv[0])] + sys.argv[1:], tests)


def run(arguments: List[str], tests: bool = False) -> NoReturn:
    """Make the environment if it is not there, run its Python with ``arguments``, and exit as that does."""
    try:
        if not _ready(tests):
            _make(tests)
    except Problem as problem:
        sys.exit("digitpad: {}".format(problem))
    except OSError as error:
        sys.exit("digitpad: .venv cannot be made: {}.".format(error))
    except KeyboardInterrupt:
        sys.exit("\ndigitpad: stopped. The next start makes the environment anew.")
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(PYTHON, [PYTHON] + arguments)
    process = subprocess.Popen([PYTHON] + arguments)
    while process.poll() is None:
        with suppress(KeyboardInterrupt):  # the program got it too, and decides
            process.wait()
    sys.exit(process.returncode)


def _wanted(tests: bool) -> Dict[str, str]:
    """Return what the stamp must hold: the place, for an environment cannot be moved, and each lock file's hash."""
    wanted = {"root": ROOT}
    for name, path in LOCKS.items():
        if name == "program" or tests:
            with open(os.path.join(ROOT, path), "rb") as file:
                wanted[name] = hashlib.sha256(file.read()).hexdigest()
    return wanted


def _stamp() -> Dict[str, str]:
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _ready(tests: bool) -> bool:
    # A .venv whose own Python was removed has a dangling link, for which exists() is False.
    stamp = _stamp()
    return os.path.exists(PYTHON) and all(stamp.get(name) == value for name, value in _wanted(tests).items())


def _make(tests: bool) -> None:
    python = _suitable_python()
    with _only_one():
        if _ready(tests):
            return  # another start has just made it
        wanted, stamp = _wanted(tests), _stamp()
        usable = os.path.exists(PYTHON) and all(stamp.get(name) == wanted[name] for name in ("root", "program"))
        if not usable:
            _install_system_packages(python)
            _say("Making a Python environment in .venv ...")
            if os.path.isdir(VENV):
                shutil.rmtree(VENV)
            _call([python, "-m", "venv", VENV], "Python could not make a virtual environment in {}".format(VENV))
            _say("Installing PySide6 and NumPy: about 110 MB to download, once ...")
            _install("program")
            with open(os.path.join(_site_packages(), "digitpad.pth"), "w", encoding="utf-8") as file:
                file.write(ROOT + "\n")
        if tests:
            _say("Installing what the tests need ...")
            _install("tests")
        with open(STAMP + ".new", "w", encoding="utf-8") as file:
            json.dump(wanted, file)
        os.replace(STAMP + ".new", STAMP)
        _say("Done. From now on this takes no time.")


def _install(lock: str) -> None:
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "-r", os.path.join(ROOT, LOCKS[lock])]
    _call(command, "the packages could not be installed (is there a connection to the internet?)")


def _site_packages() -> str:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.check_output([PYTHON, "-c", code]).decode().strip()


def _suitable_python() -> str:
    """Return this Python, or another on the PATH if this one is too old or too new."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        # Inside .venv itself, which may be about to be made anew, the Python it was made from.
        return str(getattr(sys, "_base_executable", sys.executable))
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.{}".format(minor))
        # A version manager puts launchers on the PATH for Pythons it will not start: only a run can tell.
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return found
    raise Problem(
        "needs Python {}.{} to {}.{}, and this is {}.{}. Install one of them and start again with it.".format(
            OLDEST[0], OLDEST[1], NEWEST[0], NEWEST[1], sys.version_info[0], sys.version_info[1]
        )
    )


def _install_system_packages(python: str) -> None:
    """On Linux, find out what Qt and venv lack; install it where that is allowed, otherwise say how and stop."""
    packages, libraries = _missing(python)
    if not packages:
        return
    if not shutil.which("apt-get"):
        if any(library in QT_BASE for library in libraries):
            raise Problem("Qt needs these libraries, which are missing: {}.".format(", ".join(libraries)))
        return
    _say("This system lacks {}.".format(", ".join(packages)))
    prefix = _apt_prefix()
    if prefix is None:
        command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)
        raise Problem("install them with this command, then start again:\n\n    {}\n".format(command))
    _say("Installing them with apt-get ...")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = prefix + ["apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    # A list of packages that is partly out of date may do, and what is missing then fails below with its reason.
    subprocess.call(apt + ["update"], env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    install = apt + ["install", "-y", "--no-install-recommends"] + packages
    _call(install, "apt-get could not install {}".format(" ".join(packages)), quiet)


def _missing(python: str) -> Tuple[List[str], List[str]]:
    """Return Debian's packages that are missing, and the shared libraries among them."""
    if not sys.platform.startswith("linux"):
        return [], []
    wanted = dict(QT_BASE, **QT_WINDOWS)
    libraries = [name for name in wanted if not _loads(name)]
    packages = [wanted[name] for name in libraries]
    if not any(files for folder in FONT_FOLDERS for _, _, files in os.walk(os.path.expanduser(folder))):
        packages.append("fonts-dejavu-core")
    if subprocess.call([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) != 0:
        version = subprocess.check_output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
        packages.append("python{}-venv".format(version.decode().strip()))
    return packages, libraries


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_prefix() -> Optional[List[str]]:
    """Return what to put before apt-get to be allowed to install, or None where that takes a password."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    quiet = subprocess.DEVNULL
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stdin=quiet, stdout=quiet, stderr=quiet) == 0:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _call(command: List[str], failure: str, variables: Optional[Dict[str, str]] = None) -> None:
    """Run ``command`` with its words on the screen. Raises Problem if it fails."""
    code = subprocess.call(command, env=variables, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if code != 0:
        raise Problem("{}; the lines above say why.".format(failure))


@contextmanager
def _only_one() -> Iterator[None]:
    """Wait until no other start is making the environment; the system lets go of the lock if this process dies."""
    name = "digitpad-{}.lock".format(hashlib.sha256(ROOT.encode()).hexdigest()[:16])
    user = "" if sys.platform == "win32" else "{}-".format(os.getuid())
    with open(os.path.join(tempfile.gettempdir(), user + name), "w") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue  # it gives up after ten seconds: try again
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _say("Another start is making the environment: waiting for it ...")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _say(words: str) -> None:
    # Standard output belongs to the program that is started: a script's JSON must be all there is.
    print("digitpad: " + words, file=sys.stderr, flush=True)
