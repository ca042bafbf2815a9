"""Plots as pictures: PNG, and SVG that every viewer shows alike."""

import importlib
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsScene

from digitpad.gui.images import png_of
from digitpad.gui.services import still
from digitpad.gui.train.plots import Plots
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.runs import Run

_LEAST = QSize(1000, 640)  # pixels on a screen that a picture is at least worth
_SCALE = 2  # pixels of a picture to one on the screen


def picture_of(
    plots: Plots, told: Callable[[], tuple[Callable[[Run], str], SavedExperiment]], ending: str
) -> Generator[None, None, Callable[[], bytes]]:
    """Draw what ``plots`` show after some steps, SVG for ".svg", otherwise PNG.

    Just then ``told`` returns the names of runs in the legend, and the experiment that a PNG holds. Return what makes a
    file of it, in any thread.
    """
    twin = yield from Plots.in_turns()
    try:
        yield
        names, experiment = told()
        show_alike(twin, plots, names)
        twin.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        twin.show()  # which lays it out
        yield
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        twin.scene().prepareForPaint()  # which turns the ranges of the axes into places
        yield
        if ending.lower() == ".svg":
            svg = svg_of(twin.scene())
            return lambda: svg
        image = image_of(twin)
        still.put_into(image, experiment)
        return partial(png_of, image)
    finally:
        twin.close()
        twin.deleteLater()


def show_alike(twin: Plots, plots: Plots, names: Callable[[Run], str]) -> None:
    """Show in ``twin`` what ``plots`` show, as large as that needs by itself, with ``names`` of runs in a legend."""
    twin.setPalette(plots.palette())
    twin.resize(plots.size().expandedTo(_LEAST))
    for plot in (twin.accuracy, twin.cost):
        for side in ("left", "bottom"):
            plot.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.NoCache)  # which cuts off what reaches out
    twin.show_as(plots)
    twin.name_runs(names)


def image_of(plots: Plots) -> QImage:
    """Return the plots with twice the pixels they have on the screen."""
    image = QImage(_SCALE * plots.size(), QImage.Format.Format_RGB32)
    plots.dress(_SCALE)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plots.render(painter)
    return image


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
