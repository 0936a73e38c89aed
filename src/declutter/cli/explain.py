"""`declutter explain`: each block with its label and the evidence for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.reading_options import memory_option, reading_options, url_option
from declutter.cli.sections import Sectioned
from declutter.errors import DeclutterError, no_such
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from rich.table import Table

    from declutter.fetcher.options import FetchOptions
    from declutter.memory import SiteMemory
    from declutter.model import Block, Evidence
    from declutter.options import ExtractOptions

_WIDE: Final = 100
"""Columns of a terminal; names of evidence have up to sixty characters."""
_MAX_SHOWN: Final = 160
_MAX_REASONS: Final = 6
_STYLES: Final = {
    Label.TITLE: "bold",
    Label.META: "blue",
    Label.BODY: "green",
    Label.FLASH: "bold red",
    Label.TAGS: "cyan",
    Label.RELATED: "yellow",
    Label.PROMO: "magenta",
    Label.COMMENT: "bright_blue",
    Label.CHROME: "dim",
}

_EXAMPLES: Final = """\b
Examples:
  declutter explain page.html                          a table of all blocks
  declutter explain page.html --only flash,related     of these labels only
  declutter explain page.html --json                   the document, with the evidence in its blocks
  declutter explain --list                             what each name of evidence means
"""


def _labels(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[Label]:
    names = [name.strip() for name in value.split(",")] if value is not None else list(Label)
    if unknown := [name for name in names if name not in list(Label)]:
        raise click.BadParameter(no_such("label", unknown, list(Label)))
    return frozenset(map(Label, names))


def _list(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if not value or context.resilient_parsing:
        return
    from declutter.classify.meanings import MEANINGS

    width = max(map(len, MEANINGS))
    for name, meaning in sorted(MEANINGS.items()):
        click.echo(f"{name:{width}}  {meaning}")
    context.exit()


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("page", metavar="PAGE", shell_complete=file_names)
@click.option("--only", callback=_labels, metavar="LABEL,…", help="Show only blocks with these labels.")
@click.option("--json", "as_json", is_flag=True, help="Write the document as JSON, with the evidence in its blocks.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="Explain each name of evidence."
)
@url_option
@reading_options
@memory_option
@fetch_options
@click.pass_context
def explain(
    context: click.Context,
    *,
    page: str,
    only: frozenset[Label],
    as_json: bool,
    url: str | None,
    reading: ExtractOptions,
    memory: SiteMemory | None,
    fetching: FetchOptions,
) -> None:
    """Show each block of a page with its label, its confidence, the runner-up, and the evidence.

    PAGE is a file, a URL, or - for standard input. Weights are log-odds, the strongest first. Evidence for another
    label than the block's own names that label in brackets. The runner-up is the label that came second, with the
    margin it lost by.
    """
    from msgspec import structs

    from declutter.cli.inputs import Failure, lack_of_essay, shown, taken_apart
    from declutter.cli.output import harmless_json, say
    from declutter.pipeline import explain as explained
    from declutter.reading import open_page

    try:
        source = open_page(page, fetching=fetching, max_bytes=reading.limits.max_bytes)
        document = taken_apart(page, source, partial(explained, url=url, memory=memory, options=reading))
    except (DeclutterError, OSError) as error:
        say(Failure(page, error).message)
        context.exit(ExitCode.FAILED)
    chosen = tuple(block for block in document.blocks if block.label in only)
    if as_json:
        from declutter.write import json

        # An essay made from only some of the blocks would be wrong.
        fields = None if chosen == document.blocks else ("url", "title", "blocks")
        click.echo(
            harmless_json(json.dump(structs.replace(document, blocks=chosen), fields=fields)).encode() + b"\n", nl=False
        )
    elif chosen:
        from rich.console import Console

        console = Console()
        console.print(_table(chosen, is_wide=console.width >= _WIDE))
        click.echo(f"confidence in the essay: {document.confidence:.2f}")
    if lack := lack_of_essay(source, document):
        say(f"{shown(page)}: {lack}")
        context.exit(ExitCode.NOTHING)


def _table(blocks: tuple[Block, ...], *, is_wide: bool) -> Table:
    """A row per block. is_wide: whether there is room for text and evidence side by side."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from declutter.cli.output import harmless

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("label", no_wrap=True)
    table.add_column("conf.", justify="right", no_wrap=True)
    if is_wide:
        table.add_column("next", no_wrap=True)
        table.add_column("text", ratio=1)
        table.add_column("evidence", ratio=1, overflow="fold")
    else:
        table.add_column("text, evidence", ratio=1, overflow="fold")
    for block in blocks:
        text = block.text if len(block.text) <= _MAX_SHOWN else f"{block.text[:_MAX_SHOWN]}…"
        if block.kind is Kind.IMAGE:
            text = f"[image] {block.spans[0].alt or ''}"
        said, reasons, next_ = Text(harmless(text)), harmless(_reasons(block)), _runner_up(block)
        row = [Text(str(block.index)), Text(block.label, style=_STYLES[block.label]), Text(f"{block.confidence:.2f}")]
        if is_wide:
            row += [Text(next_, style="dim"), said, Text(reasons, style="dim")]
        else:
            below = "; ".join(filter(None, (reasons, next_ and f"next: {next_}")))
            row.append(said.append(f"\n{below}", style="dim"))
        table.add_row(*row)
    return table


def _runner_up(block: Block) -> str:
    return f"{block.runner_up.label} -{block.runner_up.margin:.1f}" if block.runner_up else ""


def _reasons(block: Block) -> str:
    heaviest = sorted(block.evidence, key=lambda reason: -abs(reason.weight))
    shown = [_reason(reason, block.label) for reason in heaviest[:_MAX_REASONS]]
    return ", ".join(shown) + (" …" if len(heaviest) > _MAX_REASONS else "")


def _reason(reason: Evidence, label: Label) -> str:
    about = "" if reason.label is label else f" ({reason.label})"
    return f"{reason.name} {reason.weight:+.1f}{about}"
