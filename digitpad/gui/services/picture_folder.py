"""Drawings as PNG pictures in folders named 0 to 9, for other programs and from them, and zip files of such folders."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from digitpad.data.formats.places import files_in
from digitpad.data.formats.unpacking import Source, read_at_most
from digitpad.data.picture_file import digit_in, white_in
from digitpad.data.store import Drawn, Sample, drawn_now
from digitpad.data.strokes import digit_of_word
from digitpad.draw.photo.decoding import MAX_FILE_BYTES
from digitpad.draw.photo.file_kinds import PICTURE_ENDINGS
from digitpad.draw.preprocess import SIDE
from digitpad.errors import Cancelled, DataError, DigitpadError
from digitpad.files.writing import write_atomically, writing
from digitpad.gui.images import image_of, png_of

_LOOKED_AT = 500  # pictures, spread over a folder, of which none is bright: then it has greys of few levels
_FOLDER = re.compile(
    r"(?:(?:digit|class|label|number|num)[\s_.-]*)?(?:0{0,2}(?P<digit>\d)(?:[\s_.-]+(?P<word>[a-z]+))?|(?P<only>[a-z]+))"
)


def write_pictures(folder: Path, samples: Iterable[Sample]) -> int:
    """Write what the network sees of each drawing, 28 x 28 pixels, white ink on black; return how many.

    A drawing that has another label than when it was written there before leaves no picture under the old one; no other
    picture is touched. Raises DataError when one cannot be written.
    """
    written = 0
    for sample in samples:
        path = folder / str(sample.label) / _name(sample)
        with writing(path.parent, DataError):
            path.parent.mkdir(parents=True, exist_ok=True)
        with writing(path, DataError):
            write_atomically(path, _png(sample))
        for other in (folder / str(label) / path.name for label in range(10) if label != sample.label):
            with writing(other, DataError), contextlib.suppress(FileNotFoundError, NotADirectoryError):
                other.unlink()
        written += 1
    return written


def _name(sample: Sample) -> str:
    """Return the name of a drawing's picture: with the time, since other people's drawings have the same numbers."""
    made = re.sub(r"[^0-9]", "", sample.created_at)[:14]  # to seconds
    return f"{sample.id:06}-{made}.png"


def _png(sample: Sample) -> bytes:
    return png_of(image_of(sample.image.reshape(SIDE, SIDE)))


def read_pictures(path: Path, leave_out: Callable[[str], object]) -> Iterator[Drawn]:
    """Yield the digits in a folder of pictures or a zip file of one, where their names say what they are.

    From the first picture on that cannot be read, ``leave_out`` is given a sentence with each: how many of those so far
    were left out, and why the first was. Raises DataError when there are none.
    """
    with files_in(path) as files:
        pictures = _labelled(files or [])
        if not pictures:
            raise DataError(f"{path}: holds no pictures in folders named 0 to 9.")
        trouble, white = [], _white([file for file, _ in pictures])
        for i, (file, label) in enumerate(pictures):
            try:
                yield drawn_now(label, (), digit_in(_content(file), file.where, white))
            except Cancelled:
                raise
            except DigitpadError as error:
                trouble.append(str(error))
            if trouble:
                leave_out(f"{len(trouble):,} of {i + 1:,} pictures were left out. {trouble[0]}")


def holds_pictures(path: Path) -> bool:
    """Whether a folder or a zip file has pictures of digits whose names say what they are.

    Raises DataError when it cannot be looked into.
    """
    with files_in(path) as files:
        return bool(_labelled(files or []))


def _content(file: Source) -> bytes:
    with file.open() as stream:
        return bytes(read_at_most(stream, MAX_FILE_BYTES + 1))


def _white(files: Sequence[Source]) -> int:
    """Return the grey of full ink in pictures that were written as MNIST is: as in the brightest of them."""
    white = 0
    for file in files[:: -(-len(files) // _LOOKED_AT)]:
        with contextlib.suppress(DigitpadError):  # which is told of when its turn comes
            white = max(white, white_in(_content(file)))
        if white == 255:
            break
    return white or 255


def _labelled(files: Sequence[Source]) -> list[tuple[Source, int]]:
    """Return the pictures in folders that say which digit, or else those of the highest folder if all names say it."""
    pictures = [file for file in files if file.name.lower().endswith(PICTURE_ENDINGS)]
    in_folders = [(file, digit) for file in pictures if (digit := _digit_of_folder(file.name)) is not None]
    highest = min((file.name.count("/") for file in pictures), default=0)  # a zip file of a folder has that within
    return in_folders or _by_their_names([file for file in pictures if file.name.count("/") == highest])


def _digit_of_folder(name: str) -> int | None:
    """Return the digit that the folder of a picture is for: "7", "07", "digit_7", "7 - seven" or "seven"."""
    match = _FOLDER.fullmatch(name.split("/")[-2].strip().lower()) if "/" in name else None
    if not match:
        return None
    spelled = digit_of_word(match["word"] or match["only"] or "")
    digit = int(match["digit"]) if match["digit"] else spelled
    return digit if spelled in (None, digit) else None


def _by_their_names(files: Sequence[Source]) -> list[tuple[Source, int]]:
    """Return files with the digit in their names, "7_0001.png" or "img-7.png", if it is clear for all of them which."""
    numbers = [re.findall(r"\d+", PurePosixPath(file.name).stem) for file in files]
    if len({PurePosixPath(file.name).parent for file in files}) != 1 or not all(numbers):
        return []
    places = {0, -1} if any(len(each) > 1 for each in numbers) else {0}
    clear = [place for place in places if all(len(each[place]) == 1 for each in numbers)]
    return [(file, int(each[clear[0]])) for file, each in zip(files, numbers, strict=True)] if len(clear) == 1 else []
