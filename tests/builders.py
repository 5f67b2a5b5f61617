"""Reports and links built by hand, of the places of the bundled report."""

from __future__ import annotations

from typing import Any

import asean_japan
from asean_japan import Link, Ref, Report
from asean_japan.model import Layers

REPORT = asean_japan.load()


def report_with(**layers: Any) -> Report:  # noqa: ANN401  # Whatever a layer holds.
    """Build the bundled report with these layers and nothing else."""
    return Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()), layers=Layers(**layers))


def answers(source: str, target: str, strength: Any = "direct") -> Link:  # noqa: ANN401  # As a link has it.
    """Say that a proposal answers a challenge."""
    return Link(
        source_ref=Ref.parse(source),
        target_ref=Ref.parse(target),
        kind="answers",
        strength=strength,
        reason="As both say.",
    )


def serves(source: str, target: str) -> Link:
    """Say that a means serves a proposal."""
    return Link(
        source_ref=Ref.parse(source),
        target_ref=Ref.parse(target),
        kind="serves",
        strength="direct",
        reason="It is money.",
    )
