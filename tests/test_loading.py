"""Tests of loading the bundled report, and of the files that are bundled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

import asean_japan
from asean_japan import DataError, Report, bundle, dumps, loading
from asean_japan.copies import SourceIndex, fingerprints

if TYPE_CHECKING:
    from collections.abc import Generator

PACKAGE = Path(asean_japan.__file__).parent
FILES = {
    path.relative_to(PACKAGE / "data").as_posix(): path.read_bytes()
    for path in (PACKAGE / "data").rglob("*")
    if path.is_file()
}

WITHOUT_CATTRS = """
import sys
import asean_japan
asean_japan.load().search("rice")
print("cattrs" in sys.modules, "asean_japan.serialization" in sys.modules)
"""


def run(code: str, *arguments: str) -> list[str]:
    """Run *code* in a fresh process and return the words that it prints."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split()


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next load read the files again."""
    monkeypatch.setattr(loading, "_loaded", [])


def test_load_gives_one_report(report: Report) -> None:
    """It is read once."""
    assert loading.load() is asean_japan.load() is report
    assert report.origin == "asean_japan.load()"


@pytest.mark.usefixtures("unloaded")
def test_report_that_is_read_again_is_equal(report: Report) -> None:
    """Nothing but the files decides what is loaded."""
    again = loading.load()
    assert again is not report
    assert again == report
    assert dumps(again) == dumps(report)


@pytest.mark.usefixtures("unloaded")
def test_thread_that_had_to_wait_takes_what_is_there(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Whoever gets the lock second reads nothing."""

    @contextmanager
    def lock() -> Generator[None, None, None]:
        cast("list[Report]", getattr(loading, "_loaded")).append(report)  # noqa: B009 # Another thread did it.
        yield

    monkeypatch.setattr(loading, "_lock", lock())
    assert loading.load() is report


def test_index_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gets the lock second reads nothing, for the index as well."""
    index = fingerprints.load_index()

    @contextmanager
    def lock() -> Generator[None, None, None]:
        cast("list[SourceIndex]", getattr(fingerprints, "_loaded")).append(index)  # noqa: B009 # Another thread did it.
        yield

    monkeypatch.setattr(fingerprints, "_loaded", [])
    monkeypatch.setattr(fingerprints, "_lock", lock())
    assert fingerprints.load_index() is index


def test_loading_needs_no_cattrs() -> None:
    """What validates data from outside is not imported for the bundled report."""
    assert run(WITHOUT_CATTRS) == ["False", "False"]


@pytest.mark.usefixtures("unloaded")
def test_loader_that_gives_no_data_is_no_hindrance(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Importers need not give data; then they are found by another way."""
    monkeypatch.setattr(bundle.__spec__, "loader", object())
    assert loading.load() == report


@pytest.mark.parametrize("name", ["report.json", "source_index.json", "datapackage.json"])
def test_bundled_file_is_read_as_it_is(name: str) -> None:
    """Each file comes byte for byte."""
    assert bundle.bundled(name) == (PACKAGE / "data" / name).read_bytes()


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("at", [0, 1, 5_000, -2, -1])
def test_changed_byte_is_refused(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """A file that is not the one that was released is not built into a report, and nothing of it is kept."""
    content = dict(FILES)
    damaged = bytearray(content["report.json"])
    damaged[at] ^= 1
    monkeypatch.setattr(bundle, "bundled", {**content, "report.json": bytes(damaged)}.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "report.json"
    assert caught.value.misfits == ("not the file that datapackage.json describes @ data/report.json",)
    monkeypatch.setattr(bundle, "bundled", content.__getitem__)
    assert loading.load().check() == ()


@pytest.mark.usefixtures("unloaded")
def test_other_digest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The description has to be that of the file."""
    content = dict(FILES)
    package = json.loads(content["datapackage.json"])
    package["resources"][0]["hash"] = f"sha256:{'0' * 64}"
    monkeypatch.setattr(bundle, "bundled", {**content, "datapackage.json": json.dumps(package).encode()}.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "report.json"


def test_fast_way_and_careful_way_agree(report: Report) -> None:
    """The bundled report is built without checks; built with all of them it is the same."""
    careful = asean_japan.loads(dumps(report))
    assert careful == report
    assert careful.layers == report.layers
    assert [(type(node), node.ref, node.mark, node.position) for node in careful.walk()] == [
        (type(node), node.ref, node.mark, node.position) for node in report.walk()
    ]
    assert list(careful.claims.items()) == list(report.claims.items())


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"resources": []}', b"\xff"])
def test_damaged_description_is_refused(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """What does not describe the data proves nothing."""
    bundled = {**FILES, "datapackage.json": content}
    monkeypatch.setattr(loading, "_loaded", [])
    monkeypatch.setattr(bundle, "bundled", bundled.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "data"


# The files beside the code.


@pytest.fixture
def copy_of_the_package(tmp_path: Path) -> Path:
    """Return the data folder of a copy of the package, in which a test may do what it likes."""
    shutil.copytree(PACKAGE, tmp_path / "asean_japan", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "asean_japan" / "data"


def checked(data: Path) -> tuple[int, list[str]]:
    """Run the check of the command line on a copy, and return its exit status and what it prints."""
    command = [sys.executable, "-m", "asean_japan", "check"]
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", cwd=data.parents[1], env=dict(os.environ)
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_copy_of_the_package_is_sound(copy_of_the_package: Path) -> None:
    """What the faults below are planted in has none."""
    assert checked(copy_of_the_package) == (0, ["nothing found: 187 places, 255 claims"])


@pytest.mark.parametrize("name", [name for name in FILES if name != "datapackage.json"])
def test_changed_file_is_found(copy_of_the_package: Path, name: str) -> None:
    """One bit of any file that the manifest describes is found if it is not as it was released; the file is named."""
    path = copy_of_the_package / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert checked(copy_of_the_package) == (1, [f"not the file that datapackage.json describes @ data/{name}"])


def test_all_damage_is_told_at_once(copy_of_the_package: Path) -> None:
    """However many files are damaged, all are listed, also if the report itself is among them."""
    overlay = copy_of_the_package / "overlays" / "sdg.json"
    overlay.write_bytes(overlay.read_bytes().replace(b"Climate action", b"Climate action!"))
    (copy_of_the_package / "stray.json").write_text("{}")
    lines = [
        "not the file that datapackage.json describes @ data/overlays/sdg.json",
        "not described in the manifest @ data/stray.json",
    ]
    assert checked(copy_of_the_package) == (1, lines)
    (copy_of_the_package / "report.json").write_text("{}")
    lines.insert(1, "not the file that datapackage.json describes @ data/report.json")
    assert checked(copy_of_the_package) == (1, lines)


@pytest.mark.usefixtures("unloaded")
def test_layers_that_are_damaged_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check gives findings and does not raise, unless it is not the files that are wrong."""
    content = dict(FILES)
    content["overlays/sdg.json"] += b" "
    monkeypatch.setattr(bundle, "bundled", content.__getitem__)
    report = loading.load()
    with pytest.raises(DataError):
        report.check()

    def other(_: bytes) -> str:
        return "other"

    monkeypatch.setattr(bundle, "_digest", other)
    assert {finding.kind for finding in report.check()} == {"digest"}


def test_damaged_schema_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema is proved before it is given, as all files are."""
    name = "schema/report.schema.json"
    content = {**FILES, name: FILES[name].replace(b"false", b"true")}
    monkeypatch.setattr(bundle, "bundled", content.__getitem__)
    with pytest.raises(DataError, match="not the file that"):
        asean_japan.json_schema()


def test_missing_and_additional_files_are_found(copy_of_the_package: Path) -> None:
    """So is a file that is gone, and one that nobody described."""
    (copy_of_the_package / "source_index.json").unlink()
    (copy_of_the_package / "schema" / "more.json").write_text("{}")
    assert checked(copy_of_the_package) == (
        1,
        ["not described in the manifest @ data/schema/more.json", "missing @ data/source_index.json"],
    )


def test_manifest_that_is_gone_is_found(copy_of_the_package: Path) -> None:
    """Without a description nothing is proved."""
    (copy_of_the_package / "datapackage.json").unlink()
    status, (found,) = checked(copy_of_the_package)
    assert status == 1
    assert "datapackage.json" in found


def test_manifest_that_went_bad_later_is_found(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """A report that was loaded before tells so, too."""
    assert loading.load() is report
    monkeypatch.setattr(bundle, "bundled", {"datapackage.json": b"{}"}.__getitem__)
    (found,) = report.check()
    assert (found.kind, found.path) == ("digest", "data/datapackage.json")
