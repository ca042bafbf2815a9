"""Where the window is on the screen, from one start to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.fitting import fit


def restore(window: QWidget, preferences: Preferences) -> None:
    """Give ``window`` the size that it had and put it where it was, as far as there are screens for that."""
    size, place = QSize(*preferences.window_size), preferences.window_place
    if place is None:
        fit(window, size)
    else:
        title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        free = [screen.availableGeometry().adjusted(0, title, 0, 0) for screen in QGuiApplication.screens()]
        screen = QGuiApplication.screenAt(reachable(QRect(QPoint(*place), size), free).center())
        if screen is not None:
            window.setScreen(screen)
        fit(window, size)
        window.setGeometry(reachable(QRect(QPoint(*place), window.size()), free))
    if preferences.window_maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def remember(window: QWidget, preferences: Preferences) -> None:
    """Remember where ``window`` is, how large, and whether it fills its screen."""
    usual = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
    preferences.window_size = usual.width(), usual.height()
    preferences.window_place = usual.x(), usual.y()
    preferences.window_maximised = window.isMaximized()


def reachable(place: QRect, screens: Sequence[QRect]) -> QRect:
    """Return ``place``, moved and made smaller as far as it takes to lie on one of the ``screens``, the first at need.

    Each is given without what the system and the window's own title take.
    """
    screen = max(screens, key=lambda one: _area(one & place), default=place)
    size = place.size().boundedTo(screen.size())
    x = min(max(place.x(), screen.x()), screen.right() + 1 - size.width())
    y = min(max(place.y(), screen.y()), screen.bottom() + 1 - size.height())
    return QRect(x, y, size.width(), size.height())


def _area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height() if rectangle.isValid() else 0
