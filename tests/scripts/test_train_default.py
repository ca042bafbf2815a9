"""How the default network is trained."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import material
import numpy as np
import pytest

from digitpad.data import synthetic
from digitpad.nn.training import TrainingConfig
from tests.digits import a_set
from tests.scripts.running import SCRIPTS
from tests.test_architecture import MODULES, imports, inside

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_interrupted_training_goes_on_to_the_same_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # the script sets it for itself: put back afterwards
    import train_default

    monkeypatch.setattr(train_default, "SIZES", (784, 12, 10))
    monkeypatch.setattr(train_default, "CONFIG", TrainingConfig(epochs=1, mini_batch_size=20, eta=0.1, momentum=0.5))
    monkeypatch.setattr(train_default, "CHECKPOINT", 1)
    monkeypatch.setattr(train_default, "LAST", 1)
    digits = a_set(100, 1)
    parts = [(a_set(40, seed).images, a_set(40, seed).targets) for seed in range(train_default.PARTS)]

    def arguments(work: str, rounds: int) -> argparse.Namespace:
        (tmp_path / work).mkdir(exist_ok=True)
        return argparse.Namespace(seed=1, rounds=rounds, held_out=False, work=tmp_path / work, pens=Path(__file__))

    whole = train_default.train(digits, parts, arguments("whole", 3))

    class Interruption(Exception):
        pass

    def stop_after_two(path: Path, **values: object) -> None:
        save(path, **values)
        if values["done"] == 2:
            raise Interruption

    save: Callable[..., None] = train_default.save
    with monkeypatch.context() as patch:
        patch.setattr(train_default, "save", stop_after_two)
        with pytest.raises(Interruption):
            train_default.train(digits, parts, arguments("broken", 3))
    went_on = train_default.train(digits, parts, arguments("broken", 3))
    assert "going on after round 2" in capsys.readouterr().out
    np.testing.assert_array_equal(went_on.parameters, whole.parameters)


def test_a_part_holds_every_kind_and_is_named_by_its_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    import train_default

    monkeypatch.setattr(train_default, "DRAWN", 20)
    monkeypatch.setattr(train_default, "NO_DIGITS", 15)
    file = tmp_path / "pens.csv"
    file.write_text("50,100,50,86,50,72,50,57,50,43,50,29,50,14,50,0,1\n")
    scanned = synthetic.dataset(10, np.random.default_rng(1))
    images, targets = train_default.draw_part(0, scanned, material.read_pens(file), 1)
    assert images.dtype == np.uint8
    assert len(images) == len(targets)
    assert 20 + 2 + 15 + 5 <= len(images) <= 20 + 2 + 15 + 10  # nearly all of those scanned can be traced
    assert (targets[-15:] == 0).all()
    assert (targets[:-15].sum(axis=1) == 1).all()
    np.testing.assert_array_equal(images, train_default.draw_part(0, scanned, material.read_pens(file), 1)[0])
    run = argparse.Namespace(seed=1, rounds=3, held_out=False, pens=file)
    name = train_default.name_of(run)
    assert name != train_default.name_of(argparse.Namespace(**{**vars(run), "rounds": 4}))
    monkeypatch.setattr(train_default, "DRAWN", 30)
    assert name != train_default.name_of(run)


def test_the_name_of_the_parts_covers_all_that_draws_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or parts drawn by other code would be taken for those of today."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    import train_default

    named = {Path(module.__file__ or ""): module.__name__ for module in train_default.DRAWING}
    ours = {*MODULES, *(file.stem for file in SCRIPTS.glob("*.py"))}
    roots = {module.split(".")[0] for module in ours}
    found = set().union(*map(imports, named))
    used = {
        max((module for module in ours if inside(name, module)), key=len)
        for name in found
        if name.split(".")[0] in roots
    }
    assert used - set(named.values()) == {"digitpad.data.dataset"}  # which holds images, and draws none
