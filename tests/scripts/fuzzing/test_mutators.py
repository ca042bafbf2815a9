"""Changes to files that leave them in their format."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import hostile
import numpy as np
import pytest
from fuzzing import mutators
from fuzzing.mutators import Mutator, changed_bytes

TIMES = 100


def _json(data: bytes) -> object:
    return json.loads(data)


def _lines(data: bytes) -> object:
    return [json.loads(line) for line in data.split(b"\n")]


def _safetensors(data: bytes) -> object:
    (size,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def _zip(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [(info.filename, file.read(info)) for info in file.infolist()]


def _npy(data: bytes) -> object:
    (size,) = struct.unpack("<H", data[8:10])
    head = data[10 : 10 + size]
    assert head.startswith(b"{")
    assert head.endswith(b"\n")
    return head


def _png(data: bytes) -> object:
    chunks, at = [], 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        whole = data[at + 4 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(whole),)
        chunks.append(whole)
        at += 12 + size
    return chunks


BAR = np.tile(np.arange(28, dtype=np.uint8), (28, 1))
FORMATS: dict[str, tuple[Mutator, bytes, Callable[[bytes], object]]] = {
    "json": (mutators.as_json, b'{"brush": 0.05, "window": [1100, 780], "recent": ["/a", "/b"]}', _json),
    "lines": (mutators.as_lines_of_json, b'{"label": 1}\n{"label": 2}', _lines),
    "safetensors": (mutators.as_safetensors, hostile.network((784, 1, 10), hostile.curves()), _safetensors),
    "gzip": (mutators.as_gzip(mutators.as_json), gzip.compress(b'{"a": [1, 2]}'), gzip.decompress),
    "zip": (mutators.as_zip(mutators.as_npy), hostile.sets()["good.npz"], _zip),
    "npy": (mutators.as_npy, hostile.npy(BAR[None]), _npy),
    "png": (mutators.as_png, hostile.png(BAR), _png),
}


@pytest.mark.parametrize("name", FORMATS)
def test_most_changed_files_are_still_of_their_format_and_others_than_before(name: str) -> None:
    mutate, data, read = FORMATS[name]
    before, readable, other = read(data), 0, 0
    for seed in range(TIMES):
        random = Random(seed)
        made = mutate(data, random, lambda some, random=random: changed_bytes(some, random))  # type: ignore[misc]
        other += made != data
        try:
            readable += read(made) != before
        except Exception:
            continue
    assert other > 0.8 * TIMES
    assert readable > 0.3 * TIMES


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_of_the_format_is_changed_as_bytes(name: str) -> None:
    mutate, *_ = FORMATS[name]
    given: list[bytes] = []

    def raw(some: bytes) -> bytes:
        given.append(some)
        return b"changed"

    assert b"changed" in mutate(b"\xff\xfe nothing of the kind", Random(1), raw)
    assert given


def test_the_same_chance_makes_the_same_file() -> None:
    data = hostile.npy(BAR[None])
    assert changed_bytes(data, Random(5)) == changed_bytes(data, Random(5))
    assert len({changed_bytes(data, Random(seed)) for seed in range(20)}) > 15
