"""All places of one kind, by any form of an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, overload

import attrs

from asean_japan.errors import RefNotFoundError
from asean_japan.model import display
from asean_japan.model.home import Home, HomeMapping
from asean_japan.model.places import Address, Claim, Place
from asean_japan.refs import Ref

_P = TypeVar("_P", bound=Place)
_D = TypeVar("_D")


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class Places(HomeMapping[Ref, _P]):
    """
    All places of one kind: a frozen mapping in reading order, by any form of an address.

    >>> from asean_japan import load
    >>> items = load().action_items
    >>> len(items), items["III-2-④"] is items["III.2.4"]
    (20, True)
    >>> [pillar.gist for pillar in load().pillars.values()][0]
    'Free, open, rules-based, and fair regional order'

    Keys are `Ref`; a look-up takes whatever `Report.resolve` takes. An address of another kind raises
    `RefNotFoundError`, as does one that does not exist.
    """

    _home: Home
    _attribute: str
    _by_ref: Mapping[Ref, _P]

    @property
    def _parts(self) -> Mapping[Ref, _P]:
        return self._by_ref

    def _where(self) -> tuple[Home, str]:
        return self._home, self._attribute

    def __getitem__(self, address: Address, /) -> _P:
        place = self._home[address]
        if place.ref in self._by_ref:
            return self._by_ref[place.ref]
        near = [*place.ref.parents, *(ref for ref in self._by_ref if ref.is_relative_to(place.ref))]
        near = [ref for ref in near if ref in self._by_ref] or list(self._by_ref)
        text = str(place.ref if address is place else address)
        raise RefNotFoundError(text, str(place.ref), tuple(map(str, near)), (), among=self._attribute)

    @overload
    def get(self, address: Address, /) -> _P | None: ...
    @overload
    def get(self, address: Address, default: _P | _D, /) -> _P | _D: ...
    def get(self, address: Address, default: object = None, /) -> object:
        """
        Return the place at an address, or *default* if the collection has none there.

        >>> from asean_japan import load
        >>> load().pillars.get("III.2") is None
        True

        Raises what `Report.get` raises.
        """
        try:
            return self[address]
        except RefNotFoundError:
            return default

    def __str__(self) -> str:
        lines = (f"{place.cite()}  {_line(place)}" for place in self._by_ref.values())
        return "\n".join(lines) or display.NONE_FOUND

    def _repr_html_(self) -> str:
        return display.table_html((ref, _line(place)) for ref, place in self._by_ref.items())


def _line(place: Place) -> str:
    return place.text if isinstance(place, Claim) else display.title(place.node)
