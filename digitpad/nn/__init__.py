"""What chapter 1 of Michael Nielsen's *Neural Networks and Deep Learning* teaches, in NumPy.

To read beside the book: ``Network`` with ``feedforward`` and ``backprop`` in ``network.py``; ``sgd``, which goes
through epochs and mini-batches and calls ``update_mini_batch``, in ``training.py``; ``sigmoid`` and ``sigmoid_prime``
in ``neurons.py``; and in ``book.py`` all of it once more as the book has it, one image at a time.

Nothing here reads a file, prints, or knows of a window. Throughout, an array of activations is either one
input of shape (n,) or a batch of m inputs of shape (m, n): the last axis runs over neurons.
"""

from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd

__all__ = ["Network", "TrainingConfig", "sgd"]
