"""IDX files, true and lying."""

import gzip
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.data.formats import idx
from digitpad.errors import DataError


def idx_bytes(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


ARRAY = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
TRUE = idx_bytes(ARRAY)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_what_was_written_is_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "images"
    file.write_bytes(pack(TRUE))
    np.testing.assert_array_equal(idx.read_idx(file, dimensions=3), ARRAY)


LIES = {
    "too short for an IDX header": TRUE[:10],
    "0 bytes long": b"",
    "begins with 00000801": idx_bytes(ARRAY.ravel()) + bytes(12),
    "begins with 00000d03": b"\0\0\x0d\x03" + TRUE[4:],
    "begins with 01000803": b"\1" + TRUE[1:],
    "2 x 3 x 4 = 24 bytes, and 23 follow": TRUE[:-1],
    "2 x 3 x 4 = 24 bytes, and more follow": TRUE + b"\0",
    "holds no digits": TRUE[:4] + struct.pack(">3I", 0, 2**32 - 1, 2**32 - 1),
    "1073741824 x 3 x 4": TRUE[:4] + struct.pack(">I", 1 << 30) + TRUE[8:],
    "damaged or cut off": gzip.compress(TRUE)[:-9],
    "damaged or cut off (Not": b"\x1f\x8b\x00" + TRUE,
}


@pytest.mark.parametrize("complaint", [*LIES])
def test_a_lying_file_is_named_and_explained(tmp_path: Path, complaint: str) -> None:
    file = tmp_path / "images"
    file.write_bytes(LIES[complaint])
    complaint = complaint.split(" (")[0]
    with pytest.raises(DataError) as caught:
        idx.read_idx(file, dimensions=3)
    assert str(caught.value).startswith(f"{file}: ")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        idx.read_idx(tmp_path / "nothing", dimensions=1)
    with pytest.raises(DataError, match="it is not a file"):
        idx.read_idx(tmp_path, dimensions=1)


@pytest.mark.parametrize(("promised", "complaint"), [(2 << 20, "more than 1 MiB"), (10, "= 10 bytes, and more follow")])
def test_a_gzip_bomb_is_left_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, promised: int, complaint: str
) -> None:
    monkeypatch.setattr(idx, "LARGEST", 1 << 20)
    file = tmp_path / "bomb.gz"
    file.write_bytes(gzip.compress(idx.header((promised,)) + bytes(64 << 20), 1))
    tracemalloc.start()
    with pytest.raises(DataError, match=complaint):
        idx.read_idx(file, dimensions=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_gzip_data_in_parts_is_read_and_endless_empty_ones_are_not(tmp_path: Path) -> None:
    content = idx.header((50_000,)) + bytes(50_000)
    file = tmp_path / "parts.gz"
    file.write_bytes(b"".join(gzip.compress(content[i : i + 100]) for i in range(0, len(content), 100)))
    assert len(idx.read_idx(file, dimensions=1)) == 50_000
    file.write_bytes(gzip.compress(content[:9]) + 2000 * gzip.compress(b"") + gzip.compress(content[9:]))
    with pytest.raises(DataError, match=r"parts\.gz: the gzip data is in too many parts"):
        idx.read_idx(file, dimensions=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=64), st.builds(lambda cut, rest: TRUE[:cut] + rest, st.integers(0, 40), st.binary()))
)
def test_any_bytes_are_an_array_or_an_explanation(tmp_path: Path, content: bytes) -> None:
    for pack in (bytes, gzip.compress):
        (tmp_path / "any").write_bytes(pack(content))
        try:
            array = idx.read_idx(tmp_path / "any", dimensions=3)
        except DataError as error:
            explanation = str(error)
        else:
            assert array.ndim == 3
            continue
        assert str(tmp_path) in explanation
