"""What a newcomer meets first: a short README, links that lead somewhere, a licence, one version."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import digitpad

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def outside_code(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return the names that headings can be linked by: lower case, no punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", outside_code(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_readme_is_short() -> None:
    assert len(text_of(ROOT / "README.md").splitlines()) <= 130


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", outside_code(page))
    for target in (target for target in targets if "://" not in target):
        place, _, anchor = target.partition("#")
        file = page.parent / place if place else page
        assert file.is_file(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(file), f"{page.name} links to {target}"


def test_the_readme_leads_to_all_other_pages_and_the_licence() -> None:
    for page in (*PAGES[1:], ROOT / "LICENSE"):
        assert f"({page.relative_to(ROOT).as_posix()})" in text_of(ROOT / "README.md")


def test_the_version_stands_in_one_place() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert "version" not in PROJECT["project"]
    source = ROOT / PROJECT["tool"]["hatch"]["version"]["path"]
    assert source == Path(digitpad.__file__)
    literals = [
        node.value.value
        for node in ast.parse(text_of(source)).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__"
        and isinstance(node.value, ast.Constant)
    ]  # fmt: skip
    assert literals == [digitpad.__version__]


def test_everyone_may_use_it() -> None:
    licence = text_of(ROOT / "LICENSE")
    assert licence.startswith("MIT License\n")
    assert "the digitpad authors" in licence
    assert PROJECT["project"]["license"] == "MIT"
    assert PROJECT["project"]["authors"] == [{"name": "the digitpad authors"}]
    for name in PROJECT["project"]["license-files"]:
        assert (ROOT / name).is_file()


def test_other_programs_may_see_the_types() -> None:
    assert (ROOT / "digitpad" / "py.typed").is_file()


def test_pythons_are_the_same_everywhere() -> None:
    """What the metadata claims, what scripts/environment/ makes, and what is tried on every system."""
    classifiers = PROJECT["project"]["classifiers"]
    claimed = [tuple(map(int, c.split(" :: ")[2].split("."))) for c in classifiers if re.search(r":: 3\.\d+$", c)]
    found = re.search(
        r"^OLDEST, NEWEST = (.+?)  #", text_of(ROOT / "scripts" / "environment" / "pythons.py"), flags=re.MULTILINE
    )
    assert found
    assert (claimed[0], claimed[-1]) == ast.literal_eval(found[1])
    tried = re.search(r"python: (\[.+\])", text_of(ROOT / ".github" / "workflows" / "ci.yml"))
    assert tried
    assert ast.literal_eval(tried[1]) == [".".join(map(str, python)) for python in (claimed[0], claimed[-1])]
