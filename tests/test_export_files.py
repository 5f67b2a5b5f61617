"""Tests of how files are written: whole or not at all, and never over something unasked."""

from __future__ import annotations

import errno
import importlib
import inspect
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reader_copies import INDEX, SENTENCES, blocks, plain

from asean_japan import ArgumentError, Basis, Ref, Report, dumps, export
from asean_japan.commands.main import main
from asean_japan.copies import fingerprints
from asean_japan.export.files import write_text, written


def names(folder: Path) -> list[str]:
    """Return the names of what is in a folder, in their order."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """It has the bytes that were given, and nothing else is left in the folder."""
    write_text(tmp_path / "a.txt", "④\r\n\n")
    assert (tmp_path / "a.txt").read_bytes() == "④\r\n\n".encode()
    assert names(tmp_path) == ["a.txt"]


def test_a_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    """What stands there stands, until one says that it may go."""
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    with pytest.raises(ArgumentError, match="nothing exists; overwrite=True"):
        write_text(path, "new")
    assert path.read_text("utf-8") == "old"
    write_text(str(path), "new", overwrite=True)
    assert path.read_text("utf-8") == "new"


def test_a_broken_link_is_something(tmp_path: Path) -> None:
    """A link that leads nowhere is not taken for nothing."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ArgumentError):
        write_text(tmp_path / "link", "new")


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    """The link stays, and what it leads to is new: a file, a folder, or something that was not there yet."""
    (tmp_path / "file").write_text("old", "utf-8")
    make_folder(tmp_path / "folder", ["a"])
    for name in ("file", "nowhere"):
        (tmp_path / f"to {name}").symlink_to(name)
        write_text(tmp_path / f"to {name}", "new", overwrite=True)
        assert (tmp_path / f"to {name}").is_symlink()
        assert (tmp_path / name).read_text("utf-8") == "new"
    (tmp_path / "to folder").symlink_to("folder")
    make_folder(tmp_path / "to folder", ["a", "b"], overwrite=True)
    assert (tmp_path / "to folder").is_symlink()
    assert names(tmp_path / "folder") == ["a", "b"]
    assert names(tmp_path) == ["file", "folder", "nowhere", "to file", "to folder", "to nowhere"]


def test_only_files_and_folders_are_replaced(tmp_path: Path) -> None:
    """A pipe, a device, and links that lead in a ring stay as they are."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    (tmp_path / "ring").symlink_to("ring")
    for name in ("pipe", "null", "ring"):
        with pytest.raises(ArgumentError, match="the path of a file, of a folder or of nothing yet"):
            write_text(tmp_path / name, "new", overwrite=True)
    assert (tmp_path / "pipe").is_fifo()
    assert Path(os.devnull).is_char_device()
    assert names(tmp_path) == ["null", "pipe", "ring"]


@pytest.mark.parametrize("error", [OSError("disk full"), KeyError("bug"), KeyboardInterrupt()])
def test_nothing_is_left_of_what_failed(tmp_path: Path, error: BaseException) -> None:
    """Whatever goes wrong while writing, the old file stays and no other is there."""
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")

    def fail() -> None:
        with written(path, overwrite=True) as beside:
            beside.write_text("half", "utf-8")
            raise error

    expected = ArgumentError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        fail()
    assert names(tmp_path) == ["a.txt"]
    assert path.read_text("utf-8") == "old"


def test_a_text_that_cannot_be_encoded(tmp_path: Path) -> None:
    """Half a character is refused, and leaves no file."""
    with pytest.raises(ArgumentError, match="can be written"):
        write_text(tmp_path / "a.txt", "\ud800")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "path", ["", ".", "/", "no/such/folder/a.txt", "a\0b", "x" * 5000, "\ud800/a", "\ud800", "a\0/b"]
)
def test_no_such_place(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path where nothing can be is refused by one error of ours."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match="path is") as caught:
        write_text(path, "text")
    assert "asean_japan-" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert names(tmp_path) == []


def test_no_such_folder(tmp_path: Path) -> None:
    """The line says which folder does not exist, and nothing of what the package did for itself."""
    (tmp_path / "file").touch()
    for name in ("none", "file"):
        with pytest.raises(ArgumentError) as caught:
            write_text(tmp_path / name / "a.txt", "text")
        assert str(caught.value).endswith(f"a path in a folder that exists; there is no folder '{tmp_path / name}'")
    with pytest.raises(ArgumentError, match="there is no such folder"):
        write_text(tmp_path / ("x" * 200) / "a.txt", "text")


def test_a_folder_that_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why nothing can be written is said in a few words, without the names of what the package makes for itself."""

    def fail(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / ".asean_japan-x"))

    monkeypatch.setattr(tempfile, "mkdtemp", fail)
    with pytest.raises(ArgumentError, match=r"a path that can be written \(Permission denied\)$"):
        write_text(tmp_path / "a.txt", "text")


@pytest.mark.parametrize(("path", "overwrite"), [(None, False), (b"a", False), (1, False), ("a", "yes"), ("a", None)])
def test_wrong_arguments(tmp_path: Path, path: object, overwrite: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is a path, and a choice is a choice."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError):
        write_text(path, "text", overwrite=overwrite)  # type: ignore[arg-type]
    assert names(tmp_path) == []


def make_folder(path: Path, names: Sequence[str], *, overwrite: bool = False) -> None:
    """Write a folder of small files."""
    with written(path, overwrite=overwrite) as beside:
        beside.mkdir()
        for name in names:
            (beside / name).write_text("new", "utf-8")


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Files of the names that are written give way; what is not written again is not left behind."""
    path = tmp_path / "folder"
    make_folder(path, ["a", "b"])
    with pytest.raises(ArgumentError, match="nothing exists"):
        make_folder(path, ["a", "b"])
    (path / "a").write_text("old", "utf-8")
    make_folder(path, ["a", "b", "c"], overwrite=True)
    assert names(path) == ["a", "b", "c"]
    assert (path / "a").read_text("utf-8") == "new"
    assert names(tmp_path) == ["folder"]


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    """Nothing is thrown away that this package did not write."""
    path = tmp_path / "folder"
    make_folder(path, ["a", "thesis.docx"])
    with pytest.raises(ArgumentError, match=r"it also has 'thesis\.docx'"):
        make_folder(path, ["a"], overwrite=True)
    assert names(path) == ["a", "thesis.docx"]


def test_a_folder_where_a_file_belongs(tmp_path: Path) -> None:
    """A file does not replace a folder, nor a folder a file; what is there stays."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old", "utf-8")
    with pytest.raises(ArgumentError, match="a path for a file, not that of a folder"):
        write_text(tmp_path / "folder", "text", overwrite=True)
    with pytest.raises(ArgumentError, match="a path for a folder, not that of a file"):
        make_folder(tmp_path / "file", ["a"], overwrite=True)
    assert (tmp_path / "file").read_text("utf-8") == "old"
    assert names(tmp_path) == ["file", "folder"]


def test_a_folder_comes_back_if_it_cannot_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the old folder is there again."""
    path = tmp_path / "folder"
    make_folder(path, ["a"])
    (path / "a").write_text("old", "utf-8")

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ArgumentError, match="can be written"):
        make_folder(path, ["a"], overwrite=True)
    with pytest.raises(ArgumentError, match="can be written"):
        write_text(path / "a", "new", overwrite=True)
    assert (path / "a").read_text("utf-8") == "old"
    assert names(tmp_path) == ["folder"]


# The command line.


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_export_prints(capsys: pytest.CaptureFixture[str], report: Report) -> None:
    """Without a file the text goes to the console."""
    assert main(["export", "markdown", "III-2-④,", "3rd", "bullet"]) == 0
    assert capsys.readouterr().out == export.markdown(report["III.2.4.3"])
    assert main(["export", "chicago"]) == 0
    assert capsys.readouterr().out == export.citation(report, "chicago") + "\n"


def test_export_writes(capsys: pytest.CaptureFixture[str], report: Report, folder: Path) -> None:
    """With a file the text goes there, exactly; an existing one needs to be given up."""
    assert main(["export", "html", "-o", "a.html"]) == 0
    assert capsys.readouterr().out == "written: a.html\n"
    assert (folder / "a.html").read_bytes() == export.html(report).encode()
    assert main(["export", "html", "II", "--depth", "0", "--without", "editorial", "-o", "a.html"]) == 2
    assert capsys.readouterr().err.endswith("expected a path where nothing exists; --overwrite replaces it\n")
    assert main(["export", "html", "II", "--depth", "0", "--without", "editorial", "-o", "a.html", "--overwrite"]) == 0
    bare = export.html(report["II"], depth=0, bases=[basis for basis in Basis if basis.value != "editorial"])
    assert (folder / "a.html").read_text("utf-8") == bare


TEXTS = [name for name, each in export.FORMATS.items() if each.gives == "text"]


@pytest.mark.parametrize("name", TEXTS)
def test_standard_output_is_the_file(folder: Path, name: str) -> None:
    """What is redirected is, byte for byte, what would be written, whatever the console's encoding is."""
    settings = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "asean_japan", "export", name, "III.2.4"]
    for more in ([], ["-o", "-"]):
        done = subprocess.run([*command, *more], capture_output=True, check=True, env=settings)
        assert main(["export", name, "III.2.4", "-o", "file", "--overwrite"]) == 0
        assert done.stdout == (folder / "file").read_bytes()
        assert done.stdout.endswith(b"\n")
        assert done.stdout.decode().count(r"\textcircled{4}" if name == "bibtex" else "④")


def test_export_json(capsys: pytest.CaptureFixture[str], folder: Path, report: Report) -> None:
    """JSON is what `dumps` gives, and `check` reads it."""
    assert main(["export", "json", "-o", "report.json"]) == 0
    assert (folder / "report.json").read_text("utf-8").removesuffix("\n") == dumps(report).removesuffix("\n")
    assert main(["check", "report.json"]) == 0
    assert "nothing found" in capsys.readouterr().out


class Console(io.TextIOWrapper):
    """A console."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_console_gets_what_it_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """There, what it lacks is escaped, as for every other command."""
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Console(shown, "cp1252", newline="\r\n"))
    assert main(["export", "markdown", "III.2.4", "--depth", "0"]) == 0
    assert b"\\u2463" in shown.getvalue()
    assert shown.getvalue().endswith(b"\r\n")
    assert not shown.getvalue().endswith(b"\r\n\r\n")


@pytest.mark.parametrize("stream", [io.StringIO, lambda: None])
def test_a_console_that_takes_no_bytes(
    monkeypatch: pytest.MonkeyPatch, report: Report, stream: Callable[[], io.StringIO | None]
) -> None:
    """A stream of texts gets the text; none is no error."""
    console = stream()
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["export", "apa"]) == 0
    if console:
        assert console.getvalue() == export.citation(report, "apa") + "\n"


# The words of a copy.

COPIED = [name for name, each in export.FORMATS.items() if "verbatim" in each.options]


@pytest.mark.parametrize("name", COPIED)
def test_export_with_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A format that can have the report's own words has those of the copy."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    (folder / "copy.txt").write_text(plain(blocks()), encoding="utf-8")
    assert main(["export", name, "-o", "out", "--copy", "copy.txt"]) == 0
    assert main(["export", name, "-o", "bare"]) == 0
    words = (
        SENTENCES[Ref.parse("I.2.7.s3")].partition(" the people's")[0].encode()
    )  # The copy has the same words as the package.
    found, bare = (content(folder / each) for each in ("out", "bare"))
    assert found.count(words) == bare.count(words) + 1


def content(path: Path) -> bytes:
    """Read a file, or what is said of claims in a folder."""
    if path.is_file():
        return path.read_bytes()
    if (path / "claims.csv").exists():
        return (path / "claims.csv").read_bytes()
    read = importlib.import_module("pyarrow.parquet").read_table
    return json.dumps(read(path / "claims.parquet").to_pylist()).encode()


def test_every_format_that_takes_words_takes_a_copy() -> None:
    """The list of formats says which these are."""
    for name, each in export.FORMATS.items():
        taken = set(inspect.signature(getattr(export, each.function)).parameters)
        assert {"depth", "bases", "verbatim"} & taken == {*each.options} - {"place"}, name


def test_copy_without_words_for_the_place(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it has none, the line says what to do."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    (folder / "copy.txt").write_text(plain(blocks()), encoding="utf-8")
    assert main(["export", "html", "III.2", "--depth", "0", "--copy", "copy.txt"]) == 2
    line = "python -m asean_japan: the copy has no words for what is to be written; leave --copy out\n"
    assert capsys.readouterr().err == line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["export"], "required: FORMAT"),
        (["export", "docx"], "invalid choice: 'docx'"),
        (["export", "apa", "III.9"], "no such place: 'III.9'"),
        (["export", "apa", "--depth", "1"], "export: apa takes no such option; leave --depth out"),
        (["export", "apa", "--without", "editorial"], "export: apa takes no such option; leave --without out"),
        (["export", "bibtex", "--copy", "x.pdf"], "export: bibtex takes no such option; leave --copy out"),
        (["export", "sqlite", "-o", "a.db", "III.2"], "export: sqlite holds the whole report; leave REF out"),
        (["export", "parquet", "-o", "a", "--depth", "1"], "export: parquet holds the whole report; leave --depth out"),
        (["export", "json", "III.2"], "export: json holds the whole report; leave REF out"),
        (["export", "json", "--without", "editorial"], "export: json takes no such option; leave --without out"),
        (["export", "sqlite"], "export: sqlite needs -o FILE"),
        (["export", "datapackage", "-o", "-"], "export: datapackage needs -o FILE"),
        (["export", "html", "--copy", "none.pdf"], "No such file"),
        (["export", "html", "-o", ""], "path is '', expected the path of something to be written"),
        (["export", "html", "--without", "stated"], "invalid choice: 'stated'"),
        (["export", "html", "--depth", "-1"], "depth is -1"),
        (["export", "html", "-o", "no/such/folder"], "path is 'no/such/folder'"),
    ],
)
def test_export_refuses(capsys: pytest.CaptureFixture[str], folder: Path, arguments: list[str], line: str) -> None:
    """What cannot be written is refused in one line, and no file is left."""
    try:
        status: object = main(arguments)
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    assert (status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert line in printed.err
    assert names(folder) == []
