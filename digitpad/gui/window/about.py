"""What the Help and Network menus tell: about this program, and how the network in use was made."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad import __version__
from digitpad.train.model_file import Model

_FOR_THE_PROGRAM = ("recipe", "curves")  # of how a network was made: not to be read by people
_IN_ORDER = ("name", "accuracy", "data", "deformation", "epochs", "mini-batch size", "eta", "final eta", "momentum")


def about_network(window: QWidget, model: Model) -> None:
    """Show how ``model`` was made, in a box of ``window``."""
    made = {name: value for name, value in model.made.items() if name not in _FOR_THE_PROGRAM}
    rows = {"layers": made.pop("sizes", "-".join(map(str, model.network.sizes)))}
    rows |= {"hidden neurons": model.network.activation.name, "cost": model.network.cost.name}
    # A safetensors file keeps its metadata in no order.
    rows |= {name: made.pop(name) for name in _IN_ORDER if name in made} | dict(sorted(made.items()))
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
