"""What the Help and Network menus tell: about this program, and how the network in use was made."""

import platform
from html import escape

import numpy as np
import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QVBoxLayout, QWidget

from digitpad import __version__
from digitpad.explore.chapter import BOOK
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.theme import GAP, LARGE, font, grown
from digitpad.train.model_file import Model

_BY_KEYBOARD = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
_LICENCE = "Free software under the MIT License. The font is Inter, under the SIL Open Font License."
_ROOM, _LINE = 1500, 50  # letters that a box has room for, and of one of its lines


def about_network(window: QWidget, model: Model) -> None:
    """Show how ``model`` was made, in a box of ``window``."""
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
    _show(window, "About this network", f"<table>{cells}</table>", Qt.TextFormat.RichText)


def about_program(window: QWidget) -> None:
    """Show what this program is and what it is made with, in a dialog of ``window``."""
    dialog = QDialog(window)
    dialog.setObjectName("about")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("About digitpad")
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
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
    column.setSpacing(GAP)
    words = QLabel("Draw a digit; a neural network reads it while you draw. After chapter 1 of Michael Nielsen's book")
    title = QLabel("<i>Neural Networks and Deep Learning</i>")
    for label in (name, words, title, book, made_with):
        label.setWordWrap(label is words or label is made_with)
        column.addWidget(label)
    column.insertSpacing(column.indexOf(made_with), GAP)
    column.addWidget(buttons)
    dialog.setMinimumWidth(grown(440))
    buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
    dialog.open()


def _show(window: QWidget, title: str, text: str, kind: Qt.TextFormat = Qt.TextFormat.PlainText) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=window)
    box.setTextFormat(kind)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
