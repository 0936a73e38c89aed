"""JSON-LD: find the node of the page's own article and read it.

Follows graphs, arrays, several scripts and references by @id. Repairs JSON with simple errors and ignores other broken
JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from declutter.dates import parse_date
from declutter.loose_json import load_json
from declutter.metadata.candidates import Findings
from declutter.model import Entry
from declutter.vocabulary import key_of

Node: TypeAlias = Mapping[str, object]

_SPEAKING: Final = ("headline", "datePublished", "author", "BreadcrumbList", "publisher", "WebSite", "dateModified")
_MIN_HEADLINE: Final = 8  # letters of a headline that is unlikely to match by chance
_MAX_SCRIPT: Final = 2_000_000
_MAX_NODES: Final = 2_000
_MAX_ARTICLES: Final = 3  # the article, its WebPage, and a second description of either
_MAX_UPDATES: Final = 2_000
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_LINE_END: Final = re.compile(r"</(?:p|li|h\d|div)>|<br\b[^<>]{0,100}>", re.IGNORECASE)
_DOUBT: Final = 0.02  # subtracted per rank
_ARTICLES: Final = re.compile(r"(?:Article|Posting|Report|Story|Blog ?Post|Column|Essay)$")
_CREATIONS: Final = frozenset("Recipe HowTo Review ClaimReview FAQPage QAPage Book Course LearningResource".split())
_PAGE_RANK: Final = 4
_NO_RANK: Final = 9
_PAGES: Final = {"WebPage", "ItemPage", "AboutPage", "CollectionPage", "MedicalWebPage", "ProfilePage"}
_INNER: Final = ("mainEntity", "@graph", "breadcrumb")
_BROKEN_TYPE: Final = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"[A-Za-z]*(?:Article|Posting|Report)"')
_BROKEN_TEXTS: Final = {
    name: re.compile(rf'"{name}"\s{{0,9}}:\s{{0,9}}"([^\n]{{1,400}}?)"\s{{0,9}}(?:[,}}]|$)')
    for name in ("headline", "datePublished", "dateModified")
}
_BROKEN_AUTHOR: Final = re.compile(
    r'"author"\s{0,9}:[\s\[]{0,20}(?:\{[^{}]{0,400}?"name"\s{0,9}:\s{0,9})?"([^"]{1,100})"'
)
_PEOPLE_KEYS: Final = ("author", "creator")


class Page(NamedTuple):
    """URLs and title keys of the page, to tell its own article from others in its scripts."""

    addresses: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, addresses: Iterable[str | None], titles: Iterable[str | None]) -> Page:
        """Make a Page from URLs and titles as written; None and empty ones are ignored."""
        return cls(
            frozenset(path for address in addresses if address and (path := _path(address))),
            frozenset(key for title in titles if title and (key := key_of(title))),
        )

    def is_of(self, node: Node) -> bool:
        """Whether the node describes this page, by its URL or by a headline that overlaps one of the titles."""
        entity = node.get("mainEntityOfPage")
        stated = (node.get("url"), node.get("@id"), entity.get("@id") if isinstance(entity, Mapping) else entity)
        if any(isinstance(address, str) and _path(address) in self.addresses for address in stated):
            return True
        headline = key_of(_text(node.get("headline")) or "")
        return len(headline) > _MIN_HEADLINE and any(
            headline in title or (len(title) > _MIN_HEADLINE and title in headline) for title in self.titles
        )


def read_scripts(scripts: Iterable[str], findings: Findings, page: Page) -> None:
    """Add what the scripts' nodes say about the page's article."""
    nodes = [node for script in scripts for node in _nodes(_load(script))][:_MAX_NODES]
    if not nodes:
        return
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = sorted((node for node in nodes if _rank(node) < _NO_RANK), key=_rank)
    own = [node for node in ranked if _rank(node) < _PAGE_RANK and page.is_of(node)]
    if own:  # nodes of other articles are teasers
        ranked = [node for node in ranked if node in own or _rank(node) >= _PAGE_RANK]
    for node in ranked[:_MAX_ARTICLES]:
        _read_article(node, by_id, findings, _DOUBT * _rank(node))
    for node in nodes:
        types = _types(node)
        if "BreadcrumbList" in types:
            _read_breadcrumb(node, findings)
        elif "LiveBlogPosting" in types:
            _read_updates(node, findings)
        elif "WebSite" in types:
            findings.add("site", _text(node.get("name")), "json-ld", 0.85)


def _rank(node: Node) -> int:
    """Rank of a node's type: 0 for an article, higher for less specific types."""
    types = _types(node)
    if any(_ARTICLES.search(name) for name in types):
        return 0 if "headline" in node or "datePublished" in node or "author" in node else 3
    if types & _CREATIONS:
        return 2
    if types & _PAGES:
        return _PAGE_RANK
    if "datePublished" in node and "headline" in node:
        return 1
    return _NO_RANK


def _read_article(node: Node, by_id: Mapping[object, Node], findings: Findings, doubt: float) -> None:
    is_page = _rank(node) >= _PAGE_RANK
    findings.add("title", _text(node.get("headline")), "json-ld", 0.88 - doubt)
    findings.add("title", _text(node.get("name")), "json-ld name", (0.5 if is_page else 0.75) - doubt)
    findings.add("published", _moment(node.get("datePublished")), "json-ld", 0.95 - doubt)
    findings.add("published", _moment(node.get("dateCreated")), "json-ld created", 0.8 - doubt)
    findings.add("modified", _moment(node.get("dateModified")), "json-ld", 0.95 - doubt)
    for key in _PEOPLE_KEYS:
        for person in _many(node.get(key)):
            _add_person(person, by_id, findings, 0.92 - doubt if key == "author" else 0.8 - doubt)
    for publisher in _many(node.get("publisher")):
        findings.add("site", _name(publisher, by_id), "json-ld publisher", 0.8)
    for section in _many(node.get("articleSection")):
        findings.add("section", _text(section), "json-ld", 0.85)
    for image in _many(node.get("image"))[:1] or _many(node.get("thumbnailUrl"))[:1]:
        findings.add("image", _address(image, by_id), "json-ld", 0.85)
    for key in ("keywords", "about") if not is_page else ("keywords",):
        words = _many(node.get(key))
        is_list = len(words) == 1 and isinstance(words[0], str)  # one text is a list with commas
        for word in words:
            findings.add("keywords" if is_list else "keyword", _name(word, by_id), "json-ld", 0.7)
    findings.add("language", _language(node.get("inLanguage")), "json-ld", 0.85)
    findings.add("licence", _address(node.get("license"), by_id), "json-ld", 0.9)
    findings.add("description", _text(node.get("description")), "json-ld", 0.8)


def _add_person(person: object, by_id: Mapping[object, Node], findings: Findings, confidence: float) -> None:
    node = _resolve(person, by_id)
    types = _types(node) if isinstance(node, Mapping) else set()
    if "Organization" in types and "Person" not in types:
        confidence -= 0.35
    findings.add("author", _name(person, by_id), "json-ld", confidence)


def _read_breadcrumb(node: Node, findings: Findings) -> None:
    """Read the names from the root to the page; the last one may be the page itself."""
    for item in _many(node.get("itemListElement")):
        if isinstance(item, Mapping):
            inner = item.get("item")
            findings.add("breadcrumb", _text(item.get("name")) or _name(inner, {}), "json-ld", 0.8)


def _read_updates(node: Node, findings: Findings) -> None:
    """Read the entries of a live blog."""
    for update in _many(node.get("liveBlogUpdate"))[:_MAX_UPDATES]:
        if isinstance(update, Mapping):
            text = _text(update.get("articleBody")) or _text(update.get("text")) or ""
            lines = [" ".join(line.split()) for line in _TAG.sub(" ", _LINE_END.sub("\n", text)).split("\n")]
            headline = _text(update.get("headline")) or _text(update.get("name"))
            time = parse_date(_text(update.get("datePublished")) or "")
            findings.updates.append(Entry(time, headline, "\n".join(filter(None, lines))))


def _load(script: str) -> object:
    """The script's JSON, or what can be recovered if it is broken; None if it has no article."""
    if len(script) > _MAX_SCRIPT or not any(word in script for word in _SPEAKING):
        return None
    value = load_json(script)
    return _told(script) if value is None else value


def _told(script: str) -> object:
    """An article node recovered from broken JSON with unescaped quotes or several values in a row."""
    if not _BROKEN_TYPE.search(script):
        return None
    node: dict[str, object] = {"@type": "Article"}
    for name, expression in _BROKEN_TEXTS.items():
        if found := expression.search(script):
            node[name] = found[1].replace('\\"', '"')
    if found := _BROKEN_AUTHOR.search(script):
        node["author"] = found[1]
    return node


def _nodes(value: object) -> Iterator[Node]:
    """All nodes that may describe the page: top-level nodes, members of graphs, and a page's main entity."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, list):
            stack.extend(reversed(current))
        elif isinstance(current, dict):
            yield current
            stack.extend(current[key] for key in _INNER if isinstance(current.get(key), list | dict))


def _path(address: str) -> str:
    """The part of a URL that identifies a page, without parameters; "" for a site's front page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}" if path else ""


def _types(node: Node) -> set[str]:
    return {name.rpartition("/")[2].rpartition(":")[2] for name in _many(node.get("@type")) if isinstance(name, str)}


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    # Many content systems escape script text as HTML, once or twice.
    return unescape(unescape(value)) if "&" in value else value


def _moment(value: object) -> object:
    """A date as text. Some systems give seconds or milliseconds since 1970."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _resolve(value: object, by_id: Mapping[object, Node]) -> object:
    if isinstance(value, Mapping) and "name" not in value and "url" not in value:
        reference = value.get("@id")
        return by_id.get(reference, value) if isinstance(reference, str) else value
    return value


def _name(value: object, by_id: Mapping[object, Node]) -> str | None:
    node = _resolve(value, by_id)
    if isinstance(node, Mapping):
        given = " ".join(filter(None, (_text(node.get("givenName")), _text(node.get("familyName")))))
        return _text(node.get("name")) or given or None
    return _text(node)


def _address(value: object, by_id: Mapping[object, Node]) -> str | None:
    node = _resolve(value, by_id)
    if isinstance(node, list):
        node = node[0] if node else None
    if isinstance(node, Mapping):
        return _text(node.get("url")) or _text(node.get("contentUrl")) or _text(node.get("@id"))
    return _text(node)


def _language(value: object) -> str | None:
    node = value[0] if isinstance(value, list) and value else value
    if isinstance(node, Mapping):
        return _text(node.get("alternateName")) or _text(node.get("name"))
    return _text(node)
