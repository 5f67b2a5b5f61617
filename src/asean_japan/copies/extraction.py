"""
The text of docx and PDF files, read in a process of its own, unless a caller wishes it otherwise.

A file from a stranger can keep a reader of PDF busy for hours, or make it eat all memory. So a child process reads it,
with limits, and can be killed: what happens to the child is an ordinary error here. The child gets the file through a
pipe and returns text through another; it writes no file. The child is a Python of the same version, or there is none:
in a frozen or an embedding program, what `sys.executable` names may be that program, which would start itself again.

The module is both sides: `extract` is called by the parent, `main` runs in the child.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import threading
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias, cast

from asean_japan.copies import word
from asean_japan.errors import LimitError, MissingExtraError, ReadError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

Packed: TypeAlias = Literal["docx", "pdf"]

SECONDS_OF_CPU = 8  # Of the child; where the platform can limit it.
SECONDS = 12  # By the clock, everywhere.
MEMORY = 2**30  # Bytes of address space; where the platform can limit it.
MOST_PAGES = 500
MOST_CHARACTERS = 16 * 2**20  # Of text from one file.
_MOST_BYTES = 8 * MOST_CHARACTERS  # Of what the child may answer; JSON writes a character in six bytes at most.
_MOST_NOTES = 2_000  # Of one page.
_HIDDEN = 2 | 32  # Flags of a note that is not shown.
_LONGEST_REASON = 200
_PACKAGES: dict[Packed, tuple[str, str]] = {"docx": ("docx", "python-docx"), "pdf": ("pypdf", "pypdf")}

_IN_PROCESS = "isolate=False reads it in this process, without limits of time and memory"
_VERSION = "{}.{}".format(*sys.version_info)
# A name that a Python has: python3.11, python3.13t, python_d.exe, pythonw.exe, pypy3; its version is the group.
_PYTHON = re.compile(
    r"(?:^|[/\\])(?:python|pypy|graalpy)w?(\d(?:\.\d+)?)?(?:t|_?d|-dbg|-intel64)*(?:\.exe)?$", re.IGNORECASE
)
# The packages whose errors come from reading; any other class that is not Python's is of the caller.
_READERS = frozenset({"pypdf", "docx", "lxml", "cryptography", "Crypto", "PIL"})

# The child is isolated from the environment and from the current folder, and finds modules where the parent does. Only
# then is it ready; a Python of another version would not understand them.
_READY = b"ready"
_CHILD = (
    "import json, sys; sys.implementation.cache_tag == sys.argv[2] or sys.exit(); "
    "sys.path[:] = json.loads(sys.argv[1]); "
    f"from asean_japan.copies import extraction; print({_READY.decode()!r}, flush=True); extraction.main()"
)


def extract(content: bytes, packed: Packed, name: str, *, isolate: bool = True) -> list[str]:
    """
    Return the text of a file, page by page; a docx file is one page.

    Args:
        content: The file.
        packed: Its format.
        name: What to call it in an error.
        isolate: Whether to read it in a process of its own; otherwise nothing limits time and memory.

    Raises:
        ReadError: If it cannot be read, has no text, or takes more time or memory than it may; or if there is no Python
            to read it apart.
        LimitError: If it has too many pages or too much text.
        MissingExtraError: If the package that reads it is not installed.
    """
    module, package = _PACKAGES[packed]
    if importlib.util.find_spec(module) is None:
        raise MissingExtraError(packed, package)
    found = _apart(content, packed, name) if isolate else answered(content, packed)
    if "limit" in found:
        raise LimitError(f"{found['what']} of {visible(name)}", found["size"], found["limit"])
    if "reason" in found:
        raise ReadError(name, found["reason"])
    pages = [page.replace("\f", "\n") for page in found["pages"]]
    if not any(page.strip() for page in pages):
        raise ReadError(name, "it has no text; pictures of pages have to be read by a program for that first")
    return pages


def _apart(content: bytes, packed: Packed, name: str) -> dict[str, Any]:
    """Return what a child answers."""
    paths = [path for path in sys.path if path]  # Not the current folder.
    arguments = [json.dumps(paths), str(sys.implementation.cache_tag), packed, str(SECONDS_OF_CPU), str(MEMORY)]
    command = [_python(name), "-I", "-c", _CHILD, *arguments]
    try:
        child = subprocess.Popen(  # noqa: S603  # Nothing of it comes from the file.
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except (TimeoutError, InterruptedError):  # Of the caller.
        raise
    except OSError as error:  # Some platforms have no processes.
        reason = f"no process can be started to read it, {error.strerror}; pass its text instead, or {_IN_PROCESS}"
        raise ReadError(name, reason) from error
    answer, late = _ask(child, content)
    ready, _, answer = answer.partition(b"\n")
    if ready.strip() != _READY and not late:
        raise ReadError(name, _no_python(f"{sys.executable!r} does not run as the Python {_VERSION} of this process"))
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        why = f"more than {SECONDS} seconds" if late else f"more than {SECONDS_OF_CPU} seconds of CPU"
        raise ReadError(name, f"reading it takes {why}, or breaks its reader; pass its text instead") from None
    return found


def _python(name: str) -> str:
    """Return the Python that runs this, and never a program that only has one in it."""
    program = cast("str | None", sys.executable)
    if getattr(sys, "frozen", False):
        raise ReadError(name, _no_python("this program is frozen"))
    found = _PYTHON.search(program) if program else None
    if not program or not found or not f"{_VERSION}.".startswith(f"{found[1] or _VERSION}."):
        raise ReadError(name, _no_python(f"sys.executable is {program!r}, not a Python {_VERSION}"))
    return program


def _no_python(why: str) -> str:
    return f"there is no Python to read it apart, because {why}; pass its text instead, or {_IN_PROCESS}"


def _ask(child: subprocess.Popen[bytes], content: bytes) -> tuple[bytes, bool]:
    """Return what the child answers, and whether it was killed for being late."""
    with child:
        late = threading.Event()
        to_child, from_child = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)  # Both are pipes.

        def stop() -> None:
            late.set()
            child.kill()

        def feed() -> None:
            with contextlib.suppress(OSError), to_child:  # A child that is gone reads no more.
                to_child.write(content)

        timer = threading.Timer(SECONDS, stop)
        feeder = threading.Thread(target=feed)
        try:
            timer.start()
            feeder.start()
            answer = from_child.read(_MOST_BYTES)
        finally:
            timer.cancel()
            child.kill()
            feeder.join()
    return answer, late.is_set()


# The child.


def main() -> None:
    """Read a file from the standard input and answer in JSON; the arguments are its format and the limits."""
    packed, cpu, memory = sys.argv[-3:]
    _limit(int(cpu), int(memory))
    answer = answered(sys.stdin.buffer.read(), cast("Packed", packed))
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(cpu: int, memory: int) -> None:
    """Limit what this process may use, as far as the platform can."""
    try:
        import resource
    except ImportError:  # Windows has none; there the parent's clock is all.
        return
    limits = {resource.RLIMIT_CPU: cpu, resource.RLIMIT_AS: memory, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # Some platforms have the name of a limit and not the limit.
            resource.setrlimit(what, (most, most))


def answered(content: bytes, packed: Packed) -> dict[str, Any]:
    """
    Return the pages of a file, or what is wrong with it.

    >>> answered(b"no file", "docx")
    {'reason': 'BadZipFile: File is not a zip file'}
    """
    reader = {"docx": _docx, "pdf": _pdf}[packed]
    pages: list[str] = []
    size = 0
    try:
        for page in reader(content):
            size += len(page)
            if len(pages) == MOST_PAGES:
                return {"what": "number of pages", "size": MOST_PAGES + 1, "limit": MOST_PAGES}
            if size > MOST_CHARACTERS:
                return {"what": "length of the text", "size": size, "limit": MOST_CHARACTERS}
            pages.append(page)
    except word.RefusedError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "reading it takes too much memory; pass its text instead"}
    except Exception as error:  # A broken file breaks its reader in any way; whoever asked has to know.
        if _is_of_caller(error):
            raise
        return {"reason": f"{type(error).__name__}: {error}"[:_LONGEST_REASON]}
    return {"pages": pages}


def _is_of_caller(error: Exception) -> bool:
    """Return whether an error is the caller's own, raised by a signal in the middle of reading."""
    home = type(error).__module__.partition(".")[0]
    return isinstance(error, TimeoutError | InterruptedError) or home not in _READERS | sys.stdlib_module_names


def _pdf(content: bytes) -> Iterator[str]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise word.RefusedError("it is encrypted; save it without a password")
    for page in reader.pages:
        yield "\n".join([page.extract_text(), *_typed(page)])


def _typed(page: Any) -> Iterator[str]:  # noqa: ANN401  # A page as pypdf has it.
    """Yield what was typed onto a page: boxes of text, and the fields of a form."""
    notes: Any = page["/Annots"] if "/Annots" in page else ()  # noqa: SIM401  # Only [] follows a reference.
    for note in islice(notes, _MOST_NOTES):
        with contextlib.suppress(Exception):  # No program shows what is broken.
            known: Any = note.get_object()
            parent: Any = known["/Parent"] if "/Parent" in known else {}  # noqa: SIM401  # The same.
            said: dict[str, Any] = {**parent, **known}
            key = {"/FreeText": "/Contents", "/Widget": "/V"}.get(str(said["/Subtype"]), "")
            is_text = key == "/Contents" or str(said.get("/FT")) in {"/Tx", "/Ch"}
            if key in said and is_text and not int(said.get("/F", 0)) & _HIDDEN:
                words = said[key].get_object()
                yield "\n".join(map(str, cast("list[object]", words) if isinstance(words, list) else [words]))


def _docx(content: bytes) -> Iterator[str]:
    yield word.text_of(content)
