"""The systems that are compared, each as a function from a page to the text of its article.

Peers that take text get it as declutter decodes it, beforehand: their own detection costs time and, on old encodings,
accuracy, which is not what is compared here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple, TypeAlias

from corpora import GoldPage
from declutter.decode import decode

Extractor: TypeAlias = "Callable[[Input], str]"


class Input(NamedTuple):
    """A page in memory. text: its body, decoded. language: in English, as the data set names it."""

    body: bytes
    text: str
    url: str | None
    language: str = "English"


class System(NamedTuple):
    """name: for tables and plots. extract: returns the article's text, empty if none is found."""

    name: str
    version: str
    extract: Extractor


def prepare(page: GoldPage) -> Input:
    """Decode a page once for all systems that take text."""
    return Input(page.html, decode(page.html, given=None, header=None, subject=page.url).text, page.url, page.language)


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


def _rs_trafilatura() -> Extractor:
    import rs_trafilatura

    return lambda page: rs_trafilatura.extract(page.text, url=page.url).main_content or ""


def _magic_html() -> Extractor:
    import lxml.html
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()

    def text(page: Input) -> str:
        found = extractor.extract(page.text, base_url=page.url or _NO_URL, html_type="article").get("html")
        return "\n".join(map(str, lxml.html.fromstring(found).itertext())) if found else ""

    return text


def _newspaper() -> Extractor:
    import newspaper

    def text(page: Input) -> str:
        article = newspaper.Article(page.url or _NO_URL, fetch_images=False, follow_meta_refresh=False)
        article.download(input_html=page.text)
        article.parse()
        return str(article.text)

    return text


def _goose() -> Extractor:
    import goose3

    extractor = goose3.Goose()
    return lambda page: str(extractor.extract(raw_html=page.text).cleaned_text)


def _boilerpy() -> Extractor:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda page: str(extractor.get_content(page.text))


def _justext() -> Extractor:
    import justext

    known = justext.get_stoplists()

    def text(page: Input) -> str:
        words = justext.get_stoplist(page.language if page.language in known else "English")
        return "\n".join(part.text for part in justext.justext(page.text, words) if not part.is_boilerplate)

    return text


def _gne() -> Extractor:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()
    return lambda page: str(extractor.extract(page.text)["content"])


_NO_URL: Final = "http://localhost/"
"""For systems that refuse a page without a URL."""

_SYSTEMS: Final = {
    "declutter": ("declutter", _declutter),
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura fast": ("trafilatura", _trafilatura_fast),
    "readability-lxml": ("readability-lxml", _readability),
    "resiliparse": ("Resiliparse", _resiliparse),
    "rs-trafilatura": ("rs-trafilatura", _rs_trafilatura),
    "magic-html": ("magic-html", _magic_html),
    "newspaper4k": ("newspaper4k", _newspaper),
    "goose3": ("goose3", _goose),
    "boilerpy3": ("boilerpy3", _boilerpy),
    "jusText": ("justext", _justext),
    "gne": ("gne", _gne),
}


def installed(*, without: tuple[str, ...] = ()) -> Iterator[System]:
    """The systems that can be imported; the others are reported on stderr."""
    for name, (package, make) in _SYSTEMS.items():
        if name in without:
            continue
        try:
            yield System(name, version(package), make())
        except (PackageNotFoundError, ImportError) as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
