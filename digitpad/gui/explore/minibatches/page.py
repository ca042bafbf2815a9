"""``MiniBatchesPage``: the gradients of mini-batches beside the true one, and online learning beside them."""

from functools import partial

from digitpad.data.dataset import Digits
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.online import ONLINE
from digitpad.explore.minibatches import Material
from digitpad.gui.explore.minibatches.direction import Direction
from digitpad.gui.explore.minibatches.online import Online
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.working import Slice, WorkingPage
from digitpad.gui.services.ways import ToTrain
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe

_ONLINE = next(preset.recipe for preset in PRESETS if preset.key == "online")


class MiniBatchesPage(WorkingPage):
    """Many draws of one mini-batch as arrows around the true gradient, their spread by size; two ways to learn.

    Each view has a task.
    """

    IDEA = Idea.MINI_BATCHES
    TEXT = (
        "The larger a mini-batch, the nearer its gradient comes as a rule to the true one over all images, in "
        "direction and length. Yet many rough steps on a few images each get further than one exact step that looks "
        "at all of them."
    )
    TASK = Direction.TASK
    MORE_TASKS = (Online.TASK,)
    WAYS = (("Train in mini-batches of 10", ToTrain(Recipe())), ("Train online", ToTrain(_ONLINE)))
    EXERCISES = (ONLINE,)

    def __init__(self, shared: Shared) -> None:
        """Begin with single images and a network that has learned nothing."""
        self.direction, self.online = Direction(), Online()
        super().__init__(shared, self.direction, self.online)
        self._digits: Digits | None = None  # that the material is made of

    def _wanted(self) -> Slice | None:
        digits = self.shared.digits.current
        if digits is not None and digits is not self._digits:
            return Slice(partial(_material_of, digits), partial(self._take, digits))
        return super()._wanted()

    def _take(self, digits: Digits, material: Material) -> None:
        self._digits = digits
        for part in (self.direction, self.online):
            part.take(material)
        self.update_soon()


def _material_of(digits: Digits) -> Material:
    training, test = digits.training, digits.test
    return Material((training.images, training.targets), (test.images, test.targets))
