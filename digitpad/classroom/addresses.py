"""The machine's own addresses, that a class can reach it at."""

import contextlib
import socket

from digitpad.files.threads import Thread

LOOPBACK = "127.0.0.1"
# One in each kind of network: the system says from which address it would go there. Nothing is sent.
_ELSEWHERE = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "198.51.100.1")
_PATIENCE_S = 1.0  # with a network that is asked for the machine's name and does not answer


def addresses() -> list[str]:
    """Return the addresses of this machine (IPv4), the likeliest first; the last one is for this machine alone."""
    found: dict[str, None] = {}
    for elsewhere in _ELSEWHERE:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            found[probe.getsockname()[0]] = None
    named: list[str] = []
    asking = Thread(target=lambda: named.extend(_of_its_name()), name="addresses", daemon=True)
    with contextlib.suppress(RuntimeError, MemoryError):  # of a system that has no thread for it
        asking.start()
        asking.join(_PATIENCE_S)
    found |= dict.fromkeys(tuple(named))
    return [address for address in found if not address.startswith(("127.", "0."))] + [LOOPBACK]


def _of_its_name() -> list[str]:
    """Return what the machine's name leads to, which a network may be asked for."""
    with contextlib.suppress(OSError, UnicodeError):
        return [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []
