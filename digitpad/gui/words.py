"""Numbers put as people say them."""

_MINUTES = 100  # seconds: from there on


def a_digit(digit: int) -> str:
    """Return a digit as one of its kind: "a 3", "an 8"."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def duration(seconds: float) -> str:
    """Return a length of time: "0:07", "12:30", "1:02:03"."""
    whole = round(seconds)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def roughly(seconds: float) -> str:
    """Return a length of time as nobody could tell it better: "1 second", "50 seconds", "3 minutes"."""
    return counted(round(seconds), "second") if seconds < _MINUTES else counted(round(seconds / 60), "minute")


def counted(n: float, what: str) -> str:
    """Return a number of things: "1 drawing", "1,749 drawings", "2.5 epochs"."""
    number = f"{n:,}" if isinstance(n, int) else f"{round(n, 2):,g}"
    return f"{number} {what}" if n == 1 else f"{number} {what}s"
