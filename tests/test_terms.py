"""Tests of the term list: a term of art that a sentence has appears in its claim, word for word."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import carry_over
import pytest
import sentences
from harness import CURATION, rows

from asean_japan import Report

ODD_PLURALS = {"children": "child", "crises": "crisis", "fora": "forum", "lives": "life", "people": "person"}
LINKS = re.compile(r"[-/\s\u2010-\u2013]+")  # What may join two words of a term, or may stand in neither.
WORDS = re.compile(r"\w+(?:['\u2019]s?)?")
JOIN = "\0"


class Term(NamedTuple):
    """A term of art, the places whose sentences have it, and how much it matters that it is kept."""

    term: str
    paths: tuple[str, ...]
    weight: str


class Waiver(NamedTuple):
    """A term that the claim of a place does without."""

    term: str
    path: str
    reason: str


TERMS = [Term(row["term"], tuple(row["paths"].split()), row["weight"]) for row in rows(CURATION / "terms.csv")]
WAIVERS = [Waiver(**row) for row in rows(CURATION / "term-waivers.csv")]
PAIRS = [(term.term, path) for term in TERMS for path in term.paths]


def one_number(word: str) -> str:
    """Return what a word has in common with its plural."""
    bare = re.sub(r"['\u2019]s?$", "", word)
    if bare in ODD_PLURALS:
        return ODD_PLURALS[bare]
    if len(bare) < 4 or bare.endswith(("ss", "us", "is")):
        return bare
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if bare.endswith(ending):
            return bare.removesuffix(ending) + instead
    return bare


def phrase(text: str) -> str:
    """Return *text* in one case and number, its words marked at their edges; other punctuation than links is kept."""
    plain = re.sub(r"[\"\u201c\u201d]", "", text.casefold())
    plain = WORDS.sub(lambda found: f"{JOIN}{one_number(found[0])}{JOIN}", plain)
    return LINKS.sub("", plain)


def has(text: str, term: str) -> bool:
    """Tell whether *text* has *term*, in the same words and order, but for number, case and what joins the words."""
    if "," in term:
        text, term = text.replace(",", ""), term.replace(",", "")
    apart = "".join(phrase(word) for word in LINKS.split(term))
    flat = apart.replace(JOIN, "")
    loose = "".join(f"{re.escape(letter)}{JOIN}*" for letter in flat)
    return re.search(f"{JOIN}{loose}(?<={JOIN})", phrase(text)) is not None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Improve supply chain resilience.", "supply chains"),
        ("Support capacity building.", "capacity-building"),
        ("Ensure cybersecurity.", "cyber security"),
        ("The policy-making process.", "policy making process"),
        ('A "middle-income trap".', "middle-income trap"),
        ("The two crises.", "crisis"),
        ("Protect workers' human rights.", "worker human rights"),
        ("prevention, preparedness and response", "prevention, preparedness, and response"),
        ("social maturation/diversification", "social maturation diversification"),
    ],
)
def test_a_term_is_met(text: str, term: str) -> None:
    """Number, case, quotation marks and what joins two words make no difference."""
    assert has(text, term)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("order at sea", "maritime order"),
        ("the order of the sea", "sea order"),
        ("growth, economic in kind", "economic growth"),
        ("trade. Investment grows", "trade investment"),
        ("a new [people-to-people] network", "new network"),
        ("the social policy", "social police"),
        ("the unfair order", "fair order"),
        ("fair orderings", "fair order"),
    ],
)
def test_other_words_are_not_the_term(text: str, term: str) -> None:
    """Other words, another order, and punctuation or a bracket between the words make a difference."""
    assert not has(text, term)


def test_list_is_whole(report: Report) -> None:
    """Each term is listed once, with places of the report in reading order and a weight, by its first place."""
    order = {str(place.ref): at for at, place in enumerate(report.walk())}
    assert len({phrase(term.term) for term in TERMS}) == len(TERMS)
    assert {term.weight for term in TERMS} == {"1", "2", "3"}
    assert [pair for pair in PAIRS if pair[1] not in order] == []
    found = [[order[path] for path in term.paths] for term in TERMS]
    assert [places for places in found if places != sorted(set(places))] == []
    assert [places[0] for places in found] == sorted(places[0] for places in found)


def test_terms_are_kept(report: Report) -> None:
    """Each place has its terms, in one of its claims or in its heading, or a waiver."""
    waived = {(waiver.term, waiver.path) for waiver in WAIVERS}
    lost: list[tuple[str, str]] = []
    for term, path in PAIRS:
        place = report[path].node
        texts = [*(claim.text for claim in place.claims), place.heading or ""]
        if (term, path) not in waived and not any(has(text, term) for text in texts):
            lost.append((path, term))
    assert lost == []


def test_terms_of_a_sentence_are_in_its_claim(source_text: str) -> None:
    """A term stands in a sentence of each of its places or in the heading, and in the claim of each such sentence."""
    claims = carry_over.claims()
    waived = {(waiver.term, waiver.path) for waiver in WAIVERS}
    table: dict[str, Any] = {**sentences.table(source_text)}
    places = {place["ref"]: place for place in table["places"]}
    lost: list[tuple[str, str]] = []
    for term, path in PAIRS:
        place = places[path]
        said = {row["ref"]: sentences.words_of(source_text, row["spans"]) for row in place["sentences"]}
        having = [ref for ref, words in said.items() if has(" ".join(words.split()), term)]
        assert having or (place["heading"] and has(place["heading"]["text"], term)), (path, term)
        lost += [(ref, term) for ref in having if (term, path) not in waived and not has(claims[ref], term)]
    assert lost == []


def test_few_are_waived() -> None:
    """A waiver is for a listed term at one of its places, is needed, gives its reason, and is rare."""
    assert len(set(WAIVERS)) == len(WAIVERS)
    assert [waiver for waiver in WAIVERS if (waiver.term, waiver.path) not in PAIRS or not waiver.reason.strip()] == []
    assert len(WAIVERS) <= 0.02 * len(PAIRS)
