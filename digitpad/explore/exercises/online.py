"""Online learning: one advantage, and one disadvantage, beside mini-batches of twenty."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

_ONE_US, _TWENTY_US = 22, 50  # microseconds that an update took
_TIMES = 20 * _ONE_US / _TWENTY_US  # as long does an epoch take online

_ADVANTAGE = Choose(
    "What is an <b>advantage</b> of online learning over mini-batches of 20?",
    (
        (
            "An epoch takes less time.",
            Verdict(
                False,
                "A known mistake, “online is cheaper”: it mixes up the update with the epoch. One update is "
                "cheaper, as it looks at one image. But an epoch has twenty times as many, and takes longer.",
            ),
        ),
        (
            "It uses what an image teaches at once: the next image is already seen by the weights that came of it.",
            Verdict(
                True,
                "In a mini-batch twenty gradients are taken at the same weights; online each is taken where the "
                "last one led. With long steps that tells: it is what is left of the lead when η/m is the same.",
            ),
        ),
        (
            "Its gradients are more accurate.",
            Verdict(False, "The other way round: the gradient of one image is further off than the mean of twenty."),
        ),
        (
            "With the same η it gets further in an epoch: so it makes more of every image.",
            Verdict(
                False,
                "A known mistake, “the same η is fair”: with the same η an image moves the weights by η online, but "
                "by η/20 in a mini-batch. Most of that lead is step length, and a larger η gives it to the "
                "mini-batch, too.",
            ),
        ),
    ),
)
_DISADVANTAGE = Choose(
    "What is a <b>disadvantage</b>?",
    (
        (
            "An update takes longer.",
            Verdict(
                False, "It looks at one image instead of twenty, and takes less. It is the epoch that takes longer."
            ),
        ),
        (
            "It cannot reach as low a cost.",
            Verdict(
                False,
                "It can: with a small η, or one that becomes smaller, its rough steps average out. Rough is not "
                "biased: on average a step leads exactly where the true gradient does.",
            ),
        ),
        (
            "It needs all images at once.",
            Verdict(False, "On the contrary: it can learn from images as they come in, and keep none of them."),
        ),
        (
            "Its steps are rougher: the gradient of one image is further off the true one, and the cost shakes.",
            Verdict(
                True,
                "Drawn at random, the mean of 20 gradients is off by 1/√20 of what one is: online, steps are about 4.5 "
                "times as far off. With the same η the cost shakes, and η cannot be chosen as large.",
            ),
        ),
    ),
)


def _check(value: float) -> Verdict:
    if abs(value / _TIMES - 1) < 0.02:
        return Verdict(
            True,
            f"20 · {_ONE_US} / {_TWENTY_US} = {_TIMES:.2f}: dearer by the epoch, though cheaper by the update. "
            "Twenty images as the rows of one matrix take one product, which a processor makes faster than twenty "
            "small ones.",
        )
    if abs(value / (_ONE_US / _TWENTY_US) - 1) < 0.05:
        return Verdict(
            False,
            "That is the update: “online is cheaper” forgets that an epoch has twenty times as many updates online.",
        )
    return Verdict(False, "An epoch online has 20 updates for each one of a mini-batch. Compare the times of these.")


ONLINE = Exercise(
    key="online",
    title="online learning, for and against",
    address=f"{BOOK}#exercise_263792",
    question=(
        "Online learning takes a mini-batch of <i>m</i> = 1: after each image the weights move, by −<i>η</i> times the "
        "gradient of its cost alone. Name one advantage and one disadvantage beside mini-batches of, say, "
        "<i>m</i> = 20. Then say what it costs."
    ),
    answers=(
        _ADVANTAGE,
        _DISADVANTAGE,
        Number(
            f"An update of 784-30-10 took {_ONE_US} µs with one image, and {_TWENTY_US} µs with twenty. How many "
            "times as long as with mini-batches of 20 does an epoch take online?",
            _check,
        ),
    ),
    steps=(
        "Often one reads: “online is less costly, but less accurate.” Both are half of the answer.",
        "<b>Less costly?</b> By the update: it looks at one image instead of twenty. By the epoch it does the same "
        "sums for the same images, in twenty times as many updates, and each update has its own fixed effort. "
        "Twenty images as rows of one matrix are multiplied together, which is faster: an epoch is dearer online. "
        "The view Online shows both times, as they are here.",
        "<b>Less accurate?</b> A step is rougher: the mean of <i>m</i> gradients drawn at random is off by "
        "1/√<i>m</i> of what one is. But none is off to one side: the mean over all images of the gradient of one "
        "is the true gradient.",
        "<b>So what is the advantage?</b> An epoch has <i>n</i> updates instead of <i>n</i>/20, and each gradient "
        "is taken at weights that know all images before it.",
        "<b>How large is it?</b> To see it, let an image move the weights as far: the same <i>η</i>/<i>m</i>. "
        "Twenty small steps of <i>η</i>/20 and one of <i>η</i> differ only by how the gradient changes on the way, "
        "which is of second order in <i>η</i>: with short steps next to none, with long ones some. With the same "
        "<i>η</i> instead, most of the lead one sees is step length.",
        "And what one cannot see in a cost: who learns online can learn from images as they come, and keep none.",
    ),
)
