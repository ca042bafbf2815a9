"""Signals that ask the program to end: Ctrl+C, a session that ends, a terminal that is closed."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from digitpad.train import end_signals


class Ending(QObject):
    """Brings the system's signals to end into the event loop, while it ``listens``.

    Signal: ``asked(int)``, in the window's thread, with the number of the system's signal. A second Ctrl+C ends the
    process at once.
    """

    asked = Signal(int)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear signals, but for those that are ignored already, as ``nohup`` does with SIGHUP."""
        before = end_signals.handlers()
        # Python's own handlers wait until Python runs, which it need not for hours: the number comes through a socket.
        reader, writer = socket.socketpair()
        with reader, writer:
            reader.setblocking(False)
            writer.setblocking(False)
            notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, self)
            notifier.activated.connect(lambda: self._ask(reader))
            wakeup_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
            for number in before:
                signal.signal(number, lambda *_: None)
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)
                signal.set_wakeup_fd(wakeup_before)
                notifier.setEnabled(False)
                notifier.deleteLater()

    def _ask(self, reader: socket.socket) -> None:
        for number in reader.recv(4096):
            if number in end_signals.ENDING:
                if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
                    signal.signal(signal.SIGINT, signal.SIG_DFL)
                self.asked.emit(number)
