"""Tests of what the report names: look-ups by any name, suggestions, mentions both ways, facts and relations."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from typing import Any, get_args

import attrs
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pasting import is_shown_well, pasted

import asean_japan
from asean_japan import (
    AmbiguousNameError,
    ArgumentError,
    AseanJapanError,
    Basis,
    Entity,
    LimitError,
    NameNotFoundError,
    Ref,
    Report,
)
from asean_japan.errors import DetachedNodeError
from asean_japan.folding import comparable
from asean_japan.model import EntityFact, EntityKind, Identifiers, Layers, Mention, OtherForm
from asean_japan.testing import reports

REPORT = asean_japan.load()
ENTITIES = REPORT.entities
ALL = REPORT.layers.entities
IN_ANY_REPORT = settings(max_examples=30)
NAMES = [(entity, name) for entity in ALL for name in entity.names]

# Ways in which people write the same name.
MANNERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "long dashes": lambda name: name.replace("-", "–"),
    "hyphens that do not break": lambda name: name.replace("-", "\u2011"),
    "curly quotation marks": lambda name: name.replace("'", "’").replace('"', "”"),
    "straight quotation marks": lambda name: name.replace("’", "'").replace("“", '"').replace("”", '"'),
    "more space": lambda name: f"  {name.replace(' ', '  ')}\n",
    "space that does not break": lambda name: name.replace(" ", "\u00a0"),
    "full width": lambda name: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name),
}


def entity(key: str, name: str, **fields: Any) -> Entity:  # noqa: ANN401  # Whatever a field holds.
    """Make an entity of which little is known."""
    given: dict[str, Any] = {"key": key, "name": name, "kind": "body", **fields}
    return Entity(**given)


def mention(key: str) -> Mention:
    """Say that the first claim of I.1 names an entity."""
    return Mention(ref=Ref.parse("I.1.s1"), start=0, end=3, key=key)


def of(*entities: Entity, mentions: tuple[Mention, ...] = ()) -> Report:
    """Build the report with other entities."""
    layers = Layers(entities=entities, mentions=mentions)
    return Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()), layers=layers)


# Look-ups.


def test_names_are_enough() -> None:
    """There are all the names that the tests below go through, and acronyms and demonyms are among them."""
    assert len(ALL) == len(ENTITIES) == len({each.key for each in ALL}) == 151
    assert len(NAMES) > 400
    assert {("aoip", "AOIP"), ("japan", "Japanese"), ("asean", "ASEAN")} <= {(each.key, name) for each, name in NAMES}


@pytest.mark.parametrize("manner", MANNERS)
def test_every_name_leads_to_its_entity(manner: str) -> None:
    """Key, name, acronym, every form and every demonym are looked up, however they are typed."""
    for entity, name in NAMES:
        assert ENTITIES[MANNERS[manner](name)] is entity
        assert MANNERS[manner](name) in ENTITIES


def test_mapping() -> None:
    """It is a mapping by key, in the order of the layers; an entity leads to itself."""
    assert list(ENTITIES) == [each.key for each in ALL]
    assert list(ENTITIES.values()) == list(ALL)
    assert all(ENTITIES[each] is each and ENTITIES.get(each.key) is each for each in ALL)
    assert ENTITIES.get("nothing of the kind") is None
    assert ENTITIES._ipython_key_completions_() == list(ENTITIES)  # pyright: ignore[reportPrivateUsage]


@IN_ANY_REPORT
@given(reports())
def test_every_name_of_any_report(report: Report) -> None:
    """A name leads to all that have it: to the one, or to an error that tells them all."""
    for each in report.layers.entities:
        assert report.entities[each.key] is each
        for name in each.names:
            having = [other for other in report.layers.entities if comparable(name) in map(comparable, other.names)]
            if not name.strip() or len(name) > 200:
                continue
            try:
                found = [report.entities[name]]
            except AmbiguousNameError as error:
                found = [report.entities[key] for key in error.candidates]
            assert found == having


TYPOS = [
    ("Asaen", "Association of Southeast Asian Nations"),
    ("Jappan", "Japan"),
    ("Indonsia", "Indonesia"),
    ("Ukrane", "Ukraine"),
    ("Russa", "Russia"),
    ("Phillipines", "Philippines"),
    ("East Asean Summit", "East Asia Summit"),
    ("JENESIS", "Japan-East Asia Network of Exchange for Students and Youths"),
    ("Mekong regoin", "Mekong region"),
    ("ASEAN Chater", "ASEAN Charter"),
    ("Fukuda Doctrin", "Fukuda Doctrine"),
    ("AHA Centrum", "ASEAN Coordinating Centre for Humanitarian Assistance on disaster management"),
    ("ASEAN Outlok on the Indo Pacific", "ASEAN Outlook on the Indo-Pacific"),
    ("Regional Comprehensive Economic Partnerschip", "Regional Comprehensive Economic Partnership"),
    ("East Asia Sumit", "East Asia Summit"),
    ("Expert Panle", "Expert Panel"),
    ("Myanamar", "Myanmar"),
    ("South China See", "South China Sea"),
    ("Asia Zero Emmission Community", "Asia Zero Emission Community"),
    ("WA Projekt", "WA Project"),
]


@pytest.mark.parametrize(("typo", "meant"), TYPOS)
def test_miss_suggests(typo: str, meant: str) -> None:
    """A slip of the pen is refused, and what was meant is among the first three suggestions."""
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES[typo]
    assert caught.value.name == typo
    assert [name for name in caught.value.suggestions[:3] if meant in name]
    assert typo not in ENTITIES


@settings(max_examples=50)
@given(st.sampled_from([name for _, name in NAMES if len(name) > 8]), st.data())
def test_suggestion_for_any_name_with_a_letter_missing(name: str, data: st.DataObject) -> None:
    """Of a name with a letter missing, what has it is suggested; there are five suggestions at most."""
    at = data.draw(st.integers(1, len(name) - 1))
    typo = name[:at] + name[at + 1 :]
    assume(typo not in ENTITIES)  # As "ASEAN Centre" without its last "e" may be.
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES[typo]
    assert ENTITIES[name].name in caught.value.suggestions
    assert len(caught.value.suggestions) <= 5
    assert all(suggested in ENTITIES for suggested in caught.value.suggestions)


def test_part_of_a_name_suggests_the_whole() -> None:
    """A word of a name suggests those that have it."""
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES["Charter"]
    assert "ASEAN Charter" in caught.value.suggestions


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Treaty of Amity", "Treaty of Amity and Cooperation in Southeast Asia"),
        ("Hirako, Yuji of", "HIRAKO Yuji"),
        ("the Charter of ASEAN", "ASEAN Charter"),
        ("JP", "Japan"),
        ("jpn", "Japan"),
    ],
)
def test_first_of_the_suggestions(name: str, expected: str) -> None:
    """The same words in another order, the beginning of a name, and the code of a country suggest what has them."""
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES[name]
    assert caught.value.suggestions[0] == expected


def test_all_of_the_words_suggest() -> None:
    """What has all of the words, or words like them, is suggested, what has few others first; half is not enough."""
    names = {"p": "First Second Six Seven", "q": "First Third Four", "r": "First Second Third", "s": "First Five"}
    report = of(*(entity(key, name) for key, name in names.items()))
    for name in ("the Second of First", "Seconde First"):
        with pytest.raises(NameNotFoundError) as caught:
            report.entities[name]
        assert caught.value.suggestions == (names["r"], names["p"])
    with pytest.raises(NameNotFoundError) as caught:
        report.entities["Second, being third of first"]
    assert caught.value.suggestions == ()


@pytest.mark.parametrize(
    "name", ["Thailand", "Hanoi", "Toyota", "World Bank", "green growth", "climate finance", "G7", "Paris Agreement"]
)
def test_far_names_have_no_suggestion(name: str) -> None:
    """What the report does not name and nothing is like is said to be not named, and no more."""
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES[name]
    assert (caught.value.suggestions, caught.value.meaning) == ((), "")
    assert str(caught.value) == f"not named in the report: {name!r}"


# Names in Japanese, and in other texts.


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("国際交流基金", "japan-foundation"),
        ("東南アジア諸国連合", "asean"),
        ("ＡＳＥＡＮ憲章", "asean-charter"),
        ("TPP11協定", "cptpp"),
        ("5つのコンセンサス", "five-point-consensus"),
        ("United States", "united-states"),
        ("USA", "united-states"),
        ("People's Republic of China", "china"),
        ("Takeo Fukuda", "fukuda-takeo"),
        ("artificial intelligence", "artificial-intelligence"),
        ("artificial_intelligence", "artificial-intelligence"),
        ("asean secretariat", "asean-secretariat"),
        ("AHA Center", "aha-centre"),
        ("AHA Centre", "aha-centre"),
        ("World Trade Organisation", "wto"),
        ("ASEAN Defense Ministers’ Meeting-Plus", "admm-plus"),
        ("ASEAN Defence Ministers' Meeting Plus", "admm-plus"),
        ("Cybersecurity", "cyber-security"),
        ("free and open indopacific", "foip"),
    ],
)
def test_names_of_other_texts(name: str, key: str) -> None:
    """Names in Japanese, other forms, British and American spelling, spaces, underscores and hyphens all lead there."""
    assert ENTITIES[name].key == key
    assert name in ENTITIES


def test_every_form_leads_to_its_entity() -> None:
    """A form leads to what it names; a homonym leads nowhere, unless the report has a name of the same form."""
    assert len(REPORT.layers.other_forms) == 603
    for form in REPORT.layers.other_forms:
        if form.kind == "form":
            assert ENTITIES[form.form].key == form.key
        elif form.form not in ENTITIES:
            with pytest.raises(NameNotFoundError) as caught:
                ENTITIES[form.form]
            assert caught.value.meaning
            assert form.meaning
            assert form.meaning in caught.value.meaning


@pytest.mark.parametrize(
    ("name", "meaning", "suggested"),
    [
        ("Ship for World Youth", "another program of the Cabinet Office of Japan", "sseayp"),
        ("the swy", "", None),
        ("TPP", "the agreement of twelve states that was signed in 2016", "cptpp"),
    ],
)
def test_homonym_says_what_it_is(name: str, meaning: str, suggested: str | None) -> None:
    """What is taken for a name of the report is refused with what it means and what it is taken for."""
    with pytest.raises(NameNotFoundError) as caught:
        ENTITIES[name]
    error = caught.value
    assert (error.name, error.meaning, error.whole) == (name, meaning, "the report")
    assert error.suggestions == ((ENTITIES[suggested].name,) if suggested else ())
    if meaning:
        assert str(error).startswith(f"not named in the report: {name!r} ({meaning}); did you mean ")


def test_homonym_is_none_of_the_names() -> None:
    """A homonym is refused also where it is spelled like a name; the report's own names always win over it."""
    homonym = OtherForm(form="The Fonds", language="fr", meaning="a cheese", confused_key="a", source="x")
    stray = OtherForm(form="Fun-d", language="en", meaning="a joke", source="x")
    both = attrs.evolve(homonym, confused_key="b", meaning="a song")
    own = attrs.evolve(homonym, form="Fund")
    layers = Layers(entities=(entity("a", "Fund"), entity("b", "Bund")), other_forms=(homonym, stray, both, own))
    report = Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()), layers=layers)
    assert report.entities["Fund"].key == "a"
    assert report.entities["F u n d"].key == "a"
    with pytest.raises(NameNotFoundError) as caught:
        report.entities["the fonds"]
    assert (caught.value.meaning, caught.value.suggestions) == ("a cheese; a song", ("Fund", "Bund"))
    with pytest.raises(NameNotFoundError) as caught:
        report.entities["fun-d"]
    assert (caught.value.meaning, caught.value.suggestions) == ("a joke", ())
    found = report.layers.other_forms
    assert [form.entity and form.entity.key for form in found] == ["a", None, "b", "a"]
    assert report.entities["a"].homonyms == (found[0], found[3])
    assert report.entities["a"].other_forms == ()


@IN_ANY_REPORT
@given(reports())
def test_forms_of_any_report(report: Report) -> None:
    """Each form belongs to its entity, and each homonym to what it is taken for; none is lost."""
    kept: list[OtherForm] = []
    for each in report.layers.entities:
        assert all(form.entity is each and form.kind == "form" for form in each.other_forms)
        assert all(form.entity is each and form.kind == "homonym" for form in each.homonyms)
        kept += [*each.other_forms, *each.homonyms]
    assert Counter(kept) == Counter(report.layers.other_forms)
    assert all(form.basis is Basis.EDITORIAL for form in kept)


def test_names_in_japanese() -> None:
    """The usual name comes first, then that of the Japanese report, a short and a formal one."""
    fields = ("name_ja_formal", "name_ja_short", "name_ja_in_report", "name_ja")
    facts = tuple(EntityFact(field=field, value=field, source="x", read="2026") for field in fields)
    for left, name in (
        (4, "name_ja"),
        (3, "name_ja_in_report"),
        (2, "name_ja_short"),
        (1, "name_ja_formal"),
        (0, None),
    ):
        made = entity("a", "A", facts=facts[:left])
        assert made.name_ja == name
        assert set(made.names) == {"a", "A", *fields[:left]}
    assert entity("a", "A").site is None
    assert ENTITIES["ERIA"].site == ENTITIES["ERIA"].fact("official_site")


def test_identifiers() -> None:
    """A frozen mapping of those that are known, in the order of the code book; compared as mappings are."""
    ids = ENTITIES["Japan"].ids
    assert list(ids) == ["wikidata", "iso3166_alpha3", "iso3166_numeric", "geonames"]
    assert dict(ids) == {field: ENTITIES["Japan"].fact(field) for field in ids}
    assert (len(ids), ids["iso3166_alpha3"], "ror" in ids, ids.get("ror")) == (4, "JPN", False, None)
    assert ids == dict(ids)
    assert (ids, hash(ids)) == (Identifiers(ids.pairs[::-1]), hash(Identifiers(ids.pairs[::-1])))
    assert pasted(ids) == ids
    assert not ENTITIES["AOIP"].ids
    with pytest.raises(NameNotFoundError) as caught:
        ids["ROR"]
    assert caught.value.suggestions == tuple(ids)
    wrong: Any
    for wrong in ("", None, 7):
        with pytest.raises(ArgumentError):
            ids[wrong]
        assert wrong not in ids


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    """What is like no name has no suggestion."""
    for name in ("\u200b", "q", "of", "zz of the", "zzzzzzzzzzzz", "x" * 200):
        with pytest.raises(NameNotFoundError) as caught:
            ENTITIES[name]
        assert caught.value.suggestions == ()


def test_ambiguous_name() -> None:
    """A name that several have is refused with all of their keys, in order; a key always means one thing."""
    report = of(
        entity("fund", "Fund A", forms=("The Fund",)),
        entity("b", "Fund B", acronym="Fund", demonyms=("the fund",)),
        entity("c", "Fund C", forms=("Fund",)),
    )
    for name, candidates in (("the FUND", ("fund", "b")), ("Fund", ("fund", "b", "c")), ("FUND", ("fund", "b", "c"))):
        with pytest.raises(AmbiguousNameError) as caught:
            report.entities[name]
        assert (caught.value.name, caught.value.candidates) == (name, candidates)
        assert name not in report.entities
        with pytest.raises(AmbiguousNameError):
            report.find(mentions=name)
    assert report.entities["fund"].name == "Fund A"


@pytest.mark.parametrize(
    "name", ["", " ", "\n\u3000", None, 5, b"ASEAN", ["ASEAN"], ("ASEAN",), Ref.parse("I"), Entity]
)
def test_what_is_no_name(name: Any) -> None:  # noqa: ANN401
    """Blank texts and what is no text are refused, and are in no collection."""
    for look_up in (ENTITIES.__getitem__, ENTITIES.get):
        with pytest.raises(ArgumentError) as caught:
            look_up(name)
        assert (caught.value.argument, caught.value.value) == ("name", name)
    assert name not in ENTITIES


def test_name_that_is_too_long() -> None:
    """No name is as long as that, so that it is not read."""
    for length in (201, 10**7):
        with pytest.raises(LimitError) as caught:
            ENTITIES["x" * length]
        assert (caught.value.size, caught.value.limit) == (length, 200)
        assert "x" * length not in ENTITIES
    assert max(len(name) for _, name in NAMES) < 150


@given(st.text(max_size=300))
def test_any_text_is_answered_or_refused(text: str) -> None:
    """Whatever is asked, an entity comes or one of our errors."""
    try:
        assert ENTITIES[text] in ALL
    except AseanJapanError:
        assert text not in ENTITIES


# Mentions.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_mentions_lead_both_ways(report: Report) -> None:
    """From an entity to its places, to what they name, and back; each mention is met once on each way."""
    for each in report.layers.entities:
        assert each.mentions == tuple(mention for mention in report.mentions if mention.key == each.key)
        assert all(mention.entity is each for mention in each.mentions)
        assert [place.ref for place in each.places] == list(dict.fromkeys(mention.ref for mention in each.mentions))
        for place in each.places:
            assert [mention for mention in place.mentions if mention.key == each.key]
            assert report[place.ref] is place
    at_claims = [mention for claim in report.claims.values() for mention in claim.mentions]
    in_headings = [mention for mention in report.mentions if mention.ref.level != "claim"]
    assert Counter([*at_claims, *in_headings]) == Counter(report.mentions)
    for node in report.walk():
        own = {node.ref, *(claim.ref for claim in node.claims)}
        assert Counter(node.mentions) == Counter(mention for mention in report.mentions if mention.ref in own)


def test_words_of_a_mention_are_a_name() -> None:
    """What a mention covers is a name of what it means; only what has none is described, and few are shortened."""
    assert all(mention.text.strip() == mention.text != "" for mention in REPORT.mentions)
    others = {
        mention.text
        for mention in REPORT.mentions
        if mention.entity.named and comparable(mention.text) not in map(comparable, mention.entity.names)
    }
    assert others == {"50th anniversary", "ASEAN-Japan Friendship and Cooperation"}


@pytest.mark.long
@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_co_mentions(report: Report) -> None:
    """What is named at the same places is counted, by places; most first, then in the order of the entities."""
    keys = [each.key for each in report.layers.entities]
    named = {(mention.ref, mention.key) for mention in report.mentions}
    for each in report.layers.entities:
        expected = {
            other: sum((ref, each.key) in named and (ref, other) in named for ref in {ref for ref, _ in named})
            for other in keys
            if other != each.key
        }
        found = [(other.key, count) for other, count in each.co_mentions()]
        assert dict(found) == {key: count for key, count in expected.items() if count}
        assert found == sorted(found, key=lambda pair: (-pair[1], keys.index(pair[0])))


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_by_mentions(report: Report) -> None:
    """All are there with the number of their mentions, those of none last; most first."""
    found = report.entities.by_mentions()
    counts = Counter(mention.key for mention in report.mentions)
    assert {each.key: count for each, count in found} == {key: counts[key] for key in report.entities}
    order = list(report.entities)
    assert [each.key for each, _ in found] == sorted(order, key=lambda key: (-counts[key], order.index(key)))


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_proposed(report: Report) -> None:
    """Exactly those that are flagged, in the order in which the report comes to them, those it names nowhere last."""
    found = report.entities.proposed
    assert {each.key for each in found} == {each.key for each in report.layers.entities if each.proposed}
    named = [each for each in found if each.mentions]
    assert list(found[: len(named)]) == named
    firsts = [report.mentions.index(each.mentions[0]) for each in named]
    assert firsts == sorted(firsts)


def test_of_kind() -> None:
    """Each entity is of one kind, and a kind that does not exist is refused."""
    kinds: tuple[EntityKind, ...] = get_args(EntityKind)
    assert sorted(each.key for kind in kinds for each in ENTITIES.of_kind(kind)) == sorted(ENTITIES)
    assert all(each.kind == kind for kind in kinds for each in ENTITIES.of_kind(kind))
    wrong: Any
    for wrong in ("bodies", "", None, ["body"]):
        with pytest.raises(ArgumentError) as caught:
            ENTITIES.of_kind(wrong)
        assert (caught.value.argument, caught.value.value) == ("kind", wrong)


# What is known of them.


def test_facts_have_sources() -> None:
    """What is known from elsewhere says where, and that it is researched; a field is looked up by its name."""
    facts = [(each, fact) for each in ALL for fact in each.facts]
    assert len(facts) > 100
    for each, fact in facts:
        assert isinstance(fact, EntityFact)
        assert fact.basis is Basis.RESEARCHED
        assert fact.value
        assert fact.source
        assert each.fact(fact.field) == next(other.value for other in each.facts if other.field == fact.field)
    assert ENTITIES["Japan"].fact("unheard of") is None


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_relations_resolve(report: Report) -> None:
    """The body above and the ties are entities of the same report."""
    for each in report.layers.entities:
        assert each.parent is (None if each.parent_key is None else report.entities[each.parent_key])
        assert each.parts == tuple(other for other in report.layers.entities if other.parent is each)
        assert [tie.key for tie in each.ties] == list(each.tie_keys)
        assert all(tie is report.entities[tie.key] for tie in each.ties)


def test_relations_of_the_report() -> None:
    """Nobody belongs to itself, in however many steps."""
    assert sum(each.parent is not None for each in ALL) > 10
    for each in ALL:
        above = [each]
        while (parent := above[-1].parent) is not None:
            assert parent not in above
            above.append(parent)


def test_authors() -> None:
    """They are the persons of the panel; a report of which nobody is known has none, and a body is no author."""
    assert {each.key for each in REPORT.authors} == {each.key for each in ALL if each.kind == "person"} - {
        "fukuda-takeo"
    }
    assert all(each.parent is ENTITIES["expert-panel"] for each in REPORT.authors)
    assert of(entity("a", "A")).authors == ()
    issuer = entity("p", REPORT.edition.issuer)
    parts = (entity("a", "A", kind="person", parent_key="p"), entity("b", "B", parent_key="p"))
    assert [each.key for each in of(issuer, *parts).authors] == ["a"]


DETACHED = attrs.evolve(ENTITIES["aha-centre"], parent_key="asean", tie_keys=("asean",))


@pytest.mark.parametrize(
    "asked", [*["mentions", "places", "parent", "parts", "ties", "co_mentions", "other_forms", "homonyms"]]
)
def test_detached_entity(asked: str) -> None:
    """One that belongs to no report knows its own fields only."""
    assert DETACHED.detached
    assert not ENTITIES["aha-centre"].detached
    with pytest.raises(DetachedNodeError) as caught:
        getattr(DETACHED, asked)()
    assert caught.value.ref == "Entity"


@pytest.mark.parametrize("field", ["forms", "demonyms", "tie_keys", "facts"])
def test_no_list_in_an_entity(field: str) -> None:
    """What could be changed later is refused."""
    wrong: Any = {field: []}
    with pytest.raises(ArgumentError) as caught:
        attrs.evolve(DETACHED, **wrong)
    assert (caught.value.argument, caught.value.expected) == (field, "a tuple")


def test_repr_pastes_back() -> None:
    """The repr of a bundled entity finds it again; that of any other builds it again."""
    for each in ALL:
        assert pasted(each) is each
        assert is_shown_well(attrs.evolve(each))
        assert all(is_shown_well(fact) for fact in each.facts)
    by_hand = of(attrs.evolve(ENTITIES["japan"], facts=(), tie_keys=())).entities["japan"]
    assert is_shown_well(by_hand)
    assert pasted(ENTITIES) == ENTITIES
    assert is_shown_well(of(entity("a", "A")).entities)


def test_fact_of_an_entity() -> None:
    """It is a value of its own: three texts, compared by their content, and always researched."""
    fact = EntityFact(field="established", value="1967", source="https://example.org", read="2026-11")
    assert pasted(fact) == fact == attrs.evolve(fact)
    shown = "field='established', value='1967', source='https://example.org', read='2026-11', note=None"
    assert repr(fact) == f"EntityFact({shown})"
    assert (fact.basis, hash(fact)) == (Basis.RESEARCHED, hash(attrs.evolve(fact)))
    assert fact != attrs.evolve(fact, value="1968")
    known = entity("a", "A", facts=(fact, attrs.evolve(fact, value="1968")))
    assert (known.fact("established"), known.fact("signed")) == ("1967", None)
    assert of(known).entities["a"].facts == known.facts


def test_what_an_entity_needs() -> None:
    """Key, name and kind are enough: what is named and not proposed, of which nothing else is known."""
    made = Entity(key="a", name="A", kind="body")
    assert made.names == ("a", "A")
    assert (made.forms, made.demonyms, made.tie_keys, made.facts) == ((), (), (), ())
    assert (made.acronym, made.country, made.parent_key, made.note) == (None, None, None, None)
    assert (made.named, made.proposed) == (True, False)


def test_pickle() -> None:
    """A bundled entity comes back itself, one of another report with its report, a detached one alone."""

    def again(value: Entity) -> Entity:
        found: Entity = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own.
        return found

    assert all(again(each) is each for each in ALL)
    assert (again(DETACHED), again(DETACHED).detached) == (DETACHED, True)
    place = mention("a")
    copied = again(of(entity("a", "A", tie_keys=("a",)), mentions=(place,)).entities["a"])
    assert (copied.ties, copied.mentions) == ((copied,), (place,))
    assert copied.mentions[0].place == REPORT["I.1.s1"]


def test_html() -> None:
    """An entity shows its name, escaped, and where it stands; the collection shows all of them."""
    report = of(entity("a", "<A> & B"), mentions=(mention("a"),))
    shown = report.entities["a"]._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<b>&lt;A&gt; &amp; B</b> (body)" in shown
    assert "<code>I.1.s1</code>" in shown
    assert "<td>&lt;A&gt; &amp; B (body)</td>" in report.entities._repr_html_()  # pyright: ignore[reportPrivateUsage]
