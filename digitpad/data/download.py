"""Fetching MNIST's four files from a mirror into a folder: ``mnist_download``.

The mirrors have each file gzipped. It is unpacked as it arrives, into a temporary file beside its place, and moved
there once the SHA-256 of what was unpacked is right: a folder never holds half a file under its name.
"""

import contextlib
import functools
import http.client
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from digitpad.data.mnist import PAYLOADS
from digitpad.errors import Cancelled, DataError
from digitpad.files.temporary import sweep
from digitpad.files.threads import Thread
from digitpad.files.writing import writing
from digitpad.paths import own_mnist_folder

if TYPE_CHECKING:
    import requests

_GZIP = 31  # what zlib calls a gzip header and the largest window
_GZIP_START = b"\x1f"
_CHUNK_BYTES = 1 << 16  # read, and unpacked, at a time
QUEUED_CHUNKS = 16  # received and not yet written, at most
_GZIP_OVERHEAD_BYTES = 1 << 16  # by which a gzip file may be larger than what is in it
_SLOWEST_BYTES_PER_S = 1000
_TIMEOUT_S = 15.0  # over which a mirror may be slower than that, or silent
_POLL_INTERVAL_S = 0.1  # between looks whether the download was cancelled, while nothing arrives
_CLOSE_TIMEOUT_S = 0.2  # given to a connection to end
SETTLED_S = 1.0  # of receiving before the time left is guessed
_LEFT = re.compile(r"tmp[a-z0-9_]{8}")  # Pooch's temporary files
_TRIES = 2  # of each mirror, for each file


@dataclass(frozen=True)
class File:
    """A file to fetch: a mirror has it gzipped, as ``name`` with ``.gz``."""

    name: str
    sha256: str  # of what is unpacked, in hexadecimal
    size: int  # bytes, unpacked, exactly
    packed: int  # bytes, about, as the mirrors have it: for the progress only


_SIZES = {  # bytes of each file, unpacked and about as the mirrors have it
    "train-images-idx3-ubyte": (47_040_016, 9_912_422),
    "train-labels-idx1-ubyte": (60_008, 28_881),
    "t10k-images-idx3-ubyte": (7_840_016, 1_648_877),
    "t10k-labels-idx1-ubyte": (10_008, 4_542),
}
MNIST_FILES = tuple(File(name, PAYLOADS[name], *sizes) for name, sizes in _SIZES.items())
MIRRORS = ("https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/")


class Received(NamedTuple):
    """How far a download is."""

    received: int  # bytes as the mirrors have them; a file that was there already counts
    total: int
    seconds_left: float | None  # None until it can be told


class _MirrorError(Exception):
    """What a mirror did wrong, in words that follow its name."""


class Download:
    """Fetches files into a folder, once; what was fetched stays, whatever happens afterwards."""

    def __init__(
        self, folder: Path, files: Sequence[File], mirrors: Sequence[str], timeout_s: float = _TIMEOUT_S
    ) -> None:
        """Fetch ``files`` into ``folder``, made if need be, from addresses that a file's name is put behind.

        A mirror that sends less than 1 kB/s over ``timeout_s`` seconds is given up for the next one.
        """
        self._folder = folder
        self._files = files
        self._mirrors = deque(mirrors)
        self._timeout_s = timeout_s
        self._cancelled = threading.Event()

    def run(self, report: Callable[[Received], None] = lambda _: None) -> Path:
        """Fetch what is missing or damaged in the folder, and return the folder.

        ``report`` is called in this thread: at the start, as bytes arrive, perhaps hundreds of times a second, and
        after each file. The number of bytes never goes back and ends at the total.

        Raises DataError, one sentence, when no mirror has given a file or the folder cannot be written, and Cancelled
        after ``cancel``.
        """
        if self._folder == own_mnist_folder():  # in another, such names may be anybody's
            sweep(self._folder, _LEFT)
        progress = _Progress(self._files, report)
        for file in self._files:
            self._fetch(file, progress)
            progress.finished(file)
        return self._folder

    def cancel(self) -> None:
        """End ``run`` within a fraction of a second, from any thread; also a ``run`` that is yet to come."""
        self._cancelled.set()

    def _fetch(self, file: File, progress: "_Progress") -> None:
        trouble = "no mirror is known"
        for _ in range(_TRIES * len(self._mirrors)):
            try:
                with writing(self._folder, DataError):  # an OSError of the network has become a _MirrorError
                    self._fetch_from(self._mirrors[0], file, progress)
            except _MirrorError as failure:
                trouble = f"{urlsplit(self._mirrors[0]).hostname} {failure}"
                progress.lost()
                self._mirrors.rotate(-1)  # for good: the next file is asked first of a mirror that works
            else:
                return
        raise DataError(f"{file.name}: cannot be downloaded; {trouble}.")

    def _fetch_from(self, mirror: str, file: File, progress: "_Progress") -> None:
        import pooch

        pooch.get_logger().setLevel("WARNING")  # below it, it writes to the terminal what ``report`` is given
        store = pooch.create(
            path=self._folder.absolute(),
            base_url=mirror,
            registry={file.name: file.sha256},
            urls={file.name: f"{mirror}{file.name}.gz"},
        )

        def unpack(url: str, output: str, _: object) -> None:
            with contextlib.closing(_Stream(url, self._timeout_s)) as stream:
                self._unpack(stream.chunks(self._cancelled), file, Path(output), progress)

        try:
            store.fetch(file.name, downloader=unpack)
        except PermissionError as error:  # Pooch's words are around those of the system
            raise (error.__cause__ or error) from None
        except ValueError as error:  # so it says that the hash is wrong
            raise _MirrorError("sent a file that is not the right one (its SHA-256 is wrong)") from error

    def _unpack(self, chunks: Iterator[bytes], file: File, output: Path, progress: "_Progress") -> None:
        """Write to ``output`` what is gzipped in ``chunks``, to the end of the gzip data; what follows is let be."""
        gzip = zlib.decompressobj(_GZIP)
        packed = written = 0
        with output.open("wb") as target:
            for chunk in chunks:
                if packed == 0 and not chunk.startswith(_GZIP_START):
                    raise _MirrorError("sent a page instead of the file")
                packed += len(chunk)
                progress.arrived(len(chunk), file)
                while chunk and not gzip.eof:
                    try:
                        data = gzip.decompress(chunk, _CHUNK_BYTES)
                    except zlib.error as error:
                        raise _MirrorError("sent damaged data") from error
                    chunk = gzip.unconsumed_tail
                    written += len(data)
                    if written > file.size:
                        raise _MirrorError("sent more than the file holds")
                    target.write(data)
                if gzip.eof:
                    return
                if packed > file.size + _GZIP_OVERHEAD_BYTES:  # gzip data may go on for ever without holding anything
                    raise _MirrorError("sent more than the file holds")
        if self._cancelled.is_set():
            raise Cancelled(f"{self._folder}: the download into it was cancelled.")
        raise _MirrorError("broke off the connection in the middle of the file")


def mnist_download(folder: Path) -> Download:
    """Return the download of MNIST's four files into ``folder``, yet to be run."""
    return Download(folder, MNIST_FILES, MIRRORS)


class _Stream:
    """What a server sends, received in a thread of its own.

    For no call of the network can be relied on to come back soon: not the search for a server's address, nor a
    connection tried at one address after another, nor headers that come a byte now and then. They block this thread
    alone, which is left behind if need be and ends when its call does.
    """

    def __init__(self, url: str, timeout_s: float) -> None:
        import requests

        self._timeout_s = timeout_s
        self._arrived: queue.Queue[bytes | _MirrorError] = queue.Queue(QUEUED_CHUNKS)
        self._response: requests.Response | None = None
        self._left = False
        headers = {"Accept-Encoding": "identity"}  # the files are gzipped as they lie there, and not to be once more
        ask = functools.partial(requests.get, url, headers=headers, stream=True, timeout=timeout_s)
        self._since = time.monotonic()
        self._thread = Thread(target=self._receive, args=(ask,), name=f"receive {url}", daemon=True)
        try:
            self._thread.start()
        except (RuntimeError, MemoryError) as error:  # nor would one for another mirror
            raise DataError(f"{url}: cannot be downloaded; the system has no further thread.") from error

    def chunks(self, cancelled: threading.Event) -> Iterator[bytes]:
        """Yield the body as it was sent, of whatever encoding, until it ends or ``cancelled`` is set.

        Raises _MirrorError when there is none, when it breaks off, and when it comes too slowly.
        """
        since, arrived = self._since, 0
        while not cancelled.is_set():
            with contextlib.suppress(queue.Empty):
                chunk = self._arrived.get(timeout=_POLL_INTERVAL_S)
                if isinstance(chunk, _MirrorError):
                    raise chunk
                if not chunk:
                    return
                arrived += len(chunk)
                yield chunk
            if time.monotonic() - since >= self._timeout_s:
                if self._response is None:
                    raise _MirrorError("does not answer")
                if arrived == 0:
                    raise _MirrorError("stopped sending")
                if arrived < _SLOWEST_BYTES_PER_S * self._timeout_s:
                    raise _MirrorError("sends too slowly")
                since, arrived = time.monotonic(), 0

    def close(self) -> None:
        """Let go of the connection."""
        self._left = True
        if self._response is not None:
            # The thread may be about to close the connection itself, or the server may have.
            with contextlib.suppress(ValueError, RuntimeError, OSError):
                self._response.raw.shutdown()  # wakes a thread that waits for a silent server
        with contextlib.suppress(queue.Empty):
            while True:  # a thread that waits for room finds it
                self._arrived.get_nowait()
        self._thread.join(_CLOSE_TIMEOUT_S)

    def _receive(self, ask: "Callable[[], requests.Response]") -> None:
        try:
            with ask() as response:
                self._response = response
                if response.status_code != 200:
                    raise _MirrorError(_refusal(response.status_code))
                # A plain read would wait for as many bytes as it was asked for, however slowly they come.
                while not self._left and (chunk := response.raw.read1(_CHUNK_BYTES, decode_content=False)):
                    self._arrived.put(chunk)
        except _MirrorError as failure:
            self._arrived.put(failure)
        except Exception as error:  # of requests, urllib3, http.client, ssl or socket: whichever worded it last
            self._arrived.put(_MirrorError(_fault(error, answered=self._response is not None)))
        else:
            self._arrived.put(b"")


class _Progress:
    """Counts what arrives, and reports it: what a mirror sent before it failed is not taken back, nor counted twice."""

    def __init__(self, files: Sequence[File], report: Callable[[Received], None]) -> None:
        self._report = report
        self._total = sum(file.packed for file in files)
        self._finished = 0  # bytes of the files that are there
        self._received = 0  # bytes reported
        self.lost()
        self._report_received(0)

    def lost(self) -> None:
        """Begin a file anew, and the measuring of speed with it, which was that of a mirror that failed."""
        self._of_this = 0  # bytes of the file that is being fetched
        self._arrived = 0  # bytes since ...
        self._since = time.monotonic()

    def arrived(self, size: int, file: File) -> None:
        """Count ``size`` bytes of ``file``."""
        self._arrived += size
        self._of_this += size
        # What is packed may differ from mirror to mirror.
        self._report_received(self._finished + min(self._of_this, file.packed))

    def finished(self, file: File) -> None:
        """Count ``file`` as there."""
        self._of_this = 0
        self._finished += file.packed
        self._report_received(self._finished)

    def _report_received(self, received: int) -> None:
        self._received = max(self._received, received)
        seconds, left = time.monotonic() - self._since, None
        if self._arrived and seconds >= SETTLED_S:
            left = (self._total - received) * seconds / self._arrived
        self._report(Received(self._received, self._total, left))


def _refusal(status: int) -> str:
    """Return what a server means by an HTTP status other than 200."""
    words = {401: "refuses to give the file", 403: "refuses to give the file", 404: "does not have the file"}
    return f"{words.get(status, 'is out of order')} (HTTP {status})"


def _fault(error: BaseException, answered: bool) -> str:
    """Return what became of a connection: its cause is inside the errors of one library around those of another."""
    from requests.exceptions import ProxyError

    words: dict[type[BaseException], str] = {
        ProxyError: "cannot be reached through the proxy that is set",
        socket.gaierror: "cannot be found (is this computer online?)",
        ConnectionRefusedError: "refused the connection",
        ssl.SSLCertVerificationError: "could not prove that it is the server meant",
        TimeoutError: "stopped sending" if answered else "does not answer",
        ConnectionError: "broke off the connection",
        http.client.IncompleteRead: "broke off the connection in the middle of the file",
        http.client.HTTPException: "sent an answer that cannot be understood",
    }
    cause: BaseException | None = error
    while cause is not None:
        for kind, sentence in words.items():
            if isinstance(cause, kind):
                return sentence
        cause = cause.__cause__ or cause.__context__
    return "cannot be reached"
