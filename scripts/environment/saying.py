"""Words for the person who starts a script."""

import sys


def say(words: str) -> None:
    """Print ``words`` where they are in nobody's way."""
    # Standard output belongs to the program that is started: a script's JSON must be all there is.
    print("digitpad: " + words, file=sys.stderr, flush=True)
