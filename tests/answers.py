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

import asean_japan
from asean_japan import AseanJapanError, Claim, Node, Place, Report, export

QUERIES = ("rice reserve", "Which forums discuss the law of the sea?", "ＡＳＥＡＮ cafe\u0301", "THE INITIATIVE I")
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
        "search": "\n".join(f"{hit.ref} {hit.snippet}" for found in hits for hit in found),
        "resolve": "\n".join(_resolved(report, address) for address in ADDRESSES),
        "pickle": repr(pickle.loads(pickle.dumps((*places, report.edition, report.claims)))),  # noqa: S301 - our own.
        "tables": "\n".join(f"{table.name} {table.columns} {table.rows}" for table in report.tables),
        "exports": "\n".join(_exported(report["III.2.4.3"], format_) for format_ in export.FORMATS.values()),
        "built": repr(Report(report.edition, tuple(report.sections.values()))),
    }


def _exported(place: Place, format_: export.Format) -> str:
    """Write a place in a format that gives a text."""
    style = () if format_.style is None else (format_.style,)
    return str(getattr(export, format_.function)(place, *style)) if format_.gives == "text" else ""


def _shown(value: object, method: str) -> str:
    return str(getattr(value, method)())


def _resolved(report: Report, address: str) -> str:
    try:
        return f"{report.resolve(address)!r}"
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
