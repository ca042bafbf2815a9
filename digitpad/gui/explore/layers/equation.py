"""Functions that write equation 22 for a layer, and in components for one neuron of it."""

from digitpad.explore.layers import Neuron, first_number, votes
from digitpad.gui.explore.layers.written import in_components, prime
from digitpad.gui.widgets.formula import DOT, SIGMA, added, factor, letter, number
from digitpad.gui.widgets.matrices import beside, bracketed
from digitpad.gui.widgets.neuron_formula import rule, sum_in_columns, written_rule


def in_network(one: Neuron) -> tuple[str, ...]:
    """Return the equation of a whole layer, and that of one neuron with its largest terms."""
    network, layer, neuron, made = one.network, one.layer, one.neuron, one.components
    symbol, name = rule(network.neurons(layer).name), one.name
    outputs, inputs = network.weights[layer].shape
    matrix, sum_ = _both(one)
    first = first_number(network, layer - 1) if layer else 1
    # Both equations of the book are about sigmoid neurons; the second is their rule alone.
    equation, named = ("equation 22", " (rule 4)") if symbol == SIGMA else ("as equation 22", "")
    lines = [
        f"All {outputs} ({equation}): {prime('a')} = {symbol}({letter('wa')} + {letter('b')})",
        f"{letter('w')} is {outputs} × {inputs}; number {name} of {prime('a')} is <b>{matrix}</b>",
        f"Each by itself, in components{named}: {in_components(symbol)}. Row {letter('j')} of {letter('w')} has the "
        f"weights to neuron {letter('j')}. Here {letter('j')} = {name}:",
        sum_in_columns(made, lambda k: f"{letter('k')} = {k + first}", neuron=name),
        f"{written_rule(network.neurons(layer).name, prime('a', name))} = <b>{sum_}</b>",
    ]
    if layer == len(network.weights) - 2:
        answer, adds = votes(network, one.activations)
        lines.append(
            f"To output {answer + first_number(network, layer + 1)}, which wins, it adds {number(adds[neuron])}."
        )
    return tuple(lines)


def in_small_network(one: Neuron, grey: str) -> tuple[str, ...]:
    """Return the same with all its numbers; what is not about the neuron is ``grey``, a colour."""
    layer, neuron, made = one.layer, one.neuron, one.components
    w, b = one.network.weights[layer], one.network.biases[layer]
    before, after = one.activations[layer], one.activations[layer + 1]
    matrix, sum_ = _both(one)
    equation = beside(
        f"{SIGMA}(",
        bracketed(w, 1, grey, neuron),
        DOT,
        bracketed(before[:, None], 2, grey),
        "+",
        bracketed(b[:, None], 1, grey, neuron),
        ")&nbsp;=",
        bracketed(after[:, None], 2, grey, neuron),
    )
    terms = " + ".join(f"{factor(weight, 1)} {DOT} {number(a)}" for weight, a in zip(w[neuron], before, strict=True))
    z, name = number(made.z), one.name
    return (
        f"{prime('a')} = {SIGMA}({letter('wa')} + {letter('b')}), the whole layer (equation 22):",
        equation,
        f"In components (rule 4): {in_components(SIGMA)}, with row {letter('j')} of {letter('w')}; here "
        f"{letter('j')} = {name}:",
        f"{letter('z', name)} = {terms} {added(made.bias, 1)} = {z}",
        f"{prime('a', name)} = {SIGMA}({z}) = 1 / (1 + {letter('e', power=number(-made.z))}) = <b>{sum_}</b>",
        f"By equation 22 it is <b>{matrix}</b>: the same number.",
        f'<span style="color: {grey}">The task is about the networks that read digits.</span>',
    )


def _both(one: Neuron) -> tuple[str, str]:
    """Return the activation as equation 22 and as the sum give it, in as many digits as float32 is good for."""
    matrix, sum_ = float(one.activations[one.layer + 1][one.neuron]), one.components.activation
    same = next((digits for digits in (4, 3, 2) if number(matrix, digits) == number(sum_, digits)), 1)
    return number(matrix, same), number(sum_, same)
