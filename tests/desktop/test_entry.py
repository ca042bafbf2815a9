"""What a Linux desktop knows digitpad by, held against the specifications of freedesktop.org."""

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from digitpad.desktop import entry
from digitpad.errors import DigitpadError
from digitpad.nn.network import Network
from digitpad.train import experiment_file, model_file
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

COMMAND = ["/opt/digitpad/digitpad-window"]
STRANGE = [
    "/home/Jörg M./Mein Ordner/digitpad-window", "/a$HOME/`b`/c", '/with "quotes"/x', "/back\\slash/x", "/100%/f",
    "/a;b/(c)/d",
]  # fmt: skip
REGISTERED = {"Education", "ArtificialIntelligence"}  # those of the menu specification that are used
NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def read(content: bytes) -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=True, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(content.decode())
    assert parser.sections() == ["Desktop Entry"]
    return dict(parser["Desktop Entry"])


def unescaped(text: str) -> str:
    """Return what a value of type string or localestring stands for."""
    letters = iter(text)
    meant = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    return "".join(meant[next(letters)] if letter == "\\" else letter for letter in letters)


def arguments(text: str) -> list[str]:
    """Return the arguments that a desktop makes of an Exec line; within quotes a backslash goes before four letters."""
    found, current, quoted, letters = [], "", False, iter(unescaped(text))
    for letter in letters:
        if letter == '"':
            quoted = not quoted
        elif quoted and letter == "\\":
            following = next(letters)
            assert following in '"`$\\'
            current += following
        elif letter == " " and not quoted:
            found.append(current)
            current = ""
        else:
            assert quoted or letter not in "\t\n'\\><~|&;$*?#()`", f"{letter} is reserved"
            current += letter
    return [argument if argument == "%f" else argument.replace("%%", "%") for argument in [*found, current]]


@pytest.mark.parametrize("program", [*COMMAND, *STRANGE])
def test_the_entry_starts_the_program_wherever_it_is(tmp_path: Path, program: str) -> None:
    content = entry.files([program, "-m", "a module"])[entry.ENTRY]
    found = read(content)
    assert arguments(found["Exec"]) == [program, "-m", "a module", "%f"]
    assert unescaped(found["TryExec"]) == program
    if validate := shutil.which("desktop-file-validate"):
        (tmp_path / "digitpad.desktop").write_bytes(content)
        run = subprocess.run([validate, tmp_path / "digitpad.desktop"], capture_output=True, text=True, check=False)
        assert (run.returncode, run.stdout) == (0, "")


def test_the_entry_says_what_a_menu_needs() -> None:
    content = entry.files(COMMAND)[entry.ENTRY]
    found = read(content)
    assert content.endswith(b"\n")
    assert (found["Type"], found["Name"], found["Terminal"]) == ("Application", "digitpad", "false")
    assert set(found["Categories"].strip(";").split(";")) == REGISTERED
    assert found["MimeType"] == f"{entry.NETWORK};{entry.EXPERIMENT};"
    assert found["Icon"] == "digitpad"
    assert all(found[name].endswith(";") for name in ("Categories", "Keywords", "MimeType"))


def test_the_icons_are_as_large_as_their_folders_say() -> None:
    icons = {name: content for name, content in entry.files(COMMAND).items() if name.startswith("icons/hicolor/")}
    assert {f"icons/hicolor/{side}x{side}/apps/digitpad.png" for side in (16, 24, 32, 48, 64, 128, 256)} == set(icons)
    for name, content in icons.items():
        image = QImage.fromData(content)
        assert f"{image.width()}x{image.height()}" == name.split("/")[2]
        assert image.pixelColor(0, 0).alpha() < 8
        assert image.pixelColor(image.width() // 2, image.height() // 16 + 1).blue() > 120


def types() -> dict[str, ElementTree.Element]:
    return {one.attrib["type"]: one for one in ElementTree.fromstring(entry.files(COMMAND)[entry.TYPES])}


def matches(rule: ElementTree.Element, head: bytes) -> bool:
    """Whether the beginning of a file is what a rule, and one of those within it, asks for."""
    first, _, last = rule.attrib["offset"].partition(":")
    value = rule.attrib["value"].replace("\\0", "\0").encode()
    here = any(head.startswith(value, at) for at in range(int(first), int(last or first) + 1))
    return here and (not len(rule) or any(matches(within, head) for within in rule))


def type_of(file: Path) -> str:
    """Return the type of a file by its first bytes, as the rule with the highest priority says."""
    head, found = file.read_bytes()[:5000], []
    for name, one in types().items():
        magic = one.find(f"{NAMESPACE}magic")
        assert magic is not None
        if any(matches(rule, head) for rule in magic):
            found.append((int(magic.attrib["priority"]), name))
    return max(found)[1] if found else ""


def test_only_our_networks_are_of_our_type(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    told = Provenance(name="net", recipe="{}" * 50_000, others={"a": "x" * 900, "z": "y"})
    model_file.save(tmp_path / "ours.safetensors", Model(Network([784, 30, 10], seed=1), told))
    save_file({"weights.0": np.zeros((3, 3), np.float32)}, tmp_path / "theirs.safetensors", {"format": "pt"})
    (tmp_path / "text").write_text('a text about a "digitpad network"')
    assert type_of(tmp_path / "ours.safetensors") == entry.NETWORK
    assert type_of(tmp_path / "theirs.safetensors") == "application/x-safetensors"
    assert type_of(tmp_path / "text") == ""
    experiment_file.save(tmp_path / "lesson.txt", SavedExperiment(question="Why?"))
    assert type_of(tmp_path / "lesson.txt") == entry.EXPERIMENT


def test_the_ending_alone_decides_nothing() -> None:
    """A system looks into a file where two types claim its ending alike."""
    globs = {name: one.find(f"{NAMESPACE}glob") for name, one in types().items()}
    claims = {(one.attrib["pattern"], one.get("weight")) for one in globs.values() if one is not None}
    assert len(globs) == 3
    assert claims == {("*.safetensors", "40"), (f"*{experiment_file.SUFFIX}", None)}


def test_what_was_put_there_can_be_taken_away(tmp_path: Path) -> None:
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "other.desktop").write_text("of somebody else")
    assert not entry.remove(tmp_path)
    for _ in range(2):
        entry.install(tmp_path, COMMAND)
        for name, content in entry.files(COMMAND).items():
            assert (tmp_path / name).read_bytes() == content
    assert entry.remove(tmp_path)
    assert not any((tmp_path / name).exists() for name in entry.files(COMMAND))
    assert (tmp_path / "applications" / "other.desktop").read_text() == "of somebody else"


def test_a_folder_that_cannot_be_written_and_a_path_nobody_can_start_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DigitpadError, match=r"digitpad\.desktop: cannot be written"):
        entry.install(tmp_path / "file", COMMAND)
    with pytest.raises(DigitpadError, match="control character"):
        entry.install(tmp_path, ["/two\nlines"])
