"""The page that the default network is exported as, in a browser: what it changes, and how like the window it reads."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from environment.system import find_browser
from offscreen import open_window
from PySide6.QtWidgets import QApplication

from benchmarks import reads
from benchmarks.inputs import MissingError, mnist_digits, pens
from benchmarks.rows import Row, summary
from digitpad import paths
from digitpad.data.strokes import Strokes
from digitpad.draw.nine import NINE
from digitpad.draw.placing import placed
from digitpad.export import web_page
from digitpad.export.quantization import network_of
from digitpad.gui.replay import draw
from digitpad.gui.services.session import Session
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from chromium import Opened
    from playwright.sync_api import Browser

_STARTS = 9
_IMAGES, _DIGITS = 200, 200
_TURNS = 100
_READING_MS = """(turns) => {
    const paths = $page.pad.drawing.paths;
    return Array.from({ length: turns }, () => {
        const started = performance.now();
        $page.readPaths(paths);
        return performance.now() - started;
    });
}"""
_OUTPUTS = "(images) => images.map((image) => [...$page.reader.network.feedforward(Float32Array.from(image))])"


def measure() -> Iterator[Row]:
    """Export the default network, and measure its page. Raises MissingError where MNIST, pens or a browser is not."""
    if find_browser() is None or find_spec("playwright") is None:
        raise MissingError("Chromium, and what drives it: scripts/test.py installs both where it may")
    from chromium import chromium, opened

    model, test, digits = model_file.load(paths.DEFAULT_NETWORK), mnist_digits().test, pens()
    with TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        started = process_time()
        layers = web_page.layers_of(model)
        file.write_bytes(web_page.page_of(layers, model, web_page.Variant()))
        yield Row("exporting", {"MB": file.stat().st_size / 1e6, "CPU s": process_time() - started})
        network = network_of(layers, model.network)
        yield from _changed(model, network, test.images, test.labels)
        with chromium() as browser:
            yield summary("from opening the page until it reads, ms", [*_starts(browser, file)])
            with opened(browser, file) as page:
                yield _same_outputs(page, network, test.images[:_IMAGES])
                yield from _same_answers(page, model, digits[:: max(len(digits) // _DIGITS, 1)][:_DIGITS])


def _changed(model: Model, after: Network, images: np.ndarray, labels: np.ndarray) -> Iterator[Row]:
    """Compare what the page's weights answer with what the network does, in each way that it reads."""
    ways = [reads.ways(one, images) for one in (model, Model(after, model.provenance))]
    for before, now in zip(*ways, strict=True):
        answers, others = (told.outputs.argmax(axis=1) for told in (before, now))
        numbers = {
            "changed answers": int(np.count_nonzero(answers != others)),
            "errors": int(np.count_nonzero(others != labels)),
            "errors before": int(np.count_nonzero(answers != labels)),
            "largest change of an output": float(np.abs(before.outputs - now.outputs).max()),
            "n": len(labels),
        }
        yield Row(f"MNIST's test images, read {before.reading}", numbers)


def _starts(browser: "Browser", file: Path) -> Iterator[float]:
    from chromium import opened

    for _ in range(_STARTS):
        with opened(browser, file) as page:
            yield page.evaluate("performance.getEntriesByName('ready')[0].startTime")


def _same_outputs(page: "Opened", network: Network, images: np.ndarray) -> Row:
    inputs = greys(images, np.float32)
    outputs = np.array(page.evaluate(_OUTPUTS, inputs.tolist()))
    largest = np.abs(outputs - network.feedforward(inputs)).max()
    return Row("outputs of the same weights and greys", {"largest difference": float(largest), "n": len(images)})


def _same_answers(page: "Opened", model: Model, digits: Sequence[Strokes]) -> Iterator[Row]:
    """Draw recorded digits on the page and on the window's canvas, and count where both say the same."""
    strokes = [[stroke[:, :2] for stroke in placed([one[:, :2] for one in digit.strokes])] for digit in digits]
    here, there, times = [], [], []
    with open_window(Session(model)) as window:
        for one in strokes:
            draw(window.draw.canvas, one)
            QApplication.processEvents()
            here.append((window.draw.answer.answer.text(), window.draw.answer.verdict.text()))
            window.draw.canvas.clear()
    for number, one in enumerate(strokes):
        page.draw([stroke.tolist() for stroke in one])
        there.append((page.text("answer"), page.text("verdict")))
        if not number:
            times = page.evaluate(_READING_MS, _TURNS)
        page.page.keyboard.press("c")
    yield Row(
        "recorded digits, drawn by pointer events in the page and in the window",
        {
            "same answer": sum(a[0] == b[0] for a, b in zip(here, there, strict=True)),
            "same words": sum(a == b for a, b in zip(here, there, strict=True)),
            "n": len(digits),
        },
    )
    yield summary(f"a reading in the page, {NINE if model.provenance.reads_nine else 1} times, ms", times)
