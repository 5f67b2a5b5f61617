"""
Describe the bundled data: data/datapackage.json (Data Package v2), with the size and the digest of each file.

    python curation/tools/manifest.py --check    compare with the description
    python curation/tools/manifest.py --write    write the description

To be run after every change of the data; a test holds the files to it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import harness

DATA = harness.DATA
MANIFEST = DATA / "datapackage.json"

TITLES = {
    "report.json": "Every place of the report, its sentences restated",
    "source_index.json": "Table of sentences: where each stands in the report, its length and digest, and no words",
    "schema/report.schema.json": "JSON Schema of report.json",
    "entities.json": "What the report names, with its kinds and forms, and what is known of it from elsewhere",
    "forms.json": "How other texts name them, and names that only look like one of these; our judgment",
    "mentions.json": "Where each of them is named",
    "dates.json": "Every date, period and anniversary in the report, as EDTF, with what it dates",
    "quantities.json": "Every quantity in the report: value, unit and what it counts",
    "crossrefs.json": "Where the report points elsewhere in itself",
    "overlays/act.json": "What kind of act each proposal calls for; our judgment",
    "overlays/actor.json": "Who is to act, as each proposal states it; our judgment",
    "overlays/aoip.json": "Proposals by area of the ASEAN Outlook on the Indo-Pacific; our judgment",
    "overlays/community.json": "Proposals by ASEAN community; our judgment",
    "overlays/crs.json": "Proposals by DAC/CRS purpose code; our judgment",
    "overlays/sdg.json": "Proposals by Sustainable Development Goal; our judgment",
    "overlays/theme.json": "Challenges and proposals by theme; our judgment",
    "answers.json": "What proposals answer, which means serve them, and which promises they carry out; our judgment",
    "outcomes.json": "What became of proposals: events after the report, each with its source",
    "codebooks/shared.md": "What all code books share: which places are coded, and by which rules",
    "codebooks/act.md": "Code book: kind of act",
    "codebooks/actor.md": "Code book: stated actor",
    "codebooks/aoip.md": "Code book: areas of the ASEAN Outlook on the Indo-Pacific",
    "codebooks/community.md": "Code book: ASEAN communities",
    "codebooks/crs.md": "Code book: DAC/CRS purpose codes",
    "codebooks/sdg.md": "Code book: Sustainable Development Goals",
    "codebooks/theme.md": "Code book: themes",
    "codebooks/answers.md": "Code book: links from proposals to challenges, and from means to proposals",
    "codebooks/carried_out_by.md": "Code book: links from promises to the proposals that carry them out",
}

MEDIA_TYPES = {".json": "application/json", ".md": "text/markdown"}


def _name(path: Path) -> str:
    """Return the name of a resource, which no other has; a code book and its overlay are both called by one key."""
    stem = path.stem.replace(".", "-")
    return f"{stem}-book" if path.suffix == ".md" else stem


def manifest() -> dict[str, object]:
    """Return the description of what lies in the data folder now."""
    edition = json.loads((DATA / "report.json").read_text("utf-8"))["edition"]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "asean-japan",
        "title": edition["title"],
        "description": "The report restated sentence by sentence in the package's own words, a table of its "
        "sentences by digest, its dates, quantities and cross-references, and codes and links of the package's own "
        "judgment. "
        "The report's sentences themselves are not part of it.",
        "version": edition["data_version"],
        "licenses": [
            {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
        ],
        "sources": [
            {"title": f"{edition['title']} ({edition['status']})", "path": edition["source"]},
            {
                "title": "OECD DAC and CRS code lists, 23 April 2024",
                "path": "https://github.com/datasets/dac-and-crs-code-lists",
            },
            {"title": "United Nations, Sustainable Development Goals", "path": "http://metadata.un.org/sdg"},
        ],
        "contributors": [{"title": "the asean_japan developers", "roles": ["creator"]}],
        "resources": [
            {
                "name": _name(Path(name)),
                "path": name,
                "title": title,
                "format": Path(name).suffix.removeprefix("."),
                "mediatype": MEDIA_TYPES[Path(name).suffix],
                "encoding": "utf-8",
                "bytes": len(content := (DATA / name).read_bytes()),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            }
            for name, title in TITLES.items()
        ],
    }


def dump() -> str:
    """Return the description as the file has it."""
    return json.dumps(manifest(), ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({MANIFEST: dump()}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
