"""What can keep the environment from being made."""


class Problem(Exception):
    """The environment cannot be made; the text says why and what to do."""


class NoWheels(Problem):
    """The packages do not exist for this Python; they may for another."""
