"""What scripts/package.py has made, used as a person would who has no Python."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad import __version__
from digitpad.desktop import telling
from digitpad.draw.example import THREE
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.train import experiment_file
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.recipe import Recipe

pytestmark = pytest.mark.package

ENDING = ".exe" if sys.platform == "win32" else ""


def dist() -> Path:
    return Path(os.environ["DIGITPAD_DIST"]).absolute()


def writable(folder: Path, yes: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o200 if yes else mode & ~0o222)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The program's folder, unpacked where there are blanks and umlauts, and nothing can be written."""
    place = tmp_path_factory.mktemp("package") / "Mein Ordner für Zahlen"
    place.mkdir()
    (archive,) = [*dist().glob("digitpad-*.tar.xz"), *dist().glob("digitpad-*.zip")]
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(place)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="tar")
    writable(place, False)
    before = {path: path.lstat().st_mtime_ns for path in place.rglob("*")}
    yield place / "digitpad"
    assert {path: path.lstat().st_mtime_ns for path in place.rglob("*")} == before  # root may write all the same
    writable(place, True)


def call(folder: Path, home: Path, *arguments: str | Path, name: str = "digitpad", code: int = 0) -> str:
    """Run a program of the folder with no Python to be found, no display and no terminal; return what it printed."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
    variables = {name: value for name, value in os.environ.items() if name in kept}
    variables |= {"DIGITPAD_HOME": str(home), "HOME": str(home), "PATH": os.defpath}
    run = subprocess.run(
        [folder / f"{name}{ENDING}", *arguments], cwd=home, env=variables, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", errors="replace", timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout


def test_it_reads_trains_and_exports(folder: Path, tmp_path: Path) -> None:
    assert call(folder, tmp_path, "--version") == f"digitpad {__version__}\n"
    (tmp_path / "drei.jsonl").write_text(json.dumps({"strokes": [THREE.tolist()]}))
    read = json.loads(call(folder, tmp_path, "predict", "--json", "drei.jsonl"))
    assert (read["digit"], read["verdict"]) == (3, "sure")
    call(folder, tmp_path, "train", "net.safetensors", "--epochs", "1", "--hidden", "16")
    call(folder, tmp_path, "export", "web", "page.html", "--model", "net.safetensors")
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!")
    call(folder, tmp_path, "export", "onnx", "net.onnx", code=2)  # it says that it comes without the package for it
    assert "Built-in digits: 10,000" in call(folder, tmp_path, "data")


def test_it_holds_the_installed_package_alone_and_the_licences(folder: Path) -> None:
    resources = [path for path in folder.rglob("default.safetensors") if path.parts[-3:-1] == ("digitpad", "resources")]
    assert len(resources) == 1
    assert {path.name for path in (resources[0].parent / "chapter").iterdir()} == {
        one.file.name for one in ChapterNetwork
    }
    assert not {path.name for path in folder.rglob("*")} & {"setuptools", "PyInstaller", "tests", "libgtk-3.so.0"}
    told = (folder / "licences" / "LIST.txt").read_text(encoding="utf-8")
    for name, licence in (("numpy", "BSD"), ("PySide6", "LGPL"), ("digitpad", "MIT"), ("Python", "PSF")):
        assert re.search(f"^{name}.*{licence}", told, flags=re.MULTILINE)
    assert (folder / "licences" / "numpy" / "licenses-LICENSE.txt").is_file()


if sys.platform == "linux":

    def test_its_window_reads_a_digit(folder: Path, tmp_path: Path) -> None:
        """Without a display the real window is used off-screen, by a mouse."""
        said = call(folder, tmp_path)
        assert "Drew a 3 with the mouse. The window says: 3." in said
        (screenshot,) = re.findall(r"^Screenshot: (.+)$", said, flags=re.MULTILINE)
        assert Path(screenshot).stat().st_size > 10_000
        shutil.rmtree(Path(screenshot).parent)

    def test_its_other_tabs_open(folder: Path, tmp_path: Path) -> None:
        """An experiment opens on the Train tab, digits on the Data tab; the end that is asked for closes the window."""
        experiment_file.save(tmp_path / "mine.digitpad", SavedExperiment(Recipe()))
        variables = {"DIGITPAD_HOME": str(tmp_path), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        files = (tmp_path / "mine.digitpad", folder / "_internal" / "digitpad" / "resources" / "digits")
        window = subprocess.Popen([folder / "digitpad", *files], env=variables, stderr=subprocess.PIPE, text=True)
        try:
            for _ in range(3000):
                if window.poll() is not None or any((tmp_path / "sittings").rglob("*.*")):
                    break
                time.sleep(0.1)  # until it has begun to keep what is in it: then it hears of the end
            window.terminate()
            said = window.communicate(timeout=100)[1]
        finally:
            window.kill()
        assert "Traceback" not in said
        assert window.returncode == 128 + signal.SIGTERM
        assert not (tmp_path / "digitpad.log").exists()

    def test_started_by_a_desktop_it_says_in_a_file_why_it_does_not_open(folder: Path, tmp_path: Path) -> None:
        call(folder, tmp_path, name="digitpad-window", code=1)
        assert "no display found" in (tmp_path / telling.FILE).read_text(encoding="utf-8")

    def test_it_goes_into_the_menus_from_where_it_is(folder: Path, tmp_path: Path) -> None:
        call(folder, tmp_path, "install-desktop")
        entry = (tmp_path / ".local" / "share" / "applications" / "digitpad.desktop").read_text(encoding="utf-8")
        assert f'Exec="{folder}/digitpad-window" %f\n' in entry

    def test_the_debian_package_is_what_it_says(tmp_path: Path) -> None:
        packages = list(dist().glob("digitpad_*.deb"))
        assert bool(packages) == bool(shutil.which("dpkg-deb"))
        for package in packages:
            told = subprocess.check_output(["dpkg-deb", "--field", package], text=True)
            assert f"Version: {__version__}\n" in told
            assert "libegl1" in told
            assert "libxcb-cursor0" in told
            subprocess.run(["dpkg-deb", "--extract", package, tmp_path / "root"], check=True)
            usr = tmp_path / "root" / "usr"
            assert {path.name for path in (usr / "bin").iterdir()} == {"digitpad", "digitpad-window"}
            assert (usr / "share" / "applications" / "digitpad.desktop").is_file()
            assert (usr / "share" / "mime" / "packages" / "digitpad.xml").is_file()
            assert (usr / "share" / "icons" / "hicolor" / "256x256" / "apps" / "digitpad.png").is_file()
            (tmp_path / "home").mkdir()
            said = call(usr / "bin", tmp_path / "home")
            assert "The window says: 3." in said
            shutil.rmtree(Path(said.partition("Screenshot: ")[2].strip()).parent)
