"""Faults that the program must survive: each a function that brings one about, in a process and a folder of its own.

A probe returns where the fault was survived. Otherwise it raises ``NotSurvived``; or what else it raises, how its
process dies, or that it takes too long or too much memory, says why not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

Probe = Callable[[Path], None]
MODULES = ("dying", "strangers", "incoming", "outgoing", "losing", "lasting")


class NotSurvived(Exception):  # it is what is said, not an error of the probe
    """How a fault was not survived, in words."""


@dataclass(frozen=True)
class Fault:
    """A fault in ``words``, its ``probe``, and how long and how many MB that may take."""

    words: str
    probe: Probe
    seconds: float
    most_mb: float


class Faults(dict[str, Fault]):
    """The faults of a module, by name."""

    def add(self, words: str, *, seconds: float = 120.0, most_mb: float = 700.0) -> Callable[[Probe], Probe]:
        """Return a decorator that takes a probe in, under ``words``."""

        def take(probe: Probe) -> Probe:
            self[words] = Fault(words, probe, seconds, most_mb)
            return probe

        return take


def all_faults() -> Mapping[str, Fault]:
    """Return all of them by their words, as ``module: words``."""
    found: dict[str, Fault] = {}
    for module in MODULES:
        faults: Faults = import_module(f"benchmarks.probes.{module}").FAULTS
        found |= {f"{module}: {words}": fault for words, fault in faults.items()}
    return found


def check(holds: object, otherwise: str) -> None:
    """Raise NotSurvived with the words ``otherwise`` unless it ``holds``."""
    if not holds:
        raise NotSurvived(otherwise)
