"""How the program looks: in light or dark, and how large its text is.

Colours are in ``colours``, shapes and distances in ``style_sheet``. Text is in points: it grows with what the person
asked of the system, and by what they chose here. Places that text lies in grow with it by ``grow`` and ``grown``.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from time import perf_counter
from typing import Final

from PySide6.QtCore import QDir, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QRadioButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from digitpad.gui.services.turns import Turns, Work, do_now
from digitpad.gui.widgets.colours import DARK, LIGHT, Colours, palette_of
from digitpad.gui.widgets.focus_ring import FocusRing
from digitpad.gui.widgets.style_sheet import GAP as GAP
from digitpad.gui.widgets.style_sheet import RADIUS as RADIUS
from digitpad.gui.widgets.style_sheet import STYLE_SHEET
from digitpad.paths import FONTS, MARKS

SMALL, NORMAL, LARGE, HUGE = 9.0, 10.5, 16.5, 78.0  # points where there are 96 of dots to an inch: the type scale
LEAST_PERCENT, MOST_PERCENT = 90, 200  # of the usual size of text
_USUAL = 11.25  # points: the text of a system is no larger until a person asks for it
_USUAL_DPI = 72 if sys.platform == "darwin" else 96
_KEPT_FONT: Final = "_q_styleSheetWidgetFont"
_TURN_S: Final = 0.004  # at most, for what is not shown; one page may take twice that
_LOOK_S: Final = 0.05  # from one look at what has come to the front to the next: each takes as long as a turn
_MARKED: Final = (QCheckBox, QRadioButton, QComboBox, QAbstractItemView, QSlider, QMenu)  # marks as large as letters
_GROWS: Final = "grows"  # the property that tells what was given to ``grow``


class _Text:
    """How large text is, as a factor: by what the system asks for, and by what was chosen here."""

    system = 1.0
    chosen = 1.0


class Theme(QObject):
    """Keeps the application in the system's light or dark, or in the one the person chose, and its text in one size.

    Signal: ``changed()`` after the colours or the size of the text have.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Load the fonts and dress ``app``."""
        super().__init__(app)
        self._app = app
        self._chosen = Qt.ColorScheme.Unknown
        self._ring = FocusRing(app, self)
        self._recolouring, self._resizing = Turns(self), Turns(self)
        self._sizes: _Sizes | None = None
        dressed = app.styleSheet() == STYLE_SHEET  # for another window before: it would dress all that is there anew
        if not dressed:
            for file in sorted(FONTS.glob("*.otf")):
                QFontDatabase.addApplicationFont(str(file))
            QDir.setSearchPaths("marks", [str(MARKS)])  # a style sheet cannot name every path itself
            app.setStyle("Fusion")
        _Text.system, _Text.chosen = _system_s(), 1.0
        self._apply_fonts()
        app.setPalette(palette_of(self._colours))
        if not dressed:
            app.setStyleSheet(STYLE_SHEET)
        app.styleHints().colorSchemeChanged.connect(self._apply_colours)

    @property
    def busy(self) -> bool:
        """Whether what is not shown is still to get other colours or another size of text: a few in each turn."""
        return self._recolouring.busy or self._resizing.busy

    def close_down(self) -> None:
        """Leave what is not done yet: nobody will see it any more."""
        self._recolouring.leave()
        self._resizing.leave()

    # Colours

    @property
    def _colours(self) -> Colours:
        scheme = self._app.styleHints().colorScheme() if self._chosen is Qt.ColorScheme.Unknown else self._chosen
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Use ``scheme`` from now on; ``Unknown`` follows the system."""
        self._chosen = scheme
        self._app.styleHints().setColorScheme(scheme)  # for what the system draws, such as the title bar
        self._apply_colours()

    def _apply_colours(self) -> None:
        palette = palette_of(self._colours)
        if palette != self._app.palette():
            self._app.setPalette(palette)
            self._recolouring.leave()
            shown = _shown()
            do_now(_in_turns(_recolour, shown))
            self._recolouring.do(_recolour_others(shown))
            if not shown:  # nobody is held up
                self._recolouring.finish()
            self.changed.emit()

    # Text

    @property
    def text_percent(self) -> int:
        """How large text is, in per cent of its usual size in this system."""
        return round(_Text.chosen * 100)

    def set_text_percent(self, percent: int) -> None:
        """Make all text ``percent`` of its usual size, from 90 to 200, at once and everywhere."""
        percent = min(max(percent, LEAST_PERCENT), MOST_PERCENT)
        if percent == self.text_percent:
            return
        self._resizing.leave()
        shown = _shown()
        self._sizes = _Sizes(QApplication.allWidgets(), self._sizes)
        _Text.chosen = percent / 100
        self._apply_fonts()
        do_now(self._sizes.given_to(shown))
        self._resizing.do(self._sizes.given_to_others(shown))
        if not shown:  # nobody is held up
            self._resizing.finish()
        self.changed.emit()

    def _apply_fonts(self) -> None:
        self._app.setFont(font(NORMAL))
        QToolTip.setFont(font(NORMAL))


def font(size: float, *, strong: bool = False) -> QFont:
    """Return the program's font at a size of the type scale, its figures all of one width."""
    return QFont(_font(points(size), strong))


@lru_cache(maxsize=16)
def _font(points: float, strong: bool) -> QFont:
    result = QFont("Inter")
    result.setPointSizeF(points)
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def caption(text: str) -> QLabel:
    """Return a small heading of a few fields, a picture or a column."""
    label = QLabel(text)
    label.setProperty("caption", True)
    label.setFont(font(SMALL, strong=True))
    return label


def set_font(widget: QWidget, size: float, *, strong: bool = False) -> None:
    """Give ``widget`` the program's font at a size of the type scale, also where Qt has looked at it before.

    That is so with what shows something already, and with the headers of tables, which are asked how high they are.
    """
    widget.setFont(font(size, strong=strong))
    widget.setProperty(_KEPT_FONT, None)


def points(size: float) -> float:
    """Return how many points a size of the type scale has at present, for rich text."""
    return size * 96 / _USUAL_DPI * _Text.system * _Text.chosen


def dress(widget: QWidget) -> None:
    """Look up again what the style sheet says of ``widget``, as when a property has changed that it asks for."""
    if _has_own_font(widget):
        widget.setProperty(_KEPT_FONT, None)  # or Qt gives it back the font it had when it was first looked up
    widget.style().polish(widget)


def _has_own_font(widget: QWidget | None) -> bool:
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)


def grown(pixels: float) -> int:
    """Return a length that has room for what ``pixels`` have room for where text has its usual size."""
    screen = QGuiApplication.primaryScreen()
    dense = screen.logicalDotsPerInchY() / _USUAL_DPI if screen else 1.0
    return round(pixels * _Text.system * _Text.chosen * dense)


def grow(widget: QWidget, **sizes: int | QSize) -> None:
    """Give ``widget`` sizes that grow with the text: ``minimumWidth=56``, or any other of its properties, in pixels."""
    widget.setProperty(_GROWS, sizes)
    _grow(widget)


def _shown_and_hidden() -> tuple[list[QWidget], list[QWidget]]:
    """Return all widgets that are shown and all that are not, of both those first that others inherit from."""
    # Not by findChildren: PySide6 has what that finds live as long as the widget that was asked.
    widgets = sorted(QApplication.allWidgets(), key=partial(_depth, {}))
    shown = [widget for widget in widgets if widget.isVisible()]
    return shown, [widget for widget in widgets if not widget.isVisible()]


def _depth(depths: dict[QWidget, int], widget: QWidget) -> int:
    """Return in how many others ``widget`` lies, of which ``depths`` has what is known already.

    No function within another one, which would hold itself, and so all widgets until garbage is collected.
    """
    if widget not in depths:
        parent = widget.parentWidget()
        depths[widget] = 0 if parent is None else 1 + _depth(depths, parent)
    return depths[widget]


def _in_turns(do: Callable[[QWidget], None], widgets: Iterable[QWidget]) -> Work:
    """Do so with a few in each turn, and first with those that somebody has brought to the front meanwhile."""
    left, look_at = deque(widgets), perf_counter() + _LOOK_S
    while left:
        until = perf_counter() + _TURN_S
        while left and perf_counter() < until:
            if isValid(widget := left.popleft()):  # it may have gone since
                do(widget)
        if left:
            yield
        if perf_counter() > look_at:
            left = deque(sorted(left, key=lambda widget: not (isValid(widget) and widget.isVisible())))
            look_at = perf_counter() + _LOOK_S


def _shown() -> list[QWidget]:
    """Return all widgets that are shown, those first that others inherit from: a tenth of all."""
    shown: list[QWidget] = []
    level = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    while level:
        shown += level
        children = [child for widget in level for child in widget.children() if isinstance(child, QWidget)]
        level = [child for child in children if child.isVisible() and not child.isWindow()]
    return shown


def _others(done: Sequence[QWidget]) -> list[QWidget]:
    """Return all widgets but those: to find them takes longer than a turn."""
    those = set(done)
    shown, hidden = _shown_and_hidden()  # somebody may have brought something to the front
    return [widget for widget in [*shown, *hidden] if widget not in those]


def _recolour_others(recoloured: Sequence[QWidget]) -> Work:
    """Recolour all that is not yet, from the next turn on."""
    yield
    yield from _in_turns(_recolour, _others(recoloured))


def _recolour(widget: QWidget) -> None:
    """Let the style look up its roles again: it does so for each widget once, and the palette is another now."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # others are when they are first shown
        dress(widget)
    if isinstance(widget, QLabel) and "<a " in widget.text():  # links have the colour of when they were read
        text = widget.text()
        widget.setText("")
        widget.setText(text)
    widget.update()


class _Sizes:
    """How large text is in widgets with a font of their own, until they are given the size that is chosen next."""

    def __init__(self, widgets: Iterable[QWidget], before: "_Sizes | None") -> None:
        """Note it, with those that are still to have been given the size chosen ``before``."""
        waiting = before._points if before else {}
        # How large it is, and how large it is where text has its usual size.
        self._points: dict[QWidget, tuple[float, float]] = {}
        for widget in widgets:
            if _has_own_font(widget):
                size = widget.font().pointSizeF()
                waited_for = waiting.get(widget)
                if waited_for is None or abs(waited_for[0] - size) > 0.01:  # its font is another since
                    waited_for = size, size / _Text.chosen
                self._points[widget] = waited_for

    def given_to(self, widgets: Sequence[QWidget]) -> Work:
        """Give some of them the size that is chosen, those first that others inherit from, and the room it takes."""
        yield from _in_turns(self._give, widgets)
        yield from _in_turns(QWidget.updateGeometry, widgets)
        yield from _in_turns(_lay_out, widgets[::-1])

    def given_to_others(self, done: Sequence[QWidget]) -> Work:
        """Give all but those the size that is chosen, from the next turn on."""
        yield
        yield from self.given_to(_others(done))

    def _give(self, widget: QWidget) -> None:
        if widget in self._points:
            size, usual = self._points.pop(widget)
            resized = widget.font()
            if abs(resized.pointSizeF() - size) < 0.01:  # others have grown with the application's font
                resized.setPointSizeF(usual * _Text.chosen)
                widget.setFont(resized)
        if isinstance(widget, _MARKED) or (isinstance(widget, QToolButton) and _has_menu(widget)):
            dress(widget)  # and before it is told, when it looks how large it is
        # Qt tells windows alone, and what a style sheet dresses inherits no font; to dress all anew takes longer.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.ApplicationFontChange))
        if _has_own_font(widget) or _has_own_font(widget.parentWidget()):
            dress(widget)
        _grow(widget)
        widget.update()


def _has_menu(button: QToolButton) -> bool:
    return button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup


def _lay_out(widget: QWidget) -> None:
    """Give what lies in ``widget`` the room it needs now, as Qt does by itself, but only with what is shown."""
    if layout := widget.layout():
        layout.activate()
    if isinstance(widget, QScrollArea):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))


def _grow(widget: QWidget) -> None:
    for name, size in (widget.property(_GROWS) or {}).items():
        both = isinstance(size, QSize)
        widget.setProperty(name, QSize(grown(size.width()), grown(size.height())) if both else grown(size))


def _system_s() -> float:
    """Return how much larger than usual the person has asked the system for its text, up to twice."""
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pointSizeF()
    return min(max(system * _USUAL_DPI / 96 / _USUAL, 1.0), 2.0)
