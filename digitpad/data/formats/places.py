"""The files in a folder or a zip file, without those that systems leave there for themselves."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from digitpad.data.formats import zipped
from digitpad.data.formats.unpacking import Bounds, Source, check_number, source_of
from digitpad.errors import DataError
from digitpad.files.contexts import contextmanager
from digitpad.files.reading import reading

_DEPTH = 3  # folders: torchvision's data/MNIST/raw
_OF_SYSTEMS = {"__macosx", "thumbs.db", "desktop.ini"}
_HEAD = 4


@contextmanager
def files_in(path: Path, depth: int = _DEPTH, bounds: Bounds | None = None) -> Iterator[list[Source] | None]:
    """Yield the files in a folder, ``depth`` folders down, or a zip file, by name; None for a file of another kind.

    What they unpack to has ``bounds`` together. Folders within it that one may not look into are passed over, as long
    as there are files elsewhere. Raises DataError when ``path`` cannot be read or holds very many files.
    """
    bounds = bounds or Bounds()
    with contextlib.ExitStack() as until:
        if os.path.isdir(path):  # not Path.is_dir, which raises where one may not look; opening the file says so
            files = list(_in_folder(path, depth, bounds))
        elif zipped.recognises(source_of(path).head(_HEAD)):
            files = files_of_zip(source_of(path, bounds=bounds), until)
        else:
            yield None
            return
        yield sorted(files, key=lambda file: file.name)


def files_of_zip(source: Source, until: contextlib.ExitStack) -> list[Source]:
    """Return the files in a zip file, to be read as long as ``until`` is open. Raises DataError for damage."""
    return [file for file in zipped.members(source, until) if not any(map(_is_of_a_system, file.name.split("/")))]


def _in_folder(folder: Path, depth: int, bounds: Bounds) -> Iterator[Source]:
    n, waiting = 0, [(folder, "", depth)]
    closed: list[tuple[Path, PermissionError]] = []
    while waiting:
        inside, prefix, further = waiting.pop()
        with reading(inside, DataError), contextlib.ExitStack() as until:
            try:
                entries = until.enter_context(os.scandir(inside))
            except PermissionError as error:
                closed.append((inside, error))  # every disk has one: "lost+found", "System Volume Information"
                continue
            for entry in entries:
                if _is_of_a_system(entry.name) or _leads_nowhere(entry):
                    continue
                if entry.is_dir():
                    if further and not entry.is_symlink():
                        waiting.append((Path(entry.path), f"{prefix}{entry.name}/", further - 1))
                elif entry.is_file():
                    n += 1
                    check_number(folder, n)
                    yield source_of(Path(entry.path), prefix + entry.name, bounds)
    if closed and not n:
        inside, refusal = closed[0]
        with reading(inside, DataError):
            raise refusal


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    """Whether it is a link to nothing that can be looked at, such as itself: it is no file."""
    if entry.is_symlink():
        try:
            entry.stat()
        except OSError:
            return True
    return False


def _is_of_a_system(name: str) -> bool:
    """Whether macOS, Windows or another system made the file for itself: "._digits.csv" beside "digits.csv", say."""
    return name.startswith(".") or name.lower() in _OF_SYSTEMS
