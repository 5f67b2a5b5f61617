"""A value of each class that a service can return; of those that it cannot take, with what is returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from documents import DOCUMENT

from asean_japan import Overlay, Ref, RefRange, check_receipt, from_dict, load, to_dict
from asean_japan.copies import Condition, SourceIndex
from asean_japan.model import KINDS, Agreement, Finding
from asean_japan.serialization.writing import write_value

if TYPE_CHECKING:
    from asean_japan import Place
    from asean_japan.copies import (
        Binding,
        BoundPart,
        Copy,
        Coverage,
        CutCondition,
        Fingerprint,
        IndexedPart,
        Leftover,
        Quote,
    )
    from asean_japan.export.columns import Column
    from asean_japan.export.tables import Table
    from asean_japan.model import Coding
    from asean_japan.questions import Hit, Passage

Json: TypeAlias = Any

REPORT = load()
SDG = REPORT.overlays["sdg"]
VALUES: dict[str, object] = {  # What can be taken, too.
    "report": REPORT,
    **{kind: next(iter(REPORT.walk(kind=kind))) for kind in KINDS},
    "claim": REPORT["I.2.7.s3"],
    "ref": Ref.parse("III.2.4.3.a"),
    "range": RefRange.parse("I.2.6-I.2.8"),
    "mark": next(node.mark for node in REPORT.walk(kind="action_item")),
    "edition": REPORT.edition,
    "entity": REPORT.entities["AOIP"],
    "fact": REPORT.entities["ERIA"].facts[0],
    "form": REPORT.layers.other_forms[0],
    "homonym": REPORT.entities["CPTPP"].homonyms[0],
    "mention": REPORT.mentions[0],
    "date": REPORT.dates[0],
    "outcome": REPORT.outcomes[0],
    "quantity": REPORT.quantities[0],
    "range of numbers": next(
        (fact for fact in REPORT.quantities if isinstance(fact.value, tuple)), REPORT.quantities[1]
    ),
    "link": REPORT.links[0],
    "link to a range": next(link for link in REPORT.links if isinstance(link.target_ref, RefRange)),
    "editorial link": REPORT.links[-1],
    "overlay": SDG,
    "code": SDG.codes[0],
    "assignment": SDG.assignments[0],
    "layers": REPORT.layers,
}

INDEX = SourceIndex.of(  # As if our claims were the report's words.
    REPORT.walk(),
    lambda claim: claim.text,
    front={"title": REPORT.title},
    furniture=["Page"],
    conditions=lambda claim: [Condition(start=30, kind="limit")] if str(claim.ref) == "I.2.7.s3" else None,
)
_SENTENCES = [claim.text for claim in REPORT.claims.values()]
_COPY = "\n".join([*_SENTENCES[1:20], _SENTENCES[0], *_SENTENCES[20:], "And more of it."])
BOUND = REPORT.bind_text(_COPY, index=INDEX)
BINDING = cast("Binding", BOUND.binding)
OTHER = REPORT.with_overlay(  # Of what is to be coded, nothing is.
    Overlay(key="other", title="Other", codes=SDG.codes, units=("section",), assignments=SDG.assignments)
).overlays["other"]


def refs(places: tuple[Place, ...]) -> list[str]:
    """Return the addresses of places."""
    return [str(place.ref) for place in places]


def _hit(hit: Hit) -> Json:
    return {"place": str(hit.ref), "score": hit.score, "snippet": hit.snippet, "marked": hit.marked}


def _trace(address: str) -> tuple[object, Json]:
    trace = REPORT.trace(address)
    return trace, {
        "place": address,
        "promises": refs(trace.promises),
        "proposals": refs(trace.proposals),
        "challenges": refs(trace.challenges),
        "pillars": refs(trace.pillars),
        "answers": refs(trace.answers),
        "means": refs(trace.means),
        "outcomes": [write_value(outcome) for outcome in trace.outcomes],
        "links": [write_value(link) for link in trace.links],
    }


def _gaps() -> tuple[object, Json]:
    gaps = REPORT.gaps()
    return gaps, {name: refs(getattr(gaps, name)) for name in ("challenges", "partial", "promises", "proposals")}


def _cut(condition: CutCondition) -> Json:
    return {
        "ref": str(condition.ref),
        "kind": condition.kind,
        "letters": condition.letters,
        "words": condition.words,
    }


def _quote(quote: Quote) -> Json:
    matches = [
        {
            "level": match.level,
            "refs": [str(ref) for ref in match.refs],
            "similarity": match.similarity,
            "spans": [[*span] for span in match.spans],
            "page": match.page,
            "words": match.words,
            "front": list(match.front),
            "proved": match.proved,
            "left_out": list(match.left_out),
            "cut_condition": [_cut(condition) for condition in match.cut_condition or ()],
        }
        for match in quote.matches
    ]
    return {
        "text": quote.text,
        "searched": quote.searched,
        "genuine": quote.genuine,
        "answer": quote.answer,
        "reason": quote.reason,
        "added": list(quote.added),
        "matches": matches,
    }


def _bound(bound: BoundPart) -> Json:
    spans = [[*span] for span in bound.spans]
    ref = None if bound.ref is None else str(bound.ref)
    return {"kind": bound.kind, "ref": ref, "status": bound.status, "spans": spans, "page": bound.page}


def _leftover(left: Leftover) -> Json:
    return {"kind": left.kind, "start": left.start, "end": left.end, "page": left.page}


def _copy(copy: Copy) -> Json:
    return {"format": copy.format, "name": copy.name, "pages": [*copy.pages], "sha256": copy.sha256}


def _coverage(coverage: Coverage) -> Json:
    return {
        **{name: getattr(coverage, name) for name in ("sentences", "verified", "repaired", "located", "missing")},
        "moved": coverage.moved,
        "headings": coverage.headings,
        **{
            f"headings_{name}": getattr(coverage, f"headings_{name}")
            for name in ("proved", "located", "missing", "moved")
        },
        **{name: getattr(coverage, name) for name in ("front", "front_proved", "front_located")},
        **{name: getattr(coverage, name) for name in ("letters", "proved_letters", "share", "marks")},
        **{name: getattr(coverage, name) for name in ("markup", "furniture", "extra", "whole")},
    }


def _binding(binding: Binding) -> Json:
    return {
        "copy": _copy(binding.copy),
        "parts": [_bound(bound) for bound in binding.parts],
        "leftovers": [_leftover(left) for left in binding.leftovers],
        "moved": [str(ref) for ref in binding.moved],
        "moved_headings": [str(ref) for ref in binding.moved_headings],
        "coverage": _coverage(binding.coverage),
    }


def _fingerprint(found: Fingerprint) -> Json:
    return {"length": found.length, "sha256": found.sha256, "head": found.head, "tail": found.tail}


def _indexed(part: IndexedPart) -> Json:
    return {
        "kind": part.kind,
        "ref": None if part.ref is None else str(part.ref),
        "labels": [*part.labels],
        "stated": part.stated,
        "numbers": None if part.numbers is None else [*part.numbers],
        "conditions": None if part.conditions is None else [_condition(each) for each in part.conditions],
        "fingerprint": _fingerprint(part.fingerprint),
    }


def _condition(condition: Condition) -> Json:
    return {"start": condition.start, "kind": condition.kind}


def _coding(coding: Coding) -> Json:
    return {
        "overlay_key": coding.overlay_key,
        "ref": str(coding.ref),
        "codes": [*coding.codes],
        "reason": coding.reason,
        "inherited_from": None if coding.inherited_from is None else str(coding.inherited_from),
    }


def _overlay_coverage(overlay: Overlay) -> tuple[object, Json]:
    coverage = overlay.coverage()
    return coverage, {
        "units": coverage.units,
        "coded": coverage.coded,
        "none": coverage.none,
        "uncoded": refs(coverage.uncoded),
        "counts": [[*pair] for pair in coverage.counts],
    }


def _passage(passage: Passage) -> tuple[object, Json]:
    return passage, passage.record()


def _column(column: Column) -> Json:
    return {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        "required": column.required,
        "references": column.references,
    }


def _table(table: Table[Any]) -> Json:
    return {
        "name": table.name,
        "description": table.description,
        "columns": [_column(column) for column in table.columns],
        "rows": [[*row] for row in table.rows],
    }


_HITS = REPORT.search("rice reserve")
_DIGESTS = REPORT.find_quote("Challenges facing ASEAN countries and Japan today")
_QUOTED = REPORT.find_quotes("“Initiatives to realize the above”")[0]
_CHECK = check_receipt(_DIGESTS.receipt())
_NONE = REPORT.find_quote("Initiatives to leave the above alone")
_WORDS = BOUND.find_quote("\n".join(_SENTENCES[30:32]), index=INDEX)
_CUT = BOUND.find_quote(REPORT.claims["I.2.7.s3"].text[:24], index=INDEX)
_CUTS = cast("tuple[CutCondition, ...]", _CUT.cut_condition)
_FINDING = Finding(kind="gap", message="I.1.3 where number 2 belongs", path="report.sections[1].children[0]")
_FOLLOW_UP = REPORT["III.2.4.6.a"].outcomes[0]
_SMALL = from_dict(DOCUMENT)
_COLUMN = REPORT.tables.links.columns[3]
ANSWERS: dict[str, tuple[object, Json]] = {  # What is only returned, and as what.
    "hit": (_HITS[0], _hit(_HITS[0])),
    "trace": _trace("I.1.2"),
    "trace of a claim": _trace("IV.p2.s1"),
    "trace of a pillar": _trace("II.1"),
    "gaps": _gaps(),
    "follow-up": (_FOLLOW_UP, {"outcome": write_value(_FOLLOW_UP.outcome), "link": write_value(_FOLLOW_UP.link)}),
    "quote": (_DIGESTS, _quote(_DIGESTS)),
    "quoted passage": (_QUOTED, {"start": 1, "end": 33, "quote": _quote(_QUOTED.quote)}),
    "receipt": (_CHECK, {"holds": _CHECK.holds, "reason": _CHECK.reason}),
    "quote that is none": (_NONE, _quote(_NONE)),
    "quote from a copy": (_WORDS, _quote(_WORDS)),
    "quote that stops short": (_CUT, _quote(_CUT)),
    "condition that is cut": (_CUTS[0], _cut(_CUTS[0])),
    "condition": (Condition(start=30, kind="limit"), {"start": 30, "kind": "limit"}),
    "match": (_WORDS.matches[0], _quote(_WORDS)["matches"][0]),
    "finding": (_FINDING, {"kind": _FINDING.kind, "message": _FINDING.message, "path": _FINDING.path}),
    "binding": (BINDING, _binding(BINDING)),
    "bound part": (BINDING["I.2.7.s3"], _bound(BINDING["I.2.7.s3"])),
    "bound title": (BINDING.parts[0], _bound(BINDING.parts[0])),
    "leftover": (BINDING.leftovers[0], _leftover(BINDING.leftovers[0])),
    "coverage": (BINDING.coverage, _coverage(BINDING.coverage)),
    "copy": (BINDING.copy, _copy(BINDING.copy)),
    "index": (INDEX, {"parts": [_indexed(each) for each in INDEX.parts], "furniture": ["Page"]}),
    "indexed part": (INDEX.parts[0], _indexed(INDEX.parts[0])),
    "fingerprint": (INDEX.parts[0].fingerprint, _fingerprint(INDEX.parts[0].fingerprint)),
    "coding": (SDG["III.2.4.3"], _coding(SDG["III.2.4.3"])),
    "inherited coding": (SDG["III.2.4.3.b"], _coding(SDG["III.2.4.3.b"])),
    "coverage of an overlay": _overlay_coverage(OTHER),
    "agreement": (
        Agreement(alpha=0.5, units=9, same=8, differences=((Ref.parse("I.1.2"), "16", "17"),)),
        {"alpha": 0.5, "units": 9, "same": 8, "differences": [["I.1.2", "16", "17"]]},
    ),
    "passage": _passage(REPORT.passages()[7]),
    "passage of a claim": _passage(REPORT.passages("claim")[7]),
    "column": (_COLUMN, _column(_COLUMN)),
    "table": (REPORT.tables.links, _table(REPORT.tables.links)),
}
COLLECTIONS: dict[str, tuple[object, Json]] = {  # Also only returned: a list or an object of their members.
    "hits": (_HITS, [_hit(hit) for hit in _HITS]),
    "nodes": (REPORT.find(text="think tanks"), [to_dict(node) for node in REPORT.find(text="think tanks")]),
    "places": (REPORT.pillars, {str(ref): to_dict(place) for ref, place in REPORT.pillars.items()}),
    "claims": (REPORT.claims, {str(ref): {"ref": str(ref), "text": each.text} for ref, each in REPORT.claims.items()}),
    "entities": (REPORT.entities, {key: write_value(entity) for key, entity in REPORT.entities.items()}),
    "identifiers": (REPORT.entities["Japan"].ids, dict(REPORT.entities["Japan"].ids)),
    "overlays": (REPORT.overlays, {key: to_dict(overlay) for key, overlay in REPORT.overlays.items()}),
    "tables": (_SMALL.tables, {table.name: _table(table) for table in _SMALL.tables}),
}
GIVEN: dict[str, tuple[object, Json]] = {
    **{name: (value, write_value(value)) for name, value in VALUES.items()},
    **ANSWERS,
    **COLLECTIONS,
}
