"""What a trained network says of the material that another is to learn from.

Some of what people recorded is mislabelled or badly cut, some letters look like digits, and some digits could be
another one. A network that has learned from all of it knows most of this better than the labels do.

Sources: G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network" (2015), for targets that are
in part the outputs of another network; I. Sato, H. Nishimura and K. Yokoi, "APAC: Augmented PAttern Classification
with Neural Networks" (2015), for the mean over deformed copies.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.nine import read_nine
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

Images = NDArray[np.uint8]

_AT_ONCE = 1000
_NEIGHBOURS, _ALIKE = 10, 3  # a label that fewer than three of the ten nearest have is that of a stranger there
_REFUSED = 0.1  # an output
LIKE_A_DIGIT = 0.5  # an output, too
_SURE = 0.9


class Teacher:
    """Judges images (n, 784), 255 = ink, by a trained ``network``; the same images get the same judgement."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def outputs(self, images: Images) -> Floats:
        """Return the mean outputs (n, 10) over each image and its eight views, with which the window reads it, too.

        Not over copies deformed at random, as in the training: so the targets are what the program would answer.
        """
        return np.asarray(read_nine(self._network, images).mean(axis=1))

    def mislabelled(self, images: Images, labels: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Return which digits hardly are what their labels say, as the network and their nearest neighbours agree."""
        refused = self.outputs(images)[np.arange(len(labels)), labels] < _REFUSED
        hidden = self._hidden(images)
        alike = np.zeros(len(labels), dtype=int)
        for i in np.flatnonzero(refused):
            nearness = hidden @ hidden[i]
            nearness[i] = -1
            alike[i] = (labels[np.argpartition(nearness, -_NEIGHBOURS)[-_NEIGHBOURS:]] == labels[i]).sum()
        return refused & (alike < _ALIKE)

    def look_alikes(self, images: Images, characters: Sequence[str]) -> NDArray[np.bool_]:
        """Return which drawings of ``characters`` that are no digits could be digits.

        Those that the network is sure are one, and all of a character of which it takes half for digits.
        """
        highest = self.outputs(images).max(axis=1)
        names, which = np.unique(np.array(characters), return_inverse=True)
        share = np.bincount(which, highest >= LIKE_A_DIGIT, len(names)) / np.bincount(which)
        return np.asarray((highest >= _SURE) | (share[which] >= 0.5))

    def _hidden(self, images: Images) -> Floats:
        """Return the activations of the last hidden layer, of length 1: (n, neurons)."""
        chunks = range(0, len(images), _AT_ONCE)
        found = [self._network.activations(greys(images[i : i + _AT_ONCE], np.float32))[-2] for i in chunks]
        hidden = np.concatenate(found)
        return np.asarray(hidden / np.maximum(np.linalg.norm(hidden, axis=1, keepdims=True), 1e-9))
