"""
Elements of HTML: which of them are shown, which end lines, and where each one ends.

What is in doubt is shown: a page that is read in full can only be told to have too much.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.copies.skeletons import BREAK, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


# Each pattern stops at the character with which it begins, so none looks at a stretch more than once.

_TAG_START = re.compile(r"<(?:!--|[!?]|/?[A-Za-z])")
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,60})")
_TAG_NEXT = re.compile(r">|=\s*+(?:([\"'])|[^\s>]*+)")
_COMMENT_END = re.compile(r"-->|(?<!<!)--!>")  # A comment may be closed by the two hyphens that open it.
_ATTRIBUTE = re.compile(r"([^\s>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)?))?")
_TELLING = re.compile(r"hidden|style|popover|shadowrootmode", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_DECLARATION = re.compile(r"(?:^|;)\s*+(display|visibility)\s*+:([^;!]*+)")
_QUOTED = re.compile(r"\"[^\";]*+\"|'[^';]*+'|\([^();]*+\)")
_UNSURE = frozenset("\\\"'(/{")  # With one of these, what seems to be a declaration may be none.
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_SHOWN_AGAIN = re.compile(r"visibility\s*+:\s*+(?!hidden|collapse)[a-z]", re.IGNORECASE)
_MARKDOWN_TAG = re.compile(
    r"""
      \\[!-/:-@\[-`{-~]                       # An escape,
    | (?<!`)(`{1,9})(?!`)[^`\n]{0,2000}+\1(?!`)  # code,
    | (?<=\]\()<[^<>\n]*+> | (?<=\]:\ )<[^<>\n]*+>  # and what a link refers to are no tags.
    | (?P<tag></[A-Za-z][A-Za-z0-9-]*+\s*+>
      | <[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^'<]*+'|"[^"<]*+"))?+)*+\s*+/?>)
    """,
    re.VERBOSE,
)

_BREAKING = _names(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt embed fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input "
    "legend li listing main menu meter nav object ol optgroup option p plaintext pre progress search section select "
    "summary svg table tbody td textarea tfoot th thead title tr ul video xmp"
)
_VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
_UNREAD = _names("script style title noscript iframe noembed noframes")  # Their content has no tags, and is not shown.
_LITERAL = _names("textarea xmp")  # Theirs has none, and is shown.
_UNSEEN = _names("audio canvas datalist del dialog nav rp s strike template video")  # `del` is not meant.
_SHOWN_BY = {"template": _names("shadowrootmode shadowmode"), "dialog": _names("open")}
_UNSEEN_IN = {"rt": "ruby", "annotation": "math", "annotation-xml": "math", "desc": "svg", "metadata": "svg"}
_ROWS = _names("table thead tbody tfoot tr")  # What is in them, and in no cell, is shown before the table.
_OF_ROWS = _names("caption col colgroup thead tbody tfoot tr td th script style template")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_GROUPS = (  # An element of a group ends before the next one of it.
    *(_HEADINGS, _names("li"), _names("dt dd"), _names("td th tr thead tbody tfoot"), _names("option optgroup")),
    *(_names("rt rp rb rtc"), _names("a"), _names("button")),
)
_ENDED_BY = {name: group for group in _GROUPS for name in group} | {"p": _BREAKING - {"br", "img", "input"}}
_HOLDING = _names("ul ol menu dl table select ruby")  # What is in them is not next to what is around them.
_VALUES = {  # Attributes that are shown.
    "iframe": _names("srcdoc"),
    "input": _names("value placeholder"),
    "optgroup": _names("label"),
    "option": _names("label"),
    "textarea": _names("placeholder"),
}
_NO_VALUES = _names("hidden checkbox radio color range image file password")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Tag(NamedTuple):
    """A tag, a comment or a declaration; the last two have no name."""

    start: int
    end: int
    name: str = ""
    closing: bool = False


def decoded(text: str) -> str:
    r"""
    Return *text* with its character references decoded, and as long as it was.

    >>> decoded("R&amp;D")
    'R&\x00\x00\x00\x00D'
    """
    return _REFERENCE.sub(lambda found: html.unescape(found[0]).ljust(len(found[0]), NOTHING), text)


def without_elements(text: str, *, markdown: bool = False) -> str:
    r"""
    Return *text* without tags and what is not shown, and as long as it was.

    >>> html = "1973<sup>2</sup><p hidden>no</p>"
    >>> shown = without_elements(html)
    >>> shown.replace("\0", "").split("\1"), len(shown) == len(html)
    (['1973²', ''], True)

    Args:
        text: HTML, or Markdown.
        markdown: Whether only what Markdown takes for tags are tags, and character references stay.
    """
    return "".join(_Elements(text, markdown=markdown).pieces())


class _Elements:
    """Reads a text once, and blanks out its elements."""

    def __init__(self, text: str, *, markdown: bool) -> None:
        self._text = text
        self._markdown = markdown
        self._around: Counter[str] = Counter()  # How many elements are open that change what is in them.
        self._shows_again = bool(_SHOWN_AGAIN.search(text))  # Something may be visible within what is not.
        self._begun = False  # Whether the line has words,
        self._bracketed = False  # and what is raised has brackets.

    def pieces(self) -> Iterator[str]:
        """Yield the text, piece by piece."""
        done = 0
        while tag := self._next(done):
            yield self._words(done, tag.start)
            if not tag.name:
                done = tag.end
                yield NOTHING * (done - tag.start)
            elif tag.closing:
                self._around[tag.name] = max(0, self._around[tag.name] - 1)
                done = tag.end
                yield self._blank(tag, done)
            else:
                done = self._hidden_end(tag)
                yield self._blank(tag, done)
                if done == tag.end and not self._is_empty(tag):
                    self._around[tag.name] += 1
                    if tag.name in _LITERAL or tag.name == "plaintext":
                        done = self._raw_end(tag)
                        yield decoded(self._text[tag.end : done])
        yield self._words(done, len(self._text))

    def _words(self, start: int, end: int) -> str:
        words = self._text[start:end]
        self._begun = self._begun or bool(words.strip())
        self._bracketed = self._around["sup"] > 0 and (self._bracketed or "[" in words or "(" in words)
        if self._around["sup"] and not self._bracketed:  # Brackets show that it is a mark.
            words = words.translate(SUPERSCRIPTS)
        return words if self._markdown or "&" not in words else decoded(words)

    def _blank(self, tag: _Tag, end: int) -> str:
        """Return what replaces a tag and what it hides; the tag of a block ends what is raised, and the like."""
        if tag.name not in _BREAKING:
            return NOTHING * (end - tag.start)
        self._begun = False
        if tag.name not in {"svg", "title"}:
            self._around.clear()
        values = "" if tag.closing else self._values(tag)
        return f"{BREAK}{values[1:]}{NOTHING * (end - tag.start - max(1, len(values)))}"

    def _values(self, tag: _Tag) -> str:
        """Return a tag but for what is shown of its attributes; nothing if that is nothing."""
        shown = _VALUES.get(tag.name)
        if not shown or self._hides(tag) or self._attributes(tag).get("type", "").lower() in _NO_VALUES:
            return ""
        written = self._text[tag.start : tag.end]
        left = NOTHING * len(written)
        for found in _ATTRIBUTE.finditer(written, len(tag.name) + 1):
            group = found.lastindex or 1
            if group > 1 and found[1].lower() in shown:
                first, last = found.span(group)
                left = f"{left[:first]}{decoded(written[first:last])}{left[last:]}"
        return left

    def _attributes(self, tag: _Tag) -> dict[str, str]:
        """Return the attributes of a tag; the first one of a name counts."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self._text, tag.start + len(tag.name) + 1, tag.end):
            found.setdefault(name.lower(), html.unescape("".join(values)))
        return found

    # Where tags are.

    def _next(self, at: int) -> _Tag | None:
        """Return the next tag from an offset on; what is never closed goes to the end."""
        if self._markdown:
            found = next((found for found in _MARKDOWN_TAG.finditer(self._text, at) if found["tag"]), None)
            return self._named(found.start(), found.end()) if found else None
        found = _TAG_START.search(self._text, at)
        if not found:
            return None
        start = found.start()
        if found[0] == "<!--":
            closed = _COMMENT_END.search(self._text, start + 2)
            return _Tag(start, closed.end() if closed else len(self._text))
        if found[0] in {"<!", "<?"}:
            if self._text.startswith("<![CDATA[", start) and (self._around["svg"] or self._around["math"]):
                return _Tag(start, start + len("<![CDATA["))
            end = self._text.find(">", start)
            return _Tag(start, end + 1 or len(self._text))
        return self._named(start, _behind_tag(self._text, start))

    def _named(self, start: int, end: int) -> _Tag:
        named = _TAG_NAME.match(self._text, start)
        name = named[1].lower() if named else ""
        return _Tag(start, end, name, self._text[start + 1] == "/")

    def _is_empty(self, tag: _Tag) -> bool:
        return tag.name in _VOID or self._text.endswith("/>", tag.start, tag.end)

    def _raw_end(self, tag: _Tag) -> int:
        """Return where the closing tag of an element begins that has no tags in it."""
        if tag.name == "plaintext":
            return len(self._text)
        closing = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(self._text, tag.end)
        return closing.start() if closing else len(self._text)

    # What is hidden.

    def _hidden_end(self, tag: _Tag) -> int:
        """Return where what a tag hides ends: its own end, if it hides nothing."""
        if tag.name in _UNREAD and not self._is_empty(tag):
            return self._behind_raw(tag)
        return self._element_end(tag) if self._hides(tag) and not self._is_empty(tag) else tag.end

    def _behind_raw(self, tag: _Tag) -> int:
        """Return where an element ends that has no tags in it."""
        return _behind_tag(self._text, self._raw_end(tag))

    def _hides(self, tag: _Tag) -> bool:
        """Return whether a tag begins an element that is not shown."""
        telling = tag.name in _UNSEEN or _TELLING.search(self._text, tag.start, tag.end)
        own = self._attributes(tag) if telling else {}
        if not _SHOWN_BY.get(tag.name, frozenset[str]()).isdisjoint(own) or (tag.name == "nav" and self._begun):
            return False  # The links of a page are not in the middle of a line.
        if tag.name in _UNSEEN or self._around[_UNSEEN_IN.get(tag.name, "")]:
            return True
        styled = _is_hidden_by(own.get("style", ""))
        if styled and "visibility" in own["style"].lower() and self._shows_again:
            return False
        return bool(styled) or (styled is None and ("hidden" in own or "popover" in own))

    def _element_end(self, tag: _Tag) -> int:
        """Return where an element ends; before a tag that ends it without being its own."""
        stack = [tag.name]
        held = Counter(stack)
        ended_by = _ENDED_BY.get(tag.name, frozenset[str]())
        at = tag.end
        most = self._paragraph_end(tag)
        while (found := self._next(at)) and found.start < most:
            if stack[-1] in _ROWS and self._is_shown_before_table(found, at):
                return at
            if found.closing:
                if not held[found.name]:
                    return found.start
                while stack[-1] != found.name:
                    held[stack.pop()] -= 1
                held[stack.pop()] -= 1
                if not stack:
                    return found.end
            elif found.name in ended_by and not any(held[name] for name in _HOLDING - {tag.name}):
                return found.start
            elif found.name in _UNREAD or found.name in _LITERAL:
                found = found._replace(end=self._behind_raw(found))
            elif found.name and not self._is_empty(found):
                stack.append(found.name)
                held[found.name] += 1
            at = found.end
        return most

    def _paragraph_end(self, tag: _Tag) -> int:
        """Return where in Markdown the paragraph ends to which an element within a line belongs."""
        blank = _BLANK_LINE.search(self._text, tag.end) if self._markdown and tag.name not in _BREAKING else None
        return blank.start() if blank else len(self._text)

    def _is_shown_before_table(self, tag: _Tag, at: int) -> bool:
        """Return whether a browser moves what is from an offset on, up to a tag, out of the table that it is in."""
        odd = bool(tag.name) and not tag.closing and tag.name not in _OF_ROWS
        return odd or bool(self._text[at : tag.start].strip())


def _is_hidden_by(style: str) -> bool | None:
    """Return whether the style of an element hides it; None if it does not say."""
    style = _QUOTED.sub("", style.lower())
    if not _UNSURE.isdisjoint(style):
        return False
    said = [(name, value.strip()) for name, value in _DECLARATION.findall(style)]
    values = {value for name, value in said if name == "display"}
    if values == {"none"}:
        return True
    unseen = {value for name, value in said if name == "visibility"}
    return True if unseen and unseen <= {"hidden", "collapse"} else (False if values else None)


def _behind_tag(text: str, at: int) -> int:
    """Return where the tag that begins at an offset is closed; a > within a quoted value does not close it."""
    while found := _TAG_NEXT.search(text, at):
        at = found.end()
        if found[0] == ">":
            return at
        if found[1]:  # Only behind = does a quotation mark begin a value; elsewhere it is a character like others.
            at = text.find(found[1], at) + 1
            if not at:
                break
    return len(text)
