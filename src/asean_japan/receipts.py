"""Receipts of quotations: what proved one, as JSON, to be checked without the text and without a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeGuard, cast

import attrs

from asean_japan.arguments import require_a
from asean_japan.copies.fingerprints import RULES, digest, load_index
from asean_japan.copies.quotes import RECEIPT
from asean_japan.copies.skeletons import skeleton
from asean_japan.errors import ArgumentError
from asean_japan.loading import load
from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult

_WANTED = "what Quote.receipt() returns"


@attrs.frozen(kw_only=True, repr=False)
class ReceiptCheck(Shown, PydanticResult):
    """
    Whether a receipt holds, which is its truth, and why.

    >>> from asean_japan import load
    >>> check_receipt(load().find_quote("Initiatives to realize the above").receipt())
    ReceiptCheck(holds=True, reason='the report has these digests at these places')

    Attributes:
        holds: Whether all that it states is so.
        reason: Why, or what is not so.
    """

    holds: bool
    reason: str

    def __bool__(self) -> bool:
        return self.holds


def check_receipt(receipt: str | Mapping[str, Any], text: str | None = None, /) -> ReceiptCheck:
    """
    Check what a receipt of a quotation states against the bundled digests.

    It checks the edition, the version of the rules, and that the digest at each address is the report's. That a part of
    a sentence is in that sentence nobody can check without its words: whoever has a copy calls `Report.find_quote`.

    >>> from asean_japan import load
    >>> receipt = load().find_quote("Initiatives to realize the above").receipt()
    >>> bool(check_receipt(receipt)), bool(check_receipt(receipt, "Initiatives to realise the above"))
    (True, False)

    Args:
        receipt: What `Quote.receipt` returned, or the same as a dictionary.
        text: The quotation, to check that the receipt is of it; None checks the receipt alone.

    Raises:
        ArgumentError: If it is not a receipt.
    """
    data = _read(receipt)
    edition = load().edition
    if data["rules"] != RULES:
        return ReceiptCheck(holds=False, reason=f"it is of the rules {data['rules']!r}, and these are {RULES!r}")
    for name, stated in data["edition"].items():
        if name != "data_version" and stated != getattr(edition, name, None):
            return ReceiptCheck(holds=False, reason=f"it is of another edition: {name} {stated!r}")
    known = {part.name: part.fingerprint.sha256 for part in load_index().parts}
    for place in data["places"]:
        if known.get(place["place"]) != place["sha256"]:
            return ReceiptCheck(holds=False, reason=f"the report has another digest at {place['place']!r}")
    if text is not None:
        require_a("text", text, str)
        if digest(skeleton(text)) != data["quotation"]:
            return ReceiptCheck(holds=False, reason="it is of another quotation")
    return ReceiptCheck(holds=True, reason="the report has these digests at these places")


def _read(receipt: object) -> dict[str, Any]:
    """Return a receipt as a dictionary."""
    if isinstance(receipt, str):
        try:
            receipt = json.loads(receipt)
        except (ValueError, RecursionError) as error:
            raise ArgumentError("receipt", receipt, f"{_WANTED} ({error})") from error
    if not isinstance(receipt, Mapping):
        raise ArgumentError("receipt", receipt, _WANTED)
    data = dict(cast("Mapping[str, Any]", receipt))
    texts = (data.get("rules"), data.get("quotation"))
    shaped = data.get("kind") == RECEIPT and all(isinstance(text, str) for text in texts)
    if not (shaped and isinstance(data.get("edition"), dict) and _has_places(data.get("places"))):
        raise ArgumentError("receipt", data, _WANTED)
    return data


def _has_places(places: object) -> bool:
    """Return whether something is a list of places with their digests, and not empty."""
    if not (_is_list(places) and places):
        return False
    return all(isinstance(place, dict) and "place" in place and "sha256" in place for place in places)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
