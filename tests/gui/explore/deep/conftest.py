"""The page toward deep learning, on a stage with digits."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.deep.page import DeepPage
from digitpad.train.model_file import Model
from tests import digits
from tests.gui.explore.stage import on_stage, sharing


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, default_model: Model) -> Iterator[DeepPage]:
    with sharing(qapp, digits.digits(), default_model) as shared:
        page = on_stage(DeepPage(shared), qtbot, 1000, 700)
        yield page
        page.close()
