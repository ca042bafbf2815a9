"""The images that the default network learns from, drawn in parts, with their targets, and kept in a folder.

Drawing them takes as long as many epochs, so that each part is kept in a file; its name is that of the code that draws
it, with all its numbers, and of the seed, so that another recipe never takes what this one drew. So it is with what a
teacher makes of a part.
"""

import hashlib
import warnings
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import material
import nondigits
import numpy as np
import teacher
import tracing
from material import Images, Paths, Recorded
from numpy.typing import ArrayLike, NDArray
from teacher import LIKE_A_DIGIT, Teacher

from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.draw import framing, ink, nine, preprocess, thinning
from digitpad.nn import augment
from digitpad.train import model_file

PARTS = 6
DRAWN, DISPLAYED, NO_DIGITS, ESTRANGED = 6_000, 1_000, 5_000, 8_000  # images a part
TAUGHT = 0.5  # of a digit's target, the teacher's outputs
KEPT_APART = {"uqb", "val", "sie", *(f"{number:02}" for number in (3, 9, 15, 20))}  # of UNIPEN and Omniglot
PENS_APART = 2  # writers of dev_strokes.jsonl: the last
NONE = 10  # the label of what is no digit
OURS, SIGNS = -1, -2
# What decides, with this module, how parts are drawn, and what a teacher makes of them.
DRAWING = (framing, ink, material, nondigits, preprocess, synthetic, thinning, tracing)
JUDGING = (teacher, nine, augment)

Taught = tuple[Images, NDArray[np.float16]]  # images (n, 784), and targets (n, 10) in [0, 1]


@dataclass(frozen=True)
class Sources:
    """Where there is something to learn from: the folders of the pens, of UNIPEN and of Omniglot, and a seed."""

    pens: Path
    unipen: Path
    omniglot: Path
    seed: int

    def recorded(self) -> tuple[list[Recorded], list[Recorded]]:
        """Return the drawings to learn from that are digits, and those that are none."""
        pens = material.read_recorded(self.pens / "dev_strokes.jsonl")
        apart = sorted({drawing.writer for drawing in pens})[-PENS_APART:]
        digits, _ = material.divided(pens, apart)
        digits += material.divided(material.read_recorded(self.unipen / "unipen_digits.jsonl"), KEPT_APART)[0]
        files = sorted(self.unipen.glob("unipen_[!d]*.jsonl")) + sorted(self.omniglot.glob("*.jsonl"))
        others = [drawing for file in files for drawing in material.read_recorded(file)]
        return digits, material.no_look_alikes(material.divided(others, KEPT_APART)[0])


@dataclass(frozen=True)
class Part:
    """Images (n, 784) drawn to learn from.

    ``labels`` (n,): the digit, or ``NONE``. ``recorded`` (n,): the number of the recorded drawing that was varied,
    digits first; ``OURS`` for what is drawn or traced by this program, ``SIGNS`` for signs of no alphabet.
    """

    images: Images
    labels: NDArray[np.uint8]
    recorded: NDArray[np.int64]


def drawn(training: Dataset, sources: Sources, folder: Path, processes: int) -> list[Part]:
    """Return what is drawn to learn from besides ``training``, drawing the parts that are not in ``folder``."""
    files = [folder / f"{name_of(training, sources)}-part-{number}.npz" for number in range(PARTS)]
    missing = [number for number, file in enumerate(files) if not file.exists()]
    if missing:
        digits, others = sources.recorded()
        points = material.read_pens(sources.pens / "pendigits_train_8pt.csv")
        started = perf_counter()
        draw = partial(draw_part, points=points, digits=digits, others=others, seed=sources.seed)
        with ProcessPoolExecutor(processes, initializer=warnings.simplefilter, initargs=("error",)) as pool:
            shares = [training[number::PARTS] for number in missing]
            for number, part in zip(missing, pool.map(draw, missing, shares), strict=True):
                save(files[number], **vars(part))
                print(f"drawn: part {number + 1} of {PARTS}, {perf_counter() - started:.0f} s", flush=True)
    return [Part(**load(file)) for file in files]


def draw_part(
    number: int,
    scanned: Dataset,
    points: tuple[list[Paths], Images],
    digits: list[Recorded],
    others: list[Recorded],
    seed: int,
) -> Part:
    """Return a part: the digits of ``scanned`` traced, those of pens varied, some drawn, and what is no digit."""
    ours = [
        material.retraced(scanned[::2], [seed, number, 0]),
        material.drawn(DRAWN, [seed, number, 1]),
        material.displayed(DISPLAYED, [seed, number, 7]),
        material.varied(*points, material.PEN, [seed, number, 2]),
    ]
    own = np.concatenate([part.labels for part in ours])
    labels = np.array([int(drawing.label) for drawing in digits] + len(others) * [NONE], dtype=np.uint8)
    images = [
        *(part.images for part in ours),
        material.no_digits(NO_DIGITS, [seed, number, 3]),
        material.estranged(others, ESTRANGED, [seed, number, 6]),
        material.varied([d.paths for d in digits], labels[: len(digits)], material.WRITER, [seed, number, 4]).images,
        material.varied([d.paths for d in others], labels[len(digits) :], material.WRITER, [seed, number, 5]).images,
    ]
    unknown = np.full(NO_DIGITS + ESTRANGED, NONE, dtype=np.uint8)
    whose = np.repeat([OURS, SIGNS], [len(own) + NO_DIGITS, ESTRANGED])
    return Part(
        np.concatenate(images), np.concatenate([own, unknown, labels]), np.append(whose, np.arange(len(labels)))
    )


def by_labels(training: Dataset, parts: list[Part]) -> list[Taught]:
    """Return what there is to learn, ``training`` first, as the labels say, without the signs of no alphabet.

    Which of these signs look like a digit is known only to a teacher.
    """
    kept = [part.recorded != SIGNS for part in parts]
    known = [(part.images[which], targets(part.labels[which])) for part, which in zip(parts, kept, strict=True)]
    return [(training.images, targets(training.labels)), *known]


def by_teacher(training: Dataset, parts: list[Part], sources: Sources, network: Path, folder: Path) -> list[Taught]:
    """Return what there is to learn, ``training`` first, as the trained ``network`` of a file judges it.

    Without what it finds mislabelled or like a digit; half of each digit's target is what it makes of it. Kept in
    ``folder``.
    """
    name = f"{name_of(training, sources)}-{hashlib.sha256(_code(JUDGING) + network.read_bytes()).hexdigest()[:6]}"
    files = [folder / f"{name}-taught-{number}.npz" for number in range(1 + len(parts))]
    if not all(file.exists() for file in files):
        judge = Teacher(model_file.load(network).network)
        left_out = _left_out(judge, *sources.recorded())
        scanned = Part(training.images, training.labels, np.full(len(training), OURS))
        for file, part in zip(files, [scanned, *parts], strict=True):
            images, learned = _taught(judge, part, left_out)
            save(file, images=images, targets=learned)
            print(f"judged: {len(part.images)}, {len(part.images) - len(images)} left out", flush=True)
    return [(found["images"], found["targets"]) for found in map(load, files)]


def targets(labels: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Return the labels one-hot (n, 10); for ``NONE`` all are 0."""
    return np.asarray(np.eye(NONE + 1, 10, dtype=np.float16)[labels])


def _left_out(judge: Teacher, digits: list[Recorded], others: list[Recorded]) -> NDArray[np.int64]:
    """Return the numbers of recorded drawings, digits first, that are mislabelled or could be digits."""
    labels = np.array([int(drawing.label) for drawing in digits], dtype=np.uint8)
    mislabelled = judge.mislabelled(material.as_drawn(digits), labels)
    alike = judge.look_alikes(material.as_drawn(others), [drawing.label for drawing in others])
    print(
        f"mislabelled: {mislabelled.sum()} of {len(digits)} digits; like digits: {alike.sum()} of {len(others)} others"
    )
    return np.flatnonzero(np.concatenate([mislabelled, alike]))


def _taught(judge: Teacher, part: Part, left_out: NDArray[np.int64]) -> Taught:
    outputs = judge.outputs(part.images)
    kept = ~np.isin(part.recorded, left_out)
    kept &= (part.recorded != SIGNS) | (outputs.max(axis=1) < LIKE_A_DIGIT)
    learned = targets(part.labels)
    digits = part.labels != NONE
    learned[digits] = (1 - TAUGHT) * learned[digits] + TAUGHT * outputs[digits]
    return part.images[kept], learned[kept]


def name_of(training: Dataset, sources: Sources) -> str:
    """Return the beginning of the names of the parts in the work folder: another recipe has another name."""
    code = _code(DRAWING) + Path(__file__).read_bytes() + str(len(training)).encode()
    return f"{hashlib.sha256(code).hexdigest()[:10]}-{sources.seed}"


def _code(modules: Iterable[ModuleType]) -> bytes:
    return b"".join(Path(module.__file__ or "").read_bytes() for module in modules)


def load(file: Path) -> dict[str, Any]:
    """Return the arrays of a file."""
    with np.load(file) as arrays:
        return dict(arrays)


def save(path: Path, **values: ArrayLike) -> None:
    """Write the arrays in one go: an interruption leaves the old file or the new one."""
    temporary = path.with_suffix(".new.npz")
    np.savez(temporary, allow_pickle=False, **values)
    temporary.replace(path)
