"""`declutter schema`: the JSON Schema of the output."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of what `declutter extract` writes for a page, generated from its types."""
    import msgspec

    from declutter.write import json

    click.echo(msgspec.json.format(msgspec.json.encode(json.schema()), indent=2))
