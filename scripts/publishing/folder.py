"""The folder that runs without Python, made by PyInstaller from the wheel, and its archive."""

import platform
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import Distribution, distributions
from pathlib import Path

from digitpad import __version__
from publishing.environments import BUILD, PACKAGE, PROGRAM, ROOT, environment_with

_SPEC = ROOT / "scripts" / "publishing" / "digitpad.spec"
Command = list[str | Path]

_LICENCES = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


def make_folder(wheel: Path, output: Path) -> Path:
    """Make the folder ``output / "digitpad"`` with what the ``wheel`` holds and needs, and return it.

    Raises Problem or CalledProcessError where that does not work.
    """
    python = environment_with("package", PROGRAM, PACKAGE)
    quiet = ("--quiet", "--disable-pip-version-check")
    pip: Command = [python, "-m", "pip", "install", *quiet, "--no-index", "--no-deps", "--force-reinstall", wheel]
    subprocess.run(pip, check=True)
    places: Command = ["--distpath", output, "--workpath", BUILD / "pyinstaller"]
    command: Command = [python, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, _SPEC]
    subprocess.run(command, cwd=BUILD, check=True)  # elsewhere the sources would be taken for the installed package
    folder = output / "digitpad"
    if sys.platform != "win32":
        (folder / "digitpad-window").symlink_to("digitpad")
    if sys.platform == "linux" and shutil.which("strip"):  # Python's own libraries may have come with all their names
        inner = folder / "_internal"
        libraries = [*inner.glob("libpython*.so*"), *inner.glob("python3*/lib-dynload/*.so")]
        subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)
    _add_licences(folder / "licences", python)
    return folder


def make_archive(folder: Path, output: Path) -> Path:
    """Return an archive of ``folder``, named by version and system, in ``output``."""
    name = f"digitpad-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(output / name), "zip", folder.parent, folder.name))
    path = output / f"{name}.tar.xz"
    with tarfile.open(path, "w:xz", preset=3) as archive:
        archive.add(folder, folder.name)
    return path


def _add_licences(folder: Path, python: Path) -> None:
    """Put the licences of all that is in the program's folder there, with a list that says whose they are."""
    (libraries,) = {*python.parents[1].glob("lib/python3*/site-packages"), *python.parents[1].glob("Lib/site-packages")}
    of_program = {
        name.lower() for name in re.findall(r"^([\w.-]+)==", PROGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    }
    lines = [f"Python {platform.python_version()}: PSF-2.0, https://docs.python.org/3/license.html"]
    for package in sorted(distributions(path=[str(libraries)]), key=lambda package: package.name.lower()):
        name = re.sub(r"[-_.]+", "-", package.name).lower()
        if name not in of_program | {"digitpad"}:
            continue
        lines.append(f"{package.name} {package.version}: {_licence(package)}")
        for file in package.files or ():
            if ".dist-info" in file.parts[0] and _LICENCES.search(file.name):
                place = folder / name / "-".join(file.parts[1:])
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), place)
    (folder / "LIST.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _licence(package: Distribution) -> str:
    """Return what a package says of its licence."""
    told = package.metadata
    classifiers = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    given = [told[name].partition("\n")[0] for name in ("License-Expression", "License") if name in told]
    return next(filter(None, given), ", ".join(classifiers))
