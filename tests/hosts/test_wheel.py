"""
Tests of what is released: the wheel and the source archive, built as a stranger would, and the wheel installed alone.

ASEAN_JAPAN_PYTHONS may name the Pythons to install it for, and ASEAN_JAPAN_PYRIGHT the release of pyright that judges
its types, such as ``pyright@1.1.414``.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from answer_digests import digests
from packaging.metadata import Metadata

import asean_japan

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "answer_digests.py"
NAME = f"asean_japan-{asean_japan.__version__}"
LARGEST = 2 << 20
PYTHONS = os.environ.get("ASEAN_JAPAN_PYTHONS", sys.executable).split(os.pathsep)
PYRIGHT = os.environ.get("ASEAN_JAPAN_PYRIGHT")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "SOURCE_DATE"))}


def run(*command: str | Path, cwd: Path, umask: int = 0o022, **variables: str) -> str:
    """Run a program somewhere, and return what it says."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=CLEAN | variables,
        umask=umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


class Built(NamedTuple):
    """What was built, and from which tree."""

    wheel: Path
    sdist: Path
    tree: Path


def build(folder: Path, *options: str, umask: int, mode: int, time: int) -> Built:
    """Copy the project into *folder*, with other permissions and times, and build it there."""
    tree = folder / "tree"
    tree.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            left_out = shutil.ignore_patterns(".*", "__pycache__", "_build", "*.egg-info")
            shutil.copytree(path, tree / path.name, ignore=left_out)
        elif path.is_file() and (not path.name.startswith(".") or path.name == ".gitignore"):
            shutil.copy(path, tree)
    for path in tree.rglob("*"):
        if path.is_file():
            path.chmod(mode)
        os.utime(path, (time, time))
    run(sys.executable, "-m", "build", *options, "--outdir", folder / "dist", cwd=tree, umask=umask, TZ="UTC-9")
    ((wheel,), (sdist,)) = ([*(folder / "dist").glob(pattern)] for pattern in ("*.whl", "*.tar.gz"))
    return Built(wheel, sdist, tree)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the source archive, and the wheel from what is in it."""
    return build(tmp_path_factory.mktemp("built"), umask=0o022, mode=0o644, time=1_000_000_000)


@pytest.fixture(scope="session")
def names(built: Built) -> list[str]:
    """Name what is in the wheel."""
    with zipfile.ZipFile(built.wheel) as archive:
        return archive.namelist()


def test_builds_are_the_same_everywhere(built: Built, tmp_path: Path) -> None:
    """Neither path, permissions nor times get into what is built; wheels from the tree and from the archive are one."""
    again = build(tmp_path / "änother 家", "--sdist", "--wheel", umask=0o077, mode=0o600, time=2_000_000_000)
    assert again.wheel.name == built.wheel.name == f"{NAME}-py3-none-any.whl"
    assert again.wheel.read_bytes() == built.wheel.read_bytes()
    assert again.sdist.name == built.sdist.name == f"{NAME}.tar.gz"
    assert again.sdist.read_bytes() == built.sdist.read_bytes()


# What is in them.


def wanted(tree: Path) -> set[str]:
    """Name what belongs in the wheel."""
    source = tree / "src"
    package = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    licenses = (f"licenses/{name}" for name in ("LICENSE", "LICENSE-DATA", "NOTICE"))
    metadata = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", *licenses)
    return package | {f"{NAME}.dist-info/{name}" for name in metadata}


def strays(found: Iterable[str], tree: Path) -> set[str]:
    """Name what is in a wheel and does not belong there, or belongs there and is not in it."""
    return set(found) ^ wanted(tree)


def unrecorded(wheel: Path) -> set[str]:
    """Name what is in a wheel and not in its record as it is, or in the record and not in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    record = f"{NAME}.dist-info/RECORD"
    rows = list(csv.reader(io.StringIO(content[record].decode())))
    there = [[name, f"sha256={_digest(data)}", str(len(data))] for name, data in content.items() if name != record]
    return {row[0] for row in [*rows, *there, [record, "", ""]] if rows.count(row) != 1 or row[0] not in content}


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def test_wheel_holds_the_package_and_nothing_else(built: Built, names: list[str]) -> None:
    """No file that runs at every start of Python, no test, no script, and nothing twice."""
    assert strays(names, built.tree) == set()
    assert len(names) == len(set(names))
    assert {f"asean_japan/{name}" for name in ("__init__.pyi", "data/report.json", "py.typed")} <= set(names)


def test_record_is_correct(built: Built) -> None:
    """Each file is recorded once, with its size and its digest."""
    assert unrecorded(built.wheel) == set()


def test_faults_in_a_wheel_are_seen(built: Built, names: list[str], tmp_path: Path) -> None:
    """A file too many, a file too few, and a changed one are noticed."""
    assert strays([*names, "start.pth"], built.tree) == {"start.pth"}
    assert strays(names[1:], built.tree) == {names[0]}
    spoiled = tmp_path / built.wheel.name
    with zipfile.ZipFile(built.wheel) as archive, zipfile.ZipFile(spoiled, "w") as other:
        for name in names[1:]:
            other.writestr(name, archive.read(name) + b" " * (name == "asean_japan/refs.py"))
        other.writestr("start.pth", "import this")
    assert unrecorded(spoiled) == {names[0], "asean_japan/refs.py", "start.pth"}


def test_wheel_is_small(built: Built) -> None:
    """It has at most 2 MB."""
    assert built.wheel.stat().st_size <= LARGEST


def test_wheel_needs_three_packages(built: Built) -> None:
    """Its metadata are sound, and ask for nothing else."""
    with zipfile.ZipFile(built.wheel) as archive:
        metadata = Metadata.from_email(archive.read(f"{NAME}.dist-info/METADATA"), validate=True)
    needed = [each.name for each in metadata.requires_dist or [] if "extra ==" not in str(each.marker)]
    assert sorted(needed) == ["attrs", "cattrs", "importlib-resources"]


def test_source_archive_holds_the_project(built: Built) -> None:
    """All that is needed to build and to test is in it, and nothing that is not in the tree."""
    with tarfile.open(built.sdist) as archive:
        files = {member.name.removeprefix(f"{NAME}/") for member in archive.getmembers() if member.isfile()}
    tree = {path.relative_to(built.tree).as_posix() for path in built.tree.rglob("*") if path.is_file()}
    assert files - tree == {"PKG-INFO"}
    assert tree - files <= {".gitignore"}


def test_source_archive_can_be_tested(built: Built, tmp_path: Path) -> None:
    """Tests that need more than the package find it there."""
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    tests = ("tests/test_data.py", "tests/test_refs.py", "README.md", "docs")
    run(sys.executable, "-m", "pytest", "-q", *tests, cwd=tmp_path / NAME)


@pytest.mark.parametrize(
    "check", [("check_wheel_contents",), ("twine", "check", "--strict")], ids=lambda check: check[0]
)
def test_other_judges_find_nothing(built: Built, check: tuple[str, ...]) -> None:
    """What is usually wrong with a wheel, and what an index would refuse, is not to be found."""
    archives = [built.wheel, *([built.sdist] if check[0] == "twine" else [])]
    run(sys.executable, "-m", *check, *archives, cwd=built.tree)


# The wheel, installed alone.


class Installed(NamedTuple):
    """A Python that has the wheel and what it asks for."""

    python: Path
    folder: Path


def installed_by(interpreter: str, what: str | Path, folder: Path) -> Installed:
    """Make a fresh virtual environment and install one thing in it."""
    run(interpreter, "-m", "venv", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what, cwd=folder)
    return Installed(python, folder)


@pytest.fixture(scope="session", params=PYTHONS)
def installed(request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel, and nothing that it does not need."""
    return installed_by(request.param, built.wheel, tmp_path_factory.mktemp("installed"))


def test_nothing_else_is_installed(installed: Installed) -> None:
    """The three packages bring but one more, and all agree."""
    code = "from importlib.metadata import distributions; print(*(each.metadata['Name'] for each in distributions()))"
    names = {name.replace("_", "-") for name in run(installed.python, "-c", code, cwd=installed.folder).split()}
    needed = {"attrs", "cattrs", "importlib-resources", "typing-extensions"}
    assert names - {"pip", "setuptools"} == {"asean-japan", *needed}
    run(installed.python, "-m", "pip", "check", cwd=installed.folder)


def test_example_of_the_readme_works(installed: Installed) -> None:
    """A newcomer sees what it shows, and so does the first command."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    path = installed.folder / "example.txt"
    path.write_text("\n".join(examples), encoding="utf-8")
    assert run(installed.python, "-X", "utf8", "-m", "doctest", "-o", "ELLIPSIS", path, cwd=installed.folder) == ""
    shown = run(installed.python, "-X", "utf8", "-m", "asean_japan", "show", "III.2.4", cwd=installed.folder)
    assert shown.startswith("III-2-④  (III.2.4)\n")


def test_installed_wheel_answers_the_same(installed: Installed) -> None:
    """All that can be asked is answered as in the tree."""
    said = json.loads(run(installed.python, "-W", "error", ANSWERS, cwd=installed.folder))
    assert said["facts"]["file"].startswith(str(installed.folder))
    assert said["digests"] == digests(asean_japan.load())


def test_wheel_answers_the_same_as_it_is(built: Built, installed: Installed) -> None:
    """It need not be unpacked: Python imports from it, and the data are found in it."""
    said = json.loads(run(installed.python, "-W", "error", ANSWERS, cwd=installed.folder, PYTHONPATH=str(built.wheel)))
    assert said["facts"]["file"].startswith(str(built.wheel))
    assert said["digests"] == digests(asean_japan.load())


@pytest.mark.skipif(PYRIGHT is None, reason="ASEAN_JAPAN_PYRIGHT is not set")
@pytest.mark.parametrize("interpreter", PYTHONS)
def test_every_public_type_is_known(interpreter: str, built: Built, tmp_path: Path) -> None:
    """A checker learns the type of everything public from the installed package, and of strategies from hypothesis."""
    installed = installed_by(interpreter, f"{built.wheel}[testing]", tmp_path)
    path = f"{installed.python.parent}{os.pathsep}{os.environ['PATH']}"
    command = ["npx", "--yes", str(PYRIGHT), "--verifytypes", "asean_japan", "--ignoreexternal", "--outputjson"]
    done = subprocess.run(
        command, cwd=installed.folder, env=CLEAN | {"PATH": path}, capture_output=True, encoding="utf-8", check=False
    )
    found = json.loads(done.stdout)["typeCompleteness"]
    assert found["packageRootDirectory"].startswith(str(installed.folder))
    unknown = [each["name"] for each in found["symbols"] if each["isExported"] and not each["isTypeKnown"]]
    assert (found["completenessScore"], unknown) == (1, [])
    assert found["exportedSymbolCounts"]["withKnownType"] > 400
