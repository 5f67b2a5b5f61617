"""What the report names: bodies, treaties, plans, events, countries, persons and terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, get_args

import attrs

from asean_japan.arguments import require_text, require_tuple
from asean_japan.errors import AmbiguousNameError, ArgumentError, LimitError, NameNotFoundError
from asean_japan.folding import comparable
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.facts import Mention
from asean_japan.model.home import Home, Value, ValueMapping
from asean_japan.model.places import Place
from asean_japan.pydantic_hooks import PydanticValue, TakenAsText

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


@attrs.frozen(kw_only=True, repr=False)
class EntityFact(Shown, PydanticValue):
    """
    Something that is known of an entity from elsewhere, never from the report.

    >>> from asean_japan import load
    >>> [fact.value for fact in load().entities["AHA Centre"].facts if fact.field == "signed"]
    ['2011-11-17']

    Attributes:
        field: What is known: "official_name", "established", "in_force", "parties", "official_site" ...; the code book
            has the list.
        value: The value; dates are in EDTF.
        source: Where it is said: a page of the body itself, of a government or of a scholarly publisher, or a standard.
    """

    field: str
    value: str
    source: str

    @property
    def basis(self) -> Basis:
        """Always `Basis.RESEARCHED`."""
        return Basis.RESEARCHED

    def __str__(self) -> str:
        return f"{self.field}: {self.value}  ({self.source})"


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
        """All by which it can be looked up: key, name, acronym, forms and demonyms; each once."""
        acronym = (self.acronym,) if self.acronym else ()
        return tuple(dict.fromkeys((self.key, self.name, *acronym, *self.forms, *self.demonyms)))

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

    Case, dashes, spaces and kinds of quotation marks make no difference. A name that is not known raises
    `NameNotFoundError` with suggestions, which go by likeness, by words in any order, and by the code of a country; one
    that means several things raises `AmbiguousNameError`, one that is longer than any `LimitError`.
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
        found = self._index.names.get(comparable(name))
        if found is None:
            raise self._missing(name)
        if found[1:]:
            raise AmbiguousNameError(name, found)
        return self._parts[found[0]]

    def _missing(self, name: str) -> NameNotFoundError:
        from difflib import get_close_matches

        wanted = comparable(name)
        asked = _words(wanted)
        known = [(text, key) for text, keys in self._index.names.items() for key in keys]
        known += [(comparable(each.country), each.key) for each in self._parts.values() if each.country]
        words = {text: _words(text) for text, _ in known}
        same = [text for text in words if asked == words[text]] if asked else []
        close = get_close_matches(wanted, words, n=5, cutoff=0.6)
        part = [text for text in words if asked <= words[text]] if asked and len(wanted) > 1 else []
        found = [*same, *close, *part]
        if not found:  # Then what has half of the words: most of them first, and what has few others.
            some = [text for text in words if 2 * len(asked & words[text]) >= len(asked) > 0]
            found = sorted(some, key=lambda text: (-len(asked & words[text]), len(words[text])))
        keys = dict.fromkeys(key for text in found for other, key in known if other == text)
        return NameNotFoundError(name, tuple(self._parts[key].name for key in keys)[:5])

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


def _words(text: str) -> frozenset[str]:
    """The words of a plain text, without the small ones that tell nothing apart."""
    return frozenset(_WORD.findall(text)) - _SMALL
