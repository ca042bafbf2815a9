"""The machine's own addresses, that a class can reach it at."""

import contextlib
import socket

LOOPBACK = "127.0.0.1"
# One in each kind of network: the system says from which address it would go there. Nothing is sent.
_ELSEWHERE = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "198.51.100.1")


def addresses() -> list[str]:
    """Return the addresses of this machine (IPv4), the likeliest first; the last one is for this machine alone."""
    found: dict[str, None] = {}
    for elsewhere in _ELSEWHERE:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            found[probe.getsockname()[0]] = None
    with contextlib.suppress(OSError):
        found |= {str(entry[4][0]): None for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return [address for address in found if not address.startswith(("127.", "0."))] + [LOOPBACK]
