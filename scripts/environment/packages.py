"""Installs the locked packages with pip, and says in a sentence why that did not work."""

import ast
import os
import re
import shutil
import subprocess
import sys
from typing import Dict, List, Optional

from environment.problems import NoWheels, Problem
from environment.pythons import NEWEST, OLDEST, Python, unsuited

# In whatever locale, Qt takes the system's paths for UTF-8, and so must Python, or they speak of different folders.
UTF8: Dict[str, str] = {} if os.name == "nt" else {"PYTHONUTF8": "1"}
NEEDED_BYTES = 500_000_000  # .venv and what pip unpacks on the way, with some air

# Of pip's settings those that say whence and how it fetches. The others may put packages elsewhere, or other packages.
KEPT = (
    ("index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "proxy", "cert", "client-cert")
    + ("keyring-provider", "timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir")
    + ("use-feature", "use-deprecated")
)

FULL = "the disk is full: .venv takes 350 MB, and pip another 150 MB in the temporary folder while it works"
CONNECTION = "there is no connection to {index}"
NOT_FOUND = r"No matching distribution|Could not find a version|not a supported wheel"
USUAL_INDEX = "the package index"  # that pip asks where none was chosen
# What pip, Python and the systems say, and what it means. The first that fits counts.
CAUSES = (
    (r"No space left on device|not enough space on the disk|[Qq]uota exceeded|WinError 112|Errno 28\b", FULL),
    (r"No usable temporary directory", "no folder for temporary files can be written to"),
    (r"Read-only file system", "the folder is on a file system that can only be read"),
    (
        r"DO NOT MATCH THE HASHES|Hashes are required",
        "what {index} sent is not what the lock file names: it was damaged on the way or exchanged",
    ),
    (
        r"CA certificate bundle|Could not find .*certificate",
        "the file of certificates that is set for pip is not there",
    ),
    (r"ssl module in Python is not available|SSL module is not available", "this Python was built without SSL"),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSL: |confirming the ssl certificate",
        "the certificate of {index} is not trusted: behind a company's proxy, name its certificate in PIP_CERT",
    ),
    (r"ProxyError|Proxy Authentication|[Pp]roxy URL|SOCKS support", "the proxy that is set does not let pip through"),
    (r"\b40[13] (Client )?Error|HTTP error 40[13]", "{index} refuses, as if it wanted a password"),
    (
        r"\b(404|410|429|5\d\d) (Client |Server )?Error|HTTP error (404|410|429|5\d\d)|too many 5\d\d",
        "{index} does not give out the packages now",
    ),
    (
        r"Retrying \(|ConnectionError|TimeoutError|timed out|Connection (broken|refused|reset|aborted)"
        r"|IncompleteRead|[Nn]ame resolution|getaddrinfo|unreachable",
        CONNECTION,
    ),
    (r"Permission denied|Access is denied|Errno 13\b|WinError 5\b", "something there may not be written to"),
)


def make_venv(python: Python, folder: str) -> None:
    """Make a virtual environment in ``folder``. Raises Problem."""
    said = _run([python.path, "-s", "-P", "-m", "venv", folder], _without("PYTHON"))
    if said is not None:
        cause = _cause(said)
        # venv does not pass on why pip could not be put into it.
        if cause is None and shutil.disk_usage(os.path.dirname(folder)).free < NEEDED_BYTES / 10:
            cause = FULL
        raise Problem("Python could not make a virtual environment{}".format(_because(cause, said)))


def install(python: str, lock: str, again: bool, made_from: Optional[Python] = None) -> None:
    """Install what the ``lock`` file names with the pip of ``python``.

    Where there is something to go on with, ``again``, it does not try for long. Raises NoWheels if a package does not
    exist for ``made_from`` or its system but may for another Python, Problem for all else.
    """
    command = [python, "-s", "-P", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "-r", lock]
    variables = _settings(python)
    if again:
        variables.setdefault("PIP_RETRIES", "1")
    said = _run(command, variables)
    if said is None:
        return
    failed, index, cause = "the packages could not be installed", _index(variables), _cause(said)
    if cause is None and variables.get("PIP_NO_INDEX", "0").lower() not in ("0", "false", "no", "off"):
        cause = "pip's settings forbid it to ask an index (PIP_NO_INDEX, or no-index in pip.conf)"
    if re.search(NOT_FOUND, said) and made_from:
        cause = cause or _cause(_refusals(python, said, index, variables))
        reason = unsuited(made_from) or (None if cause else _not_found(said, index, made_from))
        if reason:
            raise NoWheels("{}: {}.".format(failed, reason))
    raise Problem(failed + _because(cause and cause.format(index=index), said))


def _not_found(said: str, index: str, python: Python) -> str:
    return "{} has no {} for Python {}.{} on this system; the lock file is for Python {}.{} to {}.{}".format(
        index, _package(said), *(python.version + OLDEST + NEWEST)
    )


def _package(said: str) -> str:
    """Return which package was not found, with its version."""
    found = re.search(r"No matching distribution found for ([^\s;]+)", said)
    return found.group(1) if found else "package"


def _refusals(python: str, said: str, index: str, variables: Dict[str, str]) -> str:
    """Return what pip says, only when it is asked for more words, of an index that does not give out its pages."""
    command = [python, "-s", "-P", "-m", "pip", "install", "-vv", "--dry-run", "--no-deps", "--only-binary", ":all:"]
    process = subprocess.Popen(
        command + ["--no-input", _package(said)],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = process.communicate()[0].decode("utf-8", "replace").splitlines()
    return "\n".join(
        line for line in lines if "Could not fetch URL" in line and (index in line or index == USUAL_INDEX)
    )


def site_packages(python: str) -> str:
    """Return the folder of an environment's own packages."""
    code = "import os, sys, sysconfig; sys.stdout.buffer.write(os.fsencode(sysconfig.get_path('purelib')))"
    return os.fsdecode(subprocess.check_output([python, "-I", "-c", code]))


def sentence(why: Exception) -> str:
    """Return what to say of ``why`` something was not done."""
    if isinstance(why, OSError):
        return _cause(str(why)) or str(why)
    return str(why)


def _cause(said: str) -> Optional[str]:
    return next((cause for pattern, cause in CAUSES if re.search(pattern, said)), None)


def _because(cause: Optional[str], said: str) -> str:
    if cause:
        return ": {}.".format(cause)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return ". The last that was said: {}".format(lines[-1]) if lines else "."


def _settings(python: str) -> Dict[str, str]:
    """Return the environment variables for pip: what ``KEPT`` names of its settings, from files and variables alike."""
    variables = _without("PIP_", "PYTHON")
    reading = dict(variables, PIP_QUIET="0")
    if "PIP_CONFIG_FILE" in os.environ:
        reading["PIP_CONFIG_FILE"] = os.environ["PIP_CONFIG_FILE"]
    process = subprocess.Popen(
        [python, "-s", "-P", "-m", "pip", "config", "list"],
        env=reading,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    listing, errors = (text.decode("utf-8", "replace") for text in process.communicate())
    if process.returncode != 0:
        raise Problem("pip's settings cannot be read{}".format(_because(None, errors)))
    for section in ("global", "install"):  # the latter counts more
        for name, value in re.findall(r"^{}\.([\w-]+)=(.+?)\r?$".format(section), listing, flags=re.MULTILINE):
            if name in KEPT:
                variables[_variable(name)] = str(ast.literal_eval(value))
    for name in KEPT:
        if os.environ.get(_variable(name)):
            variables[_variable(name)] = os.environ[_variable(name)]
    variables["PIP_CONFIG_FILE"] = os.devnull  # pip's word for: no files
    return variables


def _without(*beginnings: str) -> Dict[str, str]:
    """Return the environment variables but for those whose names begin so; with paths read as Qt reads them."""
    return dict({name: value for name, value in os.environ.items() if not name.startswith(beginnings)}, **UTF8)


def _variable(name: str) -> str:
    return "PIP_" + name.upper().replace("-", "_")


def _index(variables: Dict[str, str]) -> str:
    """Return what to call the server that packages come from: its name without a password, where one was chosen."""
    url = variables.get("PIP_INDEX_URL")
    if not url:
        return USUAL_INDEX
    return re.sub(r"^\w+://([^/@]*@)?", "", url).split("/")[0] or url


def _run(command: List[str], variables: Dict[str, str]) -> Optional[str]:
    """Run ``command`` with its words on the screen; return None if all went well, or what it complained of."""
    process = subprocess.Popen(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=sys.stderr, stderr=subprocess.PIPE
    )
    assert process.stderr
    complaints = []
    with process.stderr as stream:
        for line in stream:
            text = line.decode("utf-8", "replace")
            complaints.append(text)
            sys.stderr.write(text)
            sys.stderr.flush()
    return "".join(complaints) if process.wait() != 0 else None
