"""Start digitpad: python3 scripts/run.py [arguments for digitpad]. Makes .venv first where it is not there yet."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # Python leaves it out where it is told to be safe
import environment

environment.run(["-P", "-m", "digitpad"] + sys.argv[1:])
