"""A run of training as a program in plain NumPy, which gives the same curve: the lines its recipe needs, and no others.

It takes the steps of ``digitpad.nn`` in the order in which they are taken there, since float32 numbers added in another
order differ in their last bits, and training makes much of that. Where the digits are no files as MNIST's are, they are
loaded by ``import digitpad``, and so is what deforms digits.
"""

import math
from pathlib import Path
from textwrap import wrap

from digitpad.data.dataset import Kind
from digitpad.errors import ExportError, one_line
from digitpad.files.writing import encodable
from digitpad.nn.batches import block_of
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import TEST_SET

_PARTS = "train", "t10k"
_MOST_HELD_OUT = 10_000

_LOAD = '''

def load(part):
    """Return the images (n, 784), greys from 0 to 1, and the digits (n,) of "train" or "t10k"."""
    arrays = []
    for what, header in (("images", 16), ("labels", 8)):  # bytes before the numbers
        file = min(FOLDER.glob(f"{part}-{what}*ubyte*"))
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        arrays.append(np.frombuffer(content, np.uint8, offset=header))
    return arrays[0].reshape(-1, 784) * np.float32(1 / 255), arrays[1]
'''

_NEURONS = '''

def sigmoid(z):
    """Return 1 / (1 + e^-z); a higher power of e than 87.8 would be beyond float32."""
    return 1 / (1 + np.exp(np.minimum(-z, 87.8)))


def activations(x):
    """Return what all layers answer to the images x (m, 784), the input first, each (m, n)."""
    a = [x]
    for w, b in zip(weights, biases):
        {forward}
    return a


def gradient(x, y, rate):
    """Return rate times the gradient of the cost, summed over images x with targets y, as weights and biases are."""
    a = activations(x)
    nabla_w, nabla_b = [None] * len(weights), [None] * len(weights)
    delta = {error} * rate  # BP1
    for layer in reversed(range(len(weights))):
        nabla_w[layer] = delta.T.dot(a[layer])  # BP4
        nabla_b[layer] = np.ones(len(x), np.float32).dot(delta)  # BP3
        if layer:
            delta = delta.dot(weights[layer]) * {derivative}  # BP2
    return nabla_w + nabla_b


def correct():
    """Return how many of the held-out images have their largest output at their digit."""
    parts = np.split(np.arange(len(held_out)), range(CHUNK, len(held_out), CHUNK))
    return sum(np.sum(activations(held_out[part])[-1].argmax(axis=1) == held_labels[part]) for part in parts)

'''

_ALL_SIGMOID = "a.append(sigmoid(a[-1].dot(w.T) + b))"
_ONLY_LAST_SIGMOID = "z = a[-1].dot(w.T) + b\n        a.append(sigmoid(z) if w is weights[-1] else {function})"
_HIDDEN = {  # what a hidden neuron makes of z, and the derivative of that by what it made
    "sigmoid": ("sigmoid(z)", "((1 - a[layer]) * a[layer])"),
    "tanh": ("np.tanh(z)", "(1 - a[layer] * a[layer])"),
    "relu": ("np.maximum(z, 0)", "np.sign(a[layer])"),
}
_ERRORS = {
    "quadratic": "(a[-1] - y) * ((1 - a[-1]) * a[-1])",
    "cross-entropy": "(a[-1] - y)",
}


def script_of(run: Run, digits: Path) -> str:
    """Return the program; ``digits`` is where the data set lies that ``run`` learned from.

    Raises ExportError where the run learned from the person's own drawings, which a program cannot have, and where its
    network has four outputs.
    """
    recipe = run.recipe
    if recipe.own:
        raise ExportError(
            f"Run #{run.number} learned from your drawings, too, which a program elsewhere does not have: "
            "train it without My digits, and copy that."
        )
    if recipe.codes is not None:
        raise ExportError(
            f"Run #{run.number} has four outputs, the bits of a digit, and the program is for ten: "
            "train it with ten outputs, and copy that."
        )
    from_files = run.kind is not Kind.OTHER and _has_files(digits)
    chunk = recipe.network().chunk
    hidden, derivative = _HIDDEN[recipe.activation]
    forward = _ALL_SIGMOID if recipe.activation == "sigmoid" else _ONLY_LAST_SIGMOID.format(function=hidden)
    neurons = _NEURONS.format(forward=forward, error=_ERRORS[recipe.cost], derivative=derivative)
    return "".join(
        (_heading(run), _imports(recipe, from_files), _constants(run, chunk, digits, from_files),
         _LOAD if from_files else "", neurons, _data(recipe, from_files), _first_weights(recipe),
         _training(recipe, chunk))
    )  # fmt: skip


def left_out(run: Run) -> str:
    """Return a sentence on what of the curve the program does not have, or ""."""
    if run.marks:
        changes = "; ".join(f"{one_line(mark.text)} after {mark.epochs:g} epochs" for mark in run.marks[:3])
        return f"What was changed on the way is left out ({changes}{' ...' if len(run.marks) > 3 else ''})."
    if run.epochs > run.recipe.epochs:
        return "If the run was taken up again in another sitting, it saw the images in another order from there on."
    return ""


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and all(
        any(folder.glob(f"{part}-{what}*ubyte*")) for part in _PARTS for what in ("images", "labels")
    )


def _heading(run: Run) -> str:
    # In a comment, which nothing that a file may have told can end.
    told = "".join(f"# {line}\n" for line in wrap(encodable(left_out(run)), 118))
    return f'''"""A network that learns to read digits, in plain NumPy, as run #{run.number} of digitpad did.

{run.recipe.title}

The first weights, the order of the images and each step are those of the run, in float32 as there. So the curve is the
same, to the last bit on the same machine with the same NumPy.
"""

{told}'''


def _imports(recipe: Recipe, from_files: bool) -> str:
    lines = ["import gzip"] if from_files else []
    lines += ["import os"]
    lines += ["from pathlib import Path"] if from_files else []
    lines += ["", 'os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # products as small as these are quickest so']
    lines += ["import numpy as np"]
    lines += [] if from_files else ["import digitpad"]
    lines += ["from digitpad.train.recipe import DEFORM"] if recipe.deform else []
    return "\n".join(lines) + "\n\n"


def _constants(run: Run, chunk: int, digits: Path, from_files: bool) -> str:
    recipe = run.recipe
    place = str(digits.absolute())
    of_files = f"FOLDER = Path({place!a})  # four files of digits as MNIST's are"
    size = recipe.config(recipe.train_on).mini_batch_size
    epochs = max(recipe.epochs, math.ceil(run.epochs))
    lines = [
        of_files if from_files else f"DIGITS = {place!a}",
        f"SIZES, SEED = {[784, *recipe.hidden, 10]}, {recipe.seed}",
        f"TRAIN_ON, EPOCHS, MINI_BATCH, ETA = {recipe.train_on}, {epochs}, {size}, {recipe.eta}",
        f"CHUNK = {chunk}  # images to take at once",
    ]
    lines += [f"MOMENTUM = {recipe.momentum}"] if recipe.momentum else []
    lines += [f"L2 = {recipe.l2}  # the book's lambda / n"] if recipe.l2 else []
    return "\n".join(lines) + "\n"


def _data(recipe: Recipe, from_files: bool) -> str:
    def loaded(part: str, name: str) -> str:
        if from_files:
            return f'load("{part}")'
        return f"digits.{name}.images * np.float32(1 / 255), digits.{name}.labels"

    lines = [] if from_files else ["digits = digitpad.load_digits(DIGITS)"]
    lines += [f"images, labels = {loaded('train', 'training')}"]
    if recipe.held_out != TEST_SET:
        lines += [f"rest = max(TRAIN_ON, len(images) - {_MOST_HELD_OUT})"]
        lines += ["held_out, held_labels = images[rest:], labels[rest:]"]
    else:
        lines += [f"held_out, held_labels = {loaded('t10k', 'test')}"]
    lines += ["images, targets = images[:TRAIN_ON], np.eye(10, dtype=np.float32)[labels[:TRAIN_ON]]"]
    return "\n" + "\n".join(lines) + "\n"


def _first_weights(recipe: Recipe) -> str:
    if recipe.initialisation == "scaled":
        drawn = "(generator.standard_normal((n, m)) / np.sqrt(m)).astype(np.float32)"
    else:
        drawn = "generator.standard_normal((n, m)).astype(np.float32)"
    return (
        f"""
generator = np.random.default_rng(SEED)
biases = [generator.standard_normal(n).astype(np.float32) for n in SIZES[1:]]
weights = [{drawn} for m, n in zip(SIZES, SIZES[1:])]
{"velocity = [np.zeros_like(one) for one in weights + biases]" if recipe.momentum else ""}
""".rstrip()
        + "\n"
    )


def _training(recipe: Recipe, chunk: int) -> str:
    n, size = recipe.train_on, recipe.config(recipe.train_on).mini_batch_size
    x = "images"
    lines = ["order = generator.permutation(len(images))"]
    if recipe.deform:
        x = "deformed"
        block = block_of(n, size, chunk, augmented=True)
        lines += [
            "deformed = np.empty_like(images)",
            f"for part in np.split(order, range({block}, len(order), {block})):",
            "    deformed[part] = DEFORM(images[part], generator)",
        ]
    lines += ["for k in range(0, len(order), MINI_BATCH):", "    batch = order[k : k + MINI_BATCH]"]
    if size > chunk:
        lines += [
            "    nablas = [np.zeros_like(one) for one in weights + biases]",
            "    for part in np.split(batch, range(CHUNK, len(batch), CHUNK)):",
            f"        for nabla, more in zip(nablas, gradient({x}[part], targets[part], ETA / len(batch))):",
            "            nabla += more",
        ]
    else:
        lines += [f"    nablas = gradient({x}[batch], targets[batch], ETA / len(batch))"]
    if recipe.l2:
        lines += ["    for w, nabla in zip(weights, nablas):", "        nabla += ETA * L2 * w"]
    if recipe.momentum:
        lines += [
            "    for one, v, nabla in zip(weights + biases, velocity, nablas):",
            "        v *= MOMENTUM",
            "        v -= nabla",
            "        one += v",
        ]
    else:
        lines += ["    for one, nabla in zip(weights + biases, nablas):", "        one -= nabla"]
    steps = "\n".join(f"        {line}" for line in lines)
    return f"""
generator = np.random.default_rng(SEED)  # anew, for the order of the images
for epoch in range(EPOCHS + 1):
    if epoch:
{steps}
    right = correct()
    print(f"epoch {{epoch}}: {{right}} of {{len(held_out)}}, {{right / len(held_out):.2%}}")
"""
