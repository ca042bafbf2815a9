"""Run the tests: python3 scripts/test.py [arguments for pytest]. Makes .venv first where it is not there yet."""

import os
import sys

import environment

os.chdir(environment.ROOT)
environment.run(["-m", "pytest"] + sys.argv[1:], tests=True)
