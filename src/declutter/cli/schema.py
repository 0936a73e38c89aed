"""`declutter schema`: the JSON Schema of the output."""

from __future__ import annotations

import click


@click.command()
@click.option("--rows", is_flag=True, help="Of a line of several, as `declutter batch` and `extract` write them.")
def schema(*, rows: bool) -> None:
    """Print the JSON Schema of what `declutter extract` writes for a page, generated from its types.

    With --rows: of a line of JSON Lines, which names its input, and has a document, an error or a doubt.
    """
    import msgspec

    if rows:
        from declutter.batch.rows import schema as made
    else:
        from declutter.write.json import schema as made

    click.echo(msgspec.json.format(msgspec.json.encode(made()), indent=2))
