"""What a person may do with the window, at random: ``act`` does one of it."""

from collections.abc import Callable, Sequence

import numpy as np
from driving import Steps
from hands import drag_in
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QWidget,
)

from digitpad.data.synthetic import Hand, strokes
from digitpad.gui import replay
from digitpad.gui.window.main_window import MainWindow
from soaking.person import Person, usable

_KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_E, Qt.Key.Key_F2,
    *(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10)),
)  # fmt: skip
_CTRL = (
    Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_R, Qt.Key.Key_B, Qt.Key.Key_Period, Qt.Key.Key_G, Qt.Key.Key_U, Qt.Key.Key_L,
    Qt.Key.Key_S, Qt.Key.Key_I, Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_C,
)  # fmt: skip
_TYPED = ["", "0", "-3", "0.5", "30", "1e400", "nan", "784,30,10", "1,000", "99999999999", "½eta", "{x}<b>"]
_MOST_RUNS = 8  # in the list; beyond it the oldest are removed


def draw_a_digit(person: Person) -> Steps:
    """Draw a digit with the mouse, where and as large as it comes."""
    label, at, size = person.random.randrange(10), person.random.uniform(0, 0.6), person.random.uniform(0.2, 0.6)
    person.say(f"drawing a {label}")
    paths = strokes(label, np.random.default_rng(person.random.randrange(1 << 32)), Hand())
    yield from _draw(person, [at + size * path / 100 for path in paths])


def scribble(person: Person) -> Steps:
    """Draw one long line."""
    walk = np.cumsum(np.random.default_rng(person.random.randrange(1 << 32)).normal(0, 0.02, (160, 2)), axis=0)
    yield from _draw(person, [0.5 + 0.5 * walk / np.abs(walk).max()])


def erase(person: Person) -> Steps:
    """Turn to the eraser and back, with a stroke between."""
    if person.window.tabs.currentWidget() is person.window.draw:
        person.window.draw.erase.trigger()
        yield from scribble(person)
        person.window.draw.erase.trigger()


def keep(person: Person) -> Steps:
    """Draw a digit and keep it."""
    yield from draw_a_digit(person)
    QTest.keyClick(person.window.draw.canvas, Qt.Key(Qt.Key.Key_0 + person.random.randrange(10)))


def _draw(person: Person, paths: Sequence[np.ndarray]) -> Steps:
    canvas = person.window.draw.canvas
    person.window.tabs.setCurrentWidget(person.window.draw)
    yield 0
    for path in paths:
        places = replay.mouse_places(canvas, np.clip(path, 0.01, 0.99))
        replay.send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for i, place in enumerate(places[1:]):
            if not canvas.isVisible():
                break
            replay.send(canvas, QEvent.Type.MouseMove, place)
            if i % 4 == 0:
                yield 0
        replay.send(canvas, QEvent.Type.MouseButtonRelease, places[-1])
        yield 5


def press_a_button(person: Person) -> Steps:
    """Press a button."""
    if button := person.any(QAbstractButton):
        person.say(f"pressing {button.objectName() or button.text() or type(button).__name__}")
        menu = _menu_of(button)
        if menu is None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        elif actions := [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]:
            person.random.choice(actions).trigger()
    yield 20


def _menu_of(widget: QWidget) -> QMenu | None:
    """Return the menu that a press on ``widget`` opens: the press comes back when somebody has chosen in it."""
    return widget.menu() if isinstance(widget, QToolButton) else None


def slide(person: Person) -> Steps:
    """Move a slider by keys."""
    if slider := person.any(QAbstractSlider):
        person.say(f"sliding {slider.accessibleName() or slider.objectName()}")
        slider.setFocus()
        key = person.random.choice(_KEYS[6:14])
        for _ in range(person.random.randrange(1, 20)):
            if usable(slider):
                QTest.keyClick(slider, key)
            yield 15


def choose(person: Person) -> Steps:
    """Choose something in a list that drops down."""
    if box := person.any(QComboBox):
        person.say(f"choosing in {box.objectName() or box.accessibleName()}")
        box.setFocus()
        for _ in range(person.random.randrange(1, 4)):
            if usable(box):
                QTest.keyClick(box, person.random.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)))
            yield 30


def pick_a_row(person: Person) -> Steps:
    """Click a row or a cell, or twice."""
    if view := person.any(QAbstractItemView):
        model, top = view.model(), QModelIndex()
        columns = model.columnCount(top) if isinstance(view, QTableView) else 1  # which a list's model does not tell
        if model.rowCount(top) and columns:
            row, column = person.random.randrange(model.rowCount(top)), person.random.randrange(columns)
            index = model.index(row, column)
            view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            place = view.visualRect(index).center()
            person.say(f"picking row {row} of {view.objectName() or type(view).__name__}")
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
            yield 10
            if person.random.random() < 0.3 and usable(view):
                QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                if usable(view):  # or QTest holds the button down
                    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    yield 30


def type_something(person: Person) -> Steps:
    """Replace what is in a field."""
    field: QWidget | None = person.any(QLineEdit) or person.any(QAbstractSpinBox)
    if field is not None:
        text = person.random.choice(_TYPED)
        person.say(f"typing {text!r} into {field.objectName() or field.accessibleName()}")
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)
        yield 10
        if usable(field):
            QTest.keyClick(field, person.random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))
    yield 20


def drag(person: Person) -> Steps:
    """Drag the mouse over something, or only move it there."""
    target = person.any(QWidget)
    if target is None or target.width() < 20 or target.height() < 20 or _menu_of(target):
        return
    person.say(f"dragging over {target.objectName() or type(target).__name__}")
    held = person.random.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton))
    places = [
        QPointF(person.random.randrange(target.width()), person.random.randrange(target.height())) for _ in range(8)
    ]
    if held is Qt.MouseButton.LeftButton:
        replay.send(target, QEvent.Type.MouseButtonPress, places[0])
    for place in places:
        if not usable(target):
            return
        replay.send(target, QEvent.Type.MouseMove, place, held)
        yield 10
    if held is Qt.MouseButton.LeftButton and usable(target):
        replay.send(target, QEvent.Type.MouseButtonRelease, places[-1])


def turn_the_wheel(person: Person) -> Steps:
    """Turn the wheel over something."""
    if target := person.any(QWidget):
        place = QPointF(target.rect().center())
        step = QPoint(0, person.random.choice((-120, 120)))
        for _ in range(3):
            if usable(target):
                none, nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
                event = QWheelEvent(
                    place, target.mapToGlobal(place), QPoint(), step, none, nothing,
                    Qt.ScrollPhase.NoScrollPhase, False,
                )  # fmt: skip
                QApplication.sendEvent(target, event)
            yield 10


def press_keys(person: Person) -> Steps:
    """Press keys, wherever the focus is."""
    for _ in range(person.random.randrange(1, 5)):
        target = QApplication.focusWidget() or person.window
        if person.random.random() < 0.5:
            QTest.keyClick(target, person.random.choice(_KEYS))
        else:
            QTest.keyClick(target, person.random.choice(_CTRL), Qt.KeyboardModifier.ControlModifier)
        yield 30


def change_tab(person: Person) -> Steps:
    """Bring another tab to the front."""
    bar = person.window.tabs.tabBar()
    number = person.random.randrange(bar.count())
    person.say(f"changing to tab {number + 1}")
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())
    yield 50


def open_a_page(person: Person) -> Steps:
    """Open a page of Explore."""
    person.window.tabs.setCurrentWidget(person.window.tabs.explore_page)
    yield 0
    pages = person.window.explore.list
    number = person.random.randrange(pages.count())
    person.say(f"opening page {number + 1}")
    pages.setCurrentRow(number)
    yield 60


def use_a_menu(person: Person) -> Steps:
    """Choose something in a menu, but not the end."""
    if actions := [one for one in _in_menus(person.window) if one.isEnabled()]:
        action = person.random.choice(actions)
        person.say(f"choosing {action.text()!r}")
        action.trigger()
    yield 50


def train(person: Person) -> Steps:
    """Train a small network, or pause or go on."""
    person.window.tabs.setCurrentWidget(person.window.tabs.train_page)
    yield 0
    form, commands = person.window.train.form, person.window.train.commands
    hidden = form.findChild(QLineEdit, "hidden")
    if hidden is not None and hidden.isEnabled():
        QTest.keyClick(hidden, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(hidden, person.random.choice(("", "10", "30", "16 16")))
    start = person.random.choice((commands.start, commands.step, commands.epoch, commands.go_on, commands.stop))
    person.say(f"training: {start.text()}")
    start.trigger()
    yield person.random.choice((0, 200, 800))


def remove_a_run(person: Person) -> Steps:
    """Remove the oldest run, or stop the one under way."""
    person.window.tabs.setCurrentWidget(person.window.tabs.train_page)
    yield 0
    runs = person.window.train.runs
    person.window.train.commands.stop.trigger()
    yield 50
    if person.window.session.trainer.runs:
        runs.select(person.window.session.trainer.runs[0])
    runs.setFocus()
    QTest.keyClick(runs, Qt.Key.Key_Delete)
    yield 20


def resize(person: Person) -> Steps:
    """Give the window another size."""
    width, height = person.random.randrange(300, 2000), person.random.randrange(300, 1400)
    person.say(f"resizing to {width} x {height}")
    person.resize(width, height)
    yield 50
    if person.random.random() < 0.2:
        person.window.showMinimized()
        yield 50
        person.window.showNormal()
        yield 50


def change_colours(person: Person) -> Steps:
    """Choose light, dark, or the system's."""
    scheme = person.random.choice(("light", "dark", "system"))
    if action := person.window.findChild(QAction, scheme):
        action.trigger()
    yield 50


def drop_a_file(person: Person) -> Steps:
    """Drop a file on the window."""
    path = person.some_file()
    person.say(f"dropping {path.name}")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drag_in(person.window, data, QPoint(50, 50))
    yield 0
    QApplication.sendEvent(person.window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    yield person.random.choice((0, 100, 500))


def paste(person: Person) -> Steps:
    """Paste a picture, or words."""
    clipboard = QApplication.clipboard()
    if person.random.random() < 0.7:
        image = QImage(person.random.randrange(1, 300), person.random.randrange(1, 300), QImage.Format.Format_RGB32)
        image.fill(person.random.choice((Qt.GlobalColor.white, Qt.GlobalColor.black)))
        if person.random.random() < 0.8:
            image.setPixelColor(0, image.height() // 2, Qt.GlobalColor.gray)
        clipboard.setImage(image)
    else:
        clipboard.setText("words")
    QTest.keyClick(person.window.draw.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    yield 100


def leave_a_dialog(_person: Person) -> Steps:
    """Press Escape in what is open in front."""
    if modal := QApplication.activeModalWidget():
        QTest.keyClick(modal, Qt.Key.Key_Escape)
    yield 50


def wait(person: Person) -> Steps:
    """Do nothing."""
    yield person.random.choice((10, 100, 600))


def _in_menus(window: MainWindow) -> list[QAction]:
    """Return the actions in the window's menus, but for the one that ends the program."""
    found: list[QAction] = []
    menus = [menu for one in window.menuBar().actions() if isinstance(menu := one.menu(), QMenu)]
    while menus:
        menu = menus.pop()
        menu.aboutToShow.emit()
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                menus.append(below)
            elif not action.isSeparator() and action.menuRole() is not QAction.MenuRole.QuitRole:
                found.append(action)
    return found


ACTIONS: dict[Callable[[Person], Steps], int] = {
    draw_a_digit: 6, scribble: 2, erase: 2, keep: 4, press_a_button: 12,
    slide: 6, choose: 3, pick_a_row: 4, type_something: 3, drag: 6,
    turn_the_wheel: 2, press_keys: 6, change_tab: 5, open_a_page: 4, use_a_menu: 4,
    train: 4, resize: 2, change_colours: 1, drop_a_file: 4, paste: 1, wait: 2,
}  # fmt: skip
IN_A_DIALOG: dict[Callable[[Person], Steps], int] = {
    press_a_button: 5, leave_a_dialog: 2, press_keys: 2, drag: 1, wait: 2,
    type_something: 1, slide: 1,
}  # fmt: skip


def act(person: Person) -> Steps:
    """Do one thing, which is the same for the same seed and number."""
    modal = QApplication.activeModalWidget()
    kinds = IN_A_DIALOG if modal else ACTIONS
    person.begin()
    action = person.random.choices(list(kinds), list(kinds.values()))[0]
    if not modal and len(person.window.session.trainer.runs) > _MOST_RUNS:
        action = remove_a_run
    person.say(action.__name__.replace("_", " "))
    yield from action(person)
    yield 0  # nobody does two things in one turn of the window's
