"""The file of settings: written in a thread, shared by windows, and set aside where it is broken."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from pytestqt.qtbot import QtBot

from digitpad.gui.services.settings_file import SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings are."""
    return tmp_path / "settings.json"


@pytest.fixture
def begin() -> Iterator[Callable[[Path], SettingsFile]]:
    """Open the settings as a window does, which has them written when it closes."""
    begun: list[SettingsFile] = []

    def begin(path: Path) -> SettingsFile:
        begun.append(SettingsFile(path))
        return begun[-1]

    yield begin
    for settings in begun:
        settings.finish()


Begin = Callable[[Path], SettingsFile]


class Disk:
    """Stands in for a disk that takes as long as the test likes: nothing is on it before ``ready`` is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.ready, self.threads = threading.Event(), threading.Event(), list[threading.Thread]()
        self._sync = os.fsync
        monkeypatch.setattr(os, "fsync", self._wait)

    def _wait(self, descriptor: int) -> None:
        self.threads.append(threading.current_thread())
        self.asked.set()
        assert self.ready.wait(60)
        self._sync(descriptor)


def on_disk(file: Path) -> object:
    """What is in the file."""
    return json.loads(file.read_text(encoding="utf-8"))


def test_who_sets_something_does_not_wait_for_the_disk_and_the_newest_is_written_last(
    file: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, settings = Disk(monkeypatch), begin(file)
    settings.remember("brush", 0)
    assert disk.asked.wait(60)
    for i in range(1, 100):
        settings.remember("brush", i)
        settings.remember("text", 2 * i)
    assert settings.newest() == {"brush": 99, "text": 198}
    assert not file.exists()
    disk.ready.set()
    settings.finish()
    assert on_disk(file) == {"brush": 99, "text": 198}
    assert threading.current_thread() not in disk.threads
    once, rest = len(set(disk.threads)), len(disk.threads)
    assert once == 1
    assert rest <= 4  # of two times that it was written: of the file and of its folder


def test_where_there_is_no_memory_for_a_thread_it_is_written_at_once_and_later_in_one_again(
    file: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lack_memory(*_: object, **__: object) -> NoReturn:
        raise MemoryError

    settings = begin(file)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "__init__", lack_memory)
        settings.remember("brush", 1)
        assert on_disk(file) == {"brush": 1}
    settings.remember("brush", 2)
    settings.finish()
    assert on_disk(file) == {"brush": 2}


def test_what_is_set_together_is_known_at_once_and_written_at_once(file: Path, begin: Begin) -> None:
    settings, other = begin(file), begin(file)
    settings.remember("page", "Cost")
    settings.finish()
    with settings.together():
        settings.remember("recipe", 1)
        with settings.together():
            settings.remember("question", "Why?")
        settings.finish()
        assert settings.newest() == {"page": "Cost", "recipe": 1, "question": "Why?"}
        assert on_disk(file) == {"page": "Cost"}
        other.remember("page", "Layers")
        other.finish()
    settings.finish()
    assert on_disk(file) == other.newest() == {"page": "Layers", "recipe": 1, "question": "Why?"}


def test_what_is_as_it_was_is_not_written(file: Path, begin: Begin) -> None:
    settings = begin(file)
    settings.remember("brush", 0.05)
    settings.finish()
    before = file.stat()
    settings.remember("brush", 0.05)
    settings.finish()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[1]", "\x00\xff", "null", "[" * 100_000, f'{{"brush": {"9" * 5000}}}',
     '{"of another": ' + "[" * 400 + "]" * 400 + "}",
     '{"recent": ["' + "a" * (1 << 20) + '"]}'],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_broken_file_is_set_aside(file: Path, begin: Begin, broken: str) -> None:
    file.write_text(broken, encoding="latin-1")
    settings = begin(file)
    assert settings.newest() == {}
    assert file.with_name("settings.broken.json").read_text(encoding="latin-1") == broken
    assert f"{file}: the settings in it could not be read" in settings.trouble
    assert "it is settings.broken.json now" in settings.trouble
    settings.remember("brush", 0.2)
    settings.finish()
    assert on_disk(file) == {"brush": 0.2}


def test_files_set_aside_get_new_names_and_never_many(file: Path) -> None:
    for i in range(12):
        file.write_text(f"broken {i}")
        assert SettingsFile(file).trouble
    kept = {path.name: path.read_text() for path in file.parent.iterdir()}
    assert set(kept) == {"settings.broken.json"} | {f"settings.broken-{n}.json" for n in range(2, 10)}
    assert "broken 11" in kept.values()
    assert len(set(kept.values())) == 9


def test_a_file_that_may_not_be_read_is_left_as_it_is(
    file: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('{"brush": 0.05}')

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as context:
        context.setattr(os, "open", forbidden)
        settings = begin(file)
    assert "settings.json: cannot be read (Permission denied)." in settings.trouble
    settings.remember("brush", 0.3)
    settings.finish()
    assert settings.newest() == {"brush": 0.3}
    assert list(file.parent.iterdir()) == [file]
    assert file.read_text() == '{"brush": 0.05}'


def test_a_file_that_cannot_be_written_is_told_once_and_values_last_until_it_can(
    file: Path, begin: Begin, qtbot: QtBot
) -> None:
    path = file.parent / "folder" / "settings.json"
    path.parent.touch()
    settings = begin(path)
    with qtbot.waitSignal(settings.troubled):
        settings.remember("brush", 0.3)
    assert "settings.json: cannot be written (" in settings.take_trouble()
    with qtbot.assertNotEmitted(settings.troubled):
        settings.remember("text", 110)
        settings.finish()
    assert settings.take_trouble() == ""
    assert settings.newest() == {"brush": 0.3, "text": 110}
    path.parent.unlink()
    settings.finish()
    assert on_disk(path) == {"brush": 0.3, "text": 110}


def test_what_is_no_file_is_not_read(tmp_path: Path, begin: Begin) -> None:
    odd = [tmp_path, tmp_path / ("a" * 300) / "settings.json"]
    if hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        os.mkfifo(tmp_path / "settings.json")
        odd.append(tmp_path / "settings.json")
    for path in odd:
        settings = begin(path)
        settings.remember("brush", 0.3)
        settings.finish()
        assert settings.newest() == {"brush": 0.3}


def test_a_pipe_in_the_place_of_the_lock_is_not_waited_for(file: Path, begin: Begin) -> None:
    if not hasattr(os, "mkfifo"):
        return
    os.mkfifo(f"{file}.lock")
    settings = begin(file)
    settings.remember("brush", 0.3)
    settings.finish()
    assert settings.newest()["brush"] == 0.3
    assert "settings.json: cannot be written (it is not a file)." in settings.take_trouble()


def test_what_another_window_damages_is_not_lost_here(file: Path, begin: Begin) -> None:
    settings = begin(file)
    settings.remember("brush", 0.05)
    settings.finish()
    file.write_text("{")
    settings.remember("text", 110)
    settings.finish()
    assert on_disk(file) == {"brush": 0.05, "text": 110}
    assert file.with_name("settings.broken.json").read_text() == "{"


_WRITER = """
import sys
from pathlib import Path
from digitpad.gui.services.settings_file import SettingsFile
settings = SettingsFile(Path(sys.argv[1]))
for i in range(20):
    settings.remember(sys.argv[2], i)
    settings.finish()
settings.remember(sys.argv[2], "last")  # and ends: it is written all the same
"""


def test_windows_that_write_at_the_same_time_lose_nothing(file: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, file, key]) for key in ("brush", "text", "page")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert on_disk(file) == {"brush": "last", "text": "last", "page": "last"}
    assert list(file.parent.iterdir()) == [file]
