"""Files that are opened for reading, and what is said of those that cannot be."""

import os
import sys
from pathlib import Path

import pytest

from digitpad.errors import DataError
from digitpad.files.reading import content_of, opened

ON_UNIX = sys.platform != "win32"


def test_only_files_are_opened(tmp_path: Path) -> None:
    odd = [tmp_path, Path(os.devnull)]
    if ON_UNIX:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "link").symlink_to("pipe")
        odd += [tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")]
    for path in odd:
        with pytest.raises(DataError, match=f"{path.name}: it is not a file"), opened(path, DataError):
            pass
    for name in ("half a letter \ud800", "\0"):
        with (
            pytest.raises(DataError, match=r"no file can have this name|no such file"),
            opened(tmp_path / name, DataError),
        ):
            pass


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not ON_UNIX:
        return
    a_file = os.stat(__file__)
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "stat", lambda _: a_file)
    with opened(tmp_path / "pipe", DataError) as file:
        assert file.read() == b""


def test_a_file_that_would_wait_for_more_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a log of the system's does that is a file to everybody who asks, and has nothing to say just now."""
    if not ON_UNIX:
        return
    a_file = os.stat(__file__)
    os.mkfifo(tmp_path / "log")
    writer = os.open(tmp_path / "log", os.O_RDWR)
    monkeypatch.setattr(os, "stat", lambda _: a_file)
    for n in (-1, 10):
        with (
            pytest.raises(DataError, match=r"log: cannot be read \("),
            opened(tmp_path / "log", DataError) as file,
        ):
            file.read(n)
    os.close(writer)


def test_a_file_is_opened_for_reading(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"one\r\ntwo\x1a")
    with opened(tmp_path / "file", DataError) as file:
        assert file.read() == b"one\r\ntwo\x1a"
    with pytest.raises(DataError, match="missing: there is no such file"), opened(tmp_path / "missing", DataError):
        pass


def test_more_than_there_may_be_is_told_and_not_read(tmp_path: Path) -> None:
    file = tmp_path / "run"
    file.write_bytes(bytes(2 << 20))
    assert content_of(file, DataError, 2 << 20) == bytes(2 << 20)
    file.write_bytes(bytes((2 << 20) + 1))
    with pytest.raises(DataError, match=r"run: larger than 2 MiB\.$"):
        content_of(file, DataError, 2 << 20)
    with pytest.raises(DataError, match=r"run: it is no run\.$"):
        content_of(file, DataError, 2 << 20, "it is no run")


def test_a_file_takes_memory_for_what_is_in_it_and_not_for_all_that_might_be(tmp_path: Path) -> None:
    file = tmp_path / "small"
    file.write_bytes(b"12345")
    assert content_of(file, DataError, sys.maxsize - 1) == b"12345"


def test_what_comes_while_a_file_is_read_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "growing"
    file.write_bytes(b"1")
    fstat = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        file.write_bytes(b"12345")
        return status

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(DataError, match="growing: larger than 0 MiB"):
        content_of(file, DataError, 4)
