"""Changes to files that leave them in their format: what is packed stays packed, sizes and checksums are made anew.

Each mutator takes the content of a file, a source of chance, and ``raw``, which changes bytes in any way at all.
"""

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

Raw = Callable[[bytes], bytes]
Mutator = Callable[[bytes, Random, Raw], bytes]

_LARGEST_BYTES = 1 << 20  # that are unpacked to be changed
_ODD: tuple[Any, ...] = (
    None, True, "", "\ud800", "{x}", "<img src=a>", "\n" * 20, [], {}, [[]], 0, -1, 1, 7, 10, 255, 1 << 31, 1 << 63,
    10**400, 0.5, -0.0, 5e-324, 1e308, -1e308, float("nan"), float("inf"), "NaN", "0.5", "784 30 10",
)  # fmt: skip


def changed_bytes(data: bytes, random: Random) -> bytes:
    """Return ``data`` with a few bytes changed, left out, put in or repeated, for who has no fuzzer at hand."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        at = random.randrange(len(made) + 1)
        kind = random.randrange(5)
        if kind == 0:
            made[at : at + 1] = bytes([random.randrange(256)])
        elif kind == 1:
            del made[at : at + random.choice((1, 4, 64))]
        elif kind == 2:
            made[at:at] = random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x80", b"-", b"9" * 30, b"\n", b","))
        elif kind == 3:
            made[at:at] = made[at : at + random.choice((4, 32, 256))]
        else:
            made[at : at + 4] = struct.pack(
                random.choice(("<I", ">I")), random.choice((0, 1, 784, 1 << 20, (1 << 32) - 1))
            )
    return bytes(made)


def as_bytes(data: bytes, _random: Random, raw: Raw) -> bytes:
    """Change the bytes."""
    return raw(data)


def as_json(data: bytes, random: Random, raw: Raw) -> bytes:
    """Change something in a JSON text: a value, a key, how deep it is."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return raw(data)
    if random.random() < 0.1:
        return raw(data)
    for _ in range(random.choice((1, 1, 3))):
        value = _changed(value, random)
    return json.dumps(value).encode()


def _changed(value: Any, random: Random) -> Any:
    if isinstance(value, list | dict) and value and random.random() < 0.8:
        return _changed_within(value, random)
    kind = random.randrange(6)
    if kind == 0:
        return [value]
    if kind == 1:
        return {"a": value}
    if kind == 2 and isinstance(value, int | float) and abs(value) < 1e100:
        return value * random.choice((-1, 0, 2, 1000, 1e-9))
    if kind == 3 and isinstance(value, str):
        return value + str(random.choice(_ODD[:12]))
    return random.choice(_ODD)


def _changed_within(value: Any, random: Random) -> Any:
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = random.choice(keys)
    made: Any = dict(value) if isinstance(value, dict) else list(value)
    kind = random.randrange(8)
    if kind == 0:
        del made[key]
    elif kind == 1 and isinstance(made, list):
        made += made[: random.choice((1, 9, 40))]
    elif kind == 1 and isinstance(made, dict):
        made[str(random.choice(_ODD[:8]))] = value[key]
    else:
        made[key] = _changed(value[key], random)
    return made


def as_lines_of_json(data: bytes, random: Random, raw: Raw) -> bytes:
    """Change one line of a file that has a JSON text a line."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = as_json(lines[at], random, raw)
    return b"\n".join(lines)


def as_safetensors(data: bytes, random: Random, raw: Raw) -> bytes:
    """Change the header of a safetensors file, or the JSON texts in its metadata, or the numbers."""
    try:
        (size,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8 : 8 + size])
        metadata = header.get("__metadata__", {})
        texts = [key for key, text in metadata.items() if isinstance(text, str)]
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return raw(data)
    kind, rest = random.randrange(6), data[8 + size :]
    if kind == 0:
        return data[: 8 + size] + raw(rest[:4096]) + rest[4096:]
    if kind == 1:
        header = _changed(header, random)
    elif kind == 2 or not texts:
        header["__metadata__"] = _changed(metadata, random)
    else:
        key = random.choice(texts)
        metadata[key] = as_json(metadata[key].encode("utf-8", "replace"), random, raw).decode("utf-8", "replace")
    text = json.dumps(header).encode("utf-8", "replace")
    return struct.pack("<Q", len(text)) + text + rest


def as_gzip(inner: Mutator) -> Mutator:
    """Return a mutator of gzip files by one of what is in them; it also changes what is not packed."""

    def mutate(data: bytes, random: Random, raw: Raw) -> bytes:
        try:
            unpacked = zlib.decompressobj(31).decompress(data, _LARGEST_BYTES)
        except zlib.error:
            return inner(data, random, raw)
        if random.random() < 0.1:
            return raw(data)
        return gzip.compress(inner(unpacked, random, raw), 1, mtime=0)

    return mutate


def as_zip(inner: Mutator) -> Mutator:
    """Return a mutator of zip files by one of what is in them; names change, too, and members come and go."""

    def mutate(data: bytes, random: Random, raw: Raw) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                infos = [info for info in file.infolist() if info.file_size < _LARGEST_BYTES]
                members = {info.filename: file.read(info) for info in infos}
        except Exception:  # whatever was done to it before
            return raw(data)
        if not members or random.random() < 0.1:
            return raw(data)
        name = random.choice(list(members))
        kind = random.randrange(8)
        if kind == 0:
            members[random.choice(("x_train.npy", "y_test.npy", "../a.npy", "a/b/c.csv", "é.npy"))] = members[name]
        elif kind == 1:
            del members[name]
        else:
            members[name] = inner(members[name], random, raw)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as file:
            for each, content in members.items():
                file.writestr(each, content)
        return made.getvalue()

    return mutate


def as_npy(data: bytes, random: Random, raw: Raw) -> bytes:
    """Change the head of an npy file, and say how long it is now; or its numbers."""
    if data[:6] != b"\x93NUMPY" or len(data) < 12 or random.random() < 0.3:
        return raw(data)
    (size,) = struct.unpack("<H", data[8:10])
    head, rest = data[10 : 10 + size], data[10 + size :]
    swaps = (
        (b"|u1", b"<f8"), (b"|u1", b"|O"), (b"False", b"True"), (b"28", b"1000000000"), (b"(", b"(-1, "), (b"28", b"0"),
    )  # fmt: skip
    before, after = random.choice(swaps)
    head = raw(head) if random.random() < 0.3 else head.replace(before, after)
    return data[:8] + struct.pack("<H", min(len(head), 65535)) + head + rest


def as_png(data: bytes, random: Random, raw: Raw) -> bytes:
    """Change a chunk of a PNG, or what is packed in it, and make its checksum anew."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    if data[:4] != b"\x89PNG" or not chunks or random.random() < 0.1:
        return raw(data)
    number = random.randrange(max(1, len(chunks) - 1))  # the last is the empty end
    kind, content = chunks[number]
    if kind == b"IDAT":
        try:
            content = zlib.compress(raw(zlib.decompressobj().decompress(content, _LARGEST_BYTES)), 1)
        except zlib.error:
            content = raw(content)
    elif kind == b"IHDR" and len(content) == 13 and random.random() < 0.7:
        sides = struct.pack(">II", *(random.choice((0, 1, 2, 28, 900, 10_000, 1 << 31)) for _ in "wh"))
        modes = bytes((random.choice((1, 2, 4, 8, 16)), random.choice((0, 2, 3, 4, 6)), 0, 0, random.randrange(2)))
        content = (sides if random.random() < 0.5 else content[:8]) + (modes if random.random() < 0.5 else content[8:])
    else:
        content = raw(content)
    chunks[number] = kind, content
    if random.random() < 0.2:
        chunks.insert(number, (random.choice((b"tRNS", b"PLTE", b"gAMA", b"eXIf", b"iCCP", b"pHYs")), raw(b"\0" * 12)))
    return data[:8] + b"".join(map(_chunk, chunks))


def _chunk(one: tuple[bytes, bytes]) -> bytes:
    kind, content = one
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
