"""The two pages that a room serves."""

import re
from base64 import b64encode
from hashlib import sha256

from digitpad.classroom.pages import door, door_policy, pad
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance


def hashed(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def test_the_door_has_its_style_and_no_script_and_says_what_was_wrong_as_plain_text() -> None:
    page = door("<b>that</b> & 'this'").decode()
    assert "&lt;b&gt;that&lt;/b&gt; &amp; &#x27;this&#x27;" in page
    assert "<script" not in page
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert f"style-src {hashed(style)}" in door_policy()
    assert door_policy().startswith("default-src 'none'; ")
    assert 'method="post" action="/join"' in page
    assert "@" not in re.sub(r"@media", "", page)


def test_the_pad_may_send_to_the_server_it_came_from_and_to_nobody_else() -> None:
    page = pad(Model(Network((784, 4, 10), seed=1), Provenance(name="small"))).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert "connect-src 'self'" in policy
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert hashed(script) in policy
    assert script.count("fetch(") == 1
    assert 'getElementById("sends")' in script
    assert 'id="sends"' in page
