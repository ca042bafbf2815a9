"""How the default network is trained."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import parts
import pytest

from tests.digits import a_set

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_interrupted_training_goes_on_to_the_same_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # the script sets it for itself: put back afterwards
    import train_default

    monkeypatch.setattr(train_default, "SIZES", (784, 12, 10))
    monkeypatch.setattr(train_default, "MINI_BATCH", 20)
    monkeypatch.setattr(train_default, "CHECKPOINT", 1)
    to_learn = [(a_set(n, seed).images, parts.targets(a_set(n, seed).labels)) for seed, n in enumerate((100, 40, 40))]

    def arguments(work: str) -> argparse.Namespace:
        (tmp_path / work).mkdir(exist_ok=True)
        return argparse.Namespace(seed=1, epochs=3, work=tmp_path / work)

    whole = train_default.train(to_learn, "run", arguments("whole"))

    class Interruption(Exception):
        pass

    def stop_after_two(path: Path, **values: object) -> None:
        save(path, **values)
        if values["done"] == 2:
            raise Interruption

    save: Callable[..., None] = parts.save
    with monkeypatch.context() as patch:
        patch.setattr(parts, "save", stop_after_two)
        with pytest.raises(Interruption):
            train_default.train(to_learn, "run", arguments("broken"))
    went_on = train_default.train(to_learn, "run", arguments("broken"))
    assert "going on after epoch 2" in capsys.readouterr().out
    np.testing.assert_array_equal(went_on.parameters, whole.parameters)


def test_deformation_and_learning_rate_sink_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    import train_default

    shares = np.linspace(0, 1, 101)
    etas = [train_default.eta_of(share) for share in shares]
    assert max(etas) == pytest.approx(train_default.ETA)
    assert shares[np.argmax(etas)] == pytest.approx(train_default.RISING)
    assert etas[0] < 0.1 * train_default.ETA
    assert etas[-1] == pytest.approx(0, abs=1e-9)
    strengths = [train_default.strength_of(share) for share in shares]
    assert strengths[0] == 1
    assert strengths[-1] == pytest.approx(train_default.LEAST)
    assert strengths == sorted(strengths, reverse=True)
    assert train_default.weaker(train_default.DEFORM, 0.5).rotate == train_default.DEFORM.rotate / 2
