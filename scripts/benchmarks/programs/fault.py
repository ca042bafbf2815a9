"""Bring about one fault. Arguments: its name, and an empty folder. The last line says why it was not survived."""

import sys
from pathlib import Path

from memory import limit, peak_mb

from benchmarks.probes import NotSurvived, fault


def main() -> None:
    """Run the probe; exit with 3 and a line that says why where the fault was not survived."""
    one = fault(sys.argv[1])
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # what is killed has said it
    limit()
    try:
        one.probe(Path(sys.argv[2]))
        if peak_mb() > one.most_mb:
            raise NotSurvived(f"took {peak_mb():,.0f} MB")
    except NotSurvived as why:
        print(f"why: {why}")
        sys.exit(3)


if __name__ == "__main__":
    main()
