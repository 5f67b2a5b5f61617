"""Which text the data restate, and which data they are."""

from __future__ import annotations

import attrs

from asean_japan.model.basis import EDITORIAL, RESEARCHED, STATED
from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticValue

SCHEMA_VERSION = 1


@attrs.frozen(kw_only=True, repr=False)
class Edition(Shown, PydanticValue):
    """
    Which text the data restate, and which data they are.

    >>> from asean_japan import load
    >>> load().edition.date, load().edition.status
    ('2023-02', 'Provisional Translation')

    Attributes:
        schema_version: Version of the layout of the data.
        data_version: Version of the data: major if an address goes or changes its meaning, minor for additions,
            patch for corrections.
        title: As printed.
        date: In EDTF, no finer than the report says.
        issuer: As printed.
        status: As printed.
        language: BCP 47 tag of the text that the claims restate.
        source: Page of the Ministry of Foreign Affairs of Japan on the panel and its report.
        title_ja: Title of the Japanese original; None if it is not known.
        source_ja: Page that has the Japanese original; None if none is known.
        license: SPDX expression for the data.
    """

    schema_version: int = attrs.field(metadata=EDITORIAL)
    data_version: str = attrs.field(metadata=EDITORIAL)
    title: str = attrs.field(metadata=STATED)
    date: str = attrs.field(metadata=STATED)
    issuer: str = attrs.field(metadata=STATED)
    status: str = attrs.field(metadata=STATED)
    language: str = attrs.field(metadata=STATED)
    source: str = attrs.field(metadata=RESEARCHED)
    title_ja: str | None = attrs.field(metadata=RESEARCHED, default=None)
    source_ja: str | None = attrs.field(metadata=RESEARCHED, default=None)
    license: str = attrs.field(metadata=EDITORIAL)
