"""A clock that goes as a test says: ``Clock``."""


class Clock:
    """Tells seconds, which pass when ``now`` is set."""

    def __init__(self) -> None:
        """Begin at 0."""
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time, in seconds."""
        return self.now
