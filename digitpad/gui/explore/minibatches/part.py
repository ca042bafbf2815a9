"""``Part``, what the two views of the page of mini-batches have in common: each computes with the same material."""

from collections.abc import Iterator
from functools import partial

from digitpad.data.dataset import Digits
from digitpad.explore.minibatches import Material
from digitpad.gui.explore.working import Slice, WorkingView, advance


class Part(WorkingView):
    """A view that computes with some images, the page's ``Material``."""

    def __init__(self) -> None:
        """Begin with nothing to compute with."""
        super().__init__()
        self._material: Material | None = None

    def take(self, material: Material) -> None:
        """Begin anew with other images."""
        self._material = material

    def wanted(self, digits: Digits) -> Slice | None:
        """Return a slice of the work there is; the page takes care that the material is of ``digits``."""
        work = self.work()
        return None if work is None else Slice(partial(advance, work), self._show_more)

    def work(self) -> Iterator[object] | None:
        """Return what is to be gone on with in the thread, if anything is."""
        raise NotImplementedError

    @property
    def waiting(self) -> str:
        """A word on what is waited for."""
        return self.trouble or ("Loading digits…" if self._material is None else "Computing…")

    def _show_more(self, _: object) -> None:
        self.changed.emit()
