"""What holds arrays is compared as the thing it is, and not number by number, which for arrays has no one answer."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from typing import get_args

import numpy as np

import digitpad


def holds_arrays(kind: object) -> bool:
    """Whether ``kind`` is that of arrays, or of a sequence of some, and not of what makes them."""
    if isinstance(kind, str):
        return "NDArray" in kind
    if getattr(kind, "__name__", "") == "Callable":
        return False
    return getattr(kind, "__name__", "") == np.ndarray.__name__ or any(map(holds_arrays, get_args(kind)))


def test_no_two_things_that_hold_arrays_are_compared_by_these() -> None:
    seen = 0
    for module in pkgutil.walk_packages(digitpad.__path__, "digitpad."):
        if module.name.endswith("__main__"):
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name:
                compared = [field.name for field in fields(kind) if field.compare and holds_arrays(field.type)]
                by_value = kind.__dataclass_params__.eq  # type: ignore[attr-defined]
                assert not (compared and by_value), f"{kind.__module__}.{kind.__name__}: {', '.join(compared)}"
                seen += 1
    assert seen > 100
