"""Tests of `repr`: one short line for every public value, which makes an equal value where it is an expression."""

from __future__ import annotations

import functools
import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, cast, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given, settings
from pasting import LONGEST, NAMES

import asean_japan
from asean_japan import (
    AseanJapanError,
    Assignment,
    Claim,
    Overlay,
    Ref,
    RefRange,
    Report,
    copies,
    errors,
    export,
    load,
    model,
    questions,
)
from asean_japan.copies import Condition, SourceIndex
from asean_japan.copies.copy import read, read_text
from asean_japan.copies.skeletons import skeleton
from asean_japan.model.places import detach
from asean_japan.testing import reports

PACKAGES: tuple[ModuleType, ...] = (asean_japan, model, questions, copies, export)
PUBLIC: dict[str, object] = {
    **{name: cls for name, cls in vars(errors).items() if inspect.isclass(cls) and issubclass(cls, AseanJapanError)},
    **{name: getattr(package, name) for package in PACKAGES for name in package.__all__},
}
CLASSES: dict[str, type] = {name: cls for name, cls in PUBLIC.items() if inspect.isclass(cls)}
WITHOUT_VALUES = {"Home", "NetworkxGraph", "Node", "Place"}  # Bases of others, and a name of another package.
LONG = "Long \N{ZERO WIDTH SPACE}\n\x1b[2J<text> '\"\\ " * 1000
COLLECTIONS = (
    *("sections", "paragraphs", "challenge_areas", "challenges", "pillars", "action_areas", "action_items"),
    *("actions", "measures", "sub_measures", "claims", "entities", "overlays"),
)


def by_hand(report: Report) -> Report:
    """Return an equal report that comes from nowhere."""
    return Report(edition=report.edition, sections=tuple(report.sections.values()), layers=report.layers)


def with_overlay(report: Report) -> Report:
    """Return the report with an overlay of one's own."""
    urgent = Assignment(ref=Ref.parse("I"), codes=("now",))
    return report.with_overlay(Overlay(key="mine", title="Mine", codes={"now": None}, assignments=(urgent,)))


@functools.cache
def source_index() -> SourceIndex:
    """Return an index as if our claims were the report's words."""
    return SourceIndex.of(
        load().walk(),
        lambda claim: claim.text,
        front={"title": load().title},
        furniture=["Page"],
        conditions=lambda claim: [Condition(start=len(skeleton(claim.text)) - 1, kind="limit")],
    )


def bound(report: Report) -> Report:
    """Return the report bound to a copy that has some of it, and something else."""
    words = [claim.text for claim in report.claims.values()]
    return report.bind_text("\n".join([*words[20:], "More."]), index=source_index(), strict=False)


def values_of(report: Report) -> Iterator[object]:
    """Yield every value of a report, and what can be asked of it."""
    places = [*report.walk(), *report.claims.values()]
    yield from (report, report.edition, report.layers, report.layer_index(), report.tables)
    yield from (getattr(report, name) for name in COLLECTIONS)
    yield from places
    yield from (*map(detach, report.sections.values()), *map(attrs.evolve, report.claims.values()))
    yield from (*report.layers.values(), *report.layers.detached().values())
    for place in places:
        yield from (place.ref, RefRange(place.ref, place.ref), *place.codings, *place.outcomes)
    for node in report.walk():
        yield from (node.mark or node, node.walk(), node.leaves)
    for entity in report.layers.entities:
        yield from (*entity.facts, entity.ids)
    for overlay in report.layers.overlays:
        yield from (*overlay.codes, *overlay.assignments, overlay.coverage())
        yield from [overlay.agreement(overlay)] if overlay.assignments else []
    for hits in (report.search("ASEAN"), report.search("Japan", limit=1), report.search("xylophone")):
        yield from (hits, *hits)
    yield from (report.gaps(), *map(report.trace, ("0", "I", "II", "III", "IV")))
    yield from (report.find(kind="pillar"), report.find(text="no such words"), report.between("I", "III"))
    yield from (*report.passages(), *report.passages("claim"))
    yield from (report.tables.nodes, *report.tables.nodes.columns)


def values_of_copies(report: Report) -> Iterator[object]:
    """Yield every value of a bound report that tells of its copy."""
    binding = report.binding
    assert binding
    yield from (binding, binding.copy, binding.coverage, *binding.parts, *binding.leftovers)
    yield from (report.walk(), *report.walk()[:9], *binding.sentences[20:29])
    index = source_index()
    yield from (
        index,
        *index.parts,
        *(each for part in index.parts for each in part.conditions or ()),
        *(part.fingerprint for part in index.parts),
    )
    words = [claim.text for claim in report.claims.values()]
    for text in (words[0], words[30], " ".join(words[30:40]), "Nothing of the sort is there.", words[30][5:-5]):
        for home in (report, report.unbound):
            quote = home.find_quote(text, index=index)
            yield from (quote, *quote.matches, *(quote.cut_condition or ()))
    yield from report.find_quotes(f"“{words[0]}”", index=index)
    receipt = asean_japan.load().find_quote("Initiatives to realize the above").receipt()
    yield from (asean_japan.check_receipt(receipt), asean_japan.check_receipt(receipt, LONG))
    yield from (read_text(LONG), read(b"bytes"), attrs.evolve(index, parts=()))


def values_of_errors() -> Iterator[AseanJapanError]:
    """Yield errors of every class, with short and with long texts."""
    for text in ("I.1", LONG):
        for cls in CLASSES.values():
            if issubclass(cls, AseanJapanError):
                wanted = [
                    each
                    for each in inspect.signature(cls.__init__).parameters.values()
                    if each.kind == each.POSITIONAL_OR_KEYWORD
                ]
                yield cls(*(_argument(each.annotation, text) for each in wanted[1:]))


def _argument(annotation: str, text: str) -> object:
    kinds = {"int": 3, "tuple[str, ...]": (text,) * 9}
    return kinds.get(annotation, text)


def stretched(value: object) -> object:
    """Return a value with a long text in each field that takes any text, and with many items in each of its tuples."""
    changes: dict[str, object] = {}
    hints = get_type_hints(type(value))
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        held: object = getattr(value, field.name)
        if field.init and isinstance(held, str) and get_origin(hints[field.name]) is not Literal:
            changes[field.alias or field.name] = LONG
        elif field.init and type(held) is tuple:
            changes[field.alias or field.name] = cast("tuple[object, ...]", held) * 60
    return attrs.evolve(cast("Any", value), **changes)


def grouped(values: Iterable[object]) -> dict[type, list[object]]:
    """Sort values by class."""
    found: dict[type, list[object]] = defaultdict(list)
    for value in values:
        found[type(value)].append(value)
    return found


@functools.cache
def values() -> dict[type, list[object]]:
    """Return values of every public class, by class."""
    report = load()
    found: list[object] = [*values_of_errors(), *export.FORMATS.values(), *model.Basis]
    for each in (report, with_overlay(report), bound(report), with_overlay(bound(report)), by_hand(report)):
        found += values_of(each)
    found += values_of_copies(bound(report))
    found += report.check() or [model.Finding(kind="gap", message="gone", path="report")]
    sections = tuple(map(detach, report.sections.values()))
    found += [model.Index(report, sections), questions.Engine(report.walk()), report.layers.detached()]
    by_class = grouped(found)
    for cls, held in list(by_class.items()):
        if attrs.has(cls) and not issubclass(cls, Ref | RefRange | Report | Mapping):
            held += [attrs.evolve(cast("Any", held[0])), *map(stretched, held[:9])]
    return by_class


def faults(found: Iterable[object]) -> list[str]:
    """Return the reprs that are long or have several lines, or that make another value than they are of."""
    return [repr(value) for value in found if not is_shown(value)]


def is_shown(value: object) -> bool:
    """Tell whether a `repr` is one short line and, where it is an expression, makes an equal value."""
    written = repr(value)
    if len(written) > LONGEST or not written.isprintable():
        return False
    if written.startswith("<"):
        return True
    again: object = eval(written, {**NAMES, **CLASSES})  # noqa: S307  # Our own.
    if isinstance(value, AseanJapanError):
        return (type(again), cast("AseanJapanError", again).args) == (type(value), value.args)
    return type(again) is type(value) and again == value


def test_every_public_class_has_values() -> None:
    """No class is left out below."""
    classes = {cls.__name__ for cls in values()}
    assert set(CLASSES) - classes == WITHOUT_VALUES


@pytest.mark.parametrize("name", [name for name in CLASSES if name not in WITHOUT_VALUES])
def test_repr_is_one_line(name: str) -> None:
    """Whatever a value holds, its repr is short; pasted back, it gives an equal value unless it begins with <."""
    assert faults(values()[CLASSES[name]]) == []


@settings(max_examples=30)
@given(reports())
def test_repr_in_any_report(report: Report) -> None:
    """Whatever a report holds, and whether or not a value is detached from it, its repr is one short line."""
    assert faults(values_of(report)) == []


@pytest.mark.parametrize(
    "written",
    [
        "asean_japan.load()",
        "asean_japan.load()['III.2.4']",
        "asean_japan.load()['I.2.7.s3']",
        "asean_japan.load().pillars",
        "asean_japan.load().entities",
        "asean_japan.load().entities['aoip']",
        "asean_japan.load().overlays['sdg']",
        "Ref.parse('III.2.4')",
        "RefRange.parse('I.2.6-I.2.8')",
        "Mark(text='④', value=4, style='circled')",
        "Mention(ref=Ref.parse('I.1.1.s4'), start=0, end=4, basis=Basis.STATED, key='aoip')",
        "Code(code='13', label=None, definition=None, uri=None)",
        "Nodes((asean_japan.load()['II.1'],))",
        "Nodes(())",
        "Basis.STATED",
        "LimitError('length', 300, 200)",
    ],
)
def test_short_values_are_pasted_back(written: str) -> None:
    """A short value is written as the expression that makes it."""
    assert repr(eval(written, {**NAMES, **CLASSES})) == written  # noqa: S307  # Our own.


def test_long_values_are_summed_up() -> None:
    """A long value is written by the beginning of what it holds."""
    claim = Claim(ref=Ref.parse("I.2.7.s3"), text="word " * 100)
    assert (
        repr(claim) == "<Claim: ref=Ref.parse('I.2.7.s3'), text='word word word word word word word word word wor'...>"
    )
    assert repr(load().walk()) == "<Nodes: 187 items, first asean_japan.load()['0']>"


def test_report_says_what_it_is() -> None:
    """A report is written by where it comes from, by its copy, or by its version and what was laid over it."""
    version = load().edition.data_version
    assert repr(by_hand(load())) == f"<Report {version}: 187 places>"
    assert repr(with_overlay(load())) == f"<Report {version} + overlay mine: 187 places>"
    assert repr(bound(load())).startswith("<asean_japan.load() with <Binding to 'a text'")


def test_report_with_a_long_version(tmp_path: Path) -> None:
    """Neither a long version nor the long name of a copy makes it long."""
    edition = attrs.evolve(load().edition, data_version=LONG)
    report = Report.trusted(edition, tuple(map(detach, load().sections.values())))
    path = tmp_path / f"{'x' * 200}.txt"
    path.write_text("\n".join(claim.text for claim in load().claims.values()), encoding="utf-8")
    copied = load().bind(path, index=source_index())
    assert faults([report, copied, copied.binding, copied.binding and copied.binding.copy]) == []
