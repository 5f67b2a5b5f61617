"""What is wrong with a report or with its data."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult

FindingKind: TypeAlias = Literal[
    "type",
    "edition",
    "kind",
    "mark",
    "heading",
    "gist",
    "empty",
    "text",
    "gap",
    "duplicate",
    "circle",
    "orphan",
    "counterpart",
    "dangling",
    "span",
    "basis",
    "date",
    "code",
    "key",
    "form",
    "digest",
]


@attrs.frozen(kw_only=True, repr=False)
class Finding(Shown, PydanticResult):
    """
    One thing that is wrong with a report or with its data.

    >>> print(Finding(kind="gap", message="I.1.3 where number 2 belongs", path="report.sections[1].children[0]"))
    I.1.3 where number 2 belongs @ report.sections[1].children[0]

    Attributes:
        kind: What sort of fault it is:
            ``type`` a value of another type than its field has;
            ``edition`` a schema version or a date that does not fit;
            ``kind`` a place of another kind than its address says, or a link that leads to such a place;
            ``mark`` a mark that does not fit its style or its address;
            ``heading`` one that is missing, or that should not be there;
            ``gist`` a label of too many words, or of too many characters in Japanese;
            ``empty`` a text, or a place, that says nothing;
            ``text`` stray white space or characters that do not show;
            ``gap`` a number that is left out, or out of turn;
            ``duplicate`` an address, a key or a code that occurs twice, or a mention, a date, a quantity or a link;
            ``circle`` an entity that is its own ancestor, or a link from a place to itself;
            ``orphan`` a place or a claim under another place than its address says;
            ``counterpart`` a pillar without its action area, or the other way round;
            ``dangling`` an address that does not exist, or an unknown key;
            ``span`` offsets outside the text of their place;
            ``basis`` a link or a value with a wrong basis, or without a reason;
            ``date`` a text that is not a date in EDTF;
            ``code`` a code that its code book does not have, or none at all;
            ``key`` one of other characters than lower-case ASCII letters, digits, hyphens and underscores;
            ``form`` a homonym that is safe or of which nothing is known, or a form that is taken for another entity;
            ``digest`` a bundled file that is not the one described in the manifest.
        message: What is wrong.
        path: Where, from the whole down: ``report.sections[1].children[0].gist``, or a bundled file.
    """

    kind: FindingKind
    message: str
    path: str

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"
