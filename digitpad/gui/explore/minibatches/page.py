"""``MiniBatchesPage``: the gradients of mini-batches beside the true one, and online learning beside them."""

from functools import partial

from PySide6.QtGui import QHideEvent

from digitpad.data.dataset import Digits
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.online import ONLINE
from digitpad.explore.minibatches import Material
from digitpad.gui.explore.minibatches.direction import Direction
from digitpad.gui.explore.minibatches.online import Online
from digitpad.gui.explore.minibatches.part import Part
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.views import Views
from digitpad.gui.explore.working import Slice, WorkingPage, advance
from digitpad.gui.services.ways import ToTrain
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe

_ONLINE = next(preset.recipe for preset in PRESETS if preset.key == "online")


class MiniBatchesPage(WorkingPage):
    """Many draws of one mini-batch as arrows around the true gradient, their spread by size; two ways to learn.

    Each view has a task; the page's is done when both are.
    """

    IDEA = Idea.MINI_BATCHES
    TEXT = (
        "The larger a mini-batch, the nearer its gradient comes to the true one over all images, in direction and "
        "length. Yet many rough steps on a few images each get further than one exact step that looks at all of them."
    )
    TASK = Direction.TASK
    WAYS = (("Train in mini-batches of 10", ToTrain(Recipe())), ("Train online", ToTrain(_ONLINE)))
    EXERCISES = (ONLINE,)

    def __init__(self, shared: Shared) -> None:
        """Begin with single images and a network that has learned nothing."""
        self._parts: tuple[Part, ...] = ()
        super().__init__(shared)
        self._digits: Digits | None = None  # that the material is made of
        self._material: Material | None = None
        views = ("Direction", "Mini-batches beside the true gradient"), ("Online", "Online beside mini-batch learning")
        self.views = Views(self, *views)
        self.direction = Direction(self.views.pictures[0], self.views.controls[0])
        self.online = Online(self.views.pictures[1], self.views.controls[1])
        self._parts = self.direction, self.online
        for part in self._parts:
            part.changed.connect(self.update_soon)
            part.solved.connect(self._part_done)
        self.views.idClicked.connect(self._turn_to_view)
        self._show_task()

    @property
    def part(self) -> Part:
        """The view in front."""
        return self._parts[self.views.checkedId()]

    def show_view(self, name: str) -> None:
        """Show the view of this name."""
        self.views.show_named(name)

    def _turn_to_view(self) -> None:
        self._show_task()
        self.update_soon()

    # The tasks

    def _part_done(self) -> None:
        if all(part.done for part in self._parts):
            self._done()
        self._show_task()

    def mark_done(self) -> None:
        """Show both tasks as done, as they were when the program was last used."""
        for part in self._parts:
            part.done = True
        super().mark_done()

    def _task_in_view(self) -> tuple[bool, str, str]:
        return (self.part.done, self.part.TASK, self.part.DONE) if self._parts else super()._task_in_view()

    # Work

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing count while nobody looks."""
        super().hideEvent(event)
        for part in self._parts:
            part.pause()

    def _wanted(self) -> Slice | None:
        digits = self.shared.digits.current
        if digits is None:
            return None
        if self._material is None or self._digits is not digits:
            return Slice(partial(_material_of, digits), partial(self._take, digits))
        work = self.part.wanted()
        return None if work is None else Slice(partial(advance, work), self._show_more)

    def _take(self, digits: Digits, material: Material) -> None:
        self._digits, self._material = digits, material
        for part in self._parts:
            part.take(material)
        self.update_soon()

    def _show_more(self, _: object) -> None:
        self.update_soon()

    def _update(self) -> None:
        self.formula.show_lines(*self.part.show_present(self._waiting()))

    def _waiting(self) -> str:
        """Return a word on what is waited for."""
        return self.trouble or ("Loading digits…" if self._material is None else "Computing…")


def _material_of(digits: Digits) -> Material:
    training, test = digits.training, digits.test
    return Material((training.images, training.targets), (test.images, test.targets))
