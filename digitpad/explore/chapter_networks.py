"""Chapter 1's own network, 784-30-10, as it comes with the program: untrained, after 1 epoch and after 30.

``scripts/train_chapter.py`` makes the files, and says how.
"""

from enum import Enum
from functools import cache
from pathlib import Path

from digitpad.paths import CHAPTER_NETWORKS
from digitpad.train import model_file
from digitpad.train.model_file import Model


class ChapterNetwork(Enum):
    """After how many epochs the network is shown."""

    UNTRAINED = 0
    EPOCH_1 = 1
    EPOCH_30 = 30

    @property
    def epochs(self) -> int:
        """How many epochs it has learned for."""
        return self.value

    @property
    def title(self) -> str:
        """What it is, in a few words that follow its name."""
        return "untrained" if not self.epochs else f"after {self.epochs} epoch{'s' if self.epochs > 1 else ''}"

    @property
    def file(self) -> Path:
        """Where it is."""
        return CHAPTER_NETWORKS / f"{f'epoch-{self.epochs}' if self.epochs else 'untrained'}.safetensors"

    @property
    def model(self) -> Model:
        """The network and how it was made, one for all who ask: who wants to change it takes a copy.

        Raises ModelError where the file cannot be read.
        """
        return _loaded(self)


@cache
def _loaded(one: ChapterNetwork) -> Model:
    return model_file.load(one.file)
