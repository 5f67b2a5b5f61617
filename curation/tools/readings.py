"""
Count the ledger of readings, curation/readings.csv, for the page on the data.

    python curation/tools/readings.py --check    compare with the totals in docs/data.md
    python curation/tools/readings.py --write    put the totals into docs/data.md

Each row is one reading of one claim against its sentence: the round, the address, the first digits of the SHA-256 of
the claim as it was read, whether the claim had been altered on purpose and unknown to the reader, the verdict, and what
was changed after it. A claim that is changed is read again: the last digest of each claim is that of the bundled one.
"""

from __future__ import annotations

import hashlib
from collections import Counter

import harness
from harness import CURATION, PAGES

LEDGER = CURATION / "readings.csv"
PAGE = PAGES / "data.md"
COLUMNS = ("round", "ref", "digest", "planted", "verdict", "change")
VERDICTS = ("same", "adds", "drops", "shifts", "cannot-stand-alone")


def digest(claim: str) -> str:
    """Return what stands in the ledger for the words of a claim."""
    return hashlib.sha256(claim.encode()).hexdigest()[:12]


def rows() -> list[dict[str, str]]:
    """Return the ledger, row by row."""
    return harness.rows(LEDGER)


def totals() -> str:
    """Return the totals as Markdown."""
    ledger = rows()
    lines = [f"| round | read | {' | '.join(VERDICTS)} | changed after it |", "| --- " * (len(VERDICTS) + 3) + "|"]
    for number in sorted({row["round"] for row in ledger}, key=int):
        read = [row for row in ledger if row["round"] == number and not row["planted"]]
        counts = Counter(row["verdict"] for row in read)
        changed = sum(bool(row["change"]) for row in read)
        lines.append(f"| {number} | {len(read)} | {' | '.join(str(counts[v]) for v in VERDICTS)} | {changed} |")
    planted = [row for row in ledger if row["planted"]]
    found = sum(row["verdict"] != "same" for row in planted)
    lines += [
        "",
        f"Of {len(planted)} claims altered on purpose and unknown to the readers, {found} were found.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({PAGE: harness.placed(PAGE, "readings", totals())}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
