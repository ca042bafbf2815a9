"""The exported page in a real browser: it reads what the program reads, however it is drawn on."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.strokes import drawing_of
from digitpad.data.synthetic import Hand
from digitpad.draw.drawing import Drawing
from digitpad.draw.placing import placed
from digitpad.draw.reading import read
from digitpad.export import quantization, web_page
from digitpad.export.quantization import Layer
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.export.test_quantization import rounded

if TYPE_CHECKING:
    from chromium import Opened
    from playwright.sync_api import Browser, Page
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.browser

LINE = [[(0.5, 0.2), (0.5, 0.8)]]
HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script> \" ' & ` ${alert(3)} \\ <!--"


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from chromium import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def layers() -> list[Layer]:
    """The default network with coarse weights, which are made, and read by a browser, in no time."""
    return rounded(model_file.load(paths.DEFAULT_NETWORK).network, 0.8)


@pytest.fixture(scope="module")
def model(layers: list[Layer]) -> Model:
    """The same network as the page is to have it."""
    made = model_file.load(paths.DEFAULT_NETWORK)
    return Model(quantization.network_of(layers, made.network), made.provenance)


@pytest.fixture(scope="module")
def file(layers: list[Layer], model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a page") / "Zähler #1.html"
    path.write_bytes(web_page.page_of(layers, model, web_page.Variant()))
    return path


@pytest.fixture(scope="module")
def tab(browser: "Browser") -> "Iterator[Page]":
    """A tab for one page after another: to begin one costs more than to load a page."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as made:
        yield made.new_page()


@pytest.fixture
def page(tab: "Page", file: Path) -> "Iterator[Opened]":
    from chromium import opened_in

    tab.mouse.move(0, 0)  # where it is over nothing
    with opened_in(tab, file) as told:
        yield told


def hand_drawn(label: int, generator: np.random.Generator) -> Drawing:
    return drawing_of(placed(synthetic.strokes(label, generator, Hand())))


def points_of(drawing: Drawing) -> list[list[list[float]]]:
    return [stroke.points[:, :2].tolist() for stroke in drawing.strokes]


def drawing_through(paths: Sequence[Sequence[Sequence[float]]]) -> Drawing:
    return drawing_of([np.column_stack([np.array(path, dtype=float), np.ones(len(path))]) for path in paths])


def what_the_page_reads(page: "Opened", drawings: Sequence[Drawing]) -> list[dict[str, Any]]:
    """Return the page's reading of each, and the image that it made of it."""
    found: list[dict[str, Any]] = page.evaluate(
        """(drawings) => drawings.map((paths) => {
            const { image, reading, digits } = $page.readPaths(paths);
            const nine = { agree: reading.nine.agree, last: [...reading.nine.images[8]] };
            return { ...reading, outputs: [...reading.outputs], image: image && [...image], digits, nine };
        })""",
        [points_of(drawing) for drawing in drawings],
    )
    return found


def test_the_page_reads_as_the_program_does(page: "Opened", model: Model) -> None:
    """Ink, preprocessing, nine readings, and how many digits there are: of digits, dots, scribbles and side by side."""
    generator = np.random.default_rng(5)
    drawings = [hand_drawn(label, generator) for label in range(10)]
    numbers = [(1, 7), (4, 2), (3, 0, 5)] * 2
    drawings += [
        drawing_through([[(0.3, 0.3)]]),  # a dot
        drawing_through([[(0.3, 0.3), (0.302, 0.301)], [(0.31, 0.3)]]),
        drawing_through([generator.random((900, 2)).tolist()]),  # dense scribbles
        drawing_through([generator.random((40, 2)).tolist() for _ in range(30)]),
        drawing_through([[(0.1, 0.5), (0.9, 0.5)]]),
        *(side_by_side(digits, generator) for digits in numbers),
    ]
    counts = [1] * (len(drawings) - len(numbers)) + [len(digits) for digits in numbers]
    for drawing, seen, digits in zip(drawings, what_the_page_reads(page, drawings), counts, strict=True):
        stages = drawing.stages()
        reading = read(model.network, stages, nine=True)
        assert reading.nine
        np.testing.assert_allclose(seen["image"], stages.image, atol=2e-6)
        np.testing.assert_allclose(seen["nine"]["last"], reading.nine.images[-1], atol=2e-6)
        np.testing.assert_allclose(seen["outputs"], reading.outputs, atol=1e-5)
        assert seen["verdict"] == reading.verdict.value
        assert (seen["digit"], seen["certain"], seen["nine"]["agree"]) == (
            reading.digit, reading.certain, reading.nine.agree,
        )  # fmt: skip
        assert seen["digits"] == digits


def side_by_side(labels: Sequence[int], generator: np.random.Generator) -> Drawing:
    strokes = []
    for at, label in enumerate(labels):
        of_one = placed(synthetic.strokes(label, generator, Hand()), fill=0.9)
        strokes += [np.column_stack([0.9 * (stroke[:, :2] + (at, 0)) / len(labels), stroke[:, 2]]) for stroke in of_one]
    return drawing_of(strokes)


def test_ties_between_two_pixels_go_where_the_program_lets_them_go(page: "Opened") -> None:
    """The centre of mass of what is symmetric lies between two pixels, or in the middle of one."""
    drawings = [
        drawing_through(symmetric)
        for x in np.linspace(0.05, 0.45, 23).tolist()
        for symmetric in (
            [[(0.5 - x, 0.1), (0.5 - x, 0.9)], [(0.5 + x, 0.1), (0.5 + x, 0.9)]],
            [[(0.1, 0.5 - x), (0.9, 0.5 + x)], [(0.9, 0.5 - x), (0.1, 0.5 + x)]],
        )
    ]
    made = "(drawings) => drawings.map((paths) => [...$preprocess.preprocess($ink.render(paths))])"
    ties = 0
    for drawing, image in zip(drawings, page.evaluate(made, [*map(points_of, drawings)]), strict=True):
        stages = drawing.stages()
        ties += sum(side % 2 == 0 for side in stages.scaled.shape)
        np.testing.assert_allclose(image, stages.image, atol=2e-6)
    assert ties > 20


@pytest.mark.parametrize(("activation", "half"), [("sigmoid", False), ("tanh", True), ("relu", False)])
def test_outputs_are_those_of_the_same_weights(activation: str, half: bool, tab: "Page", tmp_path: Path) -> None:
    from chromium import opened_in

    network = Network([784, 30, 20, 10], seed=3, activation=activation, initialisation="scaled")
    made = Model(network, Provenance.of({}))
    layers = web_page.layers_of(made, half=half)
    (tmp_path / "page.html").write_bytes(web_page.page_of(layers, made, web_page.Variant()))
    images = np.random.default_rng(1).random((20, 784), dtype=np.float32)
    with opened_in(tab, tmp_path / "page.html") as page:
        found = page.evaluate(
            "(images) => images.map((image) => [...$page.reader.network.feedforward(Float32Array.from(image))])",
            images.tolist(),
        )
        assert page.evaluate("$page.reader.nine") is None
    np.testing.assert_allclose(found, quantization.network_of(layers, network).feedforward(images), atol=1e-5)


def test_a_network_that_a_run_blew_up_reads_no_digit_there_either(tab: "Page", tmp_path: Path) -> None:
    from chromium import opened_in

    large = np.float32(3e37)
    weights = [np.full((20, 784), large), *[np.full((20, 20), large)] * 8, np.tile([large, -large], (10, 10))]
    biases = [np.zeros(len(w), np.float32) for w in weights]
    network = Network.of(weights, biases, activation="relu", cost="quadratic")
    made = Model(network, Provenance.of({}))
    layers = web_page.layers_of(made, half=True)
    (tmp_path / "page.html").write_bytes(web_page.page_of(layers, made, web_page.Variant()))
    with opened_in(tab, tmp_path / "page.html") as page:
        page.draw(LINE)
        assert page.evaluate("$page.reader.network.feedforward(new Float32Array(784).fill(1)).every(Number.isNaN)")
        assert page.text("answer") == "No digit"


def test_a_hand_that_draws_is_answered_in_the_window_s_words(page: "Opened", model: Model, qtbot: "QtBot") -> None:
    from digitpad.gui.draw.answer import AnswerView

    window_s = AnswerView()
    qtbot.addWidget(window_s)
    generator = np.random.default_rng(11)
    letter = drawing_through([[(0.3, 0.8), (0.5, 0.2), (0.7, 0.8)], [(0.38, 0.6), (0.62, 0.6)]])
    doubtful = drawing_through([[(0.37, 0.22), (0.5, 0.2), (0.47, 0.8)]])  # a 1, or a 7
    assert page.text("answer") == "Draw a digit"
    for drawing in (
        hand_drawn(2, generator),
        hand_drawn(7, generator),
        letter,
        doubtful,
    ):
        page.draw([[*path[:-1:4], path[-1]] for path in points_of(drawing)])
        drawn = drawing_through(page.paths)
        reading = read(model.network, drawn.stages(), nine=True)
        window_s.show_reading(reading)
        for name in ("answer", "verdict", "detail"):
            assert page.text(name) == getattr(window_s, name).text()
        numbers = page.page.locator("#outputs li span:last-child").all_inner_texts()
        np.testing.assert_allclose([float(number) for number in numbers], reading.outputs, atol=0.0051)
        assert reading.nine
        assert page.text("agree") == f"{reading.nine.agree} of 9 agree"
        page.page.click("#clear")
    page.draw(points_of(side_by_side((1, 7), generator)))
    told = [page.text(name) for name in ("answer", "verdict", "detail")]
    assert told == ["Two digits?", "This looks like two digits", "Draw one at a time."]
    page.page.click("#clear")
    page.settle()
    assert page.text("answer") == "Draw a digit"


def test_keys_take_back_bring_back_wipe_and_draw(page: "Opened") -> None:
    keys = page.page.keyboard
    page.draw([*LINE, [(0.2, 0.3), (0.4, 0.3)]])
    for key, strokes in (
        ("Control+z", 1), ("Control+z", 0), ("Control+z", 0), ("Control+y", 1), ("Control+Shift+Z", 2),
        ("c", 0), ("Control+z", 2), ("Escape", 0), ("Control+z", 2), ("Delete", 0),
    ):  # fmt: skip
        keys.press(key)
        assert len(page.paths) == strokes, key
    page.page.focus("#pad")
    for key in ("Space", *["ArrowDown"] * 12, "Space", "ArrowRight"):
        keys.press(key)
    (drawn,) = page.paths
    assert len(drawn) == 13
    assert drawn[0][0] == drawn[-1][0]
    page.settle()
    assert page.text("answer") == "1"


def test_the_eraser_and_the_right_button_rub_out(page: "Opened") -> None:
    page.draw(LINE)
    page.page.click("#eraser")
    page.draw([[(0.3, 0.5), (0.7, 0.5)]])
    above, below = page.paths
    assert max(y for _, y in above) < 0.5 < min(y for _, y in below)
    page.page.click("#undo")
    assert len(page.paths) == 1
    page.page.click("#eraser")
    (place,) = page.places([(0.5, 0.21)])
    page.page.mouse.move(*place)
    page.page.mouse.down(button="right")
    page.page.mouse.up(button="right")
    assert min(y for path in page.paths for _, y in path) > 0.24


def test_a_finger_draws_on_a_telephone_and_a_palm_does_not(browser: "Browser", file: Path) -> None:
    from chromium import opened

    with opened(browser, file, 360, 640, has_touch=True, is_mobile=True, device_scale_factor=3) as page:
        palm = (1, 0.9, 0.95)
        page.touch("Start", palm)
        page.touch("Start", palm, (2, 0.5, 0.2))
        for y in np.linspace(0.22, 0.8, 20).tolist():
            page.touch("Move", palm, (2, 0.5, y))
        page.touch("End")
        page.settle()
        (drawn,) = page.paths
        assert drawn[0] == pytest.approx((0.5, 0.2), abs=0.01)
        assert drawn[-1] == pytest.approx((0.5, 0.8), abs=0.01)
        assert page.text("answer") == "1"
        assert page.evaluate("[scrollX, scrollY, document.documentElement.scrollWidth]") == [0, 0, 360]


def test_a_pen_takes_the_pad_from_the_hand_that_holds_it(page: "Opened") -> None:
    page.evaluate(
        """() => {
            const pad = document.getElementById("pad");
            pad.setPointerCapture = () => {};
            const { left, top, width } = pad.getBoundingClientRect();
            const send = (type, pointerId, pointerType, x, y) => pad.dispatchEvent(new PointerEvent(type, {
                pointerId, pointerType, clientX: left + x * width, clientY: top + y * width, button: 0, buttons: 1,
            }));
            send("pointerdown", 1, "touch", 0.9, 0.9);
            send("pointermove", 1, "touch", 0.8, 0.9);
            send("pointerdown", 2, "pen", 0.5, 0.2);
            send("pointermove", 1, "touch", 0.7, 0.9);
            send("pointermove", 2, "pen", 0.5, 0.8);
            send("pointerup", 2, "pen", 0.5, 0.8);
            send("pointerup", 1, "touch", 0.7, 0.9);
        }"""
    )
    np.testing.assert_allclose(page.paths, [[(0.5, 0.2), (0.5, 0.8)]], atol=1e-6)


def test_a_pressed_button_can_be_read_while_the_pointer_rests_on_it(page: "Opened") -> None:
    eraser = page.page.locator("#eraser")
    shown = (
        "(button) => { const { color, backgroundColor } = getComputedStyle(button); return [color, backgroundColor]; }"
    )
    eraser.click()
    under_pointer = eraser.evaluate(shown)
    page.page.mouse.move(1, 1)
    assert under_pointer == eraser.evaluate(shown)


def test_outputs_and_a_pressed_button_are_seen_in_colours_that_people_choose(browser: "Browser", file: Path) -> None:
    """In high contrast a browser replaces what pages say of colours."""
    from chromium import opened

    background = "(element) => getComputedStyle(element).backgroundColor"
    with opened(browser, file, forced_colors="active") as page:
        page.draw(LINE)
        page.page.locator("#eraser").click()
        window = page.page.locator("body").evaluate(background)
        for name in ("#outputs .best .track div", "#outputs li:not(.best) .track div", "#eraser"):
            assert page.page.locator(name).first.evaluate(background) != window, name


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_it_prints_on_one_sheet(sheet: str, page: "Opened") -> None:
    page.draw(LINE)
    printed = page.page.pdf(format=sheet)
    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]


def test_texts_of_a_network_s_file_are_shown_as_texts(tab: "Page", tmp_path: Path) -> None:
    from chromium import opened_in

    provenance = Provenance.of({"name": HOSTILE, "data": HOSTILE, HOSTILE: HOSTILE})
    web_page.save(tmp_path / "page.html", Model(Network([784, 10], seed=1), provenance))
    with opened_in(tab, tmp_path / "page.html") as page:
        assert page.text("name") == provenance.name
        assert page.page.title() == f"{provenance.name} · digitpad"
        assert HOSTILE in page.page.locator("dd").all_text_contents()
        assert page.page.locator("img").count() == 0
        assert page.page.locator("script").count() == 3


def test_no_other_script_runs_on_it(page: "Opened") -> None:
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "globalThis.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<b id=a onclick='globalThis.ran = true'></b>");
            document.getElementById("a").click();
        }"""
    )
    assert page.evaluate("globalThis.ran") is None
    assert len(page.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in page.complaints)
    page.complaints.clear()
