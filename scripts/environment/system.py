"""What Qt and venv want of a Linux system: found out, and installed where that is allowed."""

import os
import shutil
import subprocess
import sys
from typing import List, Optional

from environment.problems import Problem
from environment.pythons import Python
from environment.saying import say

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from digitpad.gui import libraries

sys.path.pop(0)

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def install_system_packages(python: Python) -> None:
    """Install what is missing; where that is not allowed, raise Problem that says how."""
    absent = libraries.missing()
    if not shutil.which("apt-get"):
        if any(library in libraries.BASE for library in absent):
            raise Problem(libraries.remedy(absent))
        return
    more = _more_for_debian(python)
    packages = [library.apt for library in absent] + more
    if not packages:
        return
    say("This system lacks {}.".format(", ".join(packages)))
    prefix = _apt_prefix()
    if prefix is None:
        command = libraries.command(absent, more)
        raise Problem("install them with this command, then start again:\n\n    {}\n".format(command))
    say("Installing them with apt-get ...")
    if not _apt_install(prefix, packages):
        raise Problem("apt-get could not install {}; the lines above say why.".format(" ".join(packages)))


def find_browser() -> Optional[str]:
    """Return where Chromium, or a browser made from it, is; None where it is not on the PATH."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> Optional[str]:
    """Return where Chromium is, which is installed where that is allowed; None where there is none in the end."""
    prefix = _apt_prefix() if shutil.which("apt-get") and not find_browser() else None
    if prefix is not None:
        say("Installing Chromium, for the tests that draw in a browser, with apt-get ...")
        _apt_install(prefix, ["chromium"])
    return find_browser()


def _apt_install(prefix: List[str], packages: List[str]) -> bool:
    """Install Debian's packages, with what is to stand before apt-get, and return whether that went well."""
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = prefix + ["apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    # A list of packages that is partly out of date may do, and what is missing then fails below with its reason.
    subprocess.call(apt + ["update"], env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    install = apt + libraries.APT.split()[1:] + packages
    return subprocess.call(install, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr) == 0


def _more_for_debian(python: Python) -> List[str]:
    """Return Debian's packages that are missing besides libraries: a font, and venv, which Debian splits off."""
    if sys.platform != "linux":
        return []
    packages = []
    if not any(files for folder in FONT_FOLDERS for _, _, files in os.walk(os.path.expanduser(folder))):
        packages.append("fonts-dejavu-core")
    code = [python.path, "-I", "-c", "import venv, ensurepip"]
    if subprocess.call(code, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) != 0:
        packages.append("python{}.{}-venv".format(*python.version))
    return packages


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
