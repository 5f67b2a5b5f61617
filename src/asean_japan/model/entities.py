"""What the report names: bodies, treaties, plans, events, countries, persons and terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias, get_args

import attrs

from asean_japan.arguments import finds, require_text, require_tuple
from asean_japan.errors import AmbiguousNameError, ArgumentError, LimitError, NameNotFoundError
from asean_japan.folding import comparable
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.facts import Mention
from asean_japan.model.forms import OtherForm, spelled
from asean_japan.model.home import Home, Value, ValueMapping
from asean_japan.model.places import Place
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue, TakenAsText

EntityKind: TypeAlias = Literal[
    "agreement",
    "body",
    "country",
    "declaration",
    "event",
    "forum",
    "framework",
    "fund",
    "organization",
    "person",
    "place",
    "plan",
    "program",
    "term",
    "treaty",
]


_WORD = re.compile(r"\w+")
_SMALL = {"a", "and", "for", "in", "of", "on", "the", "to"}
_LONGEST_NAME = 200  # The longest name of the report has about a hundred characters.
_MOST_SUGGESTED = 5
_LIKE_NAME, _LIKE_WORD = 0.9, 0.75  # What counts as a slip of the pen, from 0 to 1.
_SHORTEST_LIKE = 4

# The fields of facts that are names in Japanese, the most usual one first, and those that are identifiers.
_JAPANESE = ("name_ja", "name_ja_in_report", "name_ja_short", "name_ja_formal", "name_ja_in_use")
_IDS = (
    *("wikidata", "ror", "isni", "iso3166_alpha3", "iso3166_numeric", "un_m49", "geonames"),
    *("dac_channel", "unts", "uk_treaty_series", "desta"),
)


@attrs.frozen(kw_only=True, repr=False)
class EntityFact(Shown, PydanticValue):
    """
    Something that is known of an entity from elsewhere, never from the report.

    >>> from asean_japan import load
    >>> [fact.value for fact in load().entities["AHA Centre"].facts if fact.field == "signed"]
    ['2011-11-17']

    Attributes:
        field: What is known: "official_name", "name_ja", "established", "in_force", "parties", "wikidata" ...; the code
            book has the list.
        value: The value; dates are in EDTF.
        source: Where it is said: a page of the body itself, of a government or of a scholarly publisher, or a register.
        read: When that was read, in EDTF.
        note: What is to be known of it, such as a doubt, in one sentence; None if there is nothing.
    """

    field: str
    value: str
    source: str
    read: str
    note: str | None = None

    @property
    def basis(self) -> Basis:
        """Always `Basis.RESEARCHED`."""
        return Basis.RESEARCHED

    def __str__(self) -> str:
        note = f"  {self.note}" if self.note else ""
        return f"{self.field}: {self.value}  ({self.source}, read {self.read}){note}"


@attrs.frozen(eq=False, repr=False)
class Identifiers(Mapping[str, str], Shown, PydanticResult):
    """
    The identifiers of an entity in the registers of others: a frozen mapping by the name of the field.

    >>> from asean_japan import load
    >>> load().entities["OECD"].ids["ror"]
    'https://ror.org/0438wbg98'
    >>> list(load().entities["Manila"].ids)
    ['geonames']

    Attributes:
        pairs: Each field with its value, in the order of the code book.
    """

    pairs: tuple[tuple[str, str], ...] = attrs.field(validator=require_tuple, default=())

    def __getitem__(self, field: str, /) -> str:
        require_text("field", field)
        found = dict(self.pairs)
        if field not in found:
            raise NameNotFoundError(field, tuple(found))
        return found[field]

    def __contains__(self, field: object) -> bool:
        return finds(self.__getitem__, field)

    def __iter__(self) -> Iterator[str]:
        return (field for field, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self.pairs))  # Like dicts, mappings of another order are equal.


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Entity(Value):
    """
    Something that the report names, or that it proposes without a name.

    >>> from asean_japan import load
    >>> entity = load().entities["AOIP"]
    >>> entity.name, entity.kind, len(entity.places)
    ('ASEAN Outlook on the Indo-Pacific', 'framework', 6)

    Attributes:
        key: Stable, lower-case ASCII: "aoip", "asean-charter".
        name: The preferred name: the official one where a source or the report gives it, else as the report prints it;
            our words for what has no name.
        acronym: None if there is none.
        kind: What it is.
        forms: Every form in which the report names it, longest first, slips included; ``()`` for what has no name.
        demonyms: Words made of the name, such as "Japanese".
        country: ISO 3166-1 alpha-2 code of a country, else None.
        parent_key: Key of the body, treaty or program to which it belongs as an organ, a meeting, a program, a part
            or a member; None if neither the report nor a source says so.
        proposed: Whether it exists only as a proposal of the report.
        named: Whether the report gives it a name.
        note: What is odd about it, in our words, or None.
        tie_keys: Keys of what the report itself ties it to.
        facts: What is known from elsewhere, each with its source.
    """

    key: str
    name: str
    acronym: str | None = None
    kind: EntityKind
    forms: tuple[str, ...] = attrs.field(validator=require_tuple, default=())
    demonyms: tuple[str, ...] = attrs.field(validator=require_tuple, default=())
    country: str | None = None
    parent_key: str | None = None
    proposed: bool = False
    named: bool = True
    note: str | None = None
    tie_keys: tuple[str, ...] = attrs.field(validator=require_tuple, default=())
    facts: tuple[EntityFact, ...] = attrs.field(validator=require_tuple, default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Its own names: key, name, acronym, forms, demonyms, its formal name, and those in Japanese; each once."""
        acronym = (self.acronym,) if self.acronym else ()
        known = filter(None, map(self.fact, ("formal_name", *_JAPANESE)))
        return tuple(dict.fromkeys((self.key, self.name, *acronym, *self.forms, *self.demonyms, *known)))

    @property
    def name_ja(self) -> str | None:
        """
        Its name in Japanese: as bodies or governments write it, else as the Japanese report does, else words in use.

        >>> from asean_japan import load
        >>> load().entities["Japan Foundation"].name_ja
        '国際交流基金'
        """
        return next(filter(None, map(self.fact, _JAPANESE)), None)

    @property
    def site(self) -> str | None:
        """
        The address of its own website; None if it is not known.

        >>> from asean_japan import load
        >>> load().entities["ERIA"].site
        'https://www.eria.org'
        """
        return self.fact("official_site")

    @property
    def ids(self) -> Identifiers:
        """
        Its identifiers in the registers of others, by field.

        >>> from asean_japan import load
        >>> load().entities["Japan"].ids["iso3166_alpha3"]
        'JPN'
        """
        found = {fact.field: fact.value for fact in self.facts}
        return Identifiers(tuple((field, found[field]) for field in _IDS if field in found))

    @property
    def other_forms(self) -> tuple[OtherForm, ...]:
        """
        The forms by which other texts name it, and those of its own that mean something else there.

        >>> from asean_japan import load
        >>> [form.form for form in load().entities["WTO"].other_forms if form.language == "en"]
        ['World Trade Organisation', 'W.T.O.', 'WTO']
        """
        return self._known("other forms").forms_of.get(self.key, ())

    @property
    def homonyms(self) -> tuple[OtherForm, ...]:
        """
        Names that are taken for one of its own, but name something else, which the report does not name.

        >>> from asean_japan import load
        >>> [form.form for form in load().entities["CPTPP"].homonyms]
        ['TPP']
        """
        return self._known("homonyms").homonyms_of.get(self.key, ())

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every naming of it, in reading order."""
        return self._known("mentions").mentions_of.get(self.key, ())

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is named: each claim, or node whose heading names it, once, in reading order."""
        return tuple({mention.ref: mention.place for mention in self.mentions}.values())

    @property
    def parent(self) -> Entity | None:
        """The body, treaty or program to which it belongs; None if that is not known."""
        return None if self.parent_key is None else self._known("parent").entities[self.parent_key]

    @property
    def parts(self) -> tuple[Entity, ...]:
        """
        What belongs to it, in the order of the entities.

        >>> from asean_japan import load
        >>> [part.acronym for part in load().entities["ASEAN"].parts]
        ['ACPHEED', 'AHA Centre', None]
        """
        return tuple(each for each in self._known("parts").layers.entities if each.parent_key == self.key)

    @property
    def ties(self) -> tuple[Entity, ...]:
        """What the report itself ties it to."""
        index = self._known("ties")
        return tuple(index.entities[key] for key in self.tie_keys)

    def fact(self, field: str, /) -> str | None:
        """
        What is known of it under a name, or None.

        >>> from asean_japan import load
        >>> load().entities["ASEAN Charter"].fact("in_force")
        '2008-12-15'
        """
        return next((fact.value for fact in self.facts if fact.field == field), None)

    def co_mentions(self) -> tuple[tuple[Entity, int], ...]:
        """
        What is named at the same places, and at how many; most first, then in the order of the entities.

        >>> from asean_japan import load
        >>> [(entity.key, count) for entity, count in load().entities["RCEP"].co_mentions()][:2]
        [('asean', 1), ('wto', 1)]
        """
        index = self._known("co-mentions")
        here = {mention.ref for mention in self.mentions}
        counts = Counter(key for ref in here for key in {mention.key for mention in index.mentions[ref]})
        del counts[self.key]
        order = {key: at for at, key in enumerate(index.entities)}
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], order[pair[0]]))
        return tuple((index.entities[key], count) for key, count in ranked)

    def __str__(self) -> str:
        parent = None if self.detached else self.parent
        above = f"part of {parent.name}" if parent else None
        proposed = "proposed by the report" if self.proposed else None
        about = filter(None, (self.kind, self.acronym, proposed, above))
        return f"{self.name}  ({', '.join(about)})"

    def _path(self) -> str | None:
        return self._keyed_path(self.key)

    def _repr_html_(self) -> str:
        title = f"<b>{display.escaped(self.name)}</b> ({display.escaped(self.kind)})"
        return f"<p>{title}</p>{display.table_html((mention.ref, mention.text) for mention in self.mentions)}"


EntityName: TypeAlias = Annotated[str | Entity, TakenAsText]


class Entities(ValueMapping[Entity]):
    """
    All entities: a frozen mapping by key; a look-up takes a key, an acronym, a name, or any form of the report.

    >>> from asean_japan import load
    >>> entities = load().entities
    >>> entities["AHA Center"] is entities["aha-centre"], entities["Japanese"].key
    (True, 'japan')
    >>> [entity.name for entity in entities.proposed if entity.named]
    ["ASEAN Supporters' Meeting", 'Indo-Pacific Business Advisory Committee', 'AOIP Vision Group']

    Case, dashes, spaces and kinds of quotation marks make no difference. What is no name of the report's own is looked
    up among the names in Japanese and the forms that other texts use, and then without regard to British and American
    spelling, hyphens, spaces and underscores. Any other name raises `NameNotFoundError`, which says what it means if
    that is known, and suggests what is near: a slip of the pen, some words of a name in any order, the code of a
    country. One that means several things raises `AmbiguousNameError`, one that is longer than any `LimitError`.

    >>> entities["国際交流基金"].key, entities["artificial intelligence"].key, entities["United States"].key
    ('japan-foundation', 'artificial-intelligence', 'united-states')
    """

    __slots__ = ()

    @property
    def _parts(self) -> Mapping[str, Entity]:
        return self._index.entities

    def _where(self) -> tuple[Home, str]:
        return self._index.home, "entities"

    def __getitem__(self, name: EntityName, /) -> Entity:
        if isinstance(name, Entity):
            name = name.key
        require_text("name", name)
        if name in self._parts:
            return self._parts[name]
        if len(name) > _LONGEST_NAME:
            raise LimitError("length of a name", len(name), _LONGEST_NAME)
        found = self._meant(name)
        if not found:
            raise self._missing(name)
        if found[1:]:
            raise AmbiguousNameError(name, found)
        return self._parts[found[0]]

    def _meant(self, name: str) -> tuple[str, ...]:
        """Return the keys of all that a name can mean; a homonym means none of them, however it is spelled."""
        index, wanted = self._index, comparable(name)
        if found := index.names.get(wanted) or index.other_names.get(wanted):
            return found
        return () if wanted in index.homonyms else index.spellings.get(spelled(name), ())

    def _missing(self, name: str) -> NameNotFoundError:
        wanted = comparable(name)
        homonyms = self._index.homonyms.get(wanted, ())
        keys = [form.confused_key for form in homonyms if form.confused_key] or self._near(wanted)
        meaning = "; ".join(dict.fromkeys(form.meaning for form in homonyms if form.meaning))
        suggested = tuple(dict.fromkeys(self._parts[key].name for key in keys))[:_MOST_SUGGESTED]
        return NameNotFoundError(name, suggested, meaning, "the report")

    def _near(self, wanted: str) -> list[str]:
        """Return the keys of what is near: the same words, one slip, the code of a country, some of the words."""
        from difflib import get_close_matches

        index = self._index
        known = {**index.other_names, **index.names}
        known |= {comparable(each.country): (each.key,) for each in self._parts.values() if each.country}
        asked = _words(wanted)
        words = {text: _words(text) for text in known}
        same = [text for text in words if asked == words[text]] if asked else []
        close = get_close_matches(wanted, words, n=2 * _MOST_SUGGESTED, cutoff=_LIKE_NAME)
        found = [*same, *close, *_with_all(asked, words)] if len(wanted) > 1 else []
        return [key for text in found for key in known[text]]

    def of_kind(self, kind: EntityKind, /) -> tuple[Entity, ...]:
        """
        Those of a kind.

        >>> from asean_japan import load
        >>> [entity.acronym for entity in load().entities.of_kind("fund")]
        ['JAIF']

        Raises:
            ArgumentError: If *kind* is unknown.
        """
        if kind not in get_args(EntityKind):
            raise ArgumentError("kind", kind, f"one of {', '.join(get_args(EntityKind))}")
        return tuple(entity for entity in self._parts.values() if entity.kind == kind)

    @property
    def proposed(self) -> tuple[Entity, ...]:
        """What exists only as a proposal of the report, in reading order; then what it names nowhere."""
        new = [entity for entity in self._parts.values() if entity.proposed]
        order = {key: at for at, key in enumerate(self._index.mentions_of)}
        return tuple(sorted(new, key=lambda entity: order.get(entity.key, len(order))))

    def by_mentions(self) -> tuple[tuple[Entity, int], ...]:
        """
        All of them with the number of their mentions; most first, then in their own order.

        Counted are the claims and headings, which name what the report does, though not always as many times; what a
        claim borrows counts as well.

        >>> from asean_japan import load
        >>> [(entity.key, count) for entity, count in load().entities.by_mentions()][:2]
        [('asean', 163), ('japan', 128)]
        """
        mentions = self._index.mentions_of
        counted = [(entity, len(mentions.get(entity.key, ()))) for entity in self._parts.values()]
        return tuple(sorted(counted, key=lambda pair: -pair[1]))

    def _repr_html_(self) -> str:
        rows = [(key, f"{entity.name} ({entity.kind})") for key, entity in self._parts.items()]
        return display.table_html(rows)


def _with_all(asked: frozenset[str], words: Mapping[str, frozenset[str]]) -> list[str]:
    """
    Return the names that have all the words, or words that are like them; those that have few others first.

    A slip is seldom in the first letter, so that "youth" is not like "south"; and a short word is not like any other.
    """
    from difflib import get_close_matches

    known = [word for word in frozenset[str]().union(*words.values()) if len(word) >= _SHORTEST_LIKE]
    close = {word: get_close_matches(word, known, n=_MOST_SUGGESTED, cutoff=_LIKE_WORD) for word in asked}
    like = [{word, *(each for each in found if each[0] == word[0])} for word, found in close.items()]
    found = [text for text, has in words.items() if like and all(has & each for each in like)]
    return sorted(found, key=lambda text: len(words[text]))


def _words(text: str) -> frozenset[str]:
    """The words of a plain text, without the small ones that tell nothing apart."""
    return frozenset(_WORD.findall(text)) - _SMALL
