"""Files that went wrong once, or were made to: what a program that opens files of strangers has to live with.

Each function returns the content of one kind of file; nothing is read. Used by the soak, by the faults that
``bench.py`` lists, and as what the fuzzer begins with.
"""

import gzip
import io
import json
import pickle
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from safetensors.numpy import save

from digitpad.train.recipe import Recipe

# What a file's texts may hold: markup, what tells Qt and Python to format, breaks, letters that turn the line round.
TEXTS = {
    "markup": "<b>bold</b><h1>large</h1><img src='no-such.png' width='5000' height='5000'>",
    "line breaks": "a\n" * 400,
    "a megabyte": "n" * (1 << 20),
    "braces": "{value} {x} {",
    "a width": "{value:>1000000}",
    "percent": "%s %n %1 &File",
    "controls": "a\x00b\x07c\x1bd\u202egnirts\u200f\ufeff",
    "long words": "W" * 3000,
}


def network(
    sizes: Sequence[int] = (784, 12, 10), told: Mapping[str, str] | None = None, dtype: Any = np.float32, seed: int = 0,
    most: float = 0.0,
) -> bytes:  # fmt: skip
    """Return a network file with layers of these ``sizes`` and what is ``told`` of its making, as metadata.

    Its weights are the common ones, or where ``most`` is given as large as that, each of one sign or the other.
    """
    generator = np.random.default_rng(seed)
    tensors = {}
    for i, (inputs, outputs) in enumerate(pairwise(sizes)):
        weights = generator.normal(0, 0.05, (outputs, inputs))
        tensors[f"weights.{i}"] = (np.copysign(most, weights) if most else weights).astype(dtype)
        tensors[f"biases.{i}"] = np.zeros(outputs, dtype=dtype)
    return save(tensors, metadata={"format": "digitpad network", "version": "1", **(told or {})})


def curves(
    name: str = "a run", data: str = "MNIST", points: int = 3, marks: Iterable[Sequence[object]] = (), seconds: Any = 2
) -> dict[str, str]:
    """Return what a network file tells of its run: ``points`` exact measurements, and ``marks`` (epochs, text)."""
    measured = [[epoch, 0.9, 0.1, 0.91, 0.09, True] for epoch in range(1, points + 1)]
    told = {"data": data, "kind": "MNIST", "seconds": seconds, "points": measured, "marks": list(marks)}
    return {"name": name, "epochs": str(points), "recipe": Recipe().to_json(), "curves": json.dumps(told)}


def networks() -> dict[str, bytes]:
    """Return network files of strangers, by what is odd about each."""
    odd = {f"name: {what}": network(told=curves(text)) for what, text in TEXTS.items()}
    odd |= {f"data: {what}": network(told=curves(data=text)) for what, text in TEXTS.items()}
    odd |= {f"mark: {what}": network(told=curves(marks=[(1, text)])) for what, text in TEXTS.items()}
    numbers = curves(seconds="SECONDS")
    for what, written in {
        "seconds NaN": "NaN",
        "seconds Infinity": "Infinity",
        "a whole number of 400 figures": "9" * 400,
        "seconds below zero": "-1e308",
    }.items():
        odd[what] = network(told=numbers | {"curves": numbers["curves"].replace('"SECONDS"', written)})
    for key in ("recipe", "curves"):
        odd[f"{key}: 100,000 brackets"] = network(told=numbers | {key: "[" * 100_000})
        odd[f"{key}: 400 figures"] = network(told=numbers | {key: "9" * 400})
    odd["2,000 marks"] = network(told=curves(marks=[(i / 700, f"eta {i}") for i in range(2000)]))
    odd["30,000 points"] = network(told=curves(points=30_000))
    odd["a layer of no neurons"] = network((784, 0, 10))
    odd["2,000 layers"] = network((784, *[1] * 2000, 10))
    odd["float64"] = network(dtype=np.float64)
    odd["integers"] = network(dtype=np.int32)
    odd["eleven outputs"] = network((784, 11))
    odd["NaN weights"] = network().replace(b"\0\0\0\0", struct.pack("<f", float("nan")))
    odd["weights of 3e38"] = network(dtype=np.float32, most=3e38)
    odd["weights of 1e308"] = network(dtype=np.float64, most=1e308)
    odd["millions of words"] = network(told={f"{n:x}": "" for n in range(600_000)})
    odd["cut off"] = network()[:-100]
    odd["a header of 2^63 bytes"] = struct.pack("<Q", 1 << 63) + network()[8:]
    odd["nothing"] = b""
    return odd


def settings() -> dict[str, bytes]:
    """Return files of settings, by what is odd about each."""
    texts = {
        "brush 1e9": '{"brush": 1e9}',
        "brush 1e308": '{"brush": 1e308}',
        "brush NaN": '{"brush": NaN}',
        "brush Infinity": '{"brush": Infinity}',
        "brush of 400 figures": f'{{"brush": {"9" * 400}}}',
        "window 10^30": f'{{"window": [1{"0" * 30}, 5]}}',
        "window a million": '{"window": [1000000, 1000000]}',
        "window below zero": '{"window": [-5, 0]}',
        "100,000 brackets": "[" * 100_000,
        "a lone surrogate": '{"recent": ["/\\ud800.safetensors"], "digits": "/\\udfff"}',
        "a NUL in a path": '{"recent": ["/a\\u0000b"], "digits": "/a\\u0000b", "opened": ["\\u0000"]}',
        "other types": '{"brush": [], "window": {}, "recent": 5, "digits": true, "opened": "x", "exercises": [1]}',
        "further types": '{"place": [1], "text": "x", "folders": [1], "sections": {}, "hints": 5, "nine": 2}',
        "an odd recipe": '{"recipe": {"hidden": [0], "eta": 1e400, "epochs": {}, "seed": [[]], "cost": 5, "none": 1}}',
        "pages that are none": '{"page": "no such", "inside": ["a"], "solved": [null], "how": "x", "appearance": 3}',
        "no object": "[1, 2]",
        "cut off": '{"brush": 0.0',
        "5,000 figures": f'{{"window": [{"1" * 5000}, 700]}}',
    }
    return {name: text.encode() for name, text in texts.items()} | {"no UTF-8": b'{"brush": "\xff\xfe"}', "empty": b""}


def idx(images: NDArray[np.uint8]) -> bytes:
    """Return an array of bytes as an IDX file."""
    return struct.pack(f">I{images.ndim}I", 0x0800 + images.ndim, *images.shape) + images.tobytes()


def bombs() -> dict[str, bytes]:
    """Return small files that unpack to 80 megabytes of zeros: data sets by their names."""
    images = 100_000
    blank, labels = bytes(784 * images), np.zeros(images, dtype=np.uint8)
    pixels = np.frombuffer(blank, dtype=np.uint8).reshape(images, 28, 28)
    npz = io.BytesIO()
    np.savez_compressed(npz, x_train=pixels, y_train=labels)
    three = pickle.dumps([(pixels.reshape(images, 784), labels)] * 3, protocol=2)
    return {
        "bomb-images-idx3-ubyte.gz": gzip.compress(idx(pixels)),
        "bomb.npz": npz.getvalue(),
        "bomb.pkl.gz": gzip.compress(three),
        "bomb.csv.gz": gzip.compress(b"5," + b"0," * 783 + b"0\n" * images),
    }


def png(pixels: NDArray[np.uint8], size: tuple[int, int] | None = None) -> bytes:
    """Return a PNG of ``pixels`` (h, w), greys, or (h, w, 4); it says it has another ``size`` (w, h) if given."""
    height, width = pixels.shape[:2]
    rows = pixels.reshape(height, -1)
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    kind = 0 if pixels.ndim == 2 else 6
    said = size or (width, height)
    head = struct.pack(">IIBBBBB", *said, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pictures() -> dict[str, bytes]:
    """Return pictures by what is odd about each."""
    generator = np.random.default_rng(1)
    bar = np.full((200, 160), 255, np.uint8)
    bar[30:170, 70:90] = 0
    dots = generator.integers(0, 256, (200, 3), dtype=np.uint8)
    blank = io.BytesIO()
    Image.new("L", (3000, 3000), 128).save(blank, "JPEG", progressive=True)
    layers = blank.getvalue()
    return {
        "thousands of layers": layers[:-2] + 4000 * layers[layers.rfind(b"\xff\xda") : -2] + layers[-2:],
        "millions of parts": layers[:2] + b"\xff\xfe\0\2" * 700_000 + layers[2:],
        "a one": png(bar),
        "3 x 200 dots": png(dots),
        "nearly no ink": png(np.where(np.arange(600).reshape(200, 3) == 300, 250, 255).astype(np.uint8)),
        "1 x 10000": png(np.tile(bar[:1, :1], (10_000, 1))),
        "10000 x 1": png(np.tile(bar[:1, :1], (1, 10_000))),
        "one pixel": png(bar[:1, :1]),
        "white": png(np.full((60, 60), 255, np.uint8)),
        "black": png(np.zeros((60, 60), np.uint8)),
        "transparent": png(np.zeros((60, 60, 4), np.uint8)),
        "noise": png(generator.integers(0, 256, (300, 300), dtype=np.uint8)),
        "cut off": png(bar)[:-40],
        "60000 x 60000": png(bar, (60_000, 60_000)),
        "text": b"this is no picture",
    }


def strokes() -> dict[str, bytes]:
    """Return files of strokes by what is odd about each."""
    seven = '{"label": 7, "strokes": [[[0, 0], [100, 0], [40, 200]]]}'
    lines = {
        "a seven": seven,
        "forty sevens": "\n".join([seven] * 40),
        "99,999 dots": json.dumps({"label": 1, "strokes": [[[0, i % 977]] for i in range(99_999)]}),
        "a dot": '{"label": 0, "strokes": [[[5, 5]]]}',
        "1e308": '{"label": 3, "strokes": [[[1e308, -1e308], [-1e308, 1e308]]]}',
        "5e-324": '{"label": 3, "strokes": [[[5e-324, 0], [0, 5e-324]]]}',
        "NaN": '{"label": 3, "strokes": [[[NaN, 1]]]}',
        "400 figures": f'{{"label": 3, "strokes": [[[{"9" * 400}, 1]]]}}',
        "label 10": '{"label": 10, "strokes": [[[1, 1]]]}',
        "label true": '{"label": true, "strokes": [[[1, 1]]]}',
        "brackets": "[" * 100_000,
        "a good one, then none": seven + "\nnothing",
        "surrogate": '{"label": 3, "writer": "\\ud800", "strokes": [[[1, 1], [2, 2]]]}',
    }
    return {name: text.encode() for name, text in lines.items()} | {"no UTF-8": b"\xff\xfe\x00", "empty": b""}


def npy(array: NDArray[Any]) -> bytes:
    """Return an array as an npy file."""
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()


def sets() -> dict[str, bytes]:
    """Return small data sets by their names, good and odd ones."""
    generator = np.random.default_rng(2)
    images = generator.integers(0, 256, (24, 28, 28), dtype=np.uint8)
    images[:, :, 6:] = 0  # or they could hardly be packed
    labels = np.arange(24, dtype=np.uint8) % 10
    good, lying, zipped = io.BytesIO(), io.BytesIO(), io.BytesIO()
    np.savez(good, x_train=images[:16], y_train=labels[:16], x_test=images[16:], y_test=labels[16:])
    with zipfile.ZipFile(lying, "w") as file:  # a head of 128 bytes that speaks of 32 GiB
        head = "{'descr': '|u1', 'fortran_order': False, 'shape': (43824226, 784), }".ljust(117) + "\n"
        file.writestr("x_train.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode())
    table = "label," + ",".join(f"pixel{i}" for i in range(784)) + "\n"
    table += "".join(f"{y}," + ",".join(map(str, x.ravel())) + "\n" for x, y in zip(images, labels, strict=True))
    with zipfile.ZipFile(zipped, "w") as file:
        file.writestr("a/deep/folder/digits.csv", table)
    three = [(images[i::3].reshape(-1, 784) / 255, labels[i::3].astype(np.int64)) for i in range(3)]
    return {
        "good.npz": good.getvalue(),
        "good.csv": table.encode(),
        "good.zip": zipped.getvalue(),
        "good.pkl": pickle.dumps(three, protocol=2),
        "good.pkl.gz": gzip.compress(pickle.dumps(three, protocol=2)),
        "no-labels-idx3-ubyte": idx(images),
        "lying.npz": lying.getvalue(),
        "cut.npz": good.getvalue()[:-300],
        "cut.gz": gzip.compress(idx(images))[:-30],
        "runs.pkl": b"cos\nsystem\n(S'echo ran'\ntR.",
        "huge-idx3-ubyte": struct.pack(">IIII", 0x0803, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        "empty.npz": b"",
        "words.csv": b"label,pixel0\nfive,nought\n",
    }
