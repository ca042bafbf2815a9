"""Drawings that are kept, in a file or in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from digitpad.data.store import Store
from tests.data.drawings import drawing


@pytest.fixture(params=["file", "memory"])
def samples(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "new" / "drawings.sqlite" if request.param == "file" else None)) as samples:
        yield samples


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drawings.sqlite"


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """The connections that are made from now on."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        made.append(connect(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noting)
    return made


@pytest.fixture
def kept(file: Path) -> Iterator[Store]:
    """Ten drawings in a file, one of each label."""
    with closing(Store(file)) as samples:
        samples.add_many(drawing(label, label) for label in range(10))
        yield samples
