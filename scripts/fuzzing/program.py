"""A program: one reader, fuzzed by atheris. Arguments: the reader, a folder, and what libFuzzer is told.

Each kind of escape is written into the folder, with the file that brought it about; ``counts.json`` there has how many
files were tried and taken. It ends where it has become large: atheris keeps of each comparison of arrays what was
compared.
"""

import json
import os
import sys
import traceback
import warnings
from pathlib import Path
from random import Random
from time import monotonic, process_time

import atheris
from memory import peak_mb

with atheris.instrument_imports(include=["digitpad"]):
    from fuzzing.readers import READERS

from digitpad.errors import DigitpadError

_SLOW_S = 2.0
_TOLD_EVERY_S = 2.0
_LARGE_MB = 2000


class Trial:
    """Counts what became of the files."""

    def __init__(self, name: str, folder: Path) -> None:
        """Try the reader with this ``name``."""
        self._reader, self._folder = READERS[name], folder
        self._path = folder / "tried" / self._reader.name
        self._path.parent.mkdir()
        self._counts = {"tried": 0, "taken": 0, "escapes": 0, "slow": 0}
        self._kinds: set[str] = set()
        self._told_at = monotonic()

    def read(self, data: bytes) -> None:
        """Let the reader have a file."""
        self._path.write_bytes(data)
        began = process_time()
        self._counts["tried"] += 1
        try:
            self._reader.read(self._path)
            self._counts["taken"] += 1
        except DigitpadError:
            pass
        except Exception as error:
            self._counts["escapes"] += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            self._keep(f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}", data)
        if process_time() - began > _SLOW_S:
            self._counts["slow"] += 1
            self._keep("slow", data)
        if monotonic() - self._told_at > _TOLD_EVERY_S:
            self._tell()
            if peak_mb() > _LARGE_MB:
                os._exit(0)

    def mutated(self, data: bytes, max_size: int, seed: int) -> bytes:
        """Return another file."""
        made = self._reader.mutate(data, Random(seed), lambda some: bytes(atheris.Mutate(some, max(len(some), 64))))
        return made[:max_size]

    def _keep(self, kind: str, data: bytes) -> None:
        if kind not in self._kinds:
            self._kinds.add(kind)
            (self._folder / f"{len(self._kinds)} {kind}{self._path.suffix}").write_bytes(data)
            traceback.print_exc()
            self._tell()

    def _tell(self) -> None:
        self._told_at = monotonic()
        (self._folder / "counts.json").write_text(json.dumps(self._counts), encoding="utf-8")


def main() -> None:
    """Fuzz until libFuzzer has had enough, or the process is large."""
    warnings.simplefilter("ignore")
    name, folder, *told = sys.argv[1:]
    trial = Trial(name, Path(folder))
    atheris.Setup([sys.argv[0], *told], trial.read, custom_mutator=trial.mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
