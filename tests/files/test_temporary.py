"""What processes that were killed have left is removed, and nothing else."""

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from digitpad.files.writing import write_atomically

ON_UNIX = sys.platform != "win32"


KILLED = """
    import os, sys
    from pathlib import Path
    from digitpad.files.writing import write_atomically

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
    from digitpad.files.writing import write_new_folder

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
