"""The scripts, to be imported where they are."""

import environment
import pytest


@pytest.fixture(autouse=True)
def _in_this_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no script enter its own environment: that would put another program in the place of pytest."""
    monkeypatch.setattr(environment, "enter", lambda tests=False: None)
