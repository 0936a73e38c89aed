"""`declutter extract`: pages in, documents out."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.fields_option import fields_option
from declutter.cli.format_option import Format, format_of
from declutter.cli.output import file_option
from declutter.cli.reading_options import memory_option, reading_options, url_option
from declutter.cli.sections import Sectioned

if TYPE_CHECKING:
    from declutter.fetcher.options import FetchOptions
    from declutter.memory import SiteMemory
    from declutter.model import Document, Page
    from declutter.options import ExtractOptions

_KINDS: Final = {"encoding": "mojibake", "space": "lost spaces", "words": "glued words"}
_FORMATS: Final = ("json", "md", "text", "html", "flashes-jsonl", "flashes-csv")

_EXAMPLES: Final = """\b
Examples:
  declutter extract page.html                              one JSON object
  declutter extract page.html --fields essay,flashes       only these keys
  declutter extract *.html -o pages.jsonl                  JSON Lines, one line per page
  declutter extract page.html --format md --front-matter   Markdown with title, authors and date as YAML
  declutter extract https://example.org/story --timeout 10
  declutter extract saved.mhtml saved.webarchive           as Chrome, Edge or Safari save a page in one file
  declutter extract saved/pages-00001.warc.gz -o pages.jsonl   pages from `declutter fetch --save`
  declutter extract *.html -o flashes.csv                  only the flashes, one row each
  declutter extract *.html --min-confidence 0.8 -o sure.jsonl
  cat dump.txt | declutter extract - --as text
"""


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...", shell_complete=file_names)
@click.option(
    "--format",
    "format_",
    type=Format(_FORMATS),
    help="Output format. [default: md, text, html or flashes-csv for a FILE named .md, .txt, .html or .csv, else json]",
)
@fields_option
@click.option(
    "--front-matter/--no-front-matter",
    default=None,
    help="Start each Markdown essay with its title, authors, date and URL as YAML. [default: only with several pages]",
)
@file_option
@url_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out pages whose essay is right with a probability below P; a `doubtful` line takes their place.",
)
@reading_options
@memory_option
@fetch_options
@click.pass_context
def extract(
    context: click.Context,
    *,
    pages: tuple[str, ...],
    format_: str | None,
    fields: tuple[str, ...] | None,
    front_matter: bool | None,
    output: Path | None,
    min_confidence: float,
    url: str | None,
    reading: ExtractOptions,
    memory: SiteMemory | None,
    fetching: FetchOptions,
) -> None:
    """Extract pages. PAGE is a file, a web archive (.warc, .warc.gz), a URL, or - for standard input.

    One page gives one JSON object. Several give JSON Lines in the same order, each line starting with `input`, the
    name of the page. A page that cannot be read gives a line {"input", "error": {"type", "message"}}, and the other
    pages are still extracted. The other formats write the essays only, or the flashes only, one row per flash.

    With --min-confidence, a page below the threshold gives a line {"input", "doubtful": {"confidence", "reason"}}, and
    nothing in the other formats.
    """
    from declutter.cli.inputs import Failure, Opener, each, lack_of_essay, shown, taken_apart, without_output
    from declutter.reading import is_archive

    format_ = format_ or format_of(output) or "json"
    pages = without_output(pages, output)
    single = len(pages) == 1 and not is_archive(pages[0])
    if url is not None and not single:
        raise click.UsageError("--url is the URL of one page, but several were given")
    if fields is not None and format_ != "json":
        raise click.UsageError("--fields needs --format json")
    if front_matter is not None and format_ != "md":
        raise click.UsageError("--front-matter needs --format md")
    from declutter.cli.counting import counted
    from declutter.cli.extract_output import Form, Writer
    from declutter.cli.output import opened, say
    from declutter.pipeline import extract as extract_page

    def take_apart(name: str, page: Page | bytes) -> tuple[Document, str | None]:
        how = partial(extract_page, url=url, memory=memory, options=reading)
        document = taken_apart(name, page, how)
        return document, lack_of_essay(page, document) or _doubt(document, min_confidence)

    code = ExitCode.OK
    try:
        with opened(output) as write, Opener(fetching, reading) as open_pages:
            heads = format_ == "md" and (not single if front_matter is None else front_matter)
            writer = Writer(Form(format_, fields, is_single=single, has_front_matter=heads), write)
            outcomes = each(pages, open_pages, take_apart)
            # A reader of stdout, such as `less`, may own the terminal.
            for name, outcome in counted(outcomes, what="extracting", is_shown=not single and output is not None):
                if isinstance(outcome, Failure):
                    say(outcome.message)
                    code = ExitCode.FAILED
                    if single:
                        context.exit(code)
                    writer.fail(outcome)
                    continue
                document, lack = outcome
                for note in filter(None, (lack, _repaired(document))):
                    say(f"{shown(name)}: {note}")
                code = ExitCode.NOTHING if lack is not None and single else code
                if document.confidence >= min_confidence:
                    writer.add(name, document)
                else:
                    assert lack is not None
                    writer.set_aside(name, document.confidence, lack)
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(code)


def _doubt(document: Document, least: float) -> str | None:
    """Why a page with an essay is left out; None if it is not."""
    if document.confidence >= least:
        return None
    return f"doubtful: its confidence is {document.confidence:.2f}, below {least:g}"


def _repaired(document: Document) -> str | None:
    """A line with the number of repairs of each kind; None if there are none."""
    counts = Counter(repair.kind for repair in document.repairs)
    listed = ", ".join(f"{_KINDS[kind]} {count}" for kind, count in sorted(counts.items()))
    return f"repaired: {listed}" if listed else None
