"""The environments that things are made in: their own, so that nothing gets into the program that it does not need."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from environment import packages

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
PUBLISH, PACKAGE = ROOT / "scripts" / "publishing" / "publish.lock", ROOT / "scripts" / "publishing" / "package.lock"
PROGRAM = ROOT / "requirements.lock"


def environment_with(name: str, *locks: Path) -> Path:
    """Return the Python of an environment in ``build`` that has what the ``locks`` name, and nothing else.

    It is made where it is not there, or was made from other locks or by another Python. Raises Problem where that does
    not work.
    """
    folder = BUILD / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, what = folder / "made-from.txt", hashlib.sha256(sys.version.encode())
    for lock in locks:
        what.update(lock.read_bytes())
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != what.hexdigest():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        for lock in locks:
            packages.install(str(python), str(lock), again=False)
        stamp.write_text(what.hexdigest(), encoding="ascii")
    return python
