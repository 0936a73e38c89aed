"""The systems that are compared, each as a function from a page to the text of its article.

Peers that take text get it decoded as declutter decodes it, beforehand: their own guesses cost time and, on old
encodings, accuracy, and neither is what is compared here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple, TypeAlias

from declutter.decode import decode

Extractor: TypeAlias = "Callable[[Input], str]"


class Input(NamedTuple):
    """A page in memory. text: its body, decoded."""

    body: bytes
    text: str
    url: str | None


class System(NamedTuple):
    """name: as tables and plots show it. extract: gives the article's text, empty where it finds none."""

    name: str
    version: str
    extract: Extractor


def prepare(body: bytes, url: str | None) -> Input:
    """Decode a page once for all that take text."""
    return Input(body, decode(body, given=None, header=None, subject=url).text, url)


def _declutter() -> Extractor:
    import declutter

    return lambda page: declutter.extract(page.body, url=page.url).text


def _trafilatura() -> Extractor:
    import trafilatura

    return lambda page: trafilatura.extract(page.body, url=page.url, include_comments=False) or ""


def _trafilatura_fast() -> Extractor:
    import trafilatura

    return lambda page: trafilatura.extract(page.body, url=page.url, include_comments=False, fast=True) or ""


def _readability() -> Extractor:
    import lxml.html
    import readability

    def text(page: Input) -> str:
        return "\n".join(map(str, lxml.html.fromstring(readability.Document(page.text).summary()).itertext()))

    return text


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: str(extract_plain_text(page.text, main_content=True))


_SYSTEMS: Final = {
    "declutter": ("declutter", _declutter),
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura fast": ("trafilatura", _trafilatura_fast),
    "readability-lxml": ("readability-lxml", _readability),
    "resiliparse": ("Resiliparse", _resiliparse),
}


def installed(*, without: tuple[str, ...] = ()) -> Iterator[System]:
    """The systems that can be imported; of each other one a line says on stderr that it is left out."""
    for name, (package, make) in _SYSTEMS.items():
        if name in without:
            continue
        try:
            yield System(name, version(package), make())
        except (PackageNotFoundError, ImportError) as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
