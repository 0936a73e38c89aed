"""Documents as JSON with the schema `declutter/1`, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from declutter.errors import FieldError, no_such
from declutter.model import Block, Document, Entry, EssaySource, Flash, Image, Metadata, Origin, Repair, Teaser
from declutter.write import markdown
from declutter.write.safety import encodable, in_strings


class Essay(msgspec.Struct, frozen=True):
    """The essay. text: one line per block, without the title. markdown: the same with its structure."""

    text: str
    markdown: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """An extracted page: metadata, the essay, what was injected into it, and every block with its label.

    Fields are absent only if the caller selected some.
    """

    schema: Annotated[
        Literal["declutter/1"],
        Meta(description="keys may be added within a version, none changes"),
    ]
    url: Annotated[str | UnsetType | None, Meta(description="the URL of the page as given, fetched or saved")] = UNSET
    title: Annotated[str | UnsetType | None, Meta(description="the headline, without the site's name")] = UNSET
    authors: Annotated[tuple[str, ...] | UnsetType, Meta(description="names without roles")] = UNSET
    published: Annotated[str | UnsetType | None, Meta(description="ISO 8601 at the precision of the page")] = UNSET
    first_published: Annotated[
        str | UnsetType | None,
        Meta(description="an earlier date that the page declares for machines only, if it shows a later one"),
    ] = UNSET
    modified: Annotated[str | UnsetType | None, Meta(description="ISO 8601 at the precision of the page")] = UNSET
    site: Annotated[str | UnsetType | None, Meta(description="the site's name")] = UNSET
    section: Annotated[str | UnsetType | None, Meta(description="the section of the site")] = UNSET
    language: Annotated[str | UnsetType | None, Meta(description="BCP 47, with script for Chinese")] = UNSET
    origin: Annotated[str | UnsetType | None, Meta(description="the source that the page names for its text")] = UNSET
    canonical: Annotated[str | UnsetType | None, Meta(description="the URL that the page declares as its own")] = UNSET
    image: Annotated[
        str | UnsetType | None,
        Meta(description="URL of the lead image, or the essay's first if none is declared"),
    ] = UNSET
    licence: Annotated[str | UnsetType | None, Meta(description="the licence that the page names")] = UNSET
    amp: Annotated[str | UnsetType | None, Meta(description="URL of the same article for phones")] = UNSET
    printable: Annotated[str | UnsetType | None, Meta(description="URL of the same article for printing")] = UNSET
    next_page: Annotated[str | UnsetType | None, Meta(description="URL of the article's next page")] = UNSET
    previous_page: Annotated[str | UnsetType | None, Meta(description="URL of the article's previous page")] = UNSET
    description: Annotated[str | UnsetType | None, Meta(description="the page's own summary")] = UNSET
    keywords: Annotated[
        tuple[str, ...] | UnsetType, Meta(description="the page's tags, from its head and the tag cloud")
    ] = UNSET
    sources: Annotated[
        Mapping[str, Origin] | UnsetType,
        Meta(description="by field: where its value was found, and its reliability"),
    ] = UNSET
    essay: Annotated[Essay | UnsetType, Meta(description="the essay without anything injected")] = UNSET
    flashes: Annotated[tuple[Flash, ...] | UnsetType, Meta(description="news briefs injected into the essay")] = UNSET
    related: Annotated[tuple[Teaser, ...] | UnsetType, Meta(description="teasers of other pages")] = UNSET
    tags: Annotated[tuple[str, ...] | UnsetType, Meta(description="the entries of the tag cloud")] = UNSET
    images: Annotated[tuple[Image, ...] | UnsetType, Meta(description="the pictures of the essay")] = UNSET
    blocks: Annotated[tuple[Block, ...] | UnsetType, Meta(description="all visible text, in page order")] = UNSET
    confidence: Annotated[float | UnsetType, Meta(description="the probability that the essay is right")] = UNSET
    encoding: Annotated[str | UnsetType | None, Meta(description="the encoding of the bytes; null for text")] = UNSET
    essay_source: Annotated[
        EssaySource | UnsetType,
        Meta(description="where the essay was found: shown by the page, or kept for its scripts"),
    ] = UNSET
    entries: Annotated[tuple[Entry, ...] | UnsetType, Meta(description="the entries of a live blog")] = UNSET
    repairs: Annotated[tuple[Repair, ...] | UnsetType, Meta(description="what was repaired, if asked for")] = UNSET
    truncated: Annotated[
        bool | UnsetType, Meta(description="whether a limit or the end of a saved file cut the page off")
    ] = UNSET


DECODER: Final = msgspec.json.Decoder(Record)
"""Made at import, like all decoders of structs: msgspec describes a struct at its first use and does not guard that
against other threads, which crash."""

FIELDS: Final = Record.__struct_fields__[1:]
"""The names allowed in `fields`, in the order they are written."""

_MAX_NAMED: Final = 5
_OF_METADATA: Final = tuple(name for name in Metadata.__struct_fields__ if name in FIELDS)
_OF_DOCUMENT: Final = tuple(name for name in Document.__struct_fields__ if name in FIELDS)


def dump(document: Document, *, fields: Collection[str] | None = None) -> str:
    """The document as one line of JSON with schema `declutter/1`; non-ASCII characters are not escaped.

    fields: the top-level keys to write in addition to `schema`; None for all.
    Raises FieldError for a name that is not in FIELDS. The result always encodes as UTF-8 and contains no NUL.
    """
    chosen = _values(document, known_fields(fields))
    record = Record(schema="declutter/1", **chosen)
    try:
        written = msgspec.json.encode(record)
    except UnicodeEncodeError:  # lone surrogates
        written = b""
    if not written or b"\\u0000" in written:
        written = msgspec.json.encode(in_strings(msgspec.to_builtins(record), encodable))
    return written.decode()


def load(text: str | bytes) -> Document:
    """The document in JSON from `dump`; equal to the one that was written.

    Raises FieldError if the JSON has only some of the fields, or is not a document.
    """
    try:
        record = DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise FieldError(f"not a declutter/1 document: {error}") from error
    known = {name: value for name in FIELDS if (value := getattr(record, name)) is not UNSET}
    missing = [name for name in (*_OF_METADATA, *_OF_DOCUMENT) if name not in known]
    if missing:
        some = ", ".join(missing[:_MAX_NAMED]) + (" …" if len(missing) > _MAX_NAMED else "")
        raise FieldError(f"the JSON lacks fields of a document: {some}; write it with all fields")
    metadata = Metadata(**{name: known[name] for name in _OF_METADATA})
    return Document(metadata=metadata, **{name: known[name] for name in _OF_DOCUMENT})


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document from `Document.to_json`, generated from the types."""
    return schema_of(Record, title="declutter/1")


def schema_of(*kinds: type[msgspec.Struct], title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) for values of any of these types."""
    tops, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    top = tops[0] if len(tops) == 1 else {"anyOf": list(tops)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **top, "$defs": components}


def known_fields(fields: Collection[str] | None) -> frozenset[str]:
    """The requested fields, all for None. Raises FieldError for a name that is not in FIELDS."""
    if fields is None:
        return frozenset(FIELDS)
    if isinstance(fields, str):
        raise TypeError(f"fields must be a tuple of names, such as ({fields!r},), not {fields!r}")
    unknown = [name for name in fields if name not in FIELDS and name != "schema"]
    if unknown:
        raise FieldError(no_such("field", unknown, FIELDS))
    return frozenset(fields)


def _values(document: Document, names: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(document.metadata, name) for name in _OF_METADATA if name in names}
    values |= {name: getattr(document, name) for name in _OF_DOCUMENT if name in names}
    if "essay" in names:
        values["essay"] = Essay(document.text, markdown.render(document.blocks))
    return values
