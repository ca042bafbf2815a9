"""Which files, of those that a person names or that lie in a folder or a zip file, are a set of digits."""

import contextlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from digitpad.data.formats import forms, zipped
from digitpad.data.formats.arrays import Array, Labelled
from digitpad.data.formats.names import ENDINGS, Name, parsed, without_endings
from digitpad.data.formats.places import files_in, files_of_zip
from digitpad.data.formats.sets import Found
from digitpad.data.formats.unpacking import Bounds, Source, TooMuch, source_of
from digitpad.draw.photo.file_kinds import PICTURE_ENDINGS
from digitpad.errors import DataError, one_line

# Sets of digits among others in one folder, the best first; EMNIST's folder has sets of letters too.
_OF_DIGITS = ("", "digits", "emnist-digits", "mnist", "emnist-mnist")
_OTHER_FILES = (*PICTURE_ENDINGS, ".py")  # often very many
_NAMED_LIKE_A_SET = re.compile(rf".*(ubyte|\.({'|'.join(ENDINGS)}))", re.IGNORECASE)
_HEAD = 4


def found_at(path: Path, until: contextlib.ExitStack) -> Found:
    """Return the set at ``path``, not read yet, to be read as long as ``until`` is open.

    Raises DataError when there is none, or when it is not clear which.
    """
    bounds = Bounds()
    files = until.enter_context(files_in(path, bounds=bounds))
    found = _with_others_beside(path, until, bounds) if files is None else _among(path, files, until)
    found.name = one_line(found.name or (path.resolve().name if path.is_dir() else parsed(path.name).set))
    return found


def _with_others_beside(path: Path, until: contextlib.ExitStack, bounds: Bounds) -> Found:
    """Return the set that a file is of: by itself, or with those files beside it whose names say that they belong."""
    source = source_of(path, bounds=bounds)
    contents = forms.contents(source)
    if contents is None:
        raise forms.refusal(source)
    name = parsed(path.name)
    found = Found(name.set)
    found.add(contents)
    if not name.part and (not name.role or found.is_usable):  # "data.csv" may be all of a set
        found.name = found.name or path.name.split(".")[0]
        return found
    found.name = found.name or path.resolve().parent.name
    try:
        files = until.enter_context(files_in(path.parent, 0, bounds)) or []
    except DataError:  # one may read the file and not look around it
        return found
    beside = [(parsed(file.name), file) for file in files if _may_be_of_a_set(file) and file.name != path.name]
    beside = [(other, file) for other, file in beside if other.set == name.set and (other.part or other.role)]
    # "mnist_test_10.csv" belongs to "mnist_train_100.csv" only where there is no "mnist_test_100.csv".
    for other, file in sorted(beside, key=lambda each: each[0].rest != name.rest):
        twin = (other.part, other.role) == (name.part, name.role)
        if not twin and not any((each.name.part, each.name.role) == (other.part, other.role) for each in found.all):
            _add(found, file, until)
    return found


def _among(path: Path, files: list[Source], until: contextlib.ExitStack) -> Found:
    """Return the set among files in folders: that which lies highest, and of several the one that is known."""
    levels: dict[int, list[Source]] = defaultdict(list)
    for file in files:
        if _may_be_of_a_set(file):
            levels[len(_home(file.name))].append(file)
    troubles: list[str] = []
    for _, level in sorted(levels.items()):
        sets: dict[tuple[tuple[str, ...], str], Found] = {}
        for file in level:
            key = _home(file.name), _set_of(file, name := parsed(file.name))
            _add(sets.setdefault(key, Found(name.set if "/" in key[1] else key[1])), file, until)
        usable = [(home, found) for (home, _), found in sets.items() if found.is_usable]
        if chosen := _chosen(usable):
            return chosen
        if usable:
            names = ", ".join(sorted({"/".join(filter(None, (*home, found.name))) for home, found in usable}))
            raise DataError(f"{path}: holds several sets ({names}), so open one of the files instead.")
        troubles += [trouble for found in sets.values() for trouble in found.explained()]
    if troubles:
        raise DataError(troubles[0])
    raise DataError(f"{path}: holds no digits; they are read from {forms.READ}.")


def _chosen(sets: Sequence[tuple[tuple[str, ...], Found]]) -> Found | None:
    """Return the only set, or of several with their folders the one that is known; None where that is not clear."""
    best = next((name for name in _OF_DIGITS if name in [found.name for _, found in sets]), None)
    known = [(home, found) for home, found in sets if found.name == best] if len(sets) > 1 else sets
    if len(known) > 1:  # torchvision keeps FashionMNIST beside MNIST, in files of the same names
        known = [(home, found) for home, found in known if "mnist" in map(str.lower, home)]
    return known[0][1] if len(known) == 1 else None


def _set_of(file: Source, name: Name) -> str:
    """Return what the files of the same set have in common; a file that says nothing of a set is one by itself."""
    if name.part or name.role:
        return name.set
    return "" if file.name.lower().endswith(".npy") else f"/{file.name}"


def _may_be_of_a_set(file: Source) -> bool:
    return not file.name.lower().endswith(_OTHER_FILES)


def _add(found: Found, file: Source, until: contextlib.ExitStack) -> None:
    """Add what is in the file to a set, or why that cannot be told; nothing where it is there already, unpacked.

    Raises TooMuch.
    """
    name = parsed(file.name)
    if (name.part or name.role) and name in [each.name for each in found.all]:
        return
    try:
        contents = _contents(file, until)
        if contents:
            found.add(contents)
        elif name.part and _NAMED_LIKE_A_SET.fullmatch(file.name):
            found.troubles.append(str(forms.refusal(file)))
    except TooMuch:
        raise
    except DataError as error:
        found.troubles.append(str(error))


def _contents(file: Source, until: contextlib.ExitStack) -> list[Array | Labelled]:
    if not zipped.recognises(file.head(_HEAD)):
        return forms.contents(file) or []
    inside = [each for member in files_of_zip(file, until) if _may_be_of_a_set(member)
              for each in _contents(member, until)]  # fmt: skip
    return [replace(each, name=_completed(each.name, parsed(file.name))) for each in inside]


def _completed(name: Name, outer: Name) -> Name:
    """Return what an array's name says, and where it says nothing what that of the file says which it is in."""
    return Name(outer.set, name.part or outer.part, name.role or outer.role, name.rest)


def _home(name: str) -> tuple[str, ...]:
    """Return the folders a file is in, but one of its own name, as some programs make for each file they unpack."""
    *folders, file = name.split("/")
    if folders and _letters(folders[-1]) == _letters(file):
        folders.pop()
    return tuple(folders)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", without_endings(name).lower())
