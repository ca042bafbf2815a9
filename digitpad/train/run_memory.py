"""How much memory the weights of runs may take, and which give way first: ``keep_within``."""

from collections.abc import Iterable

from digitpad.nn.network import Network
from digitpad.train.resting import is_laid_down
from digitpad.train.runs import Run

MEMORY = 64 << 20  # bytes: the most that the weights kept of all runs together may take in memory


def keep_within(runs: Iterable[Run], limit: int = MEMORY) -> list[Network]:
    """Let go of weights until those of all ``runs`` take at most ``limit`` bytes of memory, as far as that goes.

    The run that takes most gives up every second epoch first, never its first, its last and its newest weights. Returns
    the networks that should go to the disk where these alone are too many: those of the oldest runs, and so many that
    it need not be done again soon.
    """
    runs = list(runs)
    while sum(map(_size, runs)) > limit:
        largest = max((run for run in runs if len(_held(run)) > 2), key=_size, default=None)
        if largest is None:
            break
        _thin_out(largest)
    taken, too_many = sum(map(_size, runs)), list[Network]()
    if taken > limit:
        for network in _distinct(network for run in runs for network in (*_held(run).values(), run.latest)):
            if taken > limit // 2:
                taken -= network.parameters.nbytes
                too_many.append(network)
    return too_many


def _thin_out(run: Run) -> None:
    """Let go of the weights of every second epoch that are in memory, but for the first and the last."""
    for gone in list(_held(run))[1:-1:2]:
        del run.networks[gone]


def _held(run: Run) -> dict[float, Network]:
    """Return the weights of epochs that are in memory, the first ones first."""
    return {epochs: network for epochs, network in sorted(run.networks.items()) if not is_laid_down(network)}


def _distinct(networks: Iterable[Network | None]) -> list[Network]:
    """Return those of ``networks`` that are in memory, each once."""
    return list({id(one): one for one in networks if one is not None and not is_laid_down(one)}.values())


def _size(run: Run) -> int:
    return sum(network.parameters.nbytes for network in _distinct([*run.networks.values(), run.latest]))
