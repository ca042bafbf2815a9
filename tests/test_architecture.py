"""The import rules: they point one way, and Qt stays in gui/."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted((ROOT / "digitpad").rglob("*.py"))
}
OUTSIDE_GUI = [name for name in MODULES if not name.startswith("digitpad.gui")]

# What each part may import of the project, besides itself; the longest name that fits a module counts.
ALLOWED = {
    "digitpad.errors": set[str](),
    "digitpad.paths": set[str](),
    "digitpad.nn": set[str](),
    "digitpad.data": {
        "digitpad.nn",
        "digitpad.errors",
        "digitpad.paths",
        "digitpad.drawing",
        "digitpad.ink",
        "digitpad.preprocess",
    },
    "digitpad.preprocess": set[str](),
    "digitpad.ink": {"digitpad.preprocess"},
    "digitpad.drawing": {"digitpad.ink", "digitpad.preprocess"},
    "digitpad.picture": {"digitpad.ink", "digitpad.preprocess", "digitpad.errors"},
    "digitpad.reading": {"digitpad.nn", "digitpad.preprocess"},
    "digitpad.model_file": {"digitpad.nn", "digitpad.preprocess", "digitpad.errors"},
    "digitpad.settings": set[str](),
    "digitpad.recipe": {"digitpad.nn", "digitpad.data", "digitpad.errors"},
    "digitpad.experiment": {"digitpad.recipe", "digitpad.nn", "digitpad.data", "digitpad.errors"},
    "digitpad.runs": {"digitpad.experiment", "digitpad.recipe", "digitpad.nn", "digitpad.model_file"},
    "digitpad.lessons": {"digitpad.runs", "digitpad.recipe", "digitpad.experiment"},
    "digitpad.personal": {"digitpad.nn", "digitpad.data", "digitpad.errors", "digitpad.recipe"},
    "digitpad.terminal": {"digitpad"},
    "digitpad.cli": {"digitpad"},
    "digitpad.__main__": {"digitpad"},
}


def imports(file: Path) -> set[str]:
    """Return the modules that a file names in its imports, wherever they stand in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inside(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


@pytest.mark.parametrize("name", OUTSIDE_GUI)
def test_only_the_gui_knows_qt(name: str) -> None:
    foreign = {module.split(".")[0] for module in imports(MODULES[name])}
    assert not foreign & {"PySide6", "shiboken6", "pyqtgraph"}


@pytest.mark.parametrize("name", [name for name in OUTSIDE_GUI if name != "digitpad"])
def test_imports_point_one_way(name: str) -> None:
    part = max((part for part in ALLOWED if inside(name, part)), key=len)
    for module in imports(MODULES[name]):
        if inside(module, "digitpad"):
            assert any(inside(module, allowed) for allowed in {part} | ALLOWED[part]), f"{name} imports {module}"


@pytest.mark.parametrize("name", [name for name in MODULES if inside(name, "digitpad.nn")])
def test_the_network_needs_numpy_alone_and_neither_reads_nor_prints(name: str) -> None:
    for module in imports(MODULES[name]):
        first = module.split(".")[0]
        assert first in {"digitpad", "numpy"} | set(sys.stdlib_module_names)
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}


def test_the_gui_does_not_import_the_command_line() -> None:
    for name, file in MODULES.items():
        if inside(name, "digitpad.gui"):
            assert not any(inside(module, "digitpad.cli") for module in imports(file))


def test_everything_outside_the_gui_works_without_qt() -> None:
    code = (
        "import importlib, sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None\n"
        f"for name in {[name for name in OUTSIDE_GUI if name != 'digitpad.__main__']}: importlib.import_module(name)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
