"""Packages that only an extra brings along, and what to say where one is not installed."""

import sys
from importlib.util import find_spec


def lacking(package: str, written: str) -> str | None:
    """Return a sentence on what keeps ``written``, such as "Files of ONNX", from being written here, or None.

    They are written by the ``package`` of this name.
    """
    if find_spec(package):
        return None
    if getattr(sys, "frozen", False):
        return (
            f"{written} need the package {package}, which this form of digitpad comes without; its wheel can have it."
        )
    return (
        f"{written} are written by the package {package}, which is not installed: pip install {package}, or where "
        f"digitpad was installed by pipx or uv, pipx inject digitpad {package} or uv tool install --with {package}."
    )
