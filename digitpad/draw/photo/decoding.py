"""The pixels in the file of a picture, read by Pillow: so it works the same with and without a window."""

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import BmpImagePlugin, ExifTags, GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin
from PIL import WebPImagePlugin as WebPPlugin
from PIL.ImageFile import ImageFile
from PIL.TiffTags import TAGS_V2_GROUPS

from digitpad.draw.photo.file_kinds import (
    READ,
    READABLE,
    check_scans,
    check_strips,
    is_cut_off,
    kind_of,
    orientation_in,
    pixels_alone,
    too_many_parts,
    without_profile,
)
from digitpad.draw.photo.shrinking import MAX_SIDE, Pixels, Strip, check_not_narrow, pixels
from digitpad.draw.photo.taking import check_memory
from digitpad.errors import Cancelled, PictureError, one_line
from digitpad.files.reading import check_wanted

MAX_FILE_BYTES = 64 << 20

_CUT_OFF = "The picture is cut off: the end of the file is missing."
_MAX_PIXELS = 100_000_000  # beyond it is no picture of a digit
_MAX_OF_PHOTO = 210_000_000  # of a JPEG, made smaller while it is decoded: telephones take 108 and 200 million
_READERS: dict[str, type[ImageFile]] = {
    "PNG": PngImagePlugin.PngImageFile,
    "JPEG": JpegImagePlugin.JpegImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "WebP": WebPPlugin.WebPImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
}  # without Image.open, which asks all others too
# How a camera was held, as EXIF says it, and what puts the picture upright.
_TURNED: dict[int, Callable[[NDArray[Any]], NDArray[Any]]] = {
    2: lambda seen: seen[:, ::-1],
    3: lambda seen: seen[::-1, ::-1],
    4: lambda seen: seen[::-1],
    5: lambda seen: seen.swapaxes(0, 1),
    6: lambda seen: np.rot90(seen, -1),
    7: lambda seen: seen[::-1, ::-1].swapaxes(0, 1),
    8: lambda seen: np.rot90(seen),
}

_OF_32_BITS = ("I", "F")  # Pillow's modes

warnings.filterwarnings("ignore", module=r"PIL\.")  # of what is odd beside the pixels, and does not matter here

_MOST_READS = 400_000  # of a file by its decoder: those of 200 megapixels take some thousands
_ASKED_EACH = 100  # reads: whether the picture is still wanted
_MOST_EXIF_BYTES = 64 << 10  # that Pillow reads: as much as one segment of a JPEG has
_MOST_RUNS = 10_000_000  # of equal pixels in a BMP, whose decoder reads each by itself, some millions in a second


def pixels_in(content: bytes) -> Pixels:
    """Return the picture whose file has this ``content``, upright, as ``shrinking.pixels`` does.

    Of several pictures it is the first. Raises PictureError, without a file's name, for what is none, is cut off or
    damaged, or is too large, and Cancelled where nobody wants it any more; what a decoder does at a stretch is done.
    """
    if not content:
        raise PictureError("The file is empty.")
    kind = kind_of(content)
    if kind is None:
        raise PictureError(f"This is not a {READ} picture.")
    if kind not in READABLE:
        article = "an" if kind in ("HEIC", "AVIF", "SVG", "icon") else "a"
        raise PictureError(f"This is {article} {kind} file, which cannot be read: save it as JPEG or PNG first.")
    try:
        # Pillow would refuse a picture for what is long beside it.
        if kind == "TIFF":
            check_strips(content)
        most = _MOST_RUNS if kind == "BMP" else _MOST_READS
        with _READERS[kind](_Read(pixels_alone(content), most)) as image:
            _check_size(image.width, image.height, _MAX_OF_PHOTO if kind == "JPEG" else _MAX_PIXELS)
            if is_cut_off(content):
                raise PictureError(_CUT_OFF)
            check_memory(image, kind, content)
            if kind == "TIFF":
                _leave_directories(image)
            if kind == "JPEG":
                check_scans(content, image.width, image.height)
                # The only kind of which a smaller picture is decoded sooner.
                image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX, reducing_gap=1.0)
            check_wanted()
            image.load()
            check_wanted()
            upright: Pixels = _TURNED.get(_orientation(image), np.asarray)(_pixels(image))
            return upright
    except (PictureError, Cancelled):
        raise
    except MemoryError as error:
        raise PictureError("The picture is too large for the memory there is.") from error
    except Exception as error:  # decoders raise whatever they meet
        if is_cut_off(content):
            raise PictureError(_CUT_OFF) from error
        why = one_line(str(error)).rstrip(".")
        raise PictureError(f"The picture is damaged or cut off{f' ({why})' if why else ''}.") from error


class _Read(BytesIO):
    """The ``content`` of a file, of which a decoder takes so many pieces at most: there may be millions of them.

    It is left by Cancelled where nobody wants it any more.
    """

    def __init__(self, content: bytes, most: int) -> None:
        super().__init__(content)
        self._left = most

    def read(self, n: int | None = -1) -> bytes:
        if self._left % _ASKED_EACH == 0:
            check_wanted()
        self._left -= 1
        if self._left < 0:
            raise too_many_parts()
        return super().read(n)


def text_in(content: bytes, name: str) -> str:
    """Return the text of that ``name`` before the pixels of a PNG file, "" where there is none that can be read."""
    try:
        with PngImagePlugin.PngImageFile(_Read(without_profile(content), _MOST_READS)) as image:
            return str(image.info.get(name, ""))
    except Exception:  # decoders raise whatever they meet
        return ""


def _check_size(width: int, height: int, most: int) -> None:
    """Refuse what is too narrow, or of more than ``most`` pixels, before it is decoded. Raises PictureError."""
    check_not_narrow(width, height)
    if width * height > most:
        raise PictureError(f"The picture has {width} x {height} pixels, more than {most // 10**6} million.")


def _leave_directories(tiff: ImageFile) -> None:
    """Keep Pillow from what EXIF has beside the first directory: it would make some hundred bytes of each number."""
    told = tiff.getexif()
    for directory in TAGS_V2_GROUPS:
        told.pop(directory, None)


def _orientation(image: ImageFile) -> Any:
    """Return how the camera was held, 1 where it does not say so, or not in a way that can be read."""
    try:
        if exif := image.info.get("exif"):
            if told := orientation_in(exif):
                return told
            image.info["exif"] = exif[:_MOST_EXIF_BYTES]
        return image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # whatever is wrong with what stands beside the pixels
        return 1


def _pixels(image: ImageFile) -> Pixels:
    deep = image.mode[0] in "IF"  # the modes of more than eight bits a grey
    mode = "RGBA" if image.has_transparency_data else "L" if image.mode in ("1", "L") else "RGB"

    def strip(top: int, rows: int) -> NDArray[Any]:
        part = image if rows == image.height else image.crop((0, top, image.width, top + rows))
        return np.asarray(part if deep else part.convert(mode))

    return pixels(image.width, image.height, _deep(image, strip) if deep else strip)


def _deep(image: ImageFile, strip: Strip) -> Strip:
    """Return what gives greys of 16 bits, to which those of whole numbers and floats of 32 bits are stretched.

    Strip by strip, as ``strip`` does: as numbers of 64 bits all pixels would take gigabytes.
    """
    brightest = 0.0

    def greys(top: int, rows: int) -> NDArray[np.uint16]:
        nonlocal brightest
        if image.mode not in _OF_32_BITS:
            return strip(top, rows).astype(np.uint16)
        if not brightest:
            tops = range(0, image.height, rows)
            brightest = max(float(_lit(strip(one, min(rows, image.height - one))).max()) for one in tops) or 1.0
        values = _lit(strip(top, rows))
        values *= 65535 / max(brightest, 1e-300)
        return values.astype(np.uint16)

    return greys


def _lit(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return numbers of any kind as they are, but for those that are none, or no light: as black."""
    lit: NDArray[np.float64] = values.astype(np.float64)
    np.nan_to_num(lit, copy=False, posinf=0, neginf=0)
    return lit.clip(0, out=lit)
