"""Recipes worth trying: chapter 1's experiments, what goes wrong with other learning rates, and one that does well."""

from dataclasses import dataclass, replace

from digitpad.data.dataset import Kind
from digitpad.train.recipe import Recipe
from digitpad.train.settings import FOUR, TEST_SET


@dataclass(frozen=True)
class Preset:
    """A recipe worth trying; ``key`` names it in the terminal, and ``sentence`` says what it shows.

    ``book`` is the accuracy, in [0, 1], of its best epoch in chapter 1, where that reports one: of the best of three
    runs, as the book says of all its results there. ``others`` are there where its seed was picked, of several, by what
    the test digits said of it: the least and the greatest accuracy of seeds 0 to 7 with MNIST.
    """

    key: str
    name: str
    sentence: str
    recipe: Recipe
    book: float | None = None
    others: tuple[float, float] | None = None

    @property
    def seed_picked(self) -> bool:
        """Whether its seed was picked by the test digits."""
        return self.others is not None

    @property
    def told(self) -> str:
        """All there is to say of it in words: what it shows, what the book reports, and how its seed came about."""
        told = [self.sentence]
        if self.book is not None:
            told.append(f"With MNIST, in {self.of_book}.")
        if self.others is not None:
            least, greatest = (f"{100 * one:.0f}" for one in self.others)
            told.append(
                f"Seed {self.recipe.seed} was picked by the accuracy on the test set, so it is optimistic: with MNIST, "
                f"seeds 0 to 7 came to {least} to {greatest} %."
            )
        return " ".join(told)

    @property
    def of_book(self) -> str:
        """What the book reports, in words; "" where it gives no figure."""
        return "" if self.book is None else f"the book: {100 * self.book:.2f} %, best of three runs"


_CHAPTER_1 = Recipe()
# With weights from N(0, 1) and the quadratic cost, an output neuron may be saturated from the first and never learn:
# 784-100-10 ends between 57 and 97 per cent right, by the seed. 24 is one with which it comes to what the book reports.
PRESETS = (
    Preset(
        "chapter-1", "Chapter 1: 30 hidden neurons", "95 of 100 on MNIST, whatever the seed.", _CHAPTER_1, 0.9542,
    ),
    Preset(
        "chapter-1-100", "Chapter 1: 100 hidden neurons", "Better by this seed, picked by test digits.",
        replace(_CHAPTER_1, hidden=(100,), seed=24), 0.9659, (0.5736, 0.9641),
    ),
    Preset(
        "no-hidden-layer", "No hidden layer", "How far ten neurons get by themselves.",
        replace(_CHAPTER_1, hidden=(), initialisation="scaled", eta=1.0),
    ),
    Preset(
        "four-outputs", "Four outputs", "Bits instead of ten digits: it reads fewer.",
        replace(_CHAPTER_1, outputs=FOUR),
    ),
    Preset(
        "eta-too-small", "Learning rate too small", "It creeps. Seed picked by test digits.",
        replace(_CHAPTER_1, hidden=(100,), eta=0.001, seed=10), 0.2142, (0.0956, 0.3000),
    ),
    Preset(
        "eta-too-large", "Learning rate too large", "Huge steps: it learns nothing.",
        replace(_CHAPTER_1, eta=100.0), 0.1009,
    ),
    Preset(
        "online", "Online learning", "One image a step: as good, and slower.",
        replace(_CHAPTER_1, mini_batch_size=1, eta=0.3, epochs=10),
    ),
    Preset(
        "fast", "Fast and good", "98 of 100 on MNIST, by later chapters' ideas.",
        replace(
            _CHAPTER_1, hidden=(200,), cost="cross-entropy", initialisation="scaled", activation="relu", eta=0.05,
            momentum=0.8, mini_batch_size=20, epochs=8, train_on=60_000,
        ),
    ),
)  # fmt: skip


def in_the_book(recipe: Recipe, kind: Kind) -> Preset | None:
    """Return the preset that ``recipe`` repeats as the book has it, on digits of that ``kind``; None for anything else.

    The book learned from 50,000 of MNIST's images for 30 epochs and counted what was right in the test set; the seed
    may be any.
    """
    preset = preset_of(recipe)
    if preset is None or preset.book is None or kind is not Kind.MNIST:
        return None
    return preset if replace(recipe, seed=0) == replace(preset.recipe, seed=0) else None


def preset_of(recipe: Recipe) -> Preset | None:
    """Return the preset with the same network and the same descent, whatever the seed, epochs and images."""

    def of_network(one: Recipe) -> Recipe:
        return replace(one, seed=0, epochs=1, train_on=1, held_out=TEST_SET, own=False)

    wanted = of_network(recipe)
    return next((preset for preset in PRESETS if of_network(preset.recipe) == wanted), None)
