"""
Make data/outcomes.json: what became of the proposals, and the links that lead to it.

    python curation/tools/outcomes.py --check    compare with the file, and with the counts in docs/guides/outcomes.md
    python curation/tools/outcomes.py --write    write the file, and put the counts into the page

curation/outcomes.csv has the events, each with its source. curation/outcome-links.csv has every pair of an event and a
proposal that was looked at: the strengths that two readers gave it apart, what holds and why, and where the words that
support it are on the page, with a digest of their letters; an empty strength leaves the pair out.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, TypeAlias

import harness
import sentences
from agreement import units
from harness import CURATION, DATA, PAGES

Json: TypeAlias = "dict[str, Any]"
Row: TypeAlias = "dict[str, str]"

OUTCOMES = DATA / "outcomes.json"
PAGE = PAGES / "guides" / "outcomes.md"
STRENGTHS = ("direct", "partial")


def events() -> list[Row]:
    """Return the events, by time."""
    return sorted(harness.rows(CURATION / "outcomes.csv"), key=lambda row: (row["date"], row["key"]))


def pairs() -> list[Row]:
    """Return every pair of an event and a proposal that was looked at."""
    return harness.rows(CURATION / "outcome-links.csv")


def links() -> list[Row]:
    """Return the pairs that hold, in reading order of the proposals, then by time."""
    order = [place["ref"] for place in json.loads(sentences.TABLE.read_text("utf-8"))["places"]]
    by_time = [event["key"] for event in events()]
    held = [pair for pair in pairs() if pair["settled"]]
    return sorted(held, key=lambda pair: (order.index(pair["ref"]), by_time.index(pair["outcome"])))


def problems() -> list[str]:
    """Name what is wrong with the rows."""
    keys = [event["key"] for event in events()]
    found = [f"{key}: twice" for key in {key for key in keys if keys.count(key) > 1}]
    held = {pair["outcome"] for pair in pairs() if pair["settled"]}
    found += [f"{key}: no proposal is followed by it" for key in keys if key not in held]
    found += [f"{key}: no such event" for key in sorted(held - {*keys})]
    for pair in pairs():
        where = f"{pair['outcome']} @ {pair['ref']}"
        if pair["settled"] not in (*STRENGTHS, ""):
            found.append(f"{where}: {pair['settled']!r} is not a strength")
        if (pair["a"], pair["b"]) != (pair["settled"],) * 2 and not pair["why"]:
            found.append(f"{where}: settled without a reason")
        if bool(pair["settled"]) != bool(pair["reason"]):
            found.append(f"{where}: a link has a reason, and nothing else does")
        if not re.fullmatch("[0-9a-f]{64}|", pair["sha256"]):
            found.append(f"{where}: {pair['sha256']!r} is not a digest")
    return found


def dump() -> str:
    """Return the file: one outcome or link a line."""
    outcomes = [
        {name: event[name] for name in ("key", "text", "date", "kind", "source", "publisher", "read")}
        for event in events()
    ]
    made: list[Json] = [
        {
            "source_ref": link["ref"],
            "target_ref": None,
            "kind": "followed_by",
            "basis": "editorial",
            "strength": link["settled"],
            "reason": link["reason"],
            "start": None,
            "end": None,
            "via_key": None,
            "outcome_key": link["outcome"],
        }
        for link in links()
    ]
    return f'{{"schema_version": 1,\n"outcomes": [\n{_lines(outcomes)}],\n"links": [\n{_lines(made)}]}}\n'


def _lines(values: list[Json]) -> str:
    return ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)


def counts() -> str:
    """Return the sentence of the page that counts."""
    followed, proposals = {link["ref"] for link in links()}, units("answers")
    of_units = sum(any(ref == unit or ref.startswith(f"{unit}.") for ref in followed) for unit in proposals)
    direct = sum(link["settled"] == "direct" for link in links())
    sources = {event["source"] for event in events()} | {link["source"] for link in links()}
    read = sorted(event["read"] for event in events())
    when = f"on {read[0]}" if read[0] == read[-1] else f"from {read[0]} to {read[-1]}"
    return (
        f"{len(events())} outcomes follow {len(followed)} places by {len(links())} links, {direct} of them direct. "
        f"Of the {len(proposals)} action items and actions, {of_units} have an outcome, themselves or below. "
        f"{len(sources)} pages were read, {when}; {len(pairs())} pairs of an event and a "
        f"proposal were looked at, and {len(pairs()) - len(links())} left out.\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    if wrong := problems():
        sys.stdout.write("\n".join(wrong) + "\n")
        return 1
    return harness.settle({OUTCOMES: dump(), PAGE: harness.placed(PAGE, "counts", counts())}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
