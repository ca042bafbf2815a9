"""The page "Compare": networks and epochs read the same drawing side by side."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from digitpad.draw.reading import Reading
from digitpad.gui.demo import THREE
from digitpad.gui.inside.compare.compared_column import ComparedColumn
from digitpad.gui.inside.compare.page import ComparePage
from digitpad.gui.replay import draw
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run


def opened(window: MainWindow) -> ComparePage:
    window.draw.look_inside.trigger() if window.tabs.inside is None else None
    assert window.tabs.inside
    page = window.tabs.inside.show_page(ComparePage.TITLE)
    assert isinstance(page, ComparePage)
    return page


@pytest.fixture
def page(small_window: MainWindow, qtbot: QtBot) -> ComparePage:
    """The page, of a three that was drawn."""
    page = opened(small_window)
    with qtbot.waitSignal(small_window.draw.answered):
        draw(small_window.draw.canvas, [THREE])
    qtbot.waitUntil(lambda: page.columns[0].reading is not None)
    return page


def choose(column: ComparedColumn, title: str) -> None:
    """Choose by the keyboard what is called ``title`` in the box."""
    index = [column.box.itemText(i) for i in range(column.box.count())].index(title)
    column.box.setFocus()
    steps = index - column.box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(column.box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def a_run(session: Session, epochs: int = 4) -> Run:
    """Add a run of which some epochs are kept, each another network."""
    run = Run(0, Recipe(epochs=epochs), "bars")
    for at in range(epochs):
        run.networks[float(at)] = Network((784, 10), seed=at)
        run.points.append(Point(float(at), 0.1 * at, 1.0, 0.5, 1.0, exact=True))
    run.latest, run.at = run.networks[epochs - 1.0], epochs - 1.0
    return session.trainer.add(run)


def expected(page: ComparePage, network: Network) -> Reading:
    assert page.seen
    return page.shared.reader.read(page.seen.stages, Model(network))


def wait_for(qtbot: QtBot, column: ComparedColumn, reading: Reading) -> None:
    def there() -> bool:
        return column.reading is not None and np.allclose(column.reading.outputs, reading.outputs, atol=1e-6)

    qtbot.waitUntil(there)


def test_the_network_in_use_reads_first(page: ComparePage) -> None:
    assert page.seen
    first, second, third = page.columns
    assert first.box.currentText() == "Network in use"
    assert first.reading is page.seen.reading
    assert (
        f"{first.reading.digit}: {first.reading.outputs[first.reading.digit]:.2f}" in first.bars.accessibleDescription()
    )
    assert second.box.currentText() == third.box.currentText() == "No network"
    assert page.words.text().startswith("Choose another network")


def test_the_default_network_reads_beside_it(page: ComparePage, qtbot: QtBot, default_model: Model) -> None:
    second = page.columns[1]
    choose(second, "Default network")
    assert second.told.text() == "Being read…"
    qtbot.waitUntil(lambda: second.reading is not None)
    assert page.seen
    wanted = page.shared.reader.read(page.seen.stages, default_model)
    wait_for(qtbot, second, wanted)
    assert wanted.nine is not None  # as it reads when it is in use
    assert second.answer.text() == "3"
    assert second.told.text() == default_model.provenance.accuracy
    words = page.words.text()
    assert words.startswith("They disagree") == (page.columns[0].answer.text() != "3")


def test_all_follow_the_pen(page: ComparePage, qtbot: QtBot, small_window: MainWindow) -> None:
    run = a_run(small_window.session)
    for column in page.columns[1:]:
        choose(column, f"Run #{run.number}: {run.name}")
    qtbot.waitUntil(lambda: page.columns[2].reading is not None)
    small_window.draw.clear.trigger()
    qtbot.waitUntil(lambda: page.words.text().startswith("Draw a digit"))
    assert not any(column.reading for column in page.columns)
    assert page.columns[0].bars.accessibleDescription() == "none yet"
    draw(small_window.draw.canvas, [THREE[:12] * 0.7])
    qtbot.waitUntil(lambda: page.columns[2].reading is not None)
    assert run.latest
    wait_for(qtbot, page.columns[2], expected(page, run.latest))
    assert page.seen
    assert page.columns[0].reading is page.seen.reading


def test_agreement_and_its_contrary_are_said_in_words(
    page: ComparePage, qtbot: QtBot, small_window: MainWindow, tmp_path: Path
) -> None:
    def one_that_answers(digit: int) -> Path:
        network = Network((784, 10), seed=1)
        network.parameters[:] = 0
        network.biases[0][:] = -9
        network.biases[0][digit] = 9
        model_file.save(tmp_path / f"always {digit}.safetensors", Model(network))
        return tmp_path / f"always {digit}.safetensors"

    small_window.session.use(model_file.load(one_that_answers(7)))
    with pytest.MonkeyPatch.context() as patch:
        for column, digit in zip(page.columns[1:], (7, 4), strict=True):
            file = str(one_that_answers(digit))
            patch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (file, ""))
            choose(column, "Open a network…")
            if digit == 7:
                qtbot.waitUntil(lambda: page.words.text() == "Both answer 7.")
    qtbot.waitUntil(
        lambda: (
            page.words.text() == "They disagree: 7 (Network in use, always 7.safetensors), 4 (always 4.safetensors)."
        )
    )
    choose(page.columns[2], "Network in use")
    qtbot.waitUntil(lambda: page.words.text() == "All three answer 7.")
    choose(page.columns[2], "No network")
    qtbot.waitUntil(lambda: page.words.text() == "Both answer 7.")


def test_each_kept_epoch_of_a_run_reads(page: ComparePage, qtbot: QtBot, small_window: MainWindow) -> None:
    run, column = a_run(small_window.session), page.columns[1]
    choose(column, f"Run #{run.number}: {run.name}")
    assert column.epochs.isVisible()
    assert column.after.text() == "After 3 epochs"
    for epoch in (2, 1, 0):
        QTest.keyClick(column.epochs, Qt.Key.Key_Left)
        assert column.after.text() == f"After {epoch} epoch{'' if epoch == 1 else 's'}"
        wait_for(qtbot, column, expected(page, run.networks[epoch]))
        assert f"{10 * epoch:.2f} % after" in column.told.text()
    # Where memory had no room for the epoch that is looked at, it is the next one.
    del run.networks[0.0]
    small_window.session.trainer.run_changed.emit(run)
    wait_for(qtbot, column, expected(page, run.networks[1.0]))


def test_a_run_that_goes_is_noticed(page: ComparePage, qtbot: QtBot, small_window: MainWindow) -> None:
    run, column = a_run(small_window.session), page.columns[1]
    choose(column, f"Run #{run.number}: {run.name}")
    qtbot.waitUntil(lambda: column.reading is not None)
    small_window.session.trainer.remove(run)
    qtbot.waitUntil(lambda: column.reading is None)
    assert column.told.text() == f"Run #{run.number} was deleted."
    assert column.box.currentText() == "No network"
    assert not column.epochs.isVisible()
    assert page.words.text().startswith("Choose another network")


def test_networks_of_the_sitting_and_of_runs_can_be_chosen(
    page: ComparePage, qtbot: QtBot, small_window: MainWindow
) -> None:
    session, before = small_window.session, page.model
    made = Model(Network((784, 5, 10), seed=3), Provenance(name="mine"))
    session.use(made, unsaved=True)
    session.use(before)
    (kept,) = session.made.all
    choose(page.columns[2], kept.title[:1].upper() + kept.title[1:])
    wait_for(qtbot, page.columns[2], expected(page, made.network))


def test_a_file_that_cannot_be_read_is_told(
    page: ComparePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "<b>none & nothing.safetensors"
    path.write_bytes(b"nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    column = page.columns[1]
    with qtbot.waitSignal(page.failed) as failed:
        choose(column, "Open a network…")
    assert failed.args
    assert str(path) in failed.args[0]
    assert column.told.text().replace("\u200b", "") == failed.args[0]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))  # and wanted no more
    choose(column, "Open a network…")
    assert column.box.currentText() == path.name
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(DEFAULT_NETWORK), ""))
    choose(column, "Open a network…")
    assert column.box.currentText() == "Default network"


def test_beside_another_network_the_default_one_is_there_at_first(small_window: MainWindow, qtbot: QtBot) -> None:
    small_window.session.use(Model(Network((784, 10), seed=1)), unsaved=True)
    page = opened(small_window)
    assert page.columns[1].box.currentText() == "Default network"
    assert page.words.text().startswith("Draw a digit")


def test_a_network_astray_raises_nothing(page: ComparePage, qtbot: QtBot, small_window: MainWindow) -> None:
    run = a_run(small_window.session, 1)
    assert run.latest
    run.latest.parameters[:] = np.nan
    choose(page.columns[1], f"Run #{run.number}: {run.name}")
    qtbot.waitUntil(lambda: page.columns[1].answer.text() == "No digit")


def test_a_run_of_four_outputs_cannot_be_chosen(page: ComparePage, small_window: MainWindow) -> None:
    run = Run(0, Recipe(outputs="four"), "bars")
    run.latest = run.networks[1.0] = run.recipe.network()
    small_window.session.trainer.add(run)
    a_run(small_window.session)
    box = page.columns[1].box
    titles = [box.itemText(i) for i in range(box.count())]
    assert [title[:7] for title in titles if title.startswith("Run #")] == ["Run #2:"]
