"""The lines of the book's program that ideas are about are those of the file, and shapes those of its arrays."""

import inspect

import numpy as np
import pytest

from digitpad.explore.book_code import CODE, Part, code_of, has_layers, shapes_of
from digitpad.explore.chapter import Idea
from digitpad.nn import book
from digitpad.nn.book import Network


@pytest.mark.parametrize("idea", CODE)
def test_every_line_stands_in_the_file_in_that_order(idea: Idea) -> None:
    file = [line.strip() for line in inspect.getsource(book).splitlines()]
    for part in CODE[idea]:
        lines = [line.strip() for line in part.source.splitlines()]
        assert any(file[i : i + len(lines)] == lines for i in range(len(file)))
        assert not part.source.startswith(" ")
        compile(part.source, "book.py", "exec")


def test_a_part_is_from_its_first_line_to_its_last() -> None:
    cost = code_of(Idea.COST).splitlines()
    assert "self.cost_derivative(activations[-1], y)" in cost[-3]
    assert [line.split("#")[1].strip() for line in cost[-3:]] == ["BP1", "BP3", "BP4"]
    descent = code_of(Idea.DESCENT).splitlines()
    assert [line.split(" = ")[0] for line in descent] == ["self.weights", "self.biases"]
    assert Part(Network.feedforward).source.startswith("def feedforward(")


def test_what_has_no_code_says_so() -> None:
    assert code_of(Idea.PERCEPTRON) == ""
    assert not has_layers(Idea.PERCEPTRON)
    assert not has_layers(Idea.SIGMOID)
    assert has_layers(Idea.COST)


@pytest.mark.parametrize("sizes", [[784, 30, 10], [3, 5, 4, 2], [4, 1]], ids=str)
def test_shapes_are_those_of_the_books_arrays(sizes: list[int]) -> None:
    net = Network(sizes, seed=1)
    first, *layers = shapes_of(sizes)
    assert first == ("", "", f"x {(sizes[0], 1)}")
    a = np.zeros((sizes[0], 1))
    for i, (w, b, row) in enumerate(zip(net.weights, net.biases, layers, strict=True)):
        a = book.sigmoid(w @ a + b)
        assert row == (f"weights[{i}] {w.shape}", f"biases[{i}] {b.shape}", f"a {a.shape}")
