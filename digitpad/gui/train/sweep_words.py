"""What is said of a sweep of the learning rate, in plain words."""

from collections.abc import Iterator

from digitpad.gui.words import counted
from digitpad.train.settings import LARGEST_ETA, SETTINGS
from digitpad.train.sweep import Sweep, Swept

LONGEST = 640  # letters of all that the picture is said to show
_NEAR, _WORSE = 0.02, 0.05  # accuracy: so near the order may be chance, and so far behind is told of
_TOLD = 3  # epochs at most, the last ones
MEANWHILE = (
    "Too small an η creeps: the steps are so short that it gets nowhere soon. Too large a one jumps: the steps are so "
    "long that they lead past the bottom of the cost. The best is somewhere between."
)
_BY_HAND = (
    "The book has one do this by hand: chapter 1 goes up from 0.001, ten times each time, as long as that helps; "
    "chapter 3 looks, by orders of magnitude, for the largest η at which the cost of the training digits falls from "
    "the first."
)


def shown(eta: float) -> str:
    """Return ``eta`` as one would type it."""
    return SETTINGS["eta"].show(eta)


def percent(accuracy: float | None) -> str:
    """Return an ``accuracy``; None is that of a network whose weights are no numbers any more."""
    return "no numbers" if accuracy is None else f"{100 * accuracy:.1f} %"


def of_sweep(sweep: Sweep) -> str:
    """Return what is done in it."""
    recipe = sweep.recipe
    own = ", at most, and your own," if recipe.own else ""  # some may be left out for whole mini-batches
    return (
        f"{len(sweep.etas)} networks {recipe.sizes} begin alike and learn from the same {recipe.train_on:,} digits"
        f"{own} for {counted(recipe.epochs, 'epoch')}; all else is the form's, but for η. Accuracy is on "
        f"{sweep.validation:,} validation digits, which none learns from; the test set is not read. Pale: after fewer "
        "epochs. Dashed: the form's η."
    )


def at_eta(swept: Swept, eta: float) -> str:
    """Return what a network has come to at ``eta``, epoch by epoch."""
    found = swept.accuracies[eta][1:]
    if not found:
        return f"η = {shown(eta)}: none of its epochs is over"
    told = [(epoch, accuracy) for epoch, accuracy in enumerate(found, 1)][-_TOLD:]
    numbers = ", ".join(percent(accuracy) for _, accuracy in told)
    epochs = ", ".join(str(epoch) for epoch, _ in told)
    return f"η = {shown(eta)}: {numbers} after {epochs} {'epoch' if len(found) == 1 else 'epochs'}"


def what_it_shows(swept: Swept) -> list[str]:
    """Return what can be learned from what was measured, a sentence or two each."""
    return list(_sentences(swept)) if swept.epochs else ["It was stopped before an epoch was over."]


def _sentences(swept: Swept) -> Iterator[str]:
    last, best, epochs = swept.last, swept.best, counted(swept.epochs, "epoch")
    least, largest = min(last), max(last)
    if len(last) == 1:
        reached = percent(swept.accuracies[least][-1])
        yield f"Only η = {shown(least)} came to {epochs}, with {reached}: there is nothing to compare it with."
        return
    if best is None:
        above = f" or above {shown(largest)}" if largest < LARGEST_ETA else ""
        yield (
            f"None of these has learned anything in {epochs}. More epochs or smaller mini-batches, which make more "
            f"steps, may help, or an η below {shown(least)}{above}."
        )
        return
    yield f"Best of these by the validation digits: η = {shown(best)}, with {percent(last[best])} after {epochs}."
    if least < best and last[least] < last[best] - _WORSE:
        yield (
            f"Too small, it creeps: with {shown(least)} the steps are so short that {epochs} lead only to "
            f"{percent(last[least])}."
        )
    if largest > best and last[largest] < last[best] - _WORSE:
        yield (
            f"Too large, it jumps: with {shown(largest)} the steps lead past the bottom, and {_end(swept, largest)}."
        )
    if best in (least, largest) and best < LARGEST_ETA:
        which, more = ("smallest", "smaller") if best == least else ("largest", "larger")
        yield f"It is the {which} of those measured, and {more} ones may do better: choose it and sweep again."
    near = [shown(eta) for eta, accuracy in last.items() if eta != best and accuracy >= last[best] - _NEAR]
    if near:
        come = "comes" if len(near) == 1 else "come"
        yield f"{' and '.join(near)} {come} near it: with another seed, or in more epochs, the order may be another."
    yield _BY_HAND


def _end(swept: Swept, eta: float) -> str:
    if swept.accuracies[eta][-1] is None:
        return "the weights grew beyond all numbers"
    return f"it comes to {percent(swept.last[eta])}"
