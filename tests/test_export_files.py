"""Tests of how files are written: whole or not at all, and never over something unasked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from asean_japan import ArgumentError, Basis, Report, export
from asean_japan.__main__ import main
from asean_japan.export.files import write_text, written


def names(folder: Path) -> list[str]:
    """Give the names of what is in a folder, in their order."""
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
    with pytest.raises(ArgumentError, match="nothing stands, or overwrite=True"):
        write_text(path, "new")
    assert path.read_text("utf-8") == "old"
    write_text(str(path), "new", overwrite=True)
    assert path.read_text("utf-8") == "new"


def test_a_broken_link_is_something(tmp_path: Path) -> None:
    """A link that leads nowhere is not taken for nothing."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ArgumentError):
        write_text(tmp_path / "link", "new")


@pytest.mark.parametrize("error", [OSError("disk full"), KeyError("bug"), KeyboardInterrupt()])
def test_nothing_is_left_of_what_failed(tmp_path: Path, error: BaseException) -> None:
    """Whatever goes wrong while writing, the old file stands and no other is there."""
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


@pytest.mark.parametrize("path", ["", ".", "/", "no/such/folder/a.txt", "a\0b", "x" * 5000, "\ud800/a"])
def test_no_such_place(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path at which nothing can stand is refused by one error of ours."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match="path is"):
        write_text(path, "text")
    assert names(tmp_path) == []


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
    with pytest.raises(ArgumentError, match="nothing stands"):
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
    """A file does not replace a folder, nor a folder a file; what stands there stands."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old", "utf-8")
    with pytest.raises(ArgumentError, match="can be written"):
        write_text(tmp_path / "folder", "text", overwrite=True)
    with pytest.raises(ArgumentError, match="can be written"):
        make_folder(tmp_path / "file", ["a"], overwrite=True)
    assert (tmp_path / "file").read_text("utf-8") == "old"
    assert names(tmp_path) == ["file", "folder"]


def test_a_folder_comes_back_if_it_cannot_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the old folder stands again."""
    path = tmp_path / "folder"
    make_folder(path, ["a"])
    (path / "a").write_text("old", "utf-8")

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ArgumentError, match="can be written"):
        make_folder(path, ["a"], overwrite=True)
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
    assert capsys.readouterr().err.endswith("expected a path at which nothing stands, or --overwrite\n")
    assert main(["export", "html", "II", "--depth", "0", "--without", "editorial", "-o", "a.html", "--overwrite"]) == 0
    bare = export.html(report["II"], depth=0, layers=[basis for basis in Basis if basis.value != "editorial"])
    assert (folder / "a.html").read_text("utf-8") == bare


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["export"], "required: FORMAT"),
        (["export", "docx"], "invalid choice: 'docx'"),
        (["export", "apa", "III.9"], "nothing stands at 'III.9'"),
        (["export", "apa", "--depth", "1"], "FORMAT is 'apa', expected a format that takes depth"),
        (["export", "apa", "--without", "editorial"], "FORMAT is 'apa', expected a format that takes layers"),
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
