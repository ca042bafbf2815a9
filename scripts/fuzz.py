"""Give a reader files that nobody would write, as many as there is time for; only the project's own errors may come.

    python3 scripts/fuzz.py READER [READER ...] [--minutes N] [--keep FOLDER]

The readers: settings, network, experiment; classroom, of what pads send; drawing, run and sitting, which are kept for
the next start; idx, npz, npy, pickle, csv, zip, strokes, picture (a file) and greys (in memory); or all. Files are
changed within their formats and guided by which code they reach, with atheris, which is not among what the tests need
(it has wheels for Linux and macOS):

    .venv/bin/python -m pip install atheris

Each kind of escape is printed, and the file that brought it about is put into FOLDER.
"""

import environment

environment.enter()

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from time import monotonic

_SCRIPTS = Path(__file__).parent
_LONGEST_BYTES, _LONGEST_S, _MOST_MB = 80_000, 30, 3000
_PATIENCE_S = 600.0  # for the files that are there already, each of which each process reads once more


def main() -> int:
    """Fuzz the readers named, one after the other; return 0 where nothing escaped, else 1."""
    if find_spec("atheris") is None:
        print(f"fuzz: atheris is not there; install it with {sys.executable} -m pip install atheris", file=sys.stderr)
        return 2
    from fuzzing.readers import READERS

    parser = argparse.ArgumentParser(description="Fuzz what reads files.")
    parser.add_argument("readers", nargs="+", choices=[*READERS, "all"], metavar="READER", help=", ".join(READERS))
    parser.add_argument("--minutes", type=float, default=3.0, metavar="N", help="for each reader")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="for files that something escaped from")
    arguments = parser.parse_args()
    names = list(READERS) if "all" in arguments.readers else arguments.readers
    return max([fuzz(name, arguments.minutes, arguments.keep) for name in names])


def fuzz(name: str, minutes: float, keep: Path | None) -> int:
    """Fuzz one reader in processes of its own and print what came of it; return 0 where nothing escaped, else 1."""
    from fuzzing.readers import READERS

    with tempfile.TemporaryDirectory(prefix="digitpad-fuzz-") as made:
        corpus = Path(made) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(READERS[name].seeds()):
            (corpus / str(number)).write_bytes(seed)
        counts: Counter[str] = Counter()
        found: dict[str, Path] = {}  # by what it is: many rounds may come to the same
        said: list[str] = []  # by the rounds that found it
        end = monotonic() + 60 * minutes
        for number in count():
            folder = Path(made) / f"round {number}"
            folder.mkdir()
            run = _round(name, folder, corpus, max(end - monotonic(), 1))
            told = folder / "counts.json"
            counts.update(json.loads(told.read_text(encoding="utf-8")) if told.exists() else {})
            new = {_kind(path): path for path in sorted(folder.iterdir()) if path.is_file() and path != told}
            if not new.keys() <= found.keys() or run.returncode != 0:
                said += run.stderr.splitlines()[-30:]
            found = new | found
            if run.returncode != 0 or monotonic() >= end:
                break
        print(f"{name}: " + ", ".join(f"{what} {number:,}" for what, number in counts.items()), flush=True)
        if not found and run.returncode == 0:
            return 0
        for number, (kind, path) in enumerate(found.items(), 1):
            print(f"  {number} {kind}")
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, keep / f"{name} {number} {kind}{path.suffix}")
        print("\n".join(said), file=sys.stderr)
        return 1


def _kind(file: Path) -> str:
    """Return what brought ``file`` about, which a round numbers as it comes to it."""
    return file.stem.lstrip("0123456789").lstrip()


def _round(name: str, folder: Path, corpus: Path, seconds: float) -> "subprocess.CompletedProcess[str]":
    """Go on with the files of ``corpus`` for a while; what is found is in ``folder`` then."""
    told = [f"-max_total_time={round(seconds)}", f"-max_len={_LONGEST_BYTES}", f"-timeout={_LONGEST_S}"]
    told += [f"-rss_limit_mb={_MOST_MB}", f"-artifact_prefix={folder}{os.sep}", "-print_final_stats=0"]
    command = [sys.executable, "-m", "fuzzing.program", name, str(folder), str(corpus), *told]
    try:
        return subprocess.run(
            command, cwd=_SCRIPTS,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "DIGITPAD_HOME": str(folder / "home")},
            capture_output=True, text=True, errors="replace", timeout=seconds + _PATIENCE_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:  # what was found so far is told all the same, and the next reader fuzzed
        return subprocess.CompletedProcess(command, 1, stderr=str(error))


if __name__ == "__main__":
    sys.exit(main())
