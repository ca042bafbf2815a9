"""Pickles of digits, as several versions of Python wrote them, and hostile ones."""

import gzip
import os
import pickle
import pickletools
import struct
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.data.dataset import Dataset, Digits
from digitpad.data.formats import sets
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DataError
from tests.data.test_mnist import IMAGES, LABELS, same

Pair = tuple[np.ndarray, np.ndarray]
GREYS = IMAGES.reshape(5, 784)
BOOK: list[Pair] = [
    ((GREYS[i:j] / np.float32(256)).astype(np.float32), LABELS[i:j].astype(np.int64))
    for i, j in ((0, 2), (2, 3), (3, 5))
]
WANTED = Digits("", Dataset(GREYS[:3], LABELS[:3]), Dataset(GREYS[3:], LABELS[3:]))


def array_2(
    array: np.ndarray, shape: bytes | None = None, state: bytes | None = None, data: bytes | None = None
) -> bytes:
    """Return the instructions by which Python 2 made an array, with parts of them replaced where given."""
    sizes = b"".join(b"J" + struct.pack("<i", size) for size in array.shape)
    content = array.tobytes()
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\1btR"
        b"(K\1"
        + (shape or b"(" + sizes + b"t")
        + b"cnumpy\ndtype\n(U\2" + array.dtype.str[1:].encode() + b"K\0K\1tR"
        + (state or b"(K\3U\1<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0t") + b"b\x89"
        + (data or b"T" + struct.pack("<I", len(content)) + content) + b"tb"
    )  # fmt: skip


def program(body: bytes) -> bytes:
    return b"\x80\x02" + body + b"."


def of_three(images: bytes, rest: Sequence[Pair] = BOOK) -> bytes:
    """Return the pickle of a set whose first images are made by these instructions."""
    others = [array_2(array) for pair in rest for array in pair]
    return program(images + others[1] + b"\x86" + others[2] + others[3] + b"\x86" + others[4] + others[5] + b"\x86\x87")


def python2(pairs: Sequence[Pair]) -> bytes:
    return of_three(array_2(pairs[0][0]), pairs)


def load(tmp_path: Path, content: bytes) -> Digits:
    (tmp_path / "mnist.pkl").write_bytes(content)
    return open_digits(tmp_path / "mnist.pkl")


def refused(tmp_path: Path, content: bytes) -> str:
    """Return the sentence with which a pickle is refused."""
    with pytest.raises(DataError) as caught:
        load(tmp_path, content)
    sentence = str(caught.value)
    assert sentence.startswith(str(tmp_path / "mnist.pkl"))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence.removeprefix(str(tmp_path / "mnist.pkl"))


def test_the_books_pickle_is_read(tmp_path: Path) -> None:
    content = python2(BOOK)
    there = pickle.loads(content.replace(b"numpy.core", b"numpy._core"), encoding="latin1")
    np.testing.assert_array_equal(there[1][0], BOOK[1][0])  # so it is what Python 2 would have written
    for packed in (content, gzip.compress(content)):
        assert same(load(tmp_path, packed), WANTED)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("package", [b"numpy._core", b"numpy.core"])
def test_what_python_3_wrote_is_read(tmp_path: Path, protocol: int, package: bytes) -> None:
    fortran = [(np.asfortranarray(images), labels.astype(np.uint8)) for images, labels in BOOK]
    for pairs in (BOOK, fortran):
        content = pickle.dumps(tuple(pairs), protocol)
        if protocol < 4:  # later, the length of the name stands before it
            content = content.replace(b"numpy._core", package)
        assert same(load(tmp_path, content), WANTED)


class Hostile:
    """Pickled by the name of a function and what it is to be called with."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call


def named(module: str, name: str) -> bytes:
    """Return a pickle that takes a name off the stack, as protocol 4 does, and calls it with nothing."""
    texts = b"".join(b"X" + struct.pack("<I", len(text.encode())) + text.encode() for text in (module, name))
    return b"\x80\x04" + texts + b"\x93)R."


@pytest.mark.parametrize("protocol", [2, 4])
def test_no_command_is_run(tmp_path: Path, protocol: int) -> None:
    ran = tmp_path / "ran"
    content = pickle.dumps(Hostile(os.system, f"touch {ran}"), protocol)
    assert f"wants to run {os.name}.system, which no set of digits needs" in refused(tmp_path, content)
    inside = pickle.dumps(((Hostile(eval, f"open({str(ran)!r}, 'w')"), LABELS), *BOOK[1:]), protocol)
    assert "eval, which no set of digits needs, so it was not opened." in refused(tmp_path, inside)
    assert not ran.exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("numpy", "load"),
        ("numpy", "fromfile"),
        ("numpy", "ndarray.tofile"),
        ("numpy", "ndarray.__class__"),
        ("numpy", "memmap"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy.core.multiarray", "_reconstruct.__globals__"),
        ("_codecs", "decode"),
        ("codecs", "encode"),
        ("digitpad.data.formats.pickled", "_Array"),
        ("", ""),
        ("os\n\x1b[31m", "ü" * 5000),
    ],
)
def test_other_names_are_refused(tmp_path: Path, module: str, name: str) -> None:
    assert "this pickle wants to run " in refused(tmp_path, named(module, name))
    if name and name.isascii():
        line = program(f"c{module}\n{name}\n".encode() + b")R")
        assert "\n" in module or "this pickle wants to run " in refused(tmp_path, line)


SPARSE = b"(K\3U\1<NU\1a" + b"(" + b"U\1acnumpy\ndtype\n(U\1OtRK\0\x86" + b"tK\4K\1K\x3ft"
LABELLED = array_2(BOOK[0][1])
LIES = {
    "holds more than plain arrays": [
        program(b"U\1aQ"),  # a persistent id
        program(b"Pa\n"),
        program(b"\x82\1"),  # the registry of extensions
        program(b"}"),
        program(b"\x8f"),
        program(b"cnumpy\nndarray\n)\x81"),
        program(b"(inumpy\ndtype\n"),
        program(b"N" * 1001),
        program(b"Nr\xff\xff\xff\x7f"),  # a memo of 32 GiB
        program(b")" + b"\x30" * 5),
        b"\x80\x05\x97.",
        pickle.dumps(((BOOK[0][0].astype("f4,f4"), LABELS), *BOOK[1:]), 2),
    ],
    "the pickle is damaged or cut off": [
        b"\x80",
        b"\x80\x02",
        b"\x80\x99.",
        program(b""),
        program(b"b"),
        program(b"R"),
        program(b"h\7"),
        program(b"NN\x93"),
        program(b"\x95" + b"\xff" * 8),
        program(b"\x96" + struct.pack("<Q", 1 << 40)),
        program(b"\x8e" + struct.pack("<Q", 1 << 62)),
        program(b"T\xff\xff\xff\x7f"),
        program(b"X\1\0\0\0\xff"),
        program(b"cnumpy\nd\\?type\n"),  # no escape that Python knows
        program(b"cnumpy\ndtype\nNb"),
        program(b"cnumpy\ndtype\n" + b"NU\1a\x86b"),
        program(b"cnumpy\ndtype\n(tRNN\x86R"),
        python2(BOOK)[:-300],
        of_three(array_2(BOOK[0][0], data=b"X" + struct.pack("<I", 9408) + "€".encode() * 3136)[:-2] + b"tb")
        .replace(b"f4", b"u1")
        .replace(b"J\x10\x03\0\0", b"J\x20\6\0\0"),
    ],
    "the pickle holds something else than two or three pairs": [
        program(b"N"),
        program(b"U\3abc"),
        program(b")"),
        program(b"NNN\x87"),
        program(b"NN\x86N\x85N\x87"),
        pickle.dumps(tuple(BOOK[:1]), 2),
    ],
    "the training part: holds something else than arrays": [
        of_three(b"N"),
        of_three(b"U\3abc"),
        of_three(b"cnumpy\nndarray\n"),
        of_three(b"cnumpy\nndarray\n)R"),
        of_three(b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(J\xff\xff\xff\x7ftU\1btR"),
        of_three(b"cnumpy.core.multiarray\n_reconstruct\n)RNb"),
        of_three(b"cnumpy.core.multiarray\n_reconstruct\n)R(K\1K\2NNNtb"),
        of_three(b"cnumpy.core.numeric\n_frombuffer\n(U\1aU\2f4)U\1CtR"),
    ],
    "the training part: holds something else than plain numbers": [
        of_three(array_2(BOOK[0][0]).replace(b"f4", b"O8")),
        of_three(array_2(BOOK[0][0]).replace(b"f4", b"V8")),
        of_three(array_2(BOOK[0][0]).replace(b"f4", b"\xff\xff")),
        of_three(array_2(BOOK[0][0], state=b"N")),
        of_three(array_2(BOOK[0][0], state=b"(K\3U\1!t")),
        of_three(array_2(BOOK[0][0], state=b"(K\3Nt")),
        of_three(array_2(BOOK[0][0], state=b"(K\3U\2<<t")),
    ],
    "the training part: the array is damaged or cut off": [
        of_three(array_2(BOOK[0][0], shape=b"(K\3J\x10\3\0\0t")),
        of_three(array_2(BOOK[0][0], shape=b"(J\xff\xff\xff\xffJ\x10\3\0\0t")),
        of_three(array_2(BOOK[0][0], shape=b"(U\1aK\2t")),
        of_three(array_2(BOOK[0][0], data=b"N")),
        of_three(array_2(BOOK[0][0], data=b"U\4abcd")),
        of_three(array_2(BOOK[0][0], data=b"c_codecs\nencode\nU\1aU\5utf-8\x86R")),
    ],
    "the training part: promises more than the file can hold": [
        of_three(array_2(BOOK[0][0], shape=b"(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ft")),
        of_three(array_2(BOOK[0][0], shape=b"(\x8a\xff" + b"\x7f" * 255 + b"t")),
    ],
    "the training part: 1 labels for the 2 images": [python2([(BOOK[0][0], BOOK[1][1]), *BOOK[1:]])],
    "the test part: holds the label 12": [python2([*BOOK[:2], (BOOK[2][0], BOOK[2][1] + 7)])],
}


@pytest.mark.parametrize("complaint", [*LIES])
def test_a_lying_pickle_is_named_and_explained(tmp_path: Path, complaint: str) -> None:
    for content in LIES[complaint]:
        tracemalloc.start()
        assert complaint in refused(tmp_path, content), content
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2 << 20


def test_a_type_of_number_cannot_be_turned_into_another(tmp_path: Path) -> None:
    """NumPy's own type would take names and offsets from its state; the stand-in looks at the byte order alone."""
    assert same(load(tmp_path, of_three(array_2(BOOK[0][0], state=SPARSE))), WANTED)


def test_one_text_does_not_serve_as_many_arrays(tmp_path: Path) -> None:
    same_array = array_2(BOOK[0][0]) + b"q\1"
    pair = b"h\1" + LABELLED + b"\x86"
    content = program(same_array + LABELLED + b"\x86" + pair + pair + b"\x87")
    assert "the validation part: promises more" in refused(tmp_path, content)


def test_a_bomb_is_left_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "LARGEST", 1 << 20)
    assert "holds more than 1 MiB" in refused(tmp_path, gzip.compress(b"\x80\x02" + bytes(8 << 20)))
    assert "gzip data is damaged or cut off" in refused(tmp_path, gzip.compress(python2(BOOK))[:-9])


SMALL: list[Pair] = [(np.zeros((1, 784), np.uint8), np.array([9]))] * 3
SEEDS = [python2(SMALL), *(pickle.dumps(tuple(SMALL), protocol) for protocol in (2, 4, 5)), named("os", "system")]
STARTS = [[at for _, _, at in pickletools.genops(seed) if at is not None] for seed in SEEDS]
OPCODES = [opcode.code.encode("latin-1") for opcode in pickletools.opcodes]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Change, drop, insert or repeat some instructions of a pickle."""
    which = draw(st.integers(0, len(SEEDS) - 1))
    content = SEEDS[which]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(STARTS[which])) + draw(st.integers(0, 4))
        new = draw(st.one_of(st.binary(max_size=4), st.lists(st.sampled_from(OPCODES), max_size=4).map(b"".join)))
        content = content[:at] + new + content[at + draw(st.integers(0, 4)) :]
    return content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    st.one_of(
        mutated(),
        st.binary(max_size=64),
        st.lists(st.sampled_from(OPCODES), max_size=12).map(lambda codes: program(b"".join(codes))),
    )
)
def test_any_bytes_are_digits_or_an_explanation(tmp_path: Path, content: bytes) -> None:
    try:
        digits = load(tmp_path, content)
    except DataError as error:
        explanation = str(error)
    else:
        for part in (digits.training, digits.test):
            assert part.images.shape == (len(part), 784)
            assert part.images.dtype == part.labels.dtype == np.uint8
            assert part.labels.max() <= 9
        return
    assert explanation.startswith(str(tmp_path))
    assert "\n" not in explanation
