"""The page that a network is exported as, as a file; ``test_in_browser`` opens it."""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zlib import decompress

import numpy as np
import pytest

from digitpad import __version__, paths
from digitpad.errors import ExportError
from digitpad.export import web_page
from digitpad.gui.widgets.colours import DARK, LIGHT
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(Network([784, 12, 10], seed=1, activation="tanh"), Provenance.of({"name": "a small one"}))


def parts(page: bytes, tag: str) -> list[str]:
    """Return what stands in each element of the page with this ``tag``."""
    return re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page.decode(), re.DOTALL)


def test_one_file_holds_all_of_it_and_asks_for_nothing(model: Model) -> None:
    page = web_page.build(model).decode()
    assert not re.search(
        r"""\b(src|href|srcset|action|data)=|url\(|@import|\bfetch\(|https?://(?!www\.w3\.org/2000/svg")""", page
    )
    assert "import " not in page.partition('"use strict"')[2]


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(model: Model) -> None:
    page = web_page.build(model)
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page.decode())
    script, style = parts(page, "script")[-1], parts(page, "style")[0]
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (script, style)]
    assert policy == [
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_a_variant_does_more_and_may_send_to_where_it_says(model: Model) -> None:
    page = web_page.build(model, variant=web_page.Variant(("classroom",), ("classroom",), "'self'"))
    assert b"connect-src 'self'; " in page
    assert "const $classroom = " in parts(page, "script")[-1]


HOSTILE = "</script><script>alert(1)</script><!-- \" ' & \\ \u2028 \u2029 \x00 \x1b ]]> @DATA@ \U0001f600"


def test_texts_of_a_network_s_file_end_no_element(model: Model) -> None:
    provenance = replace(Provenance.of({"name": HOSTILE, "data": HOSTILE}), others={HOSTILE: HOSTILE})
    before, after = (web_page.build(replace(model, provenance=told)) for told in (model.provenance, provenance))
    assert after.count(b"<") == before.count(b"<")
    assert len(parts(after, "script")) == len(parts(before, "script")) == 3
    facts = json.loads(parts(after, "script")[0])
    assert facts["name"] == provenance.name
    assert [HOSTILE, HOSTILE] in facts["story"]
    assert all(ord(letter) < 128 for letter in parts(after, "script")[0])


def test_it_tells_what_the_file_tells(model: Model) -> None:
    told = Provenance.of({"name": "mine", "accuracy": "90 %", "data": "my own", "cheese": "gouda"})
    facts = json.loads(parts(web_page.build(replace(model, provenance=told)), "script")[0])
    assert facts["name"] == "mine"
    assert facts["story"] == [
        ["layers", "784-12-10"],
        ["hidden neurons", "tanh"],
        ["cost", "quadratic"],
        ["accuracy", "90 %"],
        ["data", "my own"],
        ["cheese", "gouda"],
        ["made with", f"digitpad {__version__}"],
    ]


def test_half_precision_is_a_choice(model: Model) -> None:
    facts, weights, _ = parts(web_page.build(model, half=True), "script")
    assert json.loads(facts)["network"]["half"] is True
    numbers = decompress(b64decode(weights), -15)
    neurons, weights_bytes = 12 + 10, 2 * (784 * 12 + 12 * 10)
    assert len(numbers) == 2 * 4 * neurons + weights_bytes
    np.testing.assert_allclose(
        np.frombuffer(numbers[-weights_bytes:], "<f2")[: 784 * 12], model.network.weights[0].ravel(), atol=2e-3
    )


def test_weights_that_no_page_can_hold_are_refused(model: Model) -> None:
    network = Network([784, 10], seed=1, dtype=np.float64)
    network.weights[0][0, 0] = 1e300
    with pytest.raises(ExportError, match="too large"):
        web_page.build(Model(network))


def test_a_page_is_known_from_other_files(model: Model, tmp_path: Path) -> None:
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    web_page.save(page, model)
    other.write_text("<!DOCTYPE html><title>mine</title>")
    assert web_page.is_page(page)
    assert not web_page.is_page(other)


def test_where_it_cannot_be_written_nothing_is_there_or_lost(model: Model, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        web_page.save(tmp_path / "nowhere" / "page.html", model)
    assert not list(tmp_path.iterdir())


def test_its_colours_are_the_window_s() -> None:
    styles = (paths.WEB / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", styles, re.DOTALL)
    for block, colours in ((light, LIGHT), (dark, DARK)):
        found = {name.replace("-", "_"): value for name, value in re.findall(r"--([\w-]+): (#\w+);", block)}
        assert len(found) == 11
        assert found == {name: getattr(colours, name) for name in found}
