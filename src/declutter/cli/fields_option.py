"""The option --fields."""

from __future__ import annotations

from typing import Final

import click

from declutter.errors import no_such


def _fields(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    from declutter.write.json import FIELDS

    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if unknown := [name for name in names if name not in FIELDS]:
        raise click.BadParameter(no_such("field", unknown, FIELDS))
    if not names:
        raise click.BadParameter(f"name at least one field; choose from {', '.join(FIELDS)}")
    return names


fields_option: Final = click.option(
    "--fields", callback=_fields, metavar="NAME,…", help="Write only these keys of the JSON."
)
"""For the commands that write documents as JSON; they get the names, or None, in their argument `fields`."""
