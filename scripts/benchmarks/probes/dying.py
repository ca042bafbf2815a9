"""Mistakes of the program itself, and signals to end: it must go on, or end as it should."""

import inspect
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

import hostile
from driving import Steps, close, drive, show_tab, wait_for
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from soaking.watch import Watch

from benchmarks.probes import Faults, NotSurvived, check
from benchmarks.probes.scene import opened, use, write
from digitpad.gui import replay
from digitpad.gui.demo import THREE
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.draw.pointer import Pointer
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.explore.layers.network_picture import LayersView
from digitpad.gui.explore.layers.page import LayersPage
from digitpad.gui.services.jobs import Jobs
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.widgets.kept_current import KeptCurrent
from digitpad.gui.window.about import about_program
from digitpad.gui.window.main_window import MainWindow

FAULTS = Faults()


def _broken(free: tuple[str, ...], body: str) -> Any:
    """Return the code of a method with the free variables ``free`` that does ``body`` and divides by zero."""
    made: dict[str, Any] = {}
    lines = [f"    {name} = None" for name in free]
    inner = ["    def method(self, *arguments):", f"        if 0: print({', '.join(free)})", f"        {body}"]
    exec("\n".join(["def make():", *lines, *inner, "        return 1 / 0", "    return method"]), made)
    return made["make"]().__code__


def _break(owner: type, name: str, body: str = "pass") -> None:
    """Put a mistake into a method, beneath whatever guards it."""
    function = inspect.unwrap(vars(owner)[name])
    assert isinstance(function, FunctionType)
    function.__code__ = _broken(function.__code__.co_freevars, body)


def _meet(owner: type, name: str, body: str, _folder: Path) -> None:
    """Do whatever calls the broken method; the mistake must be told and the program end as it should."""
    watch: list[Watch] = []

    def steps(window: MainWindow) -> Steps:
        watch.append(Watch(lambda: "meeting a mistake", 1e9))
        with watch[0].on():
            window.explore.show_page(4)
            yield from wait_for(lambda: window.draw.reading)
            _break(owner, name, body)
            for place in (0, 3, 0):
                window.tabs.setCurrentIndex(place)
                yield 30
            replay.draw(window.draw.canvas, [THREE])
            _put_pen_down(window.draw.canvas)
            window.resize(900, 700)
            yield 30
            window.theme.choose(Qt.ColorScheme.Dark)
            window.draw.canvas.updateGeometry()
            window.draw.canvas.update()
            yield 100
            if name == "closeEvent":
                close(window)
                yield 0

    code = drive(steps)
    check(code == 0, f"exit code {code}")
    check(any("ZeroDivisionError" in problem for problem in watch[0].problems), "nobody was told")


def _put_pen_down(canvas: Canvas) -> None:
    kind, pressure = QInputDevice.DeviceType.Stylus, QInputDevice.Capability.Pressure
    pen = QPointingDevice("pen", 1, kind, QPointingDevice.PointerType.Pen, pressure, 1, 3)
    place, left, none = QPointF(canvas.rect().center()), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(
        QEvent.Type.TabletPress, pen, place, canvas.mapToGlobal(place), 1.0, 0, 0, 0, 0, 0, none, left, left
    )
    QApplication.sendEvent(canvas, event)


_OVERRIDES: list[tuple[type, str]] = [
    (Canvas, "paintEvent"),
    (KeptCurrent, "showEvent"),
    (DrawTab, "resizeEvent"),
    (Canvas, "mousePressEvent"),
    (Canvas, "mouseMoveEvent"),
    (MainWindow, "closeEvent"),
    (LayersView, "changeEvent"),
    (Pointer, "eventFilter"),
    (Canvas, "event"),
    (Canvas, "sizeHint"),
]
for _owner, _name in _OVERRIDES:
    FAULTS.add(f"an exception in {_name}")(partial(_meet, _owner, _name, "pass"))
FAULTS.add("an exception while a painter is active")(
    partial(_meet, Canvas, "paintEvent", "from PySide6.QtGui import QPainter; painter = QPainter(self)")
)


@FAULTS.add("a network 784-0-10, seen in Explore's page of layers")
def _zero_layer(folder: Path) -> None:
    def steps(window: MainWindow) -> Steps:
        yield from opened(window, write(folder, "zero.safetensors", hostile.network((784, 0, 10))))
        yield from show_tab(window, "Explore")
        page = window.explore.show_page(4)
        assert isinstance(page, LayersPage)
        page.shared.chosen.choose(None)  # the network in use
        yield 50
        page.choice.layer.setCurrentIndex(0)
        yield 50
        window.tabs.setCurrentIndex(0)
        replay.draw(window.draw.canvas, [THREE])
        yield 50
        window.tabs.setCurrentIndex(3)
        yield 100

    use(steps)


def _logged(make_a_mistake: Callable[[MainWindow], object], folder: Path) -> None:
    """Make a mistake; a log in the person's folder must have it, and one dialog or notice tell it."""

    def steps(window: MainWindow) -> Steps:
        make_a_mistake(window)
        log = folder / "home" / "digitpad.log"
        yield from wait_for(lambda: log.exists() and "ZeroDivisionError" in log.read_text(encoding="utf-8"), 10)

    try:
        drive(steps)
    except TimeoutError:
        raise NotSurvived("there is no log of it") from None


def _divide() -> None:
    print(1 // int(not sys.argv))


FAULTS.add("a mistake in a slot is logged")(
    partial(_logged, lambda window: QTimer.singleShot(0, window, _divide)),
)
FAULTS.add("a mistake in a plain thread is logged")(
    partial(_logged, lambda _: threading.Thread(target=_divide).start()),
)


if sys.platform == "linux":

    @FAULTS.add("memory that ends with the beginning of a thread is waited for by nobody", seconds=60)
    def _scarce(_folder: Path) -> None:
        import resource

        threading.stack_size(1 << 20)
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        began = []
        for kilobytes in [*range(900, 1700, 8), 1 << 17]:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 1024 * kilobytes, most))
            jobs = Jobs()
            began.append(jobs.give(lambda: None))
            jobs.wait()
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        check(began[-1], "none began with memory for it")


def _signalled(number: int, under_way: str, folder: Path) -> None:
    """Send this process a signal; the window must close and remember its size."""
    signal.signal(number, signal.SIG_DFL)  # a shell's job in the background ignores some
    size: list[int] = []

    def steps(window: MainWindow) -> Steps:
        window.resize(1012, 734)
        yield 50
        if under_way == "a dialog":
            about_program(window)
        elif under_way == "training":
            window.tabs.setCurrentIndex(1)
            yield from wait_for(lambda: window.train.commands.start.isEnabled())
            window.train.commands.start.trigger()
            yield from wait_for(lambda: window.session.trainer.run and window.session.trainer.run.points)
        size[:] = window.width(), window.height()
        os.kill(os.getpid(), number)
        yield from wait_for(lambda: not window.isVisible(), 20)

    code = drive(steps)
    check(code in (0, 128 + number), f"exit code {code}")
    remembered = Preferences(folder / "home" / "settings.json").window_size
    check(remembered == tuple(size), f"remembers {remembered}, not {tuple(size)}")


for _number in ("SIGTERM", "SIGINT", "SIGHUP"):
    if hasattr(signal, _number):
        for _what in ("nothing", "training", "a dialog"):
            FAULTS.add(f"{_number} with {_what} under way")(partial(_signalled, getattr(signal, _number), _what))
