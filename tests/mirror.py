"""A small set of digits that passes for MNIST, and a mirror on this machine that has it."""

import gzip
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad.data import download, mnist
from tests import digits


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of digits that passes for MNIST."""
    folder = tmp_path / "elsewhere"
    digits.folder(folder, training=30, test=10)
    payloads = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("train-images-idx3-ubyte", "t10k-images-idx3-ubyte")
    }
    monkeypatch.setattr(mnist, "PAYLOADS", payloads)
    return folder


@pytest.fixture
def mirror(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a mirror on this machine that has the set."""
    contents = {file.name.removesuffix(".gz"): file.read_bytes() for file in folder.iterdir()}
    contents = {name: gzip.decompress(it) if it[:2] == b"\x1f\x8b" else it for name, it in contents.items()}
    files = tuple(
        download.File(name, hashlib.sha256(it).hexdigest(), len(it), len(gzip.compress(it)))
        for name, it in contents.items()
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = gzip.compress(contents[self.path.strip("/").removesuffix(".gz")])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(download.Download.__init__, "__defaults__", (files, (address,), 5.0))
    yield address
    server.shutdown()
    server.server_close()
    thread.join()
