"""The import rules: they point one way, and Qt stays in gui/."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted((ROOT / "digitpad").rglob("*.py"))
}
OUTSIDE_GUI = [name for name in MODULES if not name.startswith("digitpad.gui")]

SUBJECTS = {f"digitpad.{name}" for name in ("nn", "draw", "data", "train", "explore", "inside")}
LEAVES = {"digitpad.errors", "digitpad.paths", "digitpad.files"}
BASICS = {"digitpad.gui.words", "digitpad.gui.images", "digitpad.gui.guard"}  # what all of the gui may use
SERVICES, WIDGETS, WINDOW = "digitpad.gui.services", "digitpad.gui.widgets", "digitpad.gui.window"

# What each part may import of the project, besides itself; the longest name that fits a module counts.
ALLOWED = {
    "digitpad.errors": set[str](),
    "digitpad.paths": set[str](),
    "digitpad.files": {"digitpad.errors"},
    "digitpad.nn": set[str](),
    "digitpad.draw": {"digitpad.nn", "digitpad.errors", "digitpad.files"},
    "digitpad.data": {"digitpad.draw", "digitpad.nn"} | LEAVES,
    "digitpad.train": {"digitpad.data", "digitpad.draw", "digitpad.nn"} | LEAVES,
    "digitpad.explore": {"digitpad.train", "digitpad.nn"} | LEAVES,
    "digitpad.inside": {"digitpad.explore", "digitpad.train", "digitpad.data", "digitpad.draw", "digitpad.nn"},
    "digitpad.classroom": {"digitpad.export", "digitpad.train", "digitpad.data", "digitpad.draw"} | LEAVES,
    "digitpad.export": {"digitpad.train", "digitpad.data", "digitpad.draw", "digitpad.nn"} | LEAVES,
    "digitpad.library": {"digitpad.train", "digitpad.data", "digitpad.draw", "digitpad.nn"} | LEAVES,
    "digitpad.cli": SUBJECTS | LEAVES | {"digitpad.gui.words", "digitpad.export"},
    "digitpad.cli.gui": {
        "digitpad.gui.start",
        "digitpad.gui.libraries",
        "digitpad.draw.photo.file_kinds",
        "digitpad.cli.digits",
    },
    "digitpad.cli.install_desktop": {"digitpad.desktop.entry"} | LEAVES,
    "digitpad.desktop": LEAVES,
    "digitpad.desktop.window": {"digitpad.__main__", "digitpad.desktop.telling", "digitpad.gui.display"},
    "digitpad.gui.libraries": set[str](),
    "digitpad.__main__": {"digitpad.cli"},
    "digitpad.gui.words": set[str](),
    "digitpad.gui.images": set[str](),
    "digitpad.gui.guard": set[str](),
    SERVICES: SUBJECTS | LEAVES | BASICS,
    WIDGETS: SUBJECTS | LEAVES | BASICS | {SERVICES},
    "digitpad.gui": SUBJECTS | LEAVES | {SERVICES, WIDGETS, WINDOW},
}
# Each subject is shown by the folder of its name, which knows that subject and what it is made from, and no other tab.
for subject in SUBJECTS - {"digitpad.nn"}:
    shown_by = subject.replace("digitpad.", "digitpad.gui.")
    ALLOWED[shown_by] = {subject, SERVICES, WIDGETS} | BASICS | ALLOWED[subject] | LEAVES
ALLOWED["digitpad.gui.classroom"] = {"digitpad.classroom", SERVICES, WIDGETS} | BASICS | ALLOWED["digitpad.classroom"]
ALLOWED["digitpad.gui.explore"] |= ALLOWED["digitpad.train"]
for tab in ("draw", "train"):  # from which ways lead to Explore's pages
    ALLOWED[f"digitpad.gui.{tab}"] |= {"digitpad.explore.chapter", "digitpad.explore.guessing"}
ALLOWED[WINDOW] = (
    ALLOWED["digitpad.gui"]
    | BASICS
    | {"digitpad.export"}
    | {f"digitpad.gui.{part}" for part in ("draw", "data", "train", "explore", "inside", "classroom")}
)


@cache
def imports(file: Path) -> frozenset[str]:
    """Return the modules that a file names in its imports, wherever they stand in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def inside(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def module_of(name: str) -> str:
    """Return the module that has what is imported by this name, which is that itself where it is a module."""
    return name if name in MODULES else module_of(name.rpartition(".")[0])


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return ast.unparse(node.func).rpartition(".")[2]


def takes(name: str, what: str) -> bool:
    """Whether a module takes ``what`` of a library, by importing it or by its full name."""
    return what in imports(MODULES[name]) or what in MODULES[name].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OUTSIDE_GUI)
def test_only_the_gui_knows_qt(name: str) -> None:
    foreign = {module.split(".")[0] for module in imports(MODULES[name])}
    assert not foreign & {"PySide6", "shiboken6", "pyqtgraph"}


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("digitpad", "digitpad.gui")])
def test_imports_point_one_way(name: str) -> None:
    part = max((part for part in ALLOWED if inside(name, part)), key=len)
    for module in imports(MODULES[name]):
        if inside(module, "digitpad") and module != "digitpad.__version__":
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


def test_no_module_imports_itself_through_others() -> None:
    """Modules in a circle cannot be understood, or moved, one by one."""
    graph = {name: {module_of(found) for found in imports(file) if inside(found, "digitpad")} - {name, "digitpad"}
             for name, file in MODULES.items()}  # fmt: skip
    while leaves := {name for name, below in graph.items() if not below & graph.keys()}:
        graph = {name: below for name, below in graph.items() if name not in leaves}
    assert not graph, f"these import each other: {sorted(graph)}"


def test_few_modules_lie_flat_at_the_top() -> None:
    flat = {file.stem for file in (ROOT / "digitpad").glob("*.py")} - {"__init__"}
    assert flat <= {"__main__", "errors", "paths"}


@pytest.mark.parametrize("name", [name for name in MODULES if inside(name, "digitpad.gui")])
def test_painters_end_also_where_painting_fails(name: str) -> None:
    """One left active by an exception brings the process down at its end."""
    text = MODULES[name].read_text(encoding="utf-8")
    tree = ast.parse(text if "QPainter" in text else "")
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "QPainter"]
    withs = [node for node in ast.walk(tree) if isinstance(node, ast.With)]
    ended = [item.context_expr for node in withs for item in node.items]
    assert all(node in ended for node in made), "QPainter is used in `with`"


@pytest.mark.parametrize(
    "name", [name for name in MODULES if inside(name, "digitpad.files") or inside(name, "digitpad.data")]
)
def test_readers_and_writers_let_go_of_what_failed(name: str) -> None:
    """What contextlib makes of a generator does not, from Python 3.12 on, where that makes another error of one."""
    assert name == "digitpad.files.contexts" or not takes(name, "contextlib.contextmanager")


@pytest.mark.parametrize("name", MODULES)
def test_threads_begin_or_are_refused(name: str) -> None:
    """Python's own wait for ever for one that has no memory for its first step."""
    assert name == "digitpad.files.threads" or not takes(name, "threading.Thread")


def test_everything_outside_the_gui_works_without_qt() -> None:
    code = (
        "import importlib, sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph'): sys.modules[name] = None\n"
        f"for name in {[name for name in OUTSIDE_GUI if name != 'digitpad.__main__']}: importlib.import_module(name)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
