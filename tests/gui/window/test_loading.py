"""What the other tabs are made of is loaded while the window goes on, and brings no program down."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zipimport import zipimporter

import pytest

from digitpad.gui.services.turns import do_now
from digitpad.gui.window import loading as module
from digitpad.gui.window.loading import loading

_BEGIN = """
import builtins, gc, os, sys, threading, time
from PySide6.QtCore import QEventLoop, QObject, QTimer
from digitpad.gui.app import make_application, make_window

def names_left():
    return [name for name in ("train.tab", "data.tab", "explore.tab", "inside.view")
            if f"digitpad.gui.{name}" not in sys.modules]

app = make_application()
window = make_window(app)
window.show()
loop = QEventLoop()
window.tabs.loaded_ahead.connect(loop.quit)
assert "pyqtgraph" not in sys.modules
"""
_END = """
assert not names_left(), names_left()
for index in range(window.tabs.count()):
    window.tabs.setCurrentIndex(index)
    app.processEvents()
window.close()
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
"""


def _run(code: str) -> None:
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _BEGIN + code + _END]
    run = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr


def test_the_window_goes_on_meanwhile_and_waits_while_another_thread_makes_a_class_of_qt_s() -> None:
    _run("""
apart, untimely, seen = [], [], set()
main, build = threading.main_thread().ident, builtins.__build_class__

def watched(*given, **named):
    made = build(*given, **named)
    if isinstance(made, type(QObject)) and threading.get_ident() != main:
        apart.append(made)
        if sys._current_frames()[main].f_code.co_filename != threading.__file__:  # where it waits for the other
            untimely.append(made)
    return made

builtins.__build_class__ = watched
turns = QTimer()
turns.timeout.connect(lambda: seen.add(sum(name.startswith("pyqtgraph.") for name in sys.modules)))
turns.start(0)
window.tabs.load_ahead()
loop.exec()
builtins.__build_class__ = build
assert len(apart) > 100
assert not untimely, untimely
assert len(seen) > 50, seen
strayed = [each for each in gc.get_objects() if isinstance(each, QObject) and each.thread() is not app.thread()]
assert not strayed, strayed
""")


def test_a_module_that_is_under_way_can_be_imported_by_the_window_which_has_its_turns_after_it() -> None:
    _run("""
from digitpad.gui.window import loading
loading._STANDS_STILL_S = 60.0  # the thread knows sooner that it is waited for

def import_it():
    if "pyqtgraph" in sys.modules and not met:
        met.append(sys.modules["pyqtgraph"].__spec__._initializing)
        begin = time.monotonic()
        import pyqtgraph
        met.append(time.monotonic() - begin < 30.0)
        met.append(hasattr(pyqtgraph, "PlotItem"))
    elif met:
        seen.add(sum(name.startswith("digitpad.") for name in sys.modules))

met, seen = [], set()
turns = QTimer()
turns.timeout.connect(import_it)
turns.start(0)
window.tabs.load_ahead()
loop.exec()
assert met == [True, True, True]
assert len(seen) > 10, seen
""")


def test_the_window_goes_on_while_a_module_is_read_from_a_slow_disk() -> None:
    _run("""
from importlib.machinery import SourceFileLoader

def read_slowly(self, path):
    if os.path.basename(path).startswith("PlotItem."):
        slow.set()
        assert passed.wait(20)
    return read(self, path)

def pass_by():
    if slow.is_set():
        turns_meanwhile.append(True)
        if len(turns_meanwhile) == 5:
            passed.set()

turns_meanwhile = []
slow, passed = threading.Event(), threading.Event()
SourceFileLoader.get_data, read = read_slowly, SourceFileLoader.get_data
turns = QTimer()
turns.timeout.connect(pass_by)
turns.start(0)
window.tabs.load_ahead()
loop.exec()
assert passed.is_set()
""")


def test_a_tab_that_is_wanted_before_is_loaded_in_turns_too() -> None:
    _run("""
window.tabs.loaded_ahead.disconnect(loop.quit)
window.tabs.train_page.ready.connect(loop.quit)
window.tabs.setCurrentIndex(1)
assert len(names_left()) == 4
loop.exec()
assert window.tabs.train_page.built is not None
""")


def test_what_is_wanted_at_once_is_loaded_at_once() -> None:
    _run("""
window.tabs.setCurrentIndex(1)
assert names_left()
assert window.tabs.train_page.content is window.tabs.train_page.built
window.draw.inside_wanted.emit()
assert window.tabs.inside is not None
""")


def test_no_tab_and_no_page_has_to_load_anything_after_it() -> None:
    _run("""
class Finder:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            late.add(name.split(".")[0])

window.tabs.load_ahead()
loop.exec()
late = set()
sys.meta_path.insert(0, Finder())
for tab in range(window.tabs.count()):
    window.tabs.setCurrentIndex(tab)
assert window.train and window.data
for number in range(1, window.explore.list.count() + 1):
    assert window.explore.show_page(number).isVisible()
assert late <= sys.stdlib_module_names, late  # such as heapq, which Counter loads when it is asked for the most common
""")


def test_who_wants_to_train_at_once_has_the_tab_in_turns_and_the_training_when_it_is_there() -> None:
    _run("""
window.tabs.loaded_ahead.disconnect(loop.quit)
window.draw.train_wanted.emit()
assert window.tabs.currentWidget() is window.tabs.train_page
assert len(names_left()) == 4
window.session.trainer.state_changed.connect(loop.quit)
loop.exec()
assert window.tabs.train_page.built is not None
""")


def test_what_is_wanted_of_a_tab_comes_when_it_is_there_however_much() -> None:
    _run("""
from digitpad.explore.chapter import Idea
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.train.recipe import Recipe

window.tabs.loaded_ahead.disconnect(loop.quit)
window.tabs.explore_page.ready.connect(loop.quit)
ways = window.session.ways
ways.wanted.emit(ToTrain(Recipe(hidden=(7,))))
ways.wanted.emit(ToTrain(Recipe(hidden=(8,))))
ways.wanted.emit(ToPage(Idea.SUMMARY))
assert len(names_left()) == 4
loop.exec()
assert window.explore.page.IDEA is Idea.SUMMARY
assert window.train.opened.experiment.recipe.hidden == (8,)
""")


@pytest.mark.parametrize("tab", [0, 1])
def test_a_window_that_is_closed_meanwhile_leaves_the_rest_which_the_next_one_loads(tab: int) -> None:
    _run(
        f"window.tabs.setCurrentIndex({tab})"
        + """
def close_soon():
    if "pyqtgraph" in sys.modules:
        window.close()
        loop.quit()

turns = QTimer()
turns.timeout.connect(close_soon)
turns.start(0)
window.tabs.load_ahead()
loop.exec()
turns.stop()
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
assert names_left()
window = make_window(app)
window.show()
window.tabs.loaded_ahead.connect(loop.quit)
window.tabs.load_ahead()
loop.exec()
"""
    )


def test_where_no_thread_can_begin_a_tab_is_loaded_when_it_is_wanted() -> None:
    _run("""
def refuse(self):
    raise RuntimeError("can't start new thread")

threading.Thread.start, start = refuse, threading.Thread.start
window.tabs.load_ahead()
loop.exec()
assert len(names_left()) == 4
for page in (window.tabs.train_page, window.tabs.data_page, window.tabs.explore_page):
    assert page.content is not None
window.draw.inside_wanted.emit()
threading.Thread.start = start
""")


@pytest.fixture
def zipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of three modules that are no files."""
    names = [f"zipped_{letter}" for letter in "abc"]
    with ZipFile(tmp_path / "modules", "w") as modules:
        for name in names:
            modules.writestr(f"{name}.py", "")
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    yield names
    for name in names:
        sys.modules.pop(name, None)


def test_the_window_has_a_turn_between_modules_that_are_no_files_too(zipped: list[str]) -> None:
    assert {1, 2} <= {sum(name in sys.modules for name in zipped) for _ in loading(zipped)}


def test_nothing_of_it_stays_where_modules_are_found(zipped: list[str]) -> None:
    finders = list(sys.meta_path)
    do_now(loading(zipped))
    assert sys.meta_path == finders
    for name in zipped:
        module = sys.modules[name]
        assert module.__spec__ is not None
        assert type(module.__spec__.loader) is type(module.__loader__) is zipimporter


def test_a_finder_that_knows_no_specs_is_passed_over(zipped: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:  # as Python took them once, and still passes over
        def find_module(self, name: str, path: object = None) -> None:
            pass

    old: Any = Old()
    monkeypatch.setattr(sys, "meta_path", [old, *sys.meta_path])
    do_now(loading(zipped))
    assert all(name in sys.modules for name in zipped)


def test_another_thread_that_looks_for_a_module_meanwhile_misses_no_finder(zipped: list[str]) -> None:
    looked_through = [(sys.meta_path, list(sys.meta_path))]
    for _ in loading(zipped):
        looked_through.append((sys.meta_path, list(sys.meta_path)))
    assert all(finders == at_first for finders, at_first in looked_through)


def _wait(reached: Callable[[], object]) -> None:
    """Wait for another thread, without events."""
    end = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_where_the_window_stands_still_for_long_it_goes_on_by_itself(
    zipped: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STANDS_STILL_S", 0.1)
    steps = loading(zipped)
    while zipped[0] not in sys.modules:
        next(steps)
    _wait(lambda: zipped[-1] in sys.modules)
    do_now(steps)


@pytest.fixture
def nested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a module ``outer`` that goes on after it has imported ``inner``, whatever comes of that."""
    monkeypatch.syspath_prepend(str(tmp_path))
    text = "try:\n    import inner\nexcept ZeroDivisionError:\n    pass\ndone = True\n"
    (tmp_path / "outer.py").write_text(text, encoding="utf-8")
    yield tmp_path
    for name in ("outer", "inner"):
        sys.modules.pop(name, None)


def _thread() -> threading.Thread:
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "loading")
    return thread


def _waits(thread: threading.Thread) -> bool:
    """Whether it waits for a turn."""
    assert thread.ident is not None
    return sys._current_frames()[thread.ident].f_code.co_filename == threading.__file__


@pytest.mark.parametrize("text", ["done = True", "1 / 0"])
def test_what_imports_a_module_that_the_window_waited_for_goes_on_in_its_turn(
    nested: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(module, "_STANDS_STILL_S", 30.0)
    (nested / "inner.py").write_text(text, encoding="utf-8")
    steps = loading(["outer"])
    while "inner" not in sys.modules:
        next(steps)
    with suppress(ZeroDivisionError):
        import_module("inner")
    thread = _thread()
    _wait(lambda: not thread.is_alive() or _waits(thread))
    assert not hasattr(sys.modules["outer"], "done")
    do_now(steps)
    assert hasattr(sys.modules["outer"], "done")


def test_nothing_is_executed_while_the_window_waits_for_a_module_that_somebody_else_loads(
    tmp_path: Path, zipped: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STANDS_STILL_S", 30.0)
    (tmp_path / "slowly.py").write_text("import builtins\nassert builtins.held.wait(60)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    held = threading.Event()
    monkeypatch.setattr("builtins.held", held, raising=False)
    steps = loading(zipped)
    while zipped[0] not in sys.modules:
        next(steps)
    other = threading.Thread(target=import_module, args=["slowly"])
    other.start()
    _wait(lambda: "slowly" in sys.modules)
    before = [name in sys.modules for name in zipped]
    timer = threading.Timer(0.3, held.set)
    timer.start()
    import_module("slowly")
    assert [name in sys.modules for name in zipped] == before
    other.join()
    timer.join()
    do_now(steps)
    del sys.modules["slowly"]


def test_who_leaves_it_waits_for_what_is_imported_and_for_nothing_else(
    zipped: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STANDS_STILL_S", 30.0)
    steps = loading(zipped)
    while zipped[0] not in sys.modules:
        next(steps)
    thread = _thread()
    _wait(lambda: _waits(thread))
    begin = time.monotonic()
    del steps
    assert not thread.is_alive()
    assert zipped[-1] in sys.modules
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize(("text", "kind"), [("1 / 0", ZeroDivisionError), ("raise SystemExit", RuntimeError)])
def test_what_a_module_raises_is_raised_and_ends_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, kind: type[Exception]
) -> None:
    (tmp_path / "wrong.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    finders = list(sys.meta_path)
    with pytest.raises(kind):
        do_now(loading(["wrong"]))
    assert sys.meta_path == finders
    assert not [thread for thread in threading.enumerate() if thread.name == "loading"]
