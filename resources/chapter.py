"""Chapter 1 as cells: what ``digitpad export notebook`` writes, cut at each ``# %%``. This text stands in no cell."""

# %% [markdown]
# # Reading handwritten digits, one idea at a time
#
# These cells go with chapter 1 of Michael Nielsen's
# [*Neural Networks and Deep Learning*](http://neuralnetworksanddeeplearning.com/chap1.html): the headings are its
# sections. Run them from top to bottom, then change numbers and run them again.

# %%
import os

import numpy as np

import digitpad

# %% [markdown]
# ## Perceptrons
#
# A perceptron weighs its inputs and adds a bias: it answers 1 where $w \cdot x + b > 0$, and 0 elsewhere. With the
# weights -2, -2 and the bias 3 it answers 0 only if both inputs are 1. That is NAND, and every other logical function
# can be put together from NANDs.


# %%
def perceptron(x, w, b):
    """Return 1 where w.x + b is above 0, and 0 elsewhere."""
    return int(np.dot(w, x) + b > 0)


def nand(x1, x2):
    """Return 0 if both bits are 1, and 1 elsewhere."""
    return perceptron([x1, x2], w=[-2, -2], b=3)


print("x1 x2 NAND")
for x1 in (0, 1):
    for x2 in (0, 1):
        print(f"{x1:2} {x2:2} {nand(x1, x2):4}")

# %% [markdown]
# Five of them add two bits: the sum is 1 where one bit is, the carry where both are.

# %%
print("x1 x2 carry sum")
for x1 in (0, 1):
    for x2 in (0, 1):
        first = nand(x1, x2)
        total = nand(nand(x1, first), nand(x2, first))
        print(f"{x1:2} {x2:2} {nand(first, first):5} {total:3}")

# %% [markdown]
# ## Sigmoid neurons
#
# A perceptron jumps from 0 to 1, so a tiny change of a weight may turn its answer over. A sigmoid neuron goes there
# smoothly: its output is $\sigma(z) = 1 / (1 + e^{-z})$ with $z = w \cdot x + b$. Small changes then make small
# changes, and that is what learning needs.


# %%
def sigmoid(z):
    """Return 1 / (1 + e^-z), elementwise."""
    return 1 / (1 + np.exp(-z))


for z in (-5.0, 0.0, 5.0):
    print(f"sigmoid({z:g}) = {sigmoid(z):.3f}")

# %% [markdown]
# Multiply all weights and the bias by a large c, and z becomes c z: the output comes as close to the perceptron's as
# one likes. Only where z is exactly 0 does it stay at 1/2, whatever c is.

# %%
for c in (1, 10, 100):
    near = [f"{sigmoid(c * z):.4f}" for z in (-0.5, -0.1, 0.0, 0.1, 0.5)]
    print(f"c = {c:3}:", *near)

# %% [markdown]
# ## The architecture of neural networks
#
# Layers of neurons, each fed by all of the layer before. Ours has 784 inputs, one a pixel, 30 hidden neurons and ten
# outputs, one a digit. Row j of a layer's weights belongs to its neuron j, so one product computes the whole layer:
# $a' = \sigma(w a + b)$.

# %%
network = digitpad.Network([784, 30, 10], seed=1)
rng = np.random.default_rng(1)
image = rng.random(784, dtype=np.float32)

a = image
for w, b in zip(network.weights, network.biases, strict=True):
    print("weights", w.shape, "times", a.shape, "plus biases", b.shape, end=" ")
    a = sigmoid(w @ a + b)
    print("gives", a.shape)
print("the library's feedforward agrees:", np.allclose(a, network.feedforward(image), atol=1e-5))

# %% [markdown]
# ## A simple network to classify handwritten digits
#
# The digit that is read is the number of the largest output. An exercise asks for one more layer that turns the ten
# outputs into four bits, given that the right output is at least 0.99 and the others are less than 0.01. A bit's neuron
# gets the weight 10 from each digit that has the bit and -10 from each that has not; then no bias is needed.

# %%
values = np.array([8, 4, 2, 1])
has_bit = (np.arange(10)[:, None] & values) > 0  # (10, 4): a row a digit
bit_weights = np.where(has_bit.T, 10.0, -10.0)  # (4, 10): a row a neuron

right = 0
for digit in range(10):
    outputs = np.where(np.arange(10) == digit, 0.99, 0.01)
    bits = (sigmoid(bit_weights @ outputs) > 0.5).astype(int)
    right += int(bits @ values == digit)
    print(digit, "->", *bits)
print(right, "of 10 digits have the right bits")

# %% [markdown]
# ## Learning with gradient descent
#
# The cost says how far the outputs a are from the targets y, on average over n images:
# $C = \frac{1}{2n} \sum_x |y - a|^2$. A target is 1 at the image's digit and 0 elsewhere. A network that has not
# learned costs much.

# %%
# MNIST, where DIGITPAD_MNIST names its folder; otherwise the digits that come with digitpad.
digits = digitpad.load_digits(os.environ.get("DIGITPAD_MNIST") or None)


def cost(network, some):
    """Return the quadratic cost of a network on labelled images."""
    return np.mean(np.sum((some.targets - network.feedforward(some.images)) ** 2, axis=1)) / 2


print(f"{digits.name}: {len(digits.training)} images to learn from, {len(digits.test)} for the test")
before = cost(network, digits.test[:1000])
print(f"cost before learning: {before:.3f}")

# %% [markdown]
# To make a cost small, go against its slope, again and again: $x \to x - \eta\, dC/dx$. Here $C = x^2$, whose slope is
# 2x, from x = 10 with $\eta$ = 0.05, until a step is no longer than 0.01. Each step leaves 0.9 of x, so the steps
# become shorter by themselves. Try 0.5, 0.95 and 1.05, too.

# %%
x, eta, steps = 10.0, 0.05, 0
step = np.inf
while step > 0.01 and steps < 1000:
    step = abs(eta * 2 * x)
    x -= eta * 2 * x
    steps += 1
print(f"{steps} steps, x = {x:.4f}")

# %% [markdown]
# ## Implementing our network to classify digits
#
# Stochastic gradient descent takes such a step after every ten images, in all 23,860 weights and biases at once. Once
# through all images is an epoch.

# %%
config = digitpad.TrainingConfig(epochs=5, mini_batch_size=10, eta=3.0)
for progress in digitpad.sgd(network, digits.training.images, digits.training.targets, config):
    if progress.epoch_done:
        correct = network.evaluate(digits.test.images, digits.test.labels)
        print(f"epoch {progress.epoch}: {correct} of {len(digits.test)} correct")
accuracy = correct / len(digits.test)
print(f"accuracy: {accuracy:.3f}")
print(f"cost: {before:.3f} before, {cost(network, digits.test[:1000]):.3f} after")

# %% [markdown]
# ## Toward deep learning
#
# Networks with more layers read better. Here such a one reads a drawing: a stroke is a list of points x, y, and y runs
# down. The drawing becomes 784 greys as the images of MNIST did: cropped, scaled and centred. Draw something else.

# %%
model = digitpad.load_model()
print(model.network)

seven = digitpad.drawing_of([[[0, 0], [6, 0], [12, 0], [9, 7], [6, 14], [4, 20]]])
reading = digitpad.read(model, seven)
print("read as", reading.digit, "-", reading.verdict.value)
for digit, output in enumerate(reading.outputs):
    print(digit, f"{output:.3f}", "#" * round(30 * output))
