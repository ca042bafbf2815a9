"""The images that the default network learns from."""

import json
from pathlib import Path

import material
import numpy as np
import parts
import pytest
from material import Recorded

from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.synthetic import Hand
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.scripts.running import SCRIPTS
from tests.test_architecture import MODULES, imports, inside

PENS = "50,100,50,86,50,72,50,57,50,43,50,29,50,14,50,0,1\n"


def _recorded(labels: str, writer: str = "a") -> list[Recorded]:
    generator = np.random.default_rng(1)
    shapes = [int(label) if label.isdigit() else 7 for label in labels]
    strokes = [synthetic.strokes(shape, generator, Hand()) for shape in shapes]
    return [Recorded(label, writer, paths) for label, paths in zip(labels, strokes, strict=True)]


def _sources(folder: Path) -> parts.Sources:
    """Write as little as there can be to learn from, by somebody who is learned from and one kept apart."""
    for name, labels in (("dev_strokes", "37"), ("unipen_digits", "12"), ("unipen_symbols", "#+"), ("small1", "xO")):
        rows = [
            {"label": d.label, "writer": writer, "strokes": [path.tolist() for path in d.paths]}
            for writer in ("syn", "uqb", "val")
            for d in _recorded(labels)
        ]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "omniglot").mkdir()
    (folder / "small1.jsonl").rename(folder / "omniglot" / "small1.jsonl")
    (folder / "pendigits_train_8pt.csv").write_text(PENS)
    return parts.Sources(folder, folder, folder / "omniglot", 1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a few images."""
    for name in ("DRAWN", "DISPLAYED", "NO_DIGITS", "ESTRANGED"):
        monkeypatch.setattr(parts, name, 12)
    monkeypatch.setattr(parts, "PARTS", 1)


@pytest.fixture
def scanned() -> Dataset:
    """What is scanned, as MNIST's digits are."""
    return synthetic.dataset(10, np.random.default_rng(1))


@pytest.mark.usefixtures("small")
def test_a_part_holds_every_kind_and_whose_drawing_it_is(scanned: Dataset, tmp_path: Path) -> None:
    (tmp_path / "pens.csv").write_text(PENS)
    points = material.read_pens(tmp_path / "pens.csv")
    digits, others = _recorded("123"), _recorded("xy")
    part = parts.draw_part(0, scanned, points, digits, others, 1)
    assert part.images.dtype == np.uint8
    assert len(part.images) == len(part.labels) == len(part.recorded)
    assert part.labels[-5:].tolist() == [1, 2, 3, parts.NONE, parts.NONE]
    assert part.recorded[-5:].tolist() == [0, 1, 2, 3, 4]
    assert (part.recorded == parts.SIGNS).sum() == 12
    assert (part.labels == parts.NONE).sum() == 12 + 12 + 2
    assert 12 + 12 + 1 + 3 <= (part.labels != parts.NONE).sum() <= 12 + 12 + 1 + 3 + 5  # nearly all can be traced
    again = parts.draw_part(0, scanned, points, digits, others, 1)
    np.testing.assert_array_equal(part.images, again.images)
    assert (parts.targets(part.labels).sum(axis=1) == (part.labels != parts.NONE)).all()


@pytest.mark.usefixtures("small")
def test_the_writers_kept_apart_are_not_learned_from_nor_what_looks_like_a_digit(tmp_path: Path) -> None:
    digits, others = _sources(tmp_path).recorded()
    assert [drawing.label for drawing in digits] == list("3712")  # of one pen, the others being the last two
    assert {drawing.writer for drawing in digits + others} == {"syn"}
    assert sorted(drawing.label for drawing in others) == ["#", "+", "x"]


@pytest.mark.usefixtures("small")
def test_parts_are_drawn_once_and_judged_once(
    scanned: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = _sources(tmp_path)
    drawn = parts.drawn(scanned, sources, tmp_path, 1)
    assert "drawn: part 1 of 1" in capsys.readouterr().out
    again = parts.drawn(scanned, sources, tmp_path, 1)
    assert not capsys.readouterr().out
    np.testing.assert_array_equal(drawn[0].images, again[0].images)

    plain = parts.by_labels(scanned, drawn)
    assert len(plain[1][0]) == len(drawn[0].images) - 12  # without the signs of no alphabet
    assert set(np.unique(plain[1][1])) == {0, 1}

    network = Network([784, 8, 10], seed=1)
    network.biases[-1][:] = -0.2
    model_file.save(tmp_path / "teacher.safetensors", Model(network, Provenance.of({"name": "teacher"})))
    taught = parts.by_teacher(scanned, drawn, sources, tmp_path / "teacher.safetensors", tmp_path)
    assert "mislabelled: " in capsys.readouterr().out
    assert len(taught[0][0]) == len(scanned)
    halves = taught[0][1][np.arange(len(scanned)), scanned.labels]
    assert ((halves > 0.5) & (halves < 1)).all()
    judged = parts.by_teacher(scanned, drawn, sources, tmp_path / "teacher.safetensors", tmp_path)
    assert not capsys.readouterr().out
    np.testing.assert_array_equal(judged[1][1], taught[1][1])


def test_other_code_another_seed_and_other_digits_have_another_name(
    scanned: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name(digits: Dataset = scanned, seed: int = 1) -> str:
        return parts.name_of(digits, parts.Sources(tmp_path, tmp_path, tmp_path, seed))

    names = [name(), name(scanned[:9]), name(seed=2)]
    changed = tmp_path / "parts.py"
    changed.write_bytes(Path(parts.__file__).read_bytes() + b"\n")
    monkeypatch.setattr(parts, "__file__", str(changed))
    names.append(name())
    monkeypatch.setattr(parts, "DRAWING", parts.DRAWING[1:])
    names.append(name())
    assert len(set(names)) == len(names)


@pytest.mark.usefixtures("small")
def test_a_teacher_that_judges_in_another_way_judges_anew(
    scanned: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources, network = _sources(tmp_path), tmp_path / "teacher.safetensors"
    model_file.save(network, Model(Network([784, 8, 10], seed=1), Provenance.of({"name": "teacher"})))
    drawn = parts.drawn(scanned, sources, tmp_path, 1)
    for judging, judged in ((parts.JUDGING, True), (parts.JUDGING, False), (parts.JUDGING[:1], True)):
        monkeypatch.setattr(parts, "JUDGING", judging)
        capsys.readouterr()
        parts.by_teacher(scanned, drawn, sources, network, tmp_path)
        assert ("judged: " in capsys.readouterr().out) == judged


def test_the_name_of_the_parts_covers_all_that_draws_them() -> None:
    """Or parts drawn by other code would be taken for those of today."""
    named = {Path(module.__file__ or ""): module.__name__ for module in parts.DRAWING}
    ours = {*MODULES, *(file.stem for file in SCRIPTS.glob("*.py"))}
    roots = {module.split(".")[0] for module in ours}
    found = set().union(*map(imports, named))
    used = {
        max((module for module in ours if inside(name, module)), key=len)
        for name in found
        if name.split(".")[0] in roots
    }
    assert used - set(named.values()) == {"digitpad.data.dataset"}  # which holds images, and draws none
