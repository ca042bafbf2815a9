"""Files written whole or not at all, and what is said of those that cannot be read or written."""

import errno
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad.errors import DataError, ModelError
from digitpad.files import check_writable, opened, reading, write_atomically, write_new_folder, writing

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


KILLED = """
    import os, sys
    from pathlib import Path
    from digitpad.files import write_atomically

    def pieces():
        yield b"a part"
        os._exit(9)

    write_atomically(Path(sys.argv[1]), pieces())
"""


def test_what_a_killed_process_left_is_gone_with_the_next_writing_there(tmp_path: Path) -> None:
    file = tmp_path / "network"
    file.write_bytes(b"old")
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(file)], timeout=60, check=False)
        assert ended.returncode == 9
    assert file.read_bytes() == b"old"
    left = [one for one in tmp_path.iterdir() if one != file]
    assert len(left) == (1 if ON_UNIX else 3)  # each has removed what the one before had left
    if not ON_UNIX:  # where a process cannot be asked whether it lives, time tells
        for one in left:
            os.utime(one, (0, 0))
    write_atomically(file, b"new")
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_a_killed_process_left_is_gone_with_the_next_writing_there(tmp_path: Path) -> None:
    killed = KILLED.replace("write_atomically(Path(sys.argv[1]), pieces())", """
    from digitpad.files import write_new_folder

    write_new_folder(Path(sys.argv[1]), {"one": b"1", "other": pieces()})
""")  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(killed), str(tmp_path / "new")], timeout=60, check=False
    )
    assert ended.returncode == 9
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))
    write_atomically(tmp_path / "file", b"")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_what_another_process_is_still_writing_stays(tmp_path: Path) -> None:
    slow = KILLED.replace("os._exit(9)", 'print("half", flush=True); sys.stdin.read()')
    command = [sys.executable, "-c", textwrap.dedent(slow), str(tmp_path / "slow")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "half\n"
        write_atomically(tmp_path / "quick", b"new")
        process.stdin.close()
        assert process.wait(timeout=60) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["quick", "slow"]
    assert (tmp_path / "slow").read_bytes() == b"a part"


@pytest.mark.parametrize(
    ("name", "hours", "stays"),
    [
        (".digitpad-0123456789abcdef", 1, True),
        (".digitpad-0123456789abcdef", 7, False),
        (".digitpad-ab_d3f9h", 7, False),
        (".digitpad-00000000-1-0123456789abcdef", 1, True),  # of another machine
        (".digitpad-00000000-1-0123456789abcdef", 7, False),
        (".settings.json.ab_d3f9h", 7, False),
        (".000123.png.part", 7, False),
        (".digitpad-notes", 7, True),
        (".digitpad-0123456789abcdef.txt", 7, True),
        ("digitpad-0123456789abcdef", 7, True),
        (".my.json.ab_d3f9h", 7, True),
    ],
)
def test_only_old_temporary_files_of_this_program_are_removed(
    tmp_path: Path, name: str, hours: float, stays: bool
) -> None:
    other = tmp_path / name
    other.write_bytes(b"something")
    then = time.time() - hours * 3600
    os.utime(other, (then, then))
    folder = tmp_path / ".digitpad-fedcba9876543210"
    folder.mkdir()
    os.utime(folder, (0, 0))
    write_atomically(tmp_path / "file", b"new")
    assert other.exists() == stays
    assert folder.is_dir()
