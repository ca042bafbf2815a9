"""What is remembered between runs of the program: a small JSON file that may be missing, old or broken."""

import contextlib
import json
import os
from pathlib import Path
from typing import TypeVar

from digitpad.files import write_atomically

Value = TypeVar("Value", str, float, bool, list[str], list[int])


class Settings:
    """Values by name. Written to the file at once; where that fails they last until the program ends."""

    def __init__(self, path: Path | None = None) -> None:
        """Read ``path``, or remember nothing beyond this object when there is none.

        A file that is not such settings is set aside under another name, and all begins anew.
        """
        self._path = path
        self._values: dict[str, object] = {}
        if path is None or not path.is_file():
            return
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError("not an object")
            self._values = values
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                os.replace(path, path.with_suffix(".broken.json"))

    def get(self, name: str, default: Value) -> Value:
        """Return the value of ``name``, or ``default`` where there is none of its kind."""
        value = self._values.get(name)
        if isinstance(default, float) and type(value) is int:
            value = float(value)
        if type(value) is not type(default):
            return default
        if isinstance(value, list):
            kind = int if name in _NUMBERS else str
            return value if all(type(item) is kind for item in value) else default
        return value

    def set(self, name: str, value: Value) -> None:
        """Remember ``value`` under ``name``."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        if self._path is None:
            return
        with contextlib.suppress(OSError):  # a folder that cannot be written to is no reason to disturb anyone
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(self._values, indent=1).encode())


_NUMBERS = {"window"}  # the settings that are lists of whole numbers; other lists hold text
