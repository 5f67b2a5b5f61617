"""Tests of what a copy is read from: nothing is guessed, nothing waits, and no program but a Python is started."""

from __future__ import annotations

import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from reader_copies import INDEX, REPORT, blocks, docx_file, pdf_by_fpdf, pdf_by_reportlab, plain

from asean_japan import ArgumentError, LimitError, ReadError
from asean_japan.copies import extraction
from asean_japan.copies.copy import MOST_TAKEN, read, read_text

TEXT = plain(blocks())
posix = pytest.mark.skipif(os.name != "posix", reason="the platform has no pipes and no signals")


# Paths and texts.


@pytest.mark.parametrize(
    "text",
    [
        __file__,
        os.devnull,
        "copy.txt",
        "../copy.txt",
        "file:///copy.txt",
        "~/copy.txt",
        "A line without a path",
        "some text that is not the report. " * 10,
        "a\nb",
        " ",
    ],
)
def test_text_is_never_a_path(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text is itself, whatever it looks like and whatever files there are."""
    monkeypatch.chdir(tmp_path)
    Path("copy.txt").write_text("of a file")
    assert read_text(text, "text").text == text
    binding = REPORT.bind_text(text, strict=False, index=INDEX).binding
    assert binding
    assert binding.text == text


@pytest.mark.parametrize(
    "path", ["a line", "a\nb\n", "a" * 300, "a/" * 3000, "", "with\x00nul", "\ud800", TEXT, "# A\n\n**text**\n"]
)
def test_str_is_never_a_text(path: str) -> None:
    """A `str` is a path, as with `open`; that it names no file is told, and how to bind a text."""
    with pytest.raises(ReadError, match="bind takes a path, and bind_text a text") as caught:
        REPORT.bind(path, index=INDEX)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("kind", [str, os.fsencode, "path", "link", "chain"])
def test_path_is_opened_as_open_does(kind: Any, tmp_path: Path) -> None:  # noqa: ANN401  # Makers of paths.
    """Every kind of path is read, and links are followed."""
    path = tmp_path / "copy\nof a.txt"
    path.write_text(TEXT, encoding="utf-8", newline="\n")
    link, chain = tmp_path / "link.txt", tmp_path / "chain.txt"
    link.symlink_to(path)
    chain.symlink_to(link)

    class AnyPath(os.PathLike[Any]):
        def __fspath__(self) -> Any:  # noqa: ANN401
            return kind(path)

    source: os.PathLike[Any] = {"path": path, "link": link, "chain": chain}.get(kind) or AnyPath()
    binding = REPORT.bind(source, index=INDEX).binding
    assert binding
    assert binding.coverage.whole


@pytest.mark.parametrize("other", [b"a", bytearray(b"a"), Path("a"), None, 7, io.StringIO("a"), ["a"]])
def test_other_than_text_is_refused(other: Any) -> None:  # noqa: ANN401  # That is the point.
    """Only a `str` is a text."""
    with pytest.raises(ArgumentError, match="expected a str"):
        REPORT.bind_text(other)


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_text_has_no_format_of_bytes(format: Any) -> None:  # noqa: A002, ANN401  # As in `bind`.
    """A text cannot be a PDF or docx file; neither can a file that is open as text."""
    with pytest.raises(ArgumentError, match=f"bytes of a {format} file"):
        REPORT.bind_text(TEXT, format=format)
    with pytest.raises(ReadError, match=rf"{format} needs its bytes; .*open\(path, 'rb'\)"):
        REPORT.bind(io.StringIO(TEXT), format=format)


@pytest.mark.parametrize("isolate", [None, 1, "no"])
def test_isolate_is_yes_or_no(isolate: Any) -> None:  # noqa: ANN401  # That is the point.
    """Nothing else is taken for it."""
    with pytest.raises(ArgumentError, match="isolate"):
        REPORT.bind(b"a", isolate=isolate)


# Only regular files.


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe", "link to a pipe", "socket", "device", "endless device", "terminal"])
def test_only_regular_files_are_read(kind: str, tmp_path: Path) -> None:
    """Anything else is refused at once, and told for what it is."""
    path = tmp_path / "copy"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")
    elif kind == "socket":
        path = Path(tempfile.mkdtemp()) / "s"  # A short path, which is all that a socket takes.
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
    else:
        path = Path({"device": os.devnull, "endless device": "/dev/zero", "terminal": "/dev/ptmx"}[kind])
    start = time.perf_counter()
    for source in (path, str(path)):
        with pytest.raises(ReadError, match="a path has to be one of a regular file") as caught:
            REPORT.bind(source)
        assert caught.value.source == str(path)
        assert f"it is a {kind.rpartition(' ')[2].replace('terminal', 'device')};" in str(caught.value)
    assert time.perf_counter() - start < 2


@posix
def test_pipe_that_takes_the_place_of_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at and what is opened may be two things; the second is looked at as well, without waiting."""
    path = tmp_path / "copy"
    path.touch()
    as_it_was = path.stat()
    path.unlink()
    os.mkfifo(path)

    def stat(_: object) -> os.stat_result:
        return as_it_was

    monkeypatch.setattr(os, "stat", stat)
    with pytest.raises(ReadError, match="it is a pipe"):
        read(path)


@posix
def test_open_pipe_is_content() -> None:
    """Who opens a pipe knows that it may wait."""
    outlet, inlet = os.pipe()
    os.write(inlet, b"Words\n")
    os.close(inlet)
    with os.fdopen(outlet, "rb") as file:
        assert read(file).text == "Words\n"


# Size.


def sparse(path: Path, size: int) -> Path:
    """Make a file that has a size and no content."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize("size", [MOST_TAKEN + 1, 2**30, 2**36])
def test_size_is_looked_at_before_reading(size: int, tmp_path: Path) -> None:
    """A file that is too long is refused unread, and its size is told as it is."""
    path = sparse(tmp_path / "co\u202epy.pdf", size)
    for source in (path, str(path)):
        with pytest.raises(LimitError, match=r"length of co\\u202epy.pdf") as caught:
            read(source)
        assert (caught.value.size, caught.value.limit) == (size, MOST_TAKEN)
    with path.open("rb") as buffered, path.open("rb", buffering=0) as raw, path.open("r+b") as both:
        for file in (buffered, raw, both):
            with pytest.raises(LimitError) as caught:
                read(file)
            assert caught.value.size == size
            assert file.tell() == 0


def test_size_of_content_is_told() -> None:
    """Of bytes, a text and a file in memory the size is known, too; of others only what was read."""
    size = MOST_TAKEN + 7

    class Endless:
        def read(self, size: int) -> bytes:
            return b"a" * size

    for told, source in ((size, b"a" * size), (size, io.BytesIO(b"a" * size)), (MOST_TAKEN + 1, Endless())):
        with pytest.raises(LimitError) as caught:
            read(source)
        assert caught.value.size == told
    with pytest.raises(LimitError, match=r"^length of a file, as far as it was read, is 16777217, over the limit"):
        read(Endless())
    with pytest.raises(LimitError) as caught:
        read_text("a" * size)
    assert caught.value.size == size


def test_rest_of_a_long_file_is_read(tmp_path: Path) -> None:
    """Only what is left of an open file counts, and so does a file as long as can be."""
    path = sparse(tmp_path / "copy", MOST_TAKEN + 10)
    with path.open("r+b") as file:
        file.seek(MOST_TAKEN)
        file.write(b"Some words")
        file.seek(MOST_TAKEN)
        assert read(file).text == "Some words"
    assert len(read(sparse(tmp_path / "most", MOST_TAKEN)).text) == MOST_TAKEN


# Files that are open as text, or read oddly.


@pytest.mark.parametrize("make", [docx_file, pdf_by_fpdf, pdf_by_reportlab])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_file_open_as_text_is_told(make: Callable[[Any], bytes], encoding: str, tmp_path: Path) -> None:
    """Where bytes are needed, the error says how to open the file; as bytes it is read."""
    path = tmp_path / "copy"
    path.write_bytes(make(blocks()))
    with path.open(encoding=encoding) as file, pytest.raises(ReadError, match=r"text.*open\(path, 'rb'\)"):
        read(file)
    with path.open("rb") as binary:
        assert REPORT.bind(binary, index=INDEX).binding


@pytest.mark.parametrize("text", ["%PDF-1.7\n", "\ufeff%PDF-1.4", "\n %PDF-2.0", "PK\x03\x04 word/", "PK\x03\x04"])
def test_packed_text_is_refused(text: str) -> None:
    """The bytes of a file that became a text are not its words."""
    with pytest.raises(ReadError, match="was read as text; pass its bytes"):
        read_text(text)
    assert read_text(f"About {text}").format == "text"


@pytest.mark.parametrize("answer", [None, 7, ["a"], object()])
def test_odd_answers_are_refused(answer: Any) -> None:  # noqa: ANN401  # That is the point.
    """A file has to return bytes or text."""

    class Odd:
        def read(self, _: int) -> Any:  # noqa: ANN401
            return answer

    with pytest.raises(ReadError, match=f"its read.. returns {type(answer).__name__}, expected bytes or text"):
        read(Odd())


def test_answers_of_other_kinds_of_bytes_are_read() -> None:
    """Files of others may return what is like bytes; but not bytes now and text then."""

    class Parts:
        def __init__(self, *parts: Any) -> None:  # noqa: ANN401
            self.parts = list(parts)

        def read(self, _: int) -> Any:  # noqa: ANN401
            return self.parts.pop(0)

    assert read(Parts(bytearray(b"a"), memoryview(b"b\n"), b"")).text == "ab\n"
    for parts in ((b"a", "b", ""), ("a", b"b", b"")):
        with pytest.raises(ReadError):
            read(Parts(*parts))


# Timeouts and interrupts of the caller.


class LateError(Exception):
    """A timeout of a library that knows no better."""


@pytest.fixture
def alarm() -> Iterator[Callable[[BaseException], None]]:
    """Return what has an error raised in the middle of what comes next."""

    def arm(error: BaseException, seconds: float = 0.3) -> None:
        def ring(*_: object) -> None:
            raise error

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    before = signal.getsignal(signal.SIGALRM)
    yield arm
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


ERRORS = [TimeoutError("too late"), InterruptedError("stop"), KeyboardInterrupt(), SystemExit(3), LateError("too late")]


@posix
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_error_of_the_caller_passes_while_a_file_waits(
    error: BaseException, alarm: Callable[[BaseException], None]
) -> None:
    """Whatever a signal raises while an open file is read comes out as it is."""
    outlet, inlet = os.pipe()
    with os.fdopen(outlet, "rb") as file, os.fdopen(inlet, "wb"):
        alarm(error)
        with pytest.raises(type(error)) as caught:
            REPORT.bind(file)
    assert caught.value is error


@posix
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_error_of_the_caller_passes_while_a_path_waits(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same while a file is opened, as on a disk that does not answer."""

    def slow(*_: object) -> None:
        raise error

    path = tmp_path / "copy"
    path.touch()
    monkeypatch.setattr(os, "open", slow)
    with pytest.raises(type(error)) as caught:
        REPORT.bind(path)
    assert caught.value is error


@posix
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_error_of_the_caller_passes_while_a_child_reads(
    error: BaseException, alarm: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same while a PDF is read apart; the child is gone then."""
    monkeypatch.setattr(extraction, "_CHILD", "import time; time.sleep(60)")
    ask = extraction._ask  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # Once the child is there.

    def interrupted(*arguments: Any) -> tuple[bytes, bool]:  # noqa: ANN401  # As they are.
        alarm(error)
        return ask(*arguments)

    monkeypatch.setattr(extraction, "_ask", interrupted)
    start = time.perf_counter()
    with pytest.raises(type(error)) as caught:
        REPORT.bind(b"%PDF-1.7")
    assert caught.value is error
    assert time.perf_counter() - start < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize("isolate", [True, False])
def test_error_of_the_caller_passes_at_any_time(
    error: BaseException,
    isolate: bool,  # noqa: FBT001  # Of a test.
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same while the child is started, and while a PDF is read in this process."""

    def interrupted(*_: object, **__: object) -> list[str]:
        raise error

    if isolate:
        monkeypatch.setattr(subprocess, "Popen", interrupted)
    else:
        monkeypatch.setattr(extraction, "_pdf", interrupted)
    with pytest.raises(type(error)) as caught:
        REPORT.bind(b"%PDF-1.7", isolate=isolate)
    assert caught.value is error


@pytest.mark.parametrize("error", [ValueError("a"), KeyError("b"), RecursionError(), MemoryError(), OSError("c")])
def test_error_of_a_reader_is_ours(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a broken file does to its reader in this process is an error of this package."""

    def broken(_: bytes) -> list[str]:
        raise error

    monkeypatch.setattr(extraction, "_pdf", broken)
    with pytest.raises(ReadError):
        REPORT.bind(b"%PDF-1.7", isolate=False)


# No other program is started.


def marker(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a program that leaves a mark when it is started; return it, and where the mark would be."""
    mark, program = folder / "started", folder / name
    program.write_text(f"#!/bin/sh\necho once >> {mark}\n")
    program.chmod(0o755)
    return program, mark


@posix
@pytest.mark.parametrize(
    "name",
    ["app", "app.exe", "uwsgi", "blender", "my-python", "python-app", "pythonista", "python9.9", "python2.7", "pypy2"],
)
def test_program_with_a_python_in_it_is_not_started(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not a Python of this version by its name is never run; reading in this process still works."""
    program, mark = marker(tmp_path, name)
    content = pdf_by_fpdf(blocks())
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(ReadError, match=r"no Python to read it apart.*isolate=False"):
        REPORT.bind(content, index=INDEX)
    assert REPORT.bind(content, index=INDEX, isolate=False).binding
    assert not mark.exists()


@posix
@pytest.mark.parametrize("frozen", [True, "macosx_app", "windows_exe", 1])
@pytest.mark.parametrize("make", [docx_file, pdf_by_fpdf])
def test_frozen_program_is_not_started(
    frozen: object, make: Callable[[Any], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen program is not started again, even if it is called python."""
    program, mark = marker(tmp_path, "python")
    content = make(blocks())
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    with pytest.raises(ReadError, match=r"this program is frozen; .*isolate=False") as caught:
        REPORT.bind(content, index=INDEX)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  # Our own.
    binding = REPORT.bind(content, index=INDEX, isolate=False).binding
    assert binding
    assert binding.coverage.whole
    assert not mark.exists()


@pytest.mark.parametrize("executable", [None, "", " ", "/", "python/"])
def test_python_that_knows_no_program(executable: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An embedded Python may have no program at all."""
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(ReadError, match=rf"sys.executable is {executable!r}, not a Python"):
        REPORT.bind(b"%PDF-1.7")
    assert REPORT.bind(b"Words\n", strict=False).binding


@posix
@pytest.mark.parametrize("code", ["exit 0", "exit 1", "echo no", "cat >/dev/null", "echo ready 1", "kill -9 $$"])
def test_python_of_another_kind_is_told(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python by name that is none of this version is blamed, and not the file."""
    program = tmp_path / "python3"
    program.write_text(f"#!/bin/sh\n{code}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(ReadError, match=r"does not run as the Python .* of this process"):
        REPORT.bind(b"%PDF-1.7")


def test_python_of_another_version_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child looks at its own version before it does anything."""

    class Implementation:
        cache_tag = "cpython-299"

    monkeypatch.setattr(sys, "implementation", Implementation)
    with pytest.raises(ReadError, match="does not run as the Python"):
        REPORT.bind(b"%PDF-1.7")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "python",
            "python3",
            "python{}",
            "python{}t",
            "python{}d",
            "python_d.exe",
            "pythonw.exe",
            "Python",
            "PYTHON.EXE",
        ),
        *(
            r"C:\Program Files\Python\python.exe",
            "/venv/bin/python3",
            "pypy3",
            "pypy{}",
            "python{}-dbg",
            "python3-intel64",
        ),
    ],
)
def test_pythons_are_known_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Python is taken for another program; one that is not there is told by the system."""
    name = name.format("{}.{}".format(*sys.version_info))
    monkeypatch.setattr(sys, "executable", name if "bin" in name or "\\" in name else f"/none/{name}")
    with pytest.raises(ReadError, match=r"no process can be started .*isolate=False"):
        REPORT.bind(b"%PDF-1.7")


@pytest.mark.parametrize("make", [docx_file, pdf_by_fpdf, pdf_by_reportlab])
def test_reading_in_this_process_is_the_same(make: Callable[[Any], bytes]) -> None:
    """Both ways return one text, and have the same limits of pages and characters."""
    content = make(blocks())
    assert read(content) == read(content, isolate=False)
