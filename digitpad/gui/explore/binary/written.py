"""What is written of the bits: how far they are learned and right, and the sum of one neuron."""

import numpy as np

from digitpad.explore.bits_layer import BitsLayer
from digitpad.gui.explore.binary.proof import worst_case
from digitpad.gui.widgets.formula import DOT, SIGMA, added, factor, letter, number
from digitpad.nn.binary import BIT_VALUES, OLD_OUTPUTS, bits, right_digits, spelled, weighted_input
from digitpad.nn.neurons import Floats


def state(layer: BitsLayer) -> str:
    """Return whether it learns or has learned, and how many digits are right."""
    right = int(right_digits(layer.weights, layer.biases).sum())
    words = "All ten digits are right." if right == 10 else f"{right} of 10 digits are right."
    if layer.epoch is None:
        return words
    if not layer.learning:
        return f"Learned {DOT} {words}"
    return f"Learning: {f'epoch {layer.epoch}' if layer.epoch else 'random weights'} {DOT} {words}"


def of_digit(layer: BitsLayer, neuron: int, digit: int) -> tuple[str, ...]:
    """Return the sum of a neuron for a digit as the exercise has it, and what it is at worst."""
    return *_sum(layer, neuron, digit, OLD_OUTPUTS[digit]), worst_case(layer.weights, layer.biases, digit, neuron)


def of_no_drawing(layer: BitsLayer, neuron: int, digit: int) -> tuple[str, ...]:
    """Return the same where a drawing is wanted, but there is none."""
    words = "There is no drawing with ten outputs: this is the row of the table."
    return *_sum(layer, neuron, digit, OLD_OUTPUTS[digit]), words


def of_drawing(layer: BitsLayer, neuron: int, outputs: Floats) -> tuple[str, ...]:
    """Return the sum of a neuron for the ``outputs`` (10,) of a drawing, and what its bits spell."""
    made = bits(outputs, layer.weights, layer.biases)
    words = f"Your drawing: {''.join(str(int(bit > 0.5)) for bit in made)} = {int(spelled(made))}"
    return *_sum(layer, neuron, int(np.argmax(outputs)), outputs), words


def _sum(layer: BitsLayer, neuron: int, digit: int, outputs: Floats) -> tuple[str, ...]:
    w, b = layer.weights[neuron], float(layer.biases[neuron])
    z = float(weighted_input(outputs, layer.weights, layer.biases)[neuron])
    term = float(outputs[digit] * w[digit])
    a = float(bits(outputs, layer.weights, layer.biases)[neuron])
    return (
        f"{letter('z')} = {letter('w', digit)}{letter('a', digit)} + nine others + {letter('b')}",
        f"&nbsp;&nbsp;= {number(float(outputs[digit]))} {DOT} {factor(float(w[digit]))} {added(z - term - b)} "
        f"{added(b)} = {number(z)}",
        f"bit {BIT_VALUES[neuron]}: {SIGMA}({letter('z')}) = {number(a, 4)}, so it is {int(a > 0.5)}",
    )
