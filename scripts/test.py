"""Run the tests: python3 scripts/test.py [--cov] [arguments for pytest]. Makes .venv first where it is not there yet.

They run on all processors, but for a file that is named by itself, which begins sooner without: -n says otherwise.
With --cov it is told how much of the program they went through, and too little fails (scripts/covered.py).
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # Python leaves it out where it is told to be safe
import environment

os.chdir(environment.ROOT)
arguments = [argument for argument in sys.argv[1:] if argument != "--cov"]
program = ["scripts/covered.py"] if "--cov" in sys.argv[1:] else ["-m", "pytest"]
alone = any(os.path.isfile(argument.split("::")[0]) for argument in arguments)
if not alone and not any("no:xdist" in argument for argument in arguments):
    arguments = ["-n", "logical", "--maxprocesses", "8", "--dist", "worksteal"] + arguments
environment.run(program + arguments, tests=True)
