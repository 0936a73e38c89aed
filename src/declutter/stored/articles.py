"""Finds the article in a page's data: an object whose body is prose, preferably one with the page's title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Final, NamedTuple

from declutter.deadline import NEVER, Deadline
from declutter.loose_json import load_json
from declutter.stored.facts import read_facts
from declutter.stored.markup import Writer
from declutter.wide import WIDE

_BODIES: Final = re.compile(
    r"(?:(?:article|post|story|news|entry|page|main|full|rich|raw|body|content|text|description)[_-]?){0,2}"
    r"(?:body|contents?|html|text|markdown|story|main|copy)|content_elements|blocks|elements|paragraphs|components|"
    r"rendered|document|detail|children|root|delta|__html",
    re.IGNORECASE,
)
_TITLES: Final = ("headline", "title", "name", "headlines", "heading", "seoTitle", "meta_title", "subject")
_INNER_TITLES: Final = ("rendered", "basic", "text", "default", "main")
# Fields of articles, which notices, menus and interface translations lack.
_SIGNS: Final = re.compile(
    r"date|author|byline|publish|slug|created|updated|canonical|permalink|articlebody|wordcount|readingtime|frontmatter",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<[^>]{0,2000}>")
_HEADLINE: Final = re.compile(r"<h1[^<>]{0,500}>(.{1,600}?)</h1>", re.DOTALL | re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)]?(?:\s|$)|[。！？…]")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CODE: Final = re.compile(r"[{};=]")
_WORD: Final = re.compile(r"\w+")
_MIN_SENTENCES: Final = 2
_MIN_LETTERS: Final = 0.6
_MAX_CODE: Final = 0.02
_MIN_OTHER: Final = 0.5
_RENDERED: Final = "__html"
_MIN_RENDERED: Final = 400
"""Characters from which HTML that React sets as it is, without any field about it, is an article and not a notice."""
_MAX_VALUES: Final = 300_000
_WATCHED: Final = 200  # values between two checks of the deadline
_MAX_TITLE: Final = 400


class Article(NamedTuple):
    """An article's HTML, the characters of its text (wide ones counted twice), and its metadata."""

    markup: str
    size: int
    facts: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class _Candidate(NamedTuple):
    """An object that may be the article, its parent object, and the evidence for it."""

    title: str | None
    article: Article
    nodes: tuple[Mapping[str, object], ...]
    is_named: bool
    has_signs: bool


def find_articles(value: object, *, title: str | None, deadline: Deadline = NEVER) -> Article | None:
    """The article in a page's data; None if there is none, or several and none has the page's title.

    deadline: raises LimitError past it.
    """
    wanted = _key(title)
    found: list[_Candidate] = []
    cache = _cache(value)
    writer = Writer(cache, deadline)
    writer.expect(*_extent(value))
    stack: list[tuple[object, Mapping[str, object]]] = [(value, {})]
    seen = 0
    while stack and seen < _MAX_VALUES:
        current, around = stack.pop()
        seen += 1
        if seen % _WATCHED == 0:
            deadline.check()
        if isinstance(current, list):
            stack.extend((inner, {}) for inner in reversed(current))
        elif isinstance(current, dict):
            stack.extend((inner, current) for inner in current.values())
            if candidate := _candidate(current, around, wanted, writer):
                found.append(candidate)
        elif isinstance(current, str) and current[:1] in "{[" and len(current) > _MAX_TITLE:
            within = load_json(current)  # JSON inside a string of the state
            writer.expect(*_extent(within))
            stack.append((within, {}))
    chosen = _chosen(found)
    return None if chosen is None else chosen.article._replace(facts=read_facts(chosen.nodes, cache))


def holds_prose(markup: str) -> bool:
    """Whether an HTML text is prose: sentences, not code, a list of links, or a notice of a few words."""
    text = _text(markup)
    if len(_SENTENCE_END.findall(text)) < _MIN_SENTENCES:
        return False
    letters = len(_LETTERS.findall(text))
    return letters >= _MIN_LETTERS * len(text) and len(_CODE.findall(text)) <= _MAX_CODE * len(text)


def size_of(markup: str) -> int:
    """The characters of an HTML text, wide ones counted twice."""
    text = _text(markup)
    return len(text) + len(WIDE.findall(text))


def _candidate(
    node: Mapping[str, object], around: Mapping[str, object], wanted: str, writer: Writer
) -> _Candidate | None:
    """The article of an object, if one of its fields is prose."""
    best: Article | None = None
    for name, held in node.items():
        if not held or not isinstance(held, str | list | dict) or not _BODIES.fullmatch(name.partition("(")[0]):
            continue
        markup = writer.markup(held)
        if best is None or len(markup) > len(best.markup):
            size = size_of(markup)
            if size > (best.size if best else 0) and holds_prose(markup):
                best = Article(markup, size)
    if best is None:
        return None
    shown = _HEADLINE.search(best.markup)
    title = " ".join(_text(shown[1]).split()) if shown else _title(node)
    key = _key(title)
    is_named = bool(wanted and key) and (key in wanted or wanted in key)
    heading = f"<h1>{escape(title)}</h1>" if title and not shown else ""
    article = Article(heading + best.markup, best.size)
    has_signs = any(_SIGNS.search(name) for name in node) or (_RENDERED in node and best.size >= _MIN_RENDERED)
    return _Candidate(title, article, (node, around), is_named, has_signs)


def _chosen(found: list[_Candidate]) -> _Candidate | None:
    """The page's own article: the longest one with its title, else the longest article-like one without a rival."""
    named = [candidate for candidate in found if candidate.is_named]
    if named:
        return max(named, key=lambda candidate: candidate.article.size)
    found = sorted((c for c in found if c.has_signs), key=lambda candidate: -candidate.article.size)
    if not found:
        return None
    first = found[0]
    rivals = {c.title for c in found[1:] if c.article.size >= _MIN_OTHER * first.article.size} - {first.title}
    return None if rivals else first


def _title(node: Mapping[str, object]) -> str | None:
    head = node.get("frontmatter")
    if isinstance(head, dict):
        node = {**node, **head}
    for name in _TITLES:
        held = node.get(name)
        if isinstance(held, list) and held:
            held = held[0]
        if isinstance(held, dict):
            held = next((inner for key in _INNER_TITLES if isinstance(inner := held.get(key), str)), None)
        if isinstance(held, str) and 0 < len(held) <= _MAX_TITLE:
            return " ".join(_text(held).split()) or None
    return None


def _extent(value: object) -> tuple[int, int]:
    """The number of values in a state, and the number of characters in its strings."""
    values = characters = 0
    stack = [value]
    while stack and values < _MAX_VALUES:
        current = stack.pop()
        values += 1
        if isinstance(current, str):
            characters += len(current)
        elif isinstance(current, list):
            stack += current
        elif isinstance(current, dict):
            stack += current.values()
    return values, characters


def _cache(value: object) -> dict[str, object]:
    """The objects that others refer to by key, as in normalised caches such as Apollo's (`Article:42`)."""
    found: dict[str, object] = {}
    stack = [(value, 0)]
    while stack:
        current, depth = stack.pop()
        if not isinstance(current, dict) or depth > 4:  # noqa: PLR2004 - caches stand near the top
            continue
        for key, inner in current.items():
            if isinstance(inner, dict):
                if ":" in key or "." in key:
                    found[key] = inner
                stack.append((inner, depth + 1))
    return found


def _key(text: str | None) -> str:
    return "".join(_WORD.findall(text.casefold())) if text else ""


def _text(markup: str) -> str:
    return unescape(_TAG.sub(" ", markup)) if "<" in markup or "&" in markup else markup
