"""Numbers and layers as people type them: what is unmistakable is read, all else is refused.

Whatever cannot be read raises ValueError; its text is a hint for the person, or empty. ``int`` and ``float`` of Python
would not do: to them "1_0" is 10, and a comma left out makes 15 of "1,5".
"""

import re
from decimal import Decimal

_INPUTS, _OUTPUTS = 784, 10  # of every network here

# Signs that only look different: a minus, a quote that divides thousands, and what a Chinese keyboard has.
_ALIKE = str.maketrans("\u2212\u2019，．＋－０１２３４５６７８９", "-',.+-0123456789")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?")
_IN_THREES = re.compile(r"\+?[1-9]\d{0,2}(?:(?P<mark>[\s_',])\d{3})(?:(?P=mark)\d{3})*")
_POINT_IN_THREES = re.compile(r"\+?[1-9]\d{0,2}(\.\d{3})+")  # thousands to some, a fraction to others
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d{1,3})?")

_BRACKETS = re.compile(r"\[(.*)\]|\((.*)\)|\{(.*)\}")
_BETWEEN = re.compile(r"\s*(?:->|[,;x*×\u3001→>\u2010-\u2015-])\s*|\s+")
_THOUSANDS = re.compile(r"(?<!\d)([12])[, ](0\d\d)(?!\d)")  # nobody writes a layer's size with a 0 before it
_ONE_LAYER_OR_TWO = re.compile(r"(?<!\d)[12][, ]\d{3}(?!\d)")
_TIMES = re.compile(r"([1-9])\s*[x*×]\s*(\d+)|(\d+)\s*[x*×]\s*([1-9])")  # so many layers of the same size?


def number(text: str) -> float:
    """Return the number that ``text`` stands for, such as "0.5", "1e-3" or "1 000". It may be beyond all bounds."""
    text = _plain(text)
    if text.count(",") and _IN_THREES.fullmatch(text):
        fraction = f", {text.replace(',', '.')} for a fraction" if text.count(",") == 1 else ""
        raise ValueError(f"write {text.replace(',', '')} for thousands{fraction}")
    if _DECIMAL_COMMA.fullmatch(text):
        raise ValueError(f"with a point, as in {text.replace(',', '.')}")
    exact = _decimal(text)
    if exact and not float(exact):
        raise ValueError("it is so small that it counts as 0")
    return float(exact)


def whole_number(text: str, low: int, high: int) -> int:
    """Return the whole number from ``low`` to ``high`` that ``text`` stands for: "3", "3.0", "1e3", "1,000"."""
    text = _plain(text)
    if _POINT_IN_THREES.fullmatch(text):
        raise ValueError(f"write {text.replace('.', '')} for thousands, {text.partition('.')[0]} for no fraction")
    exact = _decimal(text)
    if not low <= exact <= high or exact != exact.to_integral_value():
        raise ValueError
    return int(exact)


def hidden_layers(text: str, layers: int, neurons: int) -> tuple[int, ...]:
    """Return the sizes of at most ``layers`` hidden layers, of at most ``neurons`` each.

    ``text`` has the hidden layers alone, or the whole network from its 784 inputs to its ten outputs; between them
    commas, blanks, dashes or ×; nothing or "none" is no hidden layer.
    """
    text = _plain(text)
    if bracketed := _BRACKETS.fullmatch(text):
        text = next(inside for inside in bracketed.groups() if inside is not None).strip()
        text = re.sub(r",$", "", text)  # Python writes one size as "(30,)"
    if text in ("", "none"):
        return ()
    text = _THOUSANDS.sub(r"\1\2", text)
    if unclear := _ONE_LAYER_OR_TWO.search(text):
        joined = re.sub(r"\D", "", unclear[0])
        one = f"{joined} for one layer, " if int(joined) <= neurons else ""
        raise ValueError(f"write {one}{unclear[0][0]}-{unclear[0][2:]} for two layers")
    if unclear := _TIMES.fullmatch(text):
        first, second = filter(None, unclear.groups())
        raise ValueError(f"write {first}, {second} for two layers, or the size of each layer")
    sizes = tuple(whole_number(part, 1, neurons) for part in _BETWEEN.split(text))
    if len(sizes) > 1 and sizes[0] == _INPUTS:
        if sizes[-1] != _OUTPUTS:
            raise ValueError(f"write the hidden layers alone, or all of the network: {_INPUTS}-30-{_OUTPUTS}")
        sizes = sizes[1:-1]
    if len(sizes) > layers:
        raise ValueError
    return sizes


def shown_layers(sizes: tuple[int, ...]) -> str:
    """Return the hidden layers as ``hidden_layers`` reads them: "100, 30", or "none"."""
    if len(sizes) > 1 and sizes[0] == _INPUTS:  # alone they might be taken for a network with its inputs
        return "-".join(map(str, (_INPUTS, *sizes, _OUTPUTS)))
    return ", ".join(map(str, sizes)) or "none"


def _plain(text: str) -> str:
    return text.strip().lower().translate(_ALIKE)


def _decimal(text: str) -> Decimal:
    if _IN_THREES.fullmatch(text):
        return Decimal(re.sub(r"[\s_',]", "", text))
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    raise ValueError
