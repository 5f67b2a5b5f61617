"""
Tests of the structure of the package: imports run one way, and no file is too long.

The graph is read from the sources: imports at module level and inside functions, imports for type checkers, and the
attributes of the lazy packages (`model.Link`), which are fetched from the module that has them. What runs back up is
named here, with the reason; anything else fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import asean_japan

PACKAGE = Path(asean_japan.__file__).parent
LONGEST_FILE = 600  # Lines.
MOST_ENTRIES = 25
FOR_TOOLS = {"__init__.pyi", "__pycache__", "__pyinstaller", "py.typed"}  # Entries that only programs read.
MOST_CASTS = 30

# Modules that fetch others by name, which no import statement shows.
FETCHED_BY_NAME = {
    "lazy": "Fetches the names of packages when they are first used; a lazy package lists them for type checkers, too.",
    "pydantic_hooks": "pydantic calls back: only then is the module imported that knows it, and it knows the values.",
}
# Annotations that run back up.
UPWARD_ANNOTATIONS = {
    ("model.places", "report"): "`Place.report` stays a `Report`: then `item.report.search` keeps its type.",
}


class Edge(NamedTuple):
    """One module that names another."""

    source: str
    target: str
    runs: bool  # Or only an annotation.


def name_of(path: Path) -> str:
    """Return the name of a module below the package; that of a package ends with `__init__`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


TREES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def module_of(dotted: str) -> str | None:
    """Return the module for a dotted path below the package; None for something inside a module."""
    inside = dotted.removeprefix("asean_japan").removeprefix(".")
    candidates = (inside, f"{inside}.__init__" if inside else "__init__")
    return next((name for name in candidates if name in TREES), None)


def for_checkers(tree: ast.Module) -> set[ast.AST]:
    """Return every node below an ``if TYPE_CHECKING:``."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    return {inner for block in blocks for statement in block.body for inner in ast.walk(statement)}


def in_annotations(tree: ast.Module) -> set[ast.AST]:
    """Return every node of an annotation, or of the parameter of a base class that is written as text."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            annotation = getattr(node, name, None)
            if isinstance(annotation, ast.AST):
                found.update(ast.walk(annotation))
    return found


@cache
def provided(package: str) -> Mapping[str, str]:
    """Return the module that has each name of a lazy package."""
    names: dict[str, str] = {}
    for node in ast.walk(TREES[package]):
        if isinstance(node, ast.ImportFrom) and node.module and (module := module_of(node.module)):
            names |= {alias.asname or alias.name: module for alias in node.names}
    return names


def edges_of(source: str) -> Iterator[Edge]:
    """Yield each module that a module names: by an import, or by an attribute of a lazy package."""
    tree = TREES[source]
    checked, annotated = for_checkers(tree), in_annotations(tree)
    packages: dict[str, str] = {}
    for node in ast.walk(tree):
        for name, target in imports_of(node, source):
            if target.endswith("__init__"):
                packages[name] = target
            yield Edge(source, target, node not in checked)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in packages:
            package = packages[node.value.id]
            names = ROOT if package == "__init__" else provided(package)
            if target := names.get(node.attr, ""):
                yield Edge(source, target, node not in checked and node not in annotated)


def imports_of(node: ast.AST, source: str) -> Iterator[tuple[str, str]]:
    """Yield each name that an import statement binds, and the module that it is taken from."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.partition(".")[0] == "asean_japan" and (target := module_of(alias.name)):
                yield alias.asname or alias.name, target
    elif isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "asean_japan":
        for alias in node.names:
            target = module_of(f"{node.module}.{alias.name}") or module_of(node.module)
            assert target, f"{source} imports {node.module}, which is not a module"
            yield alias.asname or alias.name, target


# The names of the root are in its stub.
ROOT = {
    alias.name: module
    for node in ast.walk(ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8")))
    if isinstance(node, ast.ImportFrom) and node.module and (module := module_of(node.module))
    for alias in node.names
}
EDGES = [edge for source in TREES for edge in edges_of(source)]


def circles(edges: Iterable[Edge]) -> list[list[str]]:
    """Return the sets of modules that lead to one another."""
    below: dict[str, set[str]] = {name: set() for name in TREES}
    for edge in edges:
        below[edge.source].add(edge.target)

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        todo = [start]
        while todo:
            new = below[todo.pop()] - found
            found |= new
            todo += new
        return found

    reach = {name: reached(name) for name in TREES}
    knots = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in TREES}
    return sorted(list(knot) for knot in knots if len(knot) > 1)


def test_no_circle_of_modules_when_running() -> None:
    """No module leads back to itself, imports inside functions counted."""
    assert circles(edge for edge in EDGES if edge.runs) == []


def test_only_the_model_is_tied_by_annotations() -> None:
    """With annotations counted, only values are tied to one another, but for what is named above."""
    permitted = {pair for pair in UPWARD_ANNOTATIONS if UPWARD_ANNOTATIONS[pair]}
    tied = circles(edge for edge in EDGES if (edge.source, edge.target) not in permitted)
    assert [[name for name in circle if not name.startswith("model.")] for circle in tied] in ([[]], [])


@pytest.mark.parametrize(("source", "target"), UPWARD_ANNOTATIONS)
def test_permitted_annotation_is_needed(source: str, target: str) -> None:
    """What is permitted is there, and never runs."""
    assert {edge.runs for edge in EDGES if (edge.source, edge.target) == (source, target)} == {False}


def test_only_the_named_modules_fetch_by_name() -> None:
    """No other module imports something that no import statement shows."""
    fetching = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and "import_module" in ast.dump(node)
    }
    assert fetching == set(FETCHED_BY_NAME)


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ("model", ("questions", "copies", "report", "serialization", "export", "checking", "loading")),
        ("copies", ("questions", "report", "serialization", "export", "checking", "loading")),
        ("questions", ("report", "serialization", "export", "checking", "loading", "copies")),
        ("export", ("report", "serialization", "checking", "loading", "copies")),
        ("bundle", ("model", "copies", "questions", "report", "loading")),
        ("serialization", ("loading", "export", "copies")),
        ("report", ("serialization", "loading")),
    ],
)
def test_rooms_do_not_know_what_is_above_them(below: str, above: tuple[str, ...]) -> None:
    """A room leads to none of those above it, but for the annotations that are named."""
    wrong = {
        (edge.source, edge.target)
        for edge in EDGES
        if edge.source.partition(".")[0] == below and edge.target.partition(".")[0] in above
    }
    assert wrong <= set(UPWARD_ANNOTATIONS)


def test_lazy_package_lists_what_it_fetches() -> None:
    """What a lazy package tells type checkers is what it fetches, name by name."""
    for package in (name for name in TREES if name.endswith(".__init__")):
        names = provided(package)
        listed = {name for name, module in names.items() if module != "lazy"}
        if not listed:
            continue
        module = __import__(f"asean_japan.{package.removesuffix('.__init__')}", fromlist=["__all__"])
        assert listed <= set(module.__all__), package
        for name in module.__all__:
            home = names.get(name)
            held = getattr(module, name)
            if home and isinstance(held, type) and held.__module__.startswith("asean_japan"):
                assert held.__module__ == f"asean_japan.{home}", (package, name)


def test_folder_is_small() -> None:
    """The package has few modules and folders that one opens, so that one finds one's way."""
    entries = [path.name for path in PACKAGE.iterdir() if path.name not in FOR_TOOLS]
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_files_are_short() -> None:
    """No file is too long; the report has as much code, and more docstrings."""
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    long = {name: size for name, size in sizes.items() if size > LONGEST_FILE}
    assert set(long) <= {"report"}
    tree = TREES["report"]
    documented = sum(
        node.body[0].end_lineno - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
        and ast.get_docstring(node)
        and node.body[0].end_lineno
    )
    assert sizes["report"] - documented <= LONGEST_FILE


def test_checkers_are_seldom_overruled() -> None:
    """Casts are few, and no finding of a type checker is silenced."""
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert text.count("cast(") <= MOST_CASTS
    assert "# type: ignore" not in text
