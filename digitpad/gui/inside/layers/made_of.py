"""Tiles that show what a neuron is made of."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QImage, QPalette

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE, to_bytes
from digitpad.explore.exciting import Exciting
from digitpad.gui.inside.layers.neuron_words import neuron_name
from digitpad.gui.widgets.colours import mixed
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.gallery import picture
from digitpad.gui.widgets.signed import sign_colour, signed_image, weights_image
from digitpad.gui.widgets.tiles import Tile
from digitpad.gui.words import a_digit
from digitpad.inside.activity import Activity, Neuron


class Found:
    """The digits that excite each neuron of a network most, and the data set that they are from."""

    def __init__(self, exciting: Exciting, digits: Dataset) -> None:
        """Keep both."""
        self.exciting, self.digits = exciting, digits

    def fits(self, activity: Activity) -> bool:
        """Whether it is of a network of the same size, such as the same a few steps of training before."""
        return self.exciting.network.sizes == activity.network.sizes

    def tiles(self, neuron: Neuron) -> list[Tile]:
        """Return the digits that excite ``neuron``, the one that does most first."""
        excited = self.exciting.of(neuron.layer, neuron.index)
        return [
            Tile(
                picture(self.digits.images[i]),
                number(a),
                f"{a_digit(int(self.digits.labels[i]))}, activation {number(a)}".capitalize(),
            )
            for i, a in zip(excited.images.tolist(), excited.activations.tolist(), strict=True)
        ]

    def face(self, neuron: Neuron) -> QImage | None:
        """Return the digit that excites ``neuron`` most."""
        images = self.exciting.of(neuron.layer, neuron.index).images
        return picture(self.digits.images[int(images[0])]) if len(images) else None


def input_tiles(
    activity: Activity,
    neuron: Neuron,
    inputs: Sequence[int],
    adds: Sequence[float],
    found: Found | None,
    palette: QPalette,
) -> list[Tile]:
    """Return a tile for each of the ``inputs`` of a neuron behind the first layer, with what it ``adds``.

    Neurons of the first layer show their weights, others the digit that excites them most, or how much they fire where
    that digit is not known.
    """
    tiles = []
    for index, term in zip(inputs, adds, strict=True):
        one = Neuron(neuron.layer - 1, index)
        if one.layer == 1:
            face = weights_image(activity.network.weights[0][index], palette)
        elif found and found.fits(activity) and (known := found.face(one)):
            face = known
        else:  # until it is known, or for good: as deep in colour as it fires
            share = float(activity.shares(one.layer)[index])
            paper, full = palette.color(QPalette.ColorRole.Base), sign_colour(palette, share > 0)
            face = QImage(1, 1, QImage.Format.Format_RGB32)
            face.fill(mixed(paper, full, abs(share)))
        does = f"adds {number(term)}" if term > 0 else f"takes {number(-term)}"
        words = f"{neuron_name(activity.network, one)} fires {number(activity.value(one))} and {does}"
        tiles.append(Tile(face, f"+{number(term)}" if term > 0 else number(term), words))
    return tiles


def pixel_tiles(activity: Activity, neuron: Neuron, palette: QPalette) -> list[Tile]:
    """Return three tiles of a neuron of the first layer: the image, its weights, and what each pixel adds."""
    weights = activity.network.weights[0][neuron.index]
    with np.errstate(over="ignore", invalid="ignore"):
        terms = weights * activity.layers[0]
        total = float(np.nan_to_num(terms).sum(dtype=np.float64))
    return [
        Tile(picture(to_bytes(activity.layers[0])), "drawing", "The 784 greys of the drawing"),
        Tile(weights_image(weights, palette), "× weights", "Its weights: blue where ink speaks for it"),
        Tile(
            signed_image(terms.reshape(SIDE, SIDE), palette), f"= {number(total, 1)}",
            f"What each pixel adds: {number(total)} together",
        ),
    ]  # fmt: skip
