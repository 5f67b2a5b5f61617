"""The report as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML of parliaments and official gazettes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from asean_japan.export import outline
from asean_japan.export.outline import BRACKETS
from asean_japan.export.scope import ALL, EDITED, Scope
from asean_japan.export.xml import xml_text
from asean_japan.model.basis import Basis
from asean_japan.model.entities import Entity
from asean_japan.model.facts import Mention
from asean_japan.model.home import Home
from asean_japan.model.links import Link
from asean_japan.model.places import Claim, Kind, Node, Place
from asean_japan.refs import Ref, RefRange

_TAGS: dict[Kind, str] = {
    "section": "section",
    "challenge_area": "subsection",
    "pillar": "subsection",
    "action_area": "subsection",
    "challenge": "paragraph",
    "action_item": "paragraph",
    "action": "indent",
    "measure": "point",
    "sub_measure": "point",
}
_LISTED = ("indent", "point")  # What is in a list.
_CLASSES: dict[str, str] = {
    "body": "Organization",
    "country": "Location",
    "event": "Event",
    "forum": "Organization",
    "organization": "Organization",
    "person": "Person",
    "place": "Location",
}
_OTHERS = "Concept"
_LANGUAGES = {"en": "eng", "ja": "jpn"}
_SLUG = "asean-japan"
_WHOLE = "whole"  # What a part calls the document that it belongs to.


def akn(
    report_or_place: Home | Place,
    /,
    *,
    depth: int | None = None,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write a report or a place as an Akoma Ntoso document, valid by the strict schema.

    >>> import asean_japan as aj
    >>> document = aj.export.akn(aj.load()["III.1.5"])
    >>> '<paragraph eId="sec_III__subsec_1__para_5"' in document, "<num>⑤</num>" in document
    (True, True)

    Every place has as ``eId`` what ``format(ref, "eid")`` writes, and its gist as ``title``; every claim is a ``span``.
    What a text names is marked and listed among the references, and words that point to a place are a ``ref`` or, for a
    range, an ``rref``. Where such words overlap, those that begin first are marked, and the longest of these. Links
    without words, codes, dates, quantities and facts are left out.

    The report is a ``doc``; a part of it is a ``portion`` with an identity of its own, so that none is taken for
    another. Akoma Ntoso wants a full date where the report has a month: the date is the first day of that month, and
    its name says so.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; without `Basis.RESEARCHED` names are as printed, and without `Basis.EDITORIAL`
            what occurs only in [brackets] is not marked, and every name is marked as a concept.
        verbatim: Whether to include the report's own words, each as ``embeddedText``; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    lines = _Document(Scope.of(report_or_place, depth=depth, bases=bases, verbatim=verbatim)).lines()
    return "\n".join(lines) + "\n"


class _Span(NamedTuple):
    """A part of a text, and the tag that it gets."""

    start: int
    end: int
    tag: str
    attributes: str


class _Document:
    """Writes one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.anchors = {node.ref for node in scope.nodes}
        self.anchors |= {claim.ref for node in scope.nodes for claim in scope.claims(node)}
        edition = scope.report.edition
        self.portion = f"~{scope.place.ref:eid}" if scope.place else ""
        self.work = f"/akn/jp/doc/report/{edition.date}/{_SLUG}"
        self.language = _LANGUAGES.get(edition.language, "und")
        self.expression = f"{self.work}/{self.language}@{edition.date}"

    def lines(self) -> Iterator[str]:
        """Yield the whole document, line by line."""
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        yield from self.part(self.scope.tops[0]) if self.portion else self.whole()
        yield "</akomaNtoso>"

    def whole(self) -> Iterator[str]:
        """Yield the report."""
        edition = self.scope.report.edition
        yield '<doc name="report">'
        yield from self.meta()
        yield "<preface>"
        yield f"<p><docTitle>{xml_text(edition.title)}</docTitle></p>"
        issued = xml_text(f"{edition.issuer}, {edition.date}, ")
        yield f"<p>{issued}<docStatus>{xml_text(edition.status)}</docStatus></p>"
        yield from (f"<p>{xml_text(line)}</p>" for line in (EDITED, BRACKETS))
        yield "</preface>"
        yield "<mainBody>"
        yield from self.places(self.scope.tops)
        yield "</mainBody>"
        yield "</doc>"

    def part(self, node: Node) -> Iterator[str]:
        """Yield a part of the report, which has no preface."""
        yield f'<portion includedIn="#{_WHOLE}">'
        yield from self.meta()
        yield "<portionBody>"
        yield from self.contained(node) if isinstance(self.scope.place, Claim) else self.places([node])
        yield "</portionBody>"
        yield "</portion>"

    def meta(self) -> Iterator[str]:
        """Yield what the document says of itself."""
        yield "<meta>"
        yield from self.identification()
        yield from self.references()
        yield from self.notes()
        yield "</meta>"

    def identification(self) -> Iterator[str]:
        """Yield what the document is, in the terms of FRBR."""
        edition = self.scope.report.edition
        date = f'<FRBRdate date="{xml_text(edition.date)}-01" name="first day of the month of issue"/>'
        yield '<identification source="#editor">'
        for level, uri, end, author, more in (
            ("Work", self.work, "", "panel", '<FRBRcountry value="jp"/>'),
            ("Expression", self.expression, "", "editor", f'<FRBRlanguage language="{self.language}"/>'),
            ("Manifestation", self.expression, ".xml", "editor", '<FRBRformat value="application/akn+xml"/>'),
        ):
            this = f"{uri}/!main{self.portion}{end}"
            own = f"{uri}/{self.portion}{end}" if self.portion else f"{uri}{end}"
            yield f'<FRBR{level}><FRBRthis value="{xml_text(this)}"/><FRBRuri value="{xml_text(own)}"/>{date}'
            yield f'<FRBRauthor href="#{author}"/>{more}</FRBR{level}>'
        yield "</identification>"

    def references(self) -> Iterator[str]:
        """Yield whom and what the document is about."""
        named = {mention.key for node in self.scope.nodes for mention in self.scope.mentions(node)}
        yield '<references source="#editor">'
        yield _reference("Organization", "panel", "expert-panel", self.scope.report.edition.issuer)
        yield _reference("Organization", "editor", "asean_japan", "the package asean_japan")
        if self.portion:
            title = xml_text(self.scope.report.edition.title)
            yield f'<TLCReference name="document" eId="{_WHOLE}" href="{xml_text(self.expression)}" showAs="{title}"/>'
        for entity in self.scope.report.entities.values():
            if entity.key in named:
                name = self.scope.view(entity).name
                yield _reference(self.kind(entity), _entity_id(entity), entity.key, name)
        yield "</references>"

    def notes(self) -> Iterator[str]:
        """Yield what the document is, how it was edited, which data it holds, and what it is a part of."""
        lines = [*outline.about(self.scope)]
        if above := outline.within(self.scope):
            lines.append(f"Within: {' / '.join(map(outline.title, above))}")
        yield '<notes source="#editor">'
        yield from (f'<note eId="note_{at}"><p>{xml_text(line)}</p></note>' for at, line in enumerate(lines, 1))
        yield "</notes>"

    def kind(self, entity: Entity) -> str:
        """Return the class of the ontology to which an entity belongs, as far as the bases know its kind."""
        kind = self.scope.view(entity).kind
        return _CLASSES.get(kind, _OTHERS) if kind else _OTHERS

    def places(self, nodes: Sequence[Node]) -> Iterator[str]:
        """Yield *nodes* in turn; a paragraph among numbered places gets a container."""
        for node in nodes:
            if node.kind != "paragraph":
                yield from self.place(node)
            else:
                yield from self.contained(node)

    def contained(self, node: Node) -> Iterator[str]:
        """Yield the claims of a place in a container."""
        yield f'<hcontainer name="prose" eId="{node.ref:eid}__hcontainer_1">'
        yield from _element("content", [self.prose(node)])
        yield "</hcontainer>"

    def place(self, node: Node) -> Iterator[str]:
        """Yield one numbered place and what is below it."""
        tag = _TAGS[node.kind]
        yield f'<{tag} eId="{node.ref:eid}" title="{xml_text(node.gist)}">'
        if node.mark and node.mark.text:
            yield f"<num>{xml_text(node.mark.text)}</num>"
        if node.heading:
            yield f"<heading>{self.marked(node, node.heading)}</heading>"
        children = self.scope.children(node)
        numbered = [at for at, child in enumerate(children) if child.kind != "paragraph"]
        first, last = (numbered[0], numbered[-1] + 1) if numbered else (len(children), len(children))
        before = [self.prose(each) for each in ((node,) if node.claims else ()) + children[:first]]
        after = [self.prose(each) for each in children[last:]]
        if not numbered:
            yield from _element("content", before or ["<p/>"])
        else:
            if before:
                yield from _element("intro", before)
            in_list = _TAGS[children[first].kind] in _LISTED
            if in_list:
                yield f'<list eId="{node.ref:eid}__list_1">'
            yield from self.places(children[first:last])
            if in_list:
                yield "</list>"
            if after:
                yield from _element("wrapUp", after)
        yield f"</{tag}>"

    def prose(self, node: Node) -> str:
        """Return the claims of a place as one block; that of a paragraph is the place itself."""
        named = f' eId="{node.ref:eid}" title="{xml_text(node.gist)}"' if node.kind == "paragraph" else ""
        return f"<p{named}>{' '.join(map(self.claim, self.scope.claims(node)))}</p>"

    def claim(self, claim: Claim) -> str:
        """Return one claim."""
        words = self.scope.words(claim)
        quoted = f' <embeddedText startQuote="“" endQuote="”">{xml_text(words)}</embeddedText>' if words else ""
        return f'<span eId="{claim.ref:eid}">{self.marked(claim, claim.text)}</span>{quoted}'

    def marked(self, place: Node | Claim, text: str) -> str:
        """Return a text in which what it names and what it points to are marked."""
        spans = [self.pointing(link) for link in place.links if self.points(link, place)]
        spans += [
            self.naming(mention)
            for mention in place.mentions
            if mention.ref == place.ref and mention.basis in self.scope.bases
        ]
        spans.sort(key=lambda span: (span.start, -span.end))
        parts: list[str] = []
        at = 0
        for span in spans:
            if span.start >= at:
                inner = xml_text(text[span.start : span.end])
                parts.append(f"{xml_text(text[at : span.start])}<{span.tag} {span.attributes}>{inner}</{span.tag}>")
                at = span.end
        return "".join(parts) + xml_text(text[at:])

    def points(self, link: Link, place: Node | Claim) -> bool:
        """Return whether words of *place* point to where a link leads."""
        return link.source_ref == place.ref and link.start is not None and link.basis in self.scope.bases

    def pointing(self, link: Link) -> _Span:
        """Return the span of the words that point to a place or to a range."""
        target = link.target_ref
        if isinstance(target, RefRange):
            tag, attributes = "rref", f'from="{self.address(target.first)}" upTo="{self.address(target.last)}"'
        else:
            tag, attributes = "ref", f'href="{self.address(link.targets[0].ref)}"'
        return _Span(link.start or 0, link.end or 0, tag, attributes)

    def naming(self, mention: Mention) -> _Span:
        """Return the span of the words that name something."""
        entity = mention.entity
        return _Span(mention.start, mention.end, self.kind(entity).lower(), f'refersTo="#{_entity_id(entity)}"')

    def address(self, ref: Ref) -> str:
        """Return the address of a place, in this document or in the whole one."""
        return f"#{ref:eid}" if ref in self.anchors else f"{xml_text(self.expression)}/!main~{ref:eid}"


def _element(tag: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"<{tag}>"
    yield from lines
    yield f"</{tag}>"


def _entity_id(entity: Entity) -> str:
    return f"entity_{entity.key}"


def _reference(kind: str, eid: str, key: str, name: str) -> str:
    href = f"/akn/ontology/{kind.lower()}/{_SLUG}/{xml_text(key)}"
    return f'<TLC{kind} eId="{xml_text(eid)}" href="{href}" showAs="{xml_text(name)}"/>'
