"""The wheel and the source archive, which pip, pipx and uv install from."""

import subprocess
from pathlib import Path

from publishing.environments import PUBLISH, ROOT, environment_with


def make_wheel(output: Path) -> Path:
    """Write both into ``output``, checked as an index would; return the wheel.

    Raises CalledProcessError where they are not as they should be.
    """
    python = environment_with("publish", PUBLISH)
    subprocess.run([python, "-m", "hatchling", "build", "-d", output], cwd=ROOT, check=True)
    (wheel,) = output.glob("digitpad-*.whl")
    (source,) = output.glob("digitpad-*.tar.gz")
    subprocess.run([python, "-m", "twine", "check", "--strict", wheel, source], check=True)
    return wheel
