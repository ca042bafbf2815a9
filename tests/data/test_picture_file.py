"""Pictures of every format and size: what is read, and what is said of what cannot be."""

import io
import struct
import subprocess
import sys
import tracemalloc
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from digitpad.data.picture_file import digit_in, picture_in, picture_of_file, white_in
from digitpad.draw.photo import decoding
from digitpad.draw.photo.decoding import pixels_in
from digitpad.draw.photo.file_kinds import is_cut_off, kind_of
from digitpad.draw.preprocess import SIDE
from digitpad.errors import BlankPictureError, Cancelled, PictureError
from digitpad.files.reading import left_unless


def a_seven(side: int = 200) -> np.ndarray:
    """Return greys (side, side), dark on white."""
    y, x = np.mgrid[:side, :side] / side
    bar = (np.abs(y - 0.25) < 0.04) & (x > 0.3) & (x < 0.72)
    stem = (np.abs(x - 0.7 + 0.4 * (y - 0.25)) < 0.05) & (y > 0.22) & (y < 0.8)
    return np.where(bar | stem, 20, 250).astype(np.uint8)


def encoded(picture: np.ndarray | Image.Image, kind: str = "png", **how: Any) -> bytes:
    """Return pixels as the content of a file."""
    content = io.BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(content, {"jpg": "jpeg", "tif": "tiff"}.get(kind, kind), **how)
    return content.getvalue()


def ink_of(content: bytes) -> np.ndarray:
    return picture_in(io.BytesIO(content), "picture").ink


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "gif", "webp", "tif"])
def test_every_kind_is_read_alike(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "picture without an ending"
    file.write_bytes(encoded(np.where(a_seven() > 127, 255, 0).astype(np.uint8), kind))
    assert not is_cut_off(file.read_bytes())
    for path in (file, str(file)):
        ink = picture_of_file(path).ink
        assert ink.max() == 1
        assert ink.shape == picture_of_file(file).ink.shape
    np.testing.assert_allclose(ink.shape, ink_of(encoded(a_seven())).shape, atol=8)


def test_pixels_of_every_sort_are_the_same_digit() -> None:
    seven = Image.fromarray(a_seven())
    colour = seven.convert("RGB")
    see_through = colour.copy()
    see_through.putalpha(Image.fromarray(255 - a_seven()))
    sorts: dict[str, bytes] = {
        "one bit": encoded(seven.convert("1")),
        "colour": encoded(colour),
        "palette": encoded(colour.quantize(20)),
        "palette, a transparent colour": encoded(colour.quantize(20), transparency=0),
        "black on nothing": encoded(see_through),
        "grey with alpha": encoded(see_through.convert("LA")),
        "alpha in WebP": encoded(see_through, "webp", lossless=True),
        "16 bits": encoded(a_seven().astype(np.uint16) * 257),
        "16 bits in TIFF": encoded(a_seven().astype(np.uint16) * 257, "tif"),
        "32 bits": encoded(a_seven().astype(np.int32) * 65536, "tif"),
        "floats": encoded(a_seven().astype(np.float32) / 255, "tif"),
        "four colours of ink": encoded(colour.convert("CMYK"), "jpg"),
        "packed": encoded(colour, "tif", compression="tiff_lzw"),
        "the first of several": encoded(colour, "gif", save_all=True, append_images=[colour.rotate(180)]),
        "the first of several, WebP": encoded(colour, "webp", save_all=True, append_images=[colour.rotate(180)]),
        "a GIF on nothing": encoded(colour.quantize(20), "gif", transparency=0),
        "a progressive JPEG": encoded(colour, "jpg", progressive=True),
    }
    plain = ink_of(encoded(a_seven()))
    for sort, content in sorts.items():
        ink = ink_of(content)
        assert np.abs(np.subtract(ink.shape, plain.shape)).max() <= 8, sort
        assert abs(ink.mean() - plain.mean()) < 0.05, sort


def test_faint_ink_in_the_lowest_of_16_bits_is_seen() -> None:
    deep = (4095 - 15 * a_seven().astype(np.uint16)) // 8  # light on dark, all in the lowest thousandths
    assert ink_of(encoded(deep)).max() == 1


@cache
def upright_ink(kind: str) -> np.ndarray:
    return ink_of(encoded(a_seven(), kind))


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("held", range(1, 10))
def test_a_picture_is_as_upright_as_the_camera_was(kind: str, held: int) -> None:
    upright = Image.fromarray(a_seven())
    seen = {
        2: lambda one: one.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda one: one.transpose(Image.Transpose.ROTATE_180),
        4: lambda one: one.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda one: one.transpose(Image.Transpose.TRANSPOSE),
        6: lambda one: one.transpose(Image.Transpose.ROTATE_90),
        7: lambda one: one.transpose(Image.Transpose.TRANSVERSE),
        8: lambda one: one.transpose(Image.Transpose.ROTATE_270),
    }.get(held, lambda one: one)(upright)
    exif = Image.Exif()
    exif[0x112] = held
    ink, expected = ink_of(encoded(seen, kind, exif=exif)), upright_ink(kind)
    assert np.abs(np.subtract(ink.shape, expected.shape)).max() <= 2
    height, width = np.minimum(ink.shape, expected.shape)
    assert np.abs(ink[:height, :width] - expected[:height, :width]).mean() < 0.1


def test_what_stands_beside_the_pixels_spoils_nothing() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("a long story", "na" * (3 << 20), zip=True)
    told.add_itxt("another", "na" * (3 << 20), zip=True)
    assert PngImagePlugin.MAX_TEXT_CHUNK < 6 << 20  # which other users of Pillow in the same program rely on
    told.add(b"eXIf", b"MM\0*\xff\xff\xff\xff")
    odd = [encoded(a_seven(), pnginfo=told), encoded(a_seven(), icc_profile=b"0" * (3 << 20))]
    for content in odd:
        np.testing.assert_array_equal(ink_of(content), ink_of(encoded(a_seven())))
    jpeg = encoded(a_seven(), "jpg")
    segment = b"\xff\xe1" + (20).to_bytes(2, "big") + b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12"
    np.testing.assert_array_equal(ink_of(jpeg[:2] + segment + jpeg[2:]), ink_of(jpeg))


def fractions(tag: int, n: int, at: int) -> bytes:
    """Return a directory of EXIF, ``at`` so many bytes, that has so many fractions behind it."""
    return struct.pack("<HHHIII", 1, tag, 5, n, at + 18, 0) + struct.pack("<II", 1, 1) * n


def with_long_exif(kind: str, n: int) -> bytes:
    """Return a picture whose EXIF has so many fractions."""
    if kind != "tif":
        exif = b"II*\0\x08\0\0\0" + fractions(0x112, n, 8)
        if kind == "webp":
            return encoded(a_seven(), kind, exif=exif, lossless=True)
        png = encoded(a_seven())
        return png[:33] + chunk(b"eXIf", exif) + png[33:]
    image = a_seven(60)
    behind = 150 + image.size
    places = {273: 150, 0x8769: behind, 0x8825: behind + 18 + 8 * n}  # the pixels, EXIF, and where it was taken
    told = {256: 60, 257: 60, 258: 8, 259: 1, 262: 1, 277: 1, 278: 60, 279: image.size, **places}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(told.items()))
    head = b"II*\0" + struct.pack("<IH", 8, len(told)) + entries
    return head.ljust(150, b"\0") + image.tobytes() + b"".join(fractions(2, n, places[at]) for at in (0x8769, 0x8825))


def test_how_the_camera_was_held_is_found_however_long_exif_is() -> None:
    entries = struct.pack("<HHII", 0x10F, 2, 20, 70_000) + struct.pack("<HHIHxx", 0x112, 3, 1, 6)
    exif = (b"II*\0\x08\0\0\0\x02\0" + entries).ljust(70_020, b"\0")
    png = encoded(a_seven())
    assert (pixels_in(png[:33] + chunk(b"eXIf", exif) + png[33:]) == np.rot90(pixels_in(png), -1)).all()


@pytest.mark.parametrize("kind", ["png", "webp", "tif"])
def test_of_exif_no_more_is_read_than_how_the_camera_was_held(kind: str) -> None:
    content = with_long_exif(kind, 40_000)
    tracemalloc.start()
    try:
        seen = pixels_in(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    np.testing.assert_array_equal(seen if seen.ndim == 2 else seen[..., 0], a_seven(len(seen)))
    assert most < 4 * len(content)  # each fraction of eight bytes takes 240


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "gif"])
def test_a_file_whose_end_is_missing_is_cut_off(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"seven.{kind}"
    content = encoded(a_seven(400), kind)
    file.write_bytes(content[: len(content) * 3 // 5])
    with pytest.raises(PictureError, match=rf"seven\.{kind}: the picture is cut off"):
        picture_of_file(file)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "gif", "bmp", "tif"])
def test_damage_is_a_picture_or_a_sentence(kind: str) -> None:
    content, generator = encoded(a_seven(40), kind), np.random.default_rng(3)
    with pytest.raises(PictureError, match=r"^picture: .*\.$"):
        ink_of(content[:30] + bytes(12))
    for _ in range(60):
        damaged = bytearray(content)
        for at in generator.integers(4, len(damaged), 4):
            damaged[at] = generator.integers(256)
        sentence = ""
        try:
            ink_of(bytes(damaged))
        except PictureError as error:
            sentence = str(error)
        assert not sentence or (sentence.startswith("picture: ") and sentence.endswith("."))


def in_runs(pixels: np.ndarray) -> bytes:
    """Return greys (h, w), h and w even, as a BMP packed in runs of two equal pixels."""
    height, width = pixels.shape
    rows = [b"".join(bytes([2, grey]) for grey in row[::2].tolist()) + b"\0\0" for row in pixels[::-1]]
    data, palette = b"".join(rows)[:-2] + b"\0\1", b"".join(bytes([grey, grey, grey, 0]) for grey in range(256))
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(data), 0, 0, 256, 0)
    begin = 14 + len(header) + len(palette)
    return struct.pack("<2sIHHI", b"BM", begin + len(data), 0, 0, begin) + header + palette + data


def test_a_picture_that_is_packed_in_very_many_runs_is_no_less_a_picture() -> None:
    large = np.full((1400, 1000), 255, np.uint8)
    large[200:1200, 460:540] = 0
    ink = ink_of(in_runs(large))
    assert ink.max() == 1
    assert np.array_equal(ink, ink_of(encoded(large, "bmp")))


def in_many_parts(kind: str) -> bytes:
    """Return a picture in very many parts of nearly no bytes."""
    content = encoded(a_seven(), kind)
    if kind == "png":
        return content[:33] + (bytes(4) + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big")) * 600_000 + content[33:]
    if kind == "jpg":
        return content[:2] + b"\xff\xfe\0\2" * 800_000 + content[2:]
    if kind == "gif":
        colours = 13 + (6 << (content[10] & 7))
        return content[:colours] + b"!\xfe\1a\0" * 800_000 + content[colours:]
    entry = struct.pack("<HHII", 273, 4, 600_000, 26)  # the pixels' strips, of a row each
    size = struct.pack("<HHII", 256, 3, 1, 20) + struct.pack("<HHII", 257, 4, 1, 600_000)
    return b"II*\0" + struct.pack("<IH", 8, 3) + size + entry + bytes(4) + bytes(4 * 600_000)


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "tif"])
def test_a_picture_in_millions_of_parts_is_refused_before_they_are_all_gone_through(kind: str) -> None:
    with pytest.raises(PictureError, match=r"^picture: the picture's file is in too many parts\.$"):
        ink_of(in_many_parts(kind))


def test_many_parts_are_counted_in_a_directory_that_is_cut_off() -> None:
    entries = (256, 3, 1, 20), (257, 4, 1, 200_000), (273, 4, 200_000, 8)
    directory = struct.pack("<H", 4) + b"".join(struct.pack("<HHII", *entry) for entry in entries)  # one is missing
    with pytest.raises(PictureError, match="is in too many parts"):
        ink_of(b"II*\0" + struct.pack("<I", 800_008) + bytes(800_000) + directory)


def test_many_parts_are_counted_where_no_decoder_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(a_seven(), "jpg")
    with pytest.raises(PictureError, match="is in too many parts"):
        ink_of(content[:-2] + b"\xff\xfe\0\2" * 150_000 + content[-2:])  # behind the pixels
    monkeypatch.setattr(decoding, "_MOST_READS", 10**9)  # which of a PNG are counted later
    with pytest.raises(PictureError, match="is in too many parts"):
        ink_of(in_many_parts("png"))


def jpeg_told(parts: int) -> bytes:
    """Return a JPEG that has EXIF in so many parts."""
    jpeg, part = encoded(a_seven(), "jpg"), b"Exif\0\0" + bytes(650)
    return jpeg[:2] + (b"\xff\xe1" + (2 + len(part)).to_bytes(2, "big") + part) * parts + jpeg[2:]


def test_a_jpeg_in_which_very_much_is_told_is_as_soon_read_as_others() -> None:
    began = process_time()
    np.testing.assert_array_equal(pixels_in(jpeg_told(20_000)), pixels_in(encoded(a_seven(), "jpg")))
    assert process_time() - began < 1  # second; with each part put to a copy of those before it would be many


@pytest.mark.parametrize("marker", [b"\xd8", b"\xd9", b"\xc8", b"\xf0", b"\xd0", b"\xfe\0\0", b"\xe1\0\1"])
def test_nothing_hides_what_is_told_in_a_jpeg(marker: bytes) -> None:
    told = jpeg_told(20_000)
    began = process_time()
    with suppress(PictureError):
        pixels_in(told[:2] + b"\xff" + marker + told[2:])
    assert process_time() - began < 1


@pytest.mark.parametrize("marker", [b"\xc0", b"\xdb", b"\xe0"])
def test_a_jpeg_that_says_again_and_again_how_it_is_packed_is_refused(marker: bytes) -> None:
    jpeg, part = encoded(a_seven(), "jpg"), b"\xff" + marker + b"\xff\xff" + bytes(65_533)
    with pytest.raises(PictureError, match="is in too many parts"):
        pixels_in(jpeg[:2] + part * 17 + jpeg[2:])


def test_a_text_is_found_beside_very_many_profiles() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("wanted", "a text")
    png, profile = encoded(a_seven(), pnginfo=told), chunk(b"iCCP", b"one\0\0" + zlib.compress(bytes(1 << 20)))
    content = png[:33] + profile * 3000 + png[33:]
    began = process_time()
    assert decoding.text_in(content, "wanted") == "a text"
    assert process_time() - began < 1  # second; with all of them unpacked it would be a few


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_picture_that_nobody_wants_any_more_is_left(asked: int) -> None:
    answers = iter([True] * (asked - 1) + [False])
    with left_unless(lambda: next(answers)), pytest.raises(Cancelled):
        pixels_in(encoded(a_seven(), "jpg"))  # as it is looked at, before it is decoded, and then


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_refused() -> None:
    """In 30 KB stands what takes a decoder minutes: the last layer of a large blank picture, a thousand times."""
    content = encoded(np.full((2000, 2000), 128, np.uint8), "jpg", progressive=True)
    ink = ink_of(encoded(a_seven(), "jpg", progressive=True))
    assert ink.max() == 1
    last = content[content.rfind(b"\xff\xda") : -2]
    with pytest.raises(PictureError, match=r"picture: the picture is packed in 1,\d\d\d layers, too many for its size"):
        ink_of(content[:-2] + 1000 * last + content[-2:])


def test_the_end_of_a_preview_within_a_jpeg_is_not_its_end() -> None:
    content = encoded(a_seven(), "jpg")
    preview = b"\xff\xd8 a small picture \xff\xd9"
    segment = b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview
    whole = content[:2] + segment + content[2:] + b"bytes behind the end"
    assert not is_cut_off(whole)
    assert is_cut_off(whole[: len(whole) // 2])


FOREIGN = {
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0",
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "PDF": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "picture"
    file.write_bytes(FOREIGN[kind])
    assert kind_of(FOREIGN[kind]) == kind
    with pytest.raises(PictureError, match=rf"{kind} file, which cannot be read: save it as JPEG or PNG first\.$"):
        picture_of_file(file)


def test_a_picture_just_below_the_limit_of_pixels_is_read() -> None:
    large = np.kron(a_seven(205), np.ones((40, 40), dtype=np.uint8))  # 67 million pixels
    assert ink_of(encoded(large, compress_level=1)).max() == 1


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a part of a PNG."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


@pytest.mark.parametrize("side", [10_001, 60_000, 2**31 - 1])
def test_a_picture_of_too_many_pixels_is_not_decoded(side: int) -> None:
    head = side.to_bytes(4, "big") * 2 + b"\x08\0\0\0\0"
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    with pytest.raises(PictureError, match=rf"picture: the picture has {side} x {side} pixels, more than 100 million"):
        ink_of(png)


def tiff(side: int, bits: int, samples: int, form: int) -> bytes:
    """Return a TIFF of so many pixels, all in one strip, of which nothing is there."""
    colours = 2 if samples > 1 else 1
    told = {256: side, 257: side, 258: bits, 259: 8, 262: colours, 273: 8, 277: samples, 278: side, 279: 8, 339: form}
    entries = {tag: struct.pack("<HHII", tag, 4, 1, value) for tag, value in told.items()}
    if samples > 1:
        entries[258] = struct.pack("<HHII", 258, 3, samples, 8 + 2 + 12 * len(told) + 4)
    head = struct.pack("<IH", 8, len(entries)) + b"".join(entries.values()) + bytes(4)
    return b"II*\0" + head + struct.pack(f"<{samples}H", *[bits] * samples)


def jpeg_in_layers(side: int, begins: bytes) -> bytes:
    """Return a JPEG of four colours and so many pixels whose frame ``begins`` so, and its first scan, which has one."""
    frame = struct.pack(">BHHB", 8, side, side, 4) + b"\1\x11\0\2\x11\0\3\x11\0\4\x11\0"
    scan = b"\1\1\0\0\x3f\0"
    return b"\xff\xd8" + begins + struct.pack(">H", 2 + len(frame)) + frame + b"\xff\xda\0\x08" + scan + b"\xff\xd9"


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_of_as_many_pixels_as_telephones_take_is_read(*, progressive: bool) -> None:
    large = np.kron(a_seven(240), np.ones((45, 45), dtype=np.uint8))  # 117 million pixels
    assert ink_of(encoded(large, "jpeg", progressive=progressive)).max() == 1


def test_a_jpeg_of_too_many_pixels_is_not_decoded() -> None:
    with pytest.raises(PictureError, match=r"picture: the picture has 15000 x 15000 pixels, more than 210 million"):
        ink_of(jpeg_in_layers(15_000, b"\xff\xc0"))


LONG_UNPACKED = {
    # 34 bytes, which took 1.5 GB.
    "WebP": b"RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0/\x05g\xc1\x09\x07\x10\x11\xfd\x0fDD\xff\x03",
    "TIFF": tiff(9990, 8, 3, 1),
    "TIFF of 16 bits": tiff(9990, 16, 3, 1),
    "TIFF of floats": tiff(9990, 32, 1, 3),
    "TIFF of whole numbers": tiff(9990, 32, 1, 2),
    "JPEG that is progressive": jpeg_in_layers(9990, b"\xff\xc2"),
    "JPEG of one colour after the other": jpeg_in_layers(9990, b"\xff\xc0"),
}


@pytest.mark.parametrize("what", LONG_UNPACKED)
def test_a_small_file_that_takes_much_memory_to_be_decoded_is_not(what: str) -> None:
    most = {"WebP": 30, "TIFF of 16 bits": 48}.get(what, 60)
    article = f"a {what.split()[0]} file like this may have {most} million"
    with pytest.raises(PictureError, match=rf"^picture: the picture has 9990 x 9990 pixels; {article}\.$"):
        ink_of(LONG_UNPACKED[what])


def in_a_tile(width: int, height: int, *, kind: int = 4, order: str = "<") -> bytes:
    """Return a TIFF of 60 x 60 white pixels in a tile of that size, of which 256 x 256 pixels are there."""
    pixels = zlib.compress(b"\xff" * 256 * 256)
    told = {256: 60, 257: 60, 258: 8, 259: 8, 262: 1, 277: 1, 322: width, 323: height, 324: 134, 325: len(pixels)}
    head = struct.pack(f"{order}HIH", 42, 8, len(told))
    for tag, value in told.items():
        form = f"{order}HHIH2x" if kind == 3 and tag in (322, 323) else f"{order}HHII"
        head += struct.pack(form, tag, kind if tag in (322, 323) else 4, 1, value)
    return (b"II" if order == "<" else b"MM") + head + bytes(4) + pixels


@pytest.mark.parametrize("kind", [3, 4])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_tile_may_be_larger_than_the_picture_but_not_take_much_memory(kind: int, order: str) -> None:
    assert (pixels_in(in_a_tile(256, 256, kind=kind, order=order)) == np.full((60, 60), 255)).all()
    said = "A tile of the picture has 46336 x 46336 pixels; a TIFF file like this may have 240 million"
    with pytest.raises(PictureError, match=said):
        pixels_in(in_a_tile(46_336, 46_336, kind=kind, order=order))
    with pytest.raises(PictureError, match="in too many parts"):  # each of the sixty would be unpacked
        pixels_in(in_a_tile(1, 240_000_000, order=order))


@pytest.mark.parametrize("kind", [1, 11, 17])
def test_tiles_whose_size_is_no_plain_number_are_damage(kind: int) -> None:
    with pytest.raises(PictureError, match="its tiles have no size"):
        pixels_in(in_a_tile(256, 256, kind=kind))


def test_greys_of_many_bits_are_stretched_a_few_rows_at_a_time() -> None:
    values = np.full((2000, 2000), -5, dtype=np.int32)
    values[900:1100] = np.arange(2000) * 500_000
    content = encoded(values, "tif")
    tracemalloc.start()
    try:
        seen = pixels_in(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 60_000_000  # all at once they took 160
    assert seen.shape == (1000, 1000)
    assert seen[0, 0] == 0
    assert seen[500].max() == pytest.approx(65535 * 1998.5 / 1999, abs=1)


def test_files_too_large_empty_or_of_text_are_named(tmp_path: Path) -> None:
    file = tmp_path / "it"
    for content, words in ((b"", "the file is empty"), (b"no picture", "this is not a PNG, JPEG, ")):
        file.write_bytes(content)
        with pytest.raises(PictureError, match=rf"it: {words}"):
            picture_of_file(file)
    with file.open("wb") as huge:
        huge.truncate((64 << 20) + 1)
    with pytest.raises(PictureError, match="it: the file is larger than 64 MiB"):
        picture_of_file(file)


def test_a_blank_file_is_named_and_still_known_as_blank(tmp_path: Path) -> None:
    (tmp_path / "white.png").write_bytes(encoded(np.full((60, 60), 255, np.uint8)))
    with pytest.raises(BlankPictureError, match=r"white\.png: the picture is blank\.$"):
        picture_of_file(tmp_path / "white.png")


@pytest.mark.parametrize("size", [(1, 10000), (5, 10000), (10000, 2)])
def test_a_strip_is_too_small(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match="too small"):
        ink_of(encoded(np.full(size, 255, np.uint8)))


def test_a_digit_off_the_middle_is_moved_there_and_no_other() -> None:
    digit = np.zeros((SIDE, SIDE), dtype=np.uint8)
    digit[4:24, 12:16] = 255
    middle, aside = encoded(digit), encoded(np.roll(digit, (3, -4), axis=(0, 1)))
    read = digit_in(middle, "middle")
    np.testing.assert_array_equal(read.reshape(SIDE, SIDE), digit / np.float32(255))
    np.testing.assert_array_equal(digit_in(aside, "aside"), read)
    for sort in (encoded(np.stack([digit] * 3, axis=2)), encoded(digit.astype(np.uint16) * 257)):
        np.testing.assert_array_equal(digit_in(sort, "sort"), read)


def test_the_brightest_of_few_greys_is_full_ink() -> None:
    digit = np.zeros((SIDE, SIDE), dtype=np.uint8)
    digit[4:24, 12:16] = 16
    assert (white_in(encoded(digit)), white_in(encoded(digit * 15)), white_in(b"nothing")) == (16, 255, 255)
    assert digit_in(encoded(digit), "dim", 16).max() == 1


def test_no_qt_is_needed(tmp_path: Path) -> None:
    (tmp_path / "seven.jpg").write_bytes(encoded(a_seven(), "jpg"))
    code = (
        "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
        "from digitpad.data.picture_file import picture_of_file; print(picture_of_file(sys.argv[1]).ink.max())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "seven.jpg")]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert run.stdout == "1.0\n"
