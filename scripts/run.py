"""Start digitpad: python3 scripts/run.py [arguments for digitpad]. Makes .venv first where it is not there yet."""

import sys

import environment

environment.run(["-P", "-m", "digitpad"] + sys.argv[1:])
