"""
What the package answers, as texts that have to be the same everywhere.

Run as a script, by any Python and in any environment, it prints JSON: a digest of each text, and facts that show where
it ran.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import locale
import os
import pickle
import sys
import time
from collections.abc import Callable

import asean_japan
from asean_japan import AseanJapanError, Claim, Node, Place, Report, export
from asean_japan.copies import SourceIndex

QUERIES = ("rice reserve", "Which forums discuss the law of the sea?", "ＡＳＥＡＮ cafe\u0301", "THE INITIATIVE I")
NAMES = ("AOIP", "ａｓｅａｎ", "Japanese", "ASEAN Chater", "", "\u0130", "a\u202eb", "x" * 500)
ADDRESSES = (
    *(
        "III-2-④(a)",
        "III-3-②(a)",
        "Ⅲ．２．❹",
        "second pillar",
        "I.2.⑥–⑧",
        "last bullet of III.2.4",
        "SECTION III, ITEM 2",
    ),
    *("I.9", "V", "", "III.2.x", "\u0130.1", "\u0131.1", "a\u202eb", "I" * 500),  # Of these, nothing can be made.
)
LISTS = ("I.2.⑥ and ⑦", "I.2.6, I.2.8 and IV", "III.2.④, ⑤ and ⑦", "I.2.6 and", "III-2-④(a) and (b)")

QUOTATIONS = (
    "Challenges facing ASEAN countries and Japan today",
    "Initiatives to realise the above",
    "no such sentence",
)


def answers(report: Report) -> dict[str, str]:
    """Ask everything, and write each answer as a text."""
    places = (*report.walk(), *report.claims.values())
    written = asean_japan.dumps(report)
    hits = [report.search(query) for query in QUERIES]
    return {
        "dumps": written,
        "loads": asean_japan.dumps(asean_japan.loads(written)),
        "to_dict": json.dumps(asean_japan.to_dict(report)),
        "addresses": "\n".join(f"{place.ref} {place.ref.cite()} {place.ref:eid} {place!r}" for place in places),
        "order": "\n".join(map(str, sorted(place.ref for place in places))),
        "statements": "\n".join(place.statement() for place in places),
        "tree": report.tree(),
        "html": _shown(report, "_repr_html_"),
        "markdown": _shown(report, "_repr_markdown_"),
        "collections": f"{report.pillars!r} {_shown(report.action_items, '_repr_html_')}",
        "find": repr([report.find(text=text, deep=True) for text in ("myanmar", "ASEAN–Japan", "I")]),
        "find what is known": repr(_found(report)),
        "entities": "\n".join(_named(report, name) for name in NAMES),
        "traces": "\n".join(f"{report.trace(node)}" for node in report.walk()),
        "known": repr((report.mentions, report.dates, report.quantities, report.links, report.gaps())),
        "belonging": "\n".join(_belonging(place) for place in places),
        "codings": repr([place.codings for place in places]),
        "coverage": repr([each.coverage() for each in report.overlays.values()]),
        "graph": json.dumps(report.graph()),
        "search": "\n".join(f"{hit.ref} {hit.snippet}" for found in hits for hit in found),
        "resolve": "\n".join(_resolved(report.resolve, address) for address in ADDRESSES),
        "resolve_all": "\n".join(_resolved(report.resolve_all, address) for address in (*ADDRESSES, *LISTS)),
        "quotations": "\n".join(_quoted(report, text) for text in QUOTATIONS),
        "binding": repr(_bound(report)),
        "pickle": repr(pickle.loads(pickle.dumps((*places, report.edition, report.claims)))),  # noqa: S301 - our own.
        "jsonld": asean_japan.export.jsonld(report),
        "graphml": asean_japan.export.graphml(report),
        "tables": "\n".join(f"{table.name} {table.columns} {table.rows}" for table in report.tables),
        "exports": "\n".join(_exported(report["III.2.4.3"], format_) for format_ in export.FORMATS.values()),
        "built": repr(Report(edition=report.edition, sections=tuple(report.sections.values()))),
    }


def _exported(place: Place, format_: export.Format) -> str:
    """Write a place in a format that gives a text."""
    style = () if format_.style is None else (format_.style,)
    return str(getattr(export, format_.function)(place, *style)) if format_.gives == "text" else ""


def _shown(value: object, method: str) -> str:
    return str(getattr(value, method)())


def _found(report: Report) -> list[object]:
    """Find by names, codes and years, as far as there are some."""
    first = [(entity, fact.years[0]) for entity, fact in zip(report.entities.proposed, report.dates, strict=False)]
    codes = [f"{key}:{code}" for key, each in report.overlays.items() for code, _ in each.coverage().counts[:2]]
    by_name = [report.find(mentions=entity, year=year, deep=True) for entity, year in first]
    return [*by_name, *(report.find(code=code) for code in codes)]


def _named(report: Report, name: str) -> str:
    try:
        entity = report.entities[name]
    except AseanJapanError as error:
        return f"{type(error).__name__}: {error}"
    return f"{entity.key} {entity.co_mentions()!r} {[str(place.ref) for place in entity.places]}"


def _quoted(report: Report, text: str) -> str:
    try:
        return f"{report.find_quote(text)!r}"
    except AseanJapanError as error:  # A report that is not the bundled one has other sentences.
        return f"{type(error).__name__}: {error.__class__.__doc__}"


def _bound(report: Report) -> list[object]:
    """Bind a copy that says what our claims say, page by page."""
    index = SourceIndex.of(report.walk(), lambda claim: claim.text)
    said = [
        " ".join([node.label, node.heading or "", *(claim.text for claim in node.claims)]) for node in report.walk()
    ]
    binding = report.bind("\f".join(said).encode(), index=index, strict=False).binding
    return [binding and binding.coverage, binding and binding.leftovers]


def _belonging(place: Place) -> str:
    relations = (place.node, place.pillar, place.action_area, place.action_item, place.challenge)
    return f"{place.gist} {relations!r}"


def _resolved(resolve: Callable[[str], object], address: str) -> str:
    try:
        return f"{resolve(address)!r}"
    except AseanJapanError as error:
        return f"{type(error).__name__}: {error}"


def digests(report: Report) -> dict[str, str]:
    """Give the SHA-256 of each answer."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in answers(report).items()}


def facts() -> dict[str, object]:
    """Say what is special about this process."""
    return {
        "python": sys.version_info[:2],
        "file": asean_japan.__file__,
        "optimized": sys.flags.optimize,
        "documented": (Node.__doc__ is not None, Claim.__doc__ is not None),
        "development": sys.flags.dev_mode,
        "isolated": bool(sys.flags.isolated),
        "bytes": sys.flags.bytes_warning,
        "warnings": sys.warnoptions,
        "encoding_warnings": sys.flags.warn_default_encoding,
        "encoding": codecs.lookup(locale.getencoding()).name,
        "utf8": sys.flags.utf8_mode,
        "locale": locale.setlocale(locale.LC_ALL),
        "timezone": time.timezone,
        "hash": hash("asean_japan"),
        "user": os.geteuid() if hasattr(os, "geteuid") else None,
    }


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")  # Python itself takes up the kind of characters only.
    print(json.dumps({"facts": facts(), "digests": digests(asean_japan.load())}))  # noqa: T201 - a script prints.
