"""How much memory a picture takes while it is decoded: a file of some bytes may hold pixels without end."""

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from digitpad.draw.photo.file_kinds import first_scan, tile_of, too_many_parts
from digitpad.errors import PictureError

_MOST_BYTES = 480_000_000  # at once, beside what the program takes
_MOST_IN_TILES = 2_000_000_000  # pixels in all, with those that lie beyond the picture: they are unpacked, too

# Bytes a pixel: Pillow has one for a grey, and four for a colour.
_WEBP = 16  # the picture, the one before it in a film, what both are made of, and the picture as it is handed over
_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2}
_COLOUR = 4  # and greys of 32 bits
_COEFFICIENT = 2  # of a JPEG in layers, which are kept until all have come

_BITS_PER_SAMPLE, _SAMPLES_PER_PIXEL = 258, 277  # in a TIFF


def check_memory(image: ImageFile, kind: str, content: bytes) -> None:
    """Refuse a picture, looked at but not decoded yet, that would take too much memory. Raises PictureError.

    ``kind`` is what its file is called, and ``content`` what is in it.
    """
    each = _bytes_a_pixel(image, content)
    _check("The picture", image.width, image.height, kind, each)
    if isinstance(image, TiffImageFile):
        width, height = tile_of(content)
        _check("A tile of the picture", width, height, kind, each)
        if width and height and _up_to(image.width, width) * _up_to(image.height, height) > _MOST_IN_TILES:
            raise too_many_parts()


def _check(what: str, width: int, height: int, kind: str, each: float) -> None:
    if width * height * each > _MOST_BYTES:
        most = int(_MOST_BYTES / each) // 10**6
        raise PictureError(f"{what} has {width} x {height} pixels; a {kind} file like this may have {most} million.")


def _up_to(side: int, tile: int) -> int:
    """Return how many pixels are in the tiles along a ``side``."""
    return -(-side // tile) * tile


def _bytes_a_pixel(image: ImageFile, content: bytes) -> float:
    decoded = _OF_MODE.get(image.mode, _COLOUR)
    if isinstance(image, WebPImageFile):
        return _WEBP
    if isinstance(image, JpegImageFile):
        return _kept_of_layers(image, content)
    if isinstance(image, TiffImageFile):
        return decoded + max(decoded, _packed_together(image))
    return decoded


def _packed_together(image: TiffImageFile) -> float:
    """Return how many bytes a pixel are unpacked before any becomes one: all may lie in one strip."""
    bits = image.tag_v2.get(_BITS_PER_SAMPLE, (8,))
    return float(max(bits) * image.tag_v2.get(_SAMPLES_PER_PIXEL, 1) / 8)


def _kept_of_layers(image: JpegImageFile, content: bytes) -> float:
    """Return how many bytes a pixel are kept of a JPEG that comes in layers or colour by colour, 0 of any other.

    That one is made smaller while it is decoded.
    """
    parts = [across * down for _, across, down, _ in image.layer]
    if not image.info.get("progressive") and first_scan(content) == len(parts):
        return 0
    return _COEFFICIENT * sum(parts) / max(max(parts, default=1), 1)
