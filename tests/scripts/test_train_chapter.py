"""How chapter 1's own network is trained."""

from pathlib import Path

import numpy as np
import pytest

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.train import model_file
from digitpad.train.recipe import Recipe
from tests.digits import digits


def test_the_files_are_one_network_on_its_way_each_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # the script sets it for itself: put back afterwards
    import train_chapter

    given = digits()
    train_chapter.train(given, tmp_path)
    made = [model_file.load(tmp_path / one.file.name) for one in ChapterNetwork]
    np.testing.assert_array_equal(made[0].network.parameters, Recipe().network().parameters)
    for one, model in zip(ChapterNetwork, made, strict=True):
        right = model.network.evaluate(given.test.images, given.test.labels) / len(given.test)
        assert model.provenance.accuracy == f"{100 * right:.2f} % on bars' test set"
        assert model.provenance.epochs == str(one.epochs)
        assert Recipe.from_json(model.provenance.recipe) == Recipe().fitted(given)
    first = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    train_chapter.train(given, tmp_path)
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == first
