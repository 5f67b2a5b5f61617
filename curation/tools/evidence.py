"""
Prove again what is known of the names from elsewhere: curation/evidence.csv has a digest of the words that say it.

    python curation/tools/evidence.py --check           hold the table against entities.json, and count
    python curation/tools/evidence.py FOLDER            say for each row whether its words are in a page saved in FOLDER
    python curation/tools/evidence.py --words "WORDS"   print the length and the digest of some words, for a new row

The words themselves are not kept. The digest is that of their skeleton, the letters and digits of docs/data.md, so that
the spaces, the marks and the markup of a saved page make no difference. Pages are files of text or HTML, in UTF-8.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import harness

from asean_japan.copies.skeletons import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVIDENCE = harness.CURATION / "evidence.csv"
ENTITIES = harness.DATA / "entities.json"
COLUMNS = ("key", "field", "value", "source", "read", "where", "sha256", "length")
_FACT = COLUMNS[:5]
_DIGEST = re.compile("[0-9a-f]{64}")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)

Row: TypeAlias = "dict[str, str]"


def digest(words: str) -> tuple[int, str]:
    """Return the number of letters of some words, and the digest of these letters."""
    letters = skeleton(words)
    return len(letters), hashlib.sha256(letters.encode()).hexdigest()


def facts() -> list[Row]:
    """Return every fact of the entities, with the columns that a row of the table has as well."""
    entities = json.loads(ENTITIES.read_text("utf-8"))["entities"]
    return [
        {"key": entity["key"], **{name: fact[name] for name in _FACT[1:]}}
        for entity in entities
        for fact in entity["facts"]
    ]


def faults(table: Iterable[Row], known: Iterable[Row]) -> Iterator[str]:
    """Yield what is wrong with a table: rows without a fact, out of order, twice, or that prove nothing."""
    order = {tuple(fact.values()): at for at, fact in enumerate(known)}
    last = -1
    for row in table:
        name = f"{row['key']}, {row['field']}"
        at = order.get(tuple(row[column] for column in _FACT))
        if at is None:
            yield f"{name}: no fact has this value, source and date"
        elif at <= last:
            yield f"{name}: twice, or not in the order of the facts"
        else:
            last = at
        if not (_DIGEST.fullmatch(row["sha256"]) and row["length"].isdecimal() and int(row["length"])):
            yield f"{name}: neither a digest nor a length"
        if not row["where"].strip():
            yield f"{name}: not said where in the source"


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the letters of each file of a folder, in the order of their names; HTML without its markup."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text("utf-8", errors="replace")
        if path.suffix.lower() in {".html", ".htm"}:
            text = html.unescape(_MARKUP.sub("", text))
        yield path.relative_to(folder).as_posix(), skeleton(text)


def proved(table: Iterable[Row], folder: Path) -> dict[tuple[str, str], str]:
    """Return for each digest, with its length, the first page that has a passage with it."""
    wanted: dict[int, set[str]] = {}
    for row in table:
        wanted.setdefault(int(row["length"]), set()).add(row["sha256"])
    found: dict[tuple[str, str], str] = {}
    for name, letters in pages(folder):
        for length, digests in wanted.items():
            for start in range(len(letters) - length + 1):
                sha256 = hashlib.sha256(letters[start : start + length].encode()).hexdigest()
                if sha256 in digests:
                    found.setdefault((str(length), sha256), name)
    return found


def checked(table: list[Row]) -> int:
    """Say what is wrong with the table, and how many facts have a row; return the exit status."""
    known = facts()
    wrong = [*faults(table, known)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(table)} of {len(known)} facts have a row; {len(known) - len(table)} are not proved")
    return int(bool(wrong))


def searched(table: list[Row], folder: Path) -> int:
    """Say of each row whether its words are in a page of a folder."""
    found = proved(table, folder)
    counts: Counter[bool] = Counter()
    for row in table:
        page = found.get((row["length"], row["sha256"]))
        counts[page is not None] += 1
        print(f"{row['key']}, {row['field']}: {f'in {page}' if page else 'not in these pages'}  ({row['source']})")
    print(f"{counts[True]} of {len(table)} rows are proved by these pages")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Check, search a folder, or print a digest."""
    parser = harness.parser(__doc__, writes=False)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("folder", nargs="?", type=Path, help="a folder of saved pages")
    which.add_argument("--check", action="store_true", help="hold the table against the facts (the default)")
    which.add_argument("--words", help="words of which to print the length and the digest")
    options = parser.parse_args(arguments)
    if options.words is not None:
        print(*digest(options.words))
        return 0
    table = harness.rows(EVIDENCE)
    return checked(table) if options.folder is None else searched(table, options.folder)


if __name__ == "__main__":
    raise SystemExit(main())
