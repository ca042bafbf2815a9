"""Services without a window: what they belong to, and where the program keeps its files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, with no MNIST anywhere yet."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return tmp_path / "home"


@pytest.fixture
def parent(qapp: QApplication) -> QObject:
    """What a service belongs to."""
    return QObject()
