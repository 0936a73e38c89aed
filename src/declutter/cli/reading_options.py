"""The options of reading and labelling, for every command that reads pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import click

from declutter.errors import DecodeError, RulesError
from declutter.options import ExtractOptions, Limits

if TYPE_CHECKING:
    from declutter.memory import SiteMemory
    from declutter.rules import SiteRules

Command: TypeAlias = Callable[..., Any]
T = TypeVar("T")


def loaded(load: Callable[[str], T], path: str) -> T:
    """The content of a file of rules, cues or memory; raises BadParameter if it cannot be used."""
    from declutter.cli.output import harmless

    try:
        return load(path)
    except RulesError as error:
        raise click.BadParameter(harmless(str(error))) from error  # it quotes the file
    except OSError as error:
        raise click.BadParameter(harmless(f"{error.filename or path}: {error.strerror}")) from error


def _encoding(_: click.Context, __: click.Parameter, label: str | None) -> str | None:
    from declutter.decode import decode

    try:
        decode(b"", given=label)
    except DecodeError as error:
        raise click.BadParameter(str(error)) from error
    return label


def _cues(_: click.Context, __: click.Parameter, paths: tuple[str, ...]) -> tuple[Mapping[str, object], ...]:
    from declutter.vocabulary import read_cues

    return tuple(loaded(read_cues, path) for path in paths)


def _rules(_: click.Context, __: click.Parameter, path: str | None) -> SiteRules | None:
    if path is None:
        return None
    from declutter.rules import SiteRules

    return loaded(SiteRules.load, path)


def _limits(_: click.Context, __: click.Parameter, bounds: tuple[str, ...]) -> dict[str, float]:
    """The limits by their names in Limits."""
    found: dict[str, float] = {}
    for bound in bounds:
        name, _sign, written = bound.partition("=")
        if name not in _BOUNDS:
            raise click.BadParameter(f"{bound!r}: expected NAME=NUMBER, where NAME is one of {', '.join(_BOUNDS)}")
        try:
            value: float = _BOUNDS[name](written.replace("_", "").replace(",", ""))
        except ValueError:
            value = 0
        if not 0 < value < math.inf:
            raise click.BadParameter(f"{bound!r}: expected {name}=NUMBER, more than 0")
        found[name if name == "seconds" else f"max_{name}"] = value
    return found


_BOUNDS: Final[dict[str, Callable[[str], float]]] = {
    "bytes": int, "elements": int, "blocks": int, "text": int, "seconds": float
}  # fmt: skip


def _as_of(_: click.Context, __: click.Parameter, moment: str | None) -> str | None:
    if moment is not None:
        try:
            datetime.fromisoformat(moment)
        except ValueError as error:
            raise click.BadParameter(f"{moment!r} is not a date: write 2024-03-05 or 2024-03-05T10:00Z") from error
    return moment


def _memory(_: click.Context, __: click.Parameter, path: str | None) -> SiteMemory | None:
    if path is None:
        return None
    from declutter.memory import SiteMemory

    return loaded(SiteMemory.load, path)


_OPENING: Final = (
    click.option(
        "--as",
        "form",
        type=click.Choice(("auto", "html", "text")),
        default="auto",
        show_default=True,
        help="Read the page as HTML, or as a text dump with one block per line.",
    ),
    click.option(
        "--encoding",
        callback=_encoding,
        metavar="LABEL",
        help="Encoding of the page, overriding what it declares: gbk, big5 …",
    ),
    click.option(
        "--limit",
        "limits",
        multiple=True,
        callback=_limits,
        metavar="NAME=NUMBER",
        help="Limit a page's bytes, elements, blocks, text (characters per block) or seconds (processor time). A page "
        "over a limit is an error. May be repeated: --limit seconds=5 --limit bytes=20000000.",
    ),
    click.option("--truncate", is_flag=True, help="Cut off a page at a limit, and mark it `truncated`."),
)
_LABELLING: Final = (
    click.option(
        "--repair",
        is_flag=True,
        help="Repair what is certainly broken: lost spaces (•?x, TheGameofScale), mojibake. Each repair is listed in "
        "`repairs`.",
    ),
    click.option(
        "--as-of",
        callback=_as_of,
        metavar="DATE",
        help="When the pages were saved. Completes dates without a year (`12 March`, `2 days ago`), and rejects later "
        "ones. Fetched pages, web archives and MHTML bring their own.",
    ),
    click.option(
        "--cues",
        multiple=True,
        callback=_cues,
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Additional cue words, a JSON file in the format of src/declutter/vocabulary. May be repeated.",
    ),
    click.option(
        "--rules",
        callback=_rules,
        type=click.Path(exists=True),
        metavar="DIR|FILE",
        help="Site rules, *.toml files in a folder; `declutter rules --help` shows the format.",
    ),
)


def _gathering(options: tuple[Callable[[Command], Command], ...], *names: str) -> Callable[[Command], Command]:
    """A decorator that adds options to a command, which gets them as ExtractOptions in its argument `reading`."""

    def add(command: Command) -> Command:
        @wraps(command)
        def gather(*args: object, **given: Any) -> object:
            own = {name: given.pop(name) for name in names}
            limits = Limits(**given.pop("limits"), over="truncate" if given.pop("truncate") else "raise")
            return command(*args, reading=ExtractOptions(limits=limits, **own), **given)

        built: Command = gather
        for option in reversed(options):
            built = option(built)
        return built

    return add


opening_options: Final = _gathering(_OPENING, "form", "encoding")
"""For commands that read pages without labelling them."""

reading_options: Final = _gathering(_OPENING + _LABELLING, "form", "encoding", "repair", "as_of", "cues", "rules")
"""For commands that label the blocks of pages."""


def absolute(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    """Refuse a URL without a scheme: links cannot be made absolute with it."""
    from declutter.reading import is_address

    if url is not None and not is_address(url):
        raise click.BadParameter(f"{url!r} is not an absolute URL (https://…)")
    return url


url_option: Final = click.option(
    "--url", callback=absolute, metavar="URL", help="The page's URL: makes links absolute and identifies the site."
)
"""For commands that read one page at a time; they get it, or None, in their argument `url`."""

memory_option: Final = click.option(
    "--memory",
    callback=_memory,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Site memory written by `declutter memory`: what the pages of a site have in common.",
)
"""For commands that label blocks; they get a SiteMemory, or None, in their argument `memory`."""
