"""Why packages cannot be installed is told by its cause."""

import subprocess
import sys

import pytest
from environment import packages
from environment.problems import NoWheels, Problem
from environment.pythons import Python

OURS = Python("python", (3, 14), "CPython", 64, False, "linux", "x86_64", "glibc 2.41")
OLD = OURS._replace(processor="aarch64", release="glibc 2.36")
NOT_FOUND = "ERROR: Could not find a version ...\nERROR: No matching distribution found for numpy==2.4.6\n"
RETRYING = "WARNING: Retrying (Retry(total=4, ...)) after connection broken by "


@pytest.fixture
def complaining(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put the words in place of what pip says, and let it fail: of the settings, if there are two, and of packages."""
    words: list[str] = []
    real = subprocess.Popen
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)

    def popen(command: list[str], **options: object) -> object:
        fails = "config" not in command
        code = "import sys; sys.stderr.write(sys.argv[1]); sys.exit(int(sys.argv[2]))"
        told = words[0] if fails else "".join(words[1:])
        return real([sys.executable, "-c", code, told, str(int(fails or len(words) > 1))], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", popen)
    return words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("OSError: [WinError 112] There is not enough space on the disk", "the disk is full"),
        (
            RETRYING + "'NewConnectionError(... [Errno -2] Name or service not known')'\n" + NOT_FOUND,
            "no connection to",
        ),
        (RETRYING + "'ConnectTimeoutError(...)'\n" + NOT_FOUND, "there is no connection to the package index"),
        (RETRYING + "'ProxyError('Cannot connect to proxy.', ...)'\n" + NOT_FOUND, "the proxy that is set"),
        (RETRYING + "'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))'", "is not trusted"),
        ("ERROR: ... Could not find a suitable TLS CA certificate bundle, invalid path: /x", "file of certificates"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "is not what the lock file names",
        ),
        ("ERROR: HTTP error 403 while getting https://index.example/...", "refuses"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'", "written to"),
        ("FileNotFoundError: [Errno 2] No usable temporary directory found in ['/tmp']", "temporary files"),
        ("ERROR: something new\n\n", "The last that was said: ERROR: something new"),
    ],
)
def test_each_cause_has_its_sentence(complaining: list[str], said: str, told: str) -> None:
    complaining.append(said)
    with pytest.raises(Problem, match=r"^the packages could not be installed") as problem:
        packages.install("python", "a.lock", again=False, made_from=OURS)
    assert not isinstance(problem.value, NoWheels)
    assert told in str(problem.value)


def test_packages_that_do_not_exist_for_a_python_may_for_another(complaining: list[str]) -> None:
    complaining.append(NOT_FOUND)
    with pytest.raises(NoWheels, match=r"the package index has no numpy==2\.4\.6 for Python 3\.14 on this system"):
        packages.install("python", "a.lock", again=False, made_from=OURS)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("401 Client Error: Unauthorized", r"the package index refuses, as if it wanted a password\.$"),
        ("503 Server Error: Service Unavailable", r"the package index does not give out the packages now\.$"),
    ],
)
def test_an_index_that_gives_nothing_is_not_one_that_lacks_a_package(
    complaining: list[str], answer: str, told: str
) -> None:
    complaining.append(
        f"  Could not fetch URL https://index.example/simple/numpy/: {answer} for url - skipping\n{NOT_FOUND}"
    )
    with pytest.raises(Problem, match=told):
        packages.install("python", "a.lock", again=False, made_from=OURS)


def test_a_system_that_is_too_old_is_told_what_is_needed(complaining: list[str]) -> None:
    complaining.append(NOT_FOUND)
    with pytest.raises(NoWheels, match=r"on aarch64 they need glibc 2\.39 or newer, and this system has glibc 2\.36"):
        packages.install("python", "a.lock", again=False, made_from=OLD)


def test_an_index_that_may_not_be_asked_is_told(complaining: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    complaining.append(NOT_FOUND)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Problem, match=r"forbid it to ask an index \(PIP_NO_INDEX"):
        packages.install("python", "a.lock", again=False, made_from=OURS)


def test_settings_that_cannot_be_read_are_told(complaining: list[str]) -> None:
    complaining.extend(["", "ERROR: Configuration file could not be loaded.\nFile contains no section headers.\n"])
    with pytest.raises(Problem, match=r"pip's settings cannot be read.*no section headers"):
        packages.install("python", "a.lock", again=False)


def test_no_password_is_told(complaining: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    complaining.append(RETRYING)
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@packages.example.org/simple")
    with pytest.raises(Problem, match=r"no connection to packages\.example\.org\."):
        packages.install("python", "a.lock", again=False)
