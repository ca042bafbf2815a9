"""What the Help and Network menus tell: about this program, and how the network in use was made."""

import platform
from html import escape

import numpy as np
import PySide6
from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from digitpad import __version__
from digitpad.explore.chapter import BOOK
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP, LARGE, font, grown
from digitpad.train.model_file import Model

_BY_KEYBOARD = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
_LICENCE = "Free software under the MIT License. The font is Inter, under the SIL Open Font License."
_ROOM, _LINE = 10_000, 50  # letters that are told of a network at most, and of one of their lines
_WIDTH = 560  # pixels, where text has its usual size
_AROUND = QSize(40, 80)  # pixels, of the screen, that are not for a dialog


def about_network(window: QWidget, model: Model) -> None:
    """Show how ``model`` was made, in a dialog of ``window`` that scrolls where the screen is too low for all of it."""
    told = model.provenance.rows
    rows = {"layers": told.pop("sizes", "-".join(map(str, model.network.sizes)))}
    rows |= {"hidden neurons": model.network.activation.name, "cost": model.network.cost.name} | told
    cells, room = "", _ROOM
    for name, value in rows.items():
        room -= len(name) + len(value) + _LINE
        if room < 0:
            cells += "<tr><td>…</td></tr>"
            break
        cells += f"<tr><td>{escape(breakable(name))}&nbsp;&nbsp;</td><td>{escape(breakable(value))}</td></tr>"
    label = QLabel(f"<table>{cells}</table>")
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    page = QWidget()
    column_in(page).addWidget(label)
    scrolling = Scrolling(page)
    scrolling.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # for those who scroll by keys
    scrolling.setAccessibleName("How the network was made")
    scrolling.setAccessibleDescription("The arrow keys scroll it")
    dialog, column = _dialog(window, "about_network", "About this network")
    column.insertWidget(0, scrolling, 1)
    screen = window.screen().availableGeometry().size() - _AROUND
    width = min(grown(_WIDTH), screen.width())
    others = column.totalSizeHint().height() - scrolling.sizeHint().height()
    margins = column.contentsMargins()
    told_height = label.heightForWidth(width - margins.left() - margins.right())
    dialog.resize(width, min(told_height + others, screen.height()))
    dialog.open()


def about_program(window: QWidget) -> None:
    """Show what this program is and what it is made with, in a dialog of ``window``."""
    dialog, column = _dialog(window, "about", "About digitpad")
    name = QLabel(f"digitpad {__version__}")
    name.setFont(font(LARGE, strong=True))
    made_with = QLabel(
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}, NumPy {np.__version__}."
        f"\n{_LICENCE}"
    )
    made_with.setProperty("quiet", True)
    made_with.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    book = QLabel(f'<a href="{BOOK}">{BOOK}</a>')
    book.setObjectName("book")
    book.setOpenExternalLinks(True)  # when it is chosen
    book.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _BY_KEYBOARD)
    book.setAccessibleName("The book's address")
    book.setAccessibleDescription(f"Opens {BOOK}")
    words = QLabel("Draw a digit; a neural network reads it while you draw. After chapter 1 of Michael Nielsen's book")
    title = QLabel("<i>Neural Networks and Deep Learning</i>")
    for place, label in enumerate((name, words, title, book, made_with)):
        label.setWordWrap(label is words or label is made_with)
        column.insertWidget(place, label)
    column.insertSpacing(column.indexOf(made_with), GAP)
    dialog.setMinimumWidth(grown(440))
    dialog.open()


def _dialog(window: QWidget, name: str, title: str) -> tuple[QDialog, QVBoxLayout]:
    """Return a dialog of ``window`` with nothing but a button that closes it and has the focus, and its layout."""
    dialog = QDialog(window)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
    column.setSpacing(GAP)
    column.addWidget(buttons)
    buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
    return dialog, column
