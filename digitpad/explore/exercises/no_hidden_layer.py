"""A network without a hidden layer: how far ten neurons get by themselves, and why no further."""

from collections.abc import Callable

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

# Best of 30 epochs on MNIST's test set, in per cent, least and greatest of eight seeds, by first weights and eta.
SCALED, NORMAL = (92.17, 92.38), (66.36, 84.33)
_NEAR = 1.0  # points that an answer may be off
_GUESSING, _HIDDEN = 12.0, 94.0  # per cent: up to, and from where an answer is another's

_SCALED_WORDS = f"{SCALED[0]:.2f} to {SCALED[1]:.2f} %"
_NORMAL_WORDS = f"{NORMAL[0]:.1f} to {NORMAL[1]:.1f} %"


def accuracy(value: float, own: float | None) -> Verdict:
    """Return what is to be said of an accuracy of ``value`` per cent, where the person's own best is ``own``, a share.

    Right is what networks of that kind reach when their first weights are scaled, and what the person's own reached.
    """
    if not 0 <= value <= 100:
        return Verdict(False, "An accuracy lies from 0 to 100 per cent.")
    if SCALED[0] - _NEAR <= value <= SCALED[1] + _NEAR:
        return Verdict(
            True, f"With first weights that are scaled, and η = 1, eight seeds came to {_SCALED_WORDS} here."
        )
    if own is not None and abs(value - 100 * own) <= _NEAR:
        return Verdict(
            True,
            f"So did your own: {100 * own:.2f} %. With first weights that are scaled, and η = 1, eight seeds came to "
            f"{_SCALED_WORDS} on MNIST.",
        )
    if value <= 1:
        return Verdict(False, "In per cent, please: a share of 0.5 is 50.")
    if value <= _GUESSING:
        return Verdict(False, "That is guessing. Ten neurons that weigh pixels learn much more than that.")
    if NORMAL[0] - _NEAR <= value <= NORMAL[1] + _NEAR:
        return Verdict(
            False,
            f"It can be so, with chapter 1's own first weights and η = 3: eight seeds came to {_NORMAL_WORDS}. They "
            "hardly ever answer one, two or three of the digits: these outputs say almost 0 to nearly every image, "
            "where their slope is almost 0, and do not come back. With scaled first weights all ten learn.",
        )
    if value >= _HIDDEN:
        return Verdict(
            False,
            "A known mistake, “the hidden layer's figure”: about 95 % is what 30 hidden neurons reach. Without them it "
            "stays below that, however long it learns.",
        )
    return Verdict(
        False, "Not as measured. Train one: the preset “No hidden layer” in the Train tab takes some seconds."
    )


_WHY = Choose(
    "Why does it get no further?",
    (
        (
            "It has had too few epochs.",
            Verdict(False, "With 60 epochs instead of 30, three seeds got at most 0.12 points further (measured)."),
        ),
        (
            "It has fewer weights: 7,850 with the biases, where 784-30-10 has 23,860.",
            Verdict(
                False,
                "784-9-10 has fewer still, 7,165, and reads about as many: 91.9 to 92.3 % (three seeds, measured). The "
                "number of weights is not what decides.",
            ),
        ),
        (
            "Each output only adds up what the pixels say: ink in one place counts the same, whatever is elsewhere.",
            Verdict(
                True,
                "What an output answers hangs on one weighted sum. It can ask for ink around paper in one place, but "
                "loops are large or small, here or there: what is the line of one is the inside of another. To know "
                "which it is takes neurons in between.",
            ),
        ),
        (
            "Without a hidden layer there is no gradient to go down.",
            Verdict(
                False,
                "There is one: ∂<i>C</i>/∂<i>w</i> of the output layer needs no other layer. It is the simplest case "
                "of gradient descent there is.",
            ),
        ),
    ),
)


def no_hidden_layer(own: Callable[[], float | None]) -> Exercise:
    """Return the exercise; ``own`` returns the best accuracy, in [0, 1], of such networks of the person's, if any."""
    return Exercise(
        "no_hidden_layer",
        "no hidden layer",
        f"{BOOK}#exercise_420023",
        "Make a network of two layers only, 784 inputs and ten outputs, and train it on MNIST by stochastic gradient "
        "descent. How many of the test digits does it read?",
        (Number("The best accuracy, in per cent:", lambda value: accuracy(value, own())), _WHY),
        (
            "The network is <i>a</i> = σ(<i>w</i>·<i>x</i> + <i>b</i>) with <i>w</i> of 10 × 784: ten neurons, each "
            "with a weight for every pixel.",
            "The preset “No hidden layer” sets it up: first weights scaled by the root of the number of inputs, η = 1, "
            f"mini-batches of 10, 30 epochs. Measured on the test set, by eight seeds: {_SCALED_WORDS}.",
            f"With chapter 1's first weights from N(0, 1) and η = 3 it came to {_NORMAL_WORDS}: one, two or three "
            "outputs are driven to 0 for nearly every image in the first steps. There σ′(<i>z</i>) is almost 0, so "
            "they learn nothing more. Nine tenths of the images want a 0 of any output, so this costs it little.",
            "Each row of <i>w</i> is a picture, ink where its digit has ink and none of the others do. The largest of "
            "ten sums answers. What can be told apart that way is told; where ink in one place speaks for a digit or "
            "against it by what is elsewhere, as with loops of different sizes, it is not.",
            "With a hidden layer of 30 the sums are taken of neurons that have decided something already: about 95 %.",
        ),
    )
