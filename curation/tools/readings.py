"""
Count the ledger of readings, curation/readings.csv, for the page on the data.

    python curation/tools/readings.py --check    compare with the totals in docs/data.md
    python curation/tools/readings.py --write    put the totals into docs/data.md

Each row is one reading of one claim against its sentence: the round, the address, the first digits of the SHA-256 of
the claim as it was read, whether it had been planted unknown to the reader (`yes`: altered on purpose; `old`: one of
the earlier wordings that read worst), the verdict, how well it reads, from 5 to 1, where that was asked, and what was
changed after it. A claim that is changed is read again: apart from what was planted, the last digest of each claim is
that of the bundled one.
"""

from __future__ import annotations

import hashlib
from collections import Counter

import harness
from harness import CURATION, PAGES

LEDGER = CURATION / "readings.csv"
PAGE = PAGES / "data.md"
COLUMNS = ("round", "ref", "digest", "planted", "verdict", "fluency", "change")
VERDICTS = ("same", "adds", "drops", "shifts", "cannot-stand-alone", "unclear")


def digest(claim: str) -> str:
    """Return what stands in the ledger for the words of a claim."""
    return hashlib.sha256(claim.encode()).hexdigest()[:12]


def rows() -> list[dict[str, str]]:
    """Return the ledger, row by row."""
    return harness.rows(LEDGER)


def fluency(read: list[dict[str, str]]) -> str:
    """Return the mean of how well claims read, or nothing where that was not asked."""
    marks = [int(row["fluency"]) for row in read if row["fluency"]]
    return f"{sum(marks) / len(marks):.2f}" if marks else ""


def totals() -> str:
    """Return the totals as Markdown."""
    ledger = rows()
    heads = ("round", "read", *VERDICTS, "changed after it", "fluency")
    lines = [f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|"]
    for number in sorted({row["round"] for row in ledger}, key=int):
        read = [row for row in ledger if row["round"] == number and not row["planted"]]
        counts = Counter(row["verdict"] for row in read)
        changed = sum(bool(row["change"]) for row in read)
        cells = (number, len(read), *(counts[verdict] for verdict in VERDICTS), changed, fluency(read))
        lines.append(f"| {' | '.join(map(str, cells))} |".replace("|  |", "| |"))
    planted = [row for row in ledger if row["planted"] == "yes"]
    found = sum(row["verdict"] != "same" for row in planted)
    old = [row for row in ledger if row["planted"] == "old"]
    last = {row["ref"]: row for row in ledger if not row["planted"]}
    marks = Counter(row["fluency"] for row in last.values())
    told = ", ".join(f"{marks[mark]} claims have {mark}" for mark in sorted(marks, reverse=True))
    lines += [
        "",
        f"Of {len(planted)} claims altered on purpose and unknown to the readers, {found} were found.",
        "",
        "Fluency goes from 1 to 5, where a good editor would print the claim as it is.",
        f"As they were read last, {told}.",
        "Mostly, what had less than 5 was changed and read again, and what had 5 was not:",
        "a new reading of all would find less.",
        f"{len(old)} earlier wordings, of those that read worst, were put among the others;",
        f"their mean is {fluency(old)}.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({PAGE: harness.placed(PAGE, "readings", totals())}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
