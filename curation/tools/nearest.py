"""
List the claims whose wording is nearest to that of their sentence: they are worth one more reading.

    python curation/tools/nearest.py REPORT.md [--most 30]

Near is the share of words, in their order, that claim and sentence have in common. Prints addresses and shares only.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher

import harness
from carry_over import claims
from sentences import TABLE, words_of

_WORD = re.compile(r"\w+")


def nearest(text: str, most: int) -> list[tuple[float, str]]:
    """Return the *most* nearest claims, nearest first, each with its share."""
    ours = claims()
    shares: list[tuple[float, str]] = []
    for place in json.loads(TABLE.read_text("utf-8"))["places"]:
        for row in place["sentences"]:
            theirs = _WORD.findall(words_of(text, row["spans"]).casefold())
            mine = _WORD.findall(ours[row["ref"]].casefold())
            shares.append((SequenceMatcher(None, theirs, mine, autojunk=False).ratio(), row["ref"]))
    return sorted(shares, reverse=True)[:most]


if __name__ == "__main__":
    parser = harness.parser(__doc__, report=True, writes=False)
    parser.add_argument("--most", type=int, default=30, help="how many (30)")
    options = parser.parse_args()
    for share, ref in nearest(options.report.read_text("utf-8"), options.most):
        print(f"{share:.2f} {ref}")
