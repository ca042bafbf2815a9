"""Make what is given to people: python3 scripts/package.py. It is written into dist, which is emptied before.

The wheel and the source archive; the folder ``digitpad``, which runs without Python on systems like this one; an
archive of it; and where there is dpkg-deb, a Debian package of it. At the end it says how large they are, and on Linux
how much of a processor's time the folder's program takes to start, draw a digit and read it.
"""

import environment

environment.enter()

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from environment.problems import Problem
from publishing.debian import make_debian_package
from publishing.environments import ROOT
from publishing.folder import make_archive, make_folder
from publishing.wheel import make_wheel

DIST = ROOT / "dist"
STARTS = 5


def main() -> None:
    """Make all of it, and print what it is."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    try:
        wheel = make_wheel(DIST)
        folder = make_folder(wheel, DIST)
    except (Problem, subprocess.CalledProcessError) as why:
        sys.exit(f"package.py: {why}")
    make_archive(folder, DIST)
    if shutil.which("dpkg-deb"):
        make_debian_package(folder, DIST)
    for path in sorted(DIST.iterdir()):
        print(f"{path.relative_to(ROOT)}: {size(path) / 1e6:.1f} MB")
    if sys.platform == "linux":
        print(f"start, a digit drawn in the window off-screen and read, end: {processor_seconds(folder):.2f} s")


def size(path: Path) -> int:
    """Return how many bytes a file has, or all files in a folder."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def processor_seconds(folder: Path) -> float:
    """Return what showing itself at work takes of a processor, where there is no display: the median of some starts."""
    import resource  # of Unix

    variables = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    took, before = [], 0.0
    for _ in range(STARTS + 1):
        run = subprocess.run([folder / "digitpad"], env=variables, check=True, capture_output=True, text=True)
        shutil.rmtree(Path(run.stdout.partition("Screenshot: ")[2].strip()).parent)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(used.ru_utime + used.ru_stime - before)
        before = used.ru_utime + used.ru_stime
    return statistics.median(took[1:])  # the first has what was started before, and a cold disk


if __name__ == "__main__":
    main()
