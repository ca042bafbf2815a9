"""The two pages that a room serves: the door, which asks for the code, and the pad."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape

from digitpad import paths
from digitpad.export import web_page
from digitpad.export.web_page import Variant
from digitpad.train.model_file import Model

_PAD = Variant(modules=("classroom",), styles=("classroom",), connect="'self'")


def pad(model: Model) -> bytes:
    """Return the page to draw on with ``model``'s network in it; it takes a few seconds. Raises ExportError."""
    return web_page.build(model, variant=_PAD)


def door(trouble: str = "") -> bytes:
    """Return the page that asks for the code, saying ``trouble``, plain text, where the last one was not right."""
    parts = {"STYLE": _style(), "TROUBLE": escape(trouble)}
    return re.sub(r"@([A-Z]+)@", lambda found: parts[found[1]], _text("door.html")).encode()


@cache
def door_policy() -> str:
    """Return the Content-Security-Policy of the door: its own style, and its form."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def _style() -> str:
    return _text("door.css")


@cache
def _text(name: str) -> str:
    return (paths.WEB / name).read_text(encoding="utf-8")
