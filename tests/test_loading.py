"""Tests of loading the bundled report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

import asean_japan
from asean_japan import DataError, Report, SourceIndex, dumps, loading

if TYPE_CHECKING:
    from collections.abc import Generator

PACKAGE = Path(asean_japan.__file__).parent

EIGHT_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import asean_japan
sys.setswitchinterval(1e-6)
barrier = Barrier(8)
def load(_):
    barrier.wait()
    return asean_japan.load()
with ThreadPoolExecutor(8) as pool:
    reports = list(pool.map(load, range(8)))
print(len(reports), len({id(report) for report in reports}), len(reports[7].walk()))
"""

FROM_A_ZIP = """
import sys
sys.path.insert(0, sys.argv[1])
import asean_japan
assert asean_japan.__file__.startswith(sys.argv[1]), asean_japan.__file__
print(len(asean_japan.load().walk()), asean_japan.load().search("rice reserve")[0].ref)
"""

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


@pytest.mark.parametrize("attempt", range(3))
def test_threads_share_one_report(attempt: int) -> None:
    """Eight threads that ask at the same moment for what nobody has read yet get one object."""
    del attempt
    assert run(EIGHT_THREADS) == ["8", "1", "187"]


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
    index = loading.load_index()

    @contextmanager
    def lock() -> Generator[None, None, None]:
        cast("list[SourceIndex]", getattr(loading, "_indexed")).append(index)  # noqa: B009 # Another thread did it.
        yield

    monkeypatch.setattr(loading, "_indexed", [])
    monkeypatch.setattr(loading, "_lock", lock())
    assert loading.load_index() is index


def test_loading_needs_no_cattrs() -> None:
    """What validates data from outside is not imported for the bundled report."""
    assert run(WITHOUT_CATTRS) == ["False", "False"]


def test_package_works_from_a_zip_file(tmp_path: Path) -> None:
    """The data are found wherever the package was imported from."""
    archive = tmp_path / "packages.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*"):
            if "__pycache__" not in path.parts:
                file.write(path, path.relative_to(PACKAGE.parent))
    assert run(FROM_A_ZIP, str(archive)) == ["187", "III.2.4.5.b"]


@pytest.mark.usefixtures("unloaded")
def test_loader_that_gives_no_data_is_no_hindrance(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Importers need not give data; then they are found by another way."""
    monkeypatch.setattr(loading.__spec__, "loader", object())
    assert loading.load() == report


@pytest.mark.parametrize("name", ["report.json", "binding.json", "datapackage.json"])
def test_bundled_file_is_read_as_it_is(name: str) -> None:
    """Each file comes byte for byte."""
    assert loading.bundled(name) == (PACKAGE / "data" / name).read_bytes()


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("at", [0, 1, 5_000, -2, -1])
def test_changed_byte_is_refused(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """A file that is not the one that was released is not built into a report, and nothing of it is kept."""
    content = {name: loading.bundled(name) for name in ("report.json", "datapackage.json")}
    damaged = bytearray(content["report.json"])
    damaged[at] ^= 1
    monkeypatch.setattr(loading, "bundled", {**content, "report.json": bytes(damaged)}.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "report.json"
    assert caught.value.misfits == ("not the file that datapackage.json describes @ report.json",)
    monkeypatch.setattr(loading, "bundled", content.__getitem__)
    assert loading.load().check() == ()


@pytest.mark.usefixtures("unloaded")
def test_other_digest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The description has to be that of the file."""
    content = {name: loading.bundled(name) for name in ("report.json", "datapackage.json")}
    package = json.loads(content["datapackage.json"])
    package["resources"][0]["hash"] = f"sha256:{'0' * 64}"
    monkeypatch.setattr(loading, "bundled", {**content, "datapackage.json": json.dumps(package).encode()}.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "report.json"


def test_fast_way_and_careful_way_agree(report: Report) -> None:
    """The bundled report is built without checks; built with all of them it is the same."""
    careful = asean_japan.loads(loading.bundled("report.json"))
    assert careful == report
    assert [(type(node), node.ref, node.mark, node.position) for node in careful.walk()] == [
        (type(node), node.ref, node.mark, node.position) for node in report.walk()
    ]
    assert list(careful.claims.items()) == list(report.claims.items())


def test_hash_seed_changes_nothing() -> None:
    """What is loaded does not depend on the order of sets and dictionaries of one process."""
    code = (
        "import asean_japan, hashlib; print(hashlib.sha256(asean_japan.dumps(asean_japan.load()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"resources": []}', b"\xff"])
def test_damaged_description_is_refused(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """What does not describe the data proves nothing."""
    bundled = {"report.json": loading.bundled("report.json"), "datapackage.json": content}
    monkeypatch.setattr(loading, "_loaded", [])
    monkeypatch.setattr(loading, "bundled", bundled.__getitem__)
    with pytest.raises(DataError) as caught:
        loading.load()
    assert caught.value.source == "data"
