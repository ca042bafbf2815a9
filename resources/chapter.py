"""Chapter 1 as cells: what ``digitpad export notebook`` writes, cut at each ``# %%``. This text stands in no cell."""

# %% [markdown]
# # Reading handwritten digits, one idea at a time
#
# These cells go with chapter 1 of Michael Nielsen's
# [*Neural Networks and Deep Learning*](http://neuralnetworksanddeeplearning.com/chap1.html): the headings are its
# sections. Run them from top to bottom, then change numbers and run them again. The chapter's exercises are checked by
# numbers, and where a wrong answer is often given, it is named: look for **A slip**.

# %%
import time

import numpy as np

import digitpad
from digitpad.data import mnist
from digitpad.data.book import load_data_wrapper
from digitpad.nn import book

# %% [markdown]
# ## Perceptrons
#
# A perceptron weighs its inputs and adds a bias: it answers 1 where $w \cdot x + b > 0$, and 0 elsewhere. The bias is
# minus the threshold that the weighted sum has to pass. Here one decides whether to go out by three questions: is the
# weather good, is there company, is it near? The weather counts most. A lower threshold says yes more often.


# %%
def perceptron(x, w, b):
    """Return 1 where w.x + b is above 0, and 0 elsewhere, for any number of inputs x, each with its weight."""
    return int(np.dot(w, x) + b > 0)


print("weather company near   threshold 5   threshold 3")
for weather, company, near in np.ndindex(2, 2, 2):
    answers = [perceptron([weather, company, near], w=[6, 2, 2], b=-threshold) for threshold in (5, 3)]
    print(f"{weather:7} {company:7} {near:4} {answers[0]:13} {answers[1]:13}")

# %% [markdown]
# With the weights -2, -2 and the bias 3 it answers 0 only if both inputs are 1. That is NAND, and every other logical
# function can be put together from NANDs.


# %%
def nand(x1, x2):
    """Return 0 if both bits are 1, and 1 elsewhere."""
    return perceptron([x1, x2], w=[-2, -2], b=3)


print("x1 x2 NAND")
for x1, x2 in np.ndindex(2, 2):
    print(f"{x1:2} {x2:2} {nand(x1, x2):4}")

# %% [markdown]
# Five of them add two bits: the sum is 1 where one bit is, the carry where both are. The neuron for the carry takes the
# first one's output twice, by two wires, or by one whose weight is -4. **A slip:** with a single wire of -2 and the
# bias 3 it would always answer 1.


# %%
def half_adder(x1, x2, neuron=perceptron, c=1):
    """Return (carry, sum) of two bits, by five neurons whose weights and biases are all multiplied by c."""

    def gate(a1, a2):
        return neuron([a1, a2], w=[-2 * c, -2 * c], b=3 * c)

    first = gate(x1, x2)
    return gate(first, first), gate(gate(x1, first), gate(x2, first))


print("x1 x2 carry sum")
for x1, x2 in np.ndindex(2, 2):
    carry, total = half_adder(x1, x2)
    print(f"{x1:2} {x2:2} {carry:5} {total:3}")

# %% [markdown]
# ## Sigmoid neurons
#
# A perceptron jumps from 0 to 1, so a tiny change of a weight may turn its answer over. A sigmoid neuron goes there
# smoothly: its output is $\sigma(z) = 1 / (1 + e^{-z})$ with $z = w \cdot x + b$. For a large z, $e^{-z}$ is next to
# nothing and the output next to 1; for a very negative z, $e^{-z}$ is huge and the output next to 0. And its slope is
# easy to have: $\sigma'(z) = \sigma(z)(1 - \sigma(z))$.
#
# **A slip:** written out, it is $1 / (1 + \exp(-\sum_j w_j x_j - b))$. That minus belongs to all of z, which is
# $\sum_j w_j x_j + b$, and not $\sum_j w_j x_j - b$.


# %%
def sigmoid(z):
    """Return 1 / (1 + e^-z), elementwise."""
    return 1 / (1 + np.exp(-z))


h = 1e-5
for z in (-5.0, 0.0, 5.0):
    slope = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
    print(f"sigmoid({z:g}) = {sigmoid(z):.3f}, slope {slope:.4f} = {sigmoid(z) * (1 - sigmoid(z)):.4f}")

# %% [markdown]
# Small changes make small changes, and that is what learning needs: an output a changes by about
# $\sum_j \frac{\partial a}{\partial w_j} \Delta w_j + \frac{\partial a}{\partial b} \Delta b$, which here is
# $a (1 - a) (\sum_j x_j \Delta w_j + \Delta b)$. Change everything by ten times less, and what that forecast is off by
# shrinks a hundred times.

# %%
x, w, b = np.array([0.5, 1.0, 0.25]), np.array([1.0, -2.0, 0.5]), 0.3
change_w, change_b = np.array([0.2, -0.1, 0.3]), 0.1
before = sigmoid(w @ x + b)
slope = before * (1 - before)
for size in (1, 0.1, 0.01):
    forecast = slope * (x @ (size * change_w) + size * change_b)
    happened = sigmoid((w + size * change_w) @ x + b + size * change_b) - before
    print(f"forecast {forecast:.6f}, happened {happened:.6f}, off by {abs(forecast - happened):.1e}")

# %% [markdown]
# ### Exercise: sigmoid neurons simulating perceptrons, part I
#
# Multiply all weights and biases of a network of perceptrons by a c > 0: nothing changes. For one neuron, because
# c (w · x + b) is above 0 exactly where w · x + b is. For a network, layer by layer: the first layer answers as before,
# so the second is given what it was given before, and answers as before, and so on to the last.

# %%
for c in (0.001, 1, 1000):
    print(f"c = {c:<5}:", *(half_adder(x1, x2, c=c) for x1, x2 in np.ndindex(2, 2)))

# %% [markdown]
# ### Part II
#
# Now they are sigmoid neurons, and c grows. Where z is not 0, $|\sigma(cz) - \mathrm{step}(z)| \le e^{-c|z|}$, which
# goes to 0; so the first layer goes to what perceptrons say. The next one multiplies what is missing by c, but
# $c\,e^{-c|z|}$ goes to 0, too; so the second layer goes there, and so on to the last.
#
# **A slip:** "where w · x + b ≤ 0 the output goes to 0". Not where it is exactly 0: there the output is 1/2 for
# every c, while a perceptron says 0. So no z in the network of perceptrons may be 0.

# %%
for c in (1, 10, 100):
    near = [f"{sigmoid(c * z):.4f}" for z in (-0.5, -0.1, 0.0, 0.1, 0.5)]
    print(f"c = {c:3}:", *near)
z = np.concatenate([np.linspace(-5, -0.001, 1000), np.linspace(0.001, 5, 1000)])
rounding = 1e-15
holds = all(np.all(np.abs(sigmoid(c * z) - (z > 0)) <= np.exp(-c * np.abs(z)) + rounding) for c in (1, 10, 100))
print("the bound holds:", holds)


def sigmoid_neuron(x, w, b):
    """Return the output of a sigmoid neuron."""
    return sigmoid(np.dot(w, x) + b)


for c in (1, 10, 100):
    off = max(
        abs(one - other)
        for bits in np.ndindex(2, 2)
        for one, other in zip(half_adder(*bits, sigmoid_neuron, c), half_adder(*bits), strict=True)
    )
    print(f"half adder of sigmoid neurons, c = {c:3}: at most {off:.1e} from that of perceptrons")
print("exactly at 0:", *(sigmoid_neuron([0, 1], [-2 * c, -2 * c], 2 * c) for c in (1, 10, 100)))

# %% [markdown]
# ## The architecture of neural networks
#
# Layers of neurons, each fed by all of the layer before: a multilayer perceptron, or MLP, though its neurons are
# sigmoids. Ours has 784 inputs, one a pixel, 30 hidden neurons and ten outputs, one a digit. Row j of a layer's weights
# belongs to its neuron j, so one product computes the whole layer: $a' = \sigma(w a + b)$.

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
# gets the weight 1000 from each digit that has the bit and -1000 from each that has not; then no bias is needed.
#
# z is a sum with a term from each output, so it is worst where each term is: the right output at 0.99 or 1, each other
# one at 0 or 0.01, whichever is worse. If z has the right sign even then, the bit is right for all outputs allowed.
#
# **A slip:** in the rows of 6 and 7 the bit worth 2 is easily forgotten. Then 6 reads as 4, and 7 as 5.

# %%
VALUES = np.array([1, 2, 4, 8])  # of the four bits, in the order of the columns
has_bit = (np.arange(10)[:, None] & VALUES) > 0  # (10, 4): a row a digit
bit_weights = np.where(has_bit, 1000.0, -1000.0)  # the weight from digit k to bit i


def worst(bit_weights):
    """Return for each digit and bit, (10, 4), z at its worst, turned so that it is above 0 where the bit is right."""
    sign = np.where(has_bit, 1, -1)
    found = np.empty((10, 4))
    for digit, bit in np.ndindex(10, 4):
        terms = sign[digit, bit] * bit_weights[:, bit]  # turned, so that the lowest is the worst
        own = np.arange(10) == digit
        found[digit, bit] = np.where(own, np.minimum(0.99 * terms, terms), np.minimum(0.01 * terms, 0)).sum()
    return found


print("digit", *(f"{value:6}" for value in VALUES), "  bits")
for digit in range(10):
    outputs = np.where(np.arange(10) == digit, 0.99, 0.01)
    bits = (outputs @ bit_weights > 0).astype(int)  # where z > 0, sigmoid(z) is above 1/2
    print(f"{digit:5}", *(f"{weight:6.0f}" for weight in bit_weights[digit]), " ", *bits, "=", bits @ VALUES)
right = np.all(worst(bit_weights) > 0, axis=1)
print(right.sum(), "of 10 digits are right for all outputs allowed")
print(f"the least |z| is {worst(bit_weights).min():.0f}")

slip = bit_weights.copy()
slip[[6, 7], 1] = -1000
print("with the slip, wrong:", *np.flatnonzero(~np.all(worst(slip) > 0, axis=1)))

# %% [markdown]
# ## Learning with gradient descent
#
# The digits: MNIST, where DIGITPAD_MNIST names its folder or digitpad has fetched it; otherwise those that come with
# digitpad. An image x is 784 greys. Its target y is a column of ten numbers: 1 at the image's digit and 0 elsewhere.

# %%
digits = digitpad.load_digits(mnist.find_folder())
n = len(digits.training) * 5 // 6  # to learn from; the rest is for validation, as in the book
learned, validation, test = digits.training[:n], digits.training[n:], digits.test
print(f"{digits.name}: {n} images to learn from, {len(validation)} for validation, {len(test)} for the test")
print("the first is a", learned.labels[0], "so y is", *learned.targets[0].astype(int))

# %% [markdown]
# The cost says how far the outputs a are from the targets y, on average over n images:
# $C = \frac{1}{2n} \sum_x |y - a|^2$. A network that has not learned costs much. Why not simply count what is read
# rightly? That mostly stays the same under small changes, so it does not tell which changes help; the cost does.


# %%
def cost(network, some):
    """Return the quadratic cost of a network on labelled images."""
    return np.mean(np.sum((some.targets - network.feedforward(some.images)) ** 2, axis=1)) / 2


before = cost(network, test[:1000])
print(f"cost before learning: {before:.3f}")

# %% [markdown]
# ### Which way is down?
#
# A small move $\Delta v$ changes the cost by about $\nabla C \cdot \Delta v$. An exercise asks to prove that of all
# moves of the same length $\epsilon$ none makes that smaller than the one against the gradient: by Cauchy and Schwarz,
# $\nabla C \cdot \Delta v \ge -|\nabla C|\,|\Delta v|$, and the two are equal only there. Here all directions are
# tried, a degree apart, on $C = v_1^2 + 3 v_2^2$.

# %%
v, epsilon = np.array([2.0, 1.0]), 0.01
gradient = np.array([2 * v[0], 6 * v[1]])
angles = np.radians(np.arange(360))
moves = epsilon * np.stack([np.cos(angles), np.sin(angles)], axis=1)
best = moves[np.argmin(moves @ gradient)]
against = -epsilon * gradient / np.linalg.norm(gradient)
print(f"best of 360: change {best @ gradient:.5f} by the move ({best[0]:.4f}, {best[1]:.4f})")
print(f"against the gradient: {against @ gradient:.5f} by ({against[0]:.4f}, {against[1]:.4f})")

# %% [markdown]
# ### One variable
#
# Go against the slope, again and again: $x \to x - \eta\, dC/dx$. Here $C = x^2$, whose slope is 2x, from x = 10 with
# $\eta$ = 0.05, until a step is no longer than 0.01. In a picture, each step slides down the tangent at x. Each leaves
# 0.9 of x, so the steps become shorter by themselves. Try 0.5, 0.95 and 1.05, too.

# %%
path, eta = [10.0], 0.05
while len(path) < 2 or (abs(path[-1] - path[-2]) > 0.01 and len(path) < 1000):
    path.append(path[-1] - eta * 2 * path[-1])
print(f"{len(path) - 1} steps, x = {path[-1]:.4f}")


class Picture:
    """Lines and points in a plane, which a notebook shows as SVG."""

    def __init__(self, left, right, bottom, top):
        """Begin an empty picture of that part of the plane."""
        self.left, self.right, self.bottom, self.top = left, right, bottom, top
        self.parts = []

    def place(self, x, y):
        """Return where a point is, in pixels from the upper left corner."""
        return (
            round(600 * (x - self.left) / (self.right - self.left), 1),
            round(400 * (self.top - y) / (self.top - self.bottom), 1),
        )

    def line(self, xs, ys, colour):
        """Draw a line through points."""
        points = " ".join("{},{}".format(*self.place(x, y)) for x, y in zip(xs, ys, strict=True))
        self.parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')

    def point(self, x, y, colour):
        """Draw a disc."""
        cx, cy = self.place(x, y)
        self.parts.append(f'<circle cx="{cx}" cy="{cy}" r="3" fill="{colour}"/>')

    def _repr_svg_(self):
        ground = '<rect width="600" height="400" fill="white"/>'
        size = 'viewBox="0 0 600 400" width="600" height="400"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(self.parts)}</svg>'


picture = Picture(left=-11, right=11, bottom=-15, top=115)
ends = np.array([-11, 11])
for x in path:
    picture.line(ends, x**2 + 2 * x * (ends - x), "#7fb2e5")  # the tangent at x
curve = np.linspace(-11, 11, 200)
picture.line(curve, curve**2, "#222222")
for x in path:
    picture.point(x, x**2, "#d1495b")
print("the picture has", len(path), "tangents")
picture  # shown, since it stands last

# %% [markdown]
# ## Implementing our network to classify digits
#
# One layer in components, an exercise: $a'_j = \sigma(\sum_k w_{jk} a_k + b_j)$. So $w_{jk}$ leads from neuron k to
# neuron j, the other way round than one reads; that is what lets $w a$ be written without turning w over.
# **Slips:** w transposed, which does not even fit here, and $-b_j$ for $+b_j$.


# %%
def layer(w, a, b):
    """Return the outputs of a layer, component by component."""
    outputs = []
    for j in range(len(b)):
        z = b[j]
        for k in range(len(a)):
            z += w[j, k] * a[k]
        outputs.append(sigmoid(z))
    return np.array(outputs)


small = digitpad.Network([4, 3], seed=1, dtype=np.float64)
w, b, a = small.weights[0], small.biases[0], np.array([0.1, 0.9, 0.4, 0.7])
print("in components:", *layer(w, a, b).round(6))
print("as a product: ", *sigmoid(w @ a + b).round(6))

# %% [markdown]
# The book's own program, in today's Python, is `digitpad.nn.book`: one image at a time, and every input a column. These
# are its cells, with fewer images so that they end soon. `inspect.getsource(book.Network)` shows all of it.

# %%
training_data, validation_data, test_data = load_data_wrapper()
net = book.Network([784, 30, 10], seed=2)
net.SGD(training_data[:2000], 5, 10, 3.0, test_data=test_data[:500])
print("biases", *(one.shape for one in net.biases), "weights", *(one.shape for one in net.weights))

# %% [markdown]
# digitpad computes the same for a whole mini-batch at once. From the same first weights, the same mini-batches lead
# both to the same weights but for rounding.

# %%
config = digitpad.TrainingConfig(epochs=1, mini_batch_size=10, eta=3.0, seed=3)
slow, quick = book.Network([784, 30, 10], seed=2), digitpad.Network([784, 30, 10], seed=2, dtype=np.float64)
some = training_data[:500]
order = np.random.default_rng(config.seed).permutation(len(some))  # as sgd visits them in its first epoch
for k in range(0, len(order), config.mini_batch_size):
    slow.update_mini_batch([some[i] for i in order[k : k + config.mini_batch_size]], config.eta)
images, targets = (np.stack([pair[i][:, 0] for pair in some]) for i in (0, 1))
for _ in digitpad.sgd(quick, images, targets, config):
    pass
furthest = max(np.abs(one - other).max() for one, other in zip(slow.weights, quick.weights, strict=True))
print(f"after 50 mini-batches no weight differs by more than {furthest:.0e}")

# %% [markdown]
# Now in earnest. Stochastic gradient descent takes a step after every ten images, in all 23,860 weights and biases at
# once. Once through all images is an epoch. What to change, and when to stop, is chosen by the validation images; the
# test images are read once, at the end. Give the network above another seed, and see how much is luck.

# %%
config = digitpad.TrainingConfig(epochs=30, mini_batch_size=10, eta=3.0)
for progress in digitpad.sgd(network, learned.images, learned.targets, config):
    if progress.epoch_done and progress.epoch % 5 in (0, 1):
        correct = network.evaluate(validation.images, validation.labels)
        print(f"epoch {progress.epoch}: {correct} / {len(validation)}")
accuracy = network.evaluate(test.images, test.labels) / len(test)
print(f"accuracy: {accuracy:.3f}")
print(f"cost: {before:.3f} before, {cost(network, test[:1000]):.3f} after")

# %% [markdown]
# ### Exercise: online learning
#
# A mini-batch of one image: name one advantage and one disadvantage against, say, 20. The rate is taken so that each
# image moves the weights as far in both.
#
# An advantage: it learns from every image as soon as it is there, and an update costs less. A disadvantage: the
# gradient for one image is a rough estimate of the mean over all, so on the way the cost rises nearly as often as it
# falls. **A slip:** "online learning is cheaper". An update is, an epoch is not: it has 20 times as many updates, and
# each of them costs far more than a twentieth, since a product of matrices is quicker than 20 with a single row.

# %%
watched = learned[-500:]
for m in (1, 20):
    net = digitpad.Network([784, 30, 10], seed=4)
    config = digitpad.TrainingConfig(epochs=1, mini_batch_size=m, eta=0.1 * m)
    updates, rose, spent, last = 0, 0, 0.0, cost(net, watched)
    steps = digitpad.sgd(net, learned.images[:2000], learned.targets[:2000], config)
    started = time.process_time()
    for _ in steps:
        spent += time.process_time() - started
        now = cost(net, watched)
        updates, rose, last = updates + 1, rose + (now > last), now
        started = time.process_time()
    told = f"{1e6 * spent / updates:.0f} microseconds an update, {1000 * spent:.0f} milliseconds an epoch"
    print(f"m = {m:2}: {updates} updates, cost {now:.3f}, which rose at {rose / updates:.0%} of them; {told}")

# %% [markdown]
# ## Toward deep learning
#
# A hard question, such as whether there is a face in a picture, can be cut into easier ones: is there an eye at the
# upper left, is there a nose in the middle? And these again, down to questions about pixels. Each layer of a network
# can put its questions to the answers of the one before. Here a network with more layers reads a drawing: a stroke is a
# list of points x, y, and y runs down. The drawing becomes 784 greys as the images of MNIST did: cropped, scaled and
# centred. Draw something else.

# %%
model = digitpad.load_model()
print(model.network)

seven = digitpad.drawing_of([[[0, 0], [6, 0], [12, 0], [9, 7], [6, 14], [4, 20]]])
reading = digitpad.read(model, seven)
print("read as", reading.digit, "-", reading.verdict.value)
for digit, output in enumerate(reading.outputs):
    print(digit, f"{output:.3f}", "#" * round(30 * output))
