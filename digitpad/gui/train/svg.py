"""Plots as SVG that every viewer shows alike."""

import importlib
from typing import Any

from PySide6.QtWidgets import QGraphicsScene


def svg_of(scene: QGraphicsScene) -> bytes:
    """Return the plots of ``scene`` as an SVG file.

    pyqtgraph's exporter writes curves in pixels, cut off at their frame. Qt's own would write them in the units of
    the axes, and leave the width of their lines to a rule that only some viewers know.
    """
    module = importlib.import_module("pyqtgraph.exporters.SVGExporter")
    correct = module.correctCoordinates

    def corrected(node: Any, *rest: Any) -> Any:
        # pyqtgraph 0.14 expects pairs of numbers alone; newer versions of Qt write a Z after each closed outline.
        for path in node.getElementsByTagName("path"):
            path.setAttribute("d", " ".join(part for part in path.getAttribute("d").split() if part != "Z"))
        return correct(node, *rest)

    module.correctCoordinates = corrected  # type: ignore[attr-defined]
    try:
        svg: bytes = module.SVGExporter(scene).export(toBytes=True)
    finally:
        module.correctCoordinates = correct  # type: ignore[attr-defined]
    return svg
