"""Tests of the script that checks the types of the code in the pages."""

from __future__ import annotations

from textwrap import dedent

from check_types import modules

PAGE = dedent(
    """\
    # A page

    ```python
    >>> first = 1
    >>> def double(number: int) -> int:
    ...     return 2 * number
    >>> double(first)
    2
    ```

    ```sh
    python -m asean_japan
    ```

    - In a list:

      ```python
      second = first
      ```

    <!-- clear-namespace -->

    ```python
    >>> third = 3
    ```
    """
)


def test_code_keeps_its_lines() -> None:
    """Code is on the lines on which the page has it, without prompts, margins and what is printed."""
    first, _ = modules(PAGE)
    lines = dict(enumerate(first.splitlines(), 1))
    assert {number: line for number, line in lines.items() if line} == {
        4: "first = 1",
        5: "def double(number: int) -> int:",
        6: "    return 2 * number",
        7: "double(first)",
        18: "second = first",
    }
    assert PAGE.splitlines()[17].strip() == lines[18]


def test_cleared_namespace_begins_a_module() -> None:
    """What is defined before is not known behind."""
    _, second = modules(PAGE)
    assert second.strip() == "third = 3"
    assert second.splitlines()[23] == "third = 3"


def test_page_without_code_makes_no_module() -> None:
    """There is nothing to check."""
    assert list(modules("# A page\n")) == []
