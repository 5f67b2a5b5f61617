"""Tests of the names: what the report names, where it names it, and what has a capital and is no name."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import mentions
import pytest
from harness import CURATION, PAGES
from sentences import TABLE, words_of

Json: TypeAlias = Any
Span: TypeAlias = "tuple[int, int]"
Row: TypeAlias = "dict[str, str]"

CODE_BOOK = PAGES / "data" / "entities.md"
NOT_NAMES = CURATION / "not-names.csv"
IN_SOURCE = CURATION / "names-in-source.csv"
TIES = CURATION / "ties.csv"

ENTITIES: dict[str, Json] = mentions.entities()
MENTIONS: list[Json] = json.loads(mentions.MENTIONS.read_text("utf-8"))["mentions"]
TEXTS = mentions.texts()
RULINGS = mentions.rulings()

FIELDS = [
    "key", "name", "acronym", "kind", "forms", "demonyms", "country", "parent_key", "proposed", "named", "note",
    "tie_keys", "facts",
]  # fmt: skip
COUNTRIES = {
    "china": "CN",
    "indonesia": "ID",
    "japan": "JP",
    "myanmar": "MM",
    "philippines": "PH",
    "russia": "RU",
    "ukraine": "UA",
    "united-states": "US",
}
PROPOSED = {
    "III.1.5.1.s1": "judicial-consultations",
    "III.1.6.2.s1": "cyber-resilience-mechanism",
    "III.2.1.2.b.s1": "economic-security-consultative-framework",
    "III.2.2.1.s1": "economic-resilience-successor-plan",
    "III.2.4.3.b.s1": "asean-supporters-meeting",
    "III.2.4.4.b.s1": "environmental-risk-monitoring-mechanism",
    "III.2.6.s1": "cooperation-study-group",
    "III.2.6.6.s1": "indo-pacific-business-advisory-committee",
    "III.2.6.7.s1": "aoip-vision-group",
    "III.3.1.5.s1": "journalist-scheme",
    "III.3.3.1.s1": "policy-community-exchange-mechanism",
    "III.3.3.9.s1": "qualification-platform",
    "III.3.4.4.s1": "youth-dispatch-system",
}
UNMENTIONED = {  # Why no claim names them.
    "expert-panel": "named on the title page",
    "asean-japan-summit": "named inside the title of a statement",
    "unfccc": "named inside the name of its conference",
}
OUR_NAMES = {  # Names that are neither a form nor official.
    "coc": "the report's words without the acronym that stands among them",
    "defense-equipment-transfer-agreements": "the report's words, of which the claim keeps the title",
    "technical-intern-training-program": "with a capital",
}
SECTIONS = {  # Mentions in claims as stated, in claims as borrowed, and in headings.
    "0": (39, 0, 0),
    "I": (116, 9, 2),
    "II": (51, 6, 4),
    "III": (246, 1, 4),
    "IV": (23, 1, 0),
}

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}-\d{2}-\d{2})?")
DATES = {
    *("established", "first_held", "started", "held", "announced", "adopted", "signed", "in_force", "japan_joined"),
}
HOSTS = {  # Whose pages the facts cite, by what their keepers are.
    "body": """
        ab.jcci.or.jp admm.asean.org ahacentre.org ameicc.org aptfsis.org ariseplus.asean.org
        asean.org aseanplusthree.asean.org asiawa.jpf.go.jp connectivity.asean.org jaif.asean.org the-easia.org
        theaseanmagazine.asean.org tr.jpf.go.jp v3.eria.org www.apterr.org www.asean.or.jp www.aseanregionalforum.org
        www.bio.titech.ac.jp www.doyukai.or.jp www.expo2025.or.jp www.fao.org www.jetro.go.jp www.jica.go.jp
        www.jpf.go.jp www.jst.go.jp www.kobe-cufs.ac.jp www.nids.mod.go.jp www.un.org
    """,
    "government or parliament": """
        aph.gov.au asean.mfa.go.th en.kremlin.ru japan.kantei.go.jp journal.meti.go.jp jp.usembassy.gov mfa.go.th
        mfa.gov.sg tenbou.nies.go.jp www.aph.gov.au www.asean.emb-japan.go.jp www.city.saijo.ehime.jp
        www.clearing.mod.go.jp www.dfat.gov.au www.digital.go.jp www.eeas.europa.eu www.env.go.jp www.japan.go.jp
        www.maff.go.jp www.meti.go.jp www.mfat.govt.nz www.mlit.go.jp www.mod.go.jp www.mofa.go.jp www.mtib.gov.my
        www.oecd.emb-japan.go.jp www.ph.emb-japan.go.jp www.pref.ehime.jp www.pref.hiroshima.lg.jp www8.cao.go.jp
    """,
    "scholarly publisher": """
        avatoli.ioc.u-tokyo.ac.jp cil.nus.edu.sg cir.nii.ac.jp digitalcommons.law.ggu.edu heinonline.org
        ir.lib.hiroshima-u.ac.jp kaken.nii.ac.jp link.springer.com worldjpn.net www.ioc.u-tokyo.ac.jp
        www.jstage.jst.go.jp
    """,
    "data set, kept and read whole": "github.com",
}
CAPITALS = re.compile(r"(?<!\w)\w*[A-Z]\w*(?: \w*[A-Z]\w*)*")
QUOTED = re.compile(r'"([^"]+)"')


def rows(path: Path) -> list[Row]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(mention: Json) -> str:
    """Give the words that name."""
    return TEXTS[mention["ref"]][mention["start"] : mention["end"]]


def of(entity: str) -> list[Json]:
    """Give the mentions of *entity*."""
    return [mention for mention in MENTIONS if mention["key"] == entity]


def spans(place: str) -> list[Span]:
    """Give where the mentions of *place* stand."""
    return [(mention["start"], mention["end"]) for mention in MENTIONS if mention["ref"] == place]


def occurrences(form: str, text: str) -> list[Span]:
    """Find *form* wherever it stands at a word's edge, without the pattern of the script."""
    found: list[Span] = []
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        before, after = text[:start][-1:], text[end : end + 1]
        if not any(edge.isalnum() or edge == "_" for edge in (before, after)):
            found.append((start, end))
        start = text.find(form, start + 1)
    return found


def capitals(text: str, named: list[Span]) -> Iterator[str]:
    """Yield the runs of capitalised words that no name covers, without the capital that opens the text."""
    bare = text
    for start, end in named:
        bare = bare[:start] + "·" * (end - start) + bare[end:]
    opening = re.match(r"[^\w·]*", bare)
    assert opening
    for found in CAPITALS.finditer(bare):
        run = found[0]
        if found.start() == opening.end():
            run = run.partition(" ")[2]
        if run:
            yield run


def table_of(heading: str) -> list[str]:
    """Give the names in the first column of the table below *heading* in the code book, in order."""
    page = CODE_BOOK.read_text("utf-8").partition(f"\n{heading}\n")[2].partition("\n#")[0]
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


# Entities.


def test_entities_are_in_canonical_form() -> None:
    """The file is plain JSON, in the order of the kinds in the code book and of the keys."""
    text = mentions.ENTITIES.read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    kinds = table_of("### Kinds")
    found = json.loads(text)["entities"]
    assert found == sorted(found, key=lambda entity: (kinds.index(entity["kind"]), entity["key"]))
    assert {entity["kind"] for entity in found} == set(kinds)


def test_entities_have_the_fields_of_the_code_book() -> None:
    """Each entity has all fields, in order, and no other."""
    assert table_of("## Entities") == FIELDS
    assert {tuple(entity) for entity in ENTITIES.values()} == {tuple(FIELDS)}


def test_keys_are_unique_and_plain() -> None:
    """Each key is one entity's, in small letters, digits and hyphens."""
    listed = [entity["key"] for entity in json.loads(mentions.ENTITIES.read_text("utf-8"))["entities"]]
    assert Counter(listed).most_common(1)[0][1] == 1
    assert [key for key in listed if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_names_are_unique() -> None:
    """No two entities share a name, a form or a demonym."""
    names = [name for entity in ENTITIES.values() for name in {entity["name"], *entity["forms"], *entity["demonyms"]}]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_forms_are_longest_first() -> None:
    """Forms are ordered by length, then by letter."""
    for entity in ENTITIES.values():
        assert entity["forms"] == sorted(entity["forms"], key=lambda form: (-len(form), form)), entity["key"]


def test_only_the_named_have_forms() -> None:
    """What is named has a form, and what is described or is an author has none."""
    bare = {key for key, entity in ENTITIES.items() if not entity["forms"]}
    assert bare == {key for key, entity in ENTITIES.items() if not entity["named"]}
    panel = {key for key, entity in ENTITIES.items() if entity["parent_key"] == "expert-panel"}
    assert {ENTITIES[key]["kind"] for key in panel} == {"person"}
    assert panel <= bare


def test_names_are_printed_or_official() -> None:
    """A name is one that the report prints or that a source gives."""
    ours: set[str] = set()
    for key, entity in ENTITIES.items():
        official = {fact["value"] for fact in entity["facts"] if fact["field"] == "official_name"}
        if entity["named"] and entity["name"] not in official | set(entity["forms"]):
            ours.add(key)
    assert ours == OUR_NAMES.keys()


def test_acronyms_are_printed_or_have_a_source() -> None:
    """An acronym stands in a form, or is among the facts."""
    printed = [form for entity in ENTITIES.values() for form in entity["forms"]]
    for key, entity in ENTITIES.items():
        found = [fact["value"] for fact in entity["facts"] if fact["field"] == "acronym"]
        assert found in ([], [entity["acronym"]]), key
        if entity["acronym"]:
            assert bool(found) != any(occurrences(entity["acronym"], form) for form in printed), key


def test_links_between_entities_resolve() -> None:
    """Parents and ties are entities, no entity is its own, and ties go both ways."""
    for key, entity in ENTITIES.items():
        assert entity["parent_key"] is None or entity["parent_key"] in ENTITIES.keys() - {key}
        assert entity["tie_keys"] == sorted(set(entity["tie_keys"]) - {key})
        assert all(key in ENTITIES[tie]["tie_keys"] for tie in entity["tie_keys"])


def test_parents_are_bodies_treaties_and_programs() -> None:
    """Texts belong to none, and neither they nor states have parts."""
    parts = {entity["kind"] for entity in ENTITIES.values() if entity["parent_key"]}
    assert parts == {"organization", "forum", "program", "person"}
    wholes = {ENTITIES[entity["parent_key"]]["kind"] for entity in ENTITIES.values() if entity["parent_key"]}
    assert wholes == {"organization", "body", "treaty", "program"}


def test_parents_end() -> None:
    """No entity is above itself."""
    for key in ENTITIES:
        above, seen = ENTITIES[key]["parent_key"], {key}
        while above:
            assert above not in seen
            seen.add(above)
            above = ENTITIES[above]["parent_key"]


def groups(row: Row) -> list[list[str]]:
    """Give the groups of entities of a clause; those of two groups are tied."""
    return [group.split(";") for group in row["groups"].split(" | ") if group]


def short_forms(key: str) -> list[str]:
    """Give the printed forms of an entity, and its acronym."""
    return [*ENTITIES[key]["forms"], *filter(None, [ENTITIES[key]["acronym"]])]


def test_ties_are_those_of_the_table() -> None:
    """Ties join the groups of a clause, and a printed form with the form or acronym that stands in it."""
    tied = {
        (one, other)
        for row in rows(TIES)
        for number, group in enumerate(groups(row))
        for later in groups(row)[number + 1 :]
        for one in group
        for other in later
    }
    apart = {key for key, entity in ENTITIES.items() if key == "asean" or entity["kind"] in {"country", "place"}}
    tied |= {
        (key, other)
        for key, entity in ENTITIES.items()
        for other in ENTITIES.keys() - apart - {key}
        if any(occurrences(inner, form) for form in entity["forms"] for inner in short_forms(other))
    }
    assert {(key, tie) for key, entity in ENTITIES.items() for tie in entity["tie_keys"]} == tied | {
        (other, one) for one, other in tied
    }


def test_ties_are_stated() -> None:
    """The entities of a clause are named by its claim, as stated; every claim with two but the pair has a row."""
    named: dict[str, set[str]] = {place: set() for place in TEXTS}
    for mention in MENTIONS:
        if mention["basis"] == "stated":
            named[mention["ref"]].add(mention["key"])
    table = rows(TIES)
    for row in table:
        assert {key for group in groups(row) for key in group} <= named[row["place"]], row
        assert groups(row) or row["left_out"], row
    listed = [row["place"] for row in table]
    assert listed == sorted(listed, key=list(TEXTS).index)
    pair = {"asean", "japan"}
    assert {place for place, keys in named.items() if len(keys) > 1 and keys != pair} <= set(listed)


def test_countries_have_codes() -> None:
    """Countries, and nothing else, have the code of ISO 3166-1."""
    assert {key: entity["country"] for key, entity in ENTITIES.items() if entity["country"]} == COUNTRIES
    assert {key for key, entity in ENTITIES.items() if entity["kind"] == "country"} == COUNTRIES.keys()


def test_proposals_stand_where_they_are_made() -> None:
    """What exists only as a proposal is mentioned once, where section III makes it."""
    proposed = {key for key, entity in ENTITIES.items() if entity["proposed"]}
    assert [(mention["ref"], mention["key"]) for mention in MENTIONS if mention["key"] in proposed] == list(
        PROPOSED.items()
    )
    assert proposed == set(PROPOSED.values())


def test_described_entities_say_so() -> None:
    """What has no name is a proposal, an author, or has a note."""
    silent = {key for key, entity in ENTITIES.items() if not (entity["named"] or entity["proposed"] or entity["note"])}
    assert {ENTITIES[key]["parent_key"] for key in silent} == {"expert-panel"}


def test_facts_have_sources() -> None:
    """Each fact is of a listed field, stands once, is dated in EDTF, and cites a page of the kinds allowed."""
    allowed = set(table_of("### Facts"))
    for key, entity in ENTITIES.items():
        fields = [fact["field"] for fact in entity["facts"]]
        assert len(set(fields)) == len(fields), key
        for fact in entity["facts"]:
            assert list(fact) == ["field", "value", "source", "read", "note"]
            assert re.fullmatch(r"2026-1[0-2](-\d\d)?", fact["read"]), key
            assert fact["note"] is None or re.fullmatch(r"\S.*\S\.\"?", fact["note"]), key
            assert fact["field"] in allowed, key
            assert fact["value"].strip() == fact["value"] != ""
            assert fact["field"] not in DATES or DATE.fullmatch(fact["value"]), key
            assert re.match(r"https?://|ISO 3166-1\b", fact["source"]), key


def test_sources_are_pages_of_those_allowed() -> None:
    """Each cited host is listed once: of a body, a government or parliament, a scholarly publisher, or a data set."""
    cited = {urlsplit(str(fact["source"])).hostname for entity in ENTITIES.values() for fact in entity["facts"]}
    listed = [host for hosts in HOSTS.values() for host in hosts.split()]
    assert sorted(listed) == sorted(filter(None, cited))


def test_every_field_of_facts_is_used() -> None:
    """The code book lists no field that no fact has."""
    assert {fact["field"] for entity in ENTITIES.values() for fact in entity["facts"]} == set(table_of("### Facts"))


def test_members_of_the_panel_have_role_and_affiliation() -> None:
    """Each says who sits on the panel as what, with the page that says so."""
    roles: Counter[str] = Counter()
    for entity in ENTITIES.values():
        if entity["parent_key"] == "expert-panel":
            facts = {fact["field"]: fact["value"] for fact in entity["facts"]}
            assert facts["affiliation"]
            roles[facts["role"]] += 1
    assert roles == {"chair of the Expert Panel": 1, "member of the Expert Panel": 9}


def test_every_form_is_met() -> None:
    """Each form stands in a mention of its entity, inside another name, or in the report in words that no claim has."""
    elsewhere = {(row["entity"], row["text"]) for row in rows(IN_SOURCE)}
    printed = {key: [words(mention) for mention in of(key)] for key in ENTITIES}
    inside = {key: [words(mention) for mention in MENTIONS] for key in UNMENTIONED}
    idle = [
        (key, form)
        for key, entity in ENTITIES.items()
        for form in entity["forms"] + entity["demonyms"]
        if not any(occurrences(form, text) for text in printed[key] + inside.get(key, []))
        and (key, form) not in elsewhere
    ]
    assert idle == []


def test_every_entity_is_mentioned() -> None:
    """All are mentioned but for the members of the panel, and those of which it is said why."""
    silent = {key for key, entity in ENTITIES.items() if not of(key) and entity["parent_key"] != "expert-panel"}
    assert silent == UNMENTIONED.keys()


# Mentions.


def test_mentions_are_those_of_the_script() -> None:
    """The script makes the file from the names and the claims."""
    assert mentions.MENTIONS.read_text("utf-8") == mentions.dump(mentions.mentions()), "run mentions.py --write"


def test_mentions_are_whole() -> None:
    """Each names an entity in a claim or heading, in reading order."""
    order = {place: number for number, place in enumerate(TEXTS)}
    assert {tuple(mention) for mention in MENTIONS} == {("ref", "start", "end", "basis", "key")}
    assert {mention["key"] for mention in MENTIONS} <= ENTITIES.keys()
    keys = [(order[mention["ref"]], mention["start"], -mention["end"]) for mention in MENTIONS]
    assert keys == sorted(set(keys))


def test_mentions_say_a_form() -> None:
    """At each span stands a form or demonym of the entity, letter for letter, or the words of a ruling."""
    ruled = {(row["place"], row["form"], row["entity"]) for row in RULINGS}
    odd = [
        mention
        for mention in MENTIONS
        if words(mention) not in ENTITIES[mention["key"]]["forms"] + ENTITIES[mention["key"]]["demonyms"]
        and (mention["ref"], words(mention), mention["key"]) not in ruled
    ]
    assert odd == []


def test_mentions_do_not_overlap() -> None:
    """Only a description holds other mentions, and it holds them whole."""
    for place in TEXTS:
        here = [mention for mention in MENTIONS if mention["ref"] == place]
        for number, first in enumerate(here):
            for second in here[number + 1 :]:
                if second["start"] < first["end"]:
                    assert not ENTITIES[first["key"]]["named"], (place, words(first))
                    assert second["end"] <= first["end"], (place, words(second))
                    assert words(second) != words(first), (place, words(second))


def test_longest_name_wins() -> None:
    """Wherever a form stands, it is a mention or lies in a longer one."""
    named = [mention for mention in MENTIONS if ENTITIES[mention["key"]]["named"]]
    stray: list[tuple[str, str]] = []
    for place, text in TEXTS.items():
        here = [(mention["start"], mention["end"], mention["key"]) for mention in named if mention["ref"] == place]
        for form, key in mentions.forms().items():
            for start, end in occurrences(form, text):
                around = [span for span in here if span[0] <= start and end <= span[1]]
                if len(around) != 1 or (around[0][:2] == (start, end) and around[0][2] != key):
                    stray.append((place, form))
    assert stray == []


def test_bare_pair_names_both() -> None:
    """A bare ASEAN-Japan is a mention of ASEAN and one of Japan, and inside a name it is neither."""
    bare = 0
    for place, text in TEXTS.items():
        for start, _ in occurrences("ASEAN-Japan", text):
            here = {
                (mention["start"] - start, mention["key"])
                for mention in MENTIONS
                if mention["ref"] == place and mention["start"] in {start, start + 6}
            }
            if {(0, "asean"), (6, "japan")} <= here:
                bare += 1
            else:
                assert "asean" not in {entity for _, entity in here}
                assert (6, "japan") not in here
    assert bare == 31


def test_borrowed_words_are_editorial() -> None:
    """A mention is editorial exactly if it stands in square brackets."""
    for mention in MENTIONS:
        text, depth = TEXTS[mention["ref"]], 0
        for character in text[: mention["start"]]:
            depth += {"[": 1, "]": -1}.get(character, 0)
        assert mention["basis"] == ("editorial" if depth else "stated"), mention


@pytest.mark.parametrize("section", SECTIONS)
def test_counts_of_a_section(section: str) -> None:
    """Each section has its share of mentions."""
    counts: Counter[str] = Counter()
    for mention in MENTIONS:
        place = mention["ref"]
        if place.partition(".")[0] == section:
            counts[mention["basis"] if re.search(r"\.s\d+$", place) else "heading"] += 1
    assert (counts["stated"], counts["editorial"], counts["heading"]) == SECTIONS[section]


# Rulings and exceptions.


def test_rulings_are_whole() -> None:
    """Each names words that stand once in its place, an entity or none, and a reason."""
    assert {tuple(row) for row in RULINGS} == {tuple(mentions.COLUMNS)}
    for row in RULINGS:
        assert TEXTS[row["place"]].count(row["form"]) == 1, row
        assert row["entity"] in ENTITIES.keys() | {mentions.NONE}, row
        assert row["reason"].strip(), row
    assert len({(row["place"], row["form"]) for row in RULINGS}) == len(RULINGS)
    order = list(TEXTS)
    keys = [(order.index(row["place"]), TEXTS[row["place"]].index(row["form"])) for row in RULINGS]
    assert keys == sorted(keys)


def test_no_ruling_is_idle() -> None:
    """Without it, the mentions of its place would be others."""
    names = mentions.forms()
    for row in RULINGS:
        place, rules = row["place"], [other for other in RULINGS if other["place"] == row["place"]]
        without = [other for other in rules if other is not row]
        held, found = (list(mentions.in_place(place, TEXTS[place], names, some)) for some in (rules, without))
        assert held != found, row


def test_ruling_can_say_none() -> None:
    """Words that a ruling calls no name are no mention, and neither is what is in them."""
    rule = {"place": "x", "form": "Japan Times", "entity": mentions.NONE, "reason": "a paper"}
    found = mentions.in_place("x", "Japan and the Japan Times", mentions.forms(), [rule])
    assert [mention["start"] for mention in found] == [0]


def test_every_capital_is_a_name_or_listed() -> None:
    """What has a capital is a mention, opens its sentence, or is listed as no name; and no row of the list is idle."""
    found = {run for place, text in TEXTS.items() for run in capitals(text, spans(place))}
    listed = {row["text"] for row in rows(NOT_NAMES)}
    assert (sorted(found - listed), sorted(listed - found)) == ([], [])


@pytest.mark.parametrize(
    ("text", "named", "left"),
    [
        ("The Foo met Bar Baz.", [(4, 7)], ["Bar Baz"]),
        ("Meet FAO, an e-ASIA body.", [], ["FAO", "ASIA"]),
        ("[For Foo] it is.", [], ["Foo"]),
        ("ASEAN-led Foo's.", [(0, 5)], ["Foo"]),
        ("Only the first is large.", [], []),
    ],
)
def test_capitals_are_seen(text: str, named: list[Span], left: list[str]) -> None:
    """The check of capitals sees what it is there for."""
    assert list(capitals(text, named)) == left


def test_every_quoted_term_is_a_name() -> None:
    """What stands in quotation marks is a mention or holds one."""
    odd = [
        (place, found[0])
        for place, text in TEXTS.items()
        for found in QUOTED.finditer(text)
        if not any(start < found.end() and found.start() < end for start, end in spans(place))
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("path", "columns"),
    [(NOT_NAMES, ["text", "reason"]), (IN_SOURCE, ["place", "text", "entity", "reason"])],
)
def test_exceptions_have_reasons(path: Path, columns: list[str]) -> None:
    """Each row is filled, and stands once."""
    found = rows(path)
    assert {tuple(row) for row in found} == {tuple(columns)}
    assert all(cell.strip() for row in found for cell in row.values())
    assert len({tuple(row.values())[:-1] for row in found}) == len(found)


# Against a copy of the report.


def plain(text: str) -> str:
    """Write quotation marks as the claims have them."""
    return text.translate(str.maketrans("“”’", '""\''))


@pytest.fixture(scope="module")
def stated(source_text: str) -> dict[str, str]:
    """Return the sentences of the copy, by their addresses."""
    return {
        row["ref"]: plain(words_of(source_text, row["spans"]))
        for place in json.loads(TABLE.read_text("utf-8"))["places"]
        for row in place["sentences"]
    }


def test_report_and_claims_name_the_same(stated: dict[str, str]) -> None:
    """Sentence by sentence, what the report names is what its claim names, or listed."""
    names = mentions.forms()
    pattern = mentions.pattern(list(names))
    named = {key for key, entity in ENTITIES.items() if entity["named"]}
    differ: list[tuple[str, set[str]]] = []
    for ref, sentence in stated.items():
        theirs = {names[found[0]] for found in pattern.finditer(sentence)}
        theirs |= {row["entity"] for row in rows(IN_SOURCE) if row["place"] == ref}
        ours = {mention["key"] for mention in MENTIONS if (mention["ref"], mention["basis"]) == (ref, "stated")}
        if (theirs ^ ours) & named:
            differ.append((ref, (theirs ^ ours) & named))
    assert differ == []


def test_every_capital_and_quoted_term_of_the_report_is_a_name_or_listed(stated: dict[str, str]) -> None:
    """What the report prints with a capital or in quotation marks is named by the claim, or listed."""
    pattern = mentions.pattern(list(mentions.forms()))
    nowhere = {row["text"] for row in rows(NOT_NAMES)}
    listed = {(row["place"], row["text"]) for row in rows(IN_SOURCE)}
    left: set[tuple[str, str]] = set()
    for ref, sentence in stated.items():
        named = [found.span() for found in pattern.finditer(sentence)]
        named += [span for place, text in listed if place == ref for span in occurrences(text, sentence)]
        left |= {(ref, run) for run in capitals(sentence, named) if run not in nowhere}
        for found in QUOTED.finditer(sentence):
            if not any(start < found.end() and found.start() < end for start, end in named):
                left.add((ref, found[0]))
    assert left == set()


def test_rows_on_the_report_are_not_idle(stated: dict[str, str], source_text: str) -> None:
    """What is listed stands in the sentence, and is either no form or one that no claim has."""
    pattern = mentions.pattern(list(mentions.forms()))
    for row in rows(IN_SOURCE):
        sentence = stated.get(row["place"], source_text)
        covered = [found.span() for found in pattern.finditer(sentence)]
        here = occurrences(row["text"], sentence)
        assert here, row
        assert row["entity"] in ENTITIES.keys() | {mentions.NONE}, row
        known = all(any(first <= start and end <= last for first, last in covered) for start, end in here)
        assert not (known and any(row["text"] in text for text in TEXTS.values())), row
