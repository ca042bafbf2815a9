"""How the islands of digits part while a network learns: ``EpochMap``, a plane for each epoch that is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.data.dataset import Dataset
from digitpad.inside.cloud import Projection, cloud_of, evenly
from digitpad.inside.names import Name, Places
from digitpad.nn.network import Network

DIGITS = 3000  # to be followed: each epoch takes as long as the digits are many
MOST = 40  # epochs


@dataclass(frozen=True, eq=False)
class EpochMap:
    """Where digits lie after so many ``epochs``, on the plane of a ``projection`` that goes on from the epoch before.

    ``digits`` (n,) are the same for all epochs, ``places`` (n, 2) and the ``names`` of the labels there are not.
    """

    epochs: float
    projection: Projection
    digits: Dataset
    places: Places
    names: list[Name]


def some_of(epochs: Sequence[float]) -> list[float]:
    """Return at most ``MOST`` of ``epochs``, evenly from the first to the last.

    >>> some_of(range(101))[:3], some_of([1.0, 2.0])
    ([0, 3, 5], [1.0, 2.0])
    """
    return [epochs[i] for i in np.linspace(0, len(epochs) - 1, min(len(epochs), MOST)).round().astype(int).tolist()]


def epoch_maps(
    networks: Mapping[float, Network], digits: Dataset, stop: Callable[[], bool] = lambda: False
) -> list[EpochMap] | None:
    """Return maps of ``networks`` by epochs, the first ones first; None where told to stop.

    Each plane is turned onto that of the epoch after it, the last one stays as it is.
    """
    digits = digits[evenly(digits.labels, DIGITS)]
    maps = list[EpochMap]()
    for epochs, network in sorted(networks.items(), reverse=True):
        cloud = cloud_of(network, digits, stop)
        if cloud is None:
            return None
        plane, places = cloud.projection, cloud.places
        if maps and len(cloud.digits) == len(maps[-1].digits):
            plane, places = plane.turned(places, maps[-1].places)
        maps.append(EpochMap(epochs, plane, cloud.digits, places, cloud.names))
    return maps[::-1]
