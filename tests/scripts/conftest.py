"""The scripts, to be imported as each other imports them."""

from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture(autouse=True)
def _scripts_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import environment

    monkeypatch.setattr(environment, "enter", lambda tests=False: None)  # it may put another program in pytest's place
