"""digitpad: draw a digit and watch a neural network read it, live.

As a library it reads pictures and drawings of digits, and trains the networks of chapter 1 of Michael Nielsen's *Neural
Networks and Deep Learning* in NumPy; nothing of it needs Qt or a display. All that ``__all__`` names is here, and is
loaded when it is first asked for; docs/library.md shows what to do with it.

>>> import digitpad
>>> network = digitpad.Network([784, 30, 10], seed=1)
>>> network.feedforward([0.0] * 784).shape
(10,)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digitpad.data.dataset import Dataset, Digits
    from digitpad.draw.drawing import Drawing
    from digitpad.draw.numbers import Number
    from digitpad.draw.preprocess import Stages, preprocess
    from digitpad.draw.reading import Reading, Verdict
    from digitpad.errors import DigitpadError
    from digitpad.library.files import load_digits, load_drawings, load_model, load_network, load_picture, save_network
    from digitpad.library.reading import drawing_of, read, read_number
    from digitpad.nn.evaluation import Evaluation, evaluate
    from digitpad.nn.network import Network
    from digitpad.nn.training import Progress, TrainingConfig, sgd
    from digitpad.train.experiment import Experiment, Measurement
    from digitpad.train.model_file import Model
    from digitpad.train.recipe import Recipe

__version__ = "0.1.0"

__all__ = [
    "Dataset",
    "DigitpadError",
    "Digits",
    "Drawing",
    "Evaluation",
    "Experiment",
    "Measurement",
    "Model",
    "Network",
    "Number",
    "Progress",
    "Reading",
    "Recipe",
    "Stages",
    "TrainingConfig",
    "Verdict",
    "__version__",
    "drawing_of",
    "evaluate",
    "load_digits",
    "load_drawings",
    "load_model",
    "load_network",
    "load_picture",
    "preprocess",
    "read",
    "read_number",
    "save_network",
    "sgd",
]

# Where each is, so that ``digitpad --version`` need not load them.
_MODULES = {
    "data.dataset": ("Dataset", "Digits"),
    "draw.drawing": ("Drawing",),
    "draw.numbers": ("Number",),
    "draw.preprocess": ("Stages", "preprocess"),
    "draw.reading": ("Reading", "Verdict"),
    "errors": ("DigitpadError",),
    "library.files": ("load_digits", "load_drawings", "load_model", "load_network", "load_picture", "save_network"),
    "library.reading": ("drawing_of", "read", "read_number"),
    "nn.evaluation": ("Evaluation", "evaluate"),
    "nn.network": ("Network",),
    "nn.training": ("Progress", "TrainingConfig", "sgd"),
    "train.experiment": ("Experiment", "Measurement"),
    "train.model_file": ("Model",),
    "train.recipe": ("Recipe",),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}

if not TYPE_CHECKING:  # to which any name would be here

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_WHERE})
