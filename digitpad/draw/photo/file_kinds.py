"""What kind of picture a file's bytes are, whether they are all there, and in how many parts.

Decoders tell the first two not for every kind, and take the time for whatever parts there are.
"""

import re
from collections.abc import Iterator
from functools import partial

from digitpad.errors import PictureError

# What tells a kind, by where it stands in the file. Those of the first group can be read.
_SIGNATURES = (
    ("PNG", 0, b"\x89PNG\r\n\x1a\n"),
    ("JPEG", 0, b"\xff\xd8\xff"),
    ("BMP", 0, b"BM"),
    ("GIF", 0, b"GIF87a"),
    ("GIF", 0, b"GIF89a"),
    ("WebP", 8, b"WEBP"),
    ("TIFF", 0, b"II*\0"),
    ("TIFF", 0, b"MM\0*"),
)
_FOREIGN = (
    *(
        ("HEIC", 4, b"ftyp" + brand)
        for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
    ),
    ("AVIF", 4, b"ftypavif"),
    ("AVIF", 4, b"ftypavis"),
    ("JPEG XL", 0, b"\xff\x0a"),
    ("JPEG XL", 0, b"\0\0\0\x0cJXL "),
    ("JPEG 2000", 0, b"\0\0\0\x0cjP  "),
    ("Photoshop", 0, b"8BPS"),
    ("PDF", 0, b"%PDF-"),
    ("SVG", 0, b"<svg"),
    ("icon", 0, b"\0\0\1\0"),
)
READABLE = tuple(dict.fromkeys(name for name, _, _ in _SIGNATURES))
"""The kinds that can be read, by name."""
READ = f"{', '.join(READABLE[:-1])} or {READABLE[-1]}"
"""The same as words."""
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
"""How the names of their files end, in small letters."""

_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither filling, nor data that looks like it, nor a restart
_END_OF_IMAGE = 0xD9
_START_OF_SCAN = 0xDA
_MOST_PARTS = 100_000  # each may be of no bytes at all, and is gone through
_MOST_IN_ALL_SCANS = 2_000_000_000  # pixels: one that is packed to become sharper and sharper has some ten scans
_MOST_STRIPS = 100_000
_BYTES_OF_TIFF = (1, 2, 6, 7)  # kinds of values of which a decoder makes no numbers
_SHORT, _LONG = 3, 4  # of whole numbers
_TILE = (322, 323)  # what a TIFF calls the width and the height of its tiles,
_ORIENTATION = 274  # and how the camera was held
_PNG_BEGINS = 8  # bytes: behind its signature
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_PNG_PROFILE = (b"iCCP",)
# The segments of a JPEG that say how its pixels are packed, and in which colours.
_JPEG_NEEDED = frozenset((*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDB, 0xE0), 0xE0, 0xEE))
_JPEG_TOLD, _MOST_TOLD = 0xE1, 4  # those that say how the camera was held: the first or the second does
_MOST_BEFORE_PIXELS = 1 << 20  # bytes of both


def kind_of(content: bytes) -> str | None:
    """Return the kind of picture that ``content`` is, whether it can be read or not, or None if that is not known."""
    for name, at, signature in (*_SIGNATURES, *_FOREIGN):
        if content.startswith(signature, at):
            return name
    text = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return "SVG" if text.startswith((b"<?xml", b"<!--", b"<!DOCTYPE")) and b"<svg" in text else None


def is_cut_off(content: bytes) -> bool:
    """Whether the end of a PNG, JPEG, GIF or WebP is missing: decoders read what there is of some without a word."""
    kind = kind_of(content)
    if kind == "JPEG":
        return not _jpeg_ends(content)
    if kind == "PNG":
        return not _png_ends(content)
    if kind == "GIF":
        return b"\x3b" not in content[-64:]  # some programs write a little behind it
    if kind == "WebP":
        return len(content) < 8 + int.from_bytes(content[4:8], "little")
    return False


def check_scans(jpeg: bytes, width: int, height: int) -> None:
    """Refuse a JPEG of this size that goes over its pixels again and again. Raises PictureError."""
    scans = sum(marker == _START_OF_SCAN for marker, _ in _jpeg_markers(jpeg))
    if scans * width * height > _MOST_IN_ALL_SCANS:
        raise PictureError(f"The picture is packed in {scans:,} layers, too many for its size.")


def first_scan(jpeg: bytes) -> int:
    """Return how many colours the first scan of a JPEG has, 0 where there is none. Raises PictureError as above."""
    for marker, at in _jpeg_markers(jpeg):
        if marker == _START_OF_SCAN:
            return int.from_bytes(jpeg[at + 2 : at + 3], "big")
    return 0


def check_strips(tiff: bytes) -> None:
    """Refuse a TIFF whose pixels, or other numbers, are in very many pieces. Raises PictureError."""
    if any(number > _MOST_STRIPS for _, kind, number, _ in _tiff_entries(tiff) if kind not in _BYTES_OF_TIFF):
        raise too_many_parts()


def tile_of(tiff: bytes) -> tuple[int, int]:
    """Return the width and height of a TIFF's tiles, 0 where it has none; each may be larger than the picture.

    Raises PictureError where they are no whole numbers, which decoders understand in different ways.
    """
    sides = dict.fromkeys(_TILE, 0)
    for tag, kind, _, value in _tiff_entries(tiff):
        if tag in sides:
            if kind not in (_SHORT, _LONG):
                raise PictureError("The picture is damaged: its tiles have no size.")
            sides[tag] = max(sides[tag], value)  # where it is said twice, too
    width, height = sides.values()
    return width, height


def orientation_in(exif: bytes) -> int | None:
    """Return how the camera was held, as the first directory of EXIF says it, however long that is; None if not."""
    entries = _tiff_entries(exif.removeprefix(b"Exif\0\0"))
    return next((value for tag, kind, _, value in entries if tag == _ORIENTATION and kind == _SHORT), None)


def _tiff_entries(tiff: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield what each entry in a TIFF's directory is, the kind of its values, how many they are, and a single one.

    Of a directory that is cut off these are the entries that are there, as a decoder takes them.
    """
    number = partial(int.from_bytes, byteorder="little" if tiff.startswith(b"II") else "big")
    begin = number(tiff[4:8]) + 2
    end = min(begin + 12 * number(tiff[begin - 2 : begin]), len(tiff) - 11)
    for at in range(begin, end, 12):
        kind = number(tiff[at + 2 : at + 4])
        value = number(tiff[at + 8 : at + (10 if kind == _SHORT else 12)])
        yield number(tiff[at : at + 2]), kind, number(tiff[at + 4 : at + 8]), value


def too_many_parts() -> PictureError:
    """Return what says of a picture that going through its parts would take too long."""
    return PictureError("The picture's file is in too many parts.")


def _jpeg_ends(content: bytes) -> bool:
    """Whether the picture ends, rather than a preview within one of its segments."""
    return any(marker == _END_OF_IMAGE for marker, _ in _jpeg_markers(content))


def _jpeg_markers(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG up to its end, and where what they have follows.

    Raises PictureError where there are very many.
    """
    at, marker, parts = 2, 0, 0
    while marker != _END_OF_IMAGE and (found := _JPEG_MARKER.search(content, at)):
        at, marker, parts = found.end(), content[found.end() - 1], parts + 1
        if parts > _MOST_PARTS:
            raise too_many_parts()
        yield marker, at
        if marker != 1:  # all others here have a length; a scan's data follow its header
            at += int.from_bytes(content[at : at + 2], "big")


def _png_ends(content: bytes) -> bool:
    return any(kind == b"IEND" and end <= len(content) for kind, _, end in _png_chunks(content))


def pixels_alone(content: bytes) -> bytes:
    """Return the file of a picture without most of what is beside its pixels, if it is a PNG or a JPEG.

    That may be long, packed to be yet longer, or in many parts, for each of which a decoder copies those before it.
    Raises PictureError where there are very many.
    """
    kind = kind_of(content)
    if kind == "PNG":
        return _png_without((*_PNG_TEXTS, *_PNG_PROFILE), content)
    return _jpeg_alone(content) if kind == "JPEG" else content


def without_profile(png: bytes) -> bytes:
    """Return the PNG file without colour profiles, which may be many, and packed to be long. Raises PictureError."""
    return _png_without(_PNG_PROFILE, png)


def _png_without(kinds: tuple[bytes, ...], png: bytes) -> bytes:
    kept = (png[begin:end] for kind, begin, end in _png_chunks(png) if kind not in kinds)
    return b"".join([png[:_PNG_BEGINS], *kept])


def _jpeg_alone(jpeg: bytes) -> bytes:
    whole, told, before = memoryview(jpeg), 0, 0
    kept = [whole[:2]]
    for marker, at in _jpeg_markers(jpeg):
        if marker == _START_OF_SCAN:
            kept.append(whole[at - 2 :])
            break
        length = int.from_bytes(jpeg[at : at + 2], "big")
        told += marker == _JPEG_TOLD
        # One that has no length a decoder would give another, and find in its bytes what is left out here.
        if length >= 2 and (marker in _JPEG_NEEDED or (marker == _JPEG_TOLD and told <= _MOST_TOLD)):
            kept.append(whole[at - 2 : at + length])
            before += length
        if before > _MOST_BEFORE_PIXELS:
            raise too_many_parts()
    return b"".join(kept)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each chunk of a PNG file up to its last, where it begins, and where it is to end.

    Raises PictureError where there are very many.
    """
    end, kind, parts = _PNG_BEGINS, b"", 0
    while end + 12 <= len(content) and kind != b"IEND":  # a chunk is its length, its kind, its data and a checksum
        begin, kind = end, content[end + 4 : end + 8]
        end, parts = end + 12 + int.from_bytes(content[begin : begin + 4], "big"), parts + 1
        if parts > _MOST_PARTS:
            raise too_many_parts()
        yield kind, begin, end
