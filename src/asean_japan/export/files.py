"""Files and folders that are written as a whole or not at all: under another name first, then moved into place."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

from asean_japan.arguments import require_a
from asean_japan.errors import LONGEST_SHOWN, ArgumentError


@contextlib.contextmanager
def written(path: str | os.PathLike[str], *, overwrite: bool = False) -> Generator[Path, None, None]:
    """
    Return a path to write to; what is there in the end is moved to *path*.

    >>> with written("page.html") as beside:
    ...     _ = beside.write_text("<!DOCTYPE html>", "utf-8")
    >>> Path("page.html").read_text("utf-8")
    '<!DOCTYPE html>'

    Args:
        path: Where to write a file or a folder.
        overwrite: Whether to replace what is there: a file, or a folder that holds nothing but files of the names that
            are written. If *path* is a symbolic link, what it leads to is replaced, and the link stays.

    If anything goes wrong, nothing is left of what was begun, and what was there before stays as it was.

    Raises:
        ArgumentError: If it cannot be written, or if something is there that is not to be replaced.
    """
    require_a("path", path, str, os.PathLike)
    require_a("overwrite", overwrite, bool)
    target = _target(path, overwrite=overwrite)
    try:
        room = Path(tempfile.mkdtemp(prefix=".asean_japan-", dir=target.parent))
    except (OSError, ValueError) as error:  # ValueError for a path that no system can have.
        raise _unwritable(path, error) from error
    try:
        yield room / "new"
        _put(room, target)
    except (OSError, UnicodeError) as error:  # UnicodeError for a name, or a text, that cannot be encoded.
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _target(path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """Return where to write, once every link is followed."""
    target = Path(path)
    if not target.name or "\0" in target.name:
        raise ArgumentError("path", str(path), "the path of something to be written")
    if os.path.lexists(target):
        if not overwrite:
            hint = "overwrite=True replaces it"
            raise ArgumentError("path", str(path), "a path where nothing exists", hint, "overwrite")
        if target.is_symlink():
            target = Path(os.path.realpath(target))
        if os.path.lexists(target) and not (target.is_file() or target.is_dir()):  # Devices, pipes, links in a ring.
            raise ArgumentError("path", str(path), "the path of a file, of a folder or of nothing yet")
    if not os.path.isdir(target.parent):  # noqa: PTH112  # The method of Path raises for some paths.
        folder = str(target.parent)
        missing = f"folder {folder!r}" if len(folder) <= LONGEST_SHOWN else "such folder"
        raise ArgumentError("path", str(path), f"a path in a folder that exists; there is no {missing}")
    return target


def _unwritable(path: str | os.PathLike[str], error: Exception) -> ArgumentError:
    reason = error.strerror if isinstance(error, OSError) else None  # Its full text names files that are gone by now.
    return ArgumentError("path", str(path), f"a path that can be written ({reason or error})")


def _put(room: Path, target: Path) -> None:
    """Move what is new into place."""
    new, old = room / "new", room / "old"
    if target.exists() and new.is_dir() != target.is_dir():
        there, here = ("a folder", "a file") if target.is_dir() else ("a file", "a folder")
        raise ArgumentError("path", str(target), f"a path for {here}, not that of {there}")
    if target.is_dir():
        others = sorted({each.name for each in target.iterdir()} - {each.name for each in new.iterdir()})
        if others:
            raise ArgumentError("path", str(target), f"a folder with nothing but such files; it also has {others[0]!r}")
        target.rename(old)  # No system replaces a folder that holds something.
    try:
        new.replace(target)
    except OSError:
        if old.is_dir():
            old.rename(target)
        raise


def write_text(path: str | os.PathLike[str], text: str, *, overwrite: bool = False) -> None:
    r"""
    Write a text in UTF-8, with its line ends as they are.

    >>> write_text("report.md", "# Report\n")

    Raises what `written` raises.
    """
    with written(path, overwrite=overwrite) as beside:
        beside.write_text(text, "utf-8", newline="")
