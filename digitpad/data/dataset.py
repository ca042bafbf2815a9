"""Images of digits with their labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Dataset:
    """``images`` (n, 784) float32 in [0, 1], 0 = paper and 1 = ink; ``labels`` (n,) int64 from 0 to 9."""

    images: NDArray[np.float32]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def targets(self) -> NDArray[np.float32]:
        """The labels one-hot: (n, 10), a 1 at each label and 0 elsewhere."""
        return np.eye(10, dtype=np.float32)[self.labels]

    def __getitem__(self, chosen: slice | NDArray[np.integer]) -> "Dataset":
        return Dataset(self.images[chosen], self.labels[chosen])
