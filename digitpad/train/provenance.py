"""How a network was made: what its file tells a person, and what the program needs to show its run again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import islice

from digitpad.errors import SENTENCE, one_line

_MOST_OTHERS = 30  # of what else it tells
# What a person reads first; a safetensors file keeps its metadata in no order.
_FIRST = ("name", "accuracy", "data", "deformation", "epochs", "mini-batch size", "eta", "final eta", "momentum")


def _key(name: str) -> str:
    """Declare a field that stands in the metadata under another ``name`` than its own."""
    return field(default="", metadata={"key": name})


@dataclass(frozen=True)
class Provenance:
    """Where a network comes from, each field a text as it is shown, "" where nothing is known of it.

    ``accuracy`` says on what it was measured, ``deformation`` how the images were deformed that it learned from, ""
    where they were not. ``recipe`` and ``curves`` are JSON, for the program (``train/runs.py``).
    ``others`` is whatever else its maker put into the file, by name.
    """

    name: str = ""
    accuracy: str = ""
    data: str = ""
    deformation: str = ""
    epochs: str = ""
    mini_batch_size: str = _key("mini-batch size")
    eta: str = ""
    momentum: str = ""
    l2: str = _key("L2")
    first_weights: str = _key("first weights")
    seed: str = ""
    own_drawings: str = _key("own drawings")
    recipe: str = ""
    curves: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, metadata: Mapping[str, str]) -> "Provenance":
        """Return what the ``metadata`` of a network's file tell: names and texts as one line each, of a bounded length.

        Whoever made the file may have wanted anything of them. The recipe and the curves are read elsewhere.
        """
        known = {name: metadata[key] for key, name in _KEYS.items() if key in metadata}
        told = {name: text if name in _FOR_THE_PROGRAM else one_line(text) for name, text in known.items()}
        told |= {name: one_line(known[name], SENTENCE) for name in ("data", "deformation") if name in known}
        others = islice(((key, text) for key, text in metadata.items() if key not in _KEYS), _MOST_OTHERS)
        return cls(**told, others={one_line(key): one_line(text, SENTENCE) for key, text in others})

    @property
    def reads_nine(self) -> bool:
        """Whether the network's answer is the mean over deformed copies: where it learned from such, and no others."""
        return bool(self.deformation)

    @property
    def metadata(self) -> dict[str, str]:
        """What stands in a network's file: all that is known, by name."""
        known = {key: getattr(self, name) for key, name in _KEYS.items()}
        return {key: text for key, text in known.items() if text} | dict(self.others)

    @property
    def rows(self) -> dict[str, str]:
        """What a person may want to read, by name, the most telling first; not the recipe and the curves."""
        told = {key: text for key, text in self.metadata.items() if key not in _FOR_THE_PROGRAM}
        return {key: told.pop(key) for key in _FIRST if key in told} | dict(sorted(told.items()))


_FOR_THE_PROGRAM = ("recipe", "curves")
_KEYS = {one.metadata.get("key", one.name): one.name for one in fields(Provenance) if one.name != "others"}
