"""What the Help and Network menus tell: about this program, and how the network in use was made."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad import __version__
from digitpad.train.model_file import Model


def about_network(window: QWidget, model: Model) -> None:
    """Show how ``model`` was made, in a box of ``window``."""
    told = model.provenance.rows
    rows = {"layers": told.pop("sizes", "-".join(map(str, model.network.sizes)))}
    rows |= {"hidden neurons": model.network.activation.name, "cost": model.network.cost.name} | told
    cells = (f"<tr><td>{escape(name)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>" for name, value in rows.items())
    _show(window, "About this network", f"<table>{''.join(cells)}</table>")


def about_program(window: QWidget) -> None:
    """Show what this program is, in a box of ``window``."""
    _show(
        window,
        "About digitpad",
        f"digitpad {__version__}\n\nDraw a digit; a neural network reads it while you draw. After "
        "chapter 1 of Michael Nielsen's book Neural Networks and Deep Learning.",
    )


def _show(window: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
