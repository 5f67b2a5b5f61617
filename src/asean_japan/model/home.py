"""
The report as its parts see it, and what all its parts have in common.

A place or a value is plain: what it belongs to is not part of it. A hidden slot leads to the index of its report, and
equality, hashing and `repr` ignore that slot.
"""

from __future__ import annotations

import abc
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

import attrs

from asean_japan import model
from asean_japan.arguments import finds, require_text
from asean_japan.errors import DetachedNodeError, NameNotFoundError
from asean_japan.model import display
from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue

_K = TypeVar("_K")
_V = TypeVar("_V")


class Home(PydanticValue, abc.ABC):
    """The report as its places and values see it; `Report` implements it."""

    __slots__ = ()

    edition: model.Edition

    @property
    @abc.abstractmethod
    def origin(self) -> str | None:
        """The expression that returns the report again; None if it was built by hand."""

    @abc.abstractmethod
    def place_index(self) -> model.Index:
        """Return where every place is."""

    @abc.abstractmethod
    def layer_index(self) -> model.LayerIndex:
        """Return where every value of the layers is; built when first asked for."""

    @property
    def layers(self) -> model.Layers:
        """All that is known beyond the sentences; read when first asked for."""
        return self.layer_index().layers

    @property
    @abc.abstractmethod
    def entities(self) -> model.Entities:
        """What the report names: bodies, treaties, plans, countries, persons, terms; by key, acronym or any form."""

    @property
    @abc.abstractmethod
    def overlays(self) -> model.Overlays:
        """The overlays: codes laid over places; by key."""

    @abc.abstractmethod
    def walk(self, *, kind: model.Kind | None = None) -> model.Nodes[model.Node]:
        """Return every node, or those of a kind."""

    @abc.abstractmethod
    def __getitem__(self, address: model.Address, /) -> model.Place:
        """Return the place at an address."""


class _Indexed(Protocol):
    """An index of a report."""

    @property
    def home(self) -> Home:
        """The report."""
        ...


_I = TypeVar("_I", bound=_Indexed)


class AtHome(Shown, PydanticValue, Generic[_I]):
    """
    A part of a report: a place, or a value of a layer.

    >>> from asean_japan import load
    >>> load()["III.2.4"].detached, load().dates[0].detached
    (False, False)
    """

    __slots__ = ("__weakref__", "_index")

    if TYPE_CHECKING:  # What reads data resolves the annotations of fields, and this is none.
        _index: _I

    @property
    def detached(self) -> bool:
        """Whether it belongs to no report, and so knows nothing of its neighbors."""
        return not hasattr(self, "_index")

    def _known(self, asked: str) -> _I:
        """Return the index of the report, which knows what was asked for."""
        try:
            return self._index
        except AttributeError:
            raise DetachedNodeError(self._name(), asked) from None

    def _name(self) -> str:
        """Return what an error calls it."""
        return type(self).__name__

    def _finder(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Return the function, and its arguments, by which a pickle finds it in its report again."""
        raise NotImplementedError

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return (_rebuilt, (type(self), display.fields_of(self))) if self.detached else self._finder()


def _rebuilt(cls: Callable[..., object], fields: dict[str, object]) -> object:
    """Build a detached value again; what pickles call."""
    return cls(**fields)


class Value(AtHome["model.LayerIndex"]):
    """A value of a layer: an entity, a mention, a date, a quantity, a link or an overlay."""

    __slots__ = ("_row",)

    if TYPE_CHECKING:
        _row: tuple[str, int]  # In which collection of the layers it is, and where.

    def _finder(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _value_at, (self._index.home, *self._row)

    def _keyed_path(self, key: str) -> str | None:
        """Return the path of a value that has a key."""
        if self.detached or not self._index.home.origin:
            return None
        return f"{self._index.home.origin}.{self._row[0]}[{key!r}]"


def _value_at(home: Home, collection: str, position: int) -> object:
    """Find a value again; what pickles call."""
    return getattr(home.layers, collection)[position]


class HomeMapping(Mapping[_K, _V], PydanticResult):
    """A frozen mapping of parts of a report, in a fixed order; what a look-up takes is up to each mapping."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def _parts(self) -> Mapping[_K, _V]:
        """All of them by their keys."""

    @abc.abstractmethod
    def _where(self) -> tuple[Home, str]:
        """Return the report, and its attribute that is this mapping."""

    def __iter__(self) -> Iterator[_K]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, key: object) -> bool:
        return finds(self.__getitem__, key)

    def __hash__(self) -> int:
        return hash(frozenset(self._parts))  # Like dicts, mappings of another order are equal.

    def __repr__(self) -> str:
        home, name = self._where()
        return f"{home!r}.{name}" if home.origin else f"<{type(self).__name__}: {len(self)} {name}>"

    def __str__(self) -> str:
        return "\n".join(str(part).partition("\n")[0] for part in self._parts.values()) or display.NONE_FOUND

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return getattr, self._where()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def _ipython_key_completions_(self) -> list[str]:
        return [str(key) for key in self]


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class ValueMapping(HomeMapping[str, _V]):
    """The values of a layer that have keys, by key."""

    _index: model.LayerIndex

    def __getitem__(self, key: str, /) -> _V:
        require_text("key", key)
        if key not in self._parts:
            raise NameNotFoundError(key, tuple(self._parts))
        return self._parts[key]
