"""Tests of a report as JSON: what is written comes back, and what does not fit is refused whole."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest
from documents import DOCUMENT, FIELDS, OBJECTS, OPTIONAL, TEXTS, VALUES, Json, Path, at, fits, written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asean_japan import (
    ArgumentError,
    AseanJapanError,
    Claim,
    DataError,
    LimitError,
    Node,
    Pillar,
    Place,
    Ref,
    Report,
    dumps,
    from_dict,
    load,
    loads,
    to_dict,
)
from asean_japan.checking import findings
from asean_japan.model import KINDS, SCHEMA_VERSION, Edition, Layers, Mark
from asean_japan.serialization.converter import Document, structured
from asean_japan.serialization.parsing import DEEPEST_TEXT, LARGEST_TEXT, MOST_OBJECTS
from asean_japan.testing import places, reports

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = dumps(load())
SDG = load().overlays["sdg"]
SECTION = attrs.evolve(load().sections["I"], children=(), claims=())


def claim(**fields: Any) -> Claim:  # noqa: ANN401
    """Return a claim with what a type checker would not let pass."""
    return attrs.evolve(Claim(ref=Ref.parse("I.s1"), text="A."), **fields)


# Texts that no field takes.
UNCLEAN = (
    "",
    " ",
    "a  b",
    " a",
    "a ",
    "a\nb",
    "a\x00b",
    "\ud800",
    "e\u0301",
    "\ufeffa",
    "a\u00a0b",
    "a\u200bb",
    "a\x1b[2J",
)


def changed(path: Path, fields: dict[str, Json], without: str | None = None) -> str:
    """Write the document with other *fields* of the object at *path*."""
    document = copy.deepcopy(DOCUMENT)
    owner = at(document, path)
    owner.update(fields)
    owner.pop(without, None)
    return json.dumps(document)


def misfits(text: str | bytes) -> tuple[str, ...]:
    """Return what is wrong with *text*, which has to be something."""
    with pytest.raises(DataError) as caught:
        loads(text)
    assert caught.value.source in {"text", "report"}
    assert caught.value.misfits
    assert all(" @ report" in misfit for misfit in caught.value.misfits)
    return caught.value.misfits


# There and back.


@settings(max_examples=30)  # Each is a whole report.
@given(reports())
@example(load())
def test_round_trip(report: Report) -> None:
    """What is written is read back equal, and written again byte for byte the same."""
    text = dumps(report)
    again = loads(text)
    assert again == report
    assert dumps(again) == text
    assert loads(text.encode()) == from_dict(to_dict(report)) == report


@settings(max_examples=30)
@given(reports())
@example(load())
def test_text_says_what_the_dicts_say(report: Report) -> None:
    """The text is the JSON of the dicts: indented by one, not limited to ASCII, closed by a line end."""
    assert dumps(report) == json.dumps(to_dict(report), ensure_ascii=False, indent=1) + "\n"


def test_small_document_is_sound() -> None:
    """What the tests below break is whole before."""
    assert to_dict(loads(json.dumps(DOCUMENT))) == DOCUMENT


@pytest.mark.parametrize(
    "options", [{"indent": 7}, {"separators": (",", ":")}, {"ensure_ascii": True}, {"sort_keys": True}]
)
def test_layout_and_order_of_keys_mean_nothing(options: dict[str, Any]) -> None:
    """Any JSON that says the same is the same report."""
    assert dumps(loads(json.dumps(json.loads(TEXT), **options))) == TEXT


def test_dicts_are_not_shared() -> None:
    """What `to_dict` returns can be changed without harm to the report or to what it returns next."""
    first: Json = to_dict(load())
    first["sections"][0]["claims"].append("odd")
    first["edition"].clear()
    assert to_dict(load()) == json.loads(TEXT)


def test_dicts_that_were_read_can_be_changed_later() -> None:
    """A report keeps nothing of what it was built from."""
    document = copy.deepcopy(DOCUMENT)
    report = from_dict(document)
    document["edition"].clear()
    document["sections"].clear()
    assert to_dict(report) == DOCUMENT


def test_unequal_reports_are_written_differently() -> None:
    """Nothing that makes a difference is left out."""
    for path, key in TEXTS.values():
        document = copy.deepcopy(DOCUMENT)
        at(document, path)[key] += "x"
        try:
            report = from_dict(document)
        except DataError:
            continue  # Addresses, kinds and marks cannot be just any text.
        assert report != from_dict(DOCUMENT)
        assert to_dict(report) == document


# Places.

PLACES = [*load().walk(), *load().claims.values()]


@pytest.mark.parametrize("place", PLACES[::7], ids=lambda place: str(place.ref))
def test_place_comes_back(place: Node | Claim) -> None:
    """Any place is written and read back equal, as what it is and as a place of any kind, and is detached."""
    text = dumps(place)
    kinds: list[Any] = [type(place), Place, Node if isinstance(place, Node) else Claim]
    for kind in kinds:
        again = loads(text, kind)
        assert again == place
        assert type(again) is type(place)
        assert again.detached
        assert dumps(again) == text
        assert from_dict(to_dict(place), kind) == place


@settings(max_examples=20)
@given(places())
def test_any_place_comes_back(place: Place) -> None:
    """So does a place of any report."""
    assert loads(dumps(place), Place) == place


def test_place_is_written_as_in_the_report() -> None:
    """A part of the whole and the part alone are the same."""
    data: Json = to_dict(load())
    assert data["sections"][0] == to_dict(load()["0"])
    assert data["sections"][0]["children"][0]["claims"][1] == to_dict(load()["0.p1.s2"])


@pytest.mark.parametrize(
    ("kind", "data", "misfits"),
    [
        (Node, {"kind": "claim", "children": []}, ["expected one of section, "]),
        (Claim, {"ref": "I.1.s1"}, ["required field missing: text @ place.text"]),
        (Claim, {"ref": "I.1", "text": "A."}, ["I.1 is not the address of a claim @ place.ref"]),
        (Claim, {"ref": "I.1.s1", "text": ""}, ["empty @ place.text"]),
        (Claim, {"ref": "I.1.s1", "text": "A.", "kind": "claim"}, ["unknown fields: kind @ place"]),
        (Place, {"ref": "I.1.s1", "text": "A.", "kind": "claim"}, ["required field missing: children @ place"]),
        (Place, {}, ["required field missing: ref @ place.ref", "required field missing: text @ place.text"]),
        (Place, [], ["expected an object, not list @ place"]),
        (Pillar, to_dict(load()["III.2.4"]), ["ActionItem where Pillar belongs @ place"]),
        (Node, {**to_dict(load()["III.2.4.8"]), "gist": ""}, ["empty @ place.gist"]),
        (
            Node,
            {**to_dict(load()["I.1.2"]), "claims": [{"ref": "I.1.3.s1", "text": "A."}]},
            ["I.1.3.s1 does not belong"],
        ),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_place_that_does_not_fit(kind: Any, data: Json, misfits: list[str]) -> None:  # noqa: ANN401
    """What is not a sound place of this kind is refused, with every misfit."""
    with pytest.raises(DataError) as caught:
        from_dict(data, kind)
    found = " ".join(caught.value.misfits)
    assert all(misfit in found for misfit in misfits)
    with pytest.raises(DataError) as again:
        loads(json.dumps(data), kind)
    assert again.value.misfits == caught.value.misfits


@pytest.mark.parametrize("kind", [None, 5, "Node", dict, Ref, Mark, Edition, list[Node]], ids=repr)
def test_kind_that_there_is_not(kind: Any) -> None:  # noqa: ANN401
    """Only a report and places are read."""
    reading: list[Callable[[], object]] = [lambda: loads("{}", kind), lambda: from_dict({}, kind)]
    for read in reading:
        with pytest.raises(ArgumentError) as caught:
            read()
        assert caught.value.argument == "kind"


def test_writing_needs_no_cattrs() -> None:
    """What reads outside data is imported for them alone."""
    code = "import sys, asean_japan as aj; aj.dumps(aj.load()); print('cattrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


@pytest.mark.parametrize(
    ("value", "misfit"),
    [
        (claim(text=float("nan")), "float where str belongs @ place.text"),
        (claim(ref=None), "None where Ref belongs @ place.ref"),
        (claim(text="\ud800"), "stray white space or characters that do not show @ place.text"),
        (attrs.evolve(SECTION, mark=cast("Any", "x")), "str where Mark or None belongs @ place.mark"),
        (attrs.evolve(SECTION, children=cast("Any", (5,))), "int where Node belongs @ place.children[0]"),
        (attrs.evolve(SDG, title=cast("Any", None)), "None where str belongs @ overlay.title"),
        (attrs.evolve(SDG, codes=cast("Any", (object(),))), "object where Code belongs @ overlay.codes[0]"),
    ],
)
def test_what_nobody_could_read_is_not_written(value: Any, misfit: str) -> None:  # noqa: ANN401 - a place or an overlay.
    """What somebody built is checked before it is written; what a report holds was checked before."""
    for write in (dumps, to_dict):
        with pytest.raises(DataError) as caught:
            write(value)
        assert misfit in caught.value.misfits


# What is not JSON.


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("", "not JSON, stopped at the end, line 1 column 1"),
        (" \n", "not JSON, stopped at the end, line 2 column 1"),
        ("{", "not JSON, stopped at the end, line 1 column 2"),
        ("{'edition': 1}", "not JSON, stopped at \"'edition': 1\", line 1 column 2"),
        ("{} {}", "not JSON, stopped at '{}', line 1 column 4"),
        ('{"a": 1,\n }', "not JSON, stopped at '}', line 2 column 2"),  # Pythons differ here: comma, or what follows.
        ("[1 , ]", "not JSON, stopped at ']', line 1 column 6"),
        ('{"a": [1,]}', "not JSON, stopped at ']}', line 1 column 10"),
        (TEXT + "\x00", "not JSON, stopped at '\\x00', line"),
        ('{"a": "\x00"}', "not JSON, stopped at '\\x00\"}', line 1 column 8"),
        ('{"a": "\n"}', "not JSON, stopped at '\\n\"}', line 1 column 8"),
        ('"\\u12"', "not JSON, stopped at "),
        ("NaN", "not a JSON value: NaN"),
        ("1" * 19, "a number of 19 characters, over the limit of 18"),
        ("1" * 5_000, "a number of 5000 characters, over the limit of 18"),
        ("\ufeff{}", "not JSON, stopped at '\\ufeff{}', line 1 column 1"),
        (b"\xef\xbb\xbf{}", "not JSON, stopped at '\\ufeff{}', line 1 column 1"),
        (TEXT.encode("utf-16"), "not UTF-8, stopped at byte 0"),
        (
            "{}".encode("utf-16-le"),
            "not JSON, stopped at '\\x00}\\x00', line 1 column 2",
        ),  # NUL is a character of UTF-8.
        (TEXT.encode("utf-32"), "not UTF-8, stopped at byte 0"),
        (b'{"a": "\xe9"}', "not UTF-8, stopped at byte 7"),  # Latin-1.
        (b'{"a": "\xed\xa0\x80"}', "not UTF-8, stopped at byte 7"),  # A surrogate.
        (b'{"a": "\xc0\x80"}', "not UTF-8, stopped at byte 7"),  # NUL, written too long.
    ],
    ids=lambda value: repr(value)[:24],
)
def test_text_that_is_not_json(text: str | bytes, misfit: str) -> None:
    """It is refused with where reading stopped, the same on every Python, and never with another error."""
    (found,) = misfits(text)
    assert found.startswith(misfit)
    assert found.endswith(" @ report")


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("[Infinity]", "not a JSON value: Infinity @ report[0]"),
        ('{"a": -Infinity}', "not a JSON value: -Infinity @ report.a"),
        (f'{{"a": -{"1" * 1_000_000}}}', "a number of 1000001 characters, over the limit of 18 @ report.a"),
        ('{"a": 1, "b": 2, "a": 3}', "key given twice: 'a' @ report"),
        ('{"a": {"b": 1, "\\u0062": 1}}', "key given twice: 'b' @ report.a"),
        (TEXT.replace('"ref": "I"', '"ref": "I", "ref": "I"'), "key given twice: 'ref' @ report.sections[1]"),
        (TEXT.replace('"start": 0', '"start": NaN', 1), "not a JSON value: NaN @ report.layers.mentions[0].start"),
        (TEXT.replace('"kind": "section"', '"kind": NaN', 1), "not a JSON value: NaN @ report.sections[0].kind"),
        (TEXT.replace('"layers": {', '"layers": [NaN],"x":{'), "not a JSON value: NaN @ report.layers[0]"),
        (TEXT.replace('"date"', '"title": 1, "date"', 1), "key given twice: 'title' @ report.edition"),
        (f'{{"a": 1, "a": 1,{TEXT[1:]}', "key given twice: 'a' @ report"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_json_does_not_have(text: str, misfit: str) -> None:
    """What Python would read, and other programs would not, or differently, is told with its path."""
    assert misfits(text).count(misfit) == 1


def test_all_that_json_does_not_have_is_told_at_once() -> None:
    """However many there are, each with its path, and with everything else that is wrong."""
    text = TEXT.replace('"heading": ', '"heading": null, "heading": ', 2)
    text = text.replace('"value": 0', '"value": NaN', 1).replace('"value": 1,', '"value": 1111111111111111111,', 1)
    text = text.replace('"gist": "', '"odd": 1, "gist": "', 1)
    assert sorted(misfits(text)) == [
        "a number of 19 characters, over the limit of 18 @ report.sections[1].mark.value",
        "key given twice: 'heading' @ report.sections[0]",
        "key given twice: 'heading' @ report.sections[0].children[0]",
        "not a JSON value: NaN @ report.sections[0].mark.value",
        "unknown fields: odd @ report.sections[0]",
    ]


def test_object_with_repeated_keys_is_called_a_dict() -> None:
    """The message does not name a class of ours."""
    text = TEXT.replace('"gist": ', '"gist": {"a": 1, "a": 2}, "odd": ', 1)
    assert sorted(misfits(text)) == [
        "expected text, not dict @ report.sections[0].gist",
        "key given twice: 'a' @ report.sections[0].gist",
        "unknown fields: odd @ report.sections[0]",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[]", "list"),
        ("null", "None"),
        ("true", "bool"),
        ("1", "int"),
        ("1e400", "float"),
        ('"\\ud800"', "str"),
        ("[" * DEEPEST_TEXT + "]" * DEEPEST_TEXT, "list"),
        ('"' + "[" * 100_000 + '"', "str"),  # No depth: all of it is text.
        ('"\\"' + "{" * 1000 + '\\\\"', "str"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_json_that_is_not_an_object(text: str, what: str) -> None:
    """A report is an object."""
    assert misfits(text) == (f"expected an object, not {what} @ report",)


@pytest.mark.parametrize(
    ("opening", "closing", "times"),
    [
        ("[", "]", DEEPEST_TEXT + 1),
        ("[", "]", 100_000),
        ("[", "", 100_000),
        ('{"a":', "}", DEEPEST_TEXT + 1),
        ('{"a":', "}", 100_000),
        ('{"]}\\"": [', "]}", DEEPEST_TEXT // 2 + 1),  # Brackets in a text close nothing.
    ],
)
def test_deep_text_is_refused(opening: str, closing: str, times: int) -> None:
    """No depth of brackets exhausts the stack."""
    with pytest.raises(LimitError) as caught:
        loads(opening * times + "0" + closing * times)
    assert caught.value.what == "depth of the JSON text"
    assert (caught.value.size, caught.value.limit) == (DEEPEST_TEXT + 1, DEEPEST_TEXT)


def test_text_of_too_many_objects_is_refused() -> None:
    """No number of objects exhausts the memory; brackets in a string do not count."""
    assert misfits(f"[{', '.join(['[]'] * (MOST_OBJECTS - 1))}]") == ("expected an object, not list @ report",)
    assert misfits(f'"{"{}" * MOST_OBJECTS}"') == ("expected an object, not str @ report",)
    with pytest.raises(LimitError) as caught:
        loads(f"[{', '.join(['{}'] * MOST_OBJECTS)}]")
    assert caught.value.what == "number of objects and lists"
    assert (caught.value.size, caught.value.limit) == (MOST_OBJECTS + 1, MOST_OBJECTS)


@pytest.mark.parametrize("kind", [str, bytes])
def test_long_text_is_refused(kind: type) -> None:
    """No length exhausts the memory; the greatest that is taken is read."""
    longest = " " * LARGEST_TEXT
    assert misfits(longest)[0].startswith("not JSON, stopped at the end, line 1")
    longer = longest + " "
    with pytest.raises(LimitError) as caught:
        loads(longer if kind is str else longer.encode())
    assert caught.value.what == "length of the JSON text"
    assert (caught.value.size, caught.value.limit) == (LARGEST_TEXT + 1, LARGEST_TEXT)


@pytest.mark.long
def test_truncated_text_is_refused() -> None:
    """Wherever a file was cut, it is not taken for whole."""
    content = TEXT.encode()
    for end in range(0, len(content) - 1, 997):
        (found,) = misfits(content[:end])
        assert found.endswith(" @ report")


# JSON that is not a report.


@pytest.mark.parametrize("name", FIELDS)
def test_wrong_type_is_refused(name: str) -> None:
    """Whatever a field holds of another type is refused with its path in the file, and never converted."""
    path, key = FIELDS[name]
    exact = written(path if path[-1:] == ("mark",) and key == "text" else (*path, key))  # A mark fits as a whole.
    for value in VALUES:
        if not fits(path, key, value):
            found = misfits(changed(path, {key: value}))
            older = key == "schema_version" and type(value) is int  # Another version is told before its fields are.
            where = "report" if older else exact
            paths = [misfit.rpartition(" @ ")[2] for misfit in found]
            assert any(path == where or path.startswith((f"{where}.", f"{where}[")) for path in paths)


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_built_has_the_right_types(name: str) -> None:
    """So only the rules are asked of it: what looks at types finds nothing more."""
    path, key = FIELDS[name]
    for value in VALUES:
        data = json.loads(changed(path, {key: value}))
        try:
            built = structured(data, Document, "data", "report")
        except DataError:
            continue
        found = findings(built.edition, built.sections, built.layers)
        assert "type" not in {finding.kind for finding in found}


@pytest.mark.parametrize("name", [name for name, (_, key) in FIELDS.items() if key not in OPTIONAL])
def test_missing_field_is_told(name: str) -> None:
    """A field without a value is written as null, and never left out."""
    path, key = FIELDS[name]
    found = misfits(changed(path, {}, without=key))
    assert f"required field missing: {key} @ {written((*path, key))}" in found


def test_report_without_layers_has_no_key_for_them() -> None:
    """A report without layers is written without the key, and read so."""
    bare = from_dict({name: value for name, value in DOCUMENT.items() if name != "layers"})
    assert bare.layers == Layers()
    assert list(to_dict(bare)) == ["edition", "sections"]


@pytest.mark.parametrize("name", OBJECTS)
def test_unknown_field_is_told(name: str) -> None:
    """A field that no class has is refused with the path of its object."""
    for key in ("extra", "", "Ref", "_index", "\x00", "\ud800"):
        assert misfits(changed(OBJECTS[name], {key: None})) == (f"unknown fields: {key} @ {name}",)


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(("heading", "gist", "claims[0].text"))])
def test_unclean_text_is_told(name: str) -> None:
    """Text that is empty, padded, not in normal form or invisible is refused with its path."""
    path, key = TEXTS[name]
    for value in UNCLEAN:
        found = misfits(changed(path, {key: value}))
        assert any(misfit.rpartition(" @ ")[2] == name for misfit in found)


@pytest.mark.parametrize("name", [name for name in FIELDS if name.endswith(".ref")])
def test_wrong_address_is_told(name: str) -> None:
    """An address that cannot be read, is not in canonical form, or does not follow is refused."""
    path, key = FIELDS[name]
    where = "report.sections" if path[0] == "sections" else written(path)
    for ref in ("", "x", "V", "i.1", "I-1", "I.1.①", "I.01", " I", "I.2-I.3", "1" * 5000, "I\n", "\ud800"):
        found = misfits(changed(path, {key: ref}))
        assert any(misfit.rpartition(" @ ")[2].startswith(where) for misfit in found)


@pytest.mark.parametrize(
    ("version", "more"),
    [(0, ""), (-1, ""), (2, ": the file is newer, and a newer package reads it"), (10**17, ": the file is newer, and")],
)
def test_other_version_is_refused_as_such(version: int, more: str) -> None:
    """A file of another schema is not blamed for its fields."""
    text = json.dumps({"edition": {"schema_version": version, "odd": 1}, "other": []})
    (found,) = misfits(text)
    assert found.startswith(f"schema version {version}; this package reads {SCHEMA_VERSION}{more}")
    assert found.endswith(" @ report")


def test_all_misfits_are_told_at_once() -> None:
    """Whatever does not fit its field is told at once, whatever else is wrong with the same object."""
    document = copy.deepcopy(DOCUMENT)
    del document["edition"]["title"]
    document["edition"]["date"] = 2023
    document["sections"][1]["children"][0]["odd"] = 1
    document["sections"][4]["claims"][0]["text"] = None
    document["sections"][3]["mark"]["style"] = "gothic"
    del document["sections"][2]["kind"], document["sections"][2]["children"]
    document["sections"][2]["gist"] = 7
    document["sections"][1]["kind"] = "chapter"
    document["sections"][1]["gist"] = 8
    del document["layers"]["dates"]
    document["layers"]["mentions"][0]["ref"] = 5
    assert sorted(misfits(json.dumps(document))) == [
        "expected one of arabic, roman, circled, letter, bullet, not 'gothic' @ report.sections[3].mark.style",
        f"expected one of {', '.join(KINDS)}, not 'chapter' @ report.sections[1].kind",
        "expected text, not None @ report.sections[4].claims[0].text",
        "expected text, not int @ report.edition.date",
        "expected text, not int @ report.layers.mentions[0].ref",
        "expected text, not int @ report.sections[1].gist",
        "expected text, not int @ report.sections[2].gist",
        "required field missing: children @ report.sections[2].children",
        "required field missing: dates @ report.layers.dates",
        "required field missing: kind @ report.sections[2].kind",
        "required field missing: title @ report.edition.title",
        "unknown fields: odd @ report.sections[1].children[0]",
    ]


def test_unsound_report_is_told_with_paths() -> None:
    """Fields of the right types that do not make a report are refused, too, all at once."""
    document = copy.deepcopy(DOCUMENT)
    document["sections"].reverse()
    document["sections"][0]["gist"] = "one two three four five six seven eight nine ten eleven"
    found = misfits(json.dumps(document))
    assert "sections are not 0, I, II, III, IV @ report.sections" in found
    assert "more than 10 words @ report.sections[0].gist" in found


@pytest.mark.parametrize("data", VALUES, ids=repr)
def test_dicts_of_the_wrong_shape_are_refused(data: Json) -> None:
    """What was never JSON is held to the same."""
    with pytest.raises(DataError) as caught:
        from_dict(data)
    assert all(" @ report" in misfit for misfit in caught.value.misfits)


@pytest.mark.parametrize("text", [None, 5, [], {}, object(), bytearray(b"{}"), memoryview(b"{}")], ids=ascii)
def test_what_is_not_text_is_refused(text: Any) -> None:  # noqa: ANN401
    """Only text and bytes are read."""
    with pytest.raises(ArgumentError) as caught:
        loads(text)
    assert caught.value.argument == "text"
    assert caught.value.value is text


@pytest.mark.parametrize("write", [dumps, to_dict])
@pytest.mark.parametrize("report", [None, 5, {}, "0"], ids=ascii)
def test_what_is_not_a_report_is_not_written(write: Callable[[Json], object], report: Json) -> None:
    """Only a report is written."""
    with pytest.raises(ArgumentError) as caught:
        write(report)
    assert (caught.value.argument, caught.value.value) == ("value", report)


def nested(depth: int) -> Json:
    """Return a value of *depth* lists and objects in one another."""
    value: Json = []
    for level in range(1, depth):
        value = {"sections": value} if level % 2 else [value]
    return value


@pytest.mark.parametrize("depth", [DEEPEST_TEXT + 1, 100_000])
def test_deep_dicts_are_refused(depth: int) -> None:
    """No depth of dicts and lists exhausts the stack."""
    with pytest.raises(LimitError) as caught:
        from_dict(nested(depth))
    assert (caught.value.size, caught.value.limit) == (DEEPEST_TEXT + 1, DEEPEST_TEXT)
    with pytest.raises(DataError):
        from_dict(nested(DEEPEST_TEXT))


def test_dicts_that_hold_themselves_are_refused() -> None:
    """What has no end is too deep."""
    document: Json = copy.deepcopy(DOCUMENT)
    document["sections"][0]["children"] = document["sections"]
    with pytest.raises(LimitError) as caught:
        from_dict(document)
    assert caught.value.limit == DEEPEST_TEXT


def test_dicts_may_share_what_they_hold() -> None:
    """The same object in two places is as good as two equal ones."""
    document: Json = copy.deepcopy(DOCUMENT)
    document["sections"][2]["mark"] = document["sections"][3]["mark"] = {"text": "II.", "value": 2, "style": "roman"}
    with pytest.raises(DataError) as caught:
        from_dict(document)
    assert caught.value.misfits == ("does not agree with III @ report.sections[3].mark",)


class Text(str):
    """A text that is not only one."""

    __slots__ = ()


@pytest.mark.parametrize("value", [Text("Title"), b"Title", ("Title",), object()], ids=repr)
def test_only_plain_values_are_taken(value: object) -> None:
    """What JSON does not have stays outside."""
    document = copy.deepcopy(DOCUMENT)
    document["edition"]["title"] = value
    with pytest.raises(DataError) as caught:
        from_dict(document)
    assert caught.value.misfits == (f"expected text, not {type(value).__name__} @ report.edition.title",)


# Any edit.

JSON = st.recursive(
    st.sampled_from(VALUES) | st.text(max_size=5) | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def exact(value: Json) -> str:
    """Write *value* so that 1, 1.0 and true differ and the order of keys does not matter."""
    return json.dumps(value, sort_keys=True)


def read_whole_or_not_at_all(text: str) -> None:
    """Assert that *text* is refused by an error of ours, or that the report says all that the text says and no more."""
    try:
        report = loads(text)
    except (DataError, LimitError):
        return
    assert exact(to_dict(report)) == exact(json.loads(text))
    assert report.check() == ()


@given(st.data())
def test_any_change_of_a_value_is_refused_or_kept(data: st.DataObject) -> None:
    """One value replaced, removed, added, doubled or moved: the result is refused, or read exactly as it is."""
    document = copy.deepcopy(DOCUMENT)
    paths = [path for path in OBJECTS.values() if path]
    owner: Json = at(document, data.draw(st.sampled_from(paths))) if data.draw(st.booleans()) else document
    key = data.draw(st.sampled_from(sorted(owner)))
    match data.draw(st.sampled_from(["replace", "remove", "add", "double", "move"])):
        case "replace":
            owner[key] = data.draw(JSON)
        case "remove":
            del owner[key]
        case "double" if isinstance(owner[key], list):
            owner[key] *= 2
        case "move" if isinstance(owner[key], list):
            owner[key].reverse()
        case _:
            owner[data.draw(st.text(max_size=8))] = data.draw(JSON)
    read_whole_or_not_at_all(json.dumps(document))


@given(st.data())
def test_any_change_of_a_character_is_refused_or_kept(data: st.DataObject) -> None:
    """A character replaced, removed or added: the result is refused, or read exactly as it is."""
    text = json.dumps(DOCUMENT, ensure_ascii=False)
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 1)))
    put = data.draw(st.sampled_from('{}[]",:\\0123456789.-eE ntfu①a\n\x00') | st.characters() | st.just(""))
    read_whole_or_not_at_all(text[:start] + put + text[end:])


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_any_text_raises_only_our_errors(text: str | bytes) -> None:
    """Nothing that comes as text or bytes raises an error of another kind."""
    with pytest.raises(AseanJapanError):
        loads(text)


@given(JSON)
def test_any_value_raises_only_our_errors(value: Json) -> None:
    """Nor does anything that JSON can hold."""
    with pytest.raises(AseanJapanError):
        from_dict(value)


@pytest.mark.parametrize(
    "data",
    [{1: 2}, {None: 1}, {1: 2, "x": 3}, {**DOCUMENT, 1: 2}, {"edition": {"schema_version": 10**5000}}],
    ids=["number", "nothing", "mixed", "among others", "a version of 5,000 digits"],
)
def test_dicts_that_were_never_json_are_refused(data: Json) -> None:
    """What JSON cannot hold is refused like the rest."""
    with pytest.raises(DataError):
        from_dict(data)


def test_false_is_not_a_version() -> None:
    """A truth value is not a number, although Python takes it for one."""
    text = changed(("edition",), {"schema_version": False})
    assert "expected a number, not bool @ report.edition.schema_version" in misfits(text)


def test_claim_needs_the_address_of_a_claim() -> None:
    """A claim at the address of a node would be written back at another one."""
    text = changed(("sections", 0, "claims", 0), {"ref": "0.1"})
    assert "0.1 is not the address of a claim @ report.sections[0].claims[0].ref" in misfits(text)


def test_endless_sharing_is_refused() -> None:
    """A few objects that hold each other many times count as often as they would be written."""
    shared: Json = []
    for _ in range(40):
        shared = [shared, shared]
    with pytest.raises(LimitError) as caught:
        from_dict({"edition": {}, "sections": shared})
    assert caught.value.limit == MOST_OBJECTS


def test_message_does_not_grow_with_the_misfits() -> None:
    """All misfits are kept, and a message shows the first of them."""
    with pytest.raises(DataError) as caught:
        from_dict({"edition": {}, "sections": [3] * 5000})
    assert len(caught.value.misfits) > 5000
    assert len(str(caught.value)) < 10_000


@pytest.mark.parametrize(
    ("target", "misfit"),
    [
        ("I-1-① to I-1-②", "not in canonical form: 'I-1-① to I-1-②', which is I.1.1-I.1.2"),
        ("I.2-I.1", "not an address: 'I.2-I.1'"),
        ("I-1", "not an address: 'I-1'"),
    ],
)
def test_range_is_in_canonical_form(target: str, misfit: str) -> None:
    """Like an address, a range is written in one way."""
    (found,) = misfits(changed(("layers", "links", 1), {"target_ref": target}))
    assert found.startswith(misfit)
    assert " @ report.layers.links[1].target_ref" in found


@pytest.mark.parametrize("at", [3, 1])
def test_trailing_comma_is_told_where_the_text_goes_on(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Newer Pythons stop at the comma itself; we say the same for all of them."""
    text = "[1 , ]"

    def newer(*_: object, **__: object) -> None:
        raise json.JSONDecodeError("Illegal trailing comma before end of array", text, at)

    monkeypatch.setattr("asean_japan.serialization.parsing.json.loads", newer)
    assert misfits(text)[0].startswith("not JSON, stopped at ")


@pytest.mark.parametrize(
    ("value", "fits"), [(3, True), ([1, 3], True), ([1], False), ([1, 2, 3], False), (["1", 2], False)]
)
def test_amount_is_a_number_or_two(value: Json, *, fits: bool) -> None:
    """A quantity has one value, or the first and the last of a range."""
    document = copy.deepcopy(DOCUMENT)
    document["layers"]["quantities"][0]["value"] = value
    if fits:
        held = from_dict(document).quantities[0].value
        assert held == (value if value == 3 else tuple(value))
    else:
        with pytest.raises(DataError) as caught:
            from_dict(document)
        assert caught.value.misfits == ("expected a number or a list of two @ report.layers.quantities[0].value",)
