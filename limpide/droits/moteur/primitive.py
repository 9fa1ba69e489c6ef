"""Small functions that rules may call: plain Python, compiled as they are, and left out of the trace."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])

PRIMITIVES: list[Callable[..., object]] = []


def en_compile() -> bool:
    """False here, True in compiled code, for shortcuts that change nothing but speed.

    An explanation needs the true figures: it never takes them.
    """
    return False


def primitive(fonction: F) -> F:
    """Make a function callable from compiled rules, without a step of its own in the explanation."""
    PRIMITIVES.append(fonction)
    return fonction
