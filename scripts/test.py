"""Run the tests: python3 scripts/test.py [arguments for pytest]. Makes .venv first where it is not there yet.

They run on all processors, but for a file that is named by itself, which begins sooner without: -n says otherwise.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # Python leaves it out where it is told to be safe
import environment

os.chdir(environment.ROOT)
arguments = sys.argv[1:]
alone = any(os.path.isfile(argument.split("::")[0]) for argument in arguments)
if not alone and not any("no:xdist" in argument for argument in arguments):
    arguments = ["-n", "logical", "--maxprocesses", "8", "--dist", "worksteal"] + arguments
environment.run(["-m", "pytest"] + arguments, tests=True)
