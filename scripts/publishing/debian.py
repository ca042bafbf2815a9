"""The Debian package around the folder, which draws in the system's libraries that Qt needs."""

import platform
import shutil
import subprocess
from pathlib import Path

from digitpad import __version__
from digitpad.desktop import entry
from digitpad.gui.libraries import BASE, WAYLAND, WINDOWS
from publishing.environments import BUILD, ROOT

_CONTROL = """\
Package: digitpad
Version: {version}
Architecture: {architecture}
Maintainer: the digitpad authors
Installed-Size: {kib}
Depends: {depends}
Recommends: {recommends}
Section: education
Priority: optional
Description: draw a digit and watch a neural network read it
 A person draws a digit, and a neural network reads it while the pen moves.
 Networks like it can be trained and watched as they learn, and the ideas
 behind them be played with: chapter 1 of Michael Nielsen's book "Neural
 Networks and Deep Learning". It comes with a Python of its own.
"""


def make_debian_package(folder: Path, output: Path) -> Path:
    """Write a package of the program's ``folder`` into ``output``, and return it.

    Raises CalledProcessError where dpkg-deb does not make it.
    """
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    inside = root / "usr" / "lib" / "digitpad"
    shutil.copytree(folder, inside, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    for name in ("digitpad", entry.WINDOW):
        (root / "usr" / "bin" / name).symlink_to(f"../lib/digitpad/{name}")
    shared = entry.files([entry.WINDOW])
    shared["doc/digitpad/copyright"] = (ROOT / "LICENSE").read_bytes()
    for name, content in shared.items():
        path = root / "usr" / "share" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    files = [path for path in root.rglob("*") if not path.is_symlink()]
    for path in [root, *files]:
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    # What was linked here may ask for all that this system's C library has.
    depends = [f"libc6 (>= {platform.libc_ver()[1]})", "libstdc++6", *(library.apt for library in BASE + WINDOWS)]
    control = _CONTROL.format(
        version=__version__,
        architecture=architecture,
        kib=sum(path.stat().st_size for path in files if path.is_file()) // 1024,
        depends=", ".join(depends),
        recommends=", ".join(dict.fromkeys(["fonts-dejavu-core", *(library.apt for library in WAYLAND)])),
    )
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    package = output / f"digitpad_{__version__}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", root, package], check=True)
    return package
