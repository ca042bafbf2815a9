"""MNIST in one press, found where it is, or from a file; in the window."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data import download, mnist
from digitpad.data.dataset import Digits
from digitpad.errors import DataError
from digitpad.gui.app import make_window
from digitpad.gui.services import digit_sets
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Settings
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file
from tests.digits import folder as make_folder
from tests.mirror import folder as folder
from tests.mirror import mirror as mirror


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, with no MNIST anywhere yet."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return tmp_path / "home"


@pytest.fixture
def window(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The program's window on a fresh machine, the Train tab in front."""
    window = make_window(qapp, Session(model_file.load(paths.DEFAULT_NETWORK)), Settings(home / "settings.json"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.tabs.setCurrentIndex(1)
    yield window
    window.close()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A mirror that takes a request, sends the beginning of an answer, and then is silent; set once it is."""
    reached, let_go = threading.Event(), threading.Event()

    class Silent(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 9912422\r\n\r\n\x1f\x8b")
            self.wfile.flush()
            reached.set()
            let_go.wait(10)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silent)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    defaults = (download.MNIST, (f"http://127.0.0.1:{server.server_address[1]}/",), 30.0)
    monkeypatch.setattr(download.Download.__init__, "__defaults__", defaults)
    yield reached
    let_go.set()
    server.shutdown()
    server.server_close()
    thread.join()
    for other in threading.enumerate():
        if other.name.startswith("receive "):
            other.join(5)


def loaded(window: MainWindow, name: str) -> bool:
    return window.digits.current is not None and window.digits.current.name == name and window.digits.loading is None


def test_mnist_that_was_damaged_on_the_disk_is_fetched_again(
    window: MainWindow, qtbot: QtBot, mirror: str, home: Path
) -> None:
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    window.digits.fetch()
    qtbot.waitUntil(lambda: loaded(window, "MNIST"))
    assert window.digits.has_mnist
    (home / "mnist" / "t10k-images-idx3-ubyte").write_bytes(b"damaged")
    sets = DigitSets(Settings(), window)
    with qtbot.waitSignal(sets.failed):
        sets.wanted()
    qtbot.waitUntil(lambda: sets.current is not None)
    assert not sets.has_mnist  # so it can be got
    sets.fetch()
    qtbot.waitUntil(lambda: sets.current is not None and sets.current.name == "MNIST")
    assert sets.has_mnist
    sets.close_down()


def test_mnist_comes_in_one_press(window: MainWindow, qtbot: QtBot, mirror: str, home: Path) -> None:
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    assert "get MNIST" in window.train.message.text()
    received: list[download.Received] = []
    window.digits.received.connect(received.append)
    window.train.message.linkActivated.emit("get")
    assert window._fetching.isVisible()
    qtbot.waitUntil(lambda: loaded(window, "MNIST"))
    assert not window._fetching.isVisible()
    assert received[-1].received == received[-1].total
    window._fetching._sets._download = download.Download(home)  # as in the middle of it
    window._fetching._show(download.Received(4_200_000, 11_600_000, 65.0))
    assert window._fetching.label.text() == "Fetching MNIST: 4.2 of 11.6 MB, 1:05 left"
    window._fetching._sets._download = None
    assert window.train.form.digits.currentText() == "MNIST, 30"
    assert not window.train.message.isVisible()
    assert {file.name for file in (home / "mnist").iterdir()} == {file.name for file in download.MNIST}
    again = DigitSets(Settings(), window)  # the next start finds it
    again.wanted()
    qtbot.waitUntil(lambda: again.current is not None)
    assert again.current is not None
    assert again.current.name == "MNIST"
    again.close_down()


def test_a_download_can_be_cancelled_in_the_middle(
    window: MainWindow, qtbot: QtBot, silent: threading.Event, home: Path
) -> None:
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    window.digits.fetch()
    qtbot.waitUntil(silent.is_set)
    QTest.mouseClick(window._fetching.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.digits.fetching, timeout=2000)
    assert not window._fetching.isVisible()
    assert not window.notice.isVisible()  # the person knows
    assert not list((home / "mnist").iterdir())
    assert loaded(window, "Built-in digits")
    assert "get MNIST" in window.train.message.text()


def test_closing_the_window_ends_a_download(window: MainWindow, qtbot: QtBot, silent: threading.Event) -> None:
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    window.digits.fetch()
    qtbot.waitUntil(silent.is_set)
    window.close()
    assert window.digits._fetching._pool.activeThreadCount() == 0


def test_a_mirror_that_refuses_is_told_and_a_copy_can_be_dropped(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = (download.MNIST, ("http://127.0.0.1:9/",), 1.0)
    monkeypatch.setattr(download.Download.__init__, "__defaults__", defaults)
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    with qtbot.waitSignal(window.digits.failed):
        window.digits.fetch()
    said = window.notice.label.accessibleName()
    assert "127.0.0.1 refused the connection" in said
    assert said.endswith("If you have a copy of MNIST, drop it on this window.")
    assert loaded(window, "Built-in digits")


def test_a_copy_of_mnist_is_kept_with_the_program_s_files(
    window: MainWindow, qtbot: QtBot, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(folder / "t10k-images-idx3-ubyte")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    box = window.train.form.digits
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)  # "Open a data set…"
    qtbot.waitUntil(lambda: window.digits.path == home / "mnist")
    assert loaded(window, "MNIST")
    assert [box.itemText(i) for i in range(box.count())] == ["Built-in digits", "MNIST, 30", "Open a data set…"]
    assert mnist.load(home / "mnist").name == "MNIST"
    box.activated.emit(0)
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    assert window._settings.get("digits", "") == str(paths.DIGITS)


def test_the_set_of_the_last_time_is_used_again_and_one_that_is_gone_is_not(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bars = make_folder(tmp_path / "bars")
    settings = Settings()
    settings.set("digits", str(bars))
    settings.set("opened", [str(bars)])
    sets = DigitSets(settings, window)
    sets.wanted()
    qtbot.waitUntil(lambda: sets.current is not None)
    assert sets.current is not None
    assert sets.current.name == "bars"
    (bars / "t10k-images-idx3-ubyte").unlink()
    later = DigitSets(settings, window)
    with qtbot.waitSignal(later.failed):
        later.wanted()
    qtbot.waitUntil(lambda: later.current is not None)
    assert later.current is not None
    assert later.current.name == "Built-in digits"
    assert settings.get("opened", list[str]()) == []
    for one in (sets, later):
        one.close_down()


def test_the_folder_named_by_the_environment_comes_first(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    sets = DigitSets(Settings(), window)
    sets.wanted()
    qtbot.waitUntil(lambda: sets.current is not None)
    assert sets.path == folder
    sets.close_down()


# Trouble


def test_a_download_that_breaks_in_any_way_is_over(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_thread(*_: object) -> Path:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(download.Download, "run", no_thread)
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    with capture_exceptions() as raised, qtbot.waitSignal(window.digits.failed) as said:
        window.digits.fetch()
        assert window._fetching.isVisible()
    assert not window.digits.fetching
    assert not window._fetching.isVisible()
    assert said.args is not None
    assert said.args[0].startswith("Something unexpected went wrong (can't start new thread).")
    qtbot.waitUntil(lambda: bool(raised))


def test_a_set_that_outgrows_the_memory_is_told_and_loading_ends(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_: Path) -> Digits:
        raise MemoryError

    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    monkeypatch.setattr(digit_sets, "_read", too_large)
    with qtbot.waitSignal(window.digits.failed) as said:
        window.digits.open(make_folder(tmp_path / "bars"))
    assert said.args == ["There is not enough memory for this."]
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    assert window.train.form.digits.currentText() == "Built-in digits, 10,000"


def test_only_the_set_that_failed_is_forgotten(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    broken, bars = make_folder(tmp_path / "broken"), make_folder(tmp_path / "bars")
    (broken / "t10k-images-idx3-ubyte").write_bytes(b"no digits")
    sets = window.digits
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    window._settings.set("opened", [str(broken), str(bars)])
    loading: list[Path | None] = []
    sets.failed.connect(lambda _: loading.append(sets.loading))
    with qtbot.assertNotEmitted(sets.load_failed):
        sets.choose(broken)
        sets.choose(bars)
        qtbot.waitUntil(lambda: loaded(window, "bars"))
    assert loading == [bars]  # when the other failed
    assert window._settings.get("opened", list[str]()) == [str(bars)]
    with qtbot.waitSignal(sets.load_failed):
        sets.choose(broken)
    assert loaded(window, "bars")


def test_the_set_asked_for_last_is_loading_until_it_is_there(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = make_folder(tmp_path / "first"), make_folder(tmp_path / "second")
    sets = window.digits
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    seen: list[tuple[Path | None, Path | None]] = []
    sets.changed.connect(lambda: seen.append((sets.path, sets.loading)))
    sets.choose(first)
    sets.choose(second)
    qtbot.waitUntil(lambda: loaded(window, "second"))
    built_in = paths.DIGITS
    assert seen == [(built_in, first), (built_in, second), (first, second), (second, None)]


def test_a_copy_that_cannot_be_kept_is_told_and_the_set_stays(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = threading.Event()

    def full(*_: object) -> None:
        begin.wait(10)
        raise DataError("The disk is full.")

    monkeypatch.setattr(digit_sets, "_save", full)
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    window.digits.open(folder)
    qtbot.waitUntil(lambda: loaded(window, "MNIST"))
    window.digits.choose(paths.DIGITS)
    said: list[tuple[str, Path | None]] = []
    window.digits.failed.connect(lambda sentence: said.append((sentence, window.digits.loading)))
    with qtbot.waitSignal(window.digits.failed), qtbot.assertNotEmitted(window.digits.load_failed):
        begin.set()
    assert said == [("The disk is full.", paths.DIGITS)]  # which is still to come
    qtbot.waitUntil(lambda: loaded(window, "Built-in digits"))
    assert window._settings.get("opened", list[str]()) == [str(folder)]


def test_who_looks_at_a_set_that_cannot_be_read_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    told: list[str] = []
    with qtbot.waitSignal(window.digits.failed) as said:
        window.digits.look_at(tmp_path / "none", lambda _: None, told.append)
    assert said.args == told
    assert "there is no such file" in told[0]
    with qtbot.waitSignal(window.digits.failed):
        window.digits.look_at(tmp_path / "none", lambda _: None)


def test_a_remembered_set_that_may_not_be_looked_for_is_not_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    exists = Path.exists

    def forbidden(path: Path) -> bool:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", forbidden)
    settings = Settings()
    settings.set("digits", str(closed))
    sets = DigitSets(settings, window)
    sets.wanted()
    assert sets.loading == paths.DIGITS
    sets.close_down()
