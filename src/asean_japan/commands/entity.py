"""The command ``entity``: what is known of a name, and where the report names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.model import Entity


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("entity", help="show what is known of a name, and where it is named: entity AOIP")
    command.add_words("NAME", "a key, an acronym, a name or any form of it")
    command.set_defaults(run=run)


def run(arguments: Arguments) -> str:
    """Return what is known of an entity, and then each naming."""
    entity = load().entities[" ".join(arguments.words)]
    return "\n".join([*_known(entity), "", *map(str, entity.mentions)] + ([] if entity.mentions else ["named nowhere"]))


def _known(entity: Entity) -> Iterator[str]:
    yield str(entity)
    if entity.note:
        yield entity.note
    printed = [form for form in (*entity.forms, *entity.demonyms) if form != entity.name]
    if printed:
        also = "also printed as" if entity.name in entity.forms else "printed as"
        yield f"{also}: {'; '.join(printed)}"
    if entity.ties:
        yield f"tied to: {'; '.join(tie.name for tie in entity.ties)}"
    if others := [str(form) for form in (*entity.other_forms, *entity.homonyms)]:
        yield "in other texts:"
        yield from (f"  {form}" for form in others)
    yield from map(str, entity.facts)
