"""What is had once and stays, whenever that is: ``take_all`` has it at first, so that it is not taken for growth.

These are modules that are loaded when they are first needed, and what OpenBLAS keeps for each thread that multiplies
something large while another does.
"""

import pkgutil
from importlib import import_module
from threading import Barrier, Thread

import numpy as np
from PIL import Image

import digitpad

_LOADED_LATE = ("logging.handlers", "onnx.checker", "onnx.helper", "onnx.numpy_helper", "pooch", "requests")
_THREADS = 4  # that multiply at the same time: the window's, the one that trains, and some with jobs
_IMAGES, _PIXELS = 10_000, 784  # multiplied with as many neurons as pixels: nothing takes more of that memory


def take_all() -> None:
    """Load every module of the program and what those load late, and multiply in several threads at once."""
    for module in pkgutil.walk_packages(digitpad.__path__, "digitpad."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in _LOADED_LATE:
        import_module(name)
    Image.init()  # every kind of picture
    together = Barrier(_THREADS)
    threads = [Thread(target=_multiply, args=(together,)) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _multiply(together: Barrier) -> None:
    for kind in np.float32, np.float64:
        images, weights = np.ones((_IMAGES, _PIXELS), kind), np.ones((_PIXELS, _PIXELS), kind)
        outputs = np.empty((_IMAGES, _PIXELS), kind)
        together.wait()
        np.matmul(images, weights, out=outputs)
