"""What a parser answers. In: nothing; out: the type :class:`Parsed` that all parsers of this package return."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..findings import Issue
    from ..records import Value

__all__ = ["Parsed"]


class Parsed(NamedTuple):
    """A text as a parser understood it.

    Attributes
    ----------
    value
        The value; None where the text is not understood or must not be guessed at (then ``issues`` says why).
    steps
        What was done to the text, in order, in words that a curator can read; () where it stood as it should.
    issues
        What a person should know: what was expected and, where it can be told, the repaired text.
    """

    value: Value | None
    steps: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
