"""
Count the ledger of readings, docs/data/readings.csv, for the page on the data.

    python tools/readings.py            print the totals; exit status 1 if docs/data.md says otherwise
    python tools/readings.py --write    put them into docs/data.md

Each row is one reading of one claim against its sentence: the round, the address, the first digits of the SHA-256 of
the claim as it was read, whether the claim had been altered on purpose and unknown to the reader, the verdict, and what
was changed after it. A claim that is changed is read again: the last digest of each claim is that of the bundled one.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEDGER = ROOT / "docs" / "data" / "readings.csv"
PAGE = ROOT / "docs" / "data.md"
COLUMNS = ("round", "ref", "digest", "planted", "verdict", "change")
VERDICTS = ("same", "adds", "drops", "shifts", "cannot-stand-alone")
MARKED = re.compile(r"(?<=<!-- readings -->\n).*?(?=<!-- /readings -->)", re.DOTALL)


def digest(claim: str) -> str:
    """What stands in the ledger for the words of a claim."""
    return hashlib.sha256(claim.encode()).hexdigest()[:12]


def rows() -> list[dict[str, str]]:
    """The ledger, row by row."""
    with LEDGER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def totals() -> str:
    """The totals as Markdown."""
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
    """Print or write."""
    parser = argparse.ArgumentParser(description="The totals of the ledger of readings.")
    parser.add_argument("--write", action="store_true", help="put them into docs/data.md")
    options = parser.parse_args(arguments)
    page = PAGE.read_text("utf-8")
    made = MARKED.sub(totals().replace("\\", r"\\"), page)
    if options.write:
        PAGE.write_text(made, "utf-8", newline="\n")
        return 0
    sys.stdout.write(totals())
    return int(made != page)


if __name__ == "__main__":
    raise SystemExit(main())
