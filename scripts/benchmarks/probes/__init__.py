"""Faults that the program must survive: each a function that brings one about, in a process and a folder of its own.

A probe returns where the fault was survived. Otherwise it raises ``NotSurvived``; or what else it raises, how its
process dies, or that it takes too long or too much memory, says why not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

Probe = Callable[[Path], None]
MODULES = ("dying", "strangers", "incoming", "outgoing", "losing", "lasting")


class NotSurvived(Exception):  # it is what is said, not an error of the probe
    """How a fault was not survived, in words."""


@dataclass(frozen=True)
class Fault:
    """A fault: its ``probe``, and how long and how many MB that may take."""

    probe: Probe
    seconds: float
    most_mb: float


class Faults(dict[str, Fault]):
    """The faults of a module, by name."""

    def add(self, words: str, *, seconds: float = 120.0, most_mb: float = 700.0) -> Callable[[Probe], Probe]:
        """Return a decorator that takes a probe in, under ``words``."""

        def take(probe: Probe) -> Probe:
            self[words] = Fault(probe, seconds, most_mb)
            return probe

        return take


def all_faults() -> list[str]:
    """Return the names of all of them, as ``module: words``."""
    return [f"{module}: {words}" for module in MODULES for words in _of(module)]


def fault(name: str) -> Fault:
    """Return the fault with this name; no other module than its own is loaded."""
    module, words = name.split(": ", 1)
    return _of(module)[words]


def _of(module: str) -> Faults:
    faults: Faults = import_module(f"benchmarks.probes.{module}").FAULTS
    return faults


def check(holds: object, otherwise: str) -> None:
    """Raise NotSurvived with the words ``otherwise`` unless it ``holds``."""
    if not holds:
        raise NotSurvived(otherwise)
