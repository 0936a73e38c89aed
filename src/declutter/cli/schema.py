"""`declutter schema`: the JSON Schema of the output."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--rows", is_flag=True, help="The schema of a line of JSON Lines, as `declutter batch` and `extract` write them."
)
def schema(*, rows: bool) -> None:
    """Print the JSON Schema of what `declutter extract` writes for one page.

    With --rows, that of a line of JSON Lines: `input` with a document, `error` or `doubtful`.
    """
    import msgspec

    if rows:
        from declutter.batch.rows import schema as made
    else:
        from declutter.write.json import schema as made

    click.echo(msgspec.json.format(msgspec.json.encode(made()), indent=2))
