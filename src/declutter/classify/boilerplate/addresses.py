"""Forms that ask for an e-mail address and little else: sign-ups, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.outline import Field, Outline

_TYPED: Final = frozenset({"text", "email", "tel", "password"})
_OF_OTHERS: Final = frozenset({"password", "textarea"})
_MAX_FIELDS: Final = 3
"""Maximum number of fields to type in; more belong to an order or a contact form."""


def address_forms(outline: Outline) -> list[int]:
    """The forms that ask for an e-mail address, but not for a text or a password."""
    if not any(_is_address(field) for field in outline.fields):
        return []
    return [form for form, fields in _fields_of_forms(outline).items() if _asks_for_address(fields)]


def _fields_of_forms(outline: Outline) -> dict[int, list[Field]]:
    """By element of a form: the form's fields."""
    found: dict[int, list[Field]] = {}
    form_of = {0: 0}  # by element, its form; 0 for none
    for field in outline.fields:
        path = []
        at = field.owner
        while at not in form_of and outline.tags[at] != "form":
            path.append(at)
            at = outline.parents[at]
        form = form_of.get(at, at)
        form_of.update(dict.fromkeys(path, form))
        if form:
            found.setdefault(form, []).append(field)
    return found


def _is_address(field: Field) -> bool:
    return field.kind == "email" or "mail" in field.name


def _asks_for_address(fields: Sequence[Field]) -> bool:
    shown = [field for field in fields if field.kind in _TYPED]
    return (
        len(shown) <= _MAX_FIELDS
        and any(_is_address(field) for field in shown)
        and not any(field.kind in _OF_OTHERS for field in fields)
    )
