"""Files written whole or not at all, and what is said of those that cannot be."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad.errors import DataError, ModelError
from digitpad.files.reading import reading
from digitpad.files.writing import check_writable, write_atomically, write_new_folder, writing

ON_UNIX = sys.platform != "win32"


def until_the_disk_is_full() -> Iterator[bytes]:
    yield b"the first part"
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_bytes_and_pieces_are_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "whole", b"one two")
    write_atomically(tmp_path / "pieces", (piece for piece in (b"one ", b"two")))
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes() == b"one two"
    assert len(list(tmp_path.iterdir())) == 2  # and nothing beside them


def test_a_full_disk_leaves_what_was_there_before(tmp_path: Path) -> None:
    file = tmp_path / "network"
    file.write_bytes(b"old")
    with (
        pytest.raises(ModelError, match=rf"network: cannot be written \({os.strerror(errno.ENOSPC)}\)\."),
        writing(file, ModelError),
    ):
        write_atomically(file, until_the_disk_is_full())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_mistake_in_the_pieces_leaves_what_was_there_before(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise ZeroDivisionError

    file = tmp_path / "strokes"
    file.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        write_atomically(file, pieces())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_folder_is_there_with_all_its_files_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_new_folder(folder, {"one": b"1", "other": until_the_disk_is_full()})
    assert not list(tmp_path.iterdir())
    write_new_folder(folder, {"one": b"1", "other": (piece for piece in (b"2", b"3"))})
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"one": b"1", "other": b"23"}
    with pytest.raises(OSError):  # noqa: PT011 - each system has a word of its own for it
        write_new_folder(folder, {"one": b"4"})
    assert list(tmp_path.iterdir()) == [folder]
    assert (folder / "one").read_bytes() == b"1"


def test_a_name_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 255)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"


def test_a_trial_leaves_nothing_behind(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    for file in (old, tmp_path / "new", tmp_path / ("n" * 255)):
        check_writable(file, 1000)
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("name", [".", "nowhere/x", "old/x", "n" * 256])
def test_a_trial_fails_where_writing_would(tmp_path: Path, name: str) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(OSError):  # noqa: PT011  # each system has its own words and numbers
        check_writable(tmp_path / name, 1000)
    with pytest.raises(OSError):  # noqa: PT011
        write_atomically(tmp_path / name, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["old"]


def test_a_trial_finds_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        check_writable(tmp_path / "new", 1000)
    assert not list(tmp_path.iterdir())


if ON_UNIX:  # elsewhere permissions and links are others

    def test_the_file_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        target, link = tmp_path / "elsewhere" / "network", tmp_path / "link"
        target.write_bytes(b"old")
        link.symlink_to(target)
        write_atomically(link, b"new")
        assert link.is_symlink()
        assert target.read_bytes() == b"new"

    @pytest.mark.parametrize("link", [False, True])
    def test_nothing_takes_the_place_of_a_pipe_or_a_device(tmp_path: Path, link: bool) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        if link:
            (tmp_path / "link").symlink_to(pipe)
        path = tmp_path / "link" if link else pipe
        with pytest.raises(OSError, match="it is not a file"):
            write_atomically(path, b"new")
        with pytest.raises(OSError, match="it is not a file"):
            check_writable(path, 3)
        assert pipe.is_fifo()
        assert len(list(tmp_path.iterdir())) == 1 + link

    def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
        one, other = tmp_path / "one", tmp_path / "other"
        one.symlink_to(other)
        other.symlink_to(one)
        with pytest.raises(DataError, match="one: cannot be read"), reading(one, DataError):
            one.read_bytes()
        with writing(one, DataError):
            write_atomically(one, b"new")
        assert one.read_bytes() == b"new"  # in place of a link that led nowhere

    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o664], ids=oct)
    def test_a_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
        file = tmp_path / "drawings"
        file.write_bytes(b"old")
        file.chmod(mode)
        write_atomically(file, b"new")
        assert file.stat().st_mode & 0o777 == mode

    def test_a_file_system_that_knows_no_permissions_is_no_reason_not_to_save(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        file = tmp_path / "network"
        file.write_bytes(b"old")
        monkeypatch.setattr(os, "chmod", refuse)
        write_atomically(file, b"new")
        assert file.read_bytes() == b"new"

    def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
        (tmp_path / "any").touch()
        write_atomically(tmp_path / "new", b"new")
        assert (tmp_path / "new").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_what_is_missing_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone: there is no such file\."), reading(tmp_path / "gone", DataError):
        (tmp_path / "gone").read_bytes()
    with (
        pytest.raises(DataError, match=r"nowhere/x: cannot be written \(.*\)\.|nowhere\\x"),
        writing(tmp_path / "nowhere" / "x", DataError),
    ):
        write_atomically(tmp_path / "nowhere" / "x", b"new")


@pytest.mark.parametrize("times", [1, 5])
def test_a_file_that_somebody_looks_at_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    file, held, replace = tmp_path / "network", [None] * times, os.replace

    def held_open(source: Path, target: Path) -> None:
        if held:
            held.pop()
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replace(source, target)

    file.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", held_open)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"


def test_a_file_that_stays_open_elsewhere_is_told_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held_open(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    file = tmp_path / "network"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", held_open)
    with pytest.raises(DataError, match=r"network: cannot be written \(Access is denied\)\."), writing(file, DataError):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
