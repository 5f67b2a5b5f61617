"""Tests of a report as JSON: what is written comes back, and what does not fit is refused whole."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import reports

from asean_japan import (
    ArgumentError,
    AseanJapanError,
    DataError,
    LimitError,
    Report,
    dumps,
    from_dict,
    load,
    loads,
    to_dict,
)
from asean_japan.serialization import DEEPEST_TEXT, LARGEST_TEXT, MOST_OBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json: TypeAlias = Any  # Whatever JSON holds; tests break it in every way.
Path: TypeAlias = tuple[str | int, ...]

TEXT = dumps(load())


def node(ref: str, kind: str, mark: Json, heading: str | None, *children: Json) -> Json:
    """Write a node with one claim."""
    return {
        "ref": ref,
        "kind": kind,
        "mark": mark and dict(zip(("text", "value", "style"), mark, strict=True)),
        "heading": heading,
        "gist": f"Gist of {ref}",
        "claims": [{"ref": f"{ref}.s1", "text": f"Claim of {ref}."}],
        "children": list(children),
    }


# The smallest report that has a place of each kind.
DOCUMENT: Json = {
    "edition": {
        "schema_version": 1,
        "data_version": "1.0.0",
        "title": "Title",
        "date": "2023-02",
        "issuer": "Issuer",
        "status": "Status",
        "language": "en",
        "source": "https://example.org",
        "licence": "CC-BY-4.0",
    },
    "sections": [
        node("0", "section", ("0.", 0, "arabic"), "Zero", node("0.p1", "paragraph", None, None)),
        node(
            *("I", "section", ("I.", 1, "roman"), "One"),
            node(
                *("I.1", "challenge_area", ("1.", 1, "arabic"), None),
                node("I.1.1", "challenge", ("①", 1, "circled"), None),
            ),
        ),
        node(
            *("II", "section", ("II.", 2, "roman"), "Two"),
            node("II.1", "pillar", ("1.", 1, "arabic"), "First", node("II.1.p1", "paragraph", None, None)),
        ),
        node(
            *("III", "section", ("III.", 3, "roman"), "Three"),
            node(
                *("III.1", "action_area", ("1.", 1, "arabic"), "First"),
                node(
                    *("III.1.1", "action_item", ("①", 1, "circled"), None),
                    node(
                        *("III.1.1.1", "action", (None, 1, "bullet"), None),
                        node(
                            *("III.1.1.1.a", "measure", ("(a)", 1, "letter"), None),
                            node("III.1.1.1.a.i", "sub_measure", ("i.", 1, "roman"), None),
                        ),
                    ),
                ),
            ),
        ),
        node("IV", "section", ("IV.", 4, "roman"), "Four"),
    ],
}


# One value of each type that JSON has, empty and not, and of those that Python likes to take for one another.
VALUES: tuple[Json, ...] = (None, True, False, 0, 1, -7, 10**30, 0.0, 1.0, 2.5, "", "1", [], [1], [[]], {}, {"a": 1})

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


def objects(value: Json, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every object in *value*."""
    if isinstance(value, dict):
        yield path
    for key, element in steps(value):
        yield from objects(element, (*path, key))


def steps(value: Json) -> list[tuple[str | int, Json]]:
    """List what is directly inside *value*, with its key or index."""
    if isinstance(value, dict):
        return list(cast("dict[str | int, Json]", value).items())
    return list(enumerate(cast("list[object]", value))) if isinstance(value, list) else []


def at(value: Json, path: Path) -> Json:
    """Follow *path*."""
    for step in path:
        value = value[step]
    return value


def written(path: Path) -> str:
    """Write *path* as our errors do."""
    return "report" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


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


OBJECTS = {written(path): path for path in objects(DOCUMENT)}
FIELDS = {written((*path, key)): (path, key) for path in OBJECTS.values() for key in at(DOCUMENT, path)}
TEXTS = {name: where for name, where in FIELDS.items() if isinstance(at(DOCUMENT, where[0])[where[1]], str)}


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
    """What `to_dict` gives can be changed without harm to the report or to what it gives next."""
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


# What is no JSON.


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        (" \n", "Expecting value: line 2 column 1 (char 2)"),
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("{'edition': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("{} {}", "Extra data: line 1 column 4 (char 3)"),
        (TEXT + "\x00", "Extra data"),
        ('{"a": "\x00"}', "Invalid control character at"),
        ('{"a": "\n"}', "Invalid control character at"),
        ('"\\u12"', "Invalid \\uXXXX escape"),
        ("NaN", "not a JSON value: NaN"),
        ("[Infinity]", "not a JSON value: Infinity"),
        ('{"a": -Infinity}', "not a JSON value: -Infinity"),
        ("1" * 5_000, "Exceeds the limit"),  # Python's own limit on the digits of a number.
        (f'{{"a": -{"1" * 5_000}}}', "Exceeds the limit"),
        ('{"a": 1, "b": 2, "a": 3}', "key given twice: 'a'"),
        ('{"a": {"b": 1, "\\u0062": 1}}', "key given twice: 'b'"),
        (TEXT.replace('"ref": "I"', '"ref": "I", "ref": "I"'), "key given twice: 'ref'"),
        ("\ufeff{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
        (b"\xef\xbb\xbf{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
        (TEXT.encode("utf-16"), "'utf-8' codec can't decode byte 0xff in position 0"),
        ("{}".encode("utf-16-le"), "Expecting property name enclosed in double quotes"),  # NUL is a character of UTF-8.
        (TEXT.encode("utf-32"), "'utf-8' codec can't decode byte 0xff in position 0"),
        (b'{"a": "\xe9"}', "'utf-8' codec can't decode byte 0xe9 in position 7"),  # Latin-1.
        (b'{"a": "\xed\xa0\x80"}', "'utf-8' codec can't decode byte 0xed in position 7"),  # A surrogate.
        (b'{"a": "\xc0\x80"}', "'utf-8' codec can't decode byte 0xc0 in position 7"),  # NUL, written too long.
    ],
    ids=lambda value: repr(value)[:24],
)
def test_text_that_is_no_json(text: str | bytes, misfit: str) -> None:
    """It is refused with what JSON has to say, and never with another error."""
    (found,) = misfits(text)
    assert found.startswith(misfit)
    assert found.endswith(" @ report")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[]", "list"),
        ("null", "NoneType"),
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
def test_json_that_is_no_object(text: str, what: str) -> None:
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


@pytest.mark.parametrize("kind", [str, bytes])
def test_long_text_is_refused(kind: type) -> None:
    """No length exhausts the memory; the greatest that is taken is read."""
    longest = " " * LARGEST_TEXT
    assert misfits(longest)[0].startswith("Expecting value")
    longer = longest + " "
    with pytest.raises(LimitError) as caught:
        loads(longer if kind is str else longer.encode())
    assert caught.value.what == "length of the JSON text"
    assert (caught.value.size, caught.value.limit) == (LARGEST_TEXT + 1, LARGEST_TEXT)


def test_truncated_text_is_refused() -> None:
    """Wherever a file was cut, it is not taken for whole."""
    content = TEXT.encode()
    for end in range(0, len(content) - 1, 997):
        (found,) = misfits(content[:end])
        assert found.endswith(" @ report")


# JSON that is no report.


@pytest.mark.parametrize("name", FIELDS)
def test_wrong_type_is_refused(name: str) -> None:
    """Whatever a field holds of another type is refused with the path of its object, and never converted."""
    path, key = FIELDS[name]
    where = "report" if key == "schema_version" else written(path)  # Another version is told before its fields are.
    for value in VALUES:
        if type(value) is not type(at(DOCUMENT, (*path, key))):
            found = misfits(changed(path, {key: value}))
            assert any(misfit.rpartition(" @ ")[2].startswith(where) for misfit in found)


@pytest.mark.parametrize("name", FIELDS)
def test_missing_field_is_told(name: str) -> None:
    """A field without a value is written as null, and never left out."""
    path, key = FIELDS[name]
    found = misfits(changed(path, {}, without=key))
    assert any(misfit.startswith(f"required field missing: {key} @ {written(path)}") for misfit in found)


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
    for ref in ("", "x", "V", "i.1", "I-1", "I.1.①", "I.01", " I", "I.2-I.3", "1" * 5000, "I\n", "\ud800"):
        found = misfits(changed(path, {key: ref}))
        assert any(misfit.rpartition(" @ ")[2].startswith("report.sections") for misfit in found)


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_other_version_is_refused_as_such(version: int) -> None:
    """A file of another schema is not blamed for its fields."""
    text = json.dumps({"edition": {"schema_version": version, "odd": 1}, "other": []})
    assert misfits(text) == (f"schema version {version}; this package reads 1 @ report",)


def test_all_misfits_are_told_at_once() -> None:
    """Nobody has to mend a file one fault after another."""
    document = copy.deepcopy(DOCUMENT)
    del document["edition"]["title"]
    document["edition"]["date"] = 2023
    document["sections"][1]["children"][0]["odd"] = 1
    document["sections"][4]["claims"][0]["text"] = None
    document["sections"][3]["mark"]["style"] = "gothic"
    assert sorted(misfits(json.dumps(document))) == [
        "expected one of arabic, roman, circled, letter, bullet, not 'gothic' @ report.sections[3].mark.style",
        "expected text, not NoneType @ report.sections[4].claims[0].text",
        "expected text, not int @ report.edition.date",
        "required field missing: title @ report.edition.title",
        "unknown fields: odd @ report.sections[1].children[0]",
    ]


def test_unsound_report_is_told_with_paths() -> None:
    """Fields of the right types that make no report are refused, too, all at once."""
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
def test_what_is_no_text_is_refused(text: Any) -> None:  # noqa: ANN401
    """Only text and bytes are read."""
    with pytest.raises(ArgumentError) as caught:
        loads(text)
    assert caught.value.argument == "text"
    assert caught.value.value is text


@pytest.mark.parametrize("write", [dumps, to_dict])
@pytest.mark.parametrize("report", [None, 5, {}, "0"], ids=ascii)
def test_what_is_no_report_is_not_written(write: Callable[[Json], object], report: Json) -> None:
    """Only a report is written."""
    with pytest.raises(ArgumentError) as caught:
        write(report)
    assert (caught.value.argument, caught.value.value) == ("report", report)


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
    """One value replaced, removed, added, doubled or moved: the result is refused, or read exactly as it stands."""
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
    """A character replaced, removed or added: the result is refused, or read exactly as it stands."""
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
    ids=["number", "nothing", "mixed", "beside the others", "a version of 5,000 digits"],
)
def test_dicts_that_were_never_json_are_refused(data: Json) -> None:
    """What JSON cannot hold is refused like the rest."""
    with pytest.raises(DataError):
        from_dict(data)


def test_false_is_no_version() -> None:
    """A truth value is no number, although Python takes it for one."""
    text = changed(("edition",), {"schema_version": False})
    assert "expected a number, not bool @ report.edition.schema_version" in misfits(text)


def test_claim_needs_the_address_of_a_claim() -> None:
    """A claim at the address of a node would be written back at another one."""
    text = changed(("sections", 0, "claims", 0), {"ref": "0.1"})
    assert "0.1 is no address of a claim @ report.sections[0].claims[0].ref" in misfits(text)


def test_endless_sharing_is_refused() -> None:
    """A few objects that stand in each other many times are as many as they would be written out."""
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
