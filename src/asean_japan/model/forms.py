"""How texts other than the report name what it names, and names that only look like one of these."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import attrs

from asean_japan import model
from asean_japan.folding import comparable
from asean_japan.model.basis import Basis
from asean_japan.model.home import Value

FormKind: TypeAlias = Literal["form", "homonym"]

# What is spelled in two ways, as far as names have it: British spelling to American spelling.
_AMERICAN = {
    "catalogue": "catalog",
    "centre": "center",
    "colour": "color",
    "defence": "defense",
    "favour": "favor",
    "fibre": "fiber",
    "harbour": "harbor",
    "honour": "honor",
    "isation": "ization",
    "labour": "labor",
    "licence": "license",
    "neighbour": "neighbor",
    "offence": "offense",
    "programme": "program",
    "theatre": "theater",
}
_BRITISH = re.compile("|".join(_AMERICAN))


def spelled(name: str, /) -> str:
    """
    Write a name as one does who is free with spelling: American, and without spaces, hyphens and points.

    >>> spelled("Centre for Co-operation"), spelled("artificial_intelligence"), spelled("U.S.")
    ('centerforcooperation', 'artificialintelligence', 'us')
    """
    american = _BRITISH.sub(lambda found: _AMERICAN[found[0]], comparable(name))
    return "".join(char for char in american if char.isalnum() or char == "+")


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class OtherForm(Value):
    """
    A form by which texts other than the report name an entity, or a name that only looks like one: a homonym.

    >>> from asean_japan import load
    >>> form = next(each for each in load().entities["SSEAYP"].homonyms if each.form == "Ship for World Youth")
    >>> form.kind, form.meaning
    ('homonym', 'another program of the Cabinet Office of Japan')

    Forms are for recognizing names, and not for print. A form that the report prints as well is here only if it has
    another meaning elsewhere.

    Attributes:
        key: Key of the entity that it names; None for a homonym, which names none.
        form: The name, as those texts print it; one in capitals is meant in capitals.
        language: BCP 47 tag: "en", "ja", "fr".
        safe: Whether it names the entity wherever it is printed; if not, the text has to say more. False for a homonym.
        confused_key: Key of the entity for which a homonym is taken; None for a form.
        meaning: What a form can mean other than the entity, or what a homonym is; None if nothing is known.
        source: Where it was seen, or "general knowledge" for a spelling that we know others to use.
    """

    key: str | None = None
    form: str
    language: str
    safe: bool = False
    confused_key: str | None = None
    meaning: str | None = None
    source: str

    @property
    def kind(self) -> FormKind:
        """Whether it names an entity, or only looks as if it did."""
        return "form" if self.key else "homonym"

    @property
    def basis(self) -> Basis:
        """Always `Basis.EDITORIAL`: that a text means an entity by it, and whether it is safe, is our judgment."""
        return Basis.EDITORIAL

    @property
    def entity(self) -> model.Entity | None:
        """The entity that it names, or for which it is taken; None for a homonym that is taken for none."""
        key = self.key or self.confused_key
        return self._known("entity").entities[key] if key else None

    def __str__(self) -> str:
        said: tuple[str | None, ...]
        if self.key:
            said = (self.key, None if self.safe else "not by itself", f"also {self.meaning}" if self.meaning else None)
        else:
            but = "but " if self.confused_key and self.meaning else ""
            said = (f"not {self.confused_key}" if self.confused_key else None, f"{but}{self.meaning or ''}")
        return f"{self.form}: {', '.join(filter(None, said))}"
