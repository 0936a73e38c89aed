"""The command line. Commands are imported on demand, so that help is fast."""

from __future__ import annotations

import contextlib
import difflib
import errno
import io
import logging
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import click

from declutter.cli.termination import Termination

_COMMANDS: Final = {
    "batch": "Extract many pages: folders, archives, records, lists of URLs.",
    "convert": "Write extracted documents in another format: essays, or the flashes as CSV.",
    "explain": "Show each block of a page, its label and the evidence for it.",
    "extract": "Extract pages: the essay, the flashes injected into it, and metadata.",
    "fetch": "Fetch pages from URLs, feeds and sitemaps.",
    "inspect": "Write an HTML report: every block, its label and the evidence for it.",
    "memory": "Learn what the pages of a site have in common.",
    "rules": "Write and test rules for single sites.",
    "schema": "Print the JSON Schema of what extract writes.",
}

_VERBOSE: Final = frozenset({"-v", "--verbose"})

_EXAMPLES: Final = """\b
Examples:
  declutter extract page.html
  declutter extract https://example.org/story -o story.md
  declutter extract *.html -o flashes.csv
  declutter batch crawl/ -o pages.jsonl.gz --resume
  curl -s https://example.org/story | declutter extract - --url https://example.org/story
  declutter explain page.html --only flash,related
  declutter inspect page.html -o report.html

\b
Exit codes:
  0 success   1 an input failed or the output could not be written   2 usage error
  3 a single page has no essay or is below --min-confidence   130 interrupted   143 terminated
"""


class _Commands(click.Group):
    """The commands, each in a module of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"declutter.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = ""
            if near := difflib.get_close_matches(args[0], _COMMANDS, n=1):
                hint = f" Did you mean {near[0]!r}?"
            elif "." in args[0] or "/" in args[0]:
                hint = " To extract a page: 'declutter extract PAGE'."
            raise click.UsageError(error.message + hint, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's signature
        if sys.stdin is None:  # closed by whoever started the process
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the process lives
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that cannot show a character gets a question mark
        return super().main(*args, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _unwritable():  # help and version are printed here
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        termination = Termination()
        try:
            with termination, _unwritable():
                return super().invoke(ctx)
        except click.NoSuchOption as error:
            if error.option_name in _VERBOSE and error.ctx is not None:
                program, _, command = error.ctx.command_path.partition(" ")
                raise click.UsageError(f"-v goes before the command: {program} -v {command} …", error.ctx) from error
            raise
        except KeyboardInterrupt:
            click.echo(termination.name, err=True)
            ctx.exit(termination.exit_code)


@contextlib.contextmanager
def _unwritable() -> Iterator[None]:
    """Makes an error of one line of an output that cannot be written."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:  # click leaves quietly
            raise
        with contextlib.suppress(OSError):  # otherwise the unwritten output would be tried again at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.ClickException(f"{error.filename or 'stdout'}: {error.strerror}") from error


class _Harmless(logging.Formatter):
    """Removes control characters from log lines, because names and URLs come from strangers."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        from declutter.cli.output import harmless

        return harmless(super().formatMessage(record))


def _print_version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value and not context.resilient_parsing:
        from importlib import metadata

        click.echo(f"declutter {metadata.version('declutter')}")
        context.exit()


@click.group(
    cls=_Commands, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.option("-v", "--verbose", count=True, help="Log progress to stderr; -vv logs details.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def main(*, verbose: int) -> None:
    """Extract the article from a news page, and separate it from what the portal injected into it.

    Results go to stdout, messages to stderr.
    """
    levels = (logging.WARNING, logging.INFO, logging.DEBUG)
    handler = logging.StreamHandler()
    handler.setFormatter(_Harmless("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=levels[min(verbose, 2)], handlers=[handler])
