"""
Tests that the package does nothing behind one's back.

It uses no network, starts no process but the one that reads a copy in docx or PDF, opens no file but its own and those
that it is given, and keeps no state that changes. The first tests read its source, the others watch it at work.
Whatever they allow is listed here: to allow more is a decision.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import asean_japan

PACKAGE = Path(asean_japan.__file__).parent
TESTS = Path(__file__).parent
SOURCES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
}

# Modules that can do no more than compute. What reaches further is allowed to one module, for a reason.
HARMLESS = {
    *("__future__", "abc", "argparse", "asean_japan", "attrs", "base64", "bisect", "cattrs", "codecs", "collections"),
    *("contextlib", "copy", "csv", "dataclasses", "datetime", "difflib", "enum", "fractions", "functools", "hashlib"),
    *("heapq", "html", "importlib_resources", "io", "itertools", "json", "math", "operator", "re", "stat"),
    *("statistics", "string", "textwrap", "threading", "types", "typing", "unicodedata", "warnings", "weakref", "zlib"),
}
REACHING = {
    ("__pyinstaller.hook-asean_japan", "pathlib"),  # Lists the modules of the package, when a program is frozen.
    ("bundle", "os"),  # Joins the parts of a path.
    ("commands.check", "pathlib"),  # Reads the file that is to be checked.
    ("commands.copy", "pathlib"),  # Says that a path is one.
    ("commands.copy", "sys"),  # Reads the standard input, if that is asked for.
    ("commands.find_quote", "sys"),  # Reads a quotation from standard input.
    ("commands.main", "os"),  # Silences a closed pipe.
    ("commands.main", "sys"),  # A command line writes and ends.
    ("copies.copy", "os"),  # Opens the file that is to be bound, if it is one.
    ("copies.copy", "pathlib"),  # Takes the name from a path.
    ("copies.extraction", "importlib"),  # Looks whether an extra is there.
    ("copies.extraction", "pypdf"),  # An extra.
    ("copies.extraction", "resource"),  # Limits the process that reads docx and PDF,
    ("copies.extraction", "subprocess"),  # which it starts,
    ("copies.extraction", "sys"),  # with the same Python.
    ("copies.kinds", "email"),  # Parses pages that a browser saved as one file.
    ("copies.word", "xml"),  # Parses the document part of a Word file,
    ("copies.word", "zipfile"),  # which is in an archive.
    ("copies.skeletons", "rapidfuzz"),  # An extra.
    *((f"export.{name}", "os") for name in ("_datapackage", "_parquet", "_sqlite")),  # For annotations.
    ("export._jsonld", "urllib"),  # Of it, urllib.parse: escapes what stands in an address.
    ("export._parquet", "pyarrow"),  # An extra.
    ("export._sqlite", "sqlite3"),  # Writes a file that `export.files` puts in place.
    *(("export.files", name) for name in ("os", "pathlib", "shutil", "tempfile")),  # Writes files.
    ("export.tables", "pyarrow"),  # An extra.
    ("lazy", "importlib"),  # Fetches modules of the package,
    ("lazy", "sys"),  # and keeps the name in the package that was asked for it.
    ("model.overlays", "krippendorff"),  # An extra.
    ("pydantic_hooks", "importlib"),  # Fetches the one module that knows pydantic.
    ("questions.graph", "networkx"),  # An extra.
    ("questions.search", "sqlite3"),  # In memory only, see below.
    ("serialization.pydantic_schemas", "pydantic"),  # For whoever has it, and only when it asks.
    ("serialization.pydantic_schemas", "pydantic_core"),  # The same.
    ("testing", "hypothesis"),  # An extra.
}
FORBIDDEN = {
    *("__import__", "breakpoint", "compile", "delattr", "eval", "exec", "globals", "input", "open", "setattr", "vars"),
}
CALLS = {("lazy", "setattr")}  # Keeps a name that was fetched.
OF_OS = {
    *(("commands.main", name) for name in ("devnull", "open", "O_WRONLY", "dup2")),
    ("bundle", "path"),
    *(("copies.copy", name) for name in ("PathLike", "fsdecode", "fspath", "fstat", "open", "stat", "stat_result")),
    *((f"export.{name}", "PathLike") for name in ("_datapackage", "_parquet", "_sqlite")),
    *(("export.files", name) for name in ("PathLike", "path")),
}

# What lasts in a module and changes: filled once, by whoever is the first.
FILLED = {
    ("copies.fingerprints", "_loaded"),  # The bundled index.
    ("loading", "_loaded"),  # The bundled report.
}
CACHES = {
    ("checking", "_fields"),  # Of a class of the package.
    ("copies.copy", "_vocabulary"),  # The words of a copy, in the copy.
    ("copies.copy", "width"),  # How long its lines are, in the copy.
    ("copies.furniture", "_spans"),  # The lines of a copy that are furniture.
    ("copies.skeletons", "label_skeleton"),  # Of a label, of which there are few; at most 256.
    ("reading", "_mark_pattern"),  # A pattern, compiled.
}
MUTATORS = {
    *("__setitem__", "add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse"),
    *("setdefault", "sort", "update"),
}


def imported(source: str) -> set[str]:
    """Return the names of the packages that *source* imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def mentioned(source: str) -> set[str]:
    """Return the bare names that *source* mentions."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def changed(source: str) -> set[str]:
    """Return the names in a module of what a function of it changes."""
    tree = ast.parse(source)
    outside = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    lasting = {each.id for node in outside for each in ast.walk(node) if isinstance(each, ast.Name) and _is_set(each)}
    names: set[str] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.Lambda):
            own = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
            own |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and _is_set(node)}
            names |= {name for node in ast.walk(function) for name in _changes(node)} & (lasting - own)
            names |= {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    return names


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _changes(node: ast.AST) -> set[str]:
    """Return the name of what a node changes in place."""
    target: ast.AST | None = None
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        target = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        target = node.func.value
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return {target.id} if isinstance(target, ast.Name) else set()


def shared(source: str) -> set[str]:
    """Return the names of classes whose instances share something that can be changed."""
    kinds = (ast.List, ast.ListComp, ast.Dict, ast.DictComp, ast.Set, ast.SetComp)
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return {
        cls.name
        for cls in classes
        if any(isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, kinds) for node in cls.body)
    }


def cached(source: str) -> set[str]:
    """Return the names of functions that remember their answers."""
    return {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


@pytest.mark.parametrize("name", SOURCES)
def test_source_imports_nothing_that_reaches_out(name: str) -> None:
    """No network, process, archive, foreign code or temporary file is within reach."""
    assert {(name, module) for module in imported(SOURCES[name]) - HARMLESS} <= REACHING


@pytest.mark.parametrize("name", SOURCES)
def test_source_opens_and_evaluates_nothing(name: str) -> None:
    """Nothing is run that was a text, and no file is opened by its path."""
    assert {(name, call) for call in mentioned(SOURCES[name]) & FORBIDDEN} <= CALLS
    attributes = {node for node in ast.walk(ast.parse(SOURCES[name])) if isinstance(node, ast.Attribute)}
    assert {(name, node.attr) for node in attributes if ast.unparse(node.value) == "os"} <= OF_OS


@pytest.mark.parametrize("name", SOURCES)
def test_source_keeps_no_state(name: str) -> None:
    """What a module has stays as it was made."""
    assert {(name, each) for each in changed(SOURCES[name])} <= FILLED
    assert {(name, each) for each in cached(SOURCES[name])} <= CACHES
    assert shared(SOURCES[name]) == set()


@pytest.mark.parametrize("name", SOURCES)
def test_source_asserts_nothing(name: str) -> None:
    """What has to hold is checked under -O as well."""
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(SOURCES[name])))


def test_lists_are_no_longer_than_they_have_to_be() -> None:
    """What is allowed is also there."""
    assert {(name, module) for name, source in SOURCES.items() for module in imported(source)} >= REACHING
    assert {(name, each) for name, source in SOURCES.items() for each in changed(source)} == FILLED
    assert {(name, each) for name, source in SOURCES.items() for each in cached(source)} == CACHES


def test_faults_in_a_source_are_seen() -> None:
    """What the tests above are to find, they find."""
    assert imported("def f():\n    from urllib.request import urlopen\n    import os.path as p") == {"urllib", "os"}
    assert mentioned("f = eval") == {"f", "eval"}
    assert changed("X = []\ndef f(): X.append(1)\ndef g(X): X.append(1)") == {"X"}
    assert changed("X = {}\ndef f(): X[1] = 2\ndef g():\n    X = {}\n    X[1] = 2") == {"X"}
    assert changed("X: dict = {}\ndef f(): X['a'].b.update(c=1)") == {"X"}
    assert changed("X = 0\ndef f():\n    global X\n    X = 1") == {"X"}
    assert shared("class C:\n    x: list[int] = []\nclass D:\n    y = ()") == {"C"}
    assert cached("@functools.lru_cache(3)\ndef f(): ...") == {"f"}


# At work.

WATCHED = """
import json, os, sys
plan, tests = sys.argv[1:]
calm = set(
    "import exec compile marshal.loads os.listdir os.scandir sys._getframe sys._getframemodulename object.__getattr__ "
    "object.__setattr__ object.__delattr__ builtins.id code.__new__ pickle.find_class sqlite3.connect/handle".split()
)
seen = []
sys.path.insert(0, tests)
roots = tuple(os.path.realpath(path) + os.sep for path in (*sys.path, sys.prefix, sys.base_prefix) if path)

def watch(event, arguments):
    if event == "open" and arguments[1] in ("r", "rb") and os.path.realpath(arguments[0]).startswith(roots):
        return
    if event == "sqlite3.connect" and arguments[0] in (":memory:", b":memory:"):
        return
    if event not in calm:
        seen.append((event, repr(arguments)[:100]))

sys.addaudithook(watch)
import answer_digests, asean_japan
from asean_japan.commands.main import main
answer_digests.answers(asean_japan.load())
main(["show", "III.2.4"])
exec(plan)
print()
print(json.dumps(seen))
"""

STATE = """
import importlib, json, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import answer_digests, asean_japan
names = ["asean_japan", *(module.name for module in pkgutil.walk_packages(asean_japan.__path__, "asean_japan."))]
modules = [importlib.import_module(name) for name in names]

def state():
    return {
        f"{module.__name__}.{name}": repr(value)
        for module in modules
        for name, value in vars(module).items()
        if not name.startswith("__") and isinstance(value, (list, dict, set, bytearray))
    }

before = state()
answer_digests.answers(asean_japan.load())
print(json.dumps([name for name, value in state().items() if before.get(name) != value]))
"""


def watched(plan: str) -> list[tuple[str, str]]:
    """Use all of the package, then do what *plan* says, and return what Python's audit hook saw of that."""
    command = [sys.executable, "-B", "-X", "utf8", "-c", WATCHED, plan, str(TESTS)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return [(event, arguments) for event, arguments in json.loads(done.stdout.splitlines()[-1])]


def test_use_reaches_out_for_nothing() -> None:
    """Importing and using it starts nothing, connects to nothing, writes nothing, and reads what is installed only."""
    assert watched("") == []


@pytest.mark.parametrize(
    ("plan", "event"),
    [
        ("open(os.devnull, 'w').close()", "open"),
        ("open(os.path.expanduser(os.devnull)).close()", "open"),
        ("os.open(os.devnull, os.O_RDONLY)", "open"),
        ("import socket; socket.socket().close()", "socket.__new__"),
        ("import subprocess; subprocess.run([sys.executable, '-V'])", "subprocess.Popen"),
        ("import sqlite3; sqlite3.connect(os.devnull).close()", "sqlite3.connect"),
        ("import tempfile; tempfile.mkdtemp()", "tempfile.mkdtemp"),
        ("os.system('')", "os.system"),
    ],
)
def test_reaching_out_is_seen(plan: str, event: str) -> None:
    """What the test above is to find, it finds."""
    assert event in {seen for seen, _ in watched(plan)}


def test_use_changes_no_state() -> None:
    """After first use, everything in a module is as it was, but for what is listed."""
    done = subprocess.run([sys.executable, "-c", STATE, str(TESTS)], capture_output=True, check=True, encoding="utf-8")
    assert sorted(json.loads(done.stdout)) == [f"asean_japan.{module}.{name}" for module, name in sorted(FILLED)]
