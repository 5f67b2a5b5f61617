"""
Checks the types of the Python code in README.md and in the pages beside this file, with mypy --strict.

The code of a page becomes a module in which every line has the number that it has in the page. Where a page clears its
namespace, another module begins. A function may leave out its body, as pages do.
"""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

DOCS = Path(__file__).parent
CODE = DOCS / "_build" / "types"  # Always the same, so that mypy knows again what it has checked.
BLOCK = re.compile(
    r"^(?P<margin> *)```python\n(?P<code>.*?)^ *```$|^<!--+ *(?P<cleared>clear-namespace) *--+>$",
    re.MULTILINE | re.DOTALL,
)
OPTIONS = ("--strict", "--disable-error-code=empty-body", "--follow-imports=silent", "--no-error-summary")


def modules(page: str) -> Iterator[str]:
    """Yield the code of a page, on the lines on which the page has it; the code behind each cleared namespace alone."""
    for cleared, blocks in groupby(BLOCK.finditer(page), key=lambda block: bool(block["cleared"])):
        if not cleared:
            lines = [""] * page.count("\n")
            for block in blocks:
                first = page.count("\n", 0, block.start("code"))
                for number, line in enumerate(_code(block["code"], len(block["margin"])), first):
                    lines[number] = line
            yield "\n".join(lines) + "\n"


def _code(block: str, margin: int) -> list[str]:
    """Return the lines of a block, without prompts and without what they print."""
    if ">>>" not in block:
        return [line[margin:] for line in block.splitlines()]
    lines = [""] * block.count("\n")
    for example in doctest.DocTestParser().get_examples(block):
        for number, line in enumerate(example.source.splitlines(), example.lineno):
            lines[number] = line
    return lines


def misfits(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return what mypy has to say of the code of some pages, each with page and line; the code goes into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    for name, page in pages.items():
        for at, code in enumerate(modules(page)):
            path = folder / (re.sub(r"\W", "_", name) + f"_{at}.py")
            path.write_text(code, "utf-8")
            names[str(path)] = name
    command = [sys.executable, "-m", "mypy", *OPTIONS, *names]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, check=False, encoding="utf-8")
    return [_named(line, names) for line in (done.stdout + done.stderr).splitlines()]


def _named(line: str, names: dict[str, str]) -> str:
    """Return a message with the name of the page instead of that of its module."""
    path, colon, message = line.partition(":")
    return f"{names.get(str(DOCS.parent / path), path)}{colon}{message}"


def main() -> int:
    """Print what was found; return whether that was anything."""
    pages = [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))]
    found = misfits({page.relative_to(DOCS.parent).as_posix(): page.read_text("utf-8") for page in pages}, CODE)
    print(*found, sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
