"""What the Help and Network menus tell: about this program, and how the network in use was made."""

import platform
from html import escape

import numpy as np
import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad import __version__
from digitpad.gui.widgets.foreign import breakable
from digitpad.train.model_file import Model

BOOK = "http://neuralnetworksanddeeplearning.com/chap1.html"

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
    """Show what this program is and what it is made with, in a box of ``window``."""
    made_with = (
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}, NumPy {np.__version__}"
    )
    _show(
        window,
        "About digitpad",
        f"<p><b>digitpad {__version__}</b></p>"
        "<p>Draw a digit; a neural network reads it while you draw.</p>"
        f'<p>After chapter 1 of Michael Nielsen\'s book <i>Neural Networks and Deep Learning</i>:<br><a href="{BOOK}">'
        f"{BOOK}</a></p><p>{made_with}.</p><p>{_LICENCE}</p>",
        Qt.TextFormat.RichText,
    )


def _show(window: QWidget, title: str, text: str, kind: Qt.TextFormat = Qt.TextFormat.PlainText) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=window)
    box.setTextFormat(kind)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)  # links open when they are chosen
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
