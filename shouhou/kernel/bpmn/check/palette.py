"""What a product offers to drawings: its tasks, facts, roles, forms, messages and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Palette:
    """Everything a drawing may name; what is not in it cannot be published.

    ``people`` and ``automatic`` are the keys of tasks that somebody does and
    that the product does by itself. ``facts`` maps the declared names to their
    FEEL types. ``messages`` are those the product itself delivers, ``pages`` the
    keys a call activity may call.
    """

    people: frozenset[str] = frozenset()
    automatic: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
