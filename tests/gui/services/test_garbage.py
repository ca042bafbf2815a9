"""What collects garbage for the window: what was dropped goes, even if it had come to stay."""

import gc
import weakref

from digitpad.gui.services.garbage import collect_all


class _Circle:
    def __init__(self) -> None:
        self.me = self


def test_what_had_come_to_stay_goes_once_it_is_dropped() -> None:
    circle = _Circle()
    gone = weakref.ref(circle)
    gc.freeze()
    del circle
    gc.collect()
    assert gone() is not None  # which an ordinary collection leaves
    collect_all()
    assert gone() is None
