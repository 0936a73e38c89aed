"""`declutter rules`: write and test site rules."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.output import named
from declutter.cli.reading_options import absolute, loaded
from declutter.cli.sections import Sectioned
from declutter.errors import DeclutterError, RulesError, no_such
from declutter.hosts import host_of
from declutter.model import Kind, Label
from declutter.options import DEFAULT_OPTIONS

if TYPE_CHECKING:
    from lxml.etree import _Element

    from declutter.fetcher.options import FetchOptions
    from declutter.model import Page
    from declutter.rules import Rule, SiteRules

_EXAMPLES: Final = """\b
Examples:
  declutter explain page.html --url https://example.org/story     which block has the wrong label?
  declutter rules new page.html --url https://example.org/story --block 14=flash -o rules
  declutter rules new https://example.org/story --label '.newsbox=flash' -o rules
  declutter rules test rules
  declutter extract *.html --rules rules

\b
A rules file:
  hosts = ["example.org", "*.example.net"]   # * stands for any host

\b
  [[label]]                     # give blocks a label:
  select = ".newsbox"           # those inside a CSS selector, or
  as = "flash"                  # phrase = "…" (how a block begins), or text = "…" (its whole text)

\b
  [[start]]                     # from this block to the end of its section,
  phrase = "Read next"          # or up to the block that begins with until = "…"
  as = "related"

\b
  [[keep]]                      # these blocks always belong to the essay
  select = "blockquote.pull"

\b
  [[test]]                      # what `rules test` checks
  page = "example.org/story.html"
  labels = { "BRIEF | Hollis" = "flash", "The keeper climbed" = "body" }
"""


@click.group(epilog=_EXAMPLES)
def rules() -> None:
    """Write and test rules for single sites: labels by CSS selector or phrase, with test pages.

    A rule is for what no heuristic can know about a site: an unmarked box, a phrase that only this site uses.
    """


@rules.command("test")
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE")
@click.pass_context
def run_tests(context: click.Context, *, path: Path) -> None:
    """Test the rules in a folder on the test pages that come with them.

    Prints one line per file. Exits with 1 if a block has the wrong label or a file has no test. Also lists rules that
    match nothing on their test pages, and rules that change no label there.
    """
    context.exit(_outcome(_load(path)))


@rules.command("new", cls=Sectioned)
@click.argument("page", metavar="PAGE", shell_complete=file_names)
@click.option(
    "--url",
    callback=absolute,
    metavar="URL",
    help="The page's URL, if PAGE is a file: its host is the site of the rules.",
)
@click.option("--block", "blocks", multiple=True, metavar="N=LABEL", help="The right label of a block (12=flash, "
              "12-14=related), numbered as in `declutter explain`. The rule uses a selector or, where none is specific "
              "enough, how the block begins or its whole text. May be repeated.")  # fmt: skip
@click.option("--label", "selectors", multiple=True, metavar="SELECTOR=LABEL", help="The right label of all blocks "
              "inside a CSS selector ('.newsbox=flash'). May be repeated.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="DIR",
              callback=named, show_default="the current folder", help="The folder to write to.")  # fmt: skip
@fetch_options
@click.pass_context
def new(
    context: click.Context,
    *,
    page: str,
    url: str | None,
    blocks: tuple[str, ...],
    selectors: tuple[str, ...],
    output: Path,
    fetching: FetchOptions,
) -> None:
    """Write a first rules file for the site of a page, from corrections to that page.

    PAGE is a file, a URL, or - for standard input. Give the corrections with --block or --label. Writes HOST.toml, and
    the page into the folder HOST beside it as the first test.
    """
    if not blocks and not selectors:
        raise click.UsageError("give a correction: --block 14=flash, or --label '.newsbox=flash'")
    from declutter.cli.inputs import Failure
    from declutter.cli.output import say
    from declutter.reading import open_page

    try:
        opened = open_page(page, fetching=fetching)
    except (DeclutterError, OSError) as error:
        say(Failure(page, error).message)
        context.exit(ExitCode.FAILED)
    wanted, selected = _wanted(blocks), [_selected(selector) for selector in selectors]
    try:
        site = _drafted(page, opened, url, selected, wanted)
    except DeclutterError as error:
        raise click.ClickException(str(error)) from error
    target = output / f"{site.host}.toml"
    try:
        _save(site, target)
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror}") from error
    context.exit(_outcome(_load(target)))


class _Site(NamedTuple):
    """What `new` writes: the rules of a host, and the test page with its name."""

    host: str
    rules: str
    page: bytes
    name: str


def _load(path: Path) -> SiteRules:
    from declutter.rules import SiteRules

    return loaded(SiteRules.load, str(path))


def _outcome(found: SiteRules) -> ExitCode:
    """Test all rules, and report on each file."""
    from declutter.cli.output import say
    from declutter.rules.trials import needless, try_rules

    code = ExitCode.OK
    for file in found.files:
        outcomes = list(try_rules(found, file))
        failures = [f"{outcome.page}: {failure}" for outcome in outcomes for failure in outcome.failures]
        if not outcomes:
            failures.append("it has no test: add a [[test]] with a page and its labels")
        labels = sum(outcome.labels for outcome in outcomes)
        status = "FAILED" if failures else "ok"
        click.echo(f"{file.name}: {status} (rules: {len(file.rules)}, pages: {len(outcomes)}, labels: {labels})")
        for failure in failures:
            say(f"  {failure}")
        for rule, is_met in () if failures else needless(found, file):
            if is_met:
                say(f"  {rule} changes nothing: all test pages have the right labels without it")
            else:
                say(f"  {rule} matches nothing on its test pages: fix it, or add a test page that it applies to")
        code = ExitCode.FAILED if failures else code
    return code


def _wanted(blocks: tuple[str, ...]) -> dict[int, Label]:
    """The label that each block should have, by its number."""
    wanted = {}
    for given in blocks:
        form = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?=(\w+)", given)
        if form is None:
            raise click.UsageError(f"--block {given}: expected 14=flash or 14-16=flash")
        label = _label(form[3], f"--block {given}")
        wanted.update(dict.fromkeys(range(int(form[1]), int(form[2] or form[1]) + 1), label))
    return wanted


def _selected(given: str) -> Rule:
    from declutter.rules import Rule
    from declutter.rules.selectors import BadSelectorError, parse

    selector, equals, name = given.rpartition("=")
    if not equals or not selector:
        raise click.UsageError(f"--label {given}: expected '.newsbox=flash'")
    try:
        parse(selector.strip())
    except BadSelectorError as error:
        raise click.UsageError(f"--label {given}: {error}") from error
    label = _label(name, f"--label {given}")
    return Rule(verb="keep" if label is Label.BODY else "label", label=label, select=selector.strip())


def _label(name: str, option: str) -> Label:
    if name not in list(Label):
        raise click.UsageError(f"{option}: {no_such('label', [name], list(Label))}")
    return Label(name)


def _drafted(name: str, opened: Page | bytes, url: str | None, selected: list[Rule], wanted: dict[int, Label]) -> _Site:
    from declutter.pipeline import extract, outline_of
    from declutter.reading import is_address
    from declutter.rules import draft
    from declutter.rules.apply import apply
    from declutter.rulings import Tree

    document = extract(opened, url=url)
    if document.essay_source != "page":
        message = (
            f"the page does not show its essay, which was read from {document.essay_source}; rules cannot reach it"
        )
        raise RulesError(message, subject=name)
    address = document.url or document.metadata.canonical
    host = host_of(address)
    if not re.fullmatch(r"[\w.-]+", host) or host.startswith("."):
        raise click.UsageError("which site are the rules for? Give the page's URL with --url")
    if unknown := [index for index in wanted if index >= len(document.blocks)]:
        raise click.UsageError(f"--block {unknown[0]}: the page has {len(document.blocks)} blocks, numbered from 0")
    pictures = [index for index in wanted if document.blocks[index].kind is Kind.IMAGE]
    wanted = {index: label for index, label in wanted.items() if index not in pictures}
    if pictures and not wanted:
        raise click.UsageError(f"--block {pictures[0]}: rules label text, and this block is a picture")
    elements: list[_Element | None] = []
    outline, _ = outline_of(opened, url=url, options=DEFAULT_OPTIONS, elements=elements)
    for rule in selected:
        if not apply((rule,), outline, Tree.of(elements)).labels:
            raise click.UsageError(f"--label {rule.select}: the selector matches no block")
    drafted = draft.draft(document, outline, elements, selected=selected, wanted=wanted)
    last = PurePosixPath(urlsplit(address or "").path).stem if is_address(name) else Path(name).stem
    slug = re.sub(r"[^\w.-]+", "-", last).strip("-.") or "page"
    file = f"{host}/{slug}.html"
    text = draft.write(drafted, host=host, page=file, url=address)
    return _Site(host, text, _saved(opened), file)


def _saved(opened: Page | bytes) -> bytes:
    """The page as a file, in UTF-8 with BOM, because a file does not keep the encoding of the HTTP header."""
    from declutter.decode import decode
    from declutter.saved import resource_in

    body, header = (opened, None) if isinstance(opened, bytes) else (opened.body, opened.headers.get("content-type"))
    if saved := resource_in(body):
        body, header = saved.body, saved.content_type
    elif body is opened:
        return body
    return b"\xef\xbb\xbf" + decode(body, header=header).text.encode()


def _save(site: _Site, target: Path) -> None:
    from declutter.cli.output import opened

    if target.exists():
        raise click.ClickException(f"{target}: this site already has rules; edit them by hand, or choose another DIR")
    page = target.parent / site.name
    page.parent.mkdir(parents=True, exist_ok=True)
    with page.open("xb") as file:
        file.write(site.page)
    with opened(target) as write:
        write(site.rules.rstrip("\n"))
