"""The report, or a place in it, as a citation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias, get_args

from asean_japan.errors import ArgumentError
from asean_japan.export.outline import is_safe
from asean_japan.export.scope import report_of
from asean_japan.model.edition import Edition
from asean_japan.model.home import Home
from asean_japan.model.places import Place

Style: TypeAlias = Literal["bibtex", "csl-json", "ris", "apa", "chicago"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_TEX = {  # BibTeX counts a brace even after a backslash.
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{char: f"\\{char}" for char in "$&#_%"},
}
_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿]")
_BABEL = {"en": "english", "ja": "japanese"}  # What biblatex calls a language.
_NO_URL = r"[{}\\%]"


class _Work(NamedTuple):
    """
    What a citation says.

    Every style prints titles, and few print a status or a note. So what every citation has to say is in ``whole``, the
    title of the report, and the place that is cited is in ``part``, a title of its own.
    """

    key: str
    author: str
    title: str
    year: int
    month: int
    status: str
    locator: str | None
    language: str
    url: str | None
    edited: str
    whole: str
    part: str | None


def citation(report_or_place: Home | Place, /, style: Style = "apa") -> str:
    """
    Cite a report, or a place in it.

    >>> import asean_japan as aj
    >>> print(aj.export.citation(aj.load()["III-2-④"], style="chicago"))  # doctest: +ELLIPSIS
    Expert Panel ... February 2023. Provisional Translation. III-2-④. https://www.mofa.go.jp/... Restated by ...

    Each citation says that the text is a provisional translation and that it is restated; one for a reference manager
    says so in the title, which every style prints. A place is cited as a part of the report. The date is no finer than
    the report's, and there is no day of access: the citation of a place is always the same.

    Args:
        report_or_place: A report or a place.
        style: ``bibtex``, ``csl-json`` (a list of one item) or ``ris`` for a reference manager; ``apa`` or
            ``chicago`` for a line of text.

    Raises:
        ArgumentError: If the style is unknown, or if *report_or_place* is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    report = report_of(report_or_place)
    if style not in get_args(Style):
        raise ArgumentError("style", style, f"one of {', '.join(get_args(Style))}")
    return _STYLES[style](_work(report.edition, report_or_place if isinstance(report_or_place, Place) else None))


def _work(edition: Edition, place: Place | None) -> _Work:
    year, month = edition.date.split("-")
    version = f"data version {edition.data_version}"
    return _Work(
        key=f"expert-panel-{year}" + (f"-{place.ref}" if place else ""),
        author=_line(edition.issuer),
        title=_line(edition.title),
        year=int(year),
        month=int(month),
        status=_line(edition.status),
        locator=place.cite() if place else None,
        language=_line(edition.language),
        url=edition.source if is_safe(edition.source) else None,
        edited=_line(f"Restated by the package asean_japan, {version}; the words are not the report's"),
        whole=_line(f"{edition.title} ({edition.status}) [restated by asean_japan, {version}]"),
        part=_line(_name(place)) if place else None,
    )


def _name(place: Place) -> str:
    """Return the title of a place: its citation, with the heading as printed, or with our own label in brackets."""
    node = place.node
    return f"{place.cite()}, {node.heading}" if node.heading else f"{place.cite()} [{node.gist}]"


def _line(text: str) -> str:
    """Return *text* in one line, so that nothing in it begins a field."""
    return " ".join(text.split())


def _tex(text: str) -> str:
    """Return a text for TeX; pdfLaTeX knows no circled numbers, and draws them itself."""
    return "".join(_TEX.get(char) or _CIRCLED.sub(_drawn, char) for char in text)


def _drawn(circled: re.Match[str]) -> str:
    return rf"\textcircled{{{unicodedata.normalize('NFKC', circled[0])}}}"


def _bibtex(work: _Work) -> str:
    fields: dict[str, str | None] = {
        "author": f"{{{{{_tex(work.author)}}}}}",  # Braces of its own: it is not a person.
        "title": f"{{{{{_tex(work.part or work.whole)}}}}}",  # They keep its capitals.
        "publisher": f"{{{{{_tex(work.author)}}}}}" if work.part else None,  # BibTeX asks for one in a part.
        "booktitle": f"{{{{{_tex(work.whole)}}}}}" if work.part else None,
        "year": f"{{{work.year}}}",
        "month": _MONTHS[work.month - 1][:3].lower(),  # A word that BibTeX knows.
        "langid": f"{{{_BABEL[work.language]}}}" if work.language in _BABEL else None,
        "url": work.url and f"{{{re.sub(_NO_URL, lambda found: f'%{ord(found[0]):02X}', work.url)}}}",
    }
    # A techreport needs an institution: the author once more.
    kind = "incollection" if work.part else "misc"
    lines = [f"  {name} = {value}" for name, value in fields.items() if value is not None]
    return f"@{kind}{{{work.key},\n" + ",\n".join(lines) + "\n}\n"


def _csl_json(work: _Work) -> str:
    import json  # No other style needs it.

    item: dict[str, object] = {
        "id": work.key,
        "type": "chapter" if work.part else "report",
        "author": [{"literal": work.author}],
        "title": work.part or work.whole,
        "container-title": work.whole if work.part else None,
        "issued": {"date-parts": [[work.year, work.month]]},
        "section": work.locator,
        "language": work.language,
        "URL": work.url,
        "note": f"{work.status}. {work.edited}",
    }
    return json.dumps(
        [{name: value for name, value in item.items() if value is not None}], ensure_ascii=False, indent=2
    )


def _ris(work: _Work) -> str:
    fields: Mapping[str, str | None] = {
        "TY": "CHAP" if work.part else "RPRT",
        "ID": work.key,
        "AU": f"{work.author},",  # The comma says that all of it is a name.
        "TI": work.part or work.whole,
        "T2": work.whole if work.part else None,
        "PY": str(work.year),
        "DA": f"{work.year}/{work.month:02}//",
        "SE": work.locator,
        "LA": work.language,
        "N1": f"{work.status}. {work.edited}",
        "UR": work.url,
        "ER": "",
    }
    return "".join(f"{tag}  - {value}\n" for tag, value in fields.items() if value is not None)


def _apa(work: _Work) -> str:
    when = f"{work.year}, {_MONTHS[work.month - 1]}"
    where = f" [{work.locator}]" if work.locator else ""
    url = f" {work.url}" if work.url else ""
    return f"{work.author}. ({when}). {work.title} ({work.status}){where}. {work.edited}.{url}"


def _chicago(work: _Work) -> str:
    when = f"{_MONTHS[work.month - 1]} {work.year}"
    parts = (work.author, work.title, when, work.status, work.locator, work.url, work.edited)
    return " ".join(f"{part}." for part in parts if part)


_STYLES: dict[str, Callable[[_Work], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "ris": _ris,
    "apa": _apa,
    "chicago": _chicago,
}
